"""Measures how time and memory grow with the input, with one process and with two.

python -m benchmarks.growth --megabytes 8
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from benchmarks import measure

TIMES = (1, 4, 16, 64)


def sources(megabytes: float, times: int) -> Path:
    """Give a folder with ``times`` corpora of this size, each of other articles up to four and then again."""
    folder = measure.BUILD / f"growth-{megabytes:g}-{times}"
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(times):
        link = folder / f"{number:03d}.jsonl"
        if not link.exists():
            os.link(measure.corpus(megabytes, seed=number % 4 + 1), link)
    return folder


def main() -> None:
    """Measure, and keep the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=float, default=8)
    given = parser.parse_args()
    rows, first = [], {}
    for times in TIMES:
        source = sources(given.megabytes, times)
        row = [f"{times} x {given.megabytes:g} MB"]
        for processes in (1, 2):
            cost = measure.run(
                [sys.executable, "-m", "benchmarks.programs.ours", str(source), str(measure.BUILD / "out" / "growth"),
                 str(processes)]
            )  # fmt: skip
            said = cost.said or {}
            first.setdefault(processes, said)
            row += [f"{said['seconds']:.1f}", f"{said['cpu']:.1f}", f"{said['cpu'] / first[processes]['cpu']:.1f}",
                    f"{cost.peak / 1e6:.0f}"]  # fmt: skip
        rows.append([*row, f"{float(row[1]) / float(row[5]):.2f}"])
        print(rows[-1])
    columns = ["input"]
    for processes in ("1 process", "2 processes"):
        columns += [f"{processes}: s", "CPU s", "times the first", "peak MB of any process"]
    measure.save(
        "growth",
        "Growth",
        [*columns, "two are faster by"],
        rows,
        "Seconds of the work without the program's start; the start of the two worker processes is in theirs.",
    )


if __name__ == "__main__":
    main()
