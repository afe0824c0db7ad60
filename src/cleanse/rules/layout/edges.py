"""White space at the ends of the text and of its lines, and the gaps that taken-out lines leave."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule
from cleanse.rules.spacing.conventions import BLANK, WHITE

_HEAD = re.compile(r"\A\s+")
# Each begins with what is rare: Python's engine skips to it, and would try all else at every code point.
_BEFORE_BREAK = re.compile(r"[^\S\r\n](?=\r?\n)")
_GAP = re.compile(r"\n((?:[^\S\n]*\n){2,})")
_LEFT = re.compile(r"\n([^\S\r\n]+)(?=\n)")


@rule(
    family=Family.LAYOUT,
    order=10,
    gate=rf"\A{WHITE}|{WHITE}\z|{BLANK}\r?\n|\n{BLANK}*\n{BLANK}*\n",
    reason="Templates pad texts and lines with white space, and lines that were taken out leave gaps.",
    changes=[("\n\n  The crane came. \nIt is blue.\n", "The crane came.\nIt is blue.")],
    leaves=["The crane came.\n\n  It is blue,\n  and tall."],
    defect=Defect.BLANK_LINES,
)
def surplus_white_space(draft: Draft) -> Iterator[Finding]:
    """Take out white space at the text's ends and at line ends, and make one blank line of several.

    Indents stay: lists and poems have them. None of it is reported as a defect: what the raw text had of blank
    lines, :func:`~cleanse.rules.spacing.blank_lines.surplus_blank_lines` has reported.
    """
    text = draft.text
    head = _HEAD.match(text)
    begin = head.end() if head else 0
    if head:
        yield Finding(0, begin, evidence="before the text", defect="")
    if begin == len(text):
        return
    end = len(text.rstrip())
    if end < len(text):
        yield Finding(end, len(text), evidence="behind the text", defect="")
    for match in _GAP.finditer(text, begin, end):
        yield Finding(match.start(1), match.end(1), "\n", evidence="gap", defect="")
    for match in _BEFORE_BREAK.finditer(text, begin, end):
        start = _run_start(text, match.start())
        if not text[start - 1].isspace():  # else a line of white space: the one below finds it
            yield Finding(start, match.end(), evidence="end of a line", defect="")
    for match in _LEFT.finditer(text, begin, end):
        yield Finding(match.start(1), match.end(1), evidence="end of a line", defect="")


def _run_start(text: str, at: int) -> int:
    """Give where the run of white space on a line that ends at ``at`` begins."""
    while at and text[at - 1].isspace() and text[at - 1] not in "\r\n":
        at -= 1
    return at
