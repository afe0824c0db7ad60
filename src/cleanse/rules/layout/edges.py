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
_TAIL = re.compile(r"(?<!\s)\s+\Z")
_LINE_END = re.compile(r"(?<!\s)[^\S\r\n]+(?=\r?\n)")
_GAP = re.compile(r"(?<=\n)(?:[^\S\n]*\n){2,}")
_LEFT = re.compile(r"(?<=\n)[^\S\r\n]+(?=\n)")


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
    head, tail = _HEAD.match(text), _TAIL.search(text)
    begin = head.end() if head else 0
    if head:
        yield Finding(0, begin, evidence="before the text", defect="")
    if begin == len(text):
        return
    end = tail.start() if tail else len(text)
    if tail:
        yield Finding(end, len(text), evidence="behind the text", defect="")
    for match in _GAP.finditer(text, begin, end):
        yield Finding(match.start(), match.end(), "\n", evidence="gap", defect="")
    for match in (*_LINE_END.finditer(text, begin, end), *_LEFT.finditer(text, begin, end)):
        yield Finding(match.start(), match.end(), evidence="end of a line", defect="")
