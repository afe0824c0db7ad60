"""U+FFFD, or a question mark: a character that could not be read, or not be written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule
from cleanse.rules.encoding.subject import about_encoding, quoted

_RUN = re.compile("\ufffd+")
_LOST_CONTRACTION = re.compile("(?<=[A-Za-z])\ufffd(?=(?:s|t|re|ve|ll|d|m)\\b)")
_QUOTATION = 400  # code points between two marks that still make a pair
_THE = re.compile(r"\b(?:the|of|and)\b")


@rule(
    family=Family.ENCODING,
    gate=r"\x{fffd}",
    reason="Bytes that were no UTF-8 became U+FFFD: mostly quotes, bullets, dashes and emoji.",
    changes=[
        ("\ufffdBring a coat.\ufffd", "Bring a coat."),
        ("The end of the road \ufffd\ufffd\nA new start", "The end of the road\nA new start"),
    ],
    leaves=["The caf\ufffd was shut.", "A parser that fails shows “\ufffd” in its place."],
    defect=Defect.REPLACEMENT_CHARACTERS,
    order=50,
)
def replacement_character(draft: Draft) -> Iterator[Finding]:
    """Delete it at the edge of a word, where what was lost was a mark and no letter.

    Inside a word a letter is lost, so it stays and the article is flagged. At a word's end it is a mark only after
    punctuation, or where it pairs with one before a word: `caf` and U+FFFD have lost a letter. English
    contractions say which mark stood in them. Left alone: texts about encodings and one that is quoted.
    """
    text = draft.text
    runs = list(_RUN.finditer(text))
    if not runs or about_encoding(text):
        return
    english = len(_THE.findall(text)) > 1
    opened_on = -1  # offset of the last run that stands before a word, on the same line
    for match in runs:
        start, end = match.span()
        if quoted(text, start, end):
            continue
        before = text[start - 1] if start else "\n"
        after = text[end] if end < len(text) else "\n"
        if before.isspace() and after.isspace():
            yield from _alone(text, start, end)
        elif before.isalnum() and after.isalnum():
            if english and _LOST_CONTRACTION.match(text, start):
                yield Finding(start, end, "’", score=0.9, evidence="an English contraction")
            else:
                yield Finding(start, start, evidence="a letter is lost", review=True)
        elif after.isalnum() or not before.isalnum():
            opened_on = start
            yield Finding(start, end, evidence="a mark at a word's edge")
        elif (end - start > 1 and after == "\n") or (
            opened_on >= 0 and start - opened_on < _QUOTATION and text.find("\n", opened_on, start) < 0
        ):
            opened_on = -1
            yield Finding(start, end, evidence="a mark at a word's edge")
        else:
            yield Finding(start, start, evidence="a letter or a mark is lost", review=True)


def _alone(text: str, start: int, end: int) -> Iterator[Finding]:
    """Between spaces: gone with the space before it, or after it at the beginning of a line."""
    left, right = start, end
    if start and text[start - 1] in " \t":
        left -= 1
    elif end < len(text) and text[end] in " \t":
        right += 1
    # Between two words it was a dash or an emoji; the sentence may limp without it.
    inside = left < start and end < len(text) and text[end] in " \t"
    yield Finding(left, right, evidence="a mark on its own", review=inside)


# `n?t` is never two words; the other endings take more than one place, as a question may lose its space.
_NOT = re.compile(
    r"\b(?:do|does|did|is|are|was|were|has|have|had|wo|would|could|should|ca|must|ai)n(?P<lost>\?)t\b(?![=/&])",
    re.IGNORECASE,
)
_ENDING = re.compile(r"(?<![\w./?=&-])[A-Za-z]+(?P<lost>\?)(?:s|re|ve|ll|d|m)(?=[\s.,;:!)\"”]|$)")
FEWEST_PLACES = 2


@rule(
    family=Family.ENCODING,
    gate=r"[A-Za-z]\?(?:[Tt]|s|re|ve|ll|d|m)\b",
    reason="A program without the character wrote a question mark for the curly apostrophe of English.",
    changes=[("It?s late and they won?t come.", "It’s late and they won’t come.")],
    leaves=["Really?s a typo.", "Open news.example/list?s=4 and view?t=9.", "Is it done? The end."],
    defect=Defect.REPLACEMENT_CHARACTERS,
    order=52,
)
def question_mark_for_apostrophe(draft: Draft) -> Iterator[Finding]:
    """Put the apostrophe back into contractions; one genitive alone may be a typing error and stays."""
    text = draft.text
    sure = [m.span("lost") for m in _NOT.finditer(text)]
    likely = [m.span("lost") for m in _ENDING.finditer(text)]
    if not sure and len(likely) < FEWEST_PLACES:
        return
    for start, end in (*sure, *likely):
        yield Finding(start, end, "’", score=0.8, evidence="an English contraction")
