"""What a writer is, on a line of its own below the name: `Senior Staff Reporter`, `Political reporter @annlee`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.gate import Gate
from cleanse.lines import layout
from cleanse.phrases import any_of, fold, vocabulary
from cleanse.rule import Family, rule
from cleanse.rules.credits.credit_lines import Evidence, whole_lines

_WIDEST = 60  # code points of such a line
_MOST = 7  # words
_KINDS = frozenset(vocabulary("credits_roles")["kind"])
_ROLE = re.compile(rf"(?:^|(?<=\s))(?:{any_of(vocabulary('credits_roles')['role'])})(?:[,|]? ?@\w{{1,30}})?$")


def _is_role(text: str) -> bool:
    """Capitals and kinds of writers, then what a writer is called."""
    if not 4 <= len(text) <= _WIDEST or not text[0].isupper() or any(map(str.isdigit, text)):
        return False
    match = _ROLE.search(fold(text))
    if match is None:
        return False
    words = text[: match.start()].split()
    return len(words) < _MOST and all(w[0].isupper() or fold(w) in _KINDS for w in words)


@rule(
    family=Family.CREDITS,
    gate=Gate(line=_is_role),
    reason="Pages say below a writer's name what the writer is; the name goes into a column, and this stays behind.",
    changes=[
        (
            "Ferry sails again\nBy Ann Lee\nSenior Staff Reporter\nThe ferry sails again, the board said on Monday, "
            "two days after the storm had torn its mooring away.",
            "The ferry sails again, the board said on Monday, two days after the storm had torn its mooring away.",
        ),
    ],
    leaves=[
        "The Editor\nThe ferry sails again, the board said on Monday, two days after the storm had torn its mooring "
        "away.",
        "Ferry sails again\nWidow of the last editor\nThe ferry sails again, the board said on Monday, two days after "
        "the storm had torn its mooring away.",
        "The ferry sails again, the board said on Monday, two days after the storm had torn its mooring away.\n\n"
        "Editor\n\nThat was the word on the door, and nobody had ever seen it open before nine in the morning.",
    ],
    defect=Defect.BYLINE,
    order=37,
)
def role_line(draft: Draft) -> Iterator[Finding]:
    """Take out such a line between the first line and the first paragraph."""
    where = layout(draft)
    for index, shape in enumerate(where.shapes[: where.first_prose]):
        if index and where.last_prose >= 0 and _is_role(shape.content):
            evidence = Evidence()
            evidence.see(0.4, "what a writer is, and nothing else")
            evidence.see(0.2, "above the story")
            yield evidence.finding(*whole_lines(draft, index, index))
