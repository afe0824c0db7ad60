"""An article in work, as rules see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleanse.learned import LearnedBoilerplate
    from cleanse.policy import Policy


@dataclass(slots=True)
class Line:
    """A line of the text: ``text[start:end]`` with its line break, ``content`` without edge white space.

    Attributes:
        index: Which line of the text it is, from 0.
        start: First code point of the line.
        end: One past its line break (or the end of the text).
        content: The line without white space at its ends; ``""`` for a blank line.
    """

    index: int
    start: int
    end: int
    content: str


@dataclass(frozen=True, slots=True)
class Context:
    """What is known about an article beside its text.

    ``facts`` are the record's own fields (title, source, published_on, author, url, language): a
    placeholder is filled from them alone. ``today`` bounds every date that is read from the text. ``policy`` becomes
    the one that it has for this source.
    """

    policy: Policy
    title: str | None = None
    source: str | None = None
    published_on: date | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    today: date = field(default_factory=date.today)
    learned: LearnedBoilerplate | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "policy", self.policy.for_source(self.source, self.url))


class Draft:
    """The text as it stands, split into lines once and shared by all rules until an edit changes it.

    ``columns`` is what earlier rules have filled so far (read-only for rules; see ``Finding.fills``).
    """

    __slots__ = ("__dict__", "columns", "context", "text")

    def __init__(self, text: str, context: Context, columns: Mapping[str, Any] | None = None) -> None:
        self.text = text
        self.context = context
        self.columns: Mapping[str, Any] = columns if columns is not None else {}

    @cached_property
    def lines(self) -> list[Line]:
        """All lines, blank ones too."""
        found, start = [], 0
        for number, said in enumerate(self.text.split("\n")):
            end = start + len(said) + 1
            found.append(Line(number, start, end, said.strip()))
            start = end
        last = found[-1]
        last.end -= 1  # no break behind the last line
        if last.start == last.end:
            found.pop()
        return found

    @cached_property
    def filled_lines(self) -> list[Line]:
        """The lines that are not blank: what neighbours and positions in the article are counted in."""
        return [line for line in self.lines if line.content]
