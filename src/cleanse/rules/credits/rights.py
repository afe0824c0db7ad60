"""Rights lines: `© 2024 The Ellery Observer. All rights reserved.`, `무단 전재 및 재배포 금지`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft, Line
from cleanse.edit import Finding
from cleanse.gate import LineGate, holds
from cleanse.lines import layout
from cleanse.phrases import any_of, fold, vocabulary
from cleanse.rule import Family, rule
from cleanse.rules.boilerplate.openings import UNSPACED
from cleanse.rules.boilerplate.wording import speech
from cleanse.rules.credits.credit_lines import Evidence, edge, named, whole_lines
from cleanse.rules.credits.licence import licence
from cleanse.wording import Wording, sentences

_RIGHTS = vocabulary("credits_rights")
_RESERVED = Wording(_RIGHTS["reserved"])
_FORBIDDEN = Wording(_RIGHTS["forbidden"])
# Published matter and what is done with it: without one of these, "without permission" is said of anything.
_MATTER = re.compile(rf"(?<![^\W{UNSPACED.pattern[1:-1]}])(?:{any_of(_RIGHTS['matter'])})")
_LICENSED = Wording(_RIGHTS["licensed"])
_SIGN = re.compile(
    r"[\s|*–—\-(\[]*(?:©|ⓒ|\(c\)\s?(?:\d{4}|copyright)|copyright\s*(?:©|\(c\)|ⓒ|:|\d{4}|by )|(?:©|copyright)\s?\d{4}"
    r"|авторские права ©|telif hakkı ©)"
)
_CLOSING_SIGN = re.compile(r"(?:©|\(c\)|copyright)\s?(?:©|\(c\))?\s?(?:19|20)\d\d[\s|.)\]]*$")
_QUOTED = re.compile('[“„«"][^“”„«»"]{0,80}$')
_WORD = re.compile(r"\w+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")

_WIDEST = 1500  # code points of a line that is looked into
_LONG = 45  # words of a sentence


_GATE = r"[©ⓒⒸ]|(?i:\(c\)|copyright)" | holds(
    {*_RIGHTS["reserved"], *_RIGHTS["forbidden"], *_RIGHTS["licensed"]}
)
_LINES = LineGate(_GATE)


@rule(
    family=Family.CREDITS,
    gate=_GATE,
    reason="Who holds the rights is a column, not the last sentence of the story.",
    changes=[
        (
            "The harbour is open again, two days after the storm, the board said on Monday at the quay.\n"
            "© 2024 The Ellery Observer. All rights reserved.",
            "The harbour is open again, two days after the storm, the board said on Monday at the quay.",
        ),
        (
            "항만청은 폭풍이 지나간 지 이틀 만에 여객선 운항을 다시 시작했다고 월요일에 밝혔다. 주민들은 반겼다.\n"
            "무단 전재 및 재배포 금지",
            "항만청은 폭풍이 지나간 지 이틀 만에 여객선 운항을 다시 시작했다고 월요일에 밝혔다. 주민들은 반겼다.",
        ),
    ],
    leaves=[
        "The court ruled that all rights reserved to the islands in the old treaty pass to the harbour board.",
        "La abogada recordó que todos los derechos del preso se respetan también en la isla, y así consta en el acta.",
        "Who draws a chart holds the copyright in it, the judge said, and the board may not reproduce it.",
    ],
    defect=Defect.RIGHTS,
    order=24,
)
def rights(draft: Draft) -> Iterator[Finding]:
    """Take out lines, and sentences at the end of the text, that say who holds the rights."""
    where = layout(draft)
    for index, shape in enumerate(where.shapes):
        content = shape.content
        if len(content) > _WIDEST:
            content = content[-_WIDEST:]  # the end of a long last paragraph
        if not _LINES.opens(content):
            continue
        folded = fold(content)
        if not (
            _SIGN.search(folded)
            or _RESERVED.search(folded)
            or _FORBIDDEN.search(folded)
            or _LICENSED.search(folded)
        ):
            continue
        bounds = list(sentences(content))
        weights = [_weigh(content[s:e]) for s, e in bounds]
        place = edge(where, index)
        first = 0 if _most(weights, [content[s:e] for s, e in bounds]) else _suffix(weights)
        if first == len(bounds):
            continue
        whole = first == 0 and content is shape.content
        evidence = Evidence()
        best = max(weights[first:], key=lambda w: w.score)
        evidence.see(best.score, ", ".join(best.seen))
        evidence.see({"head": 0.15, "tail": 0.2, "body": 0.0 if whole else -0.3}[place], f"in the {place}")
        if whole:
            evidence.see(0.1, "a line of its own")
        elif content[bounds[first][0]] == "©":
            evidence.see(0.3, "a sign behind the last sentence")
        if whole:
            start, end = whole_lines(draft, index, index)
        else:
            start, end = _end_of(draft, shape.line, content, bounds[first - 1][1])
        said = content[bounds[first][0] :]
        yield evidence.finding(start, end, fills=(("rights", said), ("licence", licence(said))))


def _end_of(draft: Draft, line: Line, content: str, at: int) -> tuple[int, int]:
    """Give the span from code point ``at`` of ``content``, the end of ``line``, to the line's last one."""
    end = line.start + len(draft.text[line.start : line.end].rstrip())
    return end - len(content) + at, end


def _suffix(weights: list[Evidence]) -> int:
    """Give the number of the first of the sentences at the end that all speak of rights; between two such, any may."""
    first = len(weights)
    for number in range(len(weights) - 1, -1, -1):
        if weights[number].score >= 0.3:
            first = number
        elif number < len(weights) - 2 or first == len(weights):
            break
    return first


def _most(weights: list[Evidence], said: list[str]) -> bool:
    """Say whether a line begins with the rights and goes on about them for the most part.

    A name or two behind them, with a year perhaps, is whose they are.
    """
    about = sum(w.score >= 0.3 for w in weights)
    names = sum(w.score < 0.3 and named(s, 6) for w, s in zip(weights, said, strict=True))
    return weights[0].score >= 0.3 and about >= 0.6 * (len(weights) - min(2, names))


def _weigh(sentence: str) -> Evidence:
    evidence = Evidence()
    folded = fold(sentence)
    words = max(len(_WORD.findall(folded)), len(_UNSPACED.findall(folded)) // 2)
    if _SIGN.match(folded):
        evidence.see(0.5, "begins with a copyright sign")
    elif words <= 40 and _CLOSING_SIGN.search(folded):
        evidence.see(0.4, "ends with a copyright sign and a year")
    if match := _RESERVED.search(folded):
        closing = len(folded[match.end() :].strip(" .!。|)】]")) <= 3
        opening = not folded[: match.start()].strip(" .|*-–—([【")
        if _QUOTED.search(folded[: match.start()]):
            evidence.see(-0.2, "in quotation marks")
        elif opening and _goes_on(sentence[match.end() :]) and not _FORBIDDEN.search(folded):
            evidence.see(-0.2, f"goes on behind {match[0]!r}")
        elif closing and opening:
            evidence.see(0.5, f"{match[0]!r} and nothing else")
        elif closing and words <= 16:
            evidence.see(0.4, f"ends with {match[0]!r}")
        elif (opening or _UNSPACED.match(match[0])) and words <= 30:
            evidence.see(0.35, f"has {match[0]!r}")
        elif words <= 10:
            evidence.see(0.3, f"has {match[0]!r}")
    if (match := _FORBIDDEN.search(folded)) and _MATTER.search(folded):
        evidence.see(0.45, f"has {match[0][:40]!r}")
        if evidence.score < 0.5 and speech().search(folded):
            evidence.see(-0.3, "but somebody says so")
    if licence(sentence):
        evidence.see(0.35, f"names {licence(sentence)}")
    elif match := _LICENSED.search(folded):
        evidence.see(0.1, f"has {match[0]!r}")
    if words > _LONG:
        evidence.see(-0.25, "a long sentence")
    return evidence


def _goes_on(rest: str) -> bool:
    """Say whether what follows a phrase runs on as prose does, with a word in lower case."""
    word = rest.lstrip()[:1]
    return rest[:1].isspace() and word.isalpha() and word.islower()
