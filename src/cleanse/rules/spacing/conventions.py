"""What tells damage from a convention: program code, French typography, and text that pads every mark.

All of it is cheap and bounded: a rule looks at a window round the place that it doubts, never at the whole line,
for a line may be 10 MB long.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

import re2

from cleanse.draft import Draft

# For gates: what Python's \s, and [^\W\d_], match. RE2's own \s is ASCII, without the vertical tab.
WHITE = r"[\s\v\x{1c}-\x{1f}\x{85}\pZ]"
BLANK = r"[\t\v\f\r\x{1c}-\x{1f}\x{85}\pZ]"  # white space on a line
LETTER = r"[\pL\pN]"

WINDOW = 200  # code points to each side in which the neighbourhood of a place is judged

# Signs that prose does without. Words such as `return` or `import` are no evidence: prose has them. RE2 reads a text at
# 400 MB/s for all of them, Python's engine at 1.5.
_CODE = re2.compile(
    r"(?m)[=!<>]=|[=-]>|::|&&|\|\||[{}]|;[ \t]*$|[\pL\pN_]\(\)|\(\)|</|/>|\\[nrt]\b|\b0x[0-9A-Fa-f]"
    r"|[\pL\pN_]_[\pL\pN_]| = |[\pL\pN_]=[\"'\pL\pN_]|\[ ?\]|[$@][\pL\pN_]+\[|^[ \t]*(?:#!|//|>>>)|%[dsif]\b"
    r"|\([^()\n]{0,40}\) ?[{;]|</?[\pL\pN_]+>|[\pL\pN_]\.[\pL\pN_]+\("
)
_HEX = re2.compile(r"\b(?:[0-9][A-Fa-f]|[A-Fa-f][0-9])\b")
_SURROGATE = re.compile("[\ud800-\udfff]")

_SHORT = 120  # code points of a line on which one sign less is enough
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
    return text[slice(*_bounds(text, start, end, width))]


def _bounds(text: str, start: int, end: int, width: int) -> tuple[int, int]:
    begin = text.rfind("\n", max(0, start - width), start) + 1 or max(0, start - width)
    stop = text.find("\n", end, end + width)
    return begin, stop if stop >= 0 else min(len(text), end + width)


def is_code(around: str) -> bool:
    """Say whether a window looks like program code, markup or a hex dump."""
    return _enough(len(_places(_CODE, around)), len(_places(_HEX, around)), len(around))


def _enough(signs: int, dumped: int, width: int) -> bool:
    return signs >= (_ENOUGH_CODE if width > _SHORT else _ENOUGH_CODE - 1) or dumped >= _ENOUGH_CODE


def _places(pattern: re2._Regexp[str], text: str) -> list[int]:
    try:
        return [m.start() for m in pattern.finditer(text)]
    except UnicodeEncodeError:  # a lone surrogate has no UTF-8
        return [m.start() for m in pattern.finditer(_SURROGATE.sub("?", text))]


class CodeSigns:
    """Answers :func:`is_code` for many places of one text, each in 1 µs: a text may have a doubled space a word."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _signs(self) -> list[int]:
        return _places(_CODE, self._text)

    @cached_property
    def _dumped(self) -> list[int]:
        return _places(_HEX, self._text)

    def near(self, start: int, end: int) -> bool:
        """Say whether what stands round ``text[start:end]`` on its line looks like code."""
        if len(self._signs) < _ENOUGH_CODE - 1 and len(self._dumped) < _ENOUGH_CODE:
            return False
        begin, stop = _bounds(self._text, start, end, WINDOW)
        signs, dumped = (
            bisect_left(places, stop) - bisect_left(places, begin) for places in (self._signs, self._dumped)
        )
        return _enough(signs, dumped, stop - begin)


def code_signs(draft: Draft) -> CodeSigns:
    """Give the signs of code in ``draft``, looked for once for all rules."""
    known: CodeSigns | None = draft.__dict__.get("code_signs")
    if known is None:
        known = draft.__dict__["code_signs"] = CodeSigns(draft.text)
    return known


def has_code(text: str) -> bool:
    """Say whether any code stands in ``text``."""
    return len(_places(_CODE, text)) >= _ENOUGH_CODE


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
