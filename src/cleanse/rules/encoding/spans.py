"""The smallest places in which a line and its repaired form differ."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_REACH = 16  # code points looked ahead for where the two forms meet again
_ANCHOR = 3  # equal code points that count as having met


def changed_spans(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """Give ``(start, end, inserted)`` so that putting each in its place in ``old`` makes ``new``.

    A repair of an encoding maps ASCII to itself: if both forms have the same ASCII in the same order, the runs
    between it belong together. Where a space was part of the damage they do not, and the forms are followed side
    by side. Linear in the length of ``old``.
    """
    if _FOREIGN.split(old) == _FOREIGN.split(new):
        for was, now in zip(_FOREIGN.finditer(old), _FOREIGN.finditer(new), strict=True):
            yield from trimmed(old, was.start(), was.end(), now.group())
        return
    i = j = 0
    while i < len(old) and j < len(new):
        if old[i] == new[j]:
            i, j = i + 1, j + 1
            continue
        gap_old, gap_new = _meeting(old, new, i, j)
        yield from trimmed(old, i, i + gap_old, new[j : j + gap_new])
        i, j = i + gap_old, j + gap_new
    if i < len(old) or j < len(new):
        yield i, len(old), new[j:]


def _meeting(old: str, new: str, i: int, j: int) -> tuple[int, int]:
    """How many code points of each form to skip until they agree again; all that is left if they do not soon."""
    for total in range(1, 2 * _REACH):
        for gap_new in range(max(0, total - _REACH), min(total, _REACH) + 1):
            gap_old = total - gap_new
            anchor = old[i + gap_old : i + gap_old + _ANCHOR]
            if anchor and anchor == new[j + gap_new : j + gap_new + _ANCHOR]:
                return gap_old, gap_new
    return len(old) - i, len(new) - j


def trimmed(old: str, start: int, end: int, inserted: str) -> Iterator[tuple[int, int, str]]:
    """Give the change that puts ``inserted`` in the place of ``old[start:end]`` without what both ends share."""
    if old[start:end] == inserted:
        return
    lead = 0
    while start < end and lead < len(inserted) and old[start] == inserted[lead]:
        start, lead = start + 1, lead + 1
    tail = len(inserted)
    while end > start and tail > lead and old[end - 1] == inserted[tail - 1]:
        end, tail = end - 1, tail - 1
    yield start, end, inserted[lead:tail]
