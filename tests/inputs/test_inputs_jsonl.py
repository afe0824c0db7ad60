"""JSON Lines: what is a record, what is not, and that no line gets lost between the two."""

from __future__ import annotations

import hashlib
import itertools
import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleanse.inputs import Limits, plan
from tests.inputs.reads import checks, read_all, read_plan

# The line, what it fails, and why that is right.
REJECTED = [
    (b'{"text": "a\xff"}', "invalid_utf8", "Latin-1 is not guessed"),
    (b'{"text": "a\xed\xa0\x80"}', "invalid_utf8", "a surrogate has no UTF-8"),
    (b'{"text": "a"', "malformed_json", "cut off"),
    (b'{"text": "a"}}', "malformed_json", "more than one value"),
    (b'{"text": "a"}{"text": "b"}', "malformed_json", "two records, one line"),
    (b'{"text": "a"}\x0c', "malformed_json", "a form feed is no white space in JSON"),
    (b"{'text': 'a'}", "malformed_json", "Python, not JSON"),
    (b"nonsense", "malformed_json", "no JSON at all"),
    (b'["text"]', "not_an_object", "a list"),
    (b'"text"', "not_an_object", "a string"),
    (b"17", "not_an_object", "a number"),
    (b"null", "not_an_object", "null"),
    (b"[" * 100_000, "nested_too_deeply", "would overflow Python's stack"),
    (
        b'{"text": "a", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        "nested_too_deeply",
        "well-formed, deep",
    ),
    (b'{"text": "a", "x": ' + b'{"x": ' * 200 + b"1" + b"}" * 201, "nested_too_deeply", "201 levels"),
    (b'{"text": "a\\ud800"}', "lone_surrogate", "half a character in the text"),
    (b'{"text": "a", "x": ["\\uDFFF"]}', "lone_surrogate", "half a character elsewhere"),
    (b'{"text": "a", "\\udc00": 1}', "lone_surrogate", "half a character in a key"),
    (b'{"text": "a", "id": 1, "id": 2}', "duplicate_key", "one of them would be dropped"),
    (b'{"text": "a", "x": {"y": 1, "y": 1}}', "duplicate_key", "further down as well"),
    (b'{"title": "a"}', "missing_text", "no field that could be the text"),
    (b'{"text": null}', "missing_text", "null is no text"),
    (b"{}", "missing_text", "nothing at all"),
    (b'{"text": 5}', "text_not_a_string", "a number is no text"),
    (b'{"text": ["a", "b"]}', "text_not_a_string", "how to join a list is not known"),
    (b'{"text": ""}', "empty_text", "empty"),
    (b'{"text": " \\n\\u3000"}', "empty_text", "white space only"),
]

# The line and its text.
READ = [
    (b'{"text": "a\\ud83d\\ude00"}', "a😀"),
    (b'{"text": "a\\\\ud800"}', "a\\ud800"),
    (b'  {"text": "a"}\t\r', "a"),
    (b'{"text": "tab\there"}', "tab\there"),
    (b'{"text": "nul\\u0000 nul\x00"}', "nul\0 nul\0"),
    (b'{"text": "=HYPERLINK(1)"}', "=HYPERLINK(1)"),
    (b'{"text": "\\u001b[31mred ../../etc/passwd \\" \\n"}', '\x1b[31mred ../../etc/passwd " \n'),
    (b'{"text": null, "body": "b"}', "b"),
    (b'{"text": 5, "body": "b"}', "b"),
    (b'{"Article_Body": "b"}', "b"),
    (b'{"text": "a", "x": ' + b"[" * 199 + b"]" * 199 + b"}", "a"),
]


@pytest.mark.parametrize(("line", "check", "why"), REJECTED, ids=[f"{c}: {w}" for _, c, w in REJECTED])
def test_a_line_that_cannot_be_read_is_rejected_alone(file, line: bytes, check: str, why: str) -> None:
    path = file("a.jsonl", b'{"text": "before"}\n' + line + b'\n{"text": "after"}\n')
    records, rejected = read_all(path)
    assert [row["text"] for row in records] == ["before", "after"]
    assert checks(rejected) == [check]
    row = rejected[0]
    assert row["raw"] == line
    assert (row["origin_file"], row["origin_index"]) == ("a.jsonl", 1)
    assert (row["origin_offset"], row["origin_line"]) == (19, 2)


@pytest.mark.parametrize(("line", "text"), READ)
def test_a_line_that_can_be_read_is(file, line: bytes, text: str) -> None:
    records, rejected = read_all(file("a.jsonl", line))
    assert not rejected
    assert [row["text"] for row in records] == [text]


def test_columns_and_extra(file) -> None:
    line = """{"headline": "T", "BODY": "text", "text": "", "link": "u", "publisher": "s", "date": "2024-02-29",
        "authors": ["A. B.", "C. D."], "lang": "nl", "_id": "x/../'\\n", "z": 1.0, "a": {"y": null, "b": [1, 2.50]},
        "big": 123456789012345678901234567890, "e": 1e400, "nan": NaN, "é": "\\u00e9\\u2028"}"""
    records, _ = read_all(file("a.jsonl", line.replace("\n", " ")))
    row = records[0]
    assert row["title"] == "T"
    assert row["text"] == "text"
    assert row["url"] == "u"
    assert row["source"] == "s"
    assert row["published_on"] == date(2024, 2, 29)
    assert row["author"] == "A. B., C. D."
    assert row["language"] == "nl"
    assert row["id"] == "x/../'\n"
    assert row["extra"] == (
        '{"a":{"b":[1,2.50],"y":null},"big":123456789012345678901234567890,"e":1e400,"nan":"NaN","z":1.0,'
        '"é":"é\u2028"}'
    )


def test_a_known_field_that_cannot_be_used_stays_in_extra(file) -> None:
    line = (
        '{"text": "t", "id": 5.5, "title": ["x"], "date": "03/04/2024", "author": ["Roe, J.", "Doe"], '
        '"url": {"a": 1}, "body": "other", "lang": false}'
    )
    row = read_all(file("a.jsonl", line))[0][0]
    assert json.loads(row["extra"]) == {
        "id": 5.5, "title": ["x"], "date": "03/04/2024", "author": ["Roe, J.", "Doe"], "url": {"a": 1},
        "body": "other", "lang": False,
    }  # fmt: skip
    assert row["author"] == "Roe, J., Doe"
    assert row["published_on"] is row["title"] is row["url"] is row["language"] is None


def test_a_time_of_day_is_kept(file) -> None:
    row = read_all(file("a.jsonl", '{"text": "t", "date": "2024-02-29T23:30:00+02:00"}'))[0][0]
    assert row["published_on"] == date(2024, 2, 29)
    assert row["extra"] == '{"date":"2024-02-29T23:30:00+02:00"}'


def test_a_number_is_an_id(file) -> None:
    lines = [
        '{"id": 71, "text": "t"}',
        '{"id": -1, "text": "t"}',
        '{"id": true, "text": "t"}',
        f'{{"id": 1{"0" * 5000}, "text": "t"}}',
        '{"id": 72}',
    ]
    rows, rejected = read_all(file("a.jsonl", "\n".join(lines)))
    assert [row["id"] for row in rows[:2]] == ["71", "-1"] and [len(row["id"]) for row in rows[2:]] == [
        32,
        32,
    ]
    assert [row["extra"] is None for row in rows] == [True, True, False, False]
    assert rejected[0]["id"] == "72"


def test_a_text_that_is_null_is_named(file) -> None:
    _, rejected = read_all(file("a.jsonl", '{"id": "a", "text": null}'))
    assert rejected[0]["reasons"][0]["message"] == "field 'text', which should hold the text, is null"


def test_an_id_that_is_missing_is_the_same_in_each_run(file) -> None:
    path = file("a.jsonl", '{"text": "t"}\n{"text": "t"}\n{"text": "t", "id": "given"}\n')
    ids = [row["id"] for row in read_all(path)[0]]
    assert ids[0] == hashlib.sha256(b"a.jsonl\x000\x00t").hexdigest()[:32]
    assert ids[0] != ids[1]
    assert ids[2] == "given"
    assert ids == [row["id"] for row in read_all(path)[0]]


def test_numbers_of_more_digits_than_python_reads(file) -> None:
    digits = "9" * 5000
    row = read_all(file("a.jsonl", f'{{"text": "t", "n": {digits}, "m": -0}}'))[0][0]
    assert row["extra"] == f'{{"m":-0,"n":{digits}}}'


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_blank_lines_and_line_ends(file, end: str) -> None:
    lines = ["", '{"text": "a"}', "  \t", "", '{"text": "b"}', '{"text": "c"}']
    records, rejected = read_all(file("a.jsonl", end.join(lines)))
    assert not rejected
    assert [(row["text"], row["origin_index"], row["origin_line"]) for row in records] == [
        ("a", 0, 2),
        ("b", 1, 5),
        ("c", 2, 6),
    ]
    assert [row["origin_offset"] for row in records] == [
        len(end), len(end.join(lines[:4])) + len(end), len(end.join(lines[:5])) + len(end)
    ]  # fmt: skip


def test_a_byte_order_mark(file) -> None:
    records, rejected = read_all(file("a.jsonl", b'\xef\xbb\xbf{"text": "a"}\n{"text": "b"}'))
    assert not rejected
    assert [(row["text"], row["origin_offset"]) for row in records] == [("a", 3), ("b", 17)]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_utf16(file, encoding: str, mark: str) -> None:
    lines = ['{"text": "Zürich 😀"}', '{"text": "half \udcff"}', "", '{"text": "drei"}']
    content = (mark + "\n".join(lines)).encode(encoding, "surrogatepass")
    records, rejected = read_all(file("a.jsonl", content))
    assert [row["text"] for row in records] == ["Zürich 😀", "drei"]
    assert checks(rejected) == ["invalid_utf8"]
    assert rejected[0]["raw"] == lines[1].encode(encoding, "surrogatepass")
    assert records[1]["origin_line"] == 4
    assert records[1]["origin_offset"] == content.index(lines[3].encode(encoding))


def test_an_odd_byte_at_the_end_of_utf16_is_not_lost(file) -> None:
    content = '\ufeff{"text": "a"}\n{"text": "b"}'.encode("utf-16-le") + b"\n"
    records, rejected = read_all(file("a.jsonl", content))
    assert [row["text"] for row in records] == ["a"]
    assert checks(rejected) == ["invalid_utf8"]
    assert rejected[0]["raw"] == content[30:]


def test_a_line_beyond_the_limit(file) -> None:
    limits = Limits(line_bytes=1000, raw_bytes=100)
    long = b'{"text": "' + b"x" * 5_000_000 + b'"}'
    path = file("a.jsonl", b'{"text": "a"}\n' + long + b'\n{"text": "b"}\n' + long)
    records, rejected = read_all(path, limits=limits)
    assert [(row["text"], row["origin_index"]) for row in records] == [("a", 0), ("b", 2)]
    assert records[1]["origin_offset"] == 14 + len(long) + 1
    assert checks(rejected) == ["line_too_long"] * 2
    assert [row["raw"] for row in rejected] == [long[:100]] * 2


_STRINGS = st.text(st.characters(codec="utf-8"))
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | _STRINGS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_STRINGS, inner, max_size=3),
    max_leaves=5,
)  # fmt: skip
_NAMES = st.sampled_from(["text", "Text", "body", "title", "date", "id", "x", "é", "authors"])


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.dictionaries(_NAMES, _VALUES | st.just("words"), max_size=5),
            st.binary(max_size=20).map(lambda b: b.replace(b"\n", b"")),
            st.just(b""),
        ),
        max_size=12,
    ),
    st.integers(1, 200),
    st.booleans(),
)
def test_every_line_is_one_row_wherever_the_file_is_cut(
    file, items: list, shard_bytes: int, ended: bool
) -> None:
    lines = [item if isinstance(item, bytes) else json.dumps(item).encode() for item in items]
    # A mark or zeros at the start would say that the file is UTF-16.
    content = b"\n".join([b'{"text": "first"}', *lines]) + b"\n" * ended
    path = file("a.jsonl", content)
    whole = read_all(path)
    planned = plan([str(path)], shard_bytes=shard_bytes)
    ranges = [(piece.start, piece.end) for shard in planned.shards for piece in shard.pieces]
    assert ranges[0][0] == 0 and ranges[-1][1] == len(content)
    assert all(before[1] == after[0] for before, after in itertools.pairwise(ranges))
    assert read_plan(planned) == whole
    records, rejected = whole
    physical = [line for line in content.split(b"\n") if line and not line.isspace()]
    places = sorted([(r["origin_index"], r["origin_offset"]) for r in records + rejected])
    assert [index for index, _ in places] == list(range(len(physical)))
    for row in rejected:
        assert content[row["origin_offset"] :].startswith(row["raw"])
    for row in records:
        item = json.loads(physical[row["origin_index"]])
        used = {"text": row["text"], "title": row["title"], "id": row["id"]}
        kept = json.loads(row["extra"] or "{}")
        for name, value in item.items():  # nothing is dropped
            if value in (None, "", []) or (isinstance(value, str) and not value.strip()):
                continue
            used_up = value in used.values() or (name == "id" and str(value) == used["id"])
            assert kept.get(name) == value or used_up or name in ("authors", "date")
