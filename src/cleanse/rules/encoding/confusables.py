"""Words in two scripts: which one they were written in, if their letters prove it."""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby

from cleanse.phrases import tables

LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0259\u1e00-\u1eff"
CYRILLIC = "\u0400-\u0481\u048a-\u052f"
GREEK = "\u0386\u0388-\u03b4\u03b6-\u03ce\u03d7-\u03e1\u1f00-\u1fff"  # without beta, which German typists use for ß
MARKS = "\u0300-\u036f"

_SCRIPT = {name: re.compile(f"[{letters}]") for name, letters in
           (("latin", LATIN), ("cyrillic", CYRILLIC), ("greek", GREEK))}  # fmt: skip
_KAZAKH_OR_UKRAINIAN = re.compile("[іїєґўәғқңөұүһ]")


@cache
def table(source: str, target: str, with_i: bool = False) -> dict[str, str]:
    """Give the letters of script ``source`` that can stand for one of script ``target``."""
    found = tables("confusables")
    letters = dict(found.get(f"{source}_{target}", {}))
    if with_i:
        letters.update(found.get(f"{source}_{target}_with_i", {}))
    return letters


@cache
def _anchors() -> dict[str, re.Pattern[str]]:
    """The letters of each script that look like no other's: how a swapped text still says what it is."""
    swapped = {"latin": "cyrillic", "cyrillic": "latin", "greek": "latin"}
    return {
        name: re.compile(f"(?![{''.join(table(name, swapped[name]))}]){pattern.pattern}")
        for name, pattern in _SCRIPT.items()
    }


def scripts(text: str) -> dict[str, int]:
    """Count the letters of each script that ``text`` has any of, leaving out those that have look-alikes."""
    counts = {name: len(pattern.findall(text)) for name, pattern in _anchors().items()}
    return {name: n for name, n in counts.items() if n}


def has_i(text: str) -> bool:
    """Say whether ``text`` has letters of a Cyrillic alphabet that has an i."""
    return _KAZAKH_OR_UKRAINIAN.search(text) is not None


def rewritten(word: str, target: str, with_i: bool = False) -> str | None:
    """Give ``word`` with all its letters in script ``target``; None if one of them has no look-alike there."""
    letters = []
    for c in word:
        for name, pattern in _SCRIPT.items():
            if name != target and pattern.match(c):
                other = table(name, target, with_i).get(c)
                if other is None:
                    return None
                c = other
                break
        letters.append(c)
    return "".join(letters)


def runs(word: str) -> list[tuple[str, str]]:
    """Split ``word`` into runs of one script: ``[("latin", "c"), ("cyrillic", "о"), ...]``."""
    return [(name, "".join(letters)) for name, letters in groupby(word, _script_of) if name]


def _script_of(c: str) -> str:
    return next((name for name, pattern in _SCRIPT.items() if pattern.match(c)), "")


def _made_of_two(found: list[tuple[str, str]], home: str) -> bool:
    """Say whether a word grew from two, the foreign one a unit: `iPhoneа`, `МТСLive`, `PCшник`, `витаминC`."""
    if len(found) != 2:
        return False
    (first, head), (_, tail) = found
    if first != home:  # a foreign stem with an ending, or a foreign capital that plays with a name: `Xбокс`
        return (len(head) > 1 and (head.isupper() or len(tail) <= 4)) or (head in "XY" and home == "cyrillic")
    return len(tail) > 1 or (tail.isupper() and not head.isupper())


def repaired(word: str, home: str, with_i: bool = False) -> str | None:
    """Give the word in the one script in which it was written, or None if it may be mixed on purpose.

    Args:
        word: Letters and combining marks, of two scripts.
        home: The script of the line it stands in.
        with_i: The text's Cyrillic has an i, see :func:`has_i`.
    """
    found = runs(word)
    present = {name for name, _ in found}
    if len(present) != 2:
        return None
    options = {name: new for name in present if (new := rewritten(word, name, with_i)) is not None}
    if not options:
        return None
    if (
        "greek" in present
    ):  # symbols of science stand next to Latin letters: only the line's own script counts
        return options.get(home) if home in present and _enough_for_greek(word, home) else None
    if home in present and _made_of_two(found, home) and not (home == "latin" and "latin" in options):
        return None
    if home in options:
        return options[home]
    if len(options) == 2:
        return None
    return next(iter(options.values()))


def _enough_for_greek(word: str, home: str) -> bool:
    # Greek letters are symbols in short words: `ΔΗm`, `ΤNF`; in Latin text it takes more letters to make a word.
    return (home != "latin" and not word[-1].isupper()) or (
        home == "latin" and len(_SCRIPT[home].findall(word)) >= 3 and len(word) >= 4
    )
