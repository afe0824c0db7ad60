"""Runs the rules over one article: gate, find, decide, apply, until nothing more changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from cleanse.article import Article
from cleanse.blocks import blocks
from cleanse.defect import Defect
from cleanse.draft import Context, Draft
from cleanse.edit import Edit, OffsetMap, apply, settle
from cleanse.gate import GateSet
from cleanse.learned import UNNAMED, LearnedBoilerplate, source_of
from cleanse.policy import DEFAULT, Policy
from cleanse.rule import Rule, rules

# One rule's edits can open another's gate, so the rules run again over a text that they changed until they leave
# it alone: cleaning twice is cleaning once. Real text settles in the second round.
ROUNDS = 8

# To compile the gates of all rules takes 0.2 s, as long as some three articles take without any. So the first ones are
# cleaned so, if they are short (in code points): who cleans one article gets it sooner. What comes out is the same.
UNASKED = 2
SHORT = 20_000

_CLOSED = r"[^\x{0}-\x{10ffff}]"  # matches nothing

_MANY = {"topics"}  # columns that hold several values
_JOINED = {"rights"}  # columns whose texts are joined by a space


class Cleaner:
    """All rules with their gates, ready to clean any number of articles."""

    def __init__(self, of: Sequence[Rule], gates: Mapping[str, str] | None = None) -> None:
        """Make a cleaner; ``gates`` are those that a policy brings for rules with none of their own, by rule."""
        own = gates or {}
        self.rules = tuple(of)
        self.conditional = [(n, r.when) for n, r in enumerate(self.rules) if r.when and r.name not in own]
        self._patterns = [own.get(r.name, _CLOSED if r.when else r.gate) for r in self.rules]
        self._gated = [n for n, r in enumerate(self.rules) if not r.when or r.name in own]
        self._cleaned = 0

    @cached_property
    def gates(self) -> GateSet:
        """The gates of the rules, compiled when they are first asked."""
        return GateSet(self._patterns)

    def always_open(self, context: Context) -> list[int]:
        """Give the numbers of the rules that ask no gate in this context."""
        return [n for n, when in self.conditional if when(context)]

    def open(self, text: str, always: Sequence[int] = ()) -> list[int]:
        """Give the numbers of the rules that could find something in ``text``, ascending."""
        if self._cleaned <= UNASKED and len(text) <= SHORT and "gates" not in self.__dict__:
            return sorted({*self._gated, *always})
        return sorted({*self.gates.open(text), *always}) if always else self.gates.open(text)

    def clean(self, raw: str, context: Context, open_gates: Sequence[int] | None = None) -> Article:
        """Clean ``raw``; ``open_gates`` are the gates it opens, where the caller has asked already."""
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
        always = self.always_open(context)
        if open_gates is None:
            self._cleaned += 1
        gates = self.open(raw, always) if open_gates is None else open_gates
        for _ in range(ROUNDS):
            before = draft.text
            position = 0  # the next rule to run
            while True:
                number = next((g for g in gates if g >= position), None)
                if number is None:
                    break
                position = number + 1
                rule = self.rules[number]
                if not context.policy.allows(rule):
                    continue
                accepted = [f for f in rule.find(draft) if context.policy.accepts(rule, f)]
                if not accepted:
                    continue
                for finding in accepted:
                    _fill(columns, finding.fills, given)
                    defect = rule.defect if finding.defect is None else finding.defect
                    if defect:
                        defects.add(defect)
                    if finding.review:
                        reviews[f"{rule.name}: {finding.evidence}"] = None
                found = settle(draft.text, accepted)
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
                    gates = self.open(text, always)
            if draft.text == before:
                break
        else:
            reviews[f"cleaner: the rules had not settled after {ROUNDS} rounds"] = None
        columns["topics"] = tuple(columns.get("topics", ()))
        return Article(
            text=draft.text,
            blocks=blocks(draft.text),
            defects=tuple(d for d in Defect if d in defects),
            needs_review=bool(reviews),
            review_reasons=tuple(reviews),
            edits=tuple(edits),
            **columns,
        )


def _fill(columns: dict[str, Any], fills: tuple[tuple[str, Any], ...], given: set[str]) -> None:
    for name, value in fills:
        if name in given:
            continue
        old = columns.get(name)
        if name in _MANY:
            columns[name] = [*(old or ()), *(v for v in value if v not in (old or ()))]
        elif old is None:
            columns[name] = value
        elif name in _JOINED and value not in old:
            columns[name] = f"{old} {value}"


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
