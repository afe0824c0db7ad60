"""Notices on cookies and privacy: `We use cookies ...`."""

from __future__ import annotations

from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule
from cleanse.rules.boilerplate.removal import findings, gate_of

STORY = (
    "The ferry ran late all week, the harbour master said, because the northern channel has silted up again."
)


@rule(
    family=Family.BOILERPLATE,
    gate=gate_of("consent"),
    reason="Consent banners and the terms under sign-up forms are part of every page and of no story.",
    changes=[
        (f"{STORY}\n\nWe use cookies to give you the best experience on our website.", STORY),
        (f"{STORY}\nBy signing up, you agree to our Terms of Use and Privacy Policy.", STORY),
    ],
    leaves=[
        "Bake the cookies for twelve minutes, and use cookies from the day before for the crumble.",
        "The new cookie law obliges sites to ask their readers, the minister said, and most of them do not.",
        "Accept the offer, her brother said.",
    ],
    defect=Defect.CONSENT,
    order=60,
)
def consent(draft: Draft) -> Iterator[Finding]:
    """Take out notices on cookies, privacy and terms."""
    return findings(draft, "consent")
