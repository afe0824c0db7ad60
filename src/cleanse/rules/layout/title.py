"""The title: the first line of an article that is its headline goes into its column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from cleanse.defect import Defect
from cleanse.draft import Context, Draft, Line
from cleanse.edit import Finding
from cleanse.gate import Gate
from cleanse.phrases import fold
from cleanse.rule import Family, rule
from cleanse.rules.layout.headline import LONGEST, is_headline, is_paragraph, is_title

_MARKS = re.compile(r"[\W_]+")
_LETTER = re.compile(r"[^\W_]")
_LABELLED = re.compile(r"\w+: ")
_HEAD_LINES = 8  # filled lines at the top within which a headline is repeated
_LEAST_WORDS = 4  # of a repeated headline; a shorter line may be a refrain or a label
_LEAST_LETTERS = 12
_GLANCE = 40  # code points of a line that tell most of them from a title


def same(a: str, b: str) -> bool:
    """Compare two headlines without case, space and marks."""
    return _MARKS.sub("", fold(a)) == _MARKS.sub("", fold(b))


def _knows_title(context: Context) -> bool:
    return bool(context.title)


def _may_repeat_title(text: str, context: Context) -> bool:
    """Say whether one of the lines where a title is repeated begins as the title does."""
    title = _title_beginning(context.title or "")
    letter = title[:1]
    for line in _outer_lines(text):
        # Most lines begin with another letter than the title, and that is soon seen.
        begun = _LETTER.search(line)
        if (not letter or not begun or fold(begun[0])[:1] == letter) and _agree(title, _beginning(line)):
            return True
    return False


def _outer_lines(text: str) -> Iterator[str]:
    """Give what the first two filled lines and the last one begin with."""
    text = text.strip()
    at = text.find("\n")
    if at < 0:
        yield text[:_GLANCE]
        return
    yield text[: min(at, _GLANCE)]
    while text[at].isspace():  # there is a last line
        at += 1
    yield text[at : at + _GLANCE].partition("\n")[0]
    at = text.rfind("\n") + 1
    yield text[at : at + _GLANCE]


def _beginning(line: str) -> str:
    return _MARKS.sub("", fold(line[:_GLANCE]))


_title_beginning = lru_cache(maxsize=16)(_beginning)  # asked again after each edit


def _agree(a: str, b: str) -> bool:
    size = min(len(a), len(b))
    return a[:size] == b[:size]


def _first_may_be_headline(text: str) -> bool:
    """The first line is short and has no full stop."""
    start = len(text[:LONGEST]) - len(text[:LONGEST].lstrip())
    stop = text.find("\n", start, start + LONGEST + 20)
    return stop > start and text[start:stop].rstrip()[-1:] not in (".", ",", ":", ";", "。")


@rule(
    family=Family.LAYOUT,
    order=20,
    gate="",
    when=_knows_title,
    sees=_may_repeat_title,
    reason="The record has its title in a field of its own; the text repeats it.",
    changes=[],
    leaves=[],
    defect=Defect.DUPLICATED_TITLE,
)
def given_title(draft: Draft) -> Iterator[Finding]:
    """Take out the record's title where it is the first line (or one of the first, or the last) of the text."""
    title = draft.context.title or ""
    if not _MARKS.sub("", title):
        return
    lines = draft.filled_lines
    if len(lines) < 2:
        return
    found = _repeats(lines, title)
    for number in found[1:] if len(found) == len(lines) else found:  # an article of its title alone keeps one
        yield _take(draft, lines[number], "the record’s title")


def _repeats(lines: list[Line], title: str) -> list[int]:
    """Give the numbers of the lines that repeat the title: from the first two others up, and from the last one down.

    All of them at once: taken as they come to stand first or last, many would outlast the rounds.
    """
    found, others = set(), 0
    for number, line in enumerate(lines):
        if same(line.content, title):
            found.add(number)
        else:
            others += 1
            if others == 2:
                break
    for number in range(len(lines) - 1, -1, -1):
        if number in found or not same(lines[number].content, title):
            break
        found.add(number)
    return sorted(found)


@rule(
    family=Family.LAYOUT,
    order=30,
    gate=Gate(probe=_first_may_be_headline),
    reason="Extractors take the headline from the page and from its header, or repeat it behind the article.",
    changes=[
        ("Harbour Gets a New Blue Crane\nHarbour Gets a New Blue Crane\nThe crane came by sea on Monday, in six parts.",
         "The crane came by sea on Monday, in six parts."),
    ],
    leaves=["Row, row to the sea\nThe tide is high and the moon is low.\nRow, row to the sea"],
    defect=Defect.DUPLICATED_TITLE,
)  # fmt: skip
def repeated_headline(draft: Draft) -> Iterator[Finding]:
    """Take out the headline of the first line where one of the next lines, or the last one, repeats it."""
    if not _first_may_be_headline(draft.text):
        return
    lines = draft.filled_lines
    if not lines:
        return
    first = lines[0]
    if not is_headline(first) or len(first.content) < _LEAST_LETTERS or not any(map(is_paragraph, lines[1:])):
        return
    if (
        len(first.content.split()) < _LEAST_WORDS
        and len(first.content) < 4 * _LEAST_LETTERS
        and first.content.isascii()
    ):
        return
    paragraphs = others = 0
    for line in lines[1:]:
        paragraphs += is_paragraph(line)
        if paragraphs > 1 or others == _HEAD_LINES - 1:
            break
        if same(line.content, first.content):
            yield _take(draft, line, "the first line again")
        else:
            others += 1
    if sum(map(is_paragraph, lines)) < 2:
        return
    for line in reversed(lines):
        if line.index <= first.index + 3 or not same(line.content, first.content):
            break
        yield _take(draft, line, "the first line again, at the end")


@rule(
    family=Family.LAYOUT,
    order=40,
    gate=Gate(probe=_first_may_be_headline),
    reason="Scraped articles carry their headline as the first line; it belongs into its column.",
    changes=[
        ("Harbour Gets a New Crane\nThe crane came by sea on Monday, in six parts.",
         "The crane came by sea on Monday, in six parts."),
    ],
    leaves=[
        "A crane came by sea on Monday.\nIt is blue, and it stands on the northern quay.",
        "The North Quay\n\nIt stands at the northern end of the town.\n\n"
        "The South Quay\n\nIt is old, and it leans a little to the west.",
        "– Here, she said.\nThe crane came by sea on Monday, in six parts.",
    ],
    defect=Defect.DUPLICATED_TITLE,
)  # fmt: skip
def headline(draft: Draft) -> Iterator[Finding]:
    """Move the first line into the title if it is the article's headline.

    It is if it is the only one before the first paragraph, and stands on it or has no sections of its own kind
    further down; or if a section's heading follows it. A text whose first section has lost its title is not taken
    for one: the rule would have to leave alone what remains, else cleaning twice would take a second line.
    """
    if draft.context.title or draft.columns.get("title") or not _first_may_be_headline(draft.text):
        return
    lines = draft.filled_lines
    if _is_titled(lines) and not _is_titled(lines[1:]):
        title = lines[0]
        stop = lines[1].start
        yield Finding(title.start, stop, "", 0.8, "first line", fills=(("title", title.content),), defect="")


def _is_titled(lines: list[Line]) -> bool:
    if len(lines) < 2 or not is_headline(lines[0]) or not is_title(lines[0]):
        return False
    if _LABELLED.match(lines[0].content) and _LABELLED.match(lines[1].content):
        return False  # `Pros: ...` and `Cons: ...`
    k = next((i for i, line in enumerate(lines) if is_paragraph(line)), 0)
    if not k or not all(map(is_headline, lines[:k])):
        return False
    if k == 1 and lines[1].index == lines[0].index + 1:
        return True
    sections = _has_sections(lines[k:])
    return (k == 1 and not sections) or (k == 2 and sections)


def _has_sections(lines: list[Line]) -> bool:
    """Say whether there is a heading between two paragraphs."""
    return any(
        is_headline(line)
        and not is_paragraph(line)
        and is_paragraph(lines[i + 1])
        and is_paragraph(lines[i - 1])
        for i, line in enumerate(lines[1:-1], 1)
    )


def _take(draft: Draft, line: Line, evidence: str) -> Finding:
    """Take out a line with its break, and with the blank line behind it."""
    return Finding(line.start, line.end, "", 0.9, evidence)
