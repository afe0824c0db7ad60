"""What happened to a text, laid out along the text: the log of its edits, replayed forward.

An edit can fall inside text that an earlier one inserted. So every piece remembers which edit brought it and
which one took it away again, and nothing is ever dropped: the pieces that no edit brought are the raw text, the
pieces that no edit took away are the clean text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cleanse.edit import Edit


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with one history.

    Attributes:
        text: The text.
        came: Number of the edit (from 0) that inserted it; ``None`` for raw text.
        went: Number of the edit that removed it; ``None`` if it is in the clean text.
    """

    text: str
    came: int | None = None
    went: int | None = None


def pieces(raw: str, edits: Sequence[Edit]) -> list[Piece]:
    """Lay out the history of ``raw`` under ``edits``, the whole log of its article.

    Takes one sweep over the pieces for every run of edits that stand in ascending order, as one rule's do.

    Raises:
        ValueError: The edits are not those of this text.
    """
    laid = [Piece(raw)] if raw else []
    begin = 0
    while begin < len(edits):
        end = begin + 1
        while end < len(edits) and edits[end - 1].start + len(edits[end - 1].inserted) <= edits[end].start:
            end += 1
        laid = _sweep(laid, edits, begin, end)
        begin = end
    return laid


def _sweep(laid: list[Piece], edits: Sequence[Edit], begin: int, end: int) -> list[Piece]:
    swept: list[Piece] = []
    rest = laid[::-1]  # a stack: the next piece is the last
    at = 0  # how much of the text after the edits stands in `swept`

    def take(length: int, went: int | None) -> str:
        """Move living text of this length over, and with it the dead text that stands before its end."""
        taken = []
        while length:
            if not rest:
                raise ValueError("these are not the edits of this text: an edit lies behind its end")
            piece = rest.pop()
            if piece.went is not None:
                swept.append(piece)
                continue
            if len(piece.text) > length:
                rest.append(Piece(piece.text[length:], piece.came))
                piece = Piece(piece.text[:length], piece.came)
            length -= len(piece.text)
            taken.append(piece.text)
            swept.append(Piece(piece.text, piece.came, went))
        return "".join(taken)

    for number in range(begin, end):
        edit = edits[number]
        take(edit.start - at, None)
        if take(len(edit.removed), number) != edit.removed:
            raise ValueError(f"these are not the edits of this text: edit {number} removes what is not there")
        if edit.inserted:
            swept.append(Piece(edit.inserted, number))
        at = edit.start + len(edit.inserted)
    return swept + rest[::-1]


@dataclass(frozen=True, slots=True)
class Change:
    """Neighbouring pieces that changed, with no kept text between them.

    Attributes:
        removed: Raw text that went.
        inserted: Text that came and stayed.
        passing: Text that one edit inserted and a later one removed.
        edits: Numbers of the edits that did it, ascending.
    """

    removed: str
    inserted: str
    passing: str
    edits: tuple[int, ...]


def changes(raw: str, edits: Sequence[Edit]) -> Iterator[str | Change]:
    """Give the clean text and the changes in it in order: a string for text that was left alone.

    Joined, the strings and each change's ``inserted`` are the clean text, the strings and ``removed`` the raw text.
    """
    kept: list[str] = []
    changed: list[Piece] = []
    for piece in pieces(raw, edits):
        if piece.came is None and piece.went is None:
            if changed:
                yield _change(changed)
                changed = []
            kept.append(piece.text)
        else:
            if kept:
                yield "".join(kept)
                kept = []
            changed.append(piece)
    if kept:
        yield "".join(kept)
    if changed:
        yield _change(changed)


def _change(of: list[Piece]) -> Change:
    return Change(
        removed="".join(p.text for p in of if p.came is None),
        inserted="".join(p.text for p in of if p.went is None),
        passing="".join(p.text for p in of if p.came is not None and p.went is not None),
        edits=tuple(sorted({n for p in of for n in (p.came, p.went) if n is not None})),
    )
