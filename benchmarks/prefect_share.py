"""Measures what Prefect takes of a run: the same corpus by the flow and by the command line, which knows no Prefect.

python -m benchmarks.prefect_share --megabytes 1000 --times 3
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys

from benchmarks import measure
from benchmarks.growth import sources

FILE = 64  # megabytes of each file of the input


def main() -> None:
    """Measure, interleaved, and keep the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=float, default=1000)
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args()
    source, output = str(sources(FILE, round(given.megabytes / FILE))), measure.BUILD / "out" / "share"
    commands = {
        "the command line": ["-m", "cleanse", "run", source, "-o", str(output)],
        "the flow": ["-m", "flows.clean_articles", "--input", source, "--output", str(output)],
    }
    costs: dict[str, list[measure.Cost]] = {name: [] for name in commands}
    for number in range(given.times):
        for name, command in commands.items():
            shutil.rmtree(output, ignore_errors=True)
            costs[name].append(measure.run([sys.executable, *command]))
            print(f"{number + 1}/{given.times} {name}: {costs[name][-1].seconds:.1f} s")
    plain, flow = costs.values()
    more = [1 - a.seconds / b.seconds for a, b in zip(plain, flow, strict=True)]
    rows = [
        [
            name,
            f"{statistics.median(cost.seconds for cost in found):.1f}",
            f"{statistics.median(cost.cpu for cost in found):.1f}",
            "" if found is plain else f"{statistics.median(more):.1%}",
        ]
        for name, found in costs.items()
    ]
    measure.save(
        "prefect_share",
        "Prefect's share of a run",
        ["by", "s", "CPU s", "Prefect's share of the time"],
        rows,
        f"{given.megabytes:g} MB, from the program's start to its end, Prefect's server and imports with it; medians "
        f"of {given.times}.",
    )


if __name__ == "__main__":
    main()
