"""One good row for each dataset, and tables made of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa

from cleanse.datasets import DATASETS

GOOD: dict[str, dict[str, Any]] = {
    "articles": {
        "id": "a-1",
        "title": "The lamp burns again",
        "text": "The lamp burns.\n- red\n- green",
        "blocks": [
            {"kind": "paragraph", "start": 0, "end": 15, "rows": []},
            {"kind": "list", "start": 16, "end": 29, "rows": [["red"], ["green"]]},
        ],
        "language": "en-GB",
        "author": "Ada Keeper",
        "published_on": date(2024, 2, 29),
        "dateline_place": "Harbour",
        "source": "harbour.example",
        "url": "https://harbour.example/lamp",
        "source_name": "The Harbour Post",
        "source_url": "https://post.example/1",
        "agency": "HNA",
        "topics": ["Sea", "Light"],
        "rights": "Free to use.",
        "licence": "CC-BY-4.0",
        "defects": ["mojibake", "markup"],
        "needs_review": True,
        "review_reasons": ["a name is missing"],
        "edit_count": 1,
        "raw_length": 40,
        "extra": '{"section": "coast"}',
        "origin_file": "harbour/lamp.jsonl",
        "origin_index": 0,
        "origin_offset": 0,
        "origin_line": 1,
    },
    "edits": {
        "article_id": "a-1",
        "origin_file": "harbour/lamp.jsonl",
        "origin_index": 0,
        "number": 0,
        "rule": "before_punctuation",
        "rule_version": 1,
        "family": "spacing",
        "start": 3,
        "end": 5,
        "removed": " é",
        "inserted": "",
        "raw_start": 3,
        "raw_end": 5,
        "score": 0.9,
        "evidence": "",
    },
    "rejected": {
        "id": "a\x00\n1",
        "raw": b"\xff\xfe",
        "fields": None,
        "reasons": [
            {"stage": "read", "check": "utf8", "column": None, "value": None, "message": "is no UTF-8"},
            {"stage": "contract", "check": "not_blank", "column": "id", "value": "''", "message": "is blank"},
        ],
        "origin_file": "harbour/lamp.jsonl",
        "origin_index": 0,
        "origin_offset": 0,
        "origin_line": 1,
    },
    "boilerplate": {
        "pattern_id": "0123456789abcdef",
        "source": "harbour.example",
        "pattern": "read all # stories",
        "example_text": "Read all 14 stories",
        "articles_seen": 41,
        "articles_of_source": 43,
        "share": 41 / 43,
        "first_seen": date(2024, 1, 1),
        "last_seen": date(2024, 3, 1),
        "usual_position": "last",
        "articles_at_position": 41,
        "usually_after": "more from the harbour",
        "usually_before": None,
        "article_ids": ["a-1", "a-2"],
        "removed_where": "tail",
        "closes_story": False,
        "score": 0.97,
        "status": "approved",
        "decided_by": "policy",
    },
}

# What makes rows of a dataset differ in their keys.
KEYS: dict[str, Any] = {
    "articles": lambda n: {"origin_index": n},
    "edits": lambda n: {"number": n},
    "rejected": lambda n: {"origin_index": n},
    "boilerplate": lambda n: {"pattern_id": f"{n:016x}", "pattern": f"read all # stories {n}"},
}


def table(dataset: str, *changes: dict[str, Any]) -> pa.Table:
    """Give a table of as many rows as there are ``changes``, each a good row with what the change says."""
    rows = [GOOD[dataset] | KEYS[dataset](n) | change for n, change in enumerate(changes)]
    return pa.Table.from_pylist(rows, schema=DATASETS[dataset])
