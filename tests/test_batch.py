"""A batch gives what cleaning one by one gives."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cleanse
from cleanse.batch import clean_batch
from cleanse.block_column import block_column, paragraph_column
from cleanse.blocks import blocks
from cleanse.cleaner import Cleaner
from cleanse.datasets import ARTICLES, EDITS, RECORDS, REJECTED
from cleanse.draft import Context
from cleanse.policy import DEFAULT
from cleanse.rule import rules

TEXTS = st.text(
    st.characters(codec="utf-8") | st.sampled_from(list("\n\r\t |-•a1. ,<>\u2028\x85\x1c")), max_size=60
)


def records(texts: list[str], **columns: Any) -> pa.Table:
    rows = [
        {"id": str(n), "text": text, "origin_file": "made", "origin_index": n} for n, text in enumerate(texts)
    ]
    return pa.Table.from_pylist(
        [r | {k: v[n] for k, v in columns.items()} for n, r in enumerate(rows)], schema=RECORDS
    )


def context(facts: Any) -> Context:
    return Context(policy=DEFAULT, **facts)


@settings(max_examples=300, deadline=None)
@given(st.lists(TEXTS, max_size=6))
def test_blocks_of_a_column_are_those_of_each_text(texts: list[str]) -> None:
    column = block_column(pa.array(texts, pa.string()))
    expected = [
        [
            {"kind": b.kind, "start": b.start, "end": b.end, "rows": [list(r) for r in b.rows]}
            for b in blocks(t)
        ]
        for t in texts
    ]
    assert column.to_pylist() == expected
    column.validate(full=True)


def test_blank_means_the_same_to_arrow_and_python() -> None:
    points = [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000 and c not in (10, 13)]
    found = paragraph_column(pa.array(points))
    assert [len(b) == 0 for b in found.to_pylist()] == [c.isspace() for c in points]


@settings(max_examples=200, deadline=None)
@given(st.lists(TEXTS, max_size=6))
def test_batch_equals_one_by_one(texts: list[str]) -> None:
    cleaned = clean_batch(records(texts), context)
    assert (cleaned.articles.schema, cleaned.edits.schema, cleaned.rejected.schema) == (
        ARTICLES,
        EDITS,
        REJECTED,
    )
    logs: dict[str, list[dict[str, Any]]] = {}
    for edit in cleaned.edits.to_pylist():
        logs.setdefault(edit["article_id"], []).append(edit)
    for text, article in zip(texts, cleaned.articles.to_pylist(), strict=True):
        alone = cleanse.clean(text)
        for column in ("text", "title", "published_on", "rights", "needs_review"):
            assert article[column] == getattr(alone, column)
        assert (tuple(article["topics"]), tuple(article["defects"])) == (alone.topics, alone.defects)
        assert article["edit_count"] == len(alone.edits)
        assert cleanse.restore(article["text"], logs.get(article["id"], [])) == text


def test_a_batch_knows_titles_as_one_article_does() -> None:
    title = "Harbour Gets a New Crane"
    story = "The crane came by sea on Monday, in six parts, and all of the town was on the quay."
    texts = [
        f"{title}\n{story}",
        f"{story}\n\n{story}\n{title}",
        f"HARBOUR gets a new crane!\n\n{story}",
        story,
    ]
    cleaned = clean_batch(records(texts, title=[title] * len(texts)), context)
    alone = [cleanse.clean(text, title=title).text for text in texts]
    assert cleaned.articles["text"].to_pylist() == alone
    assert [text != raw for text, raw in zip(alone, texts, strict=True)] == [True, True, True, False]


def test_a_record_that_fails_is_rejected_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Cleaner(rules())
    clean = broken.clean

    def fail(raw: str, *rest: Any) -> Any:
        if "poison" in raw:
            raise ZeroDivisionError("made to fail")
        return clean(raw, *rest)

    monkeypatch.setattr(broken, "clean", fail)
    texts = ["One , two .", "poison , here .", "Clean text."]
    cleaned = clean_batch(records(texts, author=["Ana", "Bo", None]), context, using=broken)
    assert cleaned.articles["text"].to_pylist() == ["One, two.", "Clean text."]
    (rejected,) = cleaned.rejected.to_pylist()
    assert rejected["raw"] == b"poison , here ."
    assert json.loads(rejected["fields"]) == {"id": "1", "author": "Bo"}
    (reason,) = rejected["reasons"]
    assert (reason["stage"], reason["check"]) == ("clean", "rule_error")
    assert "made to fail" in reason["message"]


def test_a_record_that_takes_too_long_is_rejected_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Cleaner(rules())
    clean = slow.clean

    def stall(raw: str, *rest: Any) -> Any:
        while "slow" in raw:
            pass
        return clean(raw, *rest)

    monkeypatch.setattr(slow, "clean", stall)
    cleaned = clean_batch(records(["A slow , one .", "A fast , one ."]), context, using=slow, seconds=0.1)
    assert cleaned.articles["text"].to_pylist() == ["A fast, one."]
    assert cleaned.rejected["reasons"].to_pylist()[0][0]["check"] == "time_limit"


def test_real_pages(shared: Path) -> None:
    with gzip.open(shared / "extracted" / "sources.dev.jsonl.gz", "rt", encoding="utf8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    cleaned = clean_batch(records(texts), context)
    assert cleaned.articles.num_rows + cleaned.rejected.num_rows == len(texts)
    assert cleaned.rejected.num_rows == 0
