"""Notices of a publisher about its texts: affiliate links, opinions, advice."""

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
    gate=gate_of("disclaimer"),
    reason="Publishers have to say that they earn by links, or that an opinion is not theirs.",
    changes=[
        (f"{STORY}\n\nWe may earn a commission when you buy through links on our site.", STORY),
        (
            f"{STORY}\nLas opiniones expresadas en este artículo no reflejan necesariamente las del diario.",
            STORY,
        ),
    ],
    leaves=[
        "We may earn less than our fathers, the fishermen said, and we work as long.",
        "If you purchase a boat in winter you pay half of what it costs in May, says the harbour master.",
        "Correction: 20 December:\nAn earlier version of this article gave the wrong depth of the channel.",
    ],
    defect=Defect.DISCLAIMER,
    order=60,
)
def disclaimer(draft: Draft) -> Iterator[Finding]:
    """Take out notices on affiliate links, opinions and advice."""
    return findings(draft, "disclaimer")
