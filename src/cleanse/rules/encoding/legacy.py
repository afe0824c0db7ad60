"""Text in an encoding from before Unicode, read as Latin-1: `ÇÑ±¹¾î`, `Ïðèâåò`, `ÄãºÃ`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.phrases import tables
from cleanse.rule import Family, rule
from cleanse.rules.encoding.subject import about_encoding

# Windows-1252 where it has a character, else Latin-1: web pages without a charset are read so.
_BYTE = {chr(b): b for b in range(0x80, 0x100)}
_BYTE.update(
    {bytes([b]).decode("cp1252"): b for b in range(0x80, 0xA0) if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
)
_BYTE.update({chr(b): b for b in range(0x80)})
_MARKS = "‘’“”–—…•„‹›"  # these stand beside each other in good text, too
_CORE = "".join(c for c, b in _BYTE.items() if b >= 0x80 and c not in _MARKS + "\xa0")
_CLASS = "".join(f"\\u{ord(c):04x}" for c in _CORE)
_FOUR = re.compile(f"[{_CLASS}]{{4}}")
_TOKEN = re.compile(r"[^ \t\n\r\xa0\u3000]+")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_LETTERS_RUN = re.compile(r"\S+")
_FIRST_BYTES = re.compile("[ÂÃÄÅÎÏÐÑ×ØÙâ]")  # of what European and Arabic letters and marks are in UTF-8
_PAIR = re.compile(f"[{_CLASS}]{{2}}")

FEWEST_LETTERS = 8  # decoded letters of an alphabet that a verdict takes
FEWEST_SYLLABLES = 4  # the same for Hangul, Kana and Han
DENSITY = 0.4  # of a damaged token's code points are no ASCII; second bytes of Shift-JIS and Big5 may be
MONOTONY = 0.3  # no letter makes up so much of a text
BRIDGE = 2  # ASCII tokens (numbers, names) that may stand between damaged ones
CLEAR = 1.4  # the best reading is so many times as plausible as the next
WHOLE = 0.8  # of all foreign letters are damaged: then the few between ASCII are, too
UTF8_VALID = 0.8
UTF8_FIRSTS = 0.33  # no other encoding has so much in two of them
SAMPLE = 20_000  # code points from which the encoding is told


@dataclass(frozen=True, slots=True)
class _Encoding:
    codec: str
    letters: re.Pattern[str]
    frequent: frozenset[str]
    rare: frozenset[str]
    share: float
    run: float

    @property
    def fewest(self) -> int:
        return FEWEST_SYLLABLES if len(self.frequent) > 35 else FEWEST_LETTERS


@cache
def _encodings() -> tuple[_Encoding, ...]:
    return tuple(
        _Encoding(
            t["codec"],
            re.compile(f"[{t['letters']}]"),
            frozenset(t["frequent"]),
            frozenset(t["rare"]),
            t["share"],
            t.get("run", 0),
        )
        for t in tables("legacy_encodings")["encoding"]
    )


@rule(
    family=Family.ENCODING,
    gate="[" + "".join(f"\\x{{{ord(c):x}}}" for c in _CORE) + "]{4}",
    reason="A page in EUC-KR, GBK, Big5, Shift-JIS, Windows-1251, KOI8 and so on was read as Latin-1.",
    changes=[
        (
            "항구가 다시 문을 열었다고 시장이 말했다.".encode("euc_kr").decode("latin-1"),
            "항구가 다시 문을 열었다고 시장이 말했다.",
        ),
        (
            "Паром снова ходит каждый день.".encode("cp1251").decode("cp1252"),
            "Паром снова ходит каждый день.",
        ),
    ],
    leaves=[
        "Das Alphabet hat äöüß, das dänische æøå.",
        "¸,ø¤º°`°º¤ø,¸¸,ø¤º°`°º¤ø,¸ welcome",
        "Open as Latin-1, it reads Ïðèâåò, ìèð, êàê äåëà.",
    ],
    defect=Defect.MOJIBAKE,
    order=20,
)
def legacy_encoding(draft: Draft) -> Iterator[Finding]:
    """Decode runs of Latin-1 as what they are, where exactly one encoding makes plausible text of them all.

    Runs before ftfy, which reads UTF-8 into such runs here and there. Left alone: what is UTF-8, texts about
    encodings, kaomoji, lists of accented letters. Flagged: long runs that no encoding explains.
    """
    text = draft.text
    if not _FOUR.search(text):
        return
    spans = [
        span
        for line in draft.lines
        if not line.content.isascii()
        for span in _spans(text, line.start, line.end)
    ]
    if not spans or about_encoding(text):
        return
    sample = _sample(text[start:end] for start, end in spans)
    if _is_utf8("".join(sample)):
        return
    encoding = _told(sample)
    if encoding is None:
        if sum(len(_PAIR.findall(text[start:end])) for start, end in spans) >= 40:
            yield Finding(spans[0][0], spans[0][0], evidence="long runs of accented letters", review=True)
        return
    damaged = sum(len(_FOREIGN.findall(text[start:end])) for start, end in spans)
    if damaged >= WHOLE * len(_FOREIGN.findall(text)):
        spans = [part for line in draft.lines for part in _whole(text, line.start, line.end, spans, encoding)]
    for start, end in spans:
        decoded = _decoded(text[start:end], encoding.codec)
        if decoded is not None and _is_text(decoded, encoding):
            yield Finding(start, end, decoded, score=0.9, evidence=f"{encoding.codec} read as Latin-1")


def _sample(spans: Iterable[str]) -> list[str]:
    sample: list[str] = []
    size = 0
    for span in spans:
        sample.append(span[: SAMPLE - size])
        size += len(sample[-1])
        if size >= SAMPLE:
            break
    return sample


def _is_utf8(run: str) -> bool:
    """Say whether it is UTF-8, perhaps with bytes lost: that is ftfy's, and Thai would be read into it.

    Of UTF-8 nearly every byte belongs to a sequence; with some lost, one or two first bytes still make up much of it.
    """
    foreign = _FOREIGN.findall(run)
    valid = bytes(_BYTE[c] for c in run if c in _BYTE).decode("utf-8", "ignore")
    if sum(len(c.encode()) for c in _FOREIGN.findall(valid)) > UTF8_VALID * len(foreign):
        return True
    firsts = Counter(_FIRST_BYTES.findall(run)).most_common(2)
    return len(foreign) >= 20 and sum(count for _, count in firsts) > UTF8_FIRSTS * len(foreign)


def _is_text(decoded: str, encoding: _Encoding) -> bool:
    foreign = _FOREIGN.findall(decoded)
    return 2 * sum(1 for c in foreign if encoding.letters.match(c)) >= len(foreign)


def _whole(
    text: str, start: int, end: int, spans: Sequence[tuple[int, int]], encoding: _Encoding
) -> Iterator[tuple[int, int]]:
    """In a text that is damaged throughout, a line from its first to its last foreign letter, if it decodes."""
    first = _FOREIGN.search(text, start, end)
    if first is None:
        return
    last = end - next(n for n, c in enumerate(reversed(text[start:end]), 1) if not c.isascii()) + 1
    # Second bytes of Shift-JIS and Big5 may be ASCII: the last one belongs to the letter before it.
    for stop in (last, min(last + 1, end)):
        if _decoded(text[first.start() : stop], encoding.codec) is not None:
            yield first.start(), stop
            return
    at = bisect_left(spans, (start, start))
    while at < len(spans) and spans[at][0] < end:
        yield spans[at]
        at += 1


def _spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Runs of damaged tokens of one line, with the few ASCII tokens between them."""
    first = last = single = -1
    bridge = 0
    for token in _TOKEN.finditer(text, start, end):
        found = token.group()
        foreign = 0 if found.isascii() else len(_FOREIGN.findall(found))
        dense = foreign and foreign >= DENSITY * len(found) and all(c in _BYTE for c in found)
        if dense and (first >= 0 or _PAIR.search(found)):
            if first < 0:
                first = single if single >= 0 else token.start()
            last, bridge, single = token.end(), 0, -1
        elif dense:
            single = token.start()  # a word of one letter belongs to the damaged word behind it
        else:
            single = -1
            bridge += 1
            if first >= 0 and (foreign or bridge > BRIDGE):
                yield first, last
                first = -1
    if first >= 0:
        yield first, last


def _decoded(run: str, codec: str) -> str | None:
    try:
        return bytes(_BYTE[c] for c in run).decode(codec)
    except (UnicodeDecodeError, KeyError):
        return None


def _told(sample: Sequence[str]) -> _Encoding | None:
    """The one encoding in which the sample reads as text."""
    ranked = sorted(((_plausibility(sample, e), n) for n, e in enumerate(_encodings())), reverse=True)
    (best, number), (second, _) = ranked[:2]
    return _encodings()[number] if best >= 1 and best >= CLEAR * second else None


def _plausibility(sample: Sequence[str], encoding: _Encoding) -> float:
    """Say how much decoded spans look like text: 1 is about as much as prose has to; 0, not at all."""
    decoded, read = [], 0
    for span in sample:
        found = _decoded(span, encoding.codec)
        if found is None and len(span) > SAMPLE // 2:  # cut for the sample in the middle of a character
            found = _decoded(span[:-1], encoding.codec)
        if found is not None:
            decoded.append(found)
            read += len(span)
    if read < 0.9 * sum(map(len, sample)):
        return 0.0
    joined = "\n".join(decoded)
    foreign = _FOREIGN.findall(joined)
    letters = [c for c in foreign if encoding.letters.match(c)]
    odd = sum(1 for c in foreign if c.isalpha() and not encoding.letters.match(c)) + sum(
        1 for c in foreign if not c.isprintable()
    )
    runs = _LETTERS_RUN.findall(joined)
    if sum(map(len, runs)) < encoding.run * len(runs):
        return 0.0
    if len(letters) < encoding.fewest or odd > 0.05 * len(letters):
        return 0.0
    if len(letters) >= 20 and Counter(letters).most_common(1)[0][1] > MONOTONY * len(letters):
        return 0.0
    frequent = sum(1 for c in letters if c in encoding.frequent)
    rare = sum(1 for c in letters if c in encoding.rare)
    camel = sum(1 for pair in pairwise(joined) if pair[0].islower() and pair[1].isupper())
    return max(
        0.0, (frequent - 2 * max(0, rare - 0.05 * len(letters)) - 4 * camel) / len(letters) / encoding.share
    )
