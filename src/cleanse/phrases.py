"""Phrases of many languages, kept as data: how they are read, compared and turned into gates.

A vocabulary is a TOML file below :mod:`cleanse.vocabulary` whose tables are uses of a phrase (a line of its
own, the beginning of a line, ...) and whose keys are languages. Phrases are written in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

import tomli

# Letters that scribes and keyboards exchange, each written as the first of its group. Greek capitals go without
# their accent, Turkish has two kinds of i, quotes are straight or curly, Arabic alef and yeh have regional forms.
_EXCHANGED = (
    "iİı", "αάἀ", "εέ", "ηή", "ιίϊΐ", "οό", "υύϋΰ", "ωώ", "σς", "'’‘ʼ´`", '"“”„«»', "еёЁ", "-‐‑‒",
    "اأإآ", "يیى", "كک", "هة", "şș", "ţț",
)  # fmt: skip
_GROUPS = {group[0]: {*group, *(c.upper() for c in group if len(c.upper()) == 1)} for group in _EXCHANGED}
_FOLD = {ord(c): first for first, group in _GROUPS.items() for c in group}
_FOLD.update(dict.fromkeys((9, 160, 8199, 8201, 8239, 12288), " "))
_EXCHANGES = tuple((chr(c), plain) for c, plain in _FOLD.items() if chr(c) != plain)
_LONG = 300
_CLASSES = {first: "".join(map(re.escape, sorted(group))) for first, group in _GROUPS.items()}
_SPACES = re.compile("  +")
# How each character of a phrase is written in a gate, and what stands between phrases (a line break here). All that
# becomes a space is in the class for it, and a little more: the whole of \pZ would make the gates half as large again.
_SPELLED = {
    **{ord(c): re.escape(c) for c in map(chr, range(0x21, 0x7F))},
    **{ord(first): f"[{members}]" for first, members in _CLASSES.items()},
    ord(" "): "[ \t\xa0\u2000-\u202f\u3000]+",
    ord("\n"): "|",
}


def fold(text: str) -> str:
    """Give ``text`` in the form in which phrases are compared: lower case, plain quotes, single spaces."""
    if text.isascii():  # a tenth of the time that translate takes
        text = text.replace("\t", " ").replace("`", "'")
    elif len(text) > _LONG:  # a quarter of it, as most of the letters are not there
        for letter, plain in _EXCHANGES:
            if letter in text:
                text = text.replace(letter, plain)
    else:
        text = text.translate(_FOLD)
    text = text.lower()
    return _SPACES.sub(" ", text) if "  " in text else text


@cache
def tables(name: str) -> Mapping[str, Any]:
    """Read ``vocabulary/<name>.toml`` as it stands.

    Raises:
        FileNotFoundError: There is no such vocabulary.
    """
    path = resources.files("cleanse").joinpath("vocabulary", f"{name}.toml")
    return tomli.loads(path.read_text(encoding="utf8"))


@cache
def vocabulary(name: str) -> Mapping[str, tuple[str, ...]]:
    """Read ``vocabulary/<name>.toml``: the folded phrases of all languages by use.

    Raises:
        FileNotFoundError: There is no such vocabulary.
    """
    return {
        use: tuple(dict.fromkeys(fold(phrase) for phrases in languages.values() for phrase in phrases))
        for use, languages in tables(name).items()
    }


def any_of(phrases: Iterable[str]) -> str:
    """Give a pattern (of :mod:`re`, for folded text) that finds any of ``phrases``, the longest that stands there."""
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


def gate(phrases: Iterable[str], before: str = "", after: str = "") -> str:
    """Give an RE2 pattern that finds each of ``phrases`` in whatever case and spelling :func:`fold` makes equal.

    ``before`` and ``after`` are patterns that stand around the phrase, e.g. a line's beginning.
    """
    words = sorted(set(phrases))
    # What begins with another phrase is found with it, unless something has to follow.
    kept: list[str] = []
    for word in words:  # sorted: what begins with a phrase follows it
        if after or not kept or not word.startswith(kept[-1]):
            kept.append(word)
    return f"(?im){before}(?:{chr(10).join(kept).translate(_SPELLED)}){after}"
