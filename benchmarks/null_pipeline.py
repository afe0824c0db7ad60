"""Measures cleanse against the null pipeline: the same reading, contracts and writing with no cleaning between.

python -m benchmarks.null_pipeline --megabytes 77 --times 5
"""

from __future__ import annotations

import argparse
import statistics
import sys

from benchmarks import measure


def main() -> None:
    """Measure, interleaved, and keep the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=float, default=77)
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args()
    kinds = {
        "null pipeline": ["null"],
        "cleanse, two thirds of articles damaged": [],
        "cleanse, none damaged": [],
    }
    rates: dict[str, list[float]] = {}
    for number in range(given.times):
        for name, extra in kinds.items():
            source = measure.corpus(given.megabytes, "none" if "none" in name else "real")
            command = [
                sys.executable,
                "-m",
                "benchmarks.programs.ours",
                str(source),
                str(measure.BUILD / "out" / "null"),
            ]
            said = measure.run([*command, *extra]).said or {}
            rates.setdefault(name, []).append(source.stat().st_size / 1e6 / said["cpu"])
            print(f"{number + 1}/{given.times} {name}: {rates[name][-1]:.1f} MB/s a core")
    null = rates["null pipeline"]
    rows = [
        [
            name,
            f"{statistics.median(found):.1f}",
            f"{statistics.median(a / b for a, b in zip(found, null, strict=True)):.0%}",
        ]
        for name, found in rates.items()
    ]
    measure.save(
        "null_pipeline",
        "Against the null pipeline: read, contracts, write",
        ["", "MB/s a core", "share of the null pipeline"],
        rows,
        f"{given.megabytes:g} MB; medians of {given.times}, ratios within a round.",
    )


if __name__ == "__main__":
    main()
