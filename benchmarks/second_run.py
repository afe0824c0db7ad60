"""Measures what a run costs when nothing is new, and how much is redone when something is.

    python -m benchmarks.second_run                     # 100,000 articles as JSONL, then as many as text files
    python -m benchmarks.second_run --articles 10000 --files 2000

The command line is run each time, so what it costs to start counts too. After the first run come: nothing new; lines
added at the end of the last file; one file changed; a changed policy; and nothing new again.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.corpus import articles

MEDIAN = 1000  # bytes of an article
SHARE = 0.05  # of the first run's time that a run with nothing new may take
PARTS = 10  # files of JSONL


def make_jsonl(folder: Path, count: int) -> None:
    """Write ``count`` articles as files of JSON lines."""
    made = articles(5, median=MEDIAN)
    for part in range(PARTS):
        lines = [json.dumps(a, ensure_ascii=False) for a in islice(made, count // PARTS)]
        (folder / f"part-{part}.jsonl").write_text("\n".join(lines) + "\n", "utf8")


def make_texts(folder: Path, count: int) -> None:
    """Write ``count`` articles as text files, a thousand in a folder."""
    for number, article in enumerate(islice(articles(6, median=MEDIAN), count)):
        below = folder / f"{number // 1000:03d}"
        below.mkdir(exist_ok=True)
        (below / f"{number:06d}.txt").write_text(article["text"], "utf8")


def grow(folder: Path) -> None:
    """Add lines to the last file, or a file if there are no lines."""
    last = max(path for path in folder.rglob("*") if path.is_file())
    if last.suffix == ".jsonl":
        with last.open("a", encoding="utf8") as file:
            file.writelines(
                json.dumps(a, ensure_ascii=False) + "\n" for a in islice(articles(7, median=MEDIAN), 100)
            )
    else:
        last.with_name("zz-new.txt").write_text(next(articles(7, median=MEDIAN))["text"], "utf8")


def change(folder: Path) -> None:
    """Change the first file at its beginning."""
    first = min(path for path in folder.rglob("*") if path.is_file())
    text = first.read_text("utf8")
    if first.suffix == ".jsonl":
        head, _, rest = text.partition("\n")
        text = json.dumps({**json.loads(head), "title": "Another title"}, ensure_ascii=False) + "\n" + rest
    else:
        text = "It has changed. " + text
    first.write_text(text, "utf8")


def run(raw: Path, output: Path, *more: str) -> tuple[float, dict[str, Any]]:
    """Run the command line; give the seconds and its report."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "cleanse", "run", str(raw), "-o", str(output), "--json", *more]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return time.perf_counter() - began, json.loads(done.stdout)


def files(folder: Path) -> dict[str, tuple[int, int]]:
    """Give what would tell that a file was written again: its inode and time of change; but for the lock."""
    there = (p for p in folder.rglob("*") if p.is_file() and "lock" not in p.name)
    return {str(p): (p.stat().st_ino, p.stat().st_mtime_ns) for p in there}


def measure(name: str, make: Callable[[Path, int], None], count: int, policy: Path, processes: str) -> bool:
    """Show what each run took and did; say whether one with nothing new was cheap and wrote nothing."""
    with tempfile.TemporaryDirectory() as place:
        raw, output = Path(place, "raw"), Path(place, "out")
        raw.mkdir()
        make(raw, count)
        first, report = run(raw, output, "--processes", processes)
        good = True
        print(f"{name}: {report['totals']['records']:,} records", flush=True)
        print(f"  {first:8.2f} s           first run: {report['shards']}", flush=True)
        for what, before, more in (
            ("nothing new", None, ()),
            ("grown", grow, ()),
            ("one file changed", change, ()),
            ("other policy", None, ("--policy", str(policy))),
            ("nothing new", None, ("--policy", str(policy))),
        ):  # fmt: skip
            if before is not None:
                before(raw)
            there = files(output)
            seconds, report = run(raw, output, "--processes", processes, *more)
            written = len(set(files(output).items()) - set(there.items()))
            cleaned = report["cleaned"].get("records", 0)
            print(
                f"  {seconds:8.2f} s  {seconds / first:6.1%}  {what}: {report['shards']}, {cleaned:,} records cleaned, "
                f"{written} files written",
                flush=True,
            )
            if what == "nothing new":
                good &= not written and not cleaned and seconds < SHARE * first
        shutil.rmtree(output)
    return good


def main() -> None:
    """Measure both kinds of input."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=100_000, help="as JSON lines")
    parser.add_argument("--files", type=int, default=100_000, help="as text files")
    parser.add_argument("--processes", default="2", help="of each run")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        policy = Path(place, "policy.toml")
        policy.write_text("[thresholds]\nboilerplate = 0.7\n", "utf8")
        good = [
            measure("JSON lines", make_jsonl, given.articles, policy, given.processes),
            measure("text files", make_texts, given.files, policy, given.processes),
        ]
    sys.exit(not all(good))


if __name__ == "__main__":
    main()
