"""Apostrophes with a space to each side: `Mira ’ s boat`, `l ’ homme`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule
from cleanse.rules.spacing.conventions import LETTER, window

# Each begins at the mark, which is rare: to look for a word first is to try one at every letter.
_ENGLISH = re.compile(r"[’'](?<=[^\W\d_] .) (?:s|t|re|ve|ll|d|m)(?![\w’'])")
_ELISION = re.compile(r"[’'] (?=[aeiouyhàâäéèêëîïôöûüœæ])", re.I)
# French and Italian words that lose their last vowel, before a word that begins with one.
_WORDS = "[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quelqu|aujourd|un|dell|nell|all|dall|sull|quell|quest"
_ELIDED = re.compile(rf"(?<![\w’'])(?:{_WORDS}) ?\Z", re.I)
_LONGEST = 10  # code points of such a word and the space behind it


@rule(
    family=Family.SPACING,
    order=25,
    gate=rf"{LETTER} [’'] [stvdlmr]|(?i:(?:^|[^\pL\pN_’'])(?:{_WORDS}) ?[’'] [aeiouyhàâäéèêëîïôöûüœæ])",
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
    padded = [m.start() for m in _ENGLISH.finditer(text)]
    torn: list[int] = []
    for match in _ELISION.finditer(text):
        at = match.start()
        if _ELIDED.search(text, max(0, at - _LONGEST), at):
            (padded if text[at - 1] == " " else torn).append(at)
    for at in torn if len(torn) > 1 else ():  # one alone may close a quotation
        if not _opens_quote(window(text, at, at + 2, 80)):
            yield Finding(at + 1, at + 2, "", 0.7, f"one of {len(torn)} elisions torn apart")
    for at in padded:
        if not _opens_quote(window(text, at, at, 80)):
            yield Finding(at - 1, at + 2, text[at], 0.85, "apostrophe with a space to each side")


def _opens_quote(around: str) -> bool:
    """Say whether the mark may close a quotation."""
    return "‘" in around or "‚" in around or " '" in around.replace(" ' ", "")
