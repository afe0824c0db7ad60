"""A last line of nothing but spaced dots."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule
from cleanse.rules.spacing.conventions import WHITE

_DOTS = re.compile(r"\s*\n[ \t\u00a0]*\.(?:[ \u00a0]\.){2,}\s*\Z")
_TAIL = 200  # code points at the end of a text within which the line must lie


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
    begin = max(0, len(draft.text) - _TAIL)
    match = _DOTS.search(draft.text, begin)
    if match and match.start() > begin:
        yield Finding(match.start(), match.end(), "", 0.9, "last line")
