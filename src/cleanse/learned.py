"""Boilerplate that was learned for a source, as the cleaner uses it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

# What articles without a source and address are filed under, where they are learned from at all.
UNNAMED = "(no source)"


def source_of(source: str | None, url: str | None) -> str | None:
    """Give the source of an article: the one it names, else the host of its address; None if it has neither."""
    if source is not None and source.strip():
        return source
    if not url:
        return None
    try:
        return urlsplit(url).hostname or None
    except ValueError:  # such as an unclosed bracket
        return None


class Place(StrEnum):
    """Where in an article a line must stand to be taken out, measured from the story's own paragraphs."""

    ANY = "any"
    HEAD = "head"  # above the first
    TAIL = "tail"  # below the last


@dataclass(frozen=True, slots=True)
class Learned:
    """An approved pattern of a source.

    Attributes:
        pattern_id: Its name.
        place: Where a line must stand to be taken out.
        closes: No story goes on below it: what stands there and is no paragraph goes too.
        score: How sure it is that the line is no part of a story.
        evidence: In how many stories it was seen, and where: for people.
    """

    pattern_id: str
    place: Place = Place.ANY
    closes: bool = False
    score: float = 1.0
    evidence: str = ""


class LearnedBoilerplate:
    """The approved patterns of one source."""

    __slots__ = ("_by_pattern",)

    def __init__(self, by_pattern: Mapping[str, Learned]) -> None:
        """Take approved patterns, by what their lines say (see :func:`cleanse.learning.pattern.patterns`)."""
        self._by_pattern = by_pattern

    def __len__(self) -> int:
        return len(self._by_pattern)

    def find(self, lines: Sequence[str]) -> list[Learned | None]:
        """Give for each line the approved pattern that it has, wherever it stands."""
        import polars as pl  # costs 0.1 s, and is not needed where nothing was learned

        from cleanse.learning.pattern import patterns

        get = self._by_pattern.get
        return [get(pattern) for pattern in patterns(pl.Series(lines, dtype=pl.String))]

    def said(self) -> list[list[str]]:
        """Give all that the cleaner's results depend on; the evidence is for people, and grows with each learning."""
        return sorted([p.pattern_id, p.place, str(p.closes), pattern] for pattern, p in self._by_pattern.items())
