"""How learning grows: generated articles of 1,000 sources, their time and the memory that processes take at most.

    python -m benchmarks.learning --articles 10000 100000 1000000

Each source ends its stories with lines of its own; a tenth of the articles is another's copy with a changed first line.
The corpus is kept in --folder, and made where it is not there (10^6 articles: 4 GB).
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import shutil
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.corpus import articles
from cleanse.learning.run import learn_run
from cleanse.runs.engines import Processes

SOURCES = 1000
FILES = 8  # a corpus is made in so many files, each with a seed of its own
POOL = 1000  # generated articles of whose paragraphs, each time with words of their own, a file's articles are made


def make(path: Path, seed: int, count: int) -> None:
    """Write articles with each source's own footer, and some of them again."""
    made = random.Random(seed)
    pool = [a["text"].split("\n\n") for a in itertools.islice(articles(seed), POOL)]
    with path.open("w", encoding="utf8") as file:
        before: list[tuple[int, str]] = []
        for n in range(count):
            number = made.randrange(SOURCES)
            day = f"20{made.randint(10, 25)}-{made.randint(1, 12):02d}-{made.randint(1, 28):02d}"
            if before and made.random() < 0.1:
                number, text = made.choice(before)
                text = f"Update {_word(made)}\n\n{text}"
            else:
                text = "\n\n".join(f"{line} {_word(made)}" for line in made.choice(pool))
                text += f"\n\nSite {number} of Brisemer, printed on {day}\n\nBack to the top of site{number}"
                before = [*before[-50:], (number, text)]
            source = f"site{number}.example.org"
            article = {"id": f"{seed}-{n}", "text": text, "source": source, "published_on": day}
            file.write(json.dumps(article, ensure_ascii=False) + "\n")


def _word(made: random.Random) -> str:
    return "".join(made.choices("abcdefghijklmnopqrstuvwxyz", k=9))


def corpus(folder: Path, count: int) -> Path:
    """Give the folder with ``count`` articles; make them if they are not there."""
    made = folder / f"{count}"
    if not made.exists():
        aside = folder / f"{count}.part"
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        with ProcessPoolExecutor() as pool:
            jobs = [
                pool.submit(make, aside / f"{n}.jsonl", 100 * count + n, count // FILES) for n in range(FILES)
            ]
            for job in jobs:
                job.result()
        aside.rename(made)
    return made


class Watch:
    """Watches what the processes of this one's tree take.

    Attributes:
        one: Memory of the largest of them, in MB, at most.
        all: Memory of all together, in MB, at most.
        cpu: Seconds that processors spent on each, by process id.
    """

    def __init__(self) -> None:
        self.one = self.all = 0.0
        self.cpu: dict[int, float] = {}
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._over.wait(0.5):
            tree = _tree()
            self.cpu |= {pid: seconds for pid in tree if (seconds := _cpu(pid)) is not None}
            sizes = [_resident(pid) for pid in tree]
            self.one, self.all = max(self.one, *sizes), max(self.all, sum(sizes))


def _tree() -> list[int]:
    found, todo = [], [int(Path("/proc/self").resolve().name)]
    while todo:
        pid = todo.pop()
        found.append(pid)
        for task in Path(f"/proc/{pid}/task").glob("*"):
            try:
                todo += [int(child) for child in (task / "children").read_text().split()]
            except OSError:
                continue
    return found


def _resident(pid: int) -> float:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):  # what processes share is shared out among them
                return int(line.split()[1]) / 1000
    except OSError:
        pass
    return 0.0


def _cpu(pid: int) -> float | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Make the corpora and learn from each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "cleanse-learning")
    given = parser.parse_args()
    print(
        "| articles | MB | seconds | MB/s | CPU seconds | largest process, MB | all processes, MB | approved |"
    )
    print("|--:|--:|--:|--:|--:|--:|--:|--:|")
    for count in given.articles:
        folder = corpus(given.folder, count)
        size = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
        with tempfile.TemporaryDirectory() as output, Watch() as watch:
            began, used = time.perf_counter(), time.process_time()
            report = learn_run([str(folder)], output, engine=Processes(given.processes))
            seconds = time.perf_counter() - began
        print(
            f"| {count:,} | {size:,.0f} | {seconds:.1f} | {size / seconds:.1f} "
            f"| {sum(watch.cpu.values()) - used:.1f} | {watch.one:.0f} | {watch.all:.0f} "
            f"| {report.patterns.get('approved', 0):,} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
