"""Captions without a credit: a name alone between the title and the first paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.credit_lines import Evidence, whole_lines
from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.lines import layout
from cleanse.rule import Family, rule

_WORD = re.compile(r"[^\W\d_]+(?:[-.][^\W\d_]+)*")
_NAME_LINE = re.compile(r"[^\W\d_][\w.\-]*(?: [^\W\d_][\w.\-]*){1,3}")


@rule(
    family=Family.CREDITS,
    gate=r"^\s*[^\n]+\n\s*\pL[^\n]{2,50}\n\s*[^\n]",
    reason="A portrait above the story leaves its caption behind: the name of whom it shows.",
    changes=[
        (
            "Harbour master Edwina Marsh moves the tide gauge\n\nEdwina Marsh\n\nHarbour master Edwina Marsh will move "
            "the tide gauge of Port Ellery to the inner basin in May, she told the board on Monday at the customs quay.",
            "Harbour master Edwina Marsh will move the tide gauge of Port Ellery to the inner basin in May, she told the "
            "board on Monday at the customs quay.",
        ),
    ],
    leaves=[
        "The tide gauge moves in May\n\nA new place\n\nThe tide gauge of Port Ellery will move to the inner basin in "
        "May, the board said on Monday at the customs quay, and the fishermen will have to learn it anew.",
    ],
    defect=Defect.CAPTION,
    order=40,
)
def name_caption(draft: Draft) -> Iterator[Finding]:
    """Take out a second line that is a name from the title, if a paragraph stands below it."""
    shapes = layout(draft).shapes
    if len(shapes) < 3:
        return
    title, line, paragraph = shapes[:3]
    if title.prose or title.ended or not line.apart or line.width > 40 or not paragraph.prose:
        return
    if not _NAME_LINE.fullmatch(line.content):
        return
    words = line.content.split(" ")
    if not all(w[0].isupper() for w in words) or line.content.isupper():
        return
    evidence = Evidence()
    evidence.see(0.3, "a short line between title and first paragraph")
    in_title = frozenset(_WORD.findall(title.content))
    in_paragraph = frozenset(_WORD.findall(paragraph.content[:400]))
    if all(w in in_title for w in words) and len(words) < len(in_title):
        evidence.see(0.3, "a name from the title")
    if all(w in in_paragraph for w in words):
        evidence.see(0.2, "a name from the paragraph")
    start, end = whole_lines(draft, 1, 1)
    yield evidence.finding(start, end)
