"""Fixtures of the tests of flows: Prefect's test harness, and runs of the real commands in homes of their own."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

import flows  # noqa: F401  (tells Prefect, before it is imported, to send nothing home)

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def prefect_api() -> Iterator[None]:
    """A Prefect server for the flows that tests call in this process."""
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=180):
        yield


@pytest.fixture
def some_articles(tmp_path: Path) -> Path:
    """A folder with three articles, two of them damaged, and a record that cannot be read."""
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "quay.txt").write_text("The quay is open again , the board said on Monday .", encoding="utf8")
    records = [
        {"id": "tide", "text": "The tide gauge was read twice a day, and nobody minded.", "desk": "harbour"},
        {
            "id": "ferry",
            "text": "The ferry < strong > sails < /strong > again <script>alert(1)</script> in May .",
        },
    ]
    lines = [json.dumps(record) for record in records] + ["{this is no JSON"]
    (folder / "wire.jsonl").write_text("\n".join(lines) + "\n", encoding="utf8")
    return folder


@pytest.fixture(scope="session")
def many_articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An input that takes two processes a good while."""
    sentence = (
        "The ferry < strong > sails < /strong > again , said the bo\u0430rd & amp ; the cr\u00c3\u00a9w ."
    )
    path = tmp_path_factory.mktemp("many") / "many.jsonl"
    with path.open("w", encoding="utf8") as file:
        for number in range(20_000):
            text = "\n\n".join(f"{sentence} This is number {number}, part {part}." for part in range(40))
            file.write(json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n")
    return path


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a command that knows of no other Prefect than the one in ``home``."""
    mine = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return {
        **mine,
        "PREFECT_HOME": str(home),
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        **more,
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(is_so: Callable[[], bool], seconds: float, what: str) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, f"{what}: not within {seconds} seconds"
        time.sleep(0.2)


def family(process: subprocess.Popen[str]) -> list[psutil.Process]:
    """A process and all that it has started, and what those have."""
    parent = psutil.Process(process.pid)
    return [parent, *parent.children(recursive=True)]


def assert_gone(processes: list[psutil.Process], seconds: float = 40) -> None:
    _, alive = psutil.wait_procs(processes, timeout=seconds)
    left = [p for p in alive if p.status() != psutil.STATUS_ZOMBIE]
    assert not left, f"still there: {[p.cmdline() for p in left]}"


@pytest.fixture(scope="session")
def by_hand(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs ``python -m flows.clean_articles``; the first run finds a fresh home, all that follow the same one."""
    home = tmp_path_factory.mktemp("home") / "prefect"

    def run(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "flows.clean_articles", *map(str, arguments)],
            cwd=ROOT, env=environment(home, **more), capture_output=True, text=True, timeout=240, check=False,
        )  # fmt: skip

    run.home = home  # type: ignore[attr-defined]
    return run


@pytest.fixture(scope="session")
def used_home(by_hand: Callable[..., object], tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Gives copies of a home whose database has been made: making one takes 10 seconds."""
    home: Path = by_hand.home  # type: ignore[attr-defined]

    def copy() -> Path:
        if not (home / "prefect.db").exists():
            by_hand("--input", ROOT / "data/raw/harbour-gazette", "--output", home.parent / "first")
        return Path(shutil.copytree(home, tmp_path_factory.mktemp("copy") / "prefect"))

    return copy
