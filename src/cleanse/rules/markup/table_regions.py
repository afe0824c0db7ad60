"""Where tables are in a text, and what their rows are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from cleanse.draft import Draft
from cleanse.rules.markup.judgement import SURE, judge
from cleanse.rules.markup.names import TABLE
from cleanse.rules.markup.scan import Tag

_CELL = ("td", "th")
_HEAD_OF_ROW = 1  # a row may begin with one header cell


@dataclass(frozen=True, slots=True)
class Table:
    """A table in the text: ``text[start:end]``, from its first tag to its last.

    Attributes:
        start: First code point.
        end: One past the last code point.
        rows: The cells by row, the header first.
        caption: The lines of its caption.
        score: How sure its least certain tag is.
    """

    start: int
    end: int
    rows: list[list[str]]
    caption: list[str]
    score: float


def tables(draft: Draft) -> list[Table]:
    """Give the tables that have two cells or more, in order; worked out once for a draft."""
    kept: dict[str, list[Table]] = draft.__dict__
    if "markup_tables" not in kept:
        kept["markup_tables"] = _tables(draft)
    return kept["markup_tables"]


def _tables(draft: Draft) -> list[Table]:
    judged = [j for j in judge(draft) if j.score >= SURE]
    tags = [j.tag for j in judged]
    found: list[Table] = []
    i = 0
    while i < len(tags):
        if tags[i].name not in TABLE:
            i += 1
            continue
        end = _region(draft.text, tags, i)
        if sum(tag.name in _CELL for tag in tags[i:end]) < 2:
            i = end
            continue
        rows, caption = _rows(draft.text, tags[i:end])
        if sum(map(len, rows)) > 1:
            score = min(j.score for j in judged[i:end])
            found.append(Table(tags[i].start, tags[end - 1].end, rows, caption, score))
        i = end
    return found


def _region(text: str, tags: Sequence[Tag], first: int) -> int:
    """Give the index behind the last tag of the table that begins with ``tags[first]``."""
    last = first
    for i in range(first + 1, len(tags)):
        before, tag = tags[i - 1], tags[i]
        if before.name == "table" and (before.closing or (before.closing is None and i - 1 > first)):
            break
        if not _goes_on(text, before, tag):
            break
        if tag.name in TABLE:
            if tag.name == "table" and tag.closing is False:
                break
            last = i
    return last + 1


def _goes_on(text: str, before: Tag, after: Tag) -> bool:
    """Say whether what stands between two tags of a table can belong to it."""
    gap = text[before.end : after.start]
    if not gap.strip():
        return gap.count("\n") < 4
    if "\n\n" in gap.strip():
        return False
    in_cell = before.name in _CELL or before.name == "caption" or before.name not in TABLE
    if in_cell and before.closing is False:
        return True
    # Behind a closed cell or row only a cell can follow that lost its beginning, and it stands on one line.
    return "\n" not in gap and (in_cell or after.name in _CELL or after.name not in TABLE)


def _rows(text: str, tags: Sequence[Tag]) -> tuple[list[list[str]], list[str]]:
    """Give the table's rows of cells and the lines of its caption."""
    from bs4 import BeautifulSoup  # takes 50 ms, which articles without a table need not pay

    # All that stands in a cell is text by now, so that each element has one string, or none.
    soup = BeautifulSoup(_well_formed(text, tags), "html.parser")
    table = _elements(soup.find("table"))
    caption = [
        " ".join(str(c.string or "").split()) for row in table for c in _elements(row) if c.name == "caption"
    ]
    rows: list[list[str]] = []
    for row in table:
        cells = [cell for cell in _elements(row) if cell.name in _CELL]
        heads = next((n for n, cell in enumerate(cells) if cell.name != "th"), len(cells))
        texts = [" ".join(str(cell.string or "").split()) for cell in cells]
        # The end of a header row got lost: its cells run on into the first row's.
        rows += (
            [texts[:heads], texts[heads:]] if _HEAD_OF_ROW < heads < len(texts) else [texts] if texts else []
        )
    return _even(rows), [line for line in caption if line]


def _elements(parent: Any) -> list[Any]:
    """Give the elements right below ``parent``, without the strings between them."""
    return [child for child in parent.contents if child.name is not None]


def _well_formed(text: str, tags: Sequence[Tag]) -> str:
    """Write the region as HTML that any parser reads: every row and every cell opened and closed once."""
    pieces = ["<table><tr>"]
    inside: str | None = None  # the element that is open
    for tag, follows in zip(tags, [*tags[1:], None], strict=True):
        name = tag.name if tag.name in TABLE else None
        if name is not None:
            if inside is not None:
                pieces.append(f"</{inside}>")
                inside_before, inside = inside, None
            else:
                inside_before = None
            if name in (*_CELL, "caption") and (
                tag.closing is False or (tag.closing is None and inside_before is None)
            ):
                inside = name
            elif name not in (*_CELL, "caption"):
                pieces.append("</tr><tr>")
        elif tag.name in ("br", "p", "li"):
            pieces.append(" ")
        content = text[tag.end : follows.start] if follows is not None else ""
        if content.strip() and inside is None:
            inside = name if name in _CELL else "td"  # a cell that lost its beginning
            pieces.append(f"<{inside}>")
        elif inside is not None and name is not None:
            if not content.strip() and tag.closing is None:
                inside = None  # a stray end, no empty cell
            else:
                pieces.append(f"<{inside}>")
        pieces.append(escape(content, quote=False))
    if inside is not None:
        pieces.append(f"</{inside}>")
    pieces.append("</tr></table>")
    return "".join(pieces)


def _even(rows: list[list[str]]) -> list[list[str]]:
    """Split rows that ran together because the tag between them is lost."""
    if not rows:
        return rows
    width = len(rows[0]) if len(rows) == 2 else Counter(map(len, rows)).most_common(1)[0][0]
    evened: list[list[str]] = []
    for row in rows:
        if width > 1 and len(row) > width and len(row) % width == 0:
            evened += [row[k : k + width] for k in range(0, len(row), width)]
        elif any(row):
            evened.append(row)
    return evened
