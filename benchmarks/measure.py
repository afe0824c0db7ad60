"""Runs a program and tells what it cost: time, processor time, and the memory of its largest process."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks import table
from benchmarks.corpus import write
from benchmarks.table import RESULTS

BUILD = Path(__file__).parent.parent / "build" / "benchmarks"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a program cost.

    Attributes:
        seconds: From its start to its end.
        cpu: Processor seconds of it and all its children.
        peak: Bytes of memory, at most, of the largest of its processes.
        said: What its work alone cost, as it printed it itself; None if it did not.
    """

    seconds: float
    cpu: float
    peak: int
    said: dict[str, Any] | None


def run(command: Sequence[str], **env: str) -> Cost:
    """Run a program to its end.

    Raises:
        RuntimeError: It failed; the message has what it said.
    """
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as complaint:
        program = subprocess.Popen(command, stdout=said, stderr=complaint, env={**os.environ, **env})
        _, status, usage = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - began
        said.seek(0)
        complaint.seek(0)
        if program.returncode:
            raise RuntimeError(
                f"{' '.join(command)} ended with {program.returncode}: {complaint.read()[-2000:]}"
            )
        lines = [line for line in said if line.startswith('{"seconds"')]
    return Cost(
        seconds,
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss * (1 if platform.system() == "Darwin" else 1024),
        json.loads(lines[-1]) if lines else None,
    )


def corpus(megabytes: float, damage: str = "real", seed: int = 1) -> Path:
    """Give a file of made articles, made now if there is none yet."""
    path = BUILD / f"{damage}-{megabytes:g}-{seed}.jsonl"
    if not path.exists():
        BUILD.mkdir(parents=True, exist_ok=True)
        write(path.with_suffix(".part"), int(megabytes * 1e6), damage=damage, seed=seed)
        path.with_suffix(".part").rename(path)
    return path


def machine() -> str:
    """Say on what this runs."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        name = next(
            (x.split(":", 1)[1].strip() for x in info.read_text().splitlines() if "model name" in x), name
        )
    return f"{name}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"


def save(name: str, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], notes: str) -> None:
    """Keep a benchmark's table, print it, and show it in the README."""
    RESULTS.mkdir(exist_ok=True)
    result = {
        "title": title,
        "date": date.today().isoformat(),
        "machine": machine(),
        "load": round(os.getloadavg()[0], 1),
        "columns": list(columns),
        "rows": [list(row) for row in rows],
        "notes": notes,
    }
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf8")
    print(table.markdown(result))
    table.show()
