"""Profiles a run: a flame graph by py-spy where that is installed, else the tables of cProfile.

python -m benchmarks.flame --megabytes 8      # build/benchmarks/flame.svg, or flame.pstats and what it says
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import shutil
import subprocess
import sys

from benchmarks import measure
from benchmarks.programs import ours


def main() -> None:
    """Profile a run over made articles."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=float, default=8)
    parser.add_argument("--damage", choices=["real", "all", "none"], default="real")
    given = parser.parse_args()
    source, output = measure.corpus(given.megabytes, given.damage), measure.BUILD / "out" / "flame"
    if spy := shutil.which("py-spy"):
        graph = measure.BUILD / "flame.svg"
        subprocess.run(
            [spy, "record", "--output", str(graph), "--", sys.executable, "-m", "benchmarks.programs.ours", str(source),
             str(output)],
            check=True,
        )  # fmt: skip
        print(graph)
        return
    sys.argv = ["ours", str(source), str(output)]
    profile = cProfile.Profile()
    profile.runcall(ours.main)
    path = measure.BUILD / "flame.pstats"
    profile.dump_stats(path)
    for order in ("tottime", "cumtime"):
        pstats.Stats(profile).sort_stats(order).print_stats(40)
    print(path)


if __name__ == "__main__":
    main()
