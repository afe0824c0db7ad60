"""What a rule is, and how one comes to be known.

A rule is a function with a :func:`rule` decorator in some module below :mod:`cleanse.rules`. It is found
because it is there: nothing else has to be edited to add one.
"""

from __future__ import annotations

import gc
import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from cleanse.defect import Defect
from cleanse.draft import Context, Draft
from cleanse.edit import Finding
from cleanse.gate import Gate

Find = Callable[[Draft], Iterable[Finding]]


class Family(StrEnum):
    """The families of rules, in the order in which they run."""

    ENCODING = "encoding"
    MARKUP = "markup"
    PLACEHOLDERS = "placeholders"
    SPACING = "spacing"
    CREDITS = "credits"
    BOILERPLATE = "boilerplate"
    LAYOUT = "layout"


@dataclass(frozen=True, slots=True)
class Rule:
    """One small named thing that can be wrong with a text.

    Attributes:
        name: The function's name; what edits and policies call it.
        family: Its family; families run in order.
        gate: What a text must hold, an RE2 pattern or phrases; where it is closed, ``find`` finds nothing.
        find: Takes a :class:`~cleanse.draft.Draft`, yields findings.
        reason: One line: why such text is damage, and where it comes from.
        changes: Examples ``(before, after)``; they are tests, and what ``cleanse rules`` shows.
        leaves: Look-alikes that must not change.
        defect: What the rule reports for the article.
        version: Raised whenever the rule's results change.
        order: Rules of a family run in this order, then by name.
        when: For a rule that depends on more than the text: the contexts in which its gate is open for every text. Its
            ``gate`` is then not asked.
        sees: For such a rule, what text and context must look like for it to find anything: a cheap question, asked
            where ``when`` says yes.
        fills: Examples ``(text, column, value)`` of what is read without a change to the text; they are tests too.
    """

    name: str
    family: Family
    gate: Gate
    find: Find
    reason: str
    changes: tuple[tuple[str, str], ...]
    leaves: tuple[str, ...]
    defect: Defect
    version: int
    order: int
    when: Callable[[Context], bool] | None = None
    sees: Callable[[str, Context], bool] | None = None
    fills: tuple[tuple[str, str, object], ...] = ()


_registered: dict[str, Rule] = {}


def rule(
    *,
    family: Family,
    gate: Gate | str,
    reason: str,
    changes: Iterable[tuple[str, str]],
    leaves: Iterable[str],
    defect: Defect,
    version: int = 1,
    order: int = 50,
    when: Callable[[Context], bool] | None = None,
    sees: Callable[[str, Context], bool] | None = None,
    fills: Iterable[tuple[str, str, object]] = (),
) -> Callable[[Find], Find]:
    """Make a rule of the function below; see :class:`Rule` for what the arguments mean.

    Raises:
        ValueError: Another rule has this name, or there is no example or no look-alike.
    """

    def register(find: Find) -> Find:
        name = getattr(find, "__name__", "")
        made = Rule(
            name,
            family,
            Gate(gate) if isinstance(gate, str) else gate,
            find,
            reason,
            tuple(changes),
            tuple(leaves),
            defect,
            version,
            order,
            when,
            sees,
            tuple(fills),
        )
        other = _registered.get(name)
        if other is not None and other.find.__module__ != find.__module__:
            raise ValueError(
                f"two rules are called {name}: in {other.find.__module__} and in {find.__module__}"
            )
        if not ((made.changes or made.fills) and made.leaves) and when is None:
            raise ValueError(f"rule {name} needs an example that changes and a look-alike that must not")
        _registered[name] = made
        return find

    return register


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in running order."""
    package = importlib.import_module("cleanse.rules")
    # What is made here stays: to look for garbage in it again and again is a tenth of the time that it takes.
    collects = gc.isenabled()
    gc.disable()
    try:
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            importlib.import_module(module.name)
    finally:
        if collects:
            gc.enable()
    families = list(Family)
    return tuple(sorted(_registered.values(), key=lambda r: (families.index(r.family), r.order, r.name)))
