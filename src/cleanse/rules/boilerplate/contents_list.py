"""Tables of contents: a list of the headings that the article has below."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.boilerplate import take_out
from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.gate import begins
from cleanse.heads import Then
from cleanse.lines import HEADLINE_WIDTH, layout
from cleanse.marks import Mark
from cleanse.phrases import fold, vocabulary
from cleanse.rule import Family, rule

_HEADINGS = frozenset(vocabulary("contents")["heading"])
_ITEM = re.compile(r"\s*(?:[-*•·▪‣]|\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[ivxIVX]{1,4}[.)])\s+")
_MOST = 60  # entries of a table of contents
STORY = (
    "A heavy pan holds its heat, and a light one holds your wrist, as the cook of the ferry line used to say."
)


@rule(
    family=Family.BOILERPLATE,
    gate=begins(_HEADINGS, Then.NO_LETTER),
    reason="Blogs put links to an article's headings above it; the headings come again where they belong.",
    changes=[
        (
            f"Table of Contents\n1. Choosing a pan\n2. Cleaning it\n\nChoosing a pan\n{STORY}\nCleaning it\n{STORY}",
            f"Choosing a pan\n{STORY}\nCleaning it\n{STORY}",
        ),
    ],
    leaves=[
        f"Contents\nTwo lamps\nA rope\n{STORY}",
        f"In this article\n{STORY}",
    ],
    defect=Defect.NAVIGATION,
    order=56,
)
def contents_list(draft: Draft) -> Iterator[Finding]:
    """Take out a heading such as "Contents" with the entries below it that are headings further down."""
    yield from take_out(draft, _lists(draft))


def _lists(draft: Draft) -> Iterator[Mark]:
    shapes = layout(draft).shapes
    headings = {
        _bare(s.content): n for n, s in enumerate(shapes) if s.width <= HEADLINE_WIDTH
    }  # the last such
    for index, shape in enumerate(shapes):
        if shape.width > HEADLINE_WIDTH or fold(shape.content).strip(" .:#*[]–-—") not in _HEADINGS:
            continue
        last = index
        while last + 1 < len(shapes) and last - index < _MOST and _is_entry(shapes[last + 1].content):
            last += 1
        entries = [_bare(s.content) for s in shapes[index + 1 : last + 1]]
        first: dict[str, int] = {}
        for number, entry in enumerate(entries):
            if entry in first:  # the article has begun
                entries = entries[:number]
                break
            first[entry] = number
        again = [n for n, entry in enumerate(entries) if headings.get(entry, -1) > index + len(entries)]
        if not again:
            continue
        listed = sum(_ITEM.match(s.content) is not None for s in shapes[index + 1 : index + 1 + len(entries)])
        count = len(entries) if listed == len(entries) else again[-1] + 1
        if listed == len(entries) or (len(again) > 1 and 10 * len(again) >= 6 * count):
            evidence = f"{len(again)} of {count} entries are headings below"
            yield Mark("navigation", index, index + count, 0.75, evidence)


def _is_entry(content: str) -> bool:
    return len(content) <= HEADLINE_WIDTH and not content.endswith((".", "。", "،", ",", ";"))


def _bare(content: str) -> str:
    return fold(_ITEM.sub("", content, count=1)).strip(" .:#*")
