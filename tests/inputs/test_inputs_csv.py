"""CSV and TSV: records over several lines, and what becomes of those that are malformed."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleanse.inputs import FieldMap, InputError, Limits
from tests.inputs.reads import checks, read_all

# The content, what fails with which raw bytes, and the texts that are read.
CASES = [
    ("text\na\n", [], ["a"], "one column"),
    ("text,title\n\na,b\n\n\nc,d", [], ["a", "c"], "blank lines are no records"),
    ("\ufefftext,title\na,b\n", [], ["a"], "a byte order mark"),
    ("title;text\nx;a, b\n", [], ["a, b"], "semicolons"),
    ("title\ttext\nx\ta, b; c\n", [], ["a, b; c"], "tabs"),
    ('"a, b";text\nx;a\n', [], ["a"], "a comma inside quotes is no delimiter"),
    ('text,title\r\n"a\r\nb",c\r\n', [], ["a\r\nb"], "a line end inside quotes"),
    ('text,title\r"a\rb",c\rd,e\r', [], ["a\rb", "d"], "carriage returns alone"),
    ('text\n"a ""b"" c"\n', [], ['a "b" c'], "doubled quotes"),
    ("text,title\n=1+1,@SUM(A1)\n+a,-b\n", [], ["=1+1", "+a"], "formulas are text"),
    ("text,title\na\0b,c\n", [], ["a\0b"], "a zero byte"),
    ("text,title\na,b,c\nd,e\n", [("malformed_csv", b"a,b,c")], ["d"], "too many fields"),
    ("text,title\na\nd,e\n", [("malformed_csv", b"a")], ["d"], "too few fields"),
    ('text,title\n"a"b,c\nd,e\n', [("malformed_csv", b'"a"b,c')], ["d"], "text behind a closing quote"),
    ('text,title\nd,e\n"a,b\nf,g\n', [("malformed_csv", b'"a,b'), ("malformed_csv", b"f,g")], ["d"], "never closed"),
    ('text\n"a "b" c\nrest"\nd\n', [("malformed_csv", b'"a "b" c\nrest"')], ["d"], "no article is made of the rest"),
    ("a,b\nc,d\n", [("missing_text", b"a,b"), ("missing_text", b"c,d")], [], "no header, or none with a text"),
    ("text,title\n,b\n  ,b\n", [("empty_text", b",b"), ("empty_text", b"  ,b")], [], "empty cells"),
    ("", [], [], "an empty file"),
    ("text,title\n", [], [], "a header alone"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "failures", "texts", "why"), CASES, ids=[case[3] for case in CASES])
def test_records(file, content: str, failures: list, texts: list[str], why: str) -> None:
    records, rejected = read_all(file("a.csv", content))
    assert [row["text"] for row in records] == texts
    assert list(zip(checks(rejected), [row["raw"] for row in rejected], strict=True)) == failures


def test_places(file) -> None:
    records, rejected = read_all(file("a.csv", 'text,n\r\n"a\r\nb",1\r\nx,y,z\r\né,2\r\n'))
    assert [(r["origin_index"], r["origin_offset"], r["origin_line"]) for r in records] == [
        (0, 8, 2),
        (2, 25, 5),
    ]
    assert [(r["origin_index"], r["origin_offset"], r["origin_line"]) for r in rejected] == [(1, 18, 4)]


def test_invalid_utf8_rejects_its_own_record(file) -> None:
    content = b'text,n\nd\xe9j\xe0,1\n"a\n\xff\nb",2\nc,3\n'
    records, rejected = read_all(file("a.csv", content))
    assert [row["text"] for row in records] == ["c"]
    assert checks(rejected) == ["invalid_utf8"] * 2
    assert [row["raw"] for row in rejected] == [b"d\xe9j\xe0,1", b'"a\n\xff\nb",2']


def test_utf16(file) -> None:
    content = '\ufefftext,n\r\n"Zü\r\nrich",1\r\nx,y,z\r\n'.encode("utf-16-le")
    records, rejected = read_all(file("a.csv", content))
    assert [row["text"] for row in records] == ["Zü\r\nrich"]
    assert rejected[0]["raw"].decode("utf-16-le") == "x,y,z\r"


def test_fields_that_have_no_column(file) -> None:
    row = read_all(file("a.csv", "text,Title,,Views,Views\na,t,x,1.50,\n"))[0][0]
    assert row["title"] == "t"
    assert row["extra"] == '{"Views":"1.50","Views (5)":"","column 3":"x"}'


def test_a_record_beyond_the_limit(file) -> None:
    limits = Limits(line_bytes=200, raw_bytes=10)
    content = "text,n\n" + "x" * 300 + ',1\n"' + "\n".join(["y" * 90] * 3) + '",2\nz,3\n'
    records, rejected = read_all(file("a.csv", content), limits=limits)
    assert checks(rejected)[:2] == ["line_too_long"] * 2
    assert rejected[0]["raw"] == b"x" * 10
    assert b"".join(row["raw"] for row in rejected[1:]).startswith(b'"yyy')
    assert [row["text"] for row in records] == ["z"]


def test_long_cells(file) -> None:
    assert len(read_all(file("a.csv", "text\n" + "x" * 1_000_000 + "\n"))[0][0]["text"]) == 1_000_000


def test_an_explicit_mapping(file) -> None:
    path = file("a.csv", "main_story,text\na,b\n")
    row = read_all(path, fields=FieldMap.of({"text": "main_story"}))[0][0]
    assert row["text"] == "a"
    assert row["extra"] == '{"text":"b"}'
    with pytest.raises(InputError, match="did you mean 'main_story'"):
        read_all(path, fields=FieldMap.of({"text": "main_storry"}))
    with pytest.raises(InputError, match=r"no column 'txet' .did you mean 'text'"):
        FieldMap.of({"txet": "main_story"})


_CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=12)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(_CELL, _CELL), max_size=8), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_what_python_writes_is_read(file, cells: list[tuple[str, str]], end: str, quoted: bool) -> None:
    buffer = io.StringIO()
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    csv.writer(buffer, lineterminator=end, quoting=quoting).writerows([("text", "x"), *cells])
    content = buffer.getvalue().encode()
    records, rejected = read_all(file("a.csv", content))
    expected = [text for text, _ in cells if text.strip()]
    assert [row["text"] for row in records] == expected
    assert checks(rejected) == ["empty_text"] * (len(cells) - len(expected))
    for row in rejected:
        assert content[row["origin_offset"] :].startswith(row["raw"])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from('ab",;\n\r\t\xe9'), max_size=60).map(str.encode) | st.binary(max_size=60))
def test_all_bytes_end_in_a_row(file, body: bytes) -> None:
    content = b"text,n\n" + body.removeprefix(b"\xef\xbb\xbf")
    records, rejected = read_all(file("a.csv", content))
    rows = sorted(records + rejected, key=lambda row: row["origin_index"])
    assert [row["origin_index"] for row in rows] == list(range(len(rows)))
    # Between the begin of one record and the next there is nothing but that record and blank lines.
    starts = [row["origin_offset"] for row in rows] + [len(content)]
    assert content[7 : starts[0]].strip(b"\r\n") == b""
    for row, begin, end in zip(rows, starts, starts[1:], strict=False):
        if "raw" in row:
            assert content[begin:end].strip(b"\r\n") == row["raw"].strip(b"\r\n")
