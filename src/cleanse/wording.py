"""Wordings: phrases of a vocabulary as one expression over folded text, and sentences to look for them in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

import re2

from cleanse.gate import PatternSet

GAP = "…"  # in a vocabulary: some words of the same sentence
_REACH = 100  # code points that a gap may span

_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
_BOUND = re.compile(
    r"[.!?…]['\"”’»)\]]*[ \t\xa0]+(?=[^\s.,;:!?])|[。！？｡।۔؟]['\"”’»)\]）」』]*[ \t\xa0\u3000]*(?=\S)"
    r"|(?<=[.!?…。'\"”’»)\]])[ \t\xa0]*(?=©)"
)
_ABBREVIATION = re.compile(
    r"(?<!\w)(?:\w|St|Dr|Mr|Mrs|Ms|Jr|Sr|Inc|Ltd|Co|Corp|No|Vol|pp|vs|etc|Nr|bzw|art)\.$", re.IGNORECASE
)


class Wording:
    """An expression that finds any of some folded phrases in folded text, the longest first.

    Python's engine tries every phrase at every place, some 40 microseconds a line for 300 phrases; RE2 says in 2
    that a line has none of them, and few lines have.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = sorted(set(phrases), key=len, reverse=True)

    # Both are made when first asked for: to compile all wordings takes a fifth of the time that one article takes.

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(map(_expression, self._phrases)))

    @cached_property
    def _somewhere(self) -> PatternSet:
        beginnings = {re2.escape(phrase.split(GAP)[0].strip()) for phrase in self._phrases}
        return PatternSet([(0, "|".join(sorted(beginnings)))])

    def search(self, folded: str) -> re.Match[str] | None:
        """Give the first phrase in ``folded``, or None."""
        return self._pattern.search(folded) if self._somewhere.possible(folded) else None

    def match(self, folded: str, start: int = 0) -> re.Match[str] | None:
        """Give the phrase that begins at ``start``, or None."""
        return self._pattern.match(folded, start) if self._somewhere.possible(folded) else None


class Leads:
    """Folded phrases that a line may begin with, looked up by their first letter."""

    __slots__ = ("_by_letter",)

    def __init__(self, phrases: Iterable[str]) -> None:
        by_letter: dict[str, list[str]] = {}
        for phrase in sorted(set(phrases), key=len, reverse=True):
            by_letter.setdefault(phrase[0], []).append(phrase)
        self._by_letter = {letter: tuple(found) for letter, found in by_letter.items()}

    def find(self, folded: str) -> str | None:
        """Give the longest phrase that ``folded`` begins with, no letter behind it, or None."""
        for phrase in self._by_letter.get(folded[:1], ()):
            if not folded.startswith(phrase):
                continue
            if not (phrase[-1].isalnum() and folded[len(phrase) : len(phrase) + 1].isalnum()):
                return phrase
        return None


def sentences(content: str) -> Iterator[tuple[int, int]]:
    """Give the bounds of the sentences of a line, in order; a ``©`` begins one."""
    start = 0
    for match in _BOUND.finditer(content):
        mark = match.start() + 1
        if content[match.start()] == "." and _ABBREVIATION.search(content[max(start, mark - 6) : mark]):
            continue
        end = match.start() + len(match[0].rstrip())
        if end > start:
            yield start, end
        start = match.end()
    if start < len(content):
        yield start, len(content)


def _expression(phrase: str) -> str:
    pieces = [re.escape(piece.strip()) for piece in phrase.split(GAP)]
    body = rf"[^.。!?\n]{{0,{_REACH}}}?".join(pieces)
    before = r"(?<!\w)" if phrase[0].isalnum() and not _UNSPACED.match(phrase) else ""
    after = r"(?!\w)" if phrase[-1].isalnum() and not _UNSPACED.match(phrase[-1]) else ""
    return before + body + after
