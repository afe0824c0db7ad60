"""Gates made of phrases: which rules have a phrase that begins a line, or a sentence, of a text.

Vocabulary in some 35 languages is thousands of phrases. As RE2 alternations they are automata of hundreds of
kilobytes, which ran at 2 MB/s until they were warm and at 20 to 35 MB/s then. But such phrases have to begin a line
or a sentence, and of these an article has a few dozen: their beginnings are looked up in a table, which costs the same
however long the vocabulary is.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum

from cleanse.phrases import fold

_KEY = 6  # folded code points by which longer phrases are looked up first
_LOOK = 24  # folded code points of a phrase that are compared; what is longer is cut
_START = 10  # code points of a beginning by which it is remembered that no phrase begins so
_LONGER = 32  # the same where the first few may be a phrase's
_READ = 64  # code points that are folded at first: white space folds into one space, so more may be needed
_MEMORY = 1 << 17  # beginnings that are remembered; those of a language recur

_EDGE = re.compile(r"[\W_]*")
_COLON = re.compile(r" ?[:：]")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
)

# What ends a sentence. Full stops within numbers and names cost a look-up, no more.
STOPS = ".!?…。！？"


class Then(Enum):
    """What has to follow a phrase."""

    ANYTHING = "anything"
    WORD_END = "the end of the word"  # in scripts that put spaces between words
    COLON = "a colon"
    NO_LETTER = "no letter up to the end of the line"


class Heads:
    """Phrases of several rules, by their first letters."""

    def __init__(self, phrases: Mapping[int, Iterable[tuple[str, Then]]]) -> None:
        """Index phrases, folded as :func:`~cleanse.phrases.fold` does, by the number of their rule.

        Raises:
            ValueError: A phrase does not begin with a letter or digit: no head does.
        """
        # There are thousands of phrases, and most are of one rule that says one thing of what follows.
        table: dict[str, tuple[tuple[Then, frozenset[int]], ...]] = {}
        for number, own in phrases.items():
            of_number = frozenset((number,))
            for phrase, then in own:
                if not phrase[:1].isalnum():
                    raise ValueError(f"a head begins with a letter or digit, not as {phrase!r} does")
                if len(phrase) >= _LOOK or (then is Then.WORD_END and _UNSPACED.match(phrase[-1])):
                    then = Then.ANYTHING
                key = phrase[:_LOOK]
                known = table.get(key)
                table[key] = ((then, of_number),) if known is None else _joined(known, then, of_number)
        self._table = table
        self._short = sorted({len(phrase) for phrase in table if len(phrase) < _KEY})
        lengths: dict[str, set[int]] = {}
        for phrase in table:
            if len(phrase) >= _KEY:
                lengths.setdefault(phrase[:_KEY], set()).add(len(phrase))
        self._lengths = {key: tuple(sorted(found)) for key, found in lengths.items()}
        self._sorted = sorted(self._table)
        self._within = _prefixes(self._sorted)
        self._silent: dict[str, bool] = {"": True}

    def __bool__(self) -> bool:
        return bool(self._table)

    def phrases(self) -> Iterable[str]:
        """Give the phrases, those that are long cut to what is compared of them."""
        return self._table

    def follow(self, phrase: str) -> set[Then]:
        """Give what may have to follow ``phrase``."""
        return {then for then, _ in self._table[phrase]}

    def numbers(self, pieces: Iterable[str]) -> set[int]:
        """Give the numbers of the rules that have a phrase at the start of one of ``pieces``, but for marks."""
        found: set[int] = set()
        known, silent = self._silent.get, self.is_silent
        for piece in pieces:
            start = piece[:_START]
            said = known(start)
            if said or (said is None and silent(start)) or silent(piece[:_LONGER]):
                continue
            self._look_up(piece, found)
        return found

    def is_silent(self, start: str) -> bool:
        """Say whether no phrase can begin a piece that begins with ``start``, whatever follows; it is remembered."""
        known = self._silent.get(start)
        if known is None:
            if len(self._silent) >= _MEMORY:
                self._silent.clear()
            known = self._silent[start] = self._begins_none(start)
        return known

    def _begins_none(self, start: str) -> bool:
        folded = fold(start[_EDGE.match(start).end() :])  # type: ignore[union-attr]  # it matches an empty string, too
        if not folded:
            return False  # nothing but marks so far: only the piece tells
        at = bisect_left(self._sorted, folded)
        if at < len(self._sorted) and self._sorted[at].startswith(folded):
            return False
        at -= 1
        while at >= 0:
            phrase = self._sorted[at]
            if folded.startswith(phrase):
                rest = folded[len(phrase) :]
                if any(t is Then.ANYTHING or _follows(t, rest, whole=False) for t, _ in self._table[phrase]):
                    return False
            at = self._within[at]
        return True

    def _look_up(self, piece: str, found: set[int]) -> None:
        begin = _EDGE.match(piece).end()  # type: ignore[union-attr]  # it matches an empty string, too
        folded = _read(piece, begin)
        whole = len(piece) - begin <= len(folded)
        for length in (*self._short, *self._lengths.get(folded[:_KEY], ())):
            for then, numbers in self._table.get(folded[:length], ()):
                if then is Then.ANYTHING or _follows(then, folded[length:], whole=whole):
                    found |= numbers


def _joined(
    known: tuple[tuple[Then, frozenset[int]], ...], then: Then, numbers: frozenset[int]
) -> tuple[tuple[Then, frozenset[int]], ...]:
    found = dict(known)
    found[then] = found.get(then, frozenset()) | numbers
    return tuple(found.items())


def _prefixes(phrases: Sequence[str]) -> list[int]:
    """Give, for each of some sorted phrases, which is the longest other one that it begins with; -1 if none is.

    What sorts before a text and begins it is the phrase in front of it, or one of those that this one begins with.
    """
    within: list[int] = []
    for number, phrase in enumerate(phrases):
        at = number - 1
        while at >= 0 and not phrase.startswith(phrases[at]):
            at = within[at]
        within.append(at)
    return within


def _follows(then: Then, rest: str, *, whole: bool) -> bool:
    """Say whether ``rest`` is what has to follow; where it is not the ``whole`` rest, say so if it may be."""
    if not rest:
        return then is not Then.COLON or not whole
    if then is Then.WORD_END:
        return not (rest[0].isalnum() or unicodedata.category(rest[0])[0] == "M")
    if then is Then.COLON:
        return _COLON.match(rest) is not None
    return not any(map(str.isalpha, rest))


def sentences(text: str) -> list[str]:
    """Split a text where a line or a sentence may begin."""
    for stop in STOPS:
        if stop in text:
            text = text.replace(stop, "\n")
    return text.split("\n")


def _read(piece: str, begin: int) -> str:
    """Fold as much of a piece as it takes to compare a phrase and what follows it."""
    size = _READ
    while True:
        folded = fold(piece[begin : begin + size])
        if len(folded) >= _READ // 2 or begin + size >= len(piece):
            return folded
        size *= 4
