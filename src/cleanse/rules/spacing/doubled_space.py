"""More than one space between two words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule
from cleanse.rules.spacing.conventions import code_signs, window

_SPACES = re.compile(r"[ \u00a0]{2,}")
_PLAIN = re.compile("  +")  # begins with two letters: Python’s engine skips to them
_COLUMN = re.compile(r"\S {3,}\S")
_LONGEST = 4  # more than this is a column or a drawing
_NEAR = 160  # code points to each side in which lines in columns are looked for
_SHORT_LINE = 80  # code points: a line of a poem or a table


@rule(
    family=Family.SPACING,
    order=10,
    gate=r"\S[ \x{a0}][ \x{a0}]",
    reason="Editors, dropped tags and no-break spaces beside plain ones leave more than one space between words.",
    changes=[("The board  met on Monday.\u00a0 It agreed.", "The board met on Monday. It agreed.")],
    leaves=["Port     Depth\nEllery   12 m\nNunholm  9 m", "Name\t\tDepth\nEllery\t\t12 m"],
    defect=Defect.DOUBLED_SPACE,
)
def doubled_space(draft: Draft) -> Iterator[Finding]:
    """Make one space of two to four, except in columns and code, where they align."""
    text = draft.text
    code = code_signs(draft)
    for match in (_SPACES if "\u00a0" in text else _PLAIN).finditer(text):
        start, end = match.span()
        if not start or text[start - 1].isspace() or end == len(text) or text[end].isspace():
            continue
        around = window(text, start, end)
        if end - start > _LONGEST or "\t" in around or "|" in around or code.near(start, end):
            continue
        if len(around) < _SHORT_LINE and _in_columns(text, start, end):
            continue
        # A no-break space holds a French mark or a unit to its word: where there is one there, it stays.
        keeps = "\u00a0" in match.group() and (text[end] in ";:?!»%€" or text[start - 1] == "«")
        yield Finding(start, end, "\u00a0" if keeps else " ", 0.8, f"{end - start} spaces")


def _in_columns(text: str, start: int, end: int) -> bool:
    """Say whether this line, or a short one near it, is set in columns."""
    head = text[max(0, start - _NEAR) : start]
    tail = text[end : end + _NEAR]
    near = (head + text[start:end] + tail).split("\n")
    return any(len(line) < _SHORT_LINE and _COLUMN.search(line) for line in near)
