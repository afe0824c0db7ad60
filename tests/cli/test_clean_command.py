"""``cleanse clean`` and ``cleanse restore``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleanse.article import Article
from cleanse.cleaner import clean
from cleanse.edit import Edit

RAW = "The talks in Hanoi ended on Friday , he said .\r\n\r\nNo more was said ."


def test_clean_writes_the_clean_text_and_nothing_else(cleanse) -> None:
    result = cleanse("clean", "-", stdin=RAW.encode())
    assert (result.code, result.out, result.err) == (0, clean(RAW).text, "")


def test_clean_keeps_a_clean_text_to_the_byte(cleanse) -> None:
    text = "Line one.\r\nLine two, with é, 中文 and 🙂.\n\n"
    assert cleanse("clean", "-", stdin=text.encode()).out == clean(text).text


def test_json_has_every_field_of_the_article_and_of_its_edits(cleanse, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(RAW.encode())
    row = json.loads(cleanse("clean", "--json", "--published-on", "2024-03-05", file).out)
    assert list(row) == ["file", *Article.__dataclass_fields__]
    assert row["published_on"] == "2024-03-05"
    assert row["edits"] and list(row["edits"][0]) == list(Edit._fields)


def test_several_files_are_a_line_each_and_can_be_restored(cleanse, tmp_path: Path) -> None:
    texts = {"a.txt": RAW, "b.txt": "Fine.\n", "c.txt": ""}
    files = [tmp_path / name for name in texts]
    for file in files:
        file.write_bytes(texts[file.name].encode())
    cleaned = cleanse("clean", "--json", *files).out
    assert [json.loads(line)["file"] for line in cleaned.splitlines()] == [str(f) for f in files]
    restored = cleanse("restore", "--json", "-", stdin=cleaned.encode()).out
    assert [json.loads(line)["raw"] for line in restored.splitlines()] == list(texts.values())
    assert cleanse("restore", "-", stdin=cleaned.encode()).code == 2


def test_restore_gives_the_raw_text_to_the_byte(cleanse) -> None:
    cleaned = cleanse("clean", "--json", "-", stdin=RAW.encode()).out
    assert cleanse("restore", "-", stdin=cleaned.encode()).out == RAW


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 1: this is no JSON"),
        ("[]", "line 1: this is JSON, but not an object"),
        ('{"text": "a"}', "line 1: this is no article with its edits"),
        ('{"text": "a", "edits": [7]}', "line 1: this is no article with its edits"),
        (
            '{"text": "a", "edits": [{"start": 5, "removed": "x", "inserted": ""}]}',
            "not the edits of this text",
        ),
    ],
)
def test_restore_refuses_what_does_not_fit(cleanse, line: str, said: str) -> None:
    result = cleanse("restore", "-", stdin=line.encode())
    assert (result.code, result.out) == (1, "")
    assert said in result.err
    assert result.err.count("\n") == 1


@pytest.mark.parametrize("name", ["a.jsonl", "a.parquet", "a.csv", "a.txt.gz"])
def test_files_of_many_articles_are_sent_to_run(cleanse, tmp_path: Path, name: str) -> None:
    result = cleanse("clean", tmp_path / name)
    assert result.code == 1
    assert "`cleanse run` cleans datasets" in result.err


def test_title_fills_its_column(cleanse) -> None:
    row = json.loads(cleanse("clean", "--json", "--title", "Talks end", "-", stdin=b"They ended.").out)
    assert row["title"] == "Talks end"
