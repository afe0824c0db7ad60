"""From marks and clues to findings: what the rules of the boilerplate family hand on, and their gates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleanse.draft import Draft, Line
from cleanse.edit import Finding
from cleanse.gate import Gate, begins, holds
from cleanse.heads import Then
from cleanse.lines import is_divider
from cleanse.phrases import vocabulary
from cleanse.rules.boilerplate.clues import clues, first_sentence, last_sentences
from cleanse.rules.boilerplate.marks import BAR_GATE, SURE, Mark, marks
from cleanse.rules.boilerplate.openings import BEGINS, BUTTONS, WHOLE, opens_row


def findings(draft: Draft, kind: str) -> Iterator[Finding]:
    """Give what speaks for ``kind``: whole lines to take out, and last sentences of paragraphs."""
    found = marks(draft)
    whole = []
    for mark in (*found.of(kind), *clues(found, kind)):
        sentence = first_sentence(found, mark)
        if sentence is None:
            whole.append(mark)
        else:
            yield sentence
    yield from take_out(draft, whole)
    yield from last_sentences(found, kind)


def gate_of(kind: str) -> Gate:
    """Give the gate that is open on every text in which :func:`findings` finds anything of ``kind``."""
    uses = vocabulary(f"boilerplate_{kind}")
    whole = {p for use in WHOLE for p in uses.get(use, ())}
    sentences = {p for use in BEGINS for p in uses.get(use, ())}
    rows = {p for use in BUTTONS for p in uses.get(use, ()) if opens_row(p)} - sentences
    inside = {p for use in ("contains", "noun") for p in uses.get(use, ())}
    return (
        begins(whole - sentences - rows, Then.NO_LETTER)
        | begins(rows, Then.WORD_END)
        | begins(sentences, Then.WORD_END, sentence=True)
        | (holds(inside) if inside else "")
        | (BAR_GATE if kind == "navigation" else "")
    )


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
        while first > 1 and is_divider(lines[first - 1].content):
            first -= 1
        start, end = _content_end(draft, lines[first - 1]), _content_end(draft, lines[last])
    else:
        start, end = lines[first].start, _content_end(draft, lines[last])
    evidence = " / ".join(dict.fromkeys(mark.evidence for mark in run[:3])) + (
        " / ..." if len(run) > 3 else ""
    )
    return Finding(start, end, score=min(mark.score for mark in run), evidence=evidence)


def _content_end(draft: Draft, line: Line) -> int:
    return line.start + len(draft.text[line.start : line.end].rstrip())
