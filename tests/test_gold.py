"""The reference articles come out as their gold says; everything can be undone, and cleaning twice is cleaning once."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference import read_jsonl

import cleanse
from cleanse.score import example, score

SAMPLES = read_jsonl(Path(__file__).parent / "cases" / "samples.jsonl")
FIELDS = (
    "title",
    "topics",
    "rights",
    "published_on",
    "dateline_place",
    "source_name",
    "source_url",
    "defects",
)


def whole(article: cleanse.Article) -> str:
    return f"{article.title}\n{article.text}" if article.title else article.text


def plain(value: Any) -> Any:
    return (
        value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
    )


def assert_undone_and_settled(raw: str) -> cleanse.Article:
    article = cleanse.clean(raw)
    assert cleanse.restore(article.text, article.edits) == raw
    again = cleanse.clean(article.text)
    assert again.text == article.text, [(e.rule, e.removed, e.inserted) for e in again.edits]
    return article


def test_the_five_articles(shared: Path) -> None:
    for row in read_jsonl(shared / "gold" / "articles.jsonl"):
        raw = (shared / "articles" / "raw" / f"{row['id']}.txt").read_bytes().decode()
        article = assert_undone_and_settled(raw)
        assert {name: plain(getattr(article, name)) for name in FIELDS} == {
            name: row[name] for name in FIELDS
        }
        figures = score([example(row["id"], raw, row["gold"], whole(article))])
        assert (figures.error_reduction, figures.exact) == (1.0, 1.0)


@pytest.mark.parametrize("row", SAMPLES, ids=lambda row: row["id"])
def test_samples(row: dict[str, Any]) -> None:
    given = {**row["given"]}
    if given.get("published_on"):
        given["published_on"] = date.fromisoformat(given["published_on"])
    article = cleanse.clean(row["raw"], **given)
    text = whole(article)
    assert [piece for piece in row["must_keep"] if piece not in text] == []
    assert [piece for piece in row["must_go"] if piece in text] == []
    assert {name: plain(getattr(article, name)) for name in row["fields"]} == row["fields"]
    assert article.needs_review == row.get("needs_review", False)
    assert cleanse.restore(article.text, article.edits) == row["raw"]


def test_excerpts(shared: Path) -> None:
    for row in read_jsonl(shared / "gold" / "dev.jsonl"):
        assert_undone_and_settled(row["raw"])


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_extracted_pages(shared: Path, part: int) -> None:
    """Every page of the sources, and of the four extractors' texts one in four: the same story four times is slow."""
    texts = []
    for name, every in (("sources.dev.jsonl.gz", 1), ("dev.text.jsonl.gz", 4)):
        with gzip.open(shared / "extracted" / name, "rt", encoding="utf8") as lines:
            texts += [json.loads(line)["text"] for line in lines][::every]
    for raw in texts[part::4]:
        assert_undone_and_settled(raw)


PIECES = st.sampled_from(
    [
        "The ferry was late",
        " , ",
        ". ",
        "READ MORE: ",
        "< strong > ",
        " li >",
        "[insert date]",
        "â€™",
        "\u200b",
        "о",
        "© 2024 X",
        "By Ann Lee",
        "  ",
        "“ ",
        "{{x}}",
        "&amp;",
        "- ",
        "Photo: ",
        "\ufffd",
        "12",
        "関連記事",
        "\ud800",
        "[b]",
        "Sign up for our newsletter",
        "Share",
        "Advertisement",
        "5 min read",
        "\n",
        "\n\n",
        "| a | b |",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=80) | st.lists(PIECES | st.text(max_size=6), max_size=14).map("".join))
def test_any_text(raw: str) -> None:
    assert_undone_and_settled(raw)
