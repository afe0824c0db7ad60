"""Comment sections: `Leave a comment`, `Your email address will not be published`."""

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
    gate=gate_of("comments"),
    reason="The form and the head of the comments stand below a story.",
    changes=[
        (f"{STORY}\n\nLeave a comment", STORY),
        (f"{STORY}\nYour email address will not be published. Required fields are marked *", STORY),
        (f"{STORY}\nDodaj komentarz", STORY),
    ],
    leaves=[
        "Comments by the minister caused laughter in the harbour on Monday.",
        "Comments",
        "Svar: Det vet jeg ikke.",
        f"{STORY}\nSvar:\n{STORY}",
    ],
    defect=Defect.COMMENTS,
    order=60,
)
def comments(draft: Draft) -> Iterator[Finding]:
    """Take out heads and forms of comment sections."""
    return findings(draft, "comments")
