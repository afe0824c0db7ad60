"""A run of learning: from inputs to the published table of patterns.

plan ──▶ shards are counted by workers ──▶ buckets of sources are learned by workers ──▶ what people said ──▶ publish

Memory follows the shard and the bucket, never the corpus: what is counted goes to a folder of the output, some two
thirds of the text's size, and is removed in the end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.compute as pc

from cleanse.contracts import Contracts, installed
from cleanse.datasets import BOILERPLATE
from cleanse.inputs import USUAL, FieldMap, Limits, plan
from cleanse.learning import counts, decisions
from cleanse.learning.table import ordered
from cleanse.learning.work import CountTask, LearnTask, count_shard, learn_bucket
from cleanse.output.lock import locked
from cleanse.output.store import Store
from cleanse.runs.engines import Engine, Processes
from cleanse.runs.run import Progress

SHARD_BYTES = 16 << 20
BUCKET_BYTES = 48 << 20  # input that a bucket holds on average: some 150 MB in a worker
MOST_BUCKETS = 4096


@dataclass(frozen=True, slots=True)
class LearnReport:
    """What was learned.

    Attributes:
        output: Where the dataset is.
        records: Records read.
        articles: Different articles that were learned from: with a source, and each text once a shard.
        sources: Sources of which patterns are known.
        patterns: Patterns by status.
        problems: Inputs that could not be read and patterns that could not be published, each with why.
        seconds: How long it took.
    """

    output: str
    records: int
    articles: int
    sources: int
    patterns: dict[str, int]
    problems: tuple[str, ...]
    seconds: float


def as_text(report: LearnReport) -> str:
    """Say in a few lines what was learned."""
    found = ", ".join(f"{number:,} {status}" for status, number in sorted(report.patterns.items())) or "none"
    lines = [
        f"{report.articles:,} articles of {report.records:,} records in {report.seconds:.1f} s",
        f"patterns of {report.sources:,} sources: {found}",
        f"in {report.output}; `cleanse boilerplate list {report.output}` shows them",
    ]
    return "\n".join([*lines, *(f"left out: {problem}" for problem in report.problems[:10])])


def _ignore(progress: Progress) -> None:
    pass


def learn_run(
    inputs: Sequence[str],
    output: str,
    *,
    fields: FieldMap = USUAL,
    limits: Limits | None = None,
    engine: Engine | None = None,
    contracts: Contracts | None = None,
    unnamed: bool = False,
    wait: float = 0.0,
    shard_bytes: int = SHARD_BYTES,
    observe: Callable[[Progress], None] = _ignore,
) -> LearnReport:
    """Learn from ``inputs`` what recurs in the stories of each source, into ``boilerplate/`` at ``output``.

    Args:
        inputs: Folders, globs or files, as paths or URLs; raw or cleaned articles.
        output: Folder of the dataset, as path or URL. What people said of patterns there stays.
        fields: Which fields of records are which columns.
        limits: What of an input is too much.
        engine: What counts and learns; processes of this machine by default.
        contracts: What published rows must keep; the installed ones by default.
        unnamed: Also learn from articles that name neither a source nor an address, as if they were of one source.
        wait: Seconds to wait for another run on the same output to end.
        shard_bytes: Size of a shard, in bytes of (decompressed) input; what comes out does not depend on it.
        observe: Called after every shard.

    Raises:
        LockedError: Another run is at work on this output.
        ValueError: An input does not exist, or an argument makes no sense.
        OSError: The input or output failed, and went on failing.
    """
    began = datetime.now(UTC)
    engine, contracts, store = engine or Processes(), contracts or installed(), Store(output)
    with locked(store, wait=wait) as held:
        store.remove_folder(counts.FOLDER)
        try:
            planned = plan(
                inputs, fields=fields, shard_bytes=shard_bytes, limits=limits or Limits(), exclude=[output]
            )
            size = sum(shard.bytes for shard in planned.shards)
            buckets = min(MOST_BUCKETS, max(1, -(-size // BUCKET_BYTES)))
            tasks = [
                CountTask(shard, output, fields, limits or Limits(), unnamed, buckets)
                for shard in planned.shards
            ]
            counted = _counted(engine, tasks, size, observe)
            learned = _learned(engine, output, counted, buckets)
        finally:
            store.remove_folder(counts.FOLDER)
        rows = decisions.with_decisions(learned, decisions.load(store))
        held.check()
        left_out = decisions.publish(store, rows, contracts)
    return LearnReport(
        output=output,
        records=sum(c.records for c in counted),
        articles=sum(c.articles for c in counted),
        sources=len(rows["source"].unique()),
        patterns={row["values"]: row["counts"] for row in pc.value_counts(rows["status"]).to_pylist()},
        problems=(*(f"{problem.name}: {problem.message}" for problem in planned.problems), *left_out),
        seconds=(datetime.now(UTC) - began).total_seconds(),
    )


def _counted(
    engine: Engine, tasks: list[CountTask], size: int, observe: Callable[[Progress], None]
) -> list[counts.Counted]:
    progress = Progress(shards=len(tasks), bytes=size)
    observe(progress)
    counted = []
    for done in engine.map(count_shard, tasks):
        counted.append(done)
        progress.done += 1
        progress.bytes_done = size * progress.done // len(tasks)
        progress.records += done.records
        observe(progress)
    return sorted(counted, key=lambda c: c.path)


def _learned(engine: Engine, output: str, counted: list[counts.Counted], buckets: int) -> pa.Table:
    tasks = []
    for bucket in range(buckets):
        parts = tuple(
            (c.path, c.bounds[bucket]) for c in counted if c.bounds[bucket][0] < c.bounds[bucket][3]
        )
        if parts:
            tasks.append(LearnTask(output, parts))
    return ordered(pa.concat_tables([BOILERPLATE.empty_table(), *engine.map(learn_bucket, tasks)]))
