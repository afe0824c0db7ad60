"""A last line of nothing but spaced dots."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule
from cleanse.rules.spacing.conventions import WHITE

_DOTS = re.compile(r"[ \t\u00a0]*\.(?:[ \u00a0]\.){2,}")
_WIDEST = 200  # code points of such a line


@rule(
    family=Family.SPACING,
    order=45,
    gate=rf"\n[ \t\x{{a0}}]*\.(?:[ \x{{a0}}]\.)+{WHITE}*\z",
    reason="Spinning tools and feeds end an article with a line `. . .` that stands for a picture or a break.",
    changes=[("The ferry sails again in May.\n. . .", "The ferry sails again in May.")],
    leaves=["“I had a boat once . . .” she said, “and time.”", "Nobody came.\n. . .\nThen somebody did."],
    defect=Defect.TRAILING_ELLIPSIS,
)
def trailing_ellipsis(draft: Draft) -> Iterator[Finding]:
    """Take out the last line of a text if it is `. . .`; `...` and `…`, which a writer types, stay."""
    text = draft.text
    start = end = _content_end(text, len(text))
    while True:
        line = text.rfind("\n", max(0, start - _WIDEST), start)
        if line < 0 or not _DOTS.fullmatch(text, line + 1, start):
            break
        start = _content_end(text, line)
    if start < end:
        yield Finding(start, len(text), "", 0.9, "last line")


def _content_end(text: str, at: int) -> int:
    """Give where the white space that ends at ``at`` begins."""
    while at and text[at - 1].isspace():
        at -= 1
    return at
