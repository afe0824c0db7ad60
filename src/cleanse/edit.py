"""The edit: the only way in which cleanse changes a text.

A rule *finds* (:class:`Finding`), a policy *decides*, and :func:`apply` is the one place that changes
text. What it did is an ordered log of :class:`Edit`; :func:`restore` replays the log backwards and gives
the raw text, bit for bit. All offsets are Unicode code points.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple


class Finding(NamedTuple):
    """What a rule proposes: put ``inserted`` in the place of ``text[start:end]``.

    A finding with ``start == end`` and nothing inserted changes no text; it only reports (``fills`` a column,
    names a defect, asks for ``review``).

    Attributes:
        start: First code point that goes, in the text the rule was given.
        end: One past the last code point that goes.
        inserted: What comes in its place.
        score: How sure the rule is, 0 to 1; the policy's threshold for the family decides.
        evidence: What the rule saw, for ``explain``: short, for people.
        fills: Column values that the removed text carries, e.g. ``(("rights", "CC BY 4.0"),)``.
        defect: The defect, where it differs from the rule's own; ``""`` reports none.
        review: True if a person should look at the article.
    """

    start: int
    end: int
    inserted: str = ""
    score: float = 1.0
    evidence: str = ""
    fills: tuple[tuple[str, Any], ...] = ()
    defect: str | None = None
    review: bool = False


class Edit(NamedTuple):
    """One change to one article, as it stands in the log.

    ``start`` and ``end`` are offsets in the text as it was when the edit was made: after all earlier edits
    of the log. So ``text[start:end] == removed`` before, and ``text[start:start + len(inserted)] ==
    inserted`` after. ``raw_start`` and ``raw_end`` say where the same place stands in the raw text.
    """

    rule: str
    version: int
    family: str
    start: int
    end: int
    removed: str
    inserted: str
    raw_start: int
    raw_end: int
    score: float
    evidence: str


class OffsetMap:
    """Finds where a place in the text of today stood in the raw text.

    Each pass of edits is kept as three parallel lists: where an edit's insertion starts and ends in the
    pass's output, and how far the input is ahead of the output behind it.
    """

    __slots__ = ("_passes",)

    def __init__(self) -> None:
        self._passes: list[tuple[list[int], list[int], list[int]]] = []

    def add(self, edits: Sequence[Edit]) -> None:
        """Record one pass: edits in ascending order that do not overlap, as :func:`apply` returns them."""
        starts, ends, shifts, shift = [], [], [], 0
        for edit in edits:
            shift += len(edit.removed) - len(edit.inserted)
            starts.append(edit.start)
            ends.append(edit.start + len(edit.inserted))
            shifts.append(shift)
        self._passes.append((starts, ends, shifts))

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Give the raw place of ``text[start:end]``; a bound inside inserted text widens to what it replaced."""
        for starts, ends, shifts in reversed(self._passes):
            after = bisect_right(starts, start) - 1  # the last edit that begins at or before start
            # An end that touches an edit on its right stands before it; an empty place keeps to its start.
            before = bisect_left(starts, end) - 1 if end > start else after
            # What is strictly inside (or at the start of) what an edit inserted goes to the bound of what it removed.
            if before >= 0:
                end = shifts[before] + (end if end >= ends[before] else ends[before])
            if after >= 0:
                inside = start < ends[after]
                start = (
                    starts[after] + (shifts[after - 1] if after else 0) if inside else start + shifts[after]
                )
        return start, max(start, end)


def apply(
    text: str, findings: Sequence[Finding], *, rule: str, version: int, family: str, raw: OffsetMap
) -> tuple[str, list[Edit]]:
    """Apply one rule's findings to ``text`` and return the new text with the edits made, in order.

    ``findings`` are in ascending order and do not overlap (see :func:`settle`). ``raw`` gives their places in
    the raw text and is brought up to date.
    """
    pieces: list[str] = []
    edits: list[Edit] = []
    at = shift = 0
    for finding in findings:
        removed = text[finding.start : finding.end]
        pieces += (text[at : finding.start], finding.inserted)
        raw_start, raw_end = raw.to_raw(finding.start, finding.end)
        start = finding.start + shift
        edits.append(
            Edit(
                rule, version, family, start, start + len(removed), removed, finding.inserted,
                raw_start, raw_end, finding.score, finding.evidence,
            )
        )  # fmt: skip
        shift += len(finding.inserted) - len(removed)
        at = finding.end
    pieces.append(text[at:])
    raw.add(edits)
    return "".join(pieces), edits


def settle(text: str, findings: Iterable[Finding]) -> list[Finding]:
    """Put findings in order and drop those that change nothing, or that overlap an earlier (then longer) one."""
    settled: list[Finding] = []
    at = 0
    for finding in sorted(findings, key=lambda f: (f.start, -f.end)):
        if not 0 <= finding.start <= finding.end <= len(text):
            raise ValueError(
                f"finding {finding.start}:{finding.end} lies outside a text of {len(text)} code points"
            )
        if finding.start < at or text[finding.start : finding.end] == finding.inserted:
            continue
        if settled and finding.start == finding.end == at == settled[-1].start:
            continue  # a second insertion at the same place
        settled.append(finding)
        at = finding.end
    return settled


def restore(text: str, edits: Iterable[Edit | Mapping[str, Any]]) -> str:
    """Undo an article's edits: ``restore(article.text, article.edits) == raw``.

    Args:
        text: The clean text.
        edits: The article's edits in the order of the log; rows of the ``edits/`` dataset do as well.

    Raises:
        ValueError: The edits are not those of this text: what an edit inserted is not where it should be.
    """
    log = [(e["start"], e["removed"], e["inserted"]) if isinstance(e, Mapping) else (e.start, e.removed, e.inserted)
           for e in edits]  # fmt: skip
    end = len(log)
    while end:
        # Neighbours in the log that stand in ascending order can be undone in one sweep over the text.
        begin = end - 1
        while begin and log[begin - 1][0] + len(log[begin - 1][2]) <= log[begin][0]:
            begin -= 1
        pieces: list[str] = []
        at = 0
        for number in range(begin, end):
            start, removed, inserted = log[number]
            if not text.startswith(inserted, start) or start > len(text):
                raise ValueError(
                    f"edit {number} should have left {inserted!r} at offset {start}, where the text has "
                    f"{text[start : start + len(inserted)]!r}: these are not the edits of this text"
                )
            pieces += (text[at:start], removed)
            at = start + len(inserted)
        pieces.append(text[at:])
        text = "".join(pieces)
        end = begin
    return text
