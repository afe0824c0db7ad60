"""Labels that stand where an advertisement was: `Advertisement`."""

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
    gate=gate_of("advertisement"),
    reason="The label above an advertisement stays when the advertisement itself is not text.",
    changes=[
        (f"{STORY}\n\nAdvertisement\n\n{STORY}", f"{STORY}\n\n{STORY}"),
        (f"{STORY}\nPublicidad\n{STORY}", f"{STORY}\n{STORY}"),
        (f"{STORY}\n\nArtikkelen fortsetter under annonsen.\n\n{STORY}", f"{STORY}\n\n{STORY}"),
    ],
    leaves=[
        "Advertisement revenue rose at the Gazette for the first time in six years.",
        "The word ADVERTISEMENT stood above the letter.",
        "Story continues in the next chapter, wrote the novelist, and never kept her word.",
    ],
    defect=Defect.ADVERTISEMENT,
    order=40,
)
def advertisement(draft: Draft) -> Iterator[Finding]:
    """Take out labels of advertisements."""
    return findings(draft, "advertisement")
