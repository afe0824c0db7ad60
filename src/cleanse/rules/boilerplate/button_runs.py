"""Menus that stand one name a line: three buttons in a row are a menu, where one alone may be a heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleanse.rules.boilerplate.openings import WHOLE

if TYPE_CHECKING:
    from cleanse.rules.boilerplate.marks import Marks

FEWEST = 3  # lines of a menu
SCORE = 0.6


def button_runs(found: Marks) -> list[tuple[int, str]]:
    """Give line and kind of each line of a menu, once for each kind that the menu has.

    Under each kind, as whichever rule comes first takes them all: what it left would stand alone.
    """
    runs: list[list[tuple[int, str]]] = [[]]
    before = -1
    for index, openings in enumerate(found.openings):
        kind = next((o.kind for o in openings if o.use in WHOLE and not o.rest), None) if openings else None
        if kind is None:
            continue
        if index - 1 != before:
            runs.append([])
        runs[-1].append((index, kind))
        before = index
    marks: list[tuple[int, str]] = []
    for run in runs:
        if len(run) >= FEWEST:
            for kind in dict.fromkeys(kind for _, kind in run):
                marks += [(index, kind) for index, _ in run]
    return marks
