"""What is left of players and plug-ins: `Your browser does not support ...`."""

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
    gate=gate_of("widget"),
    reason="Embedded players leave their error messages and controls in the text.",
    changes=[
        (f"{STORY}\nYour browser does not support the video tag.", STORY),
        (f"{STORY}\nPowered by Disqus", STORY),
    ],
    leaves=[
        "Vote",
        "Your browser history tells who you are, she said, and closed the window.",
    ],
    defect=Defect.WIDGET,
    order=60,
)
def widget(draft: Draft) -> Iterator[Finding]:
    """Take out messages and controls of embedded players and plug-ins."""
    return findings(draft, "widget")
