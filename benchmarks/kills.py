"""Kills runs at random instants, starts them again, and compares what comes out with an undisturbed run.

    python -m benchmarks.kills --times 200

Each time a run with three processes over many small shards is killed (kill -9, the parent alone: its children have to
end by themselves), at any instant from its start to its end or, every other time, within its publication; every
third time the run that resumes is killed as well. Then a run goes through. Half of the outputs are empty before, half
hold a dataset of the same inputs as they were the day before: some files changed, grew or went since.

Afterwards the parts must be those of an undisturbed run byte for byte, and the ledger too, apart from when and by
which run it was published; no other file may be there, no record lost or doubled, no process left.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

SHARD_BYTES = 4 << 10
PUBLISHING = b"publishing\n"  # what a run says when it has cleaned all and begins to publish
PATIENCE = 120.0  # seconds after which a run that does nothing counts as hung


class Unchecked:
    """Contracts that every row keeps: to import the real ones takes half of a run as short as these."""

    versions: Mapping[str, str] = {"articles": "1.0.0", "edits": "1.0.0", "rejected": "1.0.0"}

    def failures(self, dataset: str, table: Any, *, today: date | None = None) -> Any:
        """Give no failures."""
        from cleanse.contracts import Failures

        return Failures()


def run_once(inputs: str, output: str, processes: int) -> None:
    """Run, and say on stdout when the publication begins."""
    from cleanse.runs.breaker import Breaker
    from cleanse.runs.engines import Processes
    from cleanse.runs.run import Options, Run
    from cleanse.setting import Setting

    run = Run(
        [inputs], output, setting=Setting(today=date(2026, 1, 1)), breaker=Breaker(rejected_share=1, shrink_share=1),
        contracts=Unchecked(), options=Options(shard_bytes=SHARD_BYTES),
    )  # fmt: skip
    with run.hold():
        run.plan()
        run.clean(Processes(processes))
        sys.stdout.buffer.write(PUBLISHING)
        sys.stdout.buffer.flush()
        run.publish()


# ------------------------------------------------------------------------------------------------- the inputs


def make_inputs(folder: Path) -> tuple[Path, Path]:
    """Make inputs as they are today and as they were the day before, and give both folders."""
    from benchmarks.corpus import articles

    made = ({**article, "text": article["text"][:800]} for article in articles(7, "all"))
    old, new = folder / "before", folder / "now"
    old.mkdir()
    lines = [json.dumps(article, ensure_ascii=False) for article in islice(made, 24)]
    lines[5:5] = ["not json", '{"text": 7}']
    (old / "feed.jsonl").write_text("\n".join(lines[:16]) + "\n", encoding="utf8")
    for number, article in enumerate(islice(made, 12)):
        (old / f"note{number:02d}.txt").write_text(article["text"], encoding="utf8")
    (old / "broken.txt").write_bytes(b"The ferry left , they said .\xff\xfe")
    shutil.copytree(old, new)
    (new / "feed.jsonl").write_text("\n".join(lines) + "\n", encoding="utf8")
    (new / "note03.txt").write_text("The harbour board met again , they said .", encoding="utf8")
    (new / "note07.txt").unlink()
    (new / "note99.txt").write_text("A note that came later , they said .", encoding="utf8")
    return old, new


# ------------------------------------------------------------------------------------------------- the kills


def start(inputs: str | Path, output: str | Path, processes: int) -> subprocess.Popen[bytes]:
    """Start a run in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "benchmarks.kills", "--run", str(inputs), str(output), str(processes)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=Path(__file__).parents[1],
    )  # fmt: skip


def children(pid: int) -> list[int]:
    """Give the processes below a process, as far as they are there now (Linux)."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(child) for child in task.read_text().split()]
        except OSError:
            continue
    return found + [below for child in found for below in children(child)]


def is_there(pid: int) -> bool:
    """Say whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


@dataclass
class Killed:
    """What a kill met.

    Attributes:
        stage: What the run was at: ``cleaning``, ``publication`` or ``ended`` (it was too quick for the kill).
        children: Its children at that instant.
    """

    stage: str
    children: list[int]


def kill(
    process: subprocess.Popen[bytes], *, within: float, publication: bool, made: random.Random
) -> Killed:
    """Kill a run at a random instant of ``within`` seconds, or of its publication."""
    stage = "cleaning"
    if publication:
        assert process.stdout is not None
        if process.stdout.readline() == PUBLISHING:
            stage = "publication"
        time.sleep(made.choice([0, made.uniform(0, 0.005), made.uniform(0, 0.05)]))
    else:
        time.sleep(made.uniform(0, within))
    below = children(process.pid)
    if process.poll() is not None:
        stage = "ended"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return Killed(stage, below)


def go_through(inputs: Path, output: Path, processes: int) -> float:
    """Run undisturbed; give how long it took, in seconds."""
    began = time.monotonic()
    process = start(inputs, output, processes)
    _, said = process.communicate(timeout=PATIENCE)
    if process.returncode:
        raise AssertionError(f"the run failed: {said.decode()}")
    return time.monotonic() - began


# ------------------------------------------------------------------------------------------------- comparison


def snapshot(output: Path) -> dict[str, Any]:
    """Give what is in a dataset's folder: files with their bytes, the ledger without what tells runs apart."""
    files: dict[str, Any] = {}
    for path in sorted(output.rglob("*")):
        name = str(path.relative_to(output))
        if path.is_dir():
            continue
        files[name] = path.read_bytes()
        if name == "ledger.json":
            said = json.loads(files[name])
            # A publication that a kill broke off, and the next run completed, counts as one of its own.
            files[name] = {k: v for k, v in said.items() if k not in ("run", "generation")}
        elif name == "_lock":
            files[name] = b""  # says who held it last
    return files


def differences(found: dict[str, Any], expected: dict[str, Any]) -> list[str]:
    """Say in which files two datasets differ."""
    return [
        f"{name}: "
        + ("missing" if name not in found else "stray" if name not in expected else "other content")
        for name in sorted(found.keys() | expected.keys())
        if found.get(name) != expected.get(name)
    ]


def records(output: Path) -> Counter[tuple[str, int]]:
    """Count the records of a dataset by their origin."""
    import pyarrow.dataset as ds

    keys: Counter[tuple[str, int]] = Counter()
    for name in ("articles", "rejected"):
        table = ds.dataset(output / name, format="parquet").to_table(["origin_file", "origin_index"])
        keys.update(zip(table["origin_file"].to_pylist(), table["origin_index"].to_pylist(), strict=True))
    return keys


@dataclass
class Tally:
    """What the kills came to; ``problems`` is empty if all promises were kept."""

    times: int = 0
    kills: int = 0
    stages: Counter[str] = field(default_factory=Counter)
    lost: int = 0
    doubled: int = 0
    problems: list[str] = field(default_factory=list)
    longest_orphan: float = 0.0  # seconds that a child outlived its parent

    def __str__(self) -> str:
        met = ", ".join(f"{number} in {stage}" for stage, number in sorted(self.stages.items()))
        return (
            f"{self.times} times, {self.kills} kills ({met}): {len(self.problems)} differences, {self.lost} records "
            f"lost, {self.doubled} doubled; a child outlived its parent by {self.longest_orphan:.2f} s at most"
        )


class Orphans(threading.Thread):
    """Waits for the children of a killed run to end.

    Attributes:
        seconds: After how long the last one had ended.
    """

    def __init__(self, pids: list[int]) -> None:
        super().__init__(daemon=True)
        self._pids, self._since, self.seconds = pids, time.monotonic(), 0.0
        self.start()

    def run(self) -> None:
        """Look again and again."""
        while any(map(is_there, self._pids)) and self.seconds < PATIENCE:
            time.sleep(0.01)
            self.seconds = time.monotonic() - self._since


def cycles(times: int, *, processes: int, seed: int, folder: Path) -> Iterator[Tally]:
    """Kill and resume ``times`` times in ``folder``; gives the tally after each."""
    made, tally = random.Random(seed), Tally()
    old, new = make_inputs(folder)
    fresh, grown, yesterday = folder / "fresh", folder / "grown", folder / "yesterday"
    within = {False: go_through(new, fresh, processes)}
    go_through(old, yesterday, processes)
    shutil.copytree(yesterday, grown)
    within[True] = go_through(new, grown, processes)
    expected = {False: (snapshot(fresh), records(fresh)), True: (snapshot(grown), records(grown))}
    while tally.times < times:
        number, output = tally.times, folder / "killed"
        shutil.rmtree(output, ignore_errors=True)
        again = number % 4 >= 2
        if again:
            shutil.copytree(yesterday, output)
        orphans: list[Orphans] = []
        for _ in range(2 if number % 3 == 2 else 1):
            process = start(new, output, processes)
            met = kill(process, within=within[again], publication=number % 2 == 1, made=made)
            if met.stage == "ended":  # the machine is less busy than it was
                within[again] *= 0.9
                continue
            orphans.append(Orphans(met.children))
            tally.stages[met.stage] += 1
        if not orphans:
            continue
        tally.kills += len(orphans)
        # At once, as who types the command again would: the killed run's children may still be there.
        try:
            go_through(new, output, processes)
        except AssertionError as error:
            tally.problems.append(f"time {number}: {error}")
        for watched in orphans:
            watched.join()
            tally.longest_orphan = max(tally.longest_orphan, watched.seconds)
            if watched.seconds >= PATIENCE:
                tally.problems.append(f"time {number}: children of a killed run live on")
        wanted, keys = expected[again]
        found = records(output)
        tally.lost += (keys - found).total()
        tally.doubled += (found - keys).total()
        tally.problems += [f"time {number}: {d}" for d in differences(snapshot(output), wanted)]
        tally.times += 1
        yield tally


def main() -> None:
    """Kill, resume, compare, and say what came of it."""
    if sys.argv[1:2] == ["--run"]:
        run_once(sys.argv[2], sys.argv[3], int(sys.argv[4]))
        return
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--processes", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="cleanse-kills-") as folder:
        for tally in cycles(given.times, processes=given.processes, seed=given.seed, folder=Path(folder)):
            if tally.times % 10 == 0 or tally.problems:
                print(
                    f"{time.monotonic() - began:6.0f} s: {tally}",
                    *tally.problems[:10],
                    sep="\n  ",
                    flush=True,
                )
            if tally.problems:
                break
    print(tally)
    sys.exit(bool(tally.problems or tally.lost or tally.doubled))


if __name__ == "__main__":
    main()
