"""Prompts to have letters and alerts sent: `Sign up for our newsletter`."""

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
    gate=gate_of("newsletter"),
    reason="Sites ask for an address between the paragraphs and below them; extractors keep the text of the form.",
    changes=[
        (f"{STORY}\n\nSign up for our weekly newsletter and never miss a sailing.", STORY),
        (f"{STORY}\nZapisz się do newslettera!", STORY),
        (f"{STORY}\n\nEin Newsletter voller Geschichten: jetzt kostenlos anmelden!", STORY),
    ],
    leaves=[
        "Subscribe to the theory that the pier sank by itself if you like; the engineers do not.",
        "The newsletter that the bakers of the town have printed since 1951 ends in May, its editor said.",
        "The party sent a newsletter to all members, and few of them read it.",
    ],
    defect=Defect.NEWSLETTER,
    order=60,
)
def newsletter(draft: Draft) -> Iterator[Finding]:
    """Take out prompts to sign up for newsletters and alerts."""
    return findings(draft, "newsletter")
