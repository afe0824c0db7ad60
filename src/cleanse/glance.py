"""A first look at a text, for gates' probes: its filled lines, split once for all of them."""

from __future__ import annotations

from collections.abc import Callable

SHORT = 130  # code points of a line that may be a label, a date or a name; probes look at no longer ones

_last: tuple[str, list[str], list[str]] = ("", [], [])


def filled_lines(text: str) -> list[str]:
    """Give the lines of ``text`` that are not blank, without white space at their ends."""
    return _look(text)[1]


def short_lines(text: str) -> list[str]:
    """Give those of the filled lines that have no more than ``SHORT`` code points."""
    return _look(text)[2]


def any_short_line(says: Callable[[str], bool], what: str) -> Callable[[str], bool]:
    """Make the probe of a rule that needs a short line of which ``says`` is true; ``what`` is said of the gate."""

    def probe(text: str) -> bool:
        return any(map(says, short_lines(text)))

    probe.__doc__ = what
    return probe


def _look(text: str) -> tuple[str, list[str], list[str]]:
    # The probes of all gates ask about one text, then about the next.
    global _last
    known = _last
    if known[0] is not text:
        filled = [line for line in map(str.strip, text.split("\n")) if line]
        known = _last = (text, filled, [line for line in filled if len(line) <= SHORT])
    return known
