"""From marks and clues to findings: what the rules of the boilerplate family hand on, and their gates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from cleanse.draft import Draft, Line
from cleanse.edit import Finding
from cleanse.lines import PROSE_WIDTH
from cleanse.marks import ADDRESS, BAR_GATE, BESIDE, PLACE, Mark, Marks, marks
from cleanse.openings import BEGINS, KINDS, WHOLE, openings
from cleanse.phrases import any_of, fold, gate, vocabulary

SURE = 0.5  # lines as sure as this are taken out together with their neighbours
CLUE = 0.35  # words of a notice anywhere in the line
CLUE_WIDTH = 900  # notices run to a long paragraph; a clue in a longer one is the story's subject
STORY_WIDTH = (
    120  # code points that follow a prompt in its paragraph and say nothing of the kind: the story's
)
LAST_WIDTH = 500  # code points at a paragraph's end in which its last sentences are looked at

_SENTENCE_START = re.compile(r"[.!?…][\"'”’»)]* +|[。！？][」』]*")


def findings(draft: Draft, kind: str) -> Iterator[Finding]:
    """Give what speaks for ``kind``: whole lines to take out, and last sentences of paragraphs."""
    found = marks(draft)
    whole = []
    for mark in (*found.of.get(kind, ()), *clues(found, kind)):
        sentence = first_sentence(found, mark)
        if sentence is None:
            whole.append(mark)
        else:
            yield sentence
    yield from take_out(draft, whole)
    yield from last_sentences(found, kind)


def gate_of(kind: str) -> str:
    """Give the RE2 pattern that is found in every text in which :func:`findings` finds anything of ``kind``."""
    uses = vocabulary(f"boilerplate_{kind}")
    whole = {p for use in WHOLE for p in uses.get(use, ())}
    begins = {p for use in BEGINS for p in uses.get(use, ())}
    inside = {p for use in ("contains", "noun") for p in uses.get(use, ())}
    edge = r"[^\pL\pN\n]*"
    gates = [
        gate(whole - begins, before="^" + edge, after=r"[^\pL\n]*$"),
        gate(begins, before=rf"(?:^|[.!?…。！？][\"'”’»)」』]*\pZ*){edge}") if begins else "",
        BAR_GATE if kind == "navigation" else "",
        gate(inside) if inside else "",
    ]
    return "|".join(g for g in gates if g)


def take_out(draft: Draft, found: Iterable[Mark]) -> Iterator[Finding]:
    """Give the findings that take out the lines of ``found`` with the line breaks they would leave behind.

    Marks of lines in a row become one finding, as sure as its least sure line, where each is sure enough by itself.
    """
    run: list[Mark] = []
    for mark in sorted(found, key=lambda m: (m.first, -m.last, -m.score)):
        if run and mark.first <= run[-1].last:
            continue
        if run and mark.first == run[-1].last + 1 and min(mark.score, run[-1].score) >= SURE:
            run.append(mark)
            continue
        if run:
            yield _removal(draft, run)
        run = [mark]
    if run:
        yield _removal(draft, run)


def _removal(draft: Draft, run: list[Mark]) -> Finding:
    lines, first, last = draft.filled_lines, run[0].first, run[-1].last
    if last + 1 < len(lines):
        start, end = lines[first].start, lines[last + 1].start
    elif first:
        start, end = _content_end(draft, lines[first - 1]), _content_end(draft, lines[last])
    else:
        start, end = lines[first].start, _content_end(draft, lines[last])
    evidence = " / ".join(dict.fromkeys(mark.evidence for mark in run[:3])) + (
        " / ..." if len(run) > 3 else ""
    )
    return Finding(start, end, score=min(mark.score for mark in run), evidence=evidence)


def _content_end(draft: Draft, line: Line) -> int:
    return line.start + len(draft.text[line.start : line.end].rstrip())


@cache
def _inside(kind: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None, re.Pattern[str] | None]:
    """Give the patterns of what speaks for ``kind`` anywhere in a line: clues, nouns, and verbs for the nouns."""
    uses = vocabulary(f"boilerplate_{kind}")
    clue, noun, verb = (_pattern(uses.get(use, ())) for use in ("contains", "noun", "verb"))
    return clue, noun, verb


def _pattern(phrases: Iterable[str]) -> re.Pattern[str] | None:
    inside = any_of(phrases)
    return re.compile(rf"(?<!\w)(?:{inside})") if inside else None


def clues(found: Marks, kind: str) -> Iterator[Mark]:
    """Give the lines that say inside what speaks for ``kind``, where no phrase at their start was enough."""
    clue, noun, verb = _inside(kind)
    if clue is None and noun is None:
        return
    begun = {mark.first: mark.score for mark in found.of.get(kind, ())}
    for index, shape in enumerate(found.layout.shapes):
        opened = begun.get(index, 0.0)
        if opened >= 0.5 or shape.width > CLUE_WIDTH:
            continue
        folded = fold(shape.content)
        score, seen = 0.0, []
        said = clue.search(folded) if clue else None
        if clue and said:
            score += CLUE
            seen.append(f'says "{said.group()}"')
            if clue.search(folded, said.end()):
                score += 0.15
                seen.append("and more")
        named = noun.search(folded) if noun else None
        asked = verb.search(folded) if named and verb else None
        if named and asked:
            score += 0.4
            seen.append(f'"{asked.group()}" with "{named.group()}"')
        if not score:
            continue
        if opened:
            score += 0.2
            seen.append("begins like one")
        if found.layout.place(index) != "body":
            score += PLACE
            seen.append(f"in the {found.layout.place(index)}")
        beside = found.beside(index)
        if beside:
            score += BESIDE * beside
            seen.append("beside furniture")
        if shape.width <= 300:
            score += 0.1
            seen.append("short")
        if ADDRESS.search(shape.content):
            score += 0.05
            seen.append("link or call")
        yield Mark(kind, index, index, min(1.0, round(score, 3)), "; ".join(seen))


def first_sentence(found: Marks, mark: Mark) -> Finding | None:
    """Give the removal of the first sentence alone where a prompt begins a paragraph that goes on about the story."""
    shape = found.layout.shapes[mark.first]
    opened = any(o.kind == mark.kind and o.use == "sentence" for o in found.openings[mark.first])
    if not opened or mark.first != mark.last or not shape.prose:
        return None
    text = shape.content
    end = _SENTENCE_START.search(text)
    if end is None or len(text) - end.end() < STORY_WIDTH or ADDRESS.search(text, end.end()):
        return None
    rest = fold(text[end.end() :])
    if any(pattern.search(rest) for kind in KINDS for pattern in _inside(kind)[:2] if pattern):
        return None
    if any(openings(s) for s in _SENTENCE_START.split(text[end.end() :])):
        return None
    begin = shape.line.start + found.draft.text[shape.line.start : shape.line.end].index(text[:1])
    return Finding(
        begin, begin + end.end(), score=mark.score, evidence=f"{mark.evidence}; the rest is the story's"
    )


def last_sentences(found: Marks, kind: str) -> Iterator[Finding]:
    """Give the prompts that are the last sentences of a paragraph, each of which has to hold a link or call."""
    for shape in found.layout.shapes:
        if shape.width < PROSE_WIDTH:
            continue
        text = shape.content
        cut, lead = len(text), ""
        ends = [m.end() for m in _SENTENCE_START.finditer(text, max(0, len(text) - LAST_WIDTH))][-4:]
        for start in reversed(ends):
            sentence = text[start:cut]
            found_here = (o for o in openings(sentence) if o.kind == kind and o.use in ("sentence", "also"))
            opening = next(found_here, None)
            if opening is None or not (opening.rest and ADDRESS.search(sentence)):
                break
            cut, lead = start, opening.lead
        if lead:
            begin = shape.line.start + found.draft.text[shape.line.start : shape.line.end].index(text[:1])
            evidence = f'last sentence begins "{lead}"; link or call'
            yield Finding(begin + len(text[:cut].rstrip()), begin + len(text), score=0.6, evidence=evidence)
