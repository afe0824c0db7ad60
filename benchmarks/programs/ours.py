"""Cleans a file as `cleanse run` does: INPUT OUTPUT [PROCESSES]; with `null` behind them, all but the cleaning."""

from __future__ import annotations

import json
import resource
import shutil
import sys
import time
from typing import Any

import pyarrow as pa

from cleanse import shard_work
from cleanse.batch import CleanedBatch, articles_table
from cleanse.cleaner import cleaner
from cleanse.contracts import installed
from cleanse.datasets import EDITS, REJECTED
from cleanse.runs.engines import Processes
from cleanse.runs.run import run


def nothing(records: pa.Table, *_: Any, **__: Any) -> CleanedBatch:
    """Take every record as it is."""
    return CleanedBatch(articles_table(records, {}), EDITS.empty_table(), REJECTED.empty_table())


def cpu() -> float:
    """Give the processor seconds of this process and of its children that have ended."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(s.ru_utime + s.ru_stime for s in spent)


def main() -> None:
    """Run, and print seconds and processor seconds."""
    source, output, *rest = sys.argv[1:]
    if "null" in rest:
        shard_work.clean_batch = nothing  # type: ignore[assignment]
    processes = next((int(r) for r in rest if r.isdigit()), 1)
    installed().versions  # noqa: B018  # imports the contracts; a start is no work
    if processes == 1:
        _ = cleaner().gates
    shutil.rmtree(output, ignore_errors=True)
    began, spent = time.perf_counter(), cpu()
    report = run([source], output, engine=Processes(processes))
    print(
        json.dumps(
            {
                "seconds": time.perf_counter() - began,
                "cpu": cpu() - spent,
                "articles": report.totals["articles"],
                "edits": report.totals["edits"],
            }
        )
    )


if __name__ == "__main__":
    main()
