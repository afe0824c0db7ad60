"""Measures where the time goes: reading, gates, each family of rules, edits, tables, contracts, writing.

python -m benchmarks.stages --megabytes 24
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pyarrow as pa

from benchmarks import measure
from cleanse import batch, cleaner, gate, shard_work
from cleanse.cleaner import Cleaner
from cleanse.column_gates import ColumnGates
from cleanse.contracts import installed
from cleanse.inputs import Limits, plan, read
from cleanse.rule import Rule, rules
from cleanse.runs.run import SHARD_BYTES
from cleanse.setting import Setting


class Clock:
    """Processor time by stage; a stage within another is not counted for the outer one."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._within: list[str] = []
        self._since = time.thread_time()

    def _switch(self) -> None:
        now = time.thread_time()
        if self._within:
            self.spent[self._within[-1]] += now - self._since
        self._since = now

    def timed(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """Give ``work`` so that its time is counted for ``stage``."""

        def run(*args: Any, **named: Any) -> Any:
            self._switch()
            self._within.append(stage)
            try:
                return work(*args, **named)
            finally:
                self._switch()
                self._within.pop()

        return run


def instrumented(clock: Clock) -> Cleaner:
    """Give a cleaner, and wrap what it uses, so that all is counted."""

    def timed(rule: Rule) -> Rule:
        stage = "rules: " + ("ftfy" if rule.name == "mojibake" else rule.family.value)
        found = clock.timed(stage, lambda draft: list(rule.find(draft)))
        return replace(rule, find=found)

    cleaner.apply = clock.timed("edits", cleaner.apply)
    cleaner.settle = clock.timed("edits", cleaner.settle)
    batch.restore = clock.timed("edits: undone again", batch.restore)
    gate.GateSet.reopen = clock.timed("gates after edits", gate.GateSet.reopen)  # type: ignore[method-assign]
    ColumnGates.open = clock.timed("gates", ColumnGates.open)  # type: ignore[method-assign]
    Cleaner.clean = clock.timed("rounds", Cleaner.clean)  # type: ignore[method-assign]
    batch.edits_table = clock.timed("tables: edits", batch.edits_table)
    batch.articles_table = clock.timed("tables: articles and blocks", batch.articles_table)
    return Cleaner([timed(rule) for rule in rules()])


def main() -> None:
    """Clean a corpus with a clock in hand, and keep the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=float, default=24)
    parser.add_argument("--damage", choices=["real", "all", "none"], default="real")
    given = parser.parse_args()
    source = measure.corpus(given.megabytes, given.damage)
    size = source.stat().st_size / 1e6
    clock = Clock()
    using = instrumented(clock)
    _ = using.gates
    contracts, setting = installed(), Setting()
    _ = contracts.versions

    def work() -> None:
        for shard in plan([str(source)], shard_bytes=SHARD_BYTES).shards:
            batches = iter(read(shard, limits=Limits()))
            while (found := clock.timed("reading", next)(batches, None)) is not None:
                cleaned = batch.clean_batch(found.records, setting.context, using=using)
                tables = {"articles": cleaned.articles, "edits": cleaned.edits}
                for name, table in tables.items():
                    clock.timed("contracts", contracts.failures)(name, table, today=setting.today)
                    clock.timed("writing", write)(name, table)

    def write(name: str, table: pa.Table) -> None:
        schema = shard_work.with_metadata(name, "", {})
        with shard_work.writer(pa.BufferOutputStream(), schema) as writer:
            writer.write_table(table.replace_schema_metadata(schema.metadata))

    clock.timed("batches", work)()
    total = sum(clock.spent.values())
    rows = [
        [stage, f"{spent:.2f}", f"{spent / total:.0%}", f"{size / spent:.0f}"]
        for stage, spent in sorted(clock.spent.items(), key=lambda item: -item[1])
    ]
    measure.save(
        "stages",
        "Stage by stage",
        ["stage", "CPU s", "share", "MB/s"],
        [*rows, ["all", f"{total:.2f}", "100%", f"{size / total:.1f}"]],
        f"{given.megabytes:g} MB, damage: {given.damage}; with the clock's own cost.",
    )


if __name__ == "__main__":
    main()
