"""Simulates what scrapers do to markup: pages made from clean text, their tags padded, torn and lost.

A page is made from paragraphs: some stay paragraphs, some become headings, lists (items led by a bold phrase) and
tables; links and emphasis are put into sentences. It is rendered twice: clean, as the expected text, and as HTML whose
tags are then damaged at rates that the seed draws.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

SENTENCES = (
    "The harbour board met on a Tuesday evening and voted for a second ferry before anyone had taken off a coat.",
    "Islanders had asked for it ever since the school closed; the older ones remember three boats a day.",
    "“We do not want a bridge,” said Mira Tolland, who runs the bakery, “only a way home on a Friday.”",
    "Freight will cost half of what it did, and shellfish travels for nothing when the crate comes back.",
    "The old slipway needs three metres more, a new winch and somebody who can splice a steel rope.",
    "What the insurers will say is another matter: their letter from March is still unanswered.",
    "In 1931 the gauge was set into the wall of the customs house, where silt has misled it since.",
    "Readings from both places are to be printed side by side, so that sailors can make up their minds.",
    "Nobody's memory agrees on the flood of 1954, but the mark in the church door is four feet high.",
    "The lighthouse trust pays £18,000 of it, the council the rest, and the fish market lends its crane.",
    "Visitors come for the puffins (there are fewer each summer) and stay for the smoked haddock.",
    "A vote of the whole island is planned for spring; until then the timetable of last winter holds.",
)

Token = tuple[str, str, bool]  # (tag name or "", attributes or text, closes)


@dataclass(frozen=True)
class Rates:
    """How likely each damage is, for one page."""

    padded: float = 1.0  # a tag gets white space between its parts
    headless_end: float = 0.6  # `</li>` becomes `li >`
    headless_start: float = 0.0  # `<li>` becomes `li >`
    tailless: float = 0.0  # a tag loses its `>`
    lost: float = 0.0  # a tag is gone
    glued: float = 0.0  # no white space between a tag and the text behind it
    padded_marks: float = 0.0  # a block's punctuation gets a space before it
    escaped: float = 0.0  # quotes and ampersands are written as entities
    on_one_line: float = 0.3  # a block's tags do not break the line
    damaged: float = 0.7  # blocks that are left as markup; the others are clean text
    attributes: float = 0.3  # tags with attributes

    @staticmethod
    def drawn(rng: random.Random) -> Rates:
        return Rates(
            padded=rng.choice((1.0, 1.0, 0.9)),
            headless_end=rng.uniform(0.3, 0.9),
            headless_start=rng.choice((0.0, 0.0, 0.1, 0.3)),
            tailless=rng.choice((0.0, 0.0, 0.05)),
            lost=rng.choice((0.0, 0.05, 0.15)),
            glued=rng.choice((0.0, 0.1, 0.3)),
            padded_marks=rng.choice((0.0, 0.5, 1.0)),
            escaped=rng.choice((0.0, 0.0, 0.5)),
            on_one_line=rng.uniform(0.0, 0.6),
            damaged=rng.uniform(0.2, 1.0),
            attributes=rng.choice((0.0, 0.3)),
        )


@dataclass
class Block:
    gold: str
    tokens: list[Token] = field(default_factory=list)


_ATTRIBUTES = {
    "a": ('href="https://www.example.org/news/a-boat?id=7" target="_blank"', "href='/harbour'"),
    "p": ('class="lead"', 'style="margin: 0"'),
    "ul": ('class="list"',),
    "table": ('class="grid" border="0"',),
    "td": ('colspan="1"', 'align="left"'),
    "h2": ('id="part-2"',),
}


def page(paragraphs: Sequence[str], rng: random.Random, rates: Rates) -> tuple[str, str]:
    """Give ``(raw, gold)`` of a page made from ``paragraphs``."""
    raw, gold = [], []
    for block in _blocks(paragraphs, rng, rates):
        gold.append(block.gold)
        raw.append(_damaged(block.tokens, rng, rates) if rng.random() < rates.damaged else block.gold)
    return "\n".join(raw), "\n".join(gold)


def _blocks(paragraphs: Sequence[str], rng: random.Random, rates: Rates) -> Iterator[Block]:
    for paragraph in paragraphs:
        sentences = [s for s in re.split(r"(?<=[.!?])\s+(?=[A-Z“\"])", paragraph) if s.strip()]
        kind = rng.random()
        if kind < 0.15:
            yield from _table(sentences, rng, rates)
        elif kind < 0.45 and len(sentences) > 1:
            yield _list(sentences, rng, rates)
        elif kind < 0.55:
            title = " ".join(sentences[0].split()[:6]).strip(" ,;:.“”\"'()-–—")
            yield Block(title, [_tag("h2", rng, rates), ("", title, False), ("h2", "", True)])
            yield _paragraph(paragraph, rng, rates)
        else:
            yield _paragraph(paragraph, rng, rates)


def _tag(name: str, rng: random.Random, rates: Rates) -> Token:
    carries = name == "a" or (name in _ATTRIBUTES and rng.random() < rates.attributes)
    return name, rng.choice(_ATTRIBUTES[name]) if carries else "", False


def _paragraph(text: str, rng: random.Random, rates: Rates) -> Block:
    return Block(text, [_tag("p", rng, rates), *_with_inline(text, rng, rates), ("p", "", True)])


def _with_inline(text: str, rng: random.Random, rates: Rates) -> list[Token]:
    words = text.split(" ")
    if len(words) < 12 or rng.random() < 0.5:
        return [("", text, False)]
    at = rng.randrange(3, len(words) - 6)
    upto = at + rng.randrange(1, 4)
    inner = " ".join(words[at:upto])
    bare = inner.rstrip(".,;:!?”\"')")
    name = rng.choice(("a", "strong", "em", "b", "i"))
    return [
        ("", " ".join(words[:at]) + " ", False),
        _tag(name, rng, rates),
        ("", bare, False),
        (name, "", True),
        ("", inner[len(bare) :] + " " + " ".join(words[upto:]), False),
    ]


def _list(sentences: Sequence[str], rng: random.Random, rates: Rates) -> Block:
    name = rng.choice(("ul", "ul", "ol"))
    block = Block("", [_tag(name, rng, rates)])
    items = []
    for sentence in sentences:
        words = sentence.split(" ")
        block.tokens.append(("li", "", False))
        lead = " ".join(words[: rng.randrange(2, 4)]).rstrip(",;:.")
        rest = " ".join(words[len(lead.split(" ")) :])
        if rng.random() < 0.7 and rest and lead.replace(" ", "").isalpha():
            items.append(f"- {lead}: {rest}")
            block.tokens += [
                ("strong", "", False),
                ("", f"{lead}:", False),
                ("strong", "", True),
                ("", f" {rest}", False),
            ]
        else:
            items.append(f"- {sentence}")
            block.tokens += _with_inline(sentence, rng, rates)
        block.tokens.append(("li", "", True))
    block.tokens.append((name, "", True))
    block.gold = "\n".join(items)
    return block


def _table(sentences: Sequence[str], rng: random.Random, rates: Rates) -> Iterator[Block]:
    words = " ".join(sentences).split(" ")
    width = rng.choice((2, 2, 3))
    cells, at = [], 0
    while at < len(words) and len(cells) < width * 6:
        step = rng.randrange(1, 6)
        cells.append(" ".join(words[at : at + step]))
        at += step
    rows = [cells[i : i + width] for i in range(0, len(cells) - width + 1, width)]
    if len(rows) < 2:
        yield _paragraph(" ".join(words), rng, rates)
        return
    block = Block("\n".join(f"| {' | '.join(row)} |" for row in rows), [_tag("table", rng, rates)])
    for number, row in enumerate(rows):
        part, cell = ("thead", "th") if number == 0 else ("tbody", "td")
        if number < 2:
            block.tokens.append((part, "", False))
        block.tokens.append(("tr", "", False))
        for content in row:
            block.tokens += [_tag(cell, rng, rates), ("", content, False), (cell, "", True)]
        block.tokens.append(("tr", "", True))
        if number in (0, len(rows) - 1):
            block.tokens.append((part, "", True))
    block.tokens.append(("table", "", True))
    yield block


_BREAKING = {"p", "ul", "ol", "table", "thead", "tbody", "tr", "h2"}


def _damaged(tokens: Sequence[Token], rng: random.Random, rates: Rates) -> str:
    pieces: list[str] = []
    one_line = rng.random() < rates.on_one_line
    pad_marks = rng.random() < rates.padded_marks
    escaped = rng.random() < rates.escaped
    for name, content, closes in tokens:
        if not name:
            text = _padded_marks(content) if pad_marks else content
            pieces.append(_escaped(text) if escaped else text)
            continue
        if rng.random() < rates.lost:
            pieces.append(" " if name in _BREAKING or name in ("li", "td", "th") else "")
            continue
        tag = _damaged_tag(name, content, closes, rng, rates)
        if rng.random() < rates.padded:
            pieces.append(f" {tag}" + ("" if rng.random() < rates.glued else " "))
        else:
            pieces.append(tag)
        if closes and (name in _BREAKING or name == "li") and not one_line:
            pieces.append("\n")
    lines = (re.sub(" {2,}", " ", line).strip() for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _damaged_tag(name: str, attributes: str, closes: bool, rng: random.Random, rates: Rates) -> str:
    headless = rng.random() < (rates.headless_end if closes else rates.headless_start)
    tailless = not headless and rng.random() < rates.tailless
    if rng.random() >= rates.padded:  # as it was
        return f"</{name}>" if closes else f"<{name}{attributes and ' '}{attributes}>"
    if attributes and rng.random() < 0.7:
        attributes = re.sub(r'(["=:/])', r" \1 ", attributes)
    attributes = attributes and " " + " ".join(attributes.split())
    head = "" if headless else rng.choice(("< / ", "</ ", "< /")) if closes else "< "
    return f"{head}{name}{attributes}{'' if tailless else ' >'}"


def _padded_marks(text: str) -> str:
    text = re.sub(r"(?<=\w)([,.;:!?])(?=\s|$|”)", r" \1", text)
    return re.sub("”(?=\\s|$)", " ”", re.sub("“(?=\\w)", "“ ", text))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("’", "&#8217;").replace("“", "&ldquo;")


def own_page(seed: int, rates: Rates | None = None) -> tuple[str, str]:
    """Give a page made from the sentences above."""
    rng = random.Random(seed)
    paragraphs = [" ".join(rng.sample(SENTENCES, rng.randrange(2, 5))) for _ in range(8)]
    return page(paragraphs, rng, rates or Rates.drawn(rng))
