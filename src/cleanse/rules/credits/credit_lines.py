"""What the rules of the credits family share: labels, names, agencies, and the span of a line that goes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.gate import Gate, begins
from cleanse.heads import Then
from cleanse.lines import Layout, Shape, is_divider
from cleanse.phrases import fold, tables, vocabulary
from cleanse.wording import Leads, Wording

_LABEL = re.compile(r"[^\w\n]*(\w[^:：\n]{0,60}?)[ \t\xa0\u3000]*[:：]")
_URL = re.compile(r"https?://[^\s<>\"'）)】\]|]+|(?<![\w@./])www\.[^\s<>\"'）)】\]|]+", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,12}", re.IGNORECASE)
_WORD = re.compile(r"[^\s/|,;&+·•–—()（）、，]+")
_INITIAL = re.compile(r"(?<!\w)([^\W\d_]|[JS]r|Dr|Mr|Ms|Mrs|St|Prof)\.\s?(?=[^\W\d_])")  # J. in J. Lee
_QUOTED_NAME = re.compile(r"«[^«»\n]{2,40}»|“[^“”\n]{2,40}”|„[^„“”\n]{2,40}[“”]")  # of a paper, or a ship
_SENTENCE = re.compile(r"[.!?;]\s+\S|[。！？；।۔؟]|\s[-–—]\s.{60}")
_EDGE_LINES = 2  # lines at either end of a text without paragraphs that stand at its edge
_WIDEST_CREDIT = 420  # code points of a line that is a credit and nothing else
_MARKS = " \t\xa0|*#/•·—–-([（【"
# Small words inside names of people, papers and companies.
_PARTICLES = frozenset(vocabulary("credits_names")["inside"])


@dataclass(slots=True)
class Evidence:
    """Evidence that adds up to a score."""

    score: float = 0.0
    seen: list[str] = field(default_factory=list)

    def see(self, weight: float, what: str) -> None:
        """Add ``weight``, which may be negative, for having seen ``what``."""
        self.score += weight
        self.seen.append(what)

    def finding(
        self,
        start: int,
        end: int,
        *,
        fills: Iterable[tuple[str, Any]] = (),
        defect: Defect | None = None,
    ) -> Finding:
        """Give the finding that ``start:end`` goes, with the score bounded to 0 to 1."""
        return Finding(
            start,
            end,
            score=round(min(1.0, max(0.0, self.score)), 3),
            evidence=", ".join(self.seen),
            fills=tuple((name, value) for name, value in fills if value),
            defect=defect,
        )


def label_gate(labels: Iterable[str]) -> Gate:
    """Give the gate of rules for which a line has to begin with one of ``labels`` and a colon."""
    return begins(labels, Then.COLON)


def lead_gate(phrases: Iterable[str]) -> Gate:
    """Give the gate of rules for which a line has to begin with one of ``phrases``."""
    return begins(phrases)


def labelled(content: str) -> tuple[str, str] | None:
    """Split a line into its folded label and what follows the colon, if it has the look of one."""
    match = _LABEL.match(content)
    return (fold(match[1]), content[match.end() :].strip()) if match else None


def named(value: str, most: int = 8) -> bool:
    """Say whether ``value`` looks like names: few words, capitalised where the script has capitals, no sentence.

    ``most`` is how many words are allowed; a script without spaces is measured at 4 code points a word.
    """
    value = _QUOTED_NAME.sub(_capitals, value)
    value = _INITIAL.sub(r"\1 ", value.strip(" \t\xa0()[]（）【】.|*"))
    if not value or len(value) > 30 * most or _SENTENCE.search(value):
        return False
    words = _WORD.findall(value)
    if not words or len(words) > most:
        return False
    if not any(c.isupper() or c.islower() for c in value):
        return len(value) <= 4 * most and any(c.isalpha() for c in value)
    big = sum(_capital(word) for word in words)
    return big > 0 and all(_capital(w) or fold(w) in _PARTICLES or not w[0].isalpha() for w in words)


def _capitals(match: re.Match[str]) -> str:
    """Write all words of a quoted name as names are: `«Портовая газета»` is one."""
    return match[0].title()


def _capital(word: str) -> bool:
    word = word.lstrip("'\"’‘“”„«»@#[<")
    return word[:1].isupper() or any(c.isupper() for c in word[1:3]) or _DOMAIN.fullmatch(word) is not None


def address(value: str) -> str | None:
    """Give the first web address in ``value``, or None."""
    match = _URL.search(value)
    return match[0].rstrip(".,;:") if match else None


def is_domain(value: str) -> bool:
    """Say whether ``value`` is a bare host name or address."""
    value = value.strip(" .()[]")
    return _DOMAIN.fullmatch(value) is not None or _URL.fullmatch(value) is not None


@cache
def agencies(kind: str) -> Mapping[str, str]:
    """Give the names of agencies by their folded spellings; ``kind`` is ``wire`` or ``picture``."""
    table: dict[str, list[str]] = tables("credits_agencies")[kind]
    return {fold(spelling): name for name, spellings in table.items() for spelling in spellings}


def agency(value: str) -> str | None:
    """Give the news agency that ``value`` names, or None."""
    known = agencies("wire").get(fold(value.strip(" .()[]/*-–—")))
    if known:
        return known
    # "AP via NewsBank", "Reuters Health": the agency leads.
    first = fold(value.split(" ", 1)[0])
    return agencies("wire").get(first) if len(first) > 2 and value[:1].isupper() else None


def edge(where: Layout, index: int) -> str:
    """Say where filled line ``index`` stands, the first and the last two lines counting as head and tail.

    Lines that begin as credits do are not counted: of a column of bylines all stand at
    the edge that one end of it stands at. Taken one by one, as the ends go, a long one would outlast the rounds.
    """
    place = where.place(index)
    if place != "body":
        return place
    known: tuple[int, int] | None = vars(where).get("edges")
    if known is None:
        shapes = where.shapes
        known = _run(shapes), len(shapes) - _run(shapes[::-1])
        vars(where)["edges"] = known
    return "tail" if index >= known[1] else "head" if index < known[0] else place


def _run(shapes: Sequence[Shape]) -> int:
    """Give how many lines from the first on stand at the edge: until two that are no credits have been passed."""
    others = 0
    for index, shape in enumerate(shapes):
        if others == _EDGE_LINES:
            return index
        others += not _credits(shape.content)
    return len(shapes)


def _credits(content: str) -> bool:
    if len(content) > _WIDEST_CREDIT:
        return False
    beginnings, inside = _wordings()
    folded = fold(content.lstrip(_MARKS))
    return content[0] in "©ⓒ" or beginnings.find(folded) is not None or inside.search(folded) is not None


@cache
def _wordings() -> tuple[Leads, Wording]:
    """Give what lines of credits begin with, of every kind, and what they say inside."""
    labels, signoffs, rights = (vocabulary(f"credits_{name}") for name in ("labels", "signoffs", "rights"))
    uses = (
        "source", "source_lead", "topics", "bare_topics", "author", "by", "desk", "editor", "photo", "photo_by",
        "caption", "dated", "when", "record", "record_line",
    )  # fmt: skip
    phrases = [p for use in uses for p in labels[use]]
    phrases += [
        p for use in ("caption", "source", "illustrative") for p in vocabulary("credits_captions")[use]
    ]
    phrases += [p for use in ("opening", "whole") for p in signoffs[use]]
    beginnings = (p.split("…")[0].strip(" ([") for p in phrases)
    said = (*signoffs["inside"], *rights["reserved"], *rights["forbidden"], *rights["licensed"])
    return Leads(p for p in beginnings if p), Wording(said)


def whole_lines(draft: Draft, first: int, last: int) -> tuple[int, int]:
    """Give the span that goes with filled lines ``first`` to ``last``.

    Of the breaks above and below, the wider one stays, so that paragraphs keep their distance. A row of stars or dashes
    above goes, too, where nothing would be left below it.
    """
    filled = draft.filled_lines
    text = draft.text
    top, bottom = filled[first], filled[last]
    if first == 0:
        return 0, filled[last + 1].start if last + 1 < len(filled) else len(text)
    above = filled[first - 1]
    if last + 1 == len(filled):
        while first > 1 and is_divider(above.content):
            first -= 1
            above = filled[first - 1]
        return above.start + text[above.start : above.end].find(above.content) + len(above.content), len(text)
    before = above.start + text[above.start : above.end].find(above.content) + len(above.content)
    after = bottom.start + text[bottom.start : bottom.end].find(bottom.content) + len(bottom.content)
    following = filled[last + 1].start
    if text.count("\n", before, top.start) >= text.count("\n", after, following):
        return top.start, following
    return before, after
