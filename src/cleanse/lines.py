"""What a line looks like and where in the article it stands.

Length is measured in *width*: code points, where a character of a script without spaces between words counts
three, about what it says in letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from cleanse.draft import Draft, Line

_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_SENTENCE_END = re.compile(r"[.!?…。！？｡।۔؟։။።]['\"”’»“)\]）」』]*$")
INNER_END = re.compile(r"[\w)\"”’»][.!?…]['\"”’»)]* +['\"“„«‘(¿¡]?[^\W\d_]|[。！？।۔؟]['\"”’»」』]*.")
_ITEM = re.compile(r"(?:[-*•·▪■●►◦‣–—>#|]|\d{1,3}[.)])\s")
_WORD = re.compile(r"\w+")

_DIVIDER = re.compile(r"(?:[*#_=~·•–—-][ \t]*){3,80}")

PROSE_WIDTH = 80  # shorter lines are prose only among prose
HEADLINE_WIDTH = 170  # headlines of the web seldom are longer


def width(text: str) -> int:
    """Give the length of ``text``, a character of an unspaced script as three."""
    return len(text) if text.isascii() else len(text) + 2 * len(_UNSPACED.findall(text))


def is_divider(content: str) -> bool:
    """Say whether a line is a row of stars, dashes or the like, which parts what stands above and below it."""
    return content[:1] in "*#_=~·•–—-" and _DIVIDER.fullmatch(content) is not None


class Shape:
    """The look of a line, apart from what it says; each part is worked out when a rule first asks for it.

    Attributes:
        line: The line.
        content: The line without white space at its ends.
        apart: Blank lines (or the text's bounds) stand above and below it.
        width: Its length, see :func:`width`.
        ended: It ends as a sentence does.
        prose: It reads as a paragraph: wide, and with sentence punctuation at the end or inside.
        item: It begins with a bullet or number, as items of a list do.
        words: How many words it has, of an unspaced script how many thirds of its characters.
    """

    __slots__ = ("apart", "content", "ended", "item", "line", "prose", "width", "words")

    line: Line
    content: str
    apart: bool
    width: int
    ended: bool
    prose: bool
    item: bool
    words: int

    def __init__(self, line: Line, *, apart: bool) -> None:
        self.line, self.content, self.apart = line, line.content, apart

    def __getattr__(self, name: str) -> int | bool:
        looks = _LOOKS.get(name)
        if looks is None:
            raise AttributeError(name)
        value = looks(self)
        setattr(self, name, value)
        return value


def _is_prose(shape: Shape) -> bool:
    return shape.width >= PROSE_WIDTH and (
        shape.ended or (shape.width >= 2 * PROSE_WIDTH and INNER_END.search(shape.content) is not None)
    )


_LOOKS: dict[str, Callable[[Shape], int | bool]] = {
    "width": lambda shape: width(shape.content),
    "ended": lambda shape: _SENTENCE_END.search(shape.content[-8:]) is not None,
    "prose": _is_prose,
    "item": lambda shape: _ITEM.match(shape.content) is not None,
    "words": lambda shape: max(len(_WORD.findall(shape.content)), len(_UNSPACED.findall(shape.content)) // 3),
}


class Layout:
    """The filled lines of a draft with their shapes and the bounds of its prose."""

    def __init__(self, draft: Draft) -> None:
        self.shapes = _shapes(draft)

    @cached_property
    def first_prose(self) -> int:
        """Which filled line is the first paragraph of prose; how many there are if none is."""
        return next((i for i, s in enumerate(self.shapes) if s.prose), len(self.shapes))

    @cached_property
    def last_prose(self) -> int:
        """Which filled line is the last paragraph of prose; -1 if none is."""
        return next((i for i in range(len(self.shapes) - 1, -1, -1) if self.shapes[i].prose), -1)

    def place(self, index: int) -> str:
        """Say where filled line ``index`` stands: ``head``, ``body`` or ``tail``."""
        if self.last_prose < 0:
            return "body"  # without a paragraph there is nothing to stand before or behind
        return "head" if index < self.first_prose else "tail" if index > self.last_prose else "body"


def _shapes(draft: Draft) -> list[Shape]:
    lines = draft.lines
    last = len(lines) - 1
    shapes = []
    for line in draft.filled_lines:
        at = line.index
        apart = (at == 0 or not lines[at - 1].content) and (at == last or not lines[at + 1].content)
        shapes.append(Shape(line, apart=apart))
    return shapes


def layout(draft: Draft) -> Layout:
    """Give the layout of ``draft``, worked out once for all rules."""
    known: Layout | None = draft.__dict__.get("layout")
    if known is None:
        known = draft.__dict__["layout"] = Layout(draft)
    return known
