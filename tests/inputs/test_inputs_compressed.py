"""Gzip and zstd: whole, cut short, malformed, and grown beyond all measure."""

from __future__ import annotations

import gzip
import zlib

import pyarrow as pa
import pytest

from cleanse.inputs import Limits
from tests.inputs.reads import checks, read_all

LINES = [b'{"text": "record %d %d"}' % (n, n * 7919 % 10007) for n in range(40_000)]
CONTENT = b"\n".join(LINES) + b"\n"


def zstd(content: bytes) -> bytes:
    return pa.compress(content, codec="zstd", asbytes=True)


def gz(content: bytes) -> bytes:
    return gzip.compress(content, 6, mtime=0)


BOTH = pytest.mark.parametrize(("suffix", "pack"), [("gz", gz), ("zst", zstd)])


@BOTH
def test_whole_files(file, suffix: str, pack) -> None:
    file(f"in/a.jsonl.{suffix}", pack(CONTENT))
    file(f"in/b.txt.{suffix}", pack("Zürich".encode("utf-16")))
    file(f"in/c.CSV.{suffix.upper()}", pack(b"text,title\na,b\n"))
    records, rejected = read_all(file("in/x", b"").parent)
    assert not rejected
    assert len(records) == 40_002
    assert [(r["origin_file"], r["text"]) for r in records if not r["origin_file"].startswith("a")] == [
        (f"b.txt.{suffix}", "Zürich"),
        (f"c.CSV.{suffix.upper()}", "a"),
    ]
    jsonl = [r for r in records if r["origin_file"].startswith("a")]
    assert jsonl[-1]["origin_offset"] == CONTENT.rindex(b"\n", 0, -1) + 1


@BOTH
def test_several_members(file, suffix: str, pack) -> None:
    middle = len(CONTENT) // 2
    records, rejected = read_all(file(f"a.jsonl.{suffix}", pack(CONTENT[:middle]) + pack(CONTENT[middle:])))
    assert not rejected
    assert len(records) == 40_000


@BOTH
@pytest.mark.parametrize("share", [0.0, 0.0001, 0.3, 0.77, 0.999])
def test_a_file_cut_short(file, suffix: str, pack, share: float) -> None:
    packed = pack(CONTENT)
    records, rejected = read_all(file(f"a.jsonl.{suffix}", packed[: int(len(packed) * share)]))
    assert checks(rejected) == ["truncated_file"]
    assert rejected[0]["origin_index"] == len(records)
    # All that can be had is there: the records are a prefix, and the rejected row has the beginning of the next.
    assert [row["text"] for row in records] == [f"record {n} {n * 7919 % 10007}" for n in range(len(records))]
    rest = rejected[0]["raw"]
    assert rest == b"" or LINES[len(records)].startswith(rest)
    assert len(records) >= 40_000 * (share - 0.35)


def test_what_stands_before_a_break_in_gzip_is_all_there(file) -> None:
    packed = gz(CONTENT)
    cut = len(packed) * 6 // 10
    expected = zlib.decompressobj(31).decompress(packed[:cut])
    records, rejected = read_all(file("a.jsonl.gz", packed[:cut]))
    assert len(records) == expected.count(b"\n")
    assert rejected[0]["raw"] == expected[expected.rindex(b"\n") + 1 :]
    assert rejected[0]["origin_offset"] == expected.rindex(b"\n") + 1


@pytest.mark.parametrize("suffix", ["gz", "zst"])
def test_what_is_no_compressed_file(file, suffix: str) -> None:
    records, rejected = read_all(file(f"a.jsonl.{suffix}", CONTENT))
    assert not records
    assert checks(rejected) == ["malformed_compression"]


def test_a_gzip_file_that_is_damaged_in_the_middle(file) -> None:
    packed = bytearray(gz(CONTENT))
    middle = len(packed) // 2
    packed[middle : middle + 40] = b"\xff" * 40
    records, rejected = read_all(file("a.jsonl.gz", bytes(packed)))
    assert "malformed_compression" in checks(rejected)
    assert len(records) > 15_000


@BOTH
def test_bytes_behind_the_end(file, suffix: str, pack) -> None:
    records, rejected = read_all(file(f"a.jsonl.{suffix}", pack(CONTENT) + b"more"))
    assert len(records) == 40_000
    assert checks(rejected) == ["malformed_compression"] or checks(rejected) == ["truncated_file"]


def test_zeros_behind_the_end_of_gzip(file) -> None:
    records, rejected = read_all(file("a.jsonl.gz", gz(CONTENT) + bytes(512)))
    assert len(records) == 40_000
    assert not rejected


@BOTH
@pytest.mark.parametrize("limits", [
    Limits(decompression_ratio=20, ratio_free_bytes=1 << 20),
    Limits(decompressed_bytes=4 << 20),
])  # fmt: skip
def test_a_decompression_bomb(file, suffix: str, pack, limits: Limits) -> None:
    first = b'{"text": "before"}\n'
    bomb = pack(first + b'{"text": "' + b"x" * (20 << 20) + b'"}')
    records, rejected = read_all(file(f"a.jsonl.{suffix}", bomb), limits=limits)
    assert [row["text"] for row in records] == ["before"]
    assert checks(rejected) == ["decompression_limit"]
    assert len(rejected[0]["raw"]) <= limits.raw_bytes


@BOTH
def test_a_small_file_may_grow_as_it_likes(file, suffix: str, pack) -> None:
    records, rejected = read_all(file(f"a.txt.{suffix}", pack(b"x" * (10 << 20))))
    assert not rejected
    assert len(records[0]["text"]) == 10 << 20


@BOTH
def test_csv_and_text_cut_short(file, suffix: str, pack) -> None:
    content = b"text,n\n" + b"".join(b'"article %d\n%d",1\n' % (n, n * 7919 % 10007) for n in range(40_000))
    packed = pack(content)
    records, rejected = read_all(file(f"a.csv.{suffix}", packed[: len(packed) // 2]))
    assert checks(rejected) == ["truncated_file"]
    assert len(records) > 10_000
    assert records[-1]["text"] == f"article {len(records) - 1}\n{(len(records) - 1) * 7919 % 10007}"
    rejected = read_all(file(f"b.txt.{suffix}", packed[: len(packed) // 2]))[1]
    assert checks(rejected) == ["truncated_file"]
    assert content.startswith(rejected[0]["raw"])
    assert rejected[0]["raw"]
