"""The whole article twice, one copy behind the other."""

from __future__ import annotations

from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.gate import Gate
from cleanse.rule import Family, rule

_LEAST = 300  # code points of a copy; a refrain or a quoted paragraph is shorter
_PARAGRAPH = 60  # code points of a line that is looked for again
_HEAD = 2000  # code points at the top within which that line must stand

_STORY = (
    "The crane came by sea on Monday, in six parts, and the whole of Port Ellery was on the quay to see it.\n"
    "It took four tugs, two pilots and a band to bring it in, and it will be a week before it lifts anything.\n"
    "The old one goes to Skerrow, where the ferry has waited for it since the storm of three years ago."
)


def _begins_again(text: str) -> bool:
    """A long line from the top stands again further down."""
    return _again(text) is not None


def _again(text: str) -> tuple[int, int, int] | None:
    """Give where the first long line begins and ends, and where it begins again."""
    if len(text) < 2 * _LEAST:
        return None
    at = 0
    while at < _HEAD:
        stop = text.find("\n", at)
        if stop < 0:
            return None
        if stop - at >= _PARAGRAPH:
            again = text.find(text[at : stop + 1], stop + 1)
            return (at, stop, again) if again >= 0 and text[again - 1] == "\n" else None
        at = stop + 1
    return None


@rule(
    family=Family.LAYOUT,
    order=15,
    gate=Gate(probe=_begins_again),
    reason="Extractors that read a page’s print view, or its data for machines, give the article twice.",
    changes=[(_STORY + "\n" + _STORY, _STORY)],
    leaves=["The tide is in.\nRow, row to the sea.\nThe tide is in.\nRow, row to the sea.", _STORY],
    defect=Defect.DUPLICATED_TEXT,
)
def repeated_article(draft: Draft) -> Iterator[Finding]:
    """Take out the second of two exact copies that make up the end of the text."""
    text = draft.text
    found = _again(text)
    if found is None:
        return
    at, stop, again = found
    # The copy may begin with lines that stand before that line: the title, a lead.
    begin, first = again, at
    while first > 0 and begin > stop and text[first - 1] == text[begin - 1]:
        first, begin = first - 1, begin - 1
    copy = text[begin:].strip()
    original = text[first:begin].strip()
    if len(copy) >= _LEAST and copy == original:
        yield Finding(begin, len(text), "", 0.9, f"{len(copy)} code points again")
