"""Parquet: row groups as pieces, types that are not text, and damage."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cleanse.inputs import Limits, plan, read
from tests.inputs.reads import checks, read_all, read_plan


def write(path: Path, table: pa.Table, **options: object) -> Path:
    pq.write_table(table, path, **options)
    return path


def test_columns(tmp_path: Path) -> None:
    table = pa.table({
        "Text": ["a", "b", None, " "],
        "headline": pa.array(["t", None, "u", "v"]).dictionary_encode(),
        "published": pa.array([date(2023, 12, 5)] * 4),
        "authors": [["A", "B"], [], None, ["C"]],
        "id": pa.array([b"x", b"\xff", b"y", b"z"]),
        "n": [1, 2, 3, 4],
    })  # fmt: skip
    records, rejected = read_all(write(tmp_path / "a.parquet", table))
    assert [(r["text"], r["title"], r["author"], r["published_on"], r["origin_index"]) for r in records] == [
        ("a", "t", "A, B", date(2023, 12, 5), 0),
        ("b", None, None, date(2023, 12, 5), 1),
    ]
    assert records[0]["id"] == "x"
    assert json.loads(records[1]["extra"]) == {"authors": [], "id": "/w==", "n": 2}
    assert records[0]["origin_offset"] is records[0]["origin_line"] is None
    assert checks(rejected) == ["missing_text", "empty_text"]
    assert [row["origin_index"] for row in rejected] == [2, 3]
    assert json.loads(rejected[0]["raw"])["headline"] == "u"


_NESTED = pa.struct({"a": pa.list_(pa.binary()), "b": pa.int8()})


@pytest.mark.parametrize(
    ("values", "kind", "written"),
    [
        ([1.0], pa.float64(), "1.0"),
        ([float("nan")], pa.float64(), '"NaN"'),
        ([float("-inf")], pa.float64(), '"-Infinity"'),
        ([2**63], pa.uint64(), "9223372036854775808"),
        ([True], pa.bool_(), "true"),
        ([Decimal("1.10")], pa.decimal128(5, 2), "1.10"),
        ([1_701_770_400_123_456_789], pa.timestamp("ns"), '"2023-12-05 10:00:00.123456789"'),
        ([datetime(2023, 12, 5, 10)], pa.timestamp("us", "UTC"), '"2023-12-05 10:00:00.000000Z"'),
        ([time(10, 30)], pa.time64("us"), '"10:30:00.000000"'),
        ([timedelta(seconds=1)], pa.duration("ns"), "1000000000"),
        ([{"a": [b"\xff", b"x"], "b": None}], _NESTED, '{"a":["/w==","x"],"b":null}'),
        ([[("k", 1)]], pa.map_(pa.string(), pa.int64()), '[["k",1]]'),
        (["x"], pa.string_view(), '"x"'),
        (["x"], pa.large_string(), '"x"'),
        ([[["x"], None]], pa.list_(pa.list_(pa.string())), '[["x"],null]'),
    ],
    ids=str,
)  # fmt: skip
def test_extra(tmp_path: Path, values: list, kind: pa.DataType, written: str) -> None:
    table = pa.table({"text": ["t"], "x": pa.array(values, kind)})
    records, rejected = read_all(write(tmp_path / "a.parquet", table))
    assert not rejected
    assert records[0]["extra"] == f'{{"x":{written}}}'


@pytest.mark.parametrize(
    ("values", "kind", "day", "kept"),
    [
        ([datetime(2023, 12, 5)], pa.timestamp("ns"), date(2023, 12, 5), False),
        ([datetime(2023, 12, 5, 10)], pa.timestamp("ms"), date(2023, 12, 5), True),
        ([1_701_770_400], pa.int64(), date(2023, 12, 5), True),
        (["05/12/2023"], pa.string(), None, True),
        ([date(2023, 12, 5)], pa.date64(), date(2023, 12, 5), False),
    ],
)
def test_dates(tmp_path: Path, values: list, kind: pa.DataType, day: date | None, kept: bool) -> None:
    table = pa.table({"text": ["t"], "date": pa.array(values, kind)})
    row = read_all(write(tmp_path / "a.parquet", table))[0][0]
    assert row["published_on"] == day
    assert (row["extra"] is not None) == kept


@pytest.mark.parametrize("kind", [pa.int64(), pa.uint64(), pa.int16()], ids=str)
def test_numbers_are_ids(tmp_path: Path, kind: pa.DataType) -> None:
    pq.write_table(pa.table({"id": pa.array([7, None], kind), "text": ["a", "b"]}), tmp_path / "a.parquet")
    first, second = read_all(tmp_path / "a.parquet")[0]
    assert first["id"] == "7" and len(second["id"]) == 32
    assert first["extra"] is second["extra"] is None


def test_text_of_the_wrong_type(tmp_path: Path) -> None:
    for number, values in enumerate(([1], [["a"]], [{"a": 1}])):
        rejected = read_all(write(tmp_path / f"{number}.parquet", pa.table({"text": values})))[1]
        assert checks(rejected) == ["text_not_a_string"]
    binary = pa.table({"text": pa.array([b"caf\xc3\xa9", b"caf\xe9"])})
    records, rejected = read_all(write(tmp_path / "b.parquet", binary))
    assert [row["text"] for row in records] == ["café"]
    assert checks(rejected) == ["invalid_utf8"]


def test_text_that_only_says_it_is_utf8(tmp_path: Path) -> None:
    lie = pa.StringArray.from_buffers(
        2, pa.array([0, 2, 4], pa.int32()).buffers()[1], pa.py_buffer(b"ok\xff\xfe")
    )
    records, rejected = read_all(write(tmp_path / "a.parquet", pa.table({"text": lie})))
    assert [row["text"] for row in records] == ["ok"]
    assert checks(rejected) == ["invalid_utf8"]


def test_columns_of_the_same_name(tmp_path: Path) -> None:
    table = pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"]), pa.array(["c"])], ["text", "text", ""])
    row = read_all(write(tmp_path / "a.parquet", table))[0][0]
    assert row["text"] == "a"
    assert json.loads(row["extra"]) == {"text (2)": "b", "column 3": "c"}


def test_row_groups_are_the_pieces(tmp_path: Path) -> None:
    table = pa.table({"text": [f"record {n} " + "x" * 100 for n in range(10_000)]})
    path = write(tmp_path / "a.parquet", table, row_group_size=1000, compression="none", use_dictionary=False)
    whole = read_all(path)
    assert [row["origin_index"] for row in whole[0]] == list(range(10_000))
    planned = plan([str(path)], shard_bytes=250_000)
    pieces = [piece for shard in planned.shards for piece in shard.pieces]
    assert [(piece.start, piece.end, piece.first_index) for piece in pieces] == [
        (0, 3, 0), (3, 6, 3000), (6, 9, 6000), (9, 10, 9000)
    ]  # fmt: skip
    assert read_plan(planned) == whole
    assert sum(shard.bytes for shard in planned.shards) <= path.stat().st_size


def test_a_huge_row_group_is_read_in_batches(tmp_path: Path) -> None:
    table = pa.table({"text": [f"{n}" + "x" * 1000 for n in range(5000)]})
    path = write(tmp_path / "a.parquet", table, row_group_size=5000, use_dictionary=False)
    limits = Limits(batch_bytes=100_000)
    sizes = [len(batch.records) for shard in plan([str(path)]).shards for batch in read(shard, limits=limits)]
    assert sum(sizes) == 5000
    assert max(sizes) < 150


@pytest.mark.parametrize("content", [b"", b"PAR1", b"no Parquet at all", b"PAR1" + bytes(100) + b"PAR1"])
def test_what_is_no_parquet(file, content: bytes) -> None:
    path = file("a.parquet", content)
    assert [problem.check for problem in plan([str(path)]).problems] == ["malformed_parquet"]
    records, rejected = read_all(path)
    assert not records
    assert checks(rejected) == ["malformed_parquet"]


def test_damaged_pages_reject_their_row_group(tmp_path: Path) -> None:
    table = pa.table({"text": [f"record {n}" for n in range(3000)]})
    path = write(tmp_path / "a.parquet", table, row_group_size=1000, compression="zstd", use_dictionary=False)
    column = pq.ParquetFile(path).metadata.row_group(1).column(0)
    content = bytearray(path.read_bytes())
    middle = column.data_page_offset + column.total_compressed_size // 2
    content[middle : middle + 100] = bytes(100)
    path.write_bytes(content)
    records, rejected = read_all(path)
    assert {row["origin_index"] for row in records} >= {*range(1000), *range(2000, 3000)}
    assert checks(rejected) == ["malformed_parquet"]
    assert "to 1,999" in rejected[0]["reasons"][0]["message"]


def test_an_empty_table(tmp_path: Path) -> None:
    assert read_all(write(tmp_path / "a.parquet", pa.table({"text": pa.array([], pa.string())}))) == ([], [])


_SWEEP = """
import io, pathlib, sys
import pyarrow as pa, pyarrow.parquet as pq
from cleanse.inputs import plan, read

path = pathlib.Path(sys.argv[1]) / "a.parquet"
table = pa.table({"text": ["a", "b", "c"], "n": [[1], [], None]})
pq.write_table(table, path, row_group_size=2, store_schema=False)
content = path.read_bytes()
for at in range(len(content) - pq.read_metadata(path).serialized_size - 8, len(content)):
    for changed in ((content[at] + 1) % 256, content[at] ^ 0x80, 0):
        path.write_bytes(content[:at] + bytes([changed]) + content[at + 1 :])
        planned = plan([str(path)], shard_bytes=1)
        batches = [batch for shard in planned.shards for batch in read(shard)]
        tables = [table for batch in batches for table in (batch.records, batch.rejected)]
        places = [number for table in tables for number in table["origin_index"].to_pylist()]
        assert len(places) == len(set(places)), at
        assert places or not planned.shards, at
print("swept")
"""


def test_no_footer_ends_the_process_or_loses_a_row_group(tmp_path: Path) -> None:
    sweep = subprocess.run(
        [sys.executable, "-c", _SWEEP, tmp_path], capture_output=True, text=True, check=False
    )
    assert sweep.stdout == "swept\n", sweep.stderr[-2000:]
