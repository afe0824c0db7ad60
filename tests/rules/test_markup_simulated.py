"""Simulated damage: how much of it is undone."""

from __future__ import annotations

import dataclasses
import difflib
import re

import pytest
from simulated_markup import Rates, own_page

from cleanse.cleaner import Cleaner
from cleanse.draft import Context
from cleanse.policy import DEFAULT
from cleanse.rule import Family, rules

CLEANER = Cleaner([rule for rule in rules() if rule.family in (Family.MARKUP, Family.SPACING)])
TOKEN = re.compile(r" ?(?:\w+|[^\w\s|])")
WHOLE = Rates(headless_end=0.0, attributes=0.0, on_one_line=0.0, damaged=1.0)
KINDS = {
    "spaced": (WHOLE, 0.99),
    "ends beheaded": (dataclasses.replace(WHOLE, headless_end=0.8), 0.98),
    "beginnings beheaded": (dataclasses.replace(WHOLE, headless_end=0.5, headless_start=0.4), 0.97),
    "tailless": (dataclasses.replace(WHOLE, headless_end=0.5, tailless=0.2), 0.97),
    "lost": (dataclasses.replace(WHOLE, headless_end=0.6, lost=0.25), 0.97),
    "glued": (dataclasses.replace(WHOLE, headless_end=0.6, glued=0.5), 0.98),
    "on one line": (dataclasses.replace(WHOLE, headless_end=0.6, on_one_line=1.0), 0.97),
    "with attributes": (dataclasses.replace(WHOLE, headless_end=0.6, attributes=0.7), 0.98),
    "escaped": (dataclasses.replace(WHOLE, headless_end=0.6, escaped=1.0), 0.97),
    "as written": (dataclasses.replace(WHOLE, padded=0.0), 0.99),
    "drawn": (None, 0.95),
}


def tokens(text: str) -> list[str]:
    text = re.sub(r"(?m)^\s*[|:\- \t]{3,}\s*$|^[ \t]*[-*•][ \t]+", "", text).replace("|", " ")
    return TOKEN.findall(" " + " ".join(text.split()))


def distance(a: str, b: str) -> int:
    matcher = difflib.SequenceMatcher(None, tokens(a), tokens(b), autojunk=False)
    return sum((i2 - i1) + (j2 - j1) for op, i1, i2, j1, j2 in matcher.get_opcodes() if op != "equal")


@pytest.mark.parametrize("kind", KINDS)
def test_error_reduction(kind: str) -> None:
    rates, bar = KINDS[kind]
    reductions = []
    for seed in range(12):
        raw, gold = own_page(seed, rates)
        if before := distance(raw, gold):
            reductions.append(1 - distance(CLEANER.clean(raw, Context(DEFAULT)).text, gold) / before)
    assert sum(reductions) / len(reductions) >= bar, [round(r, 3) for r in reductions]
