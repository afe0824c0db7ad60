"""Names of sections: `Arts`."""

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
    gate=gate_of("section_label"),
    reason="The name of the section stands above a story as a line of its own.",
    changes=[
        (f"Late ferry\n\nSports\n\n{STORY}", f"Late ferry\n\n{STORY}"),
    ],
    leaves=[
        "Life",
        f"{STORY}\nTravel\n{STORY}",
        "Science\nThe first chapter of my schoolbook was about water.",
        "World champion at last",
    ],
    defect=Defect.SECTION_LABEL,
    order=45,
)
def section_label(draft: Draft) -> Iterator[Finding]:
    """Take out names of sections above or below a story."""
    return findings(draft, "section_label")
