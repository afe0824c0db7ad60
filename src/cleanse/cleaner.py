"""Runs the rules over one article: gate, find, decide, apply, until nothing more changes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from cleanse.article import Article
from cleanse.blocks import blocks
from cleanse.defect import Defect
from cleanse.draft import Context, Draft
from cleanse.edit import Edit, OffsetMap, apply, settle
from cleanse.gate import Gate, GateSet
from cleanse.learned import UNNAMED, LearnedBoilerplate, source_of
from cleanse.policy import DEFAULT, Policy
from cleanse.rule import Family, Rule, rules

if TYPE_CHECKING:
    from cleanse.column_gates import ColumnGates

# One rule's edits can open another's gate, so the rules run again over a text that they changed until they leave
# it alone: cleaning twice is cleaning once. Real text settles in the second round.
ROUNDS = 8

# To compile the gates of all rules takes 0.2 s, as long as some three articles take without any. So the first ones are
# cleaned so, if they are short (in code points): who cleans one article gets it sooner. What comes out is the same.
UNASKED = 2
SHORT = 20_000

_APART = {Family.CREDITS, Family.BOILERPLATE}  # families whose gates are vocabulary: see cleanse.gate

_MANY = {"topics"}  # columns that hold several values
_JOINED = {"rights"}  # columns whose texts are joined by a space


class Cleaner:
    """All rules with their gates, ready to clean any number of articles."""

    def __init__(self, of: Sequence[Rule], gates: Mapping[str, str] | None = None) -> None:
        """Make a cleaner; ``gates`` are those that a policy brings for rules with none of their own, by rule."""
        own = gates or {}
        self.rules = tuple(of)
        self.conditional = [
            (n, r.when, r.sees) for n, r in enumerate(self.rules) if r.when and r.name not in own
        ]
        self._patterns = [
            Gate(own[r.name], spans=True) if r.name in own else None if r.when else r.gate for r in self.rules
        ]
        self._gated = [n for n, r in enumerate(self.rules) if not r.when or r.name in own]
        self._ungated = frozenset(n for n, _, _ in self.conditional)
        self._cleaned = 0

    @cached_property
    def gates(self) -> GateSet:
        """The gates of the rules, compiled when they are first asked."""
        return GateSet(self._patterns, [r.family if r.family in _APART else "" for r in self.rules])

    @cached_property
    def column_gates(self) -> ColumnGates:
        """The same gates, asked for whole columns."""
        from cleanse.column_gates import (
            ColumnGates,
        )  # NumPy and Arrow cost 0.1 s, and one article needs neither

        return ColumnGates(self.gates)

    def open_in(self, text: str, context: Context) -> list[int]:
        """Give the numbers of the rules that ask no gate and could find something in ``text`` in this context."""
        return [
            n for n, when, sees in self.conditional if when(context) and (sees is None or sees(text, context))
        ]

    def open(self, text: str, context: Context) -> list[int]:
        """Give the numbers of the rules that could find something in ``text``, ascending."""
        opened = self._gated if self._is_early(text) else self.gates.open(text)
        return sorted({*opened, *self.open_in(text, context)})

    def _is_early(self, text: str) -> bool:
        return self._cleaned <= UNASKED and len(text) <= SHORT and "gates" not in self.__dict__

    def _reopen(
        self, text: str, gates: Sequence[int], edits: Sequence[Edit], rule: int, context: Context
    ) -> list[int]:
        """Give the numbers of the rules that could find something after ``edits`` of number ``rule``, ascending."""
        if self._is_early(text):
            return self.open(text, context)
        gated = [n for n in gates if n not in self._ungated]
        return sorted({*self.gates.reopen(text, gated, edits, rule), *self.open_in(text, context)})

    def clean(
        self,
        raw: str,
        context: Context,
        open_gates: Sequence[int] | None = None,
        with_blocks: bool = True,  # a switch of the batch's, by place as the others
    ) -> Article:
        """Clean ``raw``.

        Args:
            raw: The text as it was scraped.
            context: What is known beside the text.
            open_gates: The gates it opens, where the caller has asked already.
            with_blocks: Whether to give the article its blocks; the caller may do that for many at once.
        """
        columns: dict[str, Any] = {
            "title": context.title,
            "author": context.author,
            "published_on": context.published_on,
        }
        given = {name for name, value in columns.items() if value is not None}
        defects: set[str] = set()
        reviews: dict[str, None] = {}  # an ordered set
        edits: list[Edit] = []
        raw_places = OffsetMap()
        draft = Draft(raw, context, columns)
        if open_gates is None:
            self._cleaned += 1
        gates = self.open(raw, context) if open_gates is None else open_gates
        policy = context.policy
        state = 0  # counts the changes of text and columns, which are all that a rule's findings depend on
        done: dict[int, int] = {}  # by rule: the state in which it last ran and left the text alone
        for _ in range(ROUNDS):
            before = draft.text
            at = 0
            while at < len(gates):
                number = gates[at]
                at += 1
                rule = self.rules[number]
                if done.get(number) == state or not policy.allows(rule):
                    continue
                done[number] = state
                accepted = [f for f in rule.find(draft) if policy.accepts(rule, f)]
                if not accepted:
                    continue
                found = settle(draft.text, accepted)
                settled = set(map(id, found))
                for finding in accepted:
                    changes = draft.text[finding.start : finding.end] != finding.inserted
                    if changes and id(finding) not in settled:
                        continue  # it overlaps another one: what it says of its text is not true of the article
                    if finding.fills and _fill(columns, finding.fills, given):
                        state += 1
                    defect = rule.defect if finding.defect is None else finding.defect
                    if defect:
                        defects.add(defect)
                    if finding.review:
                        reviews[f"{rule.name}: {finding.evidence}"] = None
                if found:
                    text, made = apply(
                        draft.text,
                        found,
                        rule=rule.name,
                        version=rule.version,
                        family=rule.family,
                        raw=raw_places,
                    )
                    edits += made
                    draft = Draft(text, context, columns)
                    state += 1
                    gates = self._reopen(text, gates, made, number, context)
                    at = bisect_right(gates, number)
            if draft.text == before:
                break
        else:
            reviews[f"cleaner: the rules had not settled after {ROUNDS} rounds"] = None
        if not draft.text and not raw.isspace() and raw:
            reviews["cleaner: nothing of the text is left"] = None
        columns["topics"] = tuple(columns.get("topics", ()))
        return Article(
            text=draft.text,
            blocks=blocks(draft.text) if with_blocks else (),
            defects=tuple(d for d in Defect if d in defects),
            needs_review=bool(reviews),
            review_reasons=tuple(reviews),
            edits=tuple(edits),
            **columns,
        )


def _fill(columns: dict[str, Any], fills: tuple[tuple[str, Any], ...], given: set[str]) -> bool:
    """Fill columns, and say whether one of them changed."""
    changed = False
    for name, value in fills:
        if name in given:
            continue
        old = columns.get(name)
        if name in _MANY:
            columns[name] = list(dict.fromkeys([*(old or ()), *value]))
            changed |= columns[name] != (old or [])
        elif old is None:
            columns[name] = value
            changed = True
        elif name in _JOINED and f" {value} " not in f" {old} ":
            columns[name] = f"{old} {value}"
            changed = True
    return changed


def cleaner(gates: tuple[tuple[str, str], ...] = ()) -> Cleaner:
    """Give the cleaner with all rules, made once in a process for the gates that a policy brings.

    With ``policy.gates()`` only texts that hold something a policy lists reach the rules for it; without, all do.
    """
    return _cleaner(gates)


@lru_cache(maxsize=8)
def _cleaner(gates: tuple[tuple[str, str], ...]) -> Cleaner:
    return Cleaner(rules(), dict(gates))


def clean(
    raw: str,
    *,
    title: str | None = None,
    source: str | None = None,
    published_on: date | None = None,
    author: str | None = None,
    url: str | None = None,
    language: str | None = None,
    policy: Policy = DEFAULT,
    learned: Mapping[str, LearnedBoilerplate] | None = None,
) -> Article:
    """Clean one article.

    Args:
        raw: The text as it was scraped.
        title: The record's title. Rules use what the record says of itself to fill placeholders and to recognise
            repetitions; what is given is never overwritten.
        source: The site or feed it is from.
        published_on: The day it was published.
        author: Who wrote it.
        url: Where it was found.
        language: Its language, as a BCP 47 tag.
        policy: Which findings become edits.
        learned: Boilerplate that was learned, by source; see :func:`cleanse.approved`.

    Returns:
        The article; ``restore(article.text, article.edits) == raw``.
    """
    context = Context(
        policy=policy,
        title=title,
        source=source,
        published_on=published_on,
        author=author,
        url=url,
        language=language,
        learned=learned.get(source_of(source, url) or UNNAMED) if learned else None,
    )
    return cleaner(policy.gates()).clean(raw, context)
