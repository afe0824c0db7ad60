"""Each check fails for the row that breaks it, and for that row alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from contract_rows import table

from schemas import CONTRACTS
from schemas.validation import PanderaContracts

CONTRACT = PanderaContracts()
DAY = date(2024, 6, 1)


def block(kind="paragraph", start=0, end=15, rows=()):
    return {"kind": kind, "start": start, "end": end, "rows": [list(row) for row in rows]}


def reason(stage="read", check="utf8", column=None, value=None, message="is no UTF-8"):
    return {"stage": stage, "check": check, "column": column, "value": value, "message": message}


# dataset, what the bad row has, the one reason that is given: column and check
FAILS = [
    ("articles", {"id": ""}, "id", "not_blank"),
    ("articles", {"id": "\u2003"}, "id", "not_blank"),
    ("articles", {"id": None}, "id", "not_null"),
    ("articles", {"id": "a\x1b[2J"}, "id", "no_controls"),
    ("articles", {"id": "a\n1"}, "id", "no_controls"),
    ("articles", {"id": "a\x85"}, "id", "no_controls"),
    ("articles", {"title": ""}, "title", "not_blank"),
    ("articles", {"text": " \n", "blocks": [], "edit_count": 0, "raw_length": 2}, "text", "not_blank"),
    ("articles", {"blocks": None}, "blocks", "not_null"),
    ("articles", {"blocks": [None]}, "blocks", "complete"),
    (
        "articles",
        {"blocks": [block("list", rows=[["red"]]) | {"rows": [["red"], None]}]},
        "blocks",
        "complete",
    ),
    ("articles", {"blocks": [block("list") | {"rows": [[None]]}]}, "blocks", "complete"),
    ("articles", {"blocks": [block("heading", rows=[["red"]])]}, "blocks", "kind"),
    ("articles", {"blocks": [block(start=4, end=4)]}, "blocks", "not_empty"),
    ("articles", {"blocks": [block(end=30)]}, "blocks", "within_text"),
    ("articles", {"blocks": [block(start=-1)]}, "blocks", "within_text"),
    ("articles", {"blocks": [block(), block(start=14, end=20)]}, "blocks", "in_order"),
    ("articles", {"blocks": [block(start=16, end=20), block()]}, "blocks", "in_order"),
    ("articles", {"blocks": [block("table")]}, "blocks", "rows"),
    ("articles", {"blocks": [block(rows=[["red"]])]}, "blocks", "rows"),
    ("articles", {"language": "en\x1b[2J"}, "language", "no_controls"),
    ("articles", {"language": ""}, "language", "not_blank"),
    ("articles", {"author": "\t"}, "author", "not_blank"),
    ("articles", {"published_on": date(1599, 12, 31)}, "published_on", "plausible_date"),
    ("articles", {"published_on": DAY + timedelta(days=2)}, "published_on", "plausible_date"),
    ("articles", {"dateline_place": ""}, "dateline_place", "not_blank"),
    ("articles", {"source": ""}, "source", "not_blank"),
    ("articles", {"url": "https://harbour.example/\nlamp"}, "url", "no_controls"),
    ("articles", {"url": " "}, "url", "not_blank"),
    ("articles", {"source_name": ""}, "source_name", "not_blank"),
    ("articles", {"source_url": "//post.example"}, "source_url", "has_scheme"),
    ("articles", {"agency": ""}, "agency", "not_blank"),
    ("articles", {"topics": [None]}, "topics", "complete"),
    ("articles", {"topics": ["Sea", ""]}, "topics", "each_not_blank"),
    ("articles", {"rights": ""}, "rights", "not_blank"),
    ("articles", {"licence": "some rights reserved"}, "licence", "licence"),
    ("articles", {"licence": "https://creativecommons.org.evil.example/x"}, "licence", "licence"),
    ("articles", {"defects": ["mojibake", "rust"]}, "defects", "each_one_of"),
    ("articles", {"defects": ["mojibake", "mojibake"]}, "defects", "each_different"),
    ("articles", {"needs_review": False}, "needs_review", "has_reasons"),
    ("articles", {"review_reasons": ["a name is missing", ""]}, "review_reasons", "each_not_blank"),
    ("articles", {"edit_count": -1, "raw_length": 29}, "edit_count", "at_least"),
    ("articles", {"raw_length": -1}, "raw_length", "at_least"),
    ("articles", {"edit_count": 0}, "raw_length", "same_if_unedited"),
    ("articles", {"extra": "[1]"}, "extra", "json_object"),
    ("articles", {"origin_file": ""}, "origin_file", "not_blank"),
    ("articles", {"origin_index": -1}, "origin_index", "at_least"),
    ("articles", {"origin_index": 0}, "origin_index", "distinct"),
    ("articles", {"origin_offset": -1}, "origin_offset", "at_least"),
    ("articles", {"origin_line": 0}, "origin_line", "at_least"),
    ("edits", {"article_id": ""}, "article_id", "not_blank"),
    ("edits", {"article_id": "a\x00"}, "article_id", "no_controls"),
    ("edits", {"origin_file": ""}, "origin_file", "not_blank"),
    ("edits", {"origin_index": -1}, "origin_index", "at_least"),
    ("edits", {"number": -1}, "number", "at_least"),
    ("edits", {"number": 0}, "number", "distinct"),
    ("edits", {"rule": ""}, "rule", "not_blank"),
    ("edits", {"rule": "a\x1b"}, "rule", "no_controls"),
    ("edits", {"rule_version": 0}, "rule_version", "at_least"),
    ("edits", {"family": "spelling"}, "family", "one_of"),
    ("edits", {"start": -1, "end": 1}, "start", "at_least"),
    ("edits", {"removed": " e\u0301"}, "removed", "length"),
    ("edits", {"removed": "", "inserted": ".", "end": 4}, "removed", "length"),
    ("edits", {"inserted": " é"}, "inserted", "changes"),
    ("edits", {"raw_start": -1}, "raw_start", "at_least"),
    ("edits", {"raw_end": 2}, "raw_end", "from_start"),
    ("edits", {"score": 1.01}, "score", "fraction"),
    ("edits", {"score": -0.01}, "score", "fraction"),
    ("edits", {"evidence": None}, "evidence", "not_null"),
    ("rejected", {"raw": None}, "raw", "not_null"),
    ("rejected", {"fields": "title"}, "fields", "json_object"),
    ("rejected", {"reasons": []}, "reasons", "not_empty"),
    ("rejected", {"reasons": [reason(), reason(message="")]}, "reasons", "complete"),
    ("rejected", {"reasons": [reason(check=None)]}, "reasons", "complete"),
    ("rejected", {"reasons": [reason(stage="lunch")]}, "reasons", "stage"),
    ("rejected", {"reasons": [reason(stage="contract")]}, "reasons", "column"),
    ("rejected", {"origin_file": " "}, "origin_file", "not_blank"),
    ("rejected", {"origin_index": -1}, "origin_index", "at_least"),
    ("rejected", {"origin_index": 0}, "origin_index", "distinct"),
    ("rejected", {"origin_offset": -1}, "origin_offset", "at_least"),
    ("rejected", {"origin_line": 0}, "origin_line", "at_least"),
    ("boilerplate", {"pattern_id": "lamp"}, "pattern_id", "hex"),
    ("boilerplate", {"pattern_id": f"{0:016x}"}, "pattern_id", "distinct"),
    ("boilerplate", {"source": ""}, "source", "not_blank"),
    ("boilerplate", {"source": "a\x1b"}, "source", "no_controls"),
    ("boilerplate", {"pattern": ""}, "pattern", "not_blank"),
    ("boilerplate", {"pattern": "read all # stories 0"}, "pattern", "distinct"),
    ("boilerplate", {"example_text": ""}, "example_text", "not_blank"),
    ("boilerplate", {"share": 0.5}, "share", "quotient"),
    ("boilerplate", {"first_seen": date(1500, 1, 1)}, "first_seen", "plausible_date"),
    ("boilerplate", {"last_seen": DAY + timedelta(days=9)}, "last_seen", "plausible_date"),
    ("boilerplate", {"last_seen": date(2023, 12, 31)}, "last_seen", "from_first"),
    ("boilerplate", {"usual_position": "left"}, "usual_position", "one_of"),
    ("boilerplate", {"articles_at_position": 0}, "articles_at_position", "at_least"),
    ("boilerplate", {"articles_at_position": 42}, "articles_at_position", "of_seen"),
    ("boilerplate", {"usually_after": ""}, "usually_after", "not_blank"),
    ("boilerplate", {"usually_before": ""}, "usually_before", "not_blank"),
    ("boilerplate", {"article_ids": []}, "article_ids", "not_empty"),
    ("boilerplate", {"article_ids": ["a", None]}, "article_ids", "complete"),
    ("boilerplate", {"article_ids": ["a", "a"]}, "article_ids", "each_different"),
    ("boilerplate", {"removed_where": "left"}, "removed_where", "one_of"),
    ("boilerplate", {"score": 2.0}, "score", "fraction"),
    ("boilerplate", {"status": "liked"}, "status", "one_of"),
    ("boilerplate", {"status": "proposed"}, "status", "decided"),
    ("boilerplate", {"decided_by": None}, "status", "decided"),
    ("boilerplate", {"decided_by": ""}, "decided_by", "not_blank"),
]

# dataset, what the row has, why it is good
PASSES = [
    ("articles", {"text": "", "blocks": []}, "all of it was boilerplate, and the edits hold it"),
    ("articles", {"id": "../../etc/passwd"}, "an id is no path, whatever it looks like"),
    ("articles", {"id": "مقال‌۱"}, "a joiner is no control character"),
    (
        "articles",
        {"title": None, "language": None, "url": None, "published_on": None},
        "not every record says it",
    ),
    ("articles", {"published_on": date(1600, 1, 1)}, "the bound itself"),
    ("articles", {"published_on": DAY + timedelta(days=1)}, "it is tomorrow in Auckland"),
    ("articles", {"language": "zh-Hant-TW"}, "script and region"),
    ("articles", {"language": "x-klingon"}, "a private tag"),
    ("articles", {"url": "www.harbour.example/lamp"}, "no scheme: the feed's way of writing"),
    ("articles", {"language": "English"}, "no tag: the feed's way of writing"),
    ("articles", {"licence": "https://creativecommons.org/licenses/by-sa/3.0/igo/"}, "what has no SPDX id"),
    ("articles", {"licence": "GPL-2.0+"}, "or later"),
    (
        "articles",
        {"topics": [], "defects": [], "needs_review": False, "review_reasons": []},
        "nothing to list",
    ),
    ("articles", {"edit_count": 0, "raw_length": 29}, "a clean article"),
    ("articles", {"text": "😀" * 15, "blocks": [block()]}, "offsets are code points, not bytes"),
    ("articles", {"blocks": [block(end=15), block(start=15, end=20)]}, "blocks may touch"),
    ("articles", {"origin_offset": None, "origin_line": None}, "a format without lines"),
    ("edits", {"start": 0, "end": 0, "removed": "", "inserted": "."}, "an insertion"),
    ("edits", {"score": 0.0}, "the bound itself"),
    ("edits", {"score": 1.0}, "the bound itself"),
    ("edits", {"removed": "😀é"}, "lengths are code points"),
    ("rejected", {"raw": b""}, "an empty file"),
    ("rejected", {"id": ""}, "an empty id may be why it is here"),
    ("boilerplate", {"first_seen": None, "last_seen": None}, "no article is dated"),
    ("boilerplate", {"status": "proposed", "decided_by": None}, "nobody has decided"),
]


@pytest.mark.parametrize(("dataset", "bad", "column", "check"), FAILS)
def test_check_fails_for_its_row_alone(dataset, bad, column, check):
    found = CONTRACT.failures(dataset, table(dataset, {}, {}, bad, {}), today=DAY)
    assert {row: [(r.column, r.check) for r in reasons] for row, reasons in found.rows.items()} == {
        2: [(column, check)]
    }
    assert found.rows[2][0].message.startswith(f"{column}: ")


@pytest.mark.parametrize(("dataset", "good", "why"), PASSES)
def test_row_passes(dataset, good, why):
    assert not CONTRACT.failures(dataset, table(dataset, {}, good, {}), today=DAY), why


def test_every_check_has_a_row_that_fails_it():
    shown = {(dataset, column, check) for dataset, _, column, check in FAILS}
    for dataset, model in CONTRACTS.items():
        for name, column in model.to_schema().columns.items():
            for check in column.checks:
                assert (dataset, name, check.name) in shown | IMPLIED, f"{dataset}.{name}: {check.name}"


# Checks whose failing rows fail others too; the next test has them.
IMPLIED = {
    ("articles", "review_reasons", "complete"),
    ("articles", "defects", "complete"),
    ("edits", "end", "from_start"),
    ("boilerplate", "articles_seen", "at_least"),
    ("boilerplate", "articles_of_source", "at_least_seen"),
    ("boilerplate", "share", "fraction"),
    ("boilerplate", "article_ids", "each_not_blank"),
}
TOGETHER = [
    ("articles", {"defects": [None]}, {("defects", "complete")}),
    ("articles", {"review_reasons": [None]}, {("review_reasons", "complete")}),
    ("edits", {"end": 2}, {("end", "from_start"), ("removed", "length")}),
    (
        "boilerplate",
        {"articles_seen": 0, "share": 0.0, "articles_at_position": 0},
        {("articles_seen", "at_least"), ("articles_at_position", "at_least")},
    ),
    (
        "boilerplate",
        {"articles_of_source": 40, "share": 1.0},
        {("articles_of_source", "at_least_seen"), ("share", "quotient")},
    ),
    ("boilerplate", {"share": 1.5}, {("share", "fraction"), ("share", "quotient")}),
    (
        "boilerplate",
        {"share": float("nan")},
        {("share", "not_null"), ("share", "fraction"), ("share", "quotient")},
    ),
    ("boilerplate", {"article_ids": [""]}, {("article_ids", "each_not_blank")}),
    ("edits", {"score": float("nan")}, {("score", "not_null"), ("score", "fraction")}),
    (
        "articles",
        {"id": "\n", "title": "", "published_on": date(9999, 1, 1), "origin_index": 0},
        {
            ("id", "not_blank"),
            ("id", "no_controls"),
            ("title", "not_blank"),
            ("published_on", "plausible_date"),
            ("origin_index", "distinct"),
        },
    ),
]


@pytest.mark.parametrize(("dataset", "bad", "reasons"), TOGETHER)
def test_all_reasons_of_a_row_are_given(dataset, bad, reasons):
    found = CONTRACT.failures(dataset, table(dataset, {}, bad, {}), today=DAY)
    assert {row: {(r.column, r.check) for r in given} for row, given in found.rows.items()} == {1: reasons}
