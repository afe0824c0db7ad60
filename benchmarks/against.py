"""Measures cleanse against datatrove and Data-Juicer: the same corpus, one core, the same compression.

    python -m benchmarks.against --megabytes 24 --damaged 8 --times 5
    python -m benchmarks.against --file pages.jsonl     # on texts of your own as well, by `id` and `text`

Each of the two lives in an environment of its own below build/, made when it is not there. Runs are interleaved, and
of each kind the median counts. What is measured is processor time of the work without the start of the program: wall
time on a machine with other work to do says little.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

from benchmarks import measure

PROGRAMS = Path(__file__).parent / "programs"
ENVIRONMENTS = Path(__file__).parent.parent / "build" / "against"

# What each needs beside itself. Data-Juicer asks for web servers and more; these are what its text operators load. It
# installs what it misses while it runs, GPUs' libraries of 5 GB among it: it gets PyTorch, and no network (OFFLINE).
PACKAGES = {
    "datatrove": (("datatrove==0.10.1", "ftfy==6.3.1", "orjson", "pyarrow", "regex"), ()),
    "datajuicer": (
        (
            "aiohttp", "av", "beautifulsoup4", "datasets==5.2.0", "dep-logic", "dill==0.3.8", "emoji==2.2.0",
            "ftfy==6.3.1", "gitpython", "httpx", "jsonargparse[signatures]", "jsonlines", "loguru", "lz4",
            "multiprocess==0.70.16",
            "mwparserfromhell", "pandas", "pillow", "psutil", "pydantic", "pyarrow", "regex", "requests",
            "selectolax", "tabulate", "torch==2.13.0", "tomli", "tomli-w", "tqdm", "uv", "wget", "zstandard",
        ),
        ("py-data-juicer==1.6.1",),
    ),
}  # fmt: skip

OFFLINE = {"PIP_NO_INDEX": "1", "UV_OFFLINE": "1"}

DID = {
    "cleanse": "all rules, edits and their log, blocks, contracts, three datasets, ledger",
    "datatrove": "reader, FTFYFormatter, SymbolLinesFormatter, ParquetWriter: nothing else is cleaned, no edits",
    "Data-Juicer": "fix_unicode, clean_html, clean_copyright, punctuation and white-space mappers, Parquet: no edits; "
    "it also rewrites full-width punctuation and typographic quotes",
}


def environment(name: str) -> Path:
    """Give the Python of a rival's environment, made and filled if there is none."""
    folder = ENVIRONMENTS / name
    python = folder / "bin" / "python"
    done = folder / ".filled"
    if not done.exists():
        venv.create(folder, with_pip=True)
        whole, alone = PACKAGES[name]
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, *whole], check=True)
        for package in alone:  # without what it asks for: GPUs' libraries among it
            subprocess.run([*pip, "--no-deps", package], check=True)
        done.touch()
    return python


def commands(source: Path, output: Path) -> dict[str, Sequence[str]]:
    """Give the command of each."""
    return {
        "cleanse": [sys.executable, "-m", "benchmarks.programs.ours", str(source), str(output / "cleanse")],
        "datatrove": [
            str(environment("datatrove")), str(PROGRAMS / "datatrove_pipeline.py"), str(source),
            str(output / "datatrove"),
        ],
        "Data-Juicer": [
            str(environment("datajuicer")), str(PROGRAMS / "data_juicer_process.py"), str(source),
            str(output / "data-juicer"),
        ],
    }  # fmt: skip


def versions() -> str:
    """Say which releases were measured."""
    said = []
    for name, package in (("datatrove", "datatrove"), ("datajuicer", "py-data-juicer")):
        show = "import importlib.metadata as m, sys; print(sys.argv[1], m.version(sys.argv[1]))"
        said.append(
            subprocess.run(
                [environment(name), "-c", show, package], check=True, capture_output=True, text=True
            ).stdout.strip()
        )
    return ", ".join(said)


def main() -> None:
    """Measure, and keep the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=float, default=24, help="size of the realistic corpus")
    parser.add_argument("--damaged", type=float, default=8, help="size of the wholly damaged corpus")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--file", type=Path, help="JSONL to measure on as well")
    given = parser.parse_args()
    corpora = {
        "realistic": measure.corpus(given.megabytes, "real"),
        "wholly damaged": measure.corpus(given.damaged, "all"),
    }
    if given.file:
        corpora[given.file.stem] = given.file
    rates: dict[tuple[str, str], list[float]] = {}
    for corpus, source in corpora.items():
        size = source.stat().st_size / 1e6
        for number in range(given.times):
            for name, command in commands(source, measure.BUILD / "out").items():
                said = measure.run(command, **OFFLINE).said or {}
                rates.setdefault((corpus, name), []).append(size / said["cpu"])
                print(f"{corpus} {number + 1}/{given.times} {name}: {size / said['cpu']:.2f} MB/s a core")
    rows = []
    for name, did in DID.items():
        row = [name]
        for corpus in corpora:
            rate = statistics.median(rates[corpus, name])
            ours = statistics.median(
                a / b for a, b in zip(rates[corpus, "cleanse"], rates[corpus, name], strict=True)
            )
            row += [f"{rate:.2f}", f"{ours:.1f}"]
        rows.append([*row, did])
    measured = [column for name in corpora for column in (f"{name}, MB/s a core", "cleanse is faster by")]
    measure.save(
        "against",
        "Against datatrove and Data-Juicer",
        ["", *measured, "what it did"],
        rows,
        f"{given.megabytes:g} MB realistic, {given.damaged:g} MB wholly damaged; zstd Parquet; medians of "
        f"{given.times}, ratios within a round; {versions()}.",
    )


if __name__ == "__main__":
    main()
