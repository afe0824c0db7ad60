"""Wordings: phrases of a vocabulary as one expression over folded text, and sentences to look for them in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cleanse.gate import Gate, holds

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


def wording(phrases: Iterable[str]) -> re.Pattern[str]:
    """Give an expression that finds any of the folded ``phrases`` in folded text, the longest first."""
    return re.compile("|".join(map(_expression, sorted(set(phrases), key=len, reverse=True))))


def wording_gate(phrases: Iterable[str]) -> Gate:
    """Give the gate of rules that need one of ``phrases`` somewhere in the text."""
    return holds(phrases)


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
