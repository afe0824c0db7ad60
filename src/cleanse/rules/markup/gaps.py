"""What to do with the white space round a span that goes."""

from __future__ import annotations

from dataclasses import dataclass

BLANK = " \t\xa0"
BULLETS = "-*•·▪‣–"


@dataclass(frozen=True, slots=True)
class Sides:
    """A span with the blanks at its sides, and what is beyond them.

    Attributes:
        start: First blank before the span.
        end: One past the last blank behind it.
        left: The code point before; ``""`` at the beginning of a line.
        right: The code point behind; ``""`` at the end of a line.
    """

    start: int
    end: int
    left: str
    right: str


def sides(text: str, start: int, end: int) -> Sides:
    """Look at both sides of ``text[start:end]``."""
    while start and text[start - 1] in BLANK:
        start -= 1
    while end < len(text) and text[end] in BLANK:
        end += 1
    left = text[start - 1] if start else ""
    right = text[end] if end < len(text) else ""
    return Sides(start, end, left if left not in "\r\n" else "", right if right not in "\r\n" else "")


def whole_line(text: str, around: Sides) -> tuple[int, int]:
    """Widen a span that fills its line by the line break behind it, at the end of the text by the one before."""
    start, end = around.start, around.end
    if end < len(text):
        return start, end + (2 if text.startswith("\r\n", end) else 1)
    if start and text[start - 1] == "\n":
        start -= 2 if text.startswith("\r\n", start - 2) else 1
    return start, end


def after_bullet(text: str, end: int) -> bool:
    """Say whether a bullet is all that stands between the beginning of the line and ``end``."""
    if not end or text[end - 1] not in BULLETS:
        return False
    at = end - 1
    while at and text[at - 1] in BLANK:
        at -= 1
    return at == 0 or text[at - 1] == "\n"


def cut(text: str, start: int, end: int) -> tuple[int, int]:
    """Give the span to delete so that ``text[start:end]`` leaves neither an empty line nor a doubled space."""
    around = sides(text, start, end)
    if not around.left and not around.right:
        return whole_line(text, around)
    if not around.right:
        return around.start, around.end
    if not around.left or around.start < start:
        return start, around.end
    return start, end
