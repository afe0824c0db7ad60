"""Mojibake whose control bytes were deleted: `itâs`, `StraÃe`, `he said.â€`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.phrases import tables
from cleanse.rule import Family, rule
from cleanse.rules.encoding.subject import about_encoding

# Windows-1252 has no character for the last byte of ”, so it went; every other quote keeps one.
_LAST_QUOTE = re.compile("(?<=[\\w.,!?…)])â€(?=[\\s.,;:!)]|\\?(?!\\w)|$)|(?<=\\s)â€(?=\\n|$)")
_BARE = re.compile("â€(?=[\\s.,;:!)]|$)")
# Other programs wrote a question mark for it.
_LAST_QUOTE_ASKED = re.compile("(?<=[\\w.,!?…)])â€\\?(?=[\\s.,;:!)]|$)")
# The last byte of … • ™ € is no control: only the middle one went.
_ELLIPSIS = re.compile("â¦")
_EURO = re.compile("(?:(?<=\\d)|(?<=\\d ))â¬|(?<![\u00a1-\u00ff])â¬(?= ?\\d)")
_BULLET = re.compile("(?m:^)([ \t]*)â¢(?=[ \t]*\\w)")
_TRADEMARK = re.compile("(?<=\\w)â¢(?=[\\s.,;:)])")

_CONTRACTION = re.compile("(?<=[A-Za-z])â(?=(?:s|t|re|ve|ll|d|m)\\b)|(?<=\\b[OD])â(?=[A-Z][a-z])")
_RANGE = re.compile("(?<=\\d)â(?=\\d)")
_DASH = re.compile('(?<=[\\w.,!?)"”’] )â(?= [\\w"“‘($])')
_OPENING = re.compile("(?:(?<=[\\s(])|(?m:^))â(?=\\w)")
_CLOSING = re.compile("(?<=[\\w.,!?…])â(?=[\\s.,;:!?)]|$)")
_NAMED = re.compile("(?i)letter|vowel|character|accent|symbol")  # `the letter â is ...`
_OTHER_LETTER = re.compile("[^\\W\\d_a-zA-Z]")

_SHARP_S = re.compile("(?<=[a-zäöü])Ã(?=[a-zäöü\\s.,;:!?]|$)")
_LOWER_I = re.compile("(?<=[a-zñáéóú])Ã(?=[a-zñáéóú])")
_CAPITAL = re.compile("(?<!\\w)Ã(?=[a-zäöüßéè]{2}|[a-z ] )")

FEWEST_WORDS = 4  # of those by which a language is known
REACH = 12  # code points before a lone â in which it may be called a letter


@cache
def _known_by() -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(rf"(?i)\b(?:{'|'.join(words)})\b")
        for name, words in tables("stripped_mojibake")["language"].items()
    }


def _language(text: str) -> str:
    counts = Counter({name: len(pattern.findall(text)) for name, pattern in _known_by().items()})
    name, count = counts.most_common(1)[0]
    return name if count >= FEWEST_WORDS else ""


@rule(
    family=Family.ENCODING,
    gate=r"\x{e2}(?:[^\pL]|$)|[a-z]\x{e2}(?:s|t|re|ve|ll|d|m)\b|(?i:u|d)\x{e2}|[ODod]\x{e2}[A-Z]"
    r"|[a-z]\x{c3}|\x{c3}(?:[^\pL]|[a-z\x{df}-\x{ff}])",
    reason="UTF-8 was read as Latin-1, and then a filter deleted what looked like control characters.",
    changes=[
        (
            "Itâs the end of the season, and the ferry wonât sail â that is the plan, he said.",
            "It’s the end of the season, and the ferry won’t sail — that is the plan, he said.",
        ),
        (
            "The mayor said it was over: â€œGo.â€ And that was that.",
            "The mayor said it was over: “Go.” And that was that.",
        ),
        (
            "Die StraÃe und der FuÃweg an der Mole: das ist nicht viel.",
            "Die Straße und der Fußweg an der Mole: das ist nicht viel.",
        ),
    ],
    leaves=[
        "Le château, la tâche et l’âge des mâts : c’est dans les détails que la vérité est.",
        "A fost atât de cât a vrut, și totuși când a plecat.",
        "NÃO É NÃO, SÃO PAULO.",
        "The castle Château d'If and the île are the pride of the town and of the bay.",
    ],
    defect=Defect.MOJIBAKE,
    order=25,
)
def stripped_mojibake(draft: Draft) -> Iterator[Finding]:
    """Put back what was lost where the language and the neighbours leave one answer.

    Runs before ftfy, which takes a space for the lost byte and makes daggers and Braille of it. Left alone: â and
    Ã that are letters of their word, and what has more than one answer.
    """
    text = draft.text
    if ("â" not in text and "Ã" not in text) or not _damaged(text) or about_encoding(text):
        return
    language = _language(text)
    yield from _fixed_places(text)
    dashes = [
        m for m in _DASH.finditer(text) if not _NAMED.search(text, max(0, m.start() - REACH), m.start())
    ]
    if language == "en" or len(dashes) > 1:  # no language has a word â
        # Which dash it was is lost; English papers set the long one between spaces, most others the short one.
        yield from (_found(match, "—" if language == "en" else "–") for match in dashes)
    if language == "en":
        yield from _english(text)
    for before in tables("stripped_mojibake")["apostrophe"].get(language, ()):
        for match in re.finditer(rf"(?i)(?<=\b{before})â(?=\w)", text):
            yield _found(match, "’")
    if language in ("de", "es", "pt"):
        inner, letter = (_SHARP_S, "ß") if language == "de" else (_LOWER_I, "í")
        for match in inner.finditer(text):
            yield _found(match, letter)
    for letter, endings in tables("stripped_mojibake")["capital"].get(language, {}).items():
        for match in _CAPITAL.finditer(text):
            if text.startswith(tuple(endings), match.end()):
                yield _found(match, letter)


_DAMAGE = re.compile(
    "|".join(
        p.pattern
        for p in (_LAST_QUOTE, _ELLIPSIS, _EURO, _BULLET, _TRADEMARK, _RANGE, _DASH, _CLOSING, _CAPITAL)
    )
    + "|(?<=[a-z])(?:â(?=(?:s|t|re|ve|ll|d|m)\\b)|Ã(?=[a-z\\s.,]))|(?i:\\b(?:jusqu|lorsqu|puisqu|aujourd|qu))â"
)


def _damaged(text: str) -> bool:
    # Line by line: to look for all these at every letter of a text takes 1 ms, and few lines have a letter for it.
    start = 0
    for line in text.split("\n"):
        end = start + len(line) + 1
        if ("â" in line or "Ã" in line) and _DAMAGE.search(text, start, end):
            return True
        start = end
    return False


def _found(match: re.Match[str], letter: str, score: float = 0.8) -> Finding:
    return Finding(
        match.start(), match.end(), letter, score=score, evidence=f"U+{ord(letter):04X} without its controls"
    )


def _fixed_places(text: str) -> Iterator[Finding]:
    last_quote = (
        _LAST_QUOTE_ASKED if _LAST_QUOTE_ASKED.search(text) and not _BARE.search(text) else _LAST_QUOTE
    )
    for pattern, mark in ((last_quote, "”"), (_ELLIPSIS, "…"), (_EURO, "€"), (_TRADEMARK, "™")):
        for match in pattern.finditer(text):
            yield _found(match, mark)
    for match in _BULLET.finditer(text):
        yield Finding(match.end(1), match.end(), "•", score=0.8, evidence="U+2022 without its controls")


def _english(text: str) -> Iterator[Finding]:
    """In English â is no letter: alone, or where an apostrophe or a quote belongs, it stands for one."""
    others = Counter(_OTHER_LETTER.findall(text))
    del others["â"], others["Ã"], others["Â"]
    if others.total() > 0.02 * len(text):
        return
    for pattern, mark in ((_CONTRACTION, "’"), (_RANGE, "–")):
        for match in pattern.finditer(text):
            yield _found(match, mark)
    opened: re.Match[str] | None = None
    for match in sorted((*_OPENING.finditer(text), *_CLOSING.finditer(text)), key=lambda m: m.start()):
        opens = match.re is _OPENING
        if opened is not None and (opens or "\n" in text[opened.end() : match.start()]):
            opened = None
        if opens:
            opened = match
        elif opened is not None:
            yield _found(opened, "“", 0.7)
            yield _found(match, "”", 0.7)
            opened = None
        elif text[match.start() - 1] == "s" and text[match.end() : match.end() + 1] == " ":
            yield _found(match, "’", 0.6)
