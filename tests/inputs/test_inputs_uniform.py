"""The two ways to read JSON Lines, by columns and line by line, give the same rows."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

import cleanse.inputs.jsonl
from cleanse.inputs import Limits
from cleanse.inputs.uniform import add_block
from tests.inputs.reads import read_all

_SEVERAL_BLOCKS = Limits(batch_bytes=150)


def both_ways(path: Any, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, Any, int]:
    """Read line by line, and by columns wherever that is possible; count the blocks for which it was."""
    counts: list[int | None] = []

    def counted(*given: Any) -> int | None:
        counts.append(add_block(*given))
        return counts[-1]

    with monkeypatch.context() as patch:
        patch.setattr(cleanse.inputs.jsonl, "LEAST_BLOCK", 1 << 60)
        slow = read_all(path, limits=_SEVERAL_BLOCKS)
        patch.setattr(cleanse.inputs.jsonl, "LEAST_BLOCK", 0)
        patch.setattr(cleanse.inputs.jsonl, "_TRIES", 1 << 60)
        patch.setattr(cleanse.inputs.jsonl, "add_block", counted)
        fast = read_all(path, limits=_SEVERAL_BLOCKS)
    return slow, fast, sum(count is not None for count in counts)


ALIKE = [
    [{"text": "a"}, {"text": "b"}],
    [
        {"id": "1", "text": "a", "title": None},
        {"title": "", "id": "2", "text": "b"},
        {"text": "c", "title": "\u2003"},
    ],
    [
        {"text": "a", "date": "2024-01-02"},
        {"text": "b", "date": "2024-01-02T10:00:00Z"},
        {"text": "c", "date": "soon"},
    ],
    [{"text": "a", "date": "2024-01-02 00:00:00"}, {"text": "b", "date": None}, {"text": "c"}],
    [{"text": "a", "more": "x", "z": "é\u2028"}, {"text": "b", "more": "", "z": "\0"}],
    [{"text": "a😀\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "author": "\x1b[0m"}],
    [{"text": "新聞"}, {"text": "!"}, {"text": "\u200b"}],
    [{"body": "a", "Headline": "b", "extra": "c"}],
    [{"id": 7, "text": "a"}, {"id": -0, "text": "b"}, {"text": "c"}, {"id": 2**63 - 1, "text": "d"}],
]

NOT_ALIKE = [
    b'{"text": "a"}{"text": "b"}\n{"text":\n"c"}',
    b'{"text": "a"}\n{"text": "b"}{"text": "c"}',
    b'{"text": "a",\n"title": "b"}',
    b'{"text": "a"}\n\n{"text": "b"}',
    b'{"text": "a"}\n{"text": "b", "more": null}',
    b'{"text": "a", "more": "x"}\n{"text": "b"}',
    b'{"text": "a"}\n{"text": ""}',
    b'{"text": "a"}\n{"text": "\\ud800"}',
    b'{"text": "a"}\n{"text": "\xff"}',
    b'{"text": "a"}\n{"text": "\xed\xa0\x80"}',
    b'{"text": "a"}\n{"text": 1}',
    b'{"text": "a"}\n{"text": "b", "text": "c"}',
    b'{"text": "a"}\n{"text": "b\tc"}',
    b'{"text": "a"}\n{"text": "b"}\x00',
    b'{"text": "a"}\n\xef\xbb\xbf{"text": "b"}',
    b'{"text": "a"}\n {"text": "b"}\r',
    b'{"text": "a", "body": "b"}\n{"text": "", "body": "c"}',
    b'{"title": "a"}',
    b'{"id": 1, "text": "a"}\n{"id": "2", "text": "b"}',
    b'{"id": 1, "text": "a"}\n{"id": 2.0, "text": "b"}',
    b'{"id": 1, "text": "a"}\n{"id": 9223372036854775808, "text": "b"}',
    b'{"id": 1, "text": "a"}\n{"id": true, "text": "b"}',
    b'{"likes": 1, "text": "a"}\n{"likes": 2, "text": "b"}',
    b"{}\n{}",
    b'{"text": "a"}\n[{"text": "b"}]',
]


@pytest.mark.parametrize("records", ALIKE, ids=repr)
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_lines_that_are_alike_are_read_by_columns(file, monkeypatch, records: list[dict], end: bytes) -> None:
    lines = [json.dumps(record, ensure_ascii=False).encode() for record in records]
    slow, fast, blocks = both_ways(file("a.jsonl", b"".join(line + end for line in lines)), monkeypatch)
    assert fast == slow
    assert len(fast[0]) == len(records)
    assert blocks


@pytest.mark.parametrize("content", NOT_ALIKE, ids=repr)
def test_others_are_read_one_by_one(file, monkeypatch, content: bytes) -> None:
    slow, fast, blocks = both_ways(file("a.jsonl", content + b"\n"), monkeypatch)
    assert fast == slow
    assert not blocks or b"\r" in content


_STRINGS = st.one_of(
    st.sampled_from(
        ["", " ", "\t\u3000", "words", "2024-01-02", "03/04/2024", "1701770400", "2024-01-02T10:00:00Z"]
    ),
    st.text(max_size=8),
)
_IDS = st.one_of(_STRINGS, st.integers(0, 9), st.integers(-(2**64), 2**64))
_FIELDS = st.sampled_from(["text", "title", "date", "id", "x", "y", "body", "Text", "é", ""])
_TABLES = st.lists(_FIELDS, max_size=4, unique=True).flatmap(
    lambda names: st.lists(
        st.fixed_dictionaries(
            dict.fromkeys(names, _STRINGS)
            | ({"id": _IDS} if "id" in names else {})
            | {"text": st.just("words") | st.text(max_size=8)}
        ),
        min_size=1,
        max_size=12,
    )
)
_LINES = st.one_of(
    st.dictionaries(
        _FIELDS, _STRINGS | st.none() | st.integers() | st.lists(_STRINGS, max_size=2), max_size=4
    ).map(lambda record: json.dumps(record).encode("utf-8", "surrogatepass")),
    st.text(st.sampled_from('{}[]":,\\u0d8xtext \r\t\0'), max_size=25).map(str.encode),
    st.binary(max_size=10).map(lambda content: content.replace(b"\n", b"")),
)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(_TABLES, st.lists(st.tuples(st.integers(0, 12), _LINES), max_size=2), st.booleans(), st.booleans())
def test_both_ways_give_the_same_rows(
    file, monkeypatch, table: list, others: list, plain: bool, ended: bool
) -> None:
    lines = [json.dumps(record, ensure_ascii=plain).encode("utf-8", "surrogatepass") for record in table]
    for at, line in others:
        lines.insert(at, line)
    content = b'{"text": "first"}\n' + b"\n".join(lines) + b"\n" * ended
    slow, fast, blocks = both_ways(file("a.jsonl", content), monkeypatch)
    event("by columns" if blocks else "line by line")
    assert fast == slow
