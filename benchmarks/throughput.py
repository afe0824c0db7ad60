"""How fast cleaning is, beside the null pipeline: the same reading, contract and writing with nothing between.

    python -m benchmarks.throughput                       # prints the table
    python -m benchmarks.throughput --megabytes 40 --times 5

One process, its own processor time (a busy machine does not count), pipelines in turn, medians. Contracts, edits and
blocks are part of it; nothing is switched off. The corpora are those of benchmarks/corpus.py.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks import corpus
from cleanse.batch import articles_table
from cleanse.contracts import installed
from cleanse.engines import InProcess
from cleanse.inputs import plan, read
from cleanse.run import run


def null_pipeline(path: Path, output: Path) -> None:
    """Read, check against the contract, write: the records as articles, just as they are."""
    contracts = installed()
    output.mkdir()
    for number, shard in enumerate(plan([str(path)]).shards):
        for part, batch in enumerate(read(shard)):
            table = articles_table(batch.records, {})
            assert not contracts.failures("articles", table)
            pq.write_table(
                table, output / f"{number}-{part}.parquet", compression="zstd", compression_level=1
            )


def cleaning(path: Path, output: Path) -> None:
    """Do all that a run does, in this process."""
    run([str(path)], str(output), engine=InProcess())


def seconds(work: Callable[[Path, Path], None], path: Path) -> float:
    """Give the processor time of one run into a fresh folder."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.process_time()
        work(path, Path(folder) / "out")
        return time.process_time() - began


def measure(megabytes: float, times: int) -> list[tuple[str, float, float, float]]:
    """Give rows of corpus, its megabytes, and the medians of cleaning and of the null pipeline in MB/s."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for damage, share in (("real", 1.0), ("none", 1.0), ("all", 0.1)):
            path = Path(folder) / f"{damage}.jsonl"
            corpus.write(path, int(megabytes * share * 1e6), damage=damage)
            size = path.stat().st_size / 1e6
            taken = [(seconds(cleaning, path), seconds(null_pipeline, path)) for _ in range(times)]
            rows.append(
                (damage, size, size / median(t for t, _ in taken), size / median(t for _, t in taken))
            )
    return rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--megabytes", type=float, default=20, help="of each corpus; a tenth of it, all damaged"
    )
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args()
    seconds(null_pipeline, _small())  # imports and warms up
    names = {"real": "damaged as real pages are", "none": "clean", "all": "all of it damaged"}
    print("| corpus | MB | cleaning, MB/s | null pipeline, MB/s | share |\n|---|--:|--:|--:|--:|")
    for damage, size, cleaned, null in measure(given.megabytes, given.times):
        print(f"| {names[damage]} | {size:.0f} | {cleaned:.1f} | {null:.0f} | {cleaned / null:.1%} |")
    print(f"\npyarrow {pa.__version__}, one process, processor time, medians of {given.times}")


def _small() -> Path:
    path = Path(tempfile.mkdtemp()) / "small.jsonl"
    corpus.write(path, 100_000)
    return path


if __name__ == "__main__":
    main()
