"""Phrases of boilerplate at the start of a line, of all kinds and languages at once."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache

from cleanse.heads import Heads, Then
from cleanse.phrases import fold, vocabulary

KINDS = (
    "related_link", "newsletter", "follow", "share", "promotion", "advertisement", "consent", "comments",
    "navigation", "section_label", "disclaimer", "author_bio", "widget",
)  # fmt: skip

WHOLE = frozenset({"alone", "block", "weak"})  # uses in which a phrase is the whole line
BUTTONS = frozenset({"alone", "weak"})
BEGINS = frozenset({"also", "label", "sentence", "block_opens"})  # uses in which something follows

_KEYS = (
    9,
    6,
    4,
    3,
    2,
    1,
)  # "sign up for" is looked for among what begins with "sign up f", not among all of "sig"
ROW_OPENS = 8  # code points of the first button of a row
REMEMBERED = 2000  # code points of a line that is worth remembering
_FIRST, _MORE = 10, 32  # code points of a line that rule most of them out
LOOK = 100  # code points at a line's start that are compared with phrases

UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_EDGE = re.compile(r"[\W_]*")
_EMPTY = re.compile(r"[\W\d_]*\Z")
_SIGN = re.compile(r"\s*([:：|»›>→▶►】\])）〕］／]|\s[-‐–—~•·/]\s)[\s\W]*")


@dataclass(frozen=True, slots=True)
class Opening:
    """A phrase at the start of a line.

    Attributes:
        kind: The kind of boilerplate it speaks for.
        use: How it stands in the line: the vocabulary's table.
        lead: The phrase as the line has it.
        sign: The mark behind the phrase (``":"``, ``"|"``, ...), or ``""``.
        rest: What follows phrase and mark.
    """

    kind: str
    use: str
    lead: str
    sign: str
    rest: str


@cache
def _index() -> dict[str, tuple[tuple[str, str, str], ...]]:
    """Give all phrases with kind and use by as many of their first characters as :data:`_KEYS` allows."""
    index: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for kind in KINDS:
        for use, phrases in vocabulary(f"boilerplate_{kind}").items():
            if use in WHOLE or use in BEGINS:
                for phrase in phrases:
                    size = next(size for size in _KEYS if size <= len(phrase))
                    index[phrase[:size]].append((phrase, kind, use))
    return {key: tuple(sorted(found, key=lambda f: -len(f[0]))) for key, found in index.items()}


@cache
def _heads() -> Heads:
    """Give the same phrases as the beginnings that most lines do not have; what begins with a mark is none."""
    phrases = (phrase for entries in _index().values() for phrase, _, _ in entries)
    return Heads({0: [(phrase, Then.ANYTHING) for phrase in phrases if phrase[:1].isalnum()]})


def openings(content: str) -> tuple[Opening, ...]:
    """Give the phrases that begin the line ``content``, the longest of each kind and use.

    A line costs one look into a table by its first letters, and more only if some phrase begins with them. Rules
    ask again after each edit, of lines that have not changed.
    """
    heads = _heads()
    if heads.is_silent(content[:_FIRST]) or heads.is_silent(content[:_MORE]):
        return ()
    return _openings(content) if len(content) <= REMEMBERED else _openings.__wrapped__(content)


@lru_cache(maxsize=4096)
def _openings(content: str) -> tuple[Opening, ...]:
    begin = _EDGE.match(content).end()  # type: ignore[union-attr]  # it matches an empty string, too
    written = content[begin : begin + LOOK]
    folded = fold(written)
    index = _index()
    keys = [key for key in (folded[:size] for size in _KEYS) if key in index]
    if not keys:
        return ()
    found: list[Opening] = []
    seen: set[tuple[str, str]] = set()
    for phrase, kind, use in (entry for key in dict.fromkeys(keys) for entry in index[key]):
        if not folded.startswith(phrase) or (kind, use) in seen:
            continue
        rest = folded[len(phrase) :]
        if rest and goes_on(rest[0]) and UNSPACED.match(phrase[-1]) is None:
            continue
        if len(content) - begin <= LOOK and _EMPTY.match(rest):
            sign, lead, rest = ":" if ":" in rest or "：" in rest else "", written, ""
        else:
            match = _SIGN.match(written[len(phrase) :])  # folded, » is a quotation mark
            if use in WHOLE or (use == "label" and not match):
                continue
            sign = match.group(1).strip() if match else ""
            lead = written[: len(phrase)]
            rest = content[begin + len(phrase) + (match.end() if match else 0) :].strip()
        seen.add((kind, use))
        found.append(Opening(kind, use, lead.strip(), sign, rest))
    if not found or all(opening.rest for opening in found):
        found += _row(content, begin, folded)
    return tuple(found)


def _row(content: str, begin: int, folded: str) -> list[Opening]:
    """Give the buttons that a line is a row of, side by side: `Leave a reply Cancel reply`.

    The first has to be more than a word: `News home` is a title as well.
    """
    if len(content) - begin >= LOOK or not any(w in folded for w in (" ", "\u3000")):
        return []
    index, row, at = _index(), list[tuple[str, str]](), 0
    while at < len(folded):
        keys = (folded[at : at + size] for size in _KEYS)
        entry = next(
            (
                (phrase, kind, use)
                for key in keys
                for phrase, kind, use in index.get(key, ())
                if use in BUTTONS and folded.startswith(phrase, at) and _ends_word(folded, at + len(phrase))
            ),
            None,
        )
        if entry is None or (not row and not opens_row(entry[0])):
            return []
        row.append(entry[1:])
        at += len(entry[0])
        at = next((k for k in range(at, len(folded)) if folded[k].isalnum()), len(folded))
    return [Opening(row[0][0], "alone", content[begin:].strip(), "", "")] if len(row) > 1 else []


def opens_row(phrase: str) -> bool:
    """Say whether a row of buttons may begin with ``phrase``."""
    return " " in phrase and len(phrase) >= ROW_OPENS


def _ends_word(folded: str, at: int) -> bool:
    return at >= len(folded) or not goes_on(folded[at]) or UNSPACED.match(folded[at - 1]) is not None


def goes_on(c: str) -> bool:
    """Say whether ``c`` continues a word: letters and digits, and vowel signs and other marks of a letter."""
    return c.isalnum() or unicodedata.category(c)[0] == "M"
