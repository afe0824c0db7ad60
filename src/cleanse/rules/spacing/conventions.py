"""What tells damage from a convention: program code, French typography, and text that pads every mark.

All of it is cheap and bounded: a rule looks at a window round the place that it doubts, never at the whole line,
for a line may be 10 MB long.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice

import re2

from cleanse.draft import Draft

# For gates: what Python's \s, and [^\W\d_], match. RE2's own \s is ASCII, without the vertical tab.
WHITE = r"[\s\v\x{1c}-\x{1f}\x{85}\pZ]"
BLANK = r"[\t\v\f\r\x{1c}-\x{1f}\x{85}\pZ]"  # white space on a line
LETTER = r"[\pL\pN]"

WINDOW = 200  # code points to each side in which the neighbourhood of a place is judged

# Signs that prose does without. Words such as `return` or `import` are no evidence: prose has them.
_CODE = re.compile(
    r"[=!<>]=|[=-]>|::|&&|\|\||[{}]|;[ \t]*$|\w\(\)|\(\)|</|/>|\\[nrt]\b|\b0x[0-9A-Fa-f]|\w_\w| = |\w=[\"'\w]"
    r"|\[ ?\]|[$@]\w+\[|^[ \t]*(?:#!|//|>>>)|%[dsif]\b|\([^()\n]{0,40}\) ?[{;]|</?\w+>|\w\.\w+\(",
    re.M,
)
# What each of these signs holds, and what of it may be left at the edge of a window, in one pass of RE2 at 400 MB/s:
# most texts have none of it, and there Python's engine need not look.
_OPTIONS = re2.Options()
_OPTIONS.log_errors = False
_HINT = re2.compile(
    r"[=<>{}\\_\[;]|#!|%[dsif]|&&|\|\||::|//|0x|\(\)|\.[\pL\pN_]+\(|\([^()\n]{0,40}\) ?[{;]"
    r"|\b(?:[0-9][A-Fa-f]|[A-Fa-f][0-9])\b",
    _OPTIONS,
)
_HEX = re.compile(r"\b(?=[0-9A-Fa-f]*\d)(?=[0-9]*[A-Fa-f])[0-9A-Fa-f]{2}\b")

_SHORT = 120  # code points of a line on which one sign less is enough
_FEW = 20  # places of a text that are looked at one by one
_ENOUGH_CODE = 3  # signs within a window that make it code
_FRENCH = frozenset(
    (
        "le",
        "les",
        "des",
        "est",
        "une",
        "dans",
        "pour",
        "du",
        "au",
        "aux",
        "ne",
        "pas",
        "sur",
        "avec",
        "sont",
        "cette",
        "ces",
        "être",
        "où",
        "ont",
        "il",
        "elle",
        "nous",
        "vous",
        "et",
        "qui",
    )
)
_ELIDED = re.compile(r"[’'](?:(?<=\b[cdjlmnst].)|(?<=\bqu.))(?![^\W_])", re.I)
_TOKEN = re.compile(r"\w+")
_WORD = re.compile(r"[^\W\d_]+")
_FRENCH_SHARE = 0.14  # of words; French prose has 0.25 to 0.4, Spanish, Catalan and Italian under 0.1
_FRENCH_SAMPLE = 4000  # code points of a text that are enough to know its language

# A mark that French sets apart is preceded there by a space, mostly one that does not break.
# The mark comes first: Python's engine looks for it a character set at a time, and back from it only then.
_PADDED = re.compile(r" [,.](?<=[^\W_] [,.])(?=\s|$)(?! ?\.)")
_TIGHT = re.compile(r"[,.](?<=[^\W_][,.])(?=\s|$)")


def window(text: str, start: int, end: int, width: int = WINDOW) -> str:
    """Give what stands round ``text[start:end]`` on its own line, up to ``width`` code points to each side."""
    begin = text.rfind("\n", max(0, start - width), start) + 1 or max(0, start - width)
    stop = text.find("\n", end, end + width)
    return text[begin : stop if stop >= 0 else end + width]


def is_code(around: str) -> bool:
    """Say whether a window looks like program code, markup or a hex dump."""
    enough = _ENOUGH_CODE if len(around) > _SHORT else _ENOUGH_CODE - 1
    return len(_CODE.findall(around)) >= enough or len(_HEX.findall(around)) >= _ENOUGH_CODE


def _is_hinted(text: str) -> bool:
    try:
        return _HINT.search(text) is not None
    except UnicodeEncodeError:  # a lone surrogate has no UTF-8
        return True


class CodeSigns:
    """Answers :func:`is_code` for many places of one text.

    The first few are looked at one by one, some 50 µs each; from then on an index of all signs, made in one pass,
    answers in 1 µs: a text may have a doubled space behind every word.
    """

    __slots__ = ("_asked", "_hinted", "_signs", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._asked = 0
        self._hinted: bool | None = None
        self._signs: list[int] | None = None

    def near(self, start: int, end: int) -> bool:
        """Say whether what stands round ``text[start:end]`` on its line looks like code."""
        if self._hinted is None:
            self._hinted = _is_hinted(self._text)
        if not self._hinted:
            return False
        self._asked += 1
        if self._asked <= _FEW:
            return is_code(window(self._text, start, end))
        if self._signs is None:
            self._signs = sorted(m.start() for p in (_CODE, _HEX) for m in p.finditer(self._text))
        low, high = bisect_left(self._signs, start - WINDOW), bisect_left(self._signs, end + WINDOW)
        return high - low >= _ENOUGH_CODE - 1 and is_code(window(self._text, start, end))


def has_code(text: str) -> bool:
    """Say whether any code stands in ``text``."""
    return _is_hinted(text) and next(islice(_CODE.finditer(text), _ENOUGH_CODE - 1, None), None) is not None


def is_french(draft: Draft) -> bool:
    """Say whether the text may be French: there a space before ``; : ? !`` is right."""
    language = draft.context.language
    return language[:2].lower() == "fr" if language else _is_french(draft.text[:_FRENCH_SAMPLE])


def is_french_at(text: str, at: int) -> bool:
    """Say whether what stands round ``at`` may be French: a text of any language may quote it."""
    return _is_french(window(text, at, at))


def _is_french(sample: str) -> bool:
    words = len(_WORD.findall(sample))
    if not words:
        return False
    french = sum(map(_FRENCH.__contains__, _TOKEN.findall(sample.lower()))) + len(_ELIDED.findall(sample))
    return french >= _FRENCH_SHARE * words


def padded_share(text: str) -> tuple[int, float]:
    """Give how many commas and full stops have a space before them, and what share of all that is."""
    padded = len(_PADDED.findall(text))
    if not padded:
        return 0, 0.0
    return padded, padded / (padded + len(_TIGHT.findall(text)))
