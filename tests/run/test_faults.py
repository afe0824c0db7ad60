"""Every call to the operating system fails once: the result is whole, or the old dataset and the next run are."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

import pytest
from faults import ERRORS, Faults, injected

from benchmarks.kills import Unchecked, differences, make_inputs, snapshot
from cleanse.output.ledger import load
from cleanse.output.store import Store
from cleanse.runs.breaker import Breaker
from cleanse.runs.engines import InProcess
from cleanse.runs.run import Options, run
from cleanse.setting import Setting

SETTING = Setting()


def once(inputs: Path, output: Path) -> Any:
    return run(
        [str(inputs)], str(output), setting=SETTING, engine=InProcess(), contracts=Unchecked(),
        breaker=Breaker(rejected_share=1, shrink_share=1), options=Options(shard_bytes=32 << 10, retry_seconds=0.001),
    )  # fmt: skip


@pytest.fixture(scope="module")
def yesterday(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with inputs ``now``, and the dataset ``out`` of what they were ``before``."""
    folder = tmp_path_factory.mktemp("faults")
    old, new = make_inputs(folder)
    for inputs in (old, new):  # small: there are some hundred runs
        for note in inputs.glob("note[01][12345689].txt"):
            note.unlink()
        lines = (inputs / "feed.jsonl").read_text().splitlines(keepends=True)
        (inputs / "feed.jsonl").write_text("".join(lines[:6] if inputs == old else lines[:8]))
    once(old, folder / "out")
    shutil.copytree(folder / "out", folder / "expected")
    once(new, folder / "expected")
    return folder


def calls_of_a_run(yesterday: Path, output: Path) -> list[str]:
    shutil.copytree(yesterday / "out", output)
    with injected(Faults(yesterday.parent)) as faults:
        once(yesterday / "now", output)
    shutil.rmtree(output)
    return faults.calls


def read_by_the_ledger(output: Path) -> dict[str, str]:
    """Give the checksums of all parts that the ledger names, as they are on the disk."""
    parts = load(Store(str(output))).parts()
    found = {path: hashlib.sha256((output / path).read_bytes()).hexdigest() for path in parts}
    assert found == {path: part.sha256 for path, part in parts.items()}
    return found


@pytest.mark.slow
@pytest.mark.parametrize("lasting", [False, True])
@pytest.mark.parametrize("which", range(3))
def test_every_call_fails_once(yesterday: Path, which: int, lasting: bool) -> None:
    output = yesterday / f"out-{which}-{lasting}"
    calls = calls_of_a_run(yesterday, output)
    before, after = read_by_the_ledger(yesterday / "out"), read_by_the_ledger(yesterday / "expected")
    expected = snapshot(yesterday / "expected")
    failures = 0
    for at, called in enumerate(calls):
        if which >= len(ERRORS[called.split()[0]]) or at % 3 != which:
            continue
        shutil.rmtree(output, ignore_errors=True)
        shutil.copytree(yesterday / "out", output)
        with injected(Faults(yesterday.parent, at=at, which=which, lasting=lasting)) as faults:
            try:
                once(yesterday / "now", output)
                failed = False
            except OSError as error:
                failed, failures = True, failures + 1
                assert str(error), faults.failed
        if failed:
            assert read_by_the_ledger(output) in (before, after), faults.failed
        else:
            read_by_the_ledger(output)
        once(yesterday / "now", output)
        assert not (found := differences(snapshot(output), expected)), (faults.failed, found)
    assert failures > 5


def test_a_shard_is_tried_again(yesterday: Path, tmp_path: Path) -> None:
    """A read that fails in passing, in the middle of the work, costs nothing but time."""
    calls = calls_of_a_run(yesterday, yesterday / "tried")
    reads = [n for n, call in enumerate(calls) if call.startswith("read") and call.endswith("now/feed.jsonl")]
    shutil.copytree(yesterday / "out", yesterday / "tried")
    with injected(Faults(yesterday.parent, at=reads[-1])) as faults:
        once(yesterday / "now", yesterday / "tried")
    assert faults.failed
    assert differences(snapshot(yesterday / "tried"), snapshot(yesterday / "expected")) == []


def test_a_disk_that_is_full_is_told_in_one_line(
    yesterday: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from cleanse.cli import main

    monkeypatch.setattr("os.fsync", _full)
    assert main(["run", str(yesterday / "now"), "--output", str(tmp_path / "out"), "--processes", "1"]) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1 and "No space left on device" in told and str(tmp_path) in told


def _full(number: int) -> None:
    raise OSError(28, "No space left on device")
