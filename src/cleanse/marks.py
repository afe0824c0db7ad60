"""What speaks for a line being boilerplate: its phrase, its shape, its place and its neighbours, added up.

No single thing decides. A phrase alone is a look-alike as often as not ("Related to this is ..."), a place alone
would eat a story from its end. Each kind of boilerplate has a vocabulary; :func:`marks` finds the phrases of all
kinds in one pass over the lines and adds the rest of the evidence. Rules hand on what concerns them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from cleanse.draft import Draft, Line
from cleanse.edit import Finding
from cleanse.lines import HEADLINE_WIDTH, Layout, layout, width
from cleanse.phrases import fold, gate, vocabulary

KINDS = ("related_link", "newsletter", "follow", "share")
_LATER = (
    "related_link", "newsletter", "follow", "share", "promotion", "advertisement", "consent", "comments",
    "navigation", "section_label", "disclaimer", "author_bio", "widget",
)  # fmt: skip

LOOK = 100  # code points at a line's start that are compared with phrases

# How far a phrase speaks for boilerplate, by the way it stands in its line. Set by hand.
WEIGHTS = {
    "alone": 0.55,  # is the whole line
    "block": 0.5,  # is the whole line, and heads a list of links
    "weak": 0.2,  # is the whole line, and could be a heading
    "also": 0.4,  # "read also": the rest is a link's text
    "label": 0.2,  # a label, a colon, a link's text
    "sentence": 0.5,  # begins the line, or a sentence in it
    "opens": 0.45,  # begins the line
}
_NAMES = {
    "alone": "own line",
    "block": "heads links",
    "weak": "own line",
    "also": "link to read",
    "label": "label",
    "sentence": "prompt",
    "opens": "begins",
}
TEASER_WIDTH = (
    260  # the summary of another story under its title; paragraphs of a story run wider sooner or later
)

# Lines that are furniture by their shape: dates, times, counts, reading times, bylines, bars of one word or two.
FURNITURE = re.compile(
    r"(?:\W*\d[\d\s.,:/+%-]*\W*|\W*\d+ ?(?:min|mins|minutes?|comments?|shares?|views?|likes?)\b.{0,20}|\W*by .{3,40}"
    r"|(?:updated|published|posted)\b.{0,50}|[^\n]{0,20}\b(?:19|20)\d\d\b.{0,20})\Z",
    re.IGNORECASE,
)
_WHOLE = frozenset({"alone", "block", "weak"})

_EDGE = re.compile(r"[\W_]*")
_EMPTY = re.compile(r"[\W\d_]*\Z")
_SIGN = re.compile(r"\s*([:：|»›>→▶►】\])）〕］／]|\s[-‐–—~•·/]\s)[\s\W]*")
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_ADDRESS = re.compile(r"https?://|www\.|@\w|\w\.(?:com|org|net)\b|#\w|\bhere\b|[→»›>]$|[!¡]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a vocabulary at the start of a line.

    Attributes:
        kind: The kind of boilerplate it speaks for.
        use: How it stands in the line: the vocabulary's table.
        lead: The phrase as the line has it, with the sign behind it.
        sign: The mark behind the phrase, or ``""``.
        rest: What follows.
    """

    kind: str
    use: str
    lead: str
    sign: str
    rest: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A line, or a run of lines, that speaks for one kind of boilerplate.

    Attributes:
        kind: The kind.
        first: The first filled line of the run.
        last: The last filled line of the run.
        score: The evidence added up, 0 to 1.
        evidence: What was seen.
    """

    kind: str
    first: int
    last: int
    score: float
    evidence: str


@cache
def _index() -> dict[str, tuple[tuple[str, str, str], ...]]:
    """Give all phrases with kind and use by their first three characters, the longest first."""
    index: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for kind in KINDS:
        for use, phrases in vocabulary(f"boilerplate_{kind}").items():
            if use in WEIGHTS:
                for phrase in phrases:
                    index[phrase[:3]].append((phrase, kind, use))
    return {key: tuple(sorted(found, key=lambda f: -len(f[0]))) for key, found in index.items()}


def phrases_of(content: str) -> list[Phrase]:
    """Give the phrases that begin the line ``content``, the longest of each kind and use."""
    begin = _EDGE.match(content).end()  # type: ignore[union-attr]  # it matches an empty string, too
    index = _index()
    key = fold(content[begin : begin + 6])
    keys = [k for k in (key[:3], key[:2], key[:1]) if k in index]
    if not keys:
        return []
    written = content[begin : begin + LOOK]
    folded = fold(written)
    found: list[Phrase] = []
    seen: set[tuple[str, str]] = set()
    for phrase, kind, use in (entry for k in dict.fromkeys(keys) for entry in index[k]):
        if not folded.startswith(phrase) or (kind, use) in seen:
            continue
        rest = folded[len(phrase) :]
        if rest and _goes_on(rest[0]) and _UNSPACED.match(phrase[-1]) is None:
            continue
        if len(content) - begin <= LOOK and _EMPTY.match(rest):
            sign, lead, rest = ":" if ":" in rest or "：" in rest else "", written, ""
        else:
            match = _SIGN.match(rest)
            if use in _WHOLE or (use == "label" and not match):
                continue
            sign = match.group(1).strip() if match else ""
            lead = written[: len(phrase)]
            behind = begin + (match.end() if match else 0) + len(phrase)
            rest = content[behind:].strip()
        seen.add((kind, use))
        found.append(Phrase(kind, use, lead.strip(), sign, rest))
    return found


def _goes_on(c: str) -> bool:
    """Say whether ``c`` continues a word: letters and digits, and vowel signs and other marks of a letter."""
    return c.isalnum() or unicodedata.category(c)[0] == "M"


def headline(text: str) -> bool:
    """Say whether ``text`` could be the title of another story."""
    if width(text) > HEADLINE_WIDTH or (
        text.endswith((".", "。", ",", ";", "،", "।", "۔")) and text[-2:] != ".."
    ):
        return False
    first = next((c for c in text if c.isalnum()), "")
    return first != "" and not first.islower() and (" " in text or width(text) > 12)


class Marks:
    """All marks of a draft."""

    def __init__(self, draft: Draft) -> None:
        self.layout: Layout = layout(draft)
        self.phrases = [phrases_of(shape.content) for shape in self.layout.shapes]
        self.of: dict[str, list[Mark]] = defaultdict(list)
        for index, phrases in enumerate(self.phrases):
            if phrases:
                self._weigh_line(index, phrases)

    def flagged(self, index: int) -> bool:
        """Say whether filled line ``index`` looks like page furniture by itself, for its neighbours to lean on."""
        if not 0 <= index < len(self.phrases):
            return False
        shape = self.layout.shapes[index]
        return (
            any(p.use != "label" or p.sign for p in self.phrases[index])
            and not (shape.prose and shape.width > 300)
        ) or FURNITURE.match(shape.content) is not None

    def _weigh_line(self, index: int, phrases: list[Phrase]) -> None:
        best: dict[str, Mark] = {}
        for phrase in phrases:
            mark = self._weigh(index, phrase)
            if phrase.kind not in best or mark.score > best[phrase.kind].score:
                best[phrase.kind] = mark
        for mark in best.values():
            self.of[mark.kind].append(mark)

    def _weigh(self, index: int, phrase: Phrase) -> Mark:
        shape, place, last = self.layout.shapes[index], self.layout.place(index), index
        score, seen = WEIGHTS[phrase.use], [f'{_NAMES[phrase.use]} "{phrase.lead}"']

        def add(weight: float, what: str) -> None:
            nonlocal score
            score += weight
            seen.append(what)

        if place != "body":
            add(0.1, f"in the {place}")
        beside = self.flagged(index - 1) + self.flagged(index + 1)
        if beside:
            add(0.15 * beside, "beside others like it")
        if phrase.rest:
            self._weigh_rest(index, phrase, add)
        elif phrase.use == "also":
            add(0.15, "without a link")
        elif phrase.use == "label" and phrase.sign:
            add(0.1, "colon")
        if phrase.use in ("block", "also", "label") and not phrase.rest and phrase.kind == "related_link":
            last = self._end_of_links(index)
            if last - index > 1:
                add(0.2, f"{last - index} titles below")
        if index == 0 and phrase.use != "alone" and phrase.rest and len(self.phrases) > 1:
            add(-0.2, "but first line")
        if shape.apart and place == "body":
            add(0.05, "own paragraph")
        return Mark(phrase.kind, index, last, min(1.0, round(score, 3)), "; ".join(seen))

    def _weigh_rest(self, index: int, phrase: Phrase, add: Callable[[float, str], None]) -> None:
        shape = self.layout.shapes[index]
        if phrase.use in ("also", "label"):
            if phrase.sign:
                add(0.1, f"label with {phrase.sign!r}")
            if headline(phrase.rest):
                add(0.2, "then a title")
            elif shape.ended and shape.prose:
                add(-0.25, "but reads on as a sentence")
            if phrase.use == "label" and phrase.lead.isupper() and not phrase.rest.isupper():
                add(0.2, "capitals")
        elif shape.width > 400:
            add(-0.3, "but a long paragraph")
        elif _ADDRESS.search(phrase.rest):
            add(0.1, "link or call")

    def _end_of_links(self, index: int) -> int:
        """Give the last line of the list of links that line ``index`` heads; ``index`` itself if there is none."""
        shapes = self.layout.shapes
        before = sum(s.width for s in shapes[:index] if s.prose)
        rest = shapes[index + 1 :]
        if (
            rest
            and before >= 300
            and before >= sum(s.width for s in rest) / 2
            and all(s.width <= TEASER_WIDTH for s in rest)
            and sum(s.prose for s in rest) * 2 <= len(rest)
        ):
            return len(shapes) - 1
        end = index
        while end + 1 < len(shapes) and end - index < 8:
            shape = shapes[end + 1]
            if shape.prose or not headline(shape.content) or shape.words < 6:
                break
            end += 1
        return end


def marks(draft: Draft) -> Marks:
    """Give the marks of ``draft``, worked out once for all rules."""
    known: Marks | None = draft.__dict__.get("marks")
    if known is None:
        known = draft.__dict__["marks"] = Marks(draft)
    return known


def findings(draft: Draft, kind: str) -> Iterator[Finding]:
    """Give what :func:`marks` has found of ``kind`` as whole lines to take out."""
    for mark in marks(draft).of.get(kind, ()):
        yield remove_lines(draft, mark.first, mark.last, mark.score, mark.evidence)


def remove_lines(draft: Draft, first: int, last: int, score: float, evidence: str) -> Finding:
    """Give the finding that takes filled lines ``first`` to ``last`` out, with the line breaks they leave behind."""
    lines = draft.filled_lines
    if last + 1 < len(lines):
        start, end = lines[first].start, lines[last + 1].start
    elif first:
        start, end = _content_end(draft, lines[first - 1]), _content_end(draft, lines[last])
    else:
        start, end = lines[first].start, _content_end(draft, lines[last])
    return Finding(start, end, score=score, evidence=evidence)


def _content_end(draft: Draft, line: Line) -> int:
    return line.start + len(draft.text[line.start : line.end].rstrip())


def gate_of(kind: str) -> str:
    """Give the RE2 pattern that is found in every text in which :func:`marks` finds phrases of ``kind``."""
    uses = vocabulary(f"boilerplate_{kind}")
    phrases = {phrase for use, found in uses.items() if use in WEIGHTS for phrase in found}
    return gate(phrases, before=r"(?:^|[.!?…。！？۔।»”\"')\]])[^\pL\pN\n]*")
