"""Measures what Prefect takes of a run: the same corpus by the flow and by the command line, which knows no Prefect.

python -m benchmarks.prefect_share --megabytes 1000 --times 3

The flow runs twice: with a server of its own, as by hand, and with one that runs already, as a deployment's does.
"""

from __future__ import annotations

import argparse
import contextlib
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator

from benchmarks import measure
from benchmarks.growth import sources
from flows import tethered
from flows.local_api import free_port, reach_directly, wait_until_up

FILE = 64  # megabytes of each file of the input


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Run a Prefect server with a new database on loopback while the block runs, and give its API's address."""
    home, port = measure.BUILD / "prefect", free_port()
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    reach_directly()
    process = tethered.start(
        "prefect",
        ["server", "start", "--host", "127.0.0.1", "--port", str(port)],
        env={"PREFECT_HOME": str(home), "PREFECT_UI_ENABLED": "false"},
        output=subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}/api"
        wait_until_up(url, process, home)
        yield url
    finally:
        tethered.end(process)


def main() -> None:
    """Measure, interleaved, and keep the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=float, default=1000)
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args()
    source, output = str(sources(FILE, round(given.megabytes / FILE))), measure.BUILD / "out" / "share"
    flow = ["-m", "flows.clean_articles", "--input", source, "--output", str(output)]
    costs: dict[str, list[measure.Cost]] = {}
    with server() as url:
        commands: dict[str, tuple[list[str], dict[str, str]]] = {
            "the command line": (["-m", "cleanse", "run", source, "-o", str(output)], {}),
            "the flow, with a server that runs": (flow, {"PREFECT_API_URL": url}),
            "the flow, with a server of its own": (flow, {}),
        }
        for number in range(given.times):
            for name, (command, env) in commands.items():
                shutil.rmtree(output, ignore_errors=True)
                costs.setdefault(name, []).append(measure.run([sys.executable, *command], **env))
                print(f"{number + 1}/{given.times} {name}: {costs[name][-1].seconds:.1f} s", flush=True)
    plain = next(iter(costs.values()))
    rows = [
        [
            name,
            f"{statistics.median(cost.seconds for cost in found):.1f}",
            f"{statistics.median(cost.cpu for cost in found):.1f}",
            ""
            if found is plain
            else f"{statistics.median(1 - a.seconds / b.seconds for a, b in zip(plain, found, strict=True)):.1%}",
        ]
        for name, found in costs.items()
    ]
    measure.save(
        "prefect_share",
        "Prefect's share of a run",
        ["by", "s", "CPU s", "Prefect's share of the time"],
        rows,
        f"{given.megabytes:g} MB, from the program's start to its end, imports with it; medians "
        f"of {given.times}.",
    )


if __name__ == "__main__":
    main()
