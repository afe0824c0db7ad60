"""Characters of no width, where no script needs them: byte order marks in numbers, hyphenation in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule
from cleanse.rules.encoding.subject import quoted

_SPACES = "\u200b\u2060\ufeff"  # zero-width space, word joiner, byte order mark
_JOINERS = "\u200c\u200d"
_BIDI = "\u200e\u200f\u061c\u202a-\u202d\u2066-\u2069"  # U+202E turns text around: deleting it would not read
_OPERATORS = "\u2061-\u2064\u206a-\u206f\u3164\uffa0\u115f\u1160"
_TAGS = "\U000e0000-\U000e007f"
_ANY = re.compile(f"[\u00ad{_SPACES}{_JOINERS}{_BIDI}{_OPERATORS}{_TAGS}]+")

# Blocks whose letters change shape, or break lines, by an invisible character beside them: Arabic, Syriac, Thaana,
# N'Ko, Mandaic, the scripts of India, Thai, Lao, Tibetan, Myanmar, Khmer, Mongolian and their supplements.
_COMPLEX = re.compile(
    "[\u0600-\u08ff\u0900-\u0fff\u1000-\u109f\u1780-\u17ff\u1800-\u18af\u1900-\u1cff\ua800-\uaaff\ufb50-\ufdff\ufe70-\ufefc]"
)
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_EMOJI = re.compile("[\u2190-\u2bff\ufe0f\u3030\u303d\U0001f000-\U0001faff]")
_HANGUL_JAMO = re.compile("[\u1100-\u11ff]")


@rule(
    family=Family.ENCODING,
    gate=r"[\x{ad}\x{200b}\x{2060}\x{feff}\x{200c}-\x{200f}\x{61c}\x{202a}-\x{202d}\x{2066}-\x{2069}"
    r"\x{2061}-\x{2064}\x{206a}-\x{206f}\x{3164}\x{ffa0}\x{115f}\x{1160}\x{e0000}-\x{e007f}]",
    reason="Editors, trackers and hyphenation leave characters of no width behind, which split words and numbers.",
    changes=[
        ("8\ufeff9mins: corner", "89mins: corner"),
        ("A won\u200bder\u00adful day", "A wonderful day"),
        ("\u200eHarbour news", "Harbour news"),
    ],
    leaves=[
        "می\u200cروم و نمی\u200cدانم",
        "क्\u200dष और श्र\u200cी",
        "The family \U0001f468\u200d\U0001f469\u200d\U0001f467 waved.",
        "ภาษา\u200bไทย",
        "He wrote \u200fשלום\u200e on the wall.",
        "Type “\u200b” to see nothing.",
    ],
    defect=Defect.ZERO_WIDTH,
    order=60,
)
def zero_width(draft: Draft) -> Iterator[Finding]:
    """Delete invisible characters that their neighbours don't need.

    Left alone: joiners and spaces beside scripts that use them, joiners in emoji, direction marks in a line with
    right-to-left text, flags' tags, one that is quoted, and a soft hyphen between digits (once shown as a hyphen:
    `1990-95`), which is flagged.
    """
    text = draft.text
    directed: tuple[int, bool] = (-1, False)  # end of the last line judged, and whether it runs right to left
    for match in _ANY.finditer(text):
        start, end = match.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        if quoted(text, start, end):
            continue
        if start >= directed[0]:
            line_end = text.find("\n", start)
            line_end = len(text) if line_end < 0 else line_end + 1
            line_start = text.rfind("\n", 0, start) + 1
            directed = (line_end, _RIGHT_TO_LEFT.search(text, line_start, line_end) is not None)
        run = match.group()
        if "\u00ad" in run and before.isdigit() and after.isdigit():
            yield Finding(start, start, evidence="a soft hyphen between digits", review=True)
            continue
        kept = "".join(c for c in run if _needed(c, before, after, directed[1]))
        if kept != run:
            yield Finding(
                start, end, kept, evidence=" ".join(f"U+{ord(c):04X}" for c in run[:4] if c not in kept)
            )


def _needed(c: str, before: str, after: str, right_to_left: bool) -> bool:
    if c in "\u200e\u200f\u061c" or "\u202a" <= c <= "\u202d" or "\u2066" <= c <= "\u2069":
        return right_to_left
    if c >= "\U000e0000":
        return bool(_EMOJI.match(before))
    if c == "\u200d" and (_EMOJI.match(before) or _EMOJI.match(after)):
        return True
    if c in _JOINERS:
        return bool(_COMPLEX.match(before) or _COMPLEX.match(after))
    if c in "\u115f\u1160":
        return bool(_HANGUL_JAMO.match(before) or _HANGUL_JAMO.match(after))
    if c in "\u200b\u2060":
        return bool(_COMPLEX.match(before) and (not after or _COMPLEX.match(after) or not after.isspace()))
    return False
