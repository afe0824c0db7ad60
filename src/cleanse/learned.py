"""Boilerplate that was learned for a source, as the cleaner uses it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Learned:
    """An approved pattern of a source.

    Attributes:
        pattern_id: Its name.
        place: Where a line must stand to be taken out: ``any``, ``head``, ``tail``, or ``beside`` another learned line.
        score: How sure it is that the line is no part of a story.
        evidence: In how many stories it was seen, and where: for people.
    """

    pattern_id: str
    place: str
    score: float
    evidence: str


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
        import polars as pl

        from cleanse.learning.pattern import patterns

        get = self._by_pattern.get
        return [get(pattern) for pattern in patterns(pl.Series(lines, dtype=pl.String))]
