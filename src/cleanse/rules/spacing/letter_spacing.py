"""Words whose letters were set apart: `X i ’ s`, `G o o g l e`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule
from cleanse.rules.spacing.conventions import LETTER, WINDOW, is_code, window

# A capital and small letters, each alone, and an English possessive that is spaced too.
_POSSESSIVE = re.compile(r"(?<![\w’'])([^\W\d_](?: [^\W\d_]){1,24}) [’'] ?s(?!\w)")
_WORD = re.compile(r"(?<![\w’'])[^\W\d_](?: [^\W\d_]){3,24}(?![\w’'])(?! [^\W\d_](?!\w))")
# Ten and more characters of Chinese, Japanese or their marks, each alone. Korean sets spaces between words.
_HAN = "\u3001-\u301f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff20\uff3b-\uff5e"
GATE_HAN = r"[\x{3001}-\x{301f}\x{3040}-\x{30ff}\x{3400}-\x{4dbf}\x{4e00}-\x{9fff}\x{f900}-\x{faff}\x{ff01}-\x{ff5e}]"
_CHARACTERS = re.compile(rf"[{_HAN}](?: [{_HAN}]){{9,}}")
_VOWELS = re.compile(r"[aeiouyàâäáãåæéèêëíìîïóòôöõøúùûüаеёиоуыэюяіїєαεηιουωάέήίόύώ]", re.I)
_GERMAN = re.compile(
    r"\b(?:der|die|das|und|ist|nicht|ein|eine|für|mit|von|den|dem|sie|wir|ich|auch|sich|auf|zu|im)\b", re.I
)


@rule(
    family=Family.SPACING,
    order=20,
    gate=rf"{LETTER} {LETTER} (?:[’']|{LETTER} {LETTER})|{GATE_HAN} {GATE_HAN} {GATE_HAN}",
    reason="Rewriting tools set a space after each letter of a name; some Chinese feeds do so throughout.",
    changes=[
        ("M i r a ’ s petition was heard.", "Mira’s petition was heard."),
        ("Read the news on G o o g l e News.", "Read the news on Google News."),
    ],
    leaves=[
        "Der Wind steht s t i l l und oben liegt die Latte.",
        "Der M ü t t e r wegen, nicht der Väter.",
        "She jumped x o x x o and won.",
        "The options are A b c d e and none.",
        "The letters f a ß a d e are bytes.",
    ],
    defect=Defect.LETTER_SPACING,
)
def letter_spaced_word(draft: Draft) -> Iterator[Finding]:
    """Join a letter-spaced word where it was not set so for emphasis.

    A spaced possessive is proof. Else the word has to look like a name: one capital, then small letters with vowels
    among them, no alphabet. German sets words apart for emphasis (`M ü t t e r`), so there it stays.
    """
    text = draft.text
    for match in _POSSESSIVE.finditer(text):
        letters = match.group(1)
        if letters[0].isupper() and letters[1:].replace(" ", "").islower():
            whole = match.group().replace(" ", "")
            yield Finding(match.start(), match.end(), whole, 0.9, "spaced letters and possessive")
    for match in _WORD.finditer(text):
        word = match.group().replace(" ", "")
        if not (word[0].isupper() and word[1:].islower() and len(set(word.lower())) > 2):
            continue
        if not _VOWELS.search(word[1:]) or _is_alphabet(word) or match.end() - match.start() > WINDOW:
            continue
        around = window(text, match.start(), match.end())
        if around.strip() == match.group() or is_code(around) or _is_german(draft, around):
            continue
        yield Finding(match.start(), match.end(), word, 0.6, "spaced letters of a name")
    for match in _CHARACTERS.finditer(text):
        yield Finding(
            match.start(), match.end(), match.group().replace(" ", ""), 0.7, "every character is alone"
        )


def _is_alphabet(word: str) -> bool:
    steps = [ord(b) - ord(a) for a, b in zip(word.lower(), word.lower()[1:], strict=False)]
    return sum(step == 1 for step in steps) >= len(steps) - 1


def _is_german(draft: Draft, around: str) -> bool:
    language = draft.context.language
    return language[:2].lower() == "de" if language else len(_GERMAN.findall(around)) > 1
