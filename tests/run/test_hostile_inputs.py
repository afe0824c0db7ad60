"""Hostile inputs through a whole run: each is cleaned or rejected with a reason, and its neighbours pass."""

# ruff: noqa: E501 - the table of files reads better a line a file

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from cleanse.inputs import InputError, Limits
from cleanse.output.verify import verify
from cleanse.runs.breaker import Breaker
from cleanse.runs.engines import Processes
from cleanse.runs.report import as_markdown, as_text
from cleanse.runs.run import Options, Report, run

LIMITS = Limits(line_bytes=1 << 20, decompressed_bytes=4 << 20, ratio_free_bytes=1 << 20)
GOOD = "The ferry , they said , was late ."
CLEAN = "The ferry, they said, was late."
QUOTED = "../../etc/passwd<script>alert(1)</script>|`rm -rf`|'\";--[x](javascript:y)"
NASTY = f"{QUOTED}\x1b]0;owned\x07\n\u202e"


def zstd(content: bytes) -> bytes:
    return bytes(pa.compress(content, "zstd", asbytes=True))


def lines(*rows: Any) -> bytes:
    return b"".join((row if isinstance(row, bytes) else json.dumps(row).encode()) + b"\n" for row in rows)


def parquet(**columns: Any) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), sink)
    return sink.getvalue().to_pybytes()


# Each file, what it holds, how many articles come of it, and which checks reject the rest.
FILES: dict[str, tuple[bytes, int, list[str]]] = {
    "gzip_that_is_none.jsonl.gz": (b"this is no gzip", 0, ["malformed_compression"]),
    "gzip_cut_short.txt.gz": (gzip.compress(GOOD.encode())[:-12], 0, ["truncated_file"]),
    "zstd_that_is_none.jsonl.zst": (b"this is no zstd", 0, ["malformed_compression"]),
    "zstd_cut_short.txt.zst": (zstd(os.urandom(5000).hex().encode())[:-100], 0, ["truncated_file"]),
    "gzip_of_nothing.jsonl.gz": (b"", 0, ["truncated_file"]),
    "bomb.txt.gz": (gzip.compress(b" " * (64 << 20)), 0, ["line_too_long"]),
    "bomb.jsonl.gz": (gzip.compress((b" " * 1000 + b"\n") * 64_000), 0, ["decompression_limit"]),
    "invalid_utf8.txt": (b"The ferry \xff\xfe left.", 0, ["invalid_utf8"]),
    "utf16_with_mark.txt": (GOOD.encode("utf-16"), 1, []),
    "utf16_without_mark.txt": (GOOD.encode("utf-16-le"), 1, []),
    "utf16_cut_short.txt": (GOOD.encode("utf-16")[:-1], 0, ["invalid_utf16"]),
    "nul.txt": (b"The ferry\0 left.", 1, []),
    "only_nul.txt": (b"\0" * 1000, 1, []),
    "line_ends.txt": (b"One.\rTwo.\r\nThree.\n\rFour.", 1, []),
    "line_ends.jsonl": (b'{"text": "One."}\r\n{"text": "Two."}\n\r\n{"text": "Three."}', 3, []),
    "long_line.jsonl": (lines({"text": GOOD}, {"text": "a" * (2 << 20)}, {"text": GOOD}), 2, ["line_too_long"]),
    "long_line.txt": (b"a" * (2 << 20), 0, ["line_too_long"]),
    "surrogate.jsonl": (lines(rb'{"text": "x \ud800 y"}', {"text": GOOD}), 1, ["lone_surrogate"]),
    "surrogate_id.jsonl": (lines(rb'{"id": "\udfff", "text": "A story."}', {"text": GOOD}), 1, ["lone_surrogate"]),
    "nested.jsonl": (lines(b"[" * 100_000, b'{"text": "a", "x": ' + b"[" * 5000, {"text": GOOD}), 1, ["nested_too_deeply"] * 2),
    "no_json.jsonl": (lines(b"}{", b'"text"', b"null", b"1e999", {"text": GOOD}), 1, ["malformed_json", *["not_an_object"] * 3]),
    "same_ids.jsonl": (lines(*[{"id": "same", "text": GOOD}] * 3), 3, []),
    "nasty.jsonl": (lines({"id": NASTY, "source": NASTY, "title": NASTY, "url": NASTY, "author": NASTY, "text": GOOD}), 0, ["no_controls"]),
    "quoted.jsonl": (lines({"id": QUOTED, "source": QUOTED, "title": QUOTED, "url": QUOTED, "author": QUOTED, "text": GOOD}), 1, []),
    "nasty_rejected.jsonl": (lines({"id": NASTY, "source": NASTY, "text": 7}), 0, ["text_not_a_string"]),
    "formulas.csv": (b'id,text\n=1+1,"=HYPERLINK(""http://x"",""y"") is no story."\n@a,"+1, -1 and @b."\n', 2, []),
    "quotes.csv": (b'id,text\n1,"a quote that never ends\n2,b\n', 0, ["malformed_csv"] * 2),
    "wrong_types.parquet": (parquet(id=[1, 2], text=[3, 4]), 0, ["text_not_a_string"] * 2),
    "nested_types.parquet": (parquet(text=[{"a": [1]}, {"a": [2]}]), 0, ["text_not_a_string"] * 2),
    "good_and_null.parquet": (parquet(text=[GOOD, None]), 1, ["missing_text"]),
    "no_parquet.parquet": (b"PAR1" + b"\0" * 100 + b"PAR1", 0, ["malformed_parquet"]),
    "nothing.parquet": (b"", 0, ["malformed_parquet"]),
    "nothing.txt": (b"", 0, ["empty_text"]),
    "nothing.jsonl": (b"", 0, []),
    "nothing.csv": (b"", 0, []),
    "only_a_header.csv": (b"id,text\n", 0, []),
    "white_space.txt": (b" \n\t\n", 0, ["empty_text"]),
    "brackets.txt": (b"<" * 1_000_000, 1, []),
    "marks.txt": (("a" + "\u0301" * 400_000).encode(), 1, []),
    "short_lines.txt": (b"a\n" * 300_000, 1, []),
    "we\nird \x1b[31m`|<b>.txt": (GOOD.encode(), 1, []),
    "%2e%2e..%2f..%2fetc'\".txt": (GOOD.encode(), 1, []),
}  # fmt: skip


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    folder = tmp_path_factory.mktemp("hostile")
    inputs = folder / "raw"
    inputs.mkdir()
    for name, (content, _, _) in FILES.items():
        (inputs / name).write_bytes(content)
    Path(os.fsdecode(os.fsencode(str(inputs)) + b"/\xff\xfe.txt")).write_text(GOOD)
    (inputs / "loop").symlink_to(inputs)
    (inputs / "itself.txt").symlink_to(inputs / "itself.txt")
    (inputs / "nowhere.txt").symlink_to(inputs / "not there")
    (inputs / "memory.txt").symlink_to("/proc/self/mem")
    os.mkfifo(inputs / "pipe.txt")
    (inputs / "folder.txt").mkdir()
    report = run(
        [str(inputs)], str(folder / "out"), engine=Processes(1), limits=LIMITS, breaker=Breaker(rejected_share=1),
        options=Options(retry_seconds=0.01),
    )  # fmt: skip
    return folder, report


def rows(folder: Path, dataset: str, name: str) -> list[dict[str, Any]]:
    found = ds.dataset(folder / "out" / dataset, format="parquet")
    columns = [column for column in found.schema.names if column != "blocks"]
    rows: list[dict[str, Any]] = found.to_table(columns, filter=ds.field("origin_file") == name).to_pylist()
    return rows


@pytest.mark.parametrize("name", FILES)
def test_each_is_cleaned_or_rejected_with_its_reason(ran: tuple[Path, Report], name: str) -> None:
    _, articles, checks = FILES[name]
    rejected = rows(ran[0], "rejected", name)
    assert sorted(row["reasons"][0]["check"] for row in rejected) == sorted(checks)
    assert len(rows(ran[0], "articles", name)) == articles


def test_what_is_no_file_is_named_with_what_is_wrong(ran: tuple[Path, Report]) -> None:
    checks = {
        name: [row["reasons"][0]["check"] for row in rows(ran[0], "rejected", name)]
        for name in ("itself.txt", "nowhere.txt", "memory.txt", "pipe.txt", "loop")
    }
    assert checks == {
        "itself.txt": ["link_loop"], "nowhere.txt": ["broken_link"], "memory.txt": ["unreadable"],
        "pipe.txt": ["not_a_file"], "loop": ["link_loop"],
    }  # fmt: skip


def test_a_name_that_is_no_utf8_is_spelled_out(ran: tuple[Path, Report]) -> None:
    assert [row["text"] for row in rows(ran[0], "articles", r"\xff\xfe.txt")] == [CLEAN]


def test_neighbours_are_cleaned(ran: tuple[Path, Report]) -> None:
    for name in (
        "long_line.jsonl",
        "surrogate.jsonl",
        "nested.jsonl",
        "same_ids.jsonl",
        "utf16_without_mark.txt",
    ):
        assert {row["text"] for row in rows(ran[0], "articles", name)} == {CLEAN}


def test_the_dataset_is_proved(ran: tuple[Path, Report]) -> None:
    folder, report = ran
    verdict = verify(str(folder / "out"), limits=LIMITS)
    assert (verdict.problems, verdict.not_checked) == ([], [])
    assert report.totals["records"] == report.totals["articles"] + report.totals["rejected"]


def test_what_records_say_stays_text(ran: tuple[Path, Report]) -> None:
    (article,) = rows(ran[0], "articles", "quoted.jsonl")
    assert [article[name] for name in ("id", "source", "title", "url", "author")] == [QUOTED] * 5
    (rejected,) = rows(ran[0], "rejected", "nasty.jsonl")
    assert json.loads(rejected["fields"])["id"] == NASTY and rejected["raw"] == GOOD.encode()
    (rejected,) = rows(ran[0], "rejected", "nasty_rejected.jsonl")
    assert json.loads(rejected["raw"])["id"] == NASTY


def test_nothing_is_written_elsewhere(ran: tuple[Path, Report]) -> None:
    folder = ran[0]
    assert sorted(path.name for path in folder.iterdir()) == ["out", "raw"]
    names = {path.relative_to(folder / "out").parts[0] for path in (folder / "out").rglob("*")}
    assert names == {"articles", "edits", "rejected", "ledger.json", "_lock"}


def test_nothing_acts_in_a_report(ran: tuple[Path, Report], capsys: pytest.CaptureFixture[str]) -> None:
    from cleanse.cli import main

    folder, report = ran
    page = as_markdown(report)
    assert not any(c in page for c in "\x1b\x07\x00\u202e")
    assert "<script" not in page and "](javascript" not in page and "<b>" not in page
    assert as_text(report)
    few = folder.parent / f"{folder.name}-few"
    few.mkdir()
    for name in FILES:
        if "nasty" in name or "weird" in name:
            (few / name).write_bytes(FILES[name][0])
    (few / "we\nird\x1b[2J.txt").symlink_to("not\x1b[31m there")
    assert (
        main(["run", str(few), "--output", str(few / "out"), "--processes", "1", "--max-rejected", "1"]) == 0
    )
    assert main(["verify", str(few / "out")]) == 0
    assert main(["run", str(few / "we\x1b[31m"), "--output", str(few / "out")]) == 2
    told = capsys.readouterr()
    assert not any(c in told.out + told.err for c in "\x1b\x07\x00\u202e")


# ------------------------------------------------------------------------------------------------- places


def once(inputs: Path, output: Path) -> Report:
    return run([str(inputs)], str(output), engine=Processes(1), breaker=Breaker(rejected_share=1))


def test_an_input_inside_the_output(tmp_path: Path) -> None:
    (tmp_path / "out" / "raw").mkdir(parents=True)
    (tmp_path / "out" / "raw" / "note.txt").write_text(GOOD)
    for _ in range(2):
        report = once(tmp_path / "out" / "raw", tmp_path / "out")
        assert report.totals["articles"] == 1
    assert (tmp_path / "out" / "raw" / "note.txt").read_text() == GOOD


@pytest.mark.parametrize("link", [False, True])
def test_an_output_inside_the_input(tmp_path: Path, link: bool) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "note.txt").write_text(GOOD)
    output = raw / "out"
    if link:
        (tmp_path / "elsewhere").symlink_to(raw)
        output = tmp_path / "elsewhere" / "out"
    for _ in range(2):
        report = once(raw, output)
        assert (report.totals["records"], report.problems) == (1, ())


def test_an_output_that_is_the_input(tmp_path: Path) -> None:
    """The dataset lies among the inputs, and is never read as one."""
    (tmp_path / "note.txt").write_text(GOOD)
    for inputs in (tmp_path, tmp_path, tmp_path / "*"):
        assert once(inputs, tmp_path).totals["records"] == 1
    assert (tmp_path / "note.txt").read_text() == GOOD


@pytest.mark.parametrize("below", ["articles", "edits/part-0.parquet", "_staging"])
def test_an_input_that_is_part_of_the_output_is_refused(tmp_path: Path, below: str) -> None:
    (tmp_path / below).mkdir(parents=True)
    with pytest.raises(InputError, match="is part of the dataset"):
        once(tmp_path / below, tmp_path)


def test_inputs_that_are_empty(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    report = once(tmp_path / "raw", tmp_path / "out")
    assert report.totals.get("records", 0) == 0
    assert ds.dataset(tmp_path / "out" / "articles", format="parquet").count_rows() == 0
    assert verify(str(tmp_path / "out")).problems == []


# -------------------------------------------------------------------------------------------------- large ones


@pytest.mark.slow
@pytest.mark.parametrize(
    "made",
    [
        lambda: "<div>" * 100_000,
        lambda: "<div>" * 50_000 + GOOD + "</div>" * 50_000,
        lambda: "a" + "\u0301" * 200_000,
        lambda: "The ferry was late. " * 100_000,
    ],
    ids=["open divs", "nested divs", "combining marks", "one line of 2 MB"],
)
def test_large_ones_are_cleaned_within_the_limit(tmp_path: Path, made: Callable[[], str]) -> None:
    (tmp_path / "large.txt").write_text(made())
    (tmp_path / "small.txt").write_text(GOOD)
    report = once(tmp_path, tmp_path.parent / f"{tmp_path.name}-out")
    assert (report.totals["articles"], report.totals["rejected"]) == (2, 0)
