"""Looks for phrases at the beginning of lines and sentences in a whole column of texts.

What :mod:`cleanse.heads` does for one text at 20 to 30 MB/s, at 400 MB/s and more: NumPy finds where lines and
sentences begin in the UTF-8 of all texts, and compares their first eight bytes with those of the phrases. What is
left, some two beginnings an article, is looked up as in one text.

It may find more than is there, and never less: the gates that it is for may be generous and never wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cleanse.gate import SHORT, GateSet
from cleanse.heads import STOPS, Heads, Then

_WIDTH = 8  # bytes of a beginning that are compared at first
_LONGER = 32  # bytes that are compared where the first eight may be a phrase's
_STEPS = 6  # marks and spaces in front of a beginning that are skipped here; what has more is looked up
_MEMORY = 1 << 17  # beginnings with letters beyond ASCII that are remembered
_LINES = 1 << 15  # short lines that are remembered
_BEHIND = 32  # line breaks behind the last text
_AT_ONCE = 1 << 19  # bytes that are looked at together: they stay in the cache
_PIECE = 1024  # bytes of a beginning that is looked up; a phrase and what follows it are shorter
_HASH = np.uint64(0x9E3779B97F4A7C15)
_BITS = np.uint64(64 - 16)

# The UTF-8 of what ends a sentence beyond ASCII: … 。 ！ ？
_STOPS = ("\n", *STOPS)
_WIDE_STOPS = ((0xE2, 0x80, 0xA6), (0xE3, 0x80, 0x82), (0xEF, 0xBC, 0x81), (0xEF, 0xBC, 0x9F))

# The first and the last bytes of white space.
_FIRST_OF_SPACE, _LAST_OF_SPACE = np.zeros(256, bool), np.zeros(256, bool)
_FIRST_OF_SPACE[:0x21] = _LAST_OF_SPACE[:0x21] = True
_FIRST_OF_SPACE[[0xC2, 0xE1, 0xE2, 0xE3]] = True
_LAST_OF_SPACE[[*range(0x80, 0x8B), 0x9F, 0xA0, 0xA8, 0xA9, 0xAF]] = True
_LATIN_MARKS = np.zeros(256, bool)
_LATIN_MARKS[[0xA0, 0xA1, 0xAB, 0xBB, 0xBF]] = True

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]


class HeadScan:
    """The phrases of :class:`~cleanse.heads.Heads`, ready to be looked for in columns."""

    def __init__(self, heads: Heads) -> None:
        self._heads = heads
        self._phrases = sorted(heads.phrases())
        # By how many bytes of a phrase are compared: which values occur, hashed to 16 bits; where a phrase is shorter
        # than eight bytes and a letter must not follow, apart.
        self._tables: dict[tuple[int, bool], npt.NDArray[np.bool_]] = {}
        for phrase in self._phrases:
            if not phrase[:_WIDTH].isascii():
                continue  # what folds to it has bytes beyond ASCII, too, or its first eight bytes are no ASCII
            key = phrase[:_WIDTH].encode()
            ended = len(phrase) < _WIDTH and Then.ANYTHING not in heads.follow(phrase)
            table = self._tables.setdefault((len(key), ended), np.zeros(1 << 16, bool))
            table[_hash(np.array([int.from_bytes(key, "little")], np.uint64))] = True
        self._silent: dict[bytes, bool] = {}

    def numbers(self, raw: bytes, data: Bytes, begins: Places, stops: tuple[str, ...]) -> dict[int, set[int]]:
        """Give the numbers of the rules that have a phrase at one of ``begins``, but for marks, by place.

        Args:
            raw: UTF-8, with line breaks behind it.
            data: The same as an array.
            begins: Where lines or sentences begin in it.
            stops: What ends them.
        """
        if not self._phrases or not len(begins):
            return {}
        places = begins.copy()
        for _ in range(_STEPS):
            first, second = data[places], data[places + 1]
            # ASCII marks and spaces, with the underscore; U+2000 to U+203F; the Latin-1 marks that begin a sentence.
            size = ((first < 0x80) & ~_letters(first) & ~_digits(first) & (first != 0x0A)).astype(np.int64)
            size += 3 * ((first == 0xE2) & (second == 0x80))
            size += 2 * ((first == 0xC2) & _LATIN_MARKS[second])
            if not size.any():
                break
            places += size
        window = np.lib.stride_tricks.sliding_window_view(data, _WIDTH)[places]
        first = window[:, 0]
        plain = _letters(first) | _digits(first)
        odd = (window >= 0x80) | (window == 0x09) | (window == 0x60)
        odd[:, 1:] |= (window[:, 1:] == 0x20) & (window[:, :-1] == 0x20)
        ascii_only = ~odd.any(axis=1)
        lower = window + ((window >= 0x41) & (window <= 0x5A)).astype(np.uint8) * np.uint8(32)
        keys = np.ascontiguousarray(lower).view("<u8").ravel()
        maybe = np.zeros(len(places), bool)
        for (size, ended), table in self._tables.items():
            hit = table[_hash(keys & np.uint64((1 << (8 * size)) - 1))]
            if ended:
                hit &= ~_letters(lower[:, size])
            maybe |= hit
        maybe &= ascii_only & plain
        others = np.flatnonzero(~(ascii_only & plain) & (first != 0x0A))
        known, silent = self._silent.get, self._is_silent
        maybe[others] = [
            not (silent(key) if (said := known(key)) is None else said)
            for key in np.ascontiguousarray(window[others]).view("S8").ravel().tolist()
        ]
        found: dict[int, set[int]] = {}
        for place, at in zip(begins[maybe].tolist(), places[maybe].tolist(), strict=True):
            if self._is_silent(raw[at : at + _LONGER]):
                continue
            numbers = self._heads.numbers((_piece(raw, place, stops),))
            if numbers:
                found[place] = numbers
        return found

    def _is_silent(self, key: bytes) -> bool:
        known = self._silent.get(key)
        if known is None:
            if len(self._silent) >= _MEMORY:
                self._silent.clear()
            start = key.decode(errors="ignore").split("\n", 1)[0]
            known = self._silent[key] = self._heads.is_silent(start)
        return known


def _letters(data: Bytes) -> npt.NDArray[np.bool_]:
    small = data | np.uint8(0x20)
    return (small >= 0x61) & (small <= 0x7A)


def _digits(data: Bytes) -> npt.NDArray[np.bool_]:
    return (data >= 0x30) & (data <= 0x39)


def _hash(keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    return (keys * _HASH) >> _BITS


class ColumnGates:
    """Asks the gates of a cleaner for whole columns."""

    def __init__(self, gates: GateSet) -> None:
        self._gates = gates
        self._lines, self._sentences = HeadScan(gates.lines), HeadScan(gates.sentences)
        self._said: dict[bytes, frozenset[int]] = {}  # what short lines open, by their UTF-8

    def open(self, texts: pa.Array) -> list[list[int]]:
        """Give the numbers of the gates that each text opens, ascending."""
        raws = texts.cast(pa.binary()).to_pylist()
        match, every, probed = self._gates.patterns.match, self._gates.all, self._gates.probed
        opened: list[list[int]] = []
        for raw, heads in zip(raws, self._begun(raws), strict=True):
            found = match(raw)
            if found is None:
                opened.append(list(every))
                continue
            gates = {*found, *heads} if heads else set(found)
            opened.append(sorted(probed(gates, raw.decode()) if self._gates.probes else gates))
        return opened

    def _begun(self, raws: Sequence[bytes]) -> list[set[int] | None]:
        """Give the numbers of the gates that a phrase at a line's or sentence's beginning opens, by text."""
        found: list[set[int] | None] = [None] * len(raws)
        at = 0
        while at < len(raws):
            end, size = at, 0
            while end < len(raws) and size < _AT_ONCE:
                size += len(raws[end])
                end += 1
            self._begun_near(raws[at:end], at, found)
            at = end
        return found

    def _begun_near(self, raws: Sequence[bytes], first: int, found: list[set[int] | None]) -> None:
        # A line break before each text and many behind the last: no beginning runs into the next text.
        joined = b"\n" + b"\n".join(raws) + b"\n" * _BEHIND
        data = np.frombuffer(joined, np.uint8)
        starts = np.cumsum([1, *(len(raw) + 1 for raw in raws[:-1])])
        lines, sentences = _begins(data[: -_WIDTH - 3 * _STEPS])
        for scan, begins, stops in ((self._lines, lines, ("\n",)), (self._sentences, sentences, _STOPS)):
            for place, numbers in scan.numbers(joined, data, begins, stops).items():
                row = first + int(np.searchsorted(starts, place, "right")) - 1
                found[row] = numbers | (found[row] or set())
        for line, place in _short_lines(joined, data, lines):
            said = self._said.get(line)
            if said is None:
                said = self._of_line(line)
            if said:
                row = first + int(np.searchsorted(starts, place, "right")) - 1
                found[row] = (found[row] or set()) | said

    def _of_line(self, raw: bytes) -> frozenset[int]:
        if len(self._said) >= _LINES:
            self._said.clear()
        line = raw.decode().strip()
        said = self._gates.of_line(line) if 0 < len(line) <= SHORT else frozenset()
        self._said[raw] = said
        return said


def _short_lines(raw: bytes, data: Bytes, begins: Places) -> Iterator[tuple[bytes, int]]:
    """Yield the lines that may have at most ``SHORT`` code points between white space, and where they begin."""
    ends = np.append(begins[1:] - 1, begins[-1])
    filled = ends > begins
    begins, ends = begins[filled], ends[filled]
    # A line may be short but for white space at its ends.
    maybe = ends - begins <= (SHORT if raw.isascii() else 4 * SHORT)
    maybe |= _FIRST_OF_SPACE[data[begins]] | _LAST_OF_SPACE[data[ends - 1]]
    for begin, end in zip(begins[maybe].tolist(), ends[maybe].tolist(), strict=True):
        yield raw[begin:end], begin


def _begins(data: Bytes) -> tuple[Places, Places]:
    """Give where lines, and where sentences, may begin, as :func:`cleanse.heads.sentences` splits them."""
    breaks = data == 0x0A
    lines = np.flatnonzero(breaks) + 1
    stops = np.flatnonzero(breaks | (data == 0x2E) | (data == 0x21) | (data == 0x3F)) + 1
    places = [stops]
    for lead, second, third in _WIDE_STOPS:
        at = np.flatnonzero(data == lead)
        if len(at):
            places.append(at[(data[at + 1] == second) & (data[at + 2] == third)] + 3)
    return lines, np.concatenate(places) if len(places) > 1 else stops


def _piece(data: bytes, place: int, stops: tuple[str, ...]) -> str:
    said = data[place : place + _PIECE].decode(errors="ignore")
    ends = [at for stop in stops if (at := said.find(stop)) >= 0]
    return said[: min(ends)] if ends else said
