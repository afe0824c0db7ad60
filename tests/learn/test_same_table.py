"""The same articles give the same table: in any order, in any files, in halves that are put together."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import cleanse
from cleanse.learning.decisions import load
from cleanse.learning.inmemory import count, select
from cleanse.learning.run import learn_run
from cleanse.output.store import Store
from cleanse.runs.engines import InProcess, Processes
from tests.learn.stories import story

SOURCES = ["www.harbour.example", "tide.example", "skerrow.example", "lamps.example"]


def corpus() -> list[dict[str, Any]]:
    made = random.Random(5)
    found = []
    for source in SOURCES:
        for n in range(30):
            tail = ["Read on in the evening edition of the island paper", f"Printed on {1 + n % 28} May 2024"]
            tail += made.sample(
                ["Back to the quay", "All about lamps", "The crew", f"Number {n}"], made.randrange(4)
            )
            found.append(story(n, source=source, head=["Seven days"] if n % 5 == 0 else [], tail=tail))
        found += [{**story(3, source=source), "id": f"{source}-again-{k}"} for k in range(3)]
        found += [
            {
                **story(4, source=source),
                "id": f"{source}-new-{k}",
                "text": f"Edition {k}\n" + story(4, source=source)["text"],
            }
            for k in range(3)
        ]
    return found


@pytest.fixture(scope="module")
def expected() -> pa.Table:
    learned = cleanse.learn(corpus())
    assert set(learned["status"].to_pylist()) == {"approved", "proposed"}
    assert set(learned["source"].to_pylist()) == set(SOURCES)
    return learned


@pytest.mark.parametrize("seed", range(10))
def test_shuffled_and_sharded_anew(seed: int, expected: pa.Table, tmp_path: Path) -> None:
    made = random.Random(seed)
    records = corpus()
    made.shuffle(records)
    files = made.randint(1, 9)
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(files):
        lines = [json.dumps(record, default=str) for record in records[number::files]]
        (folder / f"{made.random()}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf8")
    engine = Processes(2) if seed == 0 else InProcess()
    learn_run(
        [str(folder)], str(tmp_path / "out"), engine=engine, shard_bytes=made.choice([3000, 20_000, 1 << 20])
    )
    assert load(Store(str(tmp_path / "out"))).equals(expected)
    assert [p.name for p in (tmp_path / "out").iterdir() if p.name != "_lock"] == ["boilerplate"]


@pytest.mark.parametrize("seed", range(3))
def test_halves_put_together(seed: int, expected: pa.Table) -> None:
    records = corpus()
    random.Random(seed).shuffle(records)
    # The halves overlap: what was counted twice is counted once.
    assert select(count(records[:80]) + count(records[60:])).equals(expected)
    assert select(count(records[60:]) + count(records[:80])).equals(expected)


def test_sources_do_not_depend_on_each_other(expected: pa.Table) -> None:
    for source in SOURCES:
        alone = cleanse.learn([record for record in corpus() if record["source"] == source])
        assert alone.equals(expected.filter(pa.compute.equal(expected["source"], source)))


def test_buckets_change_nothing(expected: pa.Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in.jsonl").write_text(
        "\n".join(json.dumps(r, default=str) for r in corpus()), encoding="utf8"
    )
    monkeypatch.setattr("cleanse.learning.run.BUCKET_BYTES", 5000)
    learn_run([str(tmp_path / "in.jsonl")], str(tmp_path / "out"), engine=InProcess(), shard_bytes=9000)
    assert load(Store(str(tmp_path / "out"))).equals(expected)


def test_of_a_large_source_the_same_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleanse.learning.counts.MOST", 10)
    tables = []
    for turn in range(3):
        records = corpus()
        random.Random(turn).shuffle(records)
        (tmp_path / "in.jsonl").write_text(
            "\n".join(json.dumps(r, default=str) for r in records), encoding="utf8"
        )
        learn_run([str(tmp_path / "in.jsonl")], str(tmp_path / "out"), engine=InProcess(), shard_bytes=9000)
        tables.append(load(Store(str(tmp_path / "out"))))
    assert tables[0].equals(tables[1])
    assert tables[0].equals(tables[2])
    assert max(tables[0]["articles_of_source"].to_pylist()) <= 10
