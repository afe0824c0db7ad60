"""The measure: exact, fast, and the same as the reference implementation's."""

from __future__ import annotations

import importlib.util
import random
import time
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference import read_jsonl

import cleanse
from cleanse.score import common, diff, distance, example, score, tokens

SEQUENCES = st.lists(st.sampled_from("abc"), max_size=12)


def common_by_definition(a: list[str], b: list[str]) -> int:
    @cache
    def longest(i: int, j: int) -> int:
        if i == len(a) or j == len(b):
            return 0
        if a[i] == b[j]:
            return 1 + longest(i + 1, j + 1)
        return max(longest(i + 1, j), longest(i, j + 1))

    return longest(0, 0)


@given(SEQUENCES, SEQUENCES)
def test_common_is_the_longest_common_subsequence(a: list[str], b: list[str]) -> None:
    assert common(a, b) == common_by_definition(a, b)
    assert distance(a, b) == len(a) + len(b) - 2 * common(a, b)


@given(SEQUENCES, SEQUENCES)
def test_diff_turns_one_into_the_other_at_the_least_cost(a: list[str], b: list[str]) -> None:
    runs = diff(a, b)
    assert [t for mark, run in runs if mark != "+" for t in run] == a
    assert [t for mark, run in runs if mark != "-" for t in run] == b
    assert sum(len(run) for mark, run in runs if mark != "=") == distance(a, b)
    assert all(run for _, run in runs)


def test_difference_too_large_to_lay_out_is_shown_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleanse.score._DIFF_BITS", 3)
    assert diff(list("xaby"), list("xbay")) == [
        ("=", ["x"]),
        ("-", ["a", "b"]),
        ("+", ["b", "a"]),
        ("=", ["y"]),
    ]


def test_long_texts_are_compared_fast() -> None:
    chance = random.Random(1)
    a = [str(chance.randrange(2_000)) for _ in range(20_000)]
    b = [token for token in a if chance.random() < 0.9]
    begun = time.process_time()
    assert common(a, b) == len(b)
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    ("a", "b", "equal"),
    [
        ("members .", "members.", False),
        ("X i", "Xi", False),
        ("one  two\n\nthree", "one two three", True),
        ("- one\n* two", "one\ntwo", True),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a b\n1 2", True),
        ("中文", "中 文", False),
        ("中文。", "中文", False),
    ],
)
def test_what_counts_in_a_comparison(a: str, b: str, equal: bool) -> None:
    assert (tokens(a) == tokens(b)) is equal


def test_figures_by_hand() -> None:
    half = example("half", "a b c d", "c d", "b c d")  # two tokens too many, one is left
    exact = example("exact", "a .", "a.", "a.")
    harm = example("harm", "a b c", "a b", "")  # counts -1, though the error was doubled
    control = example("control", "a b", "a b", "a b")
    touched = example("touched", "a b", "a b", "a")
    other = example("other", "a b", "a", "b", "b")
    assert [one.control for one in (half, exact, harm, control, touched, other)] == [False] * 3 + [
        True
    ] * 2 + [False]
    measured = score([half, exact, harm, control, touched, other])
    assert measured.articles == 6
    assert measured.error_reduction == round((0.5 + 1 - 1 + 1) / 4, 4)
    assert measured.pooled == round(1 - (1 + 0 + 2 + 0) / (2 + 2 + 1 + 1), 4)
    assert measured.exact == 0.5
    assert measured.untouched == 0.5
    assert measured.lost_per_10k == round(1e4 * 3 / (2 + 2 + 2 + 2 + 2 + 1), 4)


def test_nothing_to_measure_is_no_figure() -> None:
    measured = score([])
    assert measured.articles == 0
    assert measured.error_reduction is measured.pooled is measured.exact is measured.untouched is None


@pytest.fixture(scope="module")
def reference(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference_score", shared / "tools" / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_measure_is_the_references(reference: ModuleType, shared: Path) -> None:
    rows = read_jsonl(shared / "gold" / "dev.jsonl") + read_jsonl(shared / "gold" / "articles.jsonl")
    chance = random.Random(7)

    def mangled(row: dict) -> str:
        """Something between raw and gold, and sometimes worse than either."""
        words = (row["raw"] if chance.random() < 0.5 else row["gold"]).split(" ")
        return " ".join(word for word in words if chance.random() < 0.97)

    for became in (
        {row["id"]: cleanse.clean(row["raw"]).text for row in rows},
        {row["id"]: row["raw"] for row in rows},
        {row["id"]: row["gold"] for row in rows},
        {row["id"]: mangled(row) for row in rows},
    ):
        ours = score(example(r["id"], r["raw"], r["gold"], became[r["id"]], r.get("gold_alt")) for r in rows)
        theirs = reference.score(rows, became)
        for figure in ("articles", "error_reduction", "pooled", "exact", "untouched", "lost_per_10k"):
            assert getattr(ours, figure) == theirs[figure], figure
