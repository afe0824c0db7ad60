"""Text files, one article each, and the encodings they come in."""

from __future__ import annotations

import pytest

from cleanse.inputs import Limits
from tests.inputs.reads import checks, read_all

READ = [
    (b"plain", "plain", "ASCII"),
    ("Zürich – 新聞".encode(), "Zürich – 新聞", "UTF-8"),
    (b"\xef\xbb\xbfmarked", "marked", "UTF-8 with a byte order mark"),
    ("Zürich".encode("utf-16"), "Zürich", "UTF-16 with a mark"),
    ("\ufeff新聞".encode("utf-16-be"), "新聞", "UTF-16, the other way round"),
    ("Zürich im Mai".encode("utf-16-le"), "Zürich im Mai", "UTF-16 without a mark"),
    ("Zürich im Mai".encode("utf-16-be"), "Zürich im Mai", "the other way round"),
    (b"a\r\nb\rc\nd", "a\r\nb\rc\nd", "line ends are left as they are"),
    (b"zero \0 bytes \0\0", "zero \0 bytes \0\0", "some zeros do not make UTF-16"),
    (b"=1+1 ../../x \x1b[2J", "=1+1 ../../x \x1b[2J", "text is text"),
]
REJECTED = [
    (b"", "empty_text", "no bytes"),
    (b" \r\n\t", "empty_text", "white space"),
    (b"\xef\xbb\xbf", "empty_text", "a mark alone"),
    ("Zürich".encode("latin-1"), "invalid_utf8", "Latin-1 is not guessed"),
    (b"\xff\xfeab\x00", "invalid_utf16", "an odd byte"),
    ("\ufeffhalf \ud800".encode("utf-16-le", "surrogatepass"), "invalid_utf16", "half a character"),
]


@pytest.mark.parametrize(("content", "text", "why"), READ, ids=[case[2] for case in READ])
def test_read(file, content: bytes, text: str, why: str) -> None:
    records, rejected = read_all(file("a.txt", content))
    assert not rejected
    assert [row["text"] for row in records] == [text]
    row = records[0]
    assert (row["origin_file"], row["origin_index"], row["origin_offset"], row["origin_line"]) == (
        "a.txt",
        0,
        0,
        1,
    )


@pytest.mark.parametrize(("content", "check", "why"), REJECTED, ids=[case[2] for case in REJECTED])
def test_rejected(file, content: bytes, check: str, why: str) -> None:
    records, rejected = read_all(file("a.txt", content))
    assert not records
    assert checks(rejected) == [check]
    assert rejected[0]["raw"] == content


def test_a_text_beyond_the_limit(file) -> None:
    limits = Limits(line_bytes=1000, raw_bytes=10)
    records, rejected = read_all(file("a.txt", b"x" * 5_000_000), limits=limits)
    assert not records
    assert checks(rejected) == ["line_too_long"]
    assert rejected[0]["raw"] == b"x" * 10


def test_names_that_are_odd(file) -> None:
    names = [
        "a b.txt",
        "neue\nzeile.txt",
        "’;drop.txt",
        "-rf.txt",
        "ünï.TXT",
        "[x]*.txt",
        "a#b?c=d&e.txt",
        "\x1b[31m.txt",
    ]
    for name in names:
        path = file(f"in/{name}", "text " + name)
    records, rejected = read_all(path.parent)
    assert not rejected
    assert sorted(row["origin_file"] for row in records) == sorted(names)
    for row in records:
        assert row["text"] == "text " + row["origin_file"]
        alone = read_all(path.parent / row["origin_file"])[0]
        assert [r["text"] for r in alone] == [row["text"]]
