"""What every rule promises, whoever wrote it: its own examples are the tests."""

from __future__ import annotations

import pytest

import cleanse
from cleanse.cleaner import cleaner
from cleanse.gate import GateSet
from cleanse.rule import Rule, rules

CHANGES = [pytest.param(r, a, b, id=f"{r.name}-{i}") for r in rules() for i, (a, b) in enumerate(r.changes)]
FILLS = [pytest.param(r, *of, id=f"{r.name}-{i}") for r in rules() for i, of in enumerate(r.fills)]
LEAVES = [pytest.param(r, a, id=f"{r.name}-{i}") for r in rules() for i, a in enumerate(r.leaves)]


@pytest.mark.parametrize(("rule", "before", "after"), CHANGES)
def test_example_changes(rule: Rule, before: str, after: str) -> None:
    article = cleanse.clean(before)
    assert article.text == after
    assert rule.name in {e.rule for e in article.edits}
    assert cleanse.restore(article.text, article.edits) == before
    assert cleanse.clean(article.text).edits == ()


@pytest.mark.parametrize(("rule", "text", "column", "value"), FILLS)
def test_example_fills_a_column(rule: Rule, text: str, column: str, value: object) -> None:
    article = cleanse.clean(text)
    assert article.text == text
    assert getattr(article, column) == value
    assert rule.defect in article.defects
    assert cleaner().rules.index(rule) in cleaner().gates.open(text)


@pytest.mark.parametrize(("rule", "text"), LEAVES)
def test_look_alike_survives(rule: Rule, text: str) -> None:
    article = cleanse.clean(text)
    assert article.text == text, article.edits


@pytest.mark.parametrize(("rule", "before", "after"), CHANGES)
def test_gate_is_open_on_the_example(rule: Rule, before: str, after: str) -> None:
    number = cleaner().rules.index(rule)
    texts = [before, *(cleanse.restore(cleanse.clean(before).text, cleanse.clean(before).edits[n:])
                       for n in range(len(cleanse.clean(before).edits)))]  # fmt: skip
    assert any(number in cleaner().gates.open(text) for text in texts)


def test_gates_are_re2() -> None:
    for rule in rules():
        GateSet([rule.gate])


def test_examples_hold_line_breaks_and_no_backslashes_for_them() -> None:
    for rule in rules():
        texts = [*(text for pair in rule.changes for text in pair), *rule.leaves]
        assert rule.name == "string_escape" or not any("\\n" in text for text in texts), rule.name
