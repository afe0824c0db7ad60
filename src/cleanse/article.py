"""What comes out: an article, its blocks and its edits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from cleanse.edit import Edit


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list or table of the clean text: ``text[start:end]``, offsets in code points.

    Attributes:
        kind: ``paragraph``, ``list`` or ``table``.
        start: First code point.
        end: One past the last code point, without the line break.
        rows: A table's cells by row, the header first; a list's items, each a row of one cell; of a paragraph none.
    """

    kind: str
    start: int
    end: int
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned article. ``restore(article.text, article.edits)`` is the raw text, bit for bit.

    Attributes:
        title: The record's title, or the one found in the text (and then taken out of it).
        text: The clean text.
        blocks: The text as paragraphs, lists and tables, in order.
        author: The record's author, or a byline's.
        published_on: The record's date, or the one that a dateline or metadata line gives beyond doubt.
        dateline_place: Where a dateline says the story was written.
        source_name: Whom a source line names.
        source_url: The address that a source line names.
        agency: The news agency that a dateline or sign-off names.
        topics: What topic and tag lines list.
        rights: What rights lines and licence footers say, joined by a space.
        licence: SPDX identifier or Creative Commons address of a licence that is named.
        defects: What was wrong, see :class:`~cleanse.defect.Defect`, in its order.
        needs_review: True where damage was seen that no rule may repair.
        review_reasons: Why, one line each.
        edits: Every change, in order.
    """

    title: str | None
    text: str
    blocks: tuple[Block, ...] = ()
    author: str | None = None
    published_on: date | None = None
    dateline_place: str | None = None
    source_name: str | None = None
    source_url: str | None = None
    agency: str | None = None
    topics: tuple[str, ...] = ()
    rights: str | None = None
    licence: str | None = None
    defects: tuple[str, ...] = ()
    needs_review: bool = False
    review_reasons: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = field(default=(), repr=False)
