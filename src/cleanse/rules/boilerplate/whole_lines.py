"""How whole lines are taken out of a text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding


def without_lines(draft: Draft, found: Mapping[int, tuple[Defect, str]]) -> Iterator[Finding]:
    """Take out the lines ``found`` by their index, with (defect, evidence).

    A line goes with its line break, and where blank lines stood above and below it, with those below. At the end of
    the text all blank lines go with it, and its line break stays away if it had none.
    """
    text, lines = draft.text, draft.lines
    last_kept = next((line.index for line in reversed(draft.filled_lines) if line.index not in found), -1)
    # Where what goes at the end of the text begins.
    tail = lines[last_kept].end if last_kept >= 0 else 0
    if not text.endswith("\n"):
        tail -= _line_break(text, tail)
    order = sorted(found)
    for index in order:
        start, end = lines[index].start, lines[index].end
        if index > last_kept:
            start = tail
            end = tail = len(text) if index == order[-1] else end
        elif index == 0 or not lines[index - 1].content:
            after = index + 1
            while not lines[after].content:
                end = lines[after].end
                after += 1
        defect, evidence = found[index]
        yield Finding(start, end, evidence=evidence, defect=defect)


def _line_break(text: str, end: int) -> int:
    """Give the length of the line break that ends at ``end``; 0 if there is none."""
    if not end or text[end - 1] != "\n":
        return 0
    return 2 if end > 1 and text[end - 2] == "\r" else 1
