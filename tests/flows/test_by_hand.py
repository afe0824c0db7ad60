"""What ``make run`` calls: the flow from a terminal, with a Prefect server of its own that ends with it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from flow_harness import ROOT, assert_gone, environment, family, wait_until
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import StateType

from cleanse.runs.engines import InProcess
from cleanse.runs.run import run

ByHand = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.slow
def test_samples_on_a_fresh_machine(by_hand: ByHand, tmp_path: Path) -> None:
    done = by_hand("--input", ROOT / "data/raw", "--output", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "24 records: 24 articles, 0 rejected" in done.stdout
    assert f"'{tmp_path}/out/articles/*.parquet'" in done.stdout and "pandas.read_parquet" in done.stdout
    assert "making Prefect's database" in done.stderr
    assert [line.split(":")[0] for line in done.stderr.splitlines()[1:]] == [
        "planned",
        "cleaned",
        "published",
    ]
    assert pl.read_parquet(tmp_path / "out/articles/*.parquet").height == 24


@pytest.mark.slow
def test_a_failure_is_one_line_and_a_configured_api_hears_of_it(
    by_hand: ByHand, prefect_api: str, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{no\n" * 40, encoding="utf8")
    done = by_hand(
        "--input", broken, "--output", tmp_path / "out", PREFECT_API_URL=prefect_api,
        PREFECT_HOME=str(tmp_path / "home"),
    )  # fmt: skip
    assert not (tmp_path / "home" / "server.log").exists()
    with SyncPrefectClient(prefect_api) as client:
        (run,) = [r for r in client.read_flow_runs() if r.parameters["input"] == [str(broken)]]
    assert run.state_type == StateType.FAILED
    assert done.returncode == 1
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("clean-articles: ")]
    assert "40 of 40 records were rejected" in line
    assert "Traceback" not in done.stderr + done.stdout
    assert not list((tmp_path / "out").glob("articles/part-*"))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--max-rejected", "2"], "clean-articles: max_rejected: Input should be less than or equal to 1\n"),
        (["--fields", "text"], "'text' is no COLUMN=FIELD"),
        (["--out"], "expected one argument"),
    ],
)
def test_options_that_make_no_sense_are_refused_before_anything_starts(
    arguments: list[str], says: str, by_hand: ByHand, tmp_path: Path
) -> None:
    done = by_hand(*arguments, PREFECT_HOME=str(tmp_path / "home"))
    assert done.returncode in (1, 2) and says in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "home" / "prefect.db").exists()


def test_help_says_what_every_option_is(by_hand: ByHand) -> None:
    from flows.clean_articles import clean_articles

    shown = by_hand("--help").stdout
    for name, schema in clean_articles.parameters.properties.items():
        assert f"--{name.replace('_', '-')}" in shown
        assert schema["description"].split()[0] in shown


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_ended_at_work_it_leaves_no_process_and_the_next_run_goes_on(
    number: signal.Signals, many_articles: Path, used_home: Callable[[], Path], tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "flows.clean_articles", "--processes", "2"]
    log = tmp_path / "log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [*command, "--input", str(many_articles), "--output", str(tmp_path / "out")],
            cwd=ROOT, env=environment(used_home()), stdout=output, stderr=output, text=True,
        )  # fmt: skip
    wait_until(lambda: "planned" in log.read_text() or process.poll() is not None, 120, "planned")
    wait_until(lambda: len(family(process)) >= 3, 60, "server and workers")
    processes = family(process)
    process.send_signal(number)
    process.wait(60)
    assert_gone(processes)
    if number == signal.SIGINT:  # as Ctrl-C does
        assert log.read_text().splitlines()[-1].startswith("interrupted: nothing was published")
        assert "Traceback" not in log.read_text()

    small = tmp_path / "one.txt"
    small.write_text("The board met , and went .", encoding="utf8")
    assert run([str(small)], str(tmp_path / "out"), engine=InProcess()).totals["articles"] == 1
    assert not (tmp_path / "out/_staging").exists()


def test_a_tethered_process_ends_with_its_parent(tmp_path: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c",
         "from flows import tethered; import time;"
         "p = tethered.start('http.server', ['0', '--bind', '127.0.0.1'], env={});"
         "print(p.pid, flush=True); time.sleep(600)"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert parent.stdout is not None
    assert json.loads(parent.stdout.readline())
    processes = family(parent)
    assert len(processes) == 2
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert_gone(processes)
