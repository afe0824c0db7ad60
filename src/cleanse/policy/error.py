"""An error in a policy file, shown where it stands."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing in a policy file that makes no sense.

    Attributes:
        start: First code point of what is wrong.
        end: One past its last.
        wrong: What is wrong.
        remedy: What to do.
    """

    start: int
    end: int
    wrong: str
    remedy: str


class PolicyError(ValueError):
    """A policy file makes no sense; the message shows every line of it that does not.

    Attributes:
        faults: What is wrong, in the order of the file.
    """

    def __init__(self, name: str, text: str, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.start, fault.end)))
        super().__init__("\n".join(_shown(name, text, fault) for fault in self.faults))


def _shown(name: str, text: str, fault: Fault) -> str:
    begin = text.rfind("\n", 0, fault.start) + 1
    end = text.find("\n", fault.start)
    line = text[begin : end if end >= 0 else len(text)]
    number = text.count("\n", 0, begin) + 1
    before = line[: fault.start - begin]
    marked = line[fault.start - begin : fault.end - begin]
    gutter = f"{number:>5} | "
    return (
        f"{name}:{number}: {fault.wrong}\n"
        f"{gutter}{line}\n"
        f"{' ' * (len(gutter) - 2)}| {_as_wide(before)}{'^' * max(1, sum(map(_columns, marked)))}\n"
        f"{' ' * len(gutter)}{fault.remedy}"
    )


def _as_wide(text: str) -> str:
    return "".join("\t" if c == "\t" else " " * _columns(c) for c in text)


def _columns(character: str) -> int:
    """Give how many columns of a terminal a character takes."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
