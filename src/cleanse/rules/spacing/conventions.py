"""What tells damage from a convention: program code, French typography, and text that pads every mark.

All of it is cheap and bounded: a rule looks at a window round the place that it doubts, never at the whole line,
for a line may be 10 MB long.
"""

from __future__ import annotations

import re
from itertools import islice

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
_HEX = re.compile(r"\b(?=[0-9A-Fa-f]*\d)(?=[0-9]*[A-Fa-f])[0-9A-Fa-f]{2}\b")

_ENOUGH_CODE = 3  # signs within a window that make it code
_FRENCH = re.compile(
    r"\b(?:le|les|des|est|une|dans|pour|du|au|aux|ne|pas|sur|avec|sont|cette|ces|être|où|ont|il|elle|nous|vous|et|qui"
    r"|[cdjlmnst][’']|qu[’'])(?![^\W_])",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]+")
_FRENCH_SHARE = 0.14  # of words; French prose has 0.25 to 0.4, Spanish, Catalan and Italian under 0.1
_FRENCH_SAMPLE = 4000  # code points of a text that are enough to know its language

# A mark that French sets apart is preceded there by a space, mostly one that does not break.
_PADDED = re.compile(r"[^\W_] [,.](?=\s|$)(?! ?\.)")
_TIGHT = re.compile(r"[^\W_][,.](?=\s|$)")


def window(text: str, start: int, end: int, width: int = WINDOW) -> str:
    """Give what stands round ``text[start:end]`` on its own line, up to ``width`` code points to each side."""
    begin = text.rfind("\n", max(0, start - width), start) + 1 or max(0, start - width)
    stop = text.find("\n", end, end + width)
    return text[begin : stop if stop >= 0 else end + width]


def is_code(around: str) -> bool:
    """Say whether a window looks like program code, markup or a hex dump."""
    return len(_CODE.findall(around)) >= _ENOUGH_CODE or len(_HEX.findall(around)) >= _ENOUGH_CODE


def has_code(text: str) -> bool:
    """Say whether any code stands in ``text``."""
    return next(islice(_CODE.finditer(text), _ENOUGH_CODE - 1, None), None) is not None


def is_french(draft: Draft, at: int | None = None) -> bool:
    """Say whether the text, or what stands round ``at``, may be French: there a space before ``; : ? !`` is right."""
    language = draft.context.language
    if language and language[:2].lower() == "fr":
        return True
    if language is None and _is_french(draft.text[:_FRENCH_SAMPLE]):
        return True
    # A French sentence may be quoted in a text of any language.
    return at is not None and _is_french(window(draft.text, at, at))


def _is_french(sample: str) -> bool:
    words = len(_WORD.findall(sample))
    return words > 0 and len(_FRENCH.findall(sample)) >= _FRENCH_SHARE * words


def padded_share(text: str) -> tuple[int, float]:
    """Give how many commas and full stops have a space before them, and what share of all that is."""
    padded = len(_PADDED.findall(text))
    if not padded:
        return 0, 0.0
    return padded, padded / (padded + len(_TIGHT.findall(text)))
