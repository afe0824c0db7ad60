"""Two full stops or commas where one will do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule
from cleanse.rules.spacing.conventions import LETTER, WHITE, is_code, window

# What stands in front is looked back at: Python's engine finds a pattern sooner by the mark that it begins with.
_TWO = re.compile(r"\.\.(?<=[^\W\d_]{2}\.\.)(?=\s+[^\W\d_]|\s*$)", re.M)
_COMMAS = re.compile(r"(?<=[^\W_])(?:,,|(?: ?, ){1,3},)(?= [^\W_])")
_PADDED = re.compile(r"\. \.(?<=[^\W_]\. \.)(?=\s|$)")  # an ellipsis has three
_LOW_QUOTE = re.compile(r"(?:^|\s),,\w", re.M)  # two commas as an opening quote, and perhaps as a closing one
_LONG_LINE = 100  # code points: a shorter one may be a headline cut short with two dots
_HABIT = 3  # that many in a text are its author's way to trail off


@rule(
    family=Family.SPACING,
    order=55,
    gate=rf"{LETTER}\.\.(?:{WHITE}|$)|,,|, ,|\. \.(?:{WHITE}|$)",
    reason="Templates add a full stop to a sentence that has one, and lose what stood between two commas.",
    changes=[
        (
            "The harbour board met for the last time.. A new one begins in May.",
            "The harbour board met for the last time. A new one begins in May.",
        ),
        ("The ferry left at noon. . It came back empty.", "The ferry left at noon. It came back empty."),
        ("Boats, , nets and a dog, they said", "Boats, nets and a dog, they said"),
    ],
    leaves=[
        "She waited.. and waited.",
        "She waited . . . And then it rang. . . Twice.",
        "Hold the line... Then let go.",
        "Read on: how the island lost its ferr..",
        "Wer ,,Hafen“ sagt, meint ,,Heimat“.",
    ],
    defect=Defect.DOUBLED_PUNCTUATION,
)
def doubled_mark(draft: Draft) -> Iterator[Finding]:
    """Make one full stop of two before a capital letter or at the end of a long line, and one comma of several."""
    text = draft.text
    low_quotes = _LOW_QUOTE.search(text) is not None
    for match in _COMMAS.finditer(text) if ",," in text or ", ," in text else ():
        if low_quotes and match.group() == ",,":
            continue
        if not is_code(window(text, *match.span())):
            yield Finding(match.start(), match.end(), ",", 0.7, "several commas")
    for match in _PADDED.finditer(text):
        after = text[match.end() : match.end() + 8].lstrip()[:1]
        if not after.islower() and after != "." and not is_code(window(text, *match.span())):
            yield Finding(match.start() + 1, match.end(), "", 0.7, "two full stops with a space between")
    found = list(_TWO.finditer(text))
    for match in found if len(found) < _HABIT else ():
        after = text[match.end() : match.end() + 8].lstrip()[:1]
        around = window(text, match.start(), match.end())
        ends_line = text[match.end() : match.end() + 1] in ("", "\n")
        if not text[match.start() - 1].islower() or is_code(around):
            continue
        if (not ends_line and after.isupper()) or (ends_line and len(around) > _LONG_LINE):
            yield Finding(match.start() + 1, match.end(), "", 0.7, "two full stops")
