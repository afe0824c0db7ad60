"""``cleanse rules``."""

from __future__ import annotations

import json

import pytest

from cleanse.rule import Rule, rules


def test_every_rule_is_listed_with_its_reason(cleanse) -> None:
    out = cleanse("rules").out
    for rule in rules():
        assert f"  {rule.name}  {rule.reason}\n" in out


def test_family(cleanse) -> None:
    rows = [json.loads(line) for line in cleanse("rules", "--family", "spacing", "--json").out.splitlines()]
    assert [row["name"] for row in rows] == [r.name for r in rules() if r.family == "spacing"]
    assert cleanse("rules", "--family", "spaces").code == 2


@pytest.mark.parametrize("rule", rules(), ids=lambda r: r.name)
def test_name_shows_all_about_a_rule(cleanse, rule: Rule) -> None:
    result = cleanse("rules", rule.name)
    assert result.code == 0
    for part in (
        rule.name,
        rule.reason,
        f"version {rule.version}",
        rule.defect,
        "changes",
        "leaves alone",
        "gate",
    ):
        assert part in result.out
    assert result.out.count("\n      - ") == result.out.count("\n      + ") == len(rule.changes)
    (row,) = [json.loads(line) for line in cleanse("rules", rule.name, "--json").out.splitlines()]
    assert row["gate"] == str(rule.gate)
    assert row["leaves"] == list(rule.leaves)


def test_part_of_a_name_finds_what_resembles_it(cleanse) -> None:
    names = [r.name for r in rules() if "space" in r.name]
    rows = [json.loads(line)["name"] for line in cleanse("rules", "space", "--json").out.splitlines()]
    assert rows == names


def test_typo_gets_a_hint(cleanse) -> None:
    name = rules()[0].name
    result = cleanse("rules", name[:-1] + "q" + name[-1])
    assert result.code == 2
    assert f"did you mean {name}" in result.err
