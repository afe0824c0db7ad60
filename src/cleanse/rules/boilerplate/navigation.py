"""Menus and parts of a page that are no text: `Skip to main content`."""

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
    gate=gate_of("navigation"),
    reason="Links that move about in a page come out as lines, above the story as a rule.",
    changes=[
        (f"Skip to main content\nMenu\nSearch\n{STORY}", STORY),
        (f"{STORY}\n\nBack to top", STORY),
        (f"{STORY}\n歷史新聞\t\t轉寄\t\t列印\t\t討論\t\t推薦", STORY),
    ],
    leaves=[
        "Home",
        f"{STORY}\nMore\n{STORY}",
        "Back to top form, the captain won the race by an hour.",
        "Home | Away | Drawn\n3 | 1 | 2",
    ],
    defect=Defect.NAVIGATION,
    order=50,
)
def navigation(draft: Draft) -> Iterator[Finding]:
    """Take out menus, skip links and buttons."""
    return findings(draft, "navigation")
