"""``verify`` sees each kind of corruption, also where whoever made it has mended the ledger's checksums."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from cleanse.output.verify import verify
from cleanse.runs.breaker import Breaker
from cleanse.runs.engines import Processes
from cleanse.runs.run import Options, run


@pytest.fixture
def output(raw: Path, tmp_path: Path) -> Path:
    with (raw / "feed.jsonl").open("a") as feed:
        feed.write('not json\n{"text": "The ferry , they said , was late ."}\n')
    run(
        [str(raw)], str(tmp_path / "out"), engine=Processes(1), breaker=Breaker(rejected_share=1),
        options=Options(shard_bytes=1 << 10),
    )  # fmt: skip
    assert verify(str(tmp_path / "out")).problems == []
    return tmp_path / "out"


def ledger(output: Path) -> Any:
    return json.loads((output / "ledger.json").read_text())


def save(output: Path, said: Any) -> None:
    (output / "ledger.json").write_text(json.dumps(said))


def entry_with(said: Any, dataset: str) -> Any:
    return next(e for e in said["shards"].values() if dataset in e["parts"] and e["counts"]["records"] > 1)


def rewrite(
    output: Path, dataset: str, change: Callable[[pa.Table], pa.Table], *, counts: bool = False
) -> Any:
    """Change a part and mend the ledger's checksum (and counts) of it."""
    said = ledger(output)
    entry = entry_with(said, dataset)
    part = entry["parts"][dataset]
    before = pq.read_table(output / part["path"])
    table = change(before)
    pq.write_table(table, output / part["path"])
    content = (output / part["path"]).read_bytes()
    part |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest(), "rows": table.num_rows}
    if counts:
        entry["counts"]["records"] += table.num_rows - before.num_rows
        entry["counts"][dataset] = table.num_rows
        for name in ("touched", "review", "raw_length", "text_length"):
            del entry["counts"][name]
    save(output, said)


def set_cell(table: pa.Table, column: str, value: Any, row: int = 0) -> pa.Table:
    values = table[column].to_pylist()
    values[row] = value(values[row])
    return table.set_column(
        table.schema.get_field_index(column),
        table.schema.field(column),
        pa.array(values, table.schema.field(column).type),
    )


def problems(output: Path, **options: Any) -> str:
    return "\n".join(verify(str(output), **options).problems)


def first_part(output: Path, dataset: str) -> Path:
    return sorted((output / dataset).glob("part-*.parquet"))[0]


def test_a_part_that_is_missing(output: Path) -> None:
    first_part(output, "articles").unlink()
    assert "is in the ledger, but not in the dataset" in problems(output)


def test_an_empty_part_that_is_missing(output: Path) -> None:
    (output / "rejected" / "schema.parquet").unlink()
    assert "rejected/schema.parquet is in the ledger, but not in the dataset" in problems(output)


def test_a_part_that_is_cut_short(output: Path) -> None:
    part = first_part(output, "edits")
    part.write_bytes(part.read_bytes()[:-1])
    assert "is not the file that was published" in problems(output)


def test_a_part_that_is_no_parquet_with_a_ledger_that_agrees(output: Path) -> None:
    said = ledger(output)
    part = entry_with(said, "articles")["parts"]["articles"]
    (output / part["path"]).write_bytes(b"PAR1 or not")
    part["sha256"] = hashlib.sha256(b"PAR1 or not").hexdigest()
    save(output, said)
    assert "cannot be read as Parquet" in problems(output)


def test_a_part_that_is_not_in_the_ledger(output: Path) -> None:
    part = first_part(output, "articles")
    (output / "articles" / "copy.parquet").write_bytes(part.read_bytes())
    assert "articles/copy.parquet is not in the ledger" in problems(output)


def test_a_row_that_is_missing_with_a_mended_checksum(output: Path) -> None:
    rewrite(output, "articles", lambda table: table.slice(1))
    assert "articles, its parts hold" in problems(output)


def test_a_row_that_is_missing_with_mended_counts(output: Path) -> None:
    rewrite(output, "articles", lambda table: table.slice(1), counts=True)
    found = problems(output)
    assert "is lost" in found and "which is no article" in found


def test_a_rejected_record_that_is_missing_with_mended_counts(output: Path) -> None:
    said = ledger(output)
    entry = next(e for e in said["shards"].values() if "rejected" in e["parts"])
    (output / entry["parts"].pop("rejected")["path"]).unlink()
    entry["counts"]["records"] -= 1
    entry["counts"]["rejected"], entry["reasons"] = 0, {}
    save(output, said)
    assert "is lost" in problems(output)


def test_a_record_that_is_doubled(output: Path) -> None:
    rewrite(output, "articles", lambda table: pa.concat_tables([table, table.slice(0, 1)]), counts=True)
    assert "is there 2 times" in problems(output, raw=False)


def test_a_shard_that_is_doubled(output: Path) -> None:
    said = ledger(output)
    entry = entry_with(said, "articles")
    said["shards"]["0" * 32] = {**entry, "name": "0" * 32}
    save(output, said)
    assert "is in shard" in problems(output, raw=False)


def feed_shards(said: Any) -> list[Any]:
    """The shards of the feed, from its beginning on."""
    found = [e for e in said["shards"].values() if e["pieces"][0]["name"] == "feed.jsonl"]
    assert len(found) > 2
    return sorted(found, key=lambda entry: entry["pieces"][0]["start"])


def change_part(output: Path, said: Any, entry: Any, change: Callable[[pa.Table], pa.Table]) -> pa.Table:
    """Change a shard's articles, and mend all that the ledger says of them; gives them as they were."""
    part = entry["parts"]["articles"]
    before = pq.read_table(output / part["path"])
    table = change(before)
    pq.write_table(table, output / part["path"])
    content = (output / part["path"]).read_bytes()
    part |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest(), "rows": table.num_rows}
    entry["counts"]["records"] += table.num_rows - before.num_rows
    entry["counts"]["articles"] = table.num_rows
    save(output, said)
    return before


def test_a_record_that_is_in_two_shards(output: Path) -> None:
    said = ledger(output)
    one, other, *_ = feed_shards(said)
    rows = change_part(output, said, one, lambda table: table)
    change_part(output, said, other, lambda table: pa.concat_tables([rows.slice(1, 1), table]))
    key = rows["origin_index"][1].as_py()
    found = problems(output, raw=False)
    assert f"record {key} of feed.jsonl is in shard {one['name']} and in shard {other['name']}" in found


def test_records_that_are_in_no_shard(output: Path) -> None:
    said = ledger(output)
    _, other, *_ = feed_shards(said)
    rows = change_part(output, said, other, lambda table: table.slice(0, 2))
    lost = rows["origin_index"].to_pylist()[2:]
    found = problems(output, raw=False)
    assert f"records {lost[0]} to {lost[-1]} of feed.jsonl are in no shard" in found


def test_a_shard_that_the_ledger_has_lost(output: Path) -> None:
    said = ledger(output)
    _, other, *_ = feed_shards(said)
    del said["shards"][other["name"]]
    save(output, said)
    for part in other["parts"].values():
        (output / part["path"]).unlink()
    assert "of feed.jsonl are in no shard" in problems(output, raw=False)


def test_a_dataset_without_gaps_or_repetitions(output: Path, raw: Path) -> None:
    verdict = verify(str(output))
    assert verdict.problems == [] and verdict.not_checked == []
    articles = sum(pq.read_table(path).num_rows for path in (output / "articles").glob("part-*.parquet"))
    assert verdict.checked["restored"] == articles  # every one, as its raw input has it


def test_records_that_a_shard_should_not_have(output: Path) -> None:
    rewrite(output, "articles", lambda table: set_cell(table, "origin_file", lambda name: "other.txt"))
    found = problems(output)
    assert "which is none of its files" in found and "is in no input" in found


def test_a_text_that_was_changed(output: Path) -> None:
    rewrite(
        output, "articles", lambda table: set_cell(table, "text", lambda text: text.replace("The", "the"))
    )
    assert "does not give its raw text back" in problems(output)


def test_a_text_that_has_grown_is_seen_without_the_inputs(output: Path) -> None:
    rewrite(output, "articles", lambda table: set_cell(table, "text", lambda text: text + " And more."))
    assert "its edits do not fit together" in problems(output, raw=False)


def test_an_edit_that_is_missing(output: Path) -> None:
    rewrite(output, "edits", lambda table: table.slice(1), counts=True)
    assert "its edits do not fit together" in problems(output, raw=False)


def test_a_rejected_text_that_was_changed(output: Path) -> None:
    said = ledger(output)
    entry = next(e for e in said["shards"].values() if "rejected" in e["parts"])
    part = entry["parts"]["rejected"]
    table = set_cell(pq.read_table(output / part["path"]), "raw", lambda raw: raw + b"!")
    pq.write_table(table, output / part["path"])
    part["sha256"] = hashlib.sha256((output / part["path"]).read_bytes()).hexdigest()
    save(output, said)
    assert "was rejected with another raw text" in problems(output)


def test_a_row_that_breaks_its_contract(output: Path) -> None:
    rewrite(output, "articles", lambda table: set_cell(table, "id", lambda _: ""))
    assert "breaks its contract" in problems(output, raw=False)


def test_columns_that_are_others(output: Path) -> None:
    rewrite(output, "articles", lambda table: table.append_column("x", pc.add(table["origin_index"], 1)))
    assert "has other columns or types" in problems(output)


@pytest.mark.parametrize("name", ["records", "edits", "touched"])
def test_counts_that_are_wrong(output: Path, name: str) -> None:
    said = ledger(output)
    entry_with(said, "articles")["counts"][name] += 1
    save(output, said)
    assert f"{name}, its parts hold" in problems(output, raw=False)


def test_a_publication_that_was_broken_off(output: Path) -> None:
    (output / "_publish.json").write_text("{}")
    assert "a publication was broken off" in problems(output)


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"format": 1}', '{"format": 1, "shards": {"x": {}}, "files": {}}', '{"format": 99}'],
)
def test_a_ledger_that_is_none(output: Path, content: str) -> None:
    (output / "ledger.json").write_text(content)
    with pytest.raises(ValueError, match="ledger"):
        verify(str(output))


def test_inputs_that_are_gone_cannot_be_checked_and_that_is_said(output: Path, raw: Path) -> None:
    (raw / "note1.txt").unlink()
    verdict = verify(str(output))
    assert verdict.problems == [] and any("note1.txt" in line for line in verdict.not_checked)
