"""Lorem ipsum: text that holds a place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.phrases import fold, vocabulary
from cleanse.rule import Family, rule
from cleanse.rules.placeholders.reading import is_quoted, with_break

_START = re.compile(r"(?i)lorem ipsum|dolor sit amet|duis aute irure|sed ut perspiciatis|ut enim ad minim")
_SENTENCE = re.compile(r"[^.!?\n]{1,600}[.!?]*[ \t]*")
_WORD = re.compile(r"[^\W\d_]+")
_SHARE = 0.8  # of a sentence's words that are filler; Latin prose shares at most half of them


@cache
def _filler() -> frozenset[str]:
    return frozenset(vocabulary("placeholders")["filler"])


@rule(
    family=Family.PLACEHOLDERS,
    order=40,
    gate=r"(?i)lorem ipsum|dolor sit amet|duis aute irure|sed ut perspiciatis|ut enim ad minim",
    reason="Templates are published with the filler text still in them.",
    changes=[
        (
            "The crane came.\nLorem ipsum dolor sit amet, consectetur elit.\nIt is blue.",
            "The crane came.\nIt is blue.",
        ),
        ("The crane came. Lorem ipsum dolor sit amet. It is blue.", "The crane came. It is blue."),
    ],
    leaves=[
        "Printers love lorem ipsum, which Cicero never wrote: “Lorem ipsum dolor sit amet” is half a word.",
        "Ut enim ad minimum redeamus, satis est dixisse pauca.",
    ],
    defect=Defect.LOREM_IPSUM,
)
def filler_text(draft: Draft) -> Iterator[Finding]:
    """Take out sentences of filler, and the well-known English explanation that templates ship with.

    A text that mentions lorem ipsum in a sentence of its own is about it and stays as it is.
    """
    text = draft.text
    found: list[Finding] = []
    at = 0
    for match in _START.finditer(text):
        if match.start() < at:
            continue
        start = max(text.rfind(mark, max(0, match.start() - 300), match.start()) for mark in "\n.!?") + 1
        start += len(text[start : match.start()]) - len(text[start : match.start()].lstrip())
        if is_quoted(text, *match.span()):
            return
        begins_line = start == 0 or text[start - 1] == "\n"
        end = _end_of_filler(text, start, begins_line)
        if end == start:
            if match.group().lower() == "lorem ipsum":
                return  # prose about it
            continue
        if not begins_line and (end == len(text) or text[end] == "\n"):
            start -= text[start - 1] == " "
        if begins_line and (end == len(text) or text[end - 1] == "\n"):
            end = with_break(text, start, end - (text[end - 1] == "\n"))
        found.append(Finding(start, end, "", 0.9, "filler text"))
        at = end
    yield from found


def _end_of_filler(text: str, start: int, begins_line: bool) -> int:
    """Give the end of the filler sentences from ``start`` on; if they begin a line, of whole lines of them."""
    end = start
    while True:
        while (sentence := _SENTENCE.match(text, end)) and _is_filler(sentence.group()):
            end = sentence.end()
        if not begins_line or end == start or text[end : end + 1] != "\n":
            return end
        end += 1
        sentence = _SENTENCE.match(text, end)
        if not sentence or not _is_filler(sentence.group()):
            return end


def _is_filler(sentence: str) -> bool:
    words = [w.lower() for w in _WORD.findall(sentence)]
    if not words:
        return False
    folded = fold(sentence).strip()
    if any(folded.startswith(phrase) for phrase in vocabulary("placeholders")["explanations"]):
        return True
    known = sum(word in _filler() for word in words)
    return known >= _SHARE * len(words) and (len(words) > 2 or words[:2] == ["lorem", "ipsum"])
