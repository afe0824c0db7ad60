"""Links of wikis behind their headings: `History[edit]`, `Geschichte [Bearbeiten | Quelltext bearbeiten]`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.lines import layout
from cleanse.phrases import any_of, fold, gate, vocabulary
from cleanse.rule import Family, rule

_WORDS = vocabulary("boilerplate_edit_link")["word"]
_LINK = re.compile(rf"\[ ?(?:{any_of(_WORDS)})(?: ?[|/·] ?(?:{any_of(_WORDS)}))? ?\]$")
_WIDEST = 160  # of a heading with its link


@rule(
    family=Family.BOILERPLATE,
    gate=gate(_WORDS, before=r"\[[ \x{a0}]?"),
    reason="Wikis set a link for editors behind each heading; extractors keep its text.",
    changes=[
        (
            "History[edit]\n\nThe lock was built by a company that failed before the first barge went through.",
            "History\n\nThe lock was built by a company that failed before the first barge went through.",
        ),
        (
            "Geschichte [Bearbeiten | Quelltext bearbeiten]\nDie Schleuse wurde 1821 von einer Gesellschaft gebaut.",
            "Geschichte\nDie Schleuse wurde 1821 von einer Gesellschaft gebaut.",
        ),
    ],
    leaves=[
        "[edit] Thanks to all who answered: the boat is sold.",
        "He wrote to her: we must cut this, it runs to nine pages. [edit]",
    ],
    defect=Defect.NAVIGATION,
    order=70,
)
def edit_link(draft: Draft) -> Iterator[Finding]:
    """Take the link off a heading that stands before it on its line."""
    for shape in layout(draft).shapes:
        content = shape.content
        if not content.endswith("]") or shape.width > _WIDEST:
            continue
        at = content.rfind("[")
        heading = content[:at].rstrip()
        if not heading or heading[-1] in ".!?:;,…。！？" or not _LINK.match(fold(content[at:])):
            continue
        start = shape.line.start + draft.text[shape.line.start : shape.line.end].index(content)
        yield Finding(
            start + len(heading), start + len(content), score=0.8, evidence="a wiki's link for editors"
        )
