"""A run: what it publishes, what it leaves alone the next time, and what it refuses to publish."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pytest

from cleanse.datasets import ARTICLES, DATASETS, EDITS, REJECTED
from cleanse.edit import restore
from cleanse.inputs import FieldMap, InputError
from cleanse.output.ledger import load
from cleanse.output.lock import LockedError, locked
from cleanse.output.store import Store
from cleanse.output.verify import verify
from cleanse.runs.breaker import Breaker, BreakerError
from cleanse.runs.engines import Processes
from cleanse.runs.report import as_text
from cleanse.runs.run import Options, Report, run

SAMPLES = Path(__file__).parents[1] / "data" / "raw"


def table(output: Path, dataset: str) -> pa.Table:
    return ds.dataset(output / dataset, format="parquet").to_table()


def once(inputs: Path, output: Path, **options: Any) -> Report:
    return run([str(inputs)], str(output), engine=Processes(1), options=Options(**options))


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    for n in range(3):
        (folder / f"note{n}.txt").write_text(f"The ferry left at {n} , they said .\n\nNobody was on board.")
    rows = [{"id": f"row{n}", "text": f"The harbour board met , item {n} ."} for n in range(50)]
    (folder / "feed.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return folder


def test_every_record_is_an_article_or_rejected_and_comes_back(raw: Path, tmp_path: Path) -> None:
    with (raw / "feed.jsonl").open("a") as feed:
        feed.write('{"text": 7}\nnot json\n')
    report = once(raw, tmp_path / "out")
    assert (report.totals["records"], report.totals["articles"], report.totals["rejected"]) == (55, 53, 2)
    articles, edits, rejected = (table(tmp_path / "out", name) for name in ("articles", "edits", "rejected"))
    assert (articles.num_rows, rejected.num_rows) == (53, 2)
    assert sorted(row["raw"] for row in rejected.to_pylist()) == [b"not json", b'{"text": 7}']
    logs: dict[str, list[dict[str, Any]]] = {}
    for edit in edits.to_pylist():
        logs.setdefault(edit["article_id"], []).append(edit)
    for article in articles.to_pylist():
        undone = restore(article["text"], logs.get(article["id"], []))
        if article["origin_file"] == "feed.jsonl":
            assert undone == f"The harbour board met , item {article['origin_index']} ."
        else:
            assert undone == (raw / article["origin_file"]).read_text()


def test_schemas_are_the_same_with_and_without_rows(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    once(tmp_path / "nothing", tmp_path / "empty")
    once(SAMPLES, tmp_path / "full")
    for name, schema in (("articles", ARTICLES), ("edits", EDITS), ("rejected", REJECTED)):
        for output in ("empty", "full"):
            for file in (tmp_path / output / name).iterdir():
                found = pa.parquet.read_schema(file)
                assert found.remove_metadata() == schema == DATASETS[name]
                assert found.metadata[b"cleanse.dataset"] == name.encode()
                assert len(found.metadata[b"cleanse.rules_fingerprint"]) == 64
                assert found.metadata[b"cleanse.contract_version"] == b"1.0.0"


def test_samples_come_out_whole(tmp_path: Path) -> None:
    report = once(SAMPLES, tmp_path / "out")
    assert (report.totals["records"], report.totals["rejected"]) == (24, 0)
    verdict = verify(str(tmp_path / "out"))
    assert (verdict.problems, verdict.not_checked, verdict.checked["restored"]) == ([], [], 24)


def parts(output: Path) -> dict[str, bytes]:
    return {str(f.relative_to(output)): f.read_bytes() for f in sorted(output.glob("[!_]*/*.parquet"))}


def test_a_second_run_cleans_nothing(raw: Path, tmp_path: Path) -> None:
    once(raw, tmp_path / "out")
    before = parts(tmp_path / "out")
    ledger = (tmp_path / "out" / "ledger.json").stat()
    report = once(raw, tmp_path / "out")
    assert report.shards["cleaned"] == 0 and report.cleaned == {}
    assert "nothing was new" in as_text(report)
    assert parts(tmp_path / "out") == before
    again = (tmp_path / "out" / "ledger.json").stat()
    assert (again.st_ino, again.st_mtime_ns) == (ledger.st_ino, ledger.st_mtime_ns)  # it was not written anew
    full = once(raw, tmp_path / "out", full=True)
    assert full.shards["kept"] == 0 and full.cleaned["records"] == 53
    assert parts(tmp_path / "out") == before


def test_a_part_that_was_deleted_comes_back(raw: Path, tmp_path: Path) -> None:
    once(raw, tmp_path / "out")
    before = parts(tmp_path / "out")
    for file in (tmp_path / "out" / "articles").iterdir():
        file.unlink()
    once(raw, tmp_path / "out")
    assert parts(tmp_path / "out") == before


def test_files_of_other_kinds_are_counted(raw: Path, tmp_path: Path) -> None:
    for name in ("a.json", "b.json", "c.HTML", "notes", "d.\x1b[31m", ".hidden.json"):
        (raw / name).write_text("text")
    report = once(raw, tmp_path / "out")
    assert report.passed_over == {".json": 2, ".html": 1, "without a known ending": 2}
    assert "passed over: 5 files of other kinds: .json 2" in as_text(report)
    assert report.totals["records"] == 53


def test_what_broken_runs_leave_behind_is_swept(raw: Path, tmp_path: Path) -> None:
    for name in ("_learning/x.counts", "_staging/x/articles.parquet", f"articles/.aside-{'0' * 32}"):
        left = tmp_path / "out" / name
        left.parent.mkdir(parents=True)
        left.write_bytes(b"left")
    once(raw, tmp_path / "out")
    once(raw, tmp_path / "out")
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "_lock", "articles", "edits", "ledger.json", "rejected",
    ]  # fmt: skip
    assert verify(str(tmp_path / "out")).problems == []


def test_one_item_goes_to_a_process_of_its_own() -> None:
    (where,) = Processes(2).map(os.path.realpath, ["/proc/self"])
    assert where != os.path.realpath("/proc/self")


def test_what_is_new_or_changed_is_cleaned_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "raw"
    folder.mkdir()
    for n in range(400):
        (folder / f"note{n:03d}.txt").write_text(f"The ferry left at {n} , they said .")
    first = once(folder, tmp_path / "out", shard_bytes=1 << 11)
    (folder / "note777.txt").write_text("A new note .")
    (folder / "note005.txt").write_text("A changed note .")
    report = once(folder, tmp_path / "out", shard_bytes=1 << 11)
    assert report.totals["articles"] == 401
    assert 2 <= report.cleaned["records"] < first.totals["records"] / 2
    texts = table(tmp_path / "out", "articles").to_pylist()
    assert {a["origin_file"]: a["text"] for a in texts}["note005.txt"] == "A changed note."
    assert len({a["origin_file"] for a in texts}) == len(texts) == 401


def test_a_feed_that_has_grown_is_cleaned_from_where_it_grew(tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    line = json.dumps({"text": "The harbour board met , they said . " * 20}) + "\n"
    feed.write_text(line * 600)
    first = once(feed, tmp_path / "out", shard_bytes=1 << 16)
    assert first.shards["cleaned"] > 4
    with feed.open("a") as more:
        more.write(line * 10)
    report = once(feed, tmp_path / "out", shard_bytes=1 << 16)
    assert report.totals["articles"] == 610
    assert report.shards["cleaned"] == 1
    assert verify(str(tmp_path / "out")).problems == []


def test_articles_of_removed_inputs_stay_until_pruned(raw: Path, tmp_path: Path) -> None:
    once(raw, tmp_path / "out")
    (raw / "note1.txt").unlink()
    (raw / "note2.txt").write_text("A changed note .")  # so that the shard they share is cleaned again
    report = once(raw, tmp_path / "out")
    assert report.removed_inputs == ("note1.txt",)
    by_file = {a["origin_file"]: a["text"] for a in table(tmp_path / "out", "articles").to_pylist()}
    assert by_file["note1.txt"].startswith("The ferry left at 1, they said.")
    assert by_file["note2.txt"] == "A changed note."
    assert report.totals["articles"] == 53
    assert verify(str(tmp_path / "out")).problems == []
    pruned = once(raw, tmp_path / "out", prune=True)
    assert pruned.totals["articles"] == 52
    assert "note1.txt" not in table(tmp_path / "out", "articles")["origin_file"].to_pylist()


def test_two_processes_give_the_same_dataset_as_one(tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    feed.write_text("".join(json.dumps({"text": f"Item {n} , they said . " * 30}) + "\n" for n in range(500)))
    options = Options(shard_bytes=1 << 16)
    run([str(feed)], str(tmp_path / "one"), engine=Processes(1), options=options)
    run([str(feed)], str(tmp_path / "two"), engine=Processes(2), options=options)
    assert parts(tmp_path / "one") == parts(tmp_path / "two")


def test_too_many_rejected_records_publish_nothing(raw: Path, tmp_path: Path) -> None:
    once(raw, tmp_path / "out")
    before = parts(tmp_path / "out")
    (raw / "bad.jsonl").write_text('{"no": "text"}\n' * 40 + "not json\n" * 5)
    with pytest.raises(
        BreakerError, match=r"45 of 98 .* read\.missing_text \(40\), read\.malformed_json \(5\)"
    ) as broken:
        once(raw, tmp_path / "out")
    assert "the first of these: bad.jsonl, line 1: no field holds a text" in str(broken.value)
    assert parts(tmp_path / "out") == before
    allowed = run([str(raw)], str(tmp_path / "out"), engine=Processes(1), breaker=Breaker(rejected_share=1.0))
    assert allowed.totals["rejected"] == 45
    assert allowed.shards["resumed"] == 1  # what the failed run had cleaned was not cleaned again


def test_articles_that_shrink_publish_nothing(tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    feed.write_text((json.dumps({"text": "A long story. " * 100}) + "\n") * 10)
    once(feed, tmp_path / "out")
    before = parts(tmp_path / "out")
    feed.write_text((json.dumps({"text": "A long story."}) + "\n") * 10)
    with pytest.raises(BreakerError, match=r"shrink from \d+ to 130 characters"):
        once(feed, tmp_path / "out")
    assert parts(tmp_path / "out") == before


def test_a_second_run_at_once_declines(raw: Path, tmp_path: Path) -> None:
    with locked(Store(str(tmp_path / "out"))), pytest.raises(LockedError, match="another run is at work"):
        once(raw, tmp_path / "out")
    once(raw, tmp_path / "out")


def test_a_publication_that_was_broken_off_is_completed(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def move(self: Store, moves: Mapping[str, str]) -> None:
        original(self, dict(list(moves.items())[:1]))
        raise OSError(5, "pulled out")

    original = Store.move
    monkeypatch.setattr(Store, "move", move)
    with pytest.raises(OSError, match="pulled out"):
        once(raw, tmp_path / "out")
    monkeypatch.setattr(Store, "move", original)
    report = once(raw, tmp_path / "out")
    assert report.shards["cleaned"] == 0
    once(raw, tmp_path / "undisturbed")
    assert parts(tmp_path / "out") == parts(tmp_path / "undisturbed")
    assert load(Store(str(tmp_path / "out"))).total() == load(Store(str(tmp_path / "undisturbed"))).total()


def test_an_input_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        once(tmp_path / "nowhere", tmp_path / "out")


def test_verify_sees_a_part_that_was_tampered_with(raw: Path, tmp_path: Path) -> None:
    once(raw, tmp_path / "out")
    part = next((tmp_path / "out" / "edits").glob("part-*.parquet"))
    part.write_bytes(part.read_bytes()[:-1] + b"x")
    (tmp_path / "out" / "articles" / "stray.parquet").write_bytes(b"")
    problems = verify(str(tmp_path / "out")).problems
    assert len(problems) == 2
    assert (
        "is not the file that was published" in problems[0]
        and "stray.parquet is not in the ledger" in problems[1]
    )


def test_compressed_input(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "feed.jsonl.gz", "wt") as feed:
        feed.write('{"headline": "Ferry late", "body": "The ferry , they said , was late ."}\n')
    once(tmp_path / "feed.jsonl.gz", tmp_path / "out")
    (article,) = table(tmp_path / "out", "articles").to_pylist()
    assert (article["title"], article["text"]) == ("Ferry late", "The ferry, they said, was late.")


def test_pruning_spares_what_cannot_be_read_today(raw: Path, tmp_path: Path) -> None:
    source = raw / "table.parquet"
    pa.parquet.write_table(
        pa.table({"text": [f"The ferry left at {n} , they said ." for n in range(12)]}), source
    )
    once(raw, tmp_path / "out")
    source.write_bytes(source.read_bytes()[:-9])
    report = once(raw, tmp_path / "out", prune=True)
    assert (report.totals["articles"], report.totals["rejected"]) == (65, 0)
    assert report.removed_inputs == () and "table.parquet" in report.problems[0]
    assert verify(str(tmp_path / "out"), raw=False).problems == []


def test_pruning_an_input_that_is_empty_publishes_nothing(raw: Path, tmp_path: Path) -> None:
    once(raw, tmp_path / "out")
    for file in raw.iterdir():
        file.unlink()
    with pytest.raises(BreakerError, match="pruning would take out 53 of 53 articles"):
        once(raw, tmp_path / "out", prune=True)
    assert table(tmp_path / "out", "articles").num_rows == 53


def test_a_record_that_took_too_long_gets_another_chance(raw: Path, tmp_path: Path) -> None:
    # The system looks at the processor's clock some hundred times a second, so it must be a long one.
    (raw / "long.txt").write_text("The ferry , they said , was late . " * 20_000)
    hurried = run(
        [str(raw)], str(tmp_path / "out"), engine=Processes(1), breaker=Breaker(rejected_share=1.0),
        options=Options(record_seconds=1e-3),
    )  # fmt: skip
    assert hurried.reasons["clean.time_limit"] > 0
    assert once(raw, tmp_path / "out").totals["rejected"] == 0


def test_verify_reads_the_fields_that_the_run_was_told(tmp_path: Path) -> None:
    (tmp_path / "feed.jsonl").write_text(
        '{"main_story": "The ferry , they said , was late .", "text": "Teaser"}\n'
    )
    fields = FieldMap.of({"text": "main_story"})
    run([str(tmp_path / "feed.jsonl")], str(tmp_path / "out"), engine=Processes(1), fields=fields)
    verdict = verify(str(tmp_path / "out"))
    assert (verdict.problems, verdict.checked["restored"]) == ([], 1)
