"""Apostrophes with a space to each side: `Mira ’ s boat`, `l ’ homme`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule
from cleanse.rules.spacing.conventions import LETTER, window

_ENGLISH = re.compile(r"(?<=[^\W\d_]) (?P<mark>[’']) (?P<rest>s|t|re|ve|ll|d|m)(?![\w’'])")
# French and Italian words that lose their last vowel, before a word that begins with one.
_ELISION = re.compile(
    r"(?<![\w’'])(?P<word>[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quelqu|aujourd|un|dell|nell|all|dall|sull|quell|quest)"
    r" (?P<mark>[’']) (?=[aeiouyhàâäéèêëîïôöûüœæ])",
    re.I,
)

_TORN = re.compile(
    r"(?<![\w’'])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quelqu|aujourd|un|dell|nell|all|dall|sull|quell|quest)"
    r"[’'] (?=[aeiouyhàâäéèêëîïôöûüœæ])",
    re.I,
)


@rule(
    family=Family.SPACING,
    order=25,
    gate=rf"{LETTER} ?[’'] {LETTER}",
    reason="Tokenisers take an apostrophe for a word and set it apart.",
    changes=[
        ("The harbour ’ s light isn ’ t lit.", "The harbour’s light isn’t lit."),
        ("L' isola dorme, dice l' anziano.", "L'isola dorme, dice l'anziano."),
        ("Le gardien de l ’ île dort.", "Le gardien de l’île dort."),
    ],
    leaves=[
        "Zij komt ’s avonds, hij ’s ochtends.",
        "He said ‘ the boys ’ s turn’ and left it there.",
        "He wrote ‘to the l’ and then ‘to the d’ on the wall.",
        "They call it rock 'n' roll, and the boys' own club.",
        "The boys’ boats were 5 ’ long.",
    ],
    defect=Defect.SPACED_PUNCTUATION,
)
def padded_apostrophe(draft: Draft) -> Iterator[Finding]:
    """Close up an apostrophe before an English ending, or behind a French or Italian elision."""
    text = draft.text
    torn = list(_TORN.finditer(text))
    if len(torn) > 1:  # one alone may close a quotation
        for match in torn:
            if not _opens_quote(window(text, match.start(), match.end(), 80)):
                yield Finding(
                    match.end() - 1, match.end(), "", 0.7, f"one of {len(torn)} elisions torn apart"
                )
    for match in (*_ENGLISH.finditer(text), *_ELISION.finditer(text)):
        at = match.start("mark")
        if _opens_quote(window(text, at, at, 80)):
            continue
        yield Finding(at - 1, at + 2, match["mark"], 0.85, "apostrophe with a space to each side")


def _opens_quote(around: str) -> bool:
    """Say whether the mark may close a quotation."""
    return "‘" in around or "‚" in around or " '" in around.replace(" ' ", "")
