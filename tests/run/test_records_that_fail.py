"""A record that fails is rejected alone, whatever about it fails; its neighbours are cleaned."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest

from cleanse.article import Article
from cleanse.batch import CleanedBatch, clean_batch
from cleanse.cleaner import Cleaner
from cleanse.datasets import RECORDS
from cleanse.draft import Context
from cleanse.policy import DEFAULT
from cleanse.rule import rules

TEXTS = ["One , two .", "poison , here .", "Clean text."]


def cleaned(monkeypatch: pytest.MonkeyPatch, spoil: Any) -> CleanedBatch:
    using = Cleaner(rules())
    original = using.clean

    def clean(raw: str, *rest: Any) -> Article:
        article = original(raw, *rest)
        return spoil(article) if "poison" in raw else article

    monkeypatch.setattr(using, "clean", clean)
    rows = [{"id": str(n), "text": t, "origin_file": "made", "origin_index": n} for n, t in enumerate(TEXTS)]
    records = pa.Table.from_pylist(rows, schema=RECORDS)
    return clean_batch(records, lambda facts: Context(policy=DEFAULT, **facts), using=using)


def fail(error: BaseException) -> Any:
    def spoil(article: Article) -> Article:
        raise error

    return spoil


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (fail(RecursionError("too deep")), "RecursionError: too deep"),
        (fail(MemoryError()), "MemoryError"),
        (fail(ValueError("x" * 100_000)), "x" * 500 + " (in"),
        (fail(KeyError("\ud800")), r"\ud800"),
        (lambda a: replace(a, title="\ud800"), "surrogates not allowed"),
        (lambda a: replace(a, topics=("\ud800",)), "surrogates not allowed"),
        (lambda a: replace(a, rights=7), ""),
        (lambda a: replace(a, text=a.text[1:]), "edit"),
    ],
)
def test_a_record_that_fails_is_rejected_alone(
    monkeypatch: pytest.MonkeyPatch, spoil: Any, message: str
) -> None:
    batch = cleaned(monkeypatch, spoil)
    assert batch.articles["text"].to_pylist() == ["One, two.", "Clean text."]
    assert set(batch.edits["article_id"].to_pylist()) == {"0"}
    (rejected,) = batch.rejected.to_pylist()
    assert rejected["raw"] == b"poison , here ."
    (reason,) = rejected["reasons"]
    assert (reason["stage"], reason["check"]) == ("clean", "rule_error")
    assert message in reason["message"] and len(reason["message"]) < 1000
