"""Prefect's test harness, once a session, and real runs in homes of their own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flow_harness import ROOT, environment

import flows  # noqa: F401  (tells Prefect, before it is imported, to send nothing home)


@pytest.fixture(scope="session")
def prefect_api() -> Iterator[str]:
    """A Prefect server for the flows that tests call in this process; gives its URL."""
    from prefect.settings import PREFECT_API_URL
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=180):
        yield str(PREFECT_API_URL.value())


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
        for number in range(12_000):
            text = "\n\n".join(f"{sentence} This is number {number}, part {part}." for part in range(40))
            file.write(json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n")
    return path


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
