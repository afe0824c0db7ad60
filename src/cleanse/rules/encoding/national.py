"""A language's own one-byte encoding read as Latin-1: only some letters are wrong, `baþkan`, `Pose³`, `erdõ`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.phrases import tables
from cleanse.rule import Family, rule
from cleanse.rules.encoding.subject import about_encoding

FEWEST_WORDS = 4  # of those by which the language is known
WORD_SHARE = 0.04  # of all words
FEWEST_LETTERS = 3  # that stand in for another
SPELLED_LETTERS = 5  # of those that tell the language by its spelling, in a text too short for enough words
SPELLED_SHARE = 0.02  # of all letters; languages that are misread so have twice as many

_WORD = re.compile(r"[^\W\d_]+")
_CUBIC = re.compile(r"(?:\d\s?|\b)[kcdm]?m\Z")  # `5 m³`


@dataclass(frozen=True, slots=True)
class _Language:
    name: str
    words: frozenset[str]
    letters: dict[str, str]
    wrong: re.Pattern[str]
    sign: str
    own: re.Pattern[str]
    alphabet: frozenset[str]
    beside: tuple[frozenset[str], ...]


@cache
def _languages() -> tuple[_Language, ...]:
    return tuple(
        _Language(
            name,
            frozenset(t["words"]),
            t["letters"],
            _wrong(t["letters"]),
            t["sign"],
            re.compile(f"[{t['own']}]"),
            frozenset(t["alphabet"]),
            tuple(map(frozenset, t["beside"])),
        )
        for name, t in tables("national_letters").items()
    )


def _wrong(letters: Iterable[str]) -> re.Pattern[str]:
    """Give the pattern of what stands in for a letter; signs count beside one: `¿` before a word, `³` behind."""
    cased = "".join(c for c in letters if c.lower() != c.upper())
    signs = "".join(c for c in letters if c not in cased)
    return re.compile(f"[{cased}]" + (f"|(?<=[^\\W\\d_])[{signs}]|[{signs}](?=[^\\W\\d_])" if signs else ""))


@rule(
    family=Family.ENCODING,
    gate="|".join(language.sign for language in _languages()),
    reason="Windows-1254, Windows-1250 or ISO-8859-2 was read as Latin-1, so the letters of that language are others.",
    changes=[
        (
            "Baþkan ve bir yardýmcýsý limaný gezdi, bu daha önce de oldu ve ne kadar iþ var.",
            "Başkan ve bir yardımcısı limanı gezdi, bu daha önce de oldu ve ne kadar iş var.",
        ),
        (
            "Az erdõ és a mezõ között van egy út, nem is rossz, hogy a nõk is jönnek.",
            "Az erdő és a mező között van egy út, nem is rossz, hogy a nők is jönnek.",
        ),
    ],
    leaves=[
        "Það var góður dagur og við fórum út á sjó með bátnum, þýðing hans er í bókinni.",
        "As ações e as decisões de um e de outro são o que de melhor a região tem.",
        "W tym roku na budowie jest o 5 m³ wody i z tego nie po 3 m³ do domu.",
    ],
    defect=Defect.MOJIBAKE,
    order=35,
)
def national_letters(draft: Draft) -> Iterator[Finding]:
    """Give the letters back where the language is known and none of its own letters is in order.

    It is known by its words or, as those are few in a short text, by its spelling: each accented letter of the text
    is the language's or stands in for one, and those are there that no other language has beside them.

    Left alone: languages that have these letters by right (Icelandic, Portuguese, Estonian, Danish, Italian), as
    they lack the words; cubic metres; texts about encodings.
    """
    text = draft.text
    for language in _languages():
        if not re.search(language.sign, text) or language.own.search(text):
            continue
        places = [
            m
            for m in language.wrong.finditer(text)
            if m.group() not in "¹³" or not _CUBIC.search(text[max(0, m.start() - 4) : m.start()])
        ]
        if len(places) < FEWEST_LETTERS or about_encoding(text):
            continue
        if not _spoken(text, language) and not _spelled(text, language, len(places)):
            continue
        for match in places:
            letter = language.letters[match.group()]
            yield Finding(*match.span(), letter, score=0.8, evidence=f"{language.name} in its own encoding")
        return


def _spoken(text: str, language: _Language) -> bool:
    words = _WORD.findall(text.lower())
    known = sum(1 for word in words if word in language.words)
    return known >= FEWEST_WORDS and known >= WORD_SHARE * len(words)


def _spelled(text: str, language: _Language, places: int) -> bool:
    letters = [c for c in text if c.isalpha()]
    foreign = {c.lower() for c in letters if not c.isascii()} - language.alphabet
    return (
        places >= SPELLED_LETTERS
        and places >= SPELLED_SHARE * len(letters)
        and foreign <= {c.lower() for c in language.letters}
        and all(any(c in text for c in needed) for needed in language.beside)
    )
