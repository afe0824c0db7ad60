"""Boilerplate that was learned for a source, as the cleaner uses it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import category
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


REMEMBERED = 5000  # lines of which a source's patterns remember what they are

_WORD = re.compile(r"\w")


def first_of(line: str) -> str | None:
    """Give the character with which the pattern of a line begins, unless that is a month's name; None if in doubt."""
    word = _WORD.search(line)
    if word is None:
        return None
    before = line[: word.start()]
    if not before.isascii() and any(category(c)[0] in "MPCS" and category(c) != "Po" for c in before):
        return None  # marks, joiners and circled letters belong to words, to one library or the other
    first = word.group()
    kind = category(first)
    return "0" if kind == "Nd" else first.lower()[0] if kind[0] == "L" or first == "_" else None


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

    __slots__ = ("_by_pattern", "_firsts", "_remembered")

    def __init__(self, by_pattern: Mapping[str, Learned]) -> None:
        """Take approved patterns, by what their lines say (see :func:`cleanse.learning.pattern.patterns`)."""
        self._by_pattern = by_pattern
        self._firsts = {pattern[0] for pattern in by_pattern}
        self._remembered: dict[str, Learned | None] = {}

    def __len__(self) -> int:
        return len(self._by_pattern)

    def find(self, lines: Sequence[str]) -> list[Learned | None]:
        """Give for each line the approved pattern that it has, wherever it stands.

        To work out the patterns of one article takes 1 ms, of which most is the same for any number of lines. So it is
        done only for lines that begin like an approved pattern, and once: rules ask again after each edit.
        """
        known = self._remembered
        new = [line for line in dict.fromkeys(lines) if line not in known]
        if len(known) + len(new) > REMEMBERED:
            known.clear()
            new = list(dict.fromkeys(lines))
        asked = [line for line in new if self._may_have_one(line)]
        known |= dict.fromkeys(new)
        if asked:
            import polars as pl  # costs 0.1 s, and is not needed where nothing was learned

            from cleanse.learning.pattern import patterns

            get = self._by_pattern.get
            found = patterns(pl.Series(asked, dtype=pl.String))
            known |= {line: get(pattern) for line, pattern in zip(asked, found, strict=True)}
        return [known[line] for line in lines]

    def _may_have_one(self, line: str) -> bool:
        first = first_of(line)
        return first is None or first in self._firsts or ("0" in self._firsts and any(map(str.isdigit, line)))

    def said(self) -> list[list[str]]:
        """Give all that the cleaner's results depend on; the evidence is for people, and grows with each learning.

        The score counts, because the policy's threshold is held against it.
        """
        return sorted(
            [p.pattern_id, p.place, str(p.closes), f"{p.score:.2f}", pattern]
            for pattern, p in self._by_pattern.items()
        )
