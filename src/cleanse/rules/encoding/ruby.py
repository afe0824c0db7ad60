"""Readings of Kanji that were printed above them and now stand behind them: `港みなとの町まち`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.phrases import tables
from cleanse.rule import Family, rule

_GLOSSED = re.compile("([\u4e00-\u9fff々]{1,8})([\u3041-\u3096ー]{1,24})")
_PARTICLES = frozenset("はがのにをでともへやかなよねし")  # one Kana that is a word behind any Kanji
_VOICED = str.maketrans(
    "かきくけこさしすせそたちつてとはひふへほ", "がぎぐげござじずぜぞだぢづでどばびぶべぼ"
)
_HALF_VOICED = str.maketrans("はひふへほ", "ぱぴぷぺぽ")
_DOUBLED = {"つ", "く", "ち", "き"}

FEWEST = 4  # different words that are followed by their readings
SAMPLE = 50  # words after which a text without readings is known: good Japanese costs that much
SHARE = 0.3  # of all Kanji that Kana follows: in good text a word and its reading meet by chance, as in 一人ひとり


@cache
def _readings() -> dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    """Readings of each Kanji at a word's beginning, inside (voiced, too), and before another (doubled, too)."""
    read: dict[str, set[str]] = {}
    for line in tables("kanji_readings")["readings"].split("\n"):
        kanji, *readings = line.split() or [""]
        read.setdefault(kanji, set()).update(readings)
    read.pop("", None)
    out = {}
    for kanji, plain in read.items():
        inner = plain | {r[0].translate(_VOICED) + r[1:] for r in plain}
        inner |= {r[0].translate(_HALF_VOICED) + r[1:] for r in plain}
        doubled = {r[:-1] + "っ" for r in inner if r[-1] in _DOUBLED and len(r) > 1}
        out[kanji] = (tuple(sorted(plain)), tuple(sorted(inner)), tuple(sorted(doubled)))
    return out


def _reading(kanji: str, kana: str) -> int:
    """How many code points of ``kana``, at most, are ``kanji`` read aloud; 0 if it does not begin with that."""
    ends = {0}
    for number, c in enumerate(kanji):
        known = _readings().get(kanji[number - 1] if c == "々" and number else c)
        if known is None:
            return 0
        plain, inner, doubled = known
        options = (plain if number == 0 else inner) + (doubled if number + 1 < len(kanji) else ())
        ends = {end + len(r) for end in ends for r in options if kana.startswith(r, end)}
        if not ends:
            return 0
    return max(ends)


@rule(
    family=Family.ENCODING,
    gate=r"[\x{4e00}-\x{9fff}][\x{3041}-\x{3096}]",
    reason="Pages for learners print readings above Kanji as ruby; without the markup they stand in the line.",
    changes=[
        (
            "日本にほんの海うみで大おおきな船ふねが動うごいています。天気てんきは雨あめです。",
            "日本の海で大きな船が動いています。天気は雨です。",
        )
    ],
    leaves=[
        "日本（にほん）の海（うみ）で船（ふね）が動いています。天気（てんき）は雨です。",
        "一人ひとりが自分の国のことを考え、山と海と川を守る。",
        "日本の海で大きな船が動いています。天気は雨です。",
    ],
    defect=Defect.LEAKED_RUBY,
    order=80,
)
def leaked_ruby(draft: Draft) -> Iterator[Finding]:
    """Delete Kana that read the Kanji before them, where much of the article is written so.

    Left alone: readings in brackets, a single gloss, one Kana that may be a particle, words with Kanji whose
    readings are not known here.
    """
    text = draft.text
    found: list[tuple[int, int]] = []
    words: set[str] = set()
    glossed = 0
    for match in _GLOSSED.finditer(text):
        glossed += 1
        if glossed % SAMPLE == 0 and 2 * len(found) < SHARE * glossed:
            return
        kanji, kana = match.groups()
        size, used = 0, 0
        for skipped in range(len(kanji)):  # ruby may stand on the end of the run alone
            size = _reading(kanji[skipped:], kana)
            if size and (skipped == 0 or size > 1):
                used = skipped
                break
            size = 0
        if not size or (size == 1 and kana[0] in _PARTICLES):
            continue
        if size > 1:
            words.add(kanji[used:])
        found.append((match.start(2), match.start(2) + size))
    if len(words) < FEWEST or len(found) < SHARE * glossed:
        return
    for start, end in found:
        yield Finding(start, end, score=0.8, evidence="the reading of the word before it")
