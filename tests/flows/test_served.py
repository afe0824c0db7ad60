"""The real thing: ``make serve`` from a clone in another folder, its deployments run, watched, cancelled and ended."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml
from flow_harness import ROOT, assert_gone, environment, family, free_port, wait_until
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import FlowRun, StateType

from cleanse.output.lock import locked
from cleanse.output.store import Store
from flows import tethered
from flows.local_api import wait_until_up

PREFECT_YAML = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf8"))


@pytest.mark.parametrize("deployment", PREFECT_YAML["deployments"], ids=lambda d: d["name"])
def test_deployments_are_described_and_their_parameters_are_the_flows(deployment: dict[str, Any]) -> None:
    from prefect.flows import load_flow_from_entrypoint

    assert deployment["description"] and deployment["tags"] and deployment["concurrency_limit"]["limit"] == 1
    file, _, function = deployment["entrypoint"].partition(":")
    flow = load_flow_from_entrypoint(f"{ROOT / file}:{function}", use_placeholder_flow=False)
    flow.validate_parameters({**flow_defaults(flow), **deployment["parameters"]})
    assert set(deployment["parameters"]) <= set(flow.parameters.properties)
    for name, schema in flow.parameters.properties.items():
        assert schema.get("description"), f"{name}: the form in the UI would not say what it is"


def flow_defaults(flow: Any) -> dict[str, Any]:
    return {
        name: schema["default"] for name, schema in flow.parameters.properties.items() if "default" in schema
    }


def test_one_is_scheduled_and_one_is_not() -> None:
    cron = {d["name"]: [s["cron"] for s in d.get("schedules", [])] for d in PREFECT_YAML["deployments"]}
    assert len(cron["nightly"]) == 1 and not cron["on-demand"]


@dataclass(frozen=True)
class Served:
    clone: Path
    url: str
    process: subprocess.Popen[str]
    log: Path
    api: SyncPrefectClient

    def prefect(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "prefect", *arguments],
            env=environment(self.clone / "none", PREFECT_API_URL=self.url), cwd=self.clone,
            capture_output=True, text=True, timeout=180, check=False,
        )  # fmt: skip

    def runs(self, deployment: str) -> list[FlowRun]:
        wanted = self.api.read_deployment_by_name(f"clean-articles/{deployment}").id
        return [run for run in self.api.read_flow_runs() if run.deployment_id == wanted]

    def on_demand(self, *parameters: str, watch: bool = True) -> subprocess.CompletedProcess[str]:
        given = [word for parameter in parameters for word in ("--param", parameter)]
        return self.prefect(
            "deployment", "run", "clean-articles/on-demand", *given, *(["--watch"] if watch else [])
        )


def start(clone: Path, home: Path) -> Served:
    port = free_port()
    log = clone / "serve.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "flows.serve", "--port", str(port)],
            cwd=clone, stdout=output, stderr=output, text=True,
            env=environment(home, PREFECT_SERVER_SERVICES_SCHEDULER_RECENT_DEPLOYMENTS_LOOP_SECONDS="1"),
        )  # fmt: skip
    wait_until(lambda: "started!" in log.read_text() or process.poll() is not None, 240, "served")
    assert process.poll() is None, log.read_text()
    url = f"http://127.0.0.1:{port}/api"
    return Served(clone, url, process, log, SyncPrefectClient(url))


def stop(served: Served) -> None:
    if served.process.poll() is None:
        served.process.send_signal(signal.SIGTERM)
        served.process.wait(60)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, used_home: Callable[[], Path]) -> Iterator[Served]:
    """A clone elsewhere, served as ``make serve`` does; nightly comes every 20 seconds."""
    clone = tmp_path_factory.mktemp("else where") / "clone"
    for folder in ("flows", "data"):
        shutil.copytree(ROOT / folder, clone / folder, ignore=shutil.ignore_patterns("__pycache__", "clean"))
    said = (ROOT / "prefect.yaml").read_text(encoding="utf8")
    cron = PREFECT_YAML["deployments"][0]["schedules"][0]["cron"]
    assert f'cron: "{cron}"' in said
    every = 'interval: 20\n        anchor_date: "2024-01-01T00:00:00+00:00"'
    (clone / "prefect.yaml").write_text(said.replace(f'cron: "{cron}"', every), encoding="utf8")
    served = start(clone, used_home())
    try:
        yield served
    finally:
        stop(served)


@pytest.mark.slow
def test_on_demand_run(served: Served, tmp_path: Path) -> None:
    done = served.on_demand(f"input={served.clone}/data/raw", f"output={tmp_path}/out", "processes=1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert pl.read_parquet(tmp_path / "out/articles/*.parquet").height == 24
    (run,) = [run for run in served.runs("on-demand") if run.parameters["output"] == f"{tmp_path}/out"]
    assert run.state is not None and str(run.state.message).startswith("24 records: 24 articles")
    logged = {log.message.partition(":")[0] for log in served.api.read_logs()}
    assert {"planned", "cleaned", "published"} <= logged
    refused = served.on_demand("processes=0")
    assert refused.returncode == 1 and "less than the minimum" in refused.stdout.replace("\n", " ")
    assert served.on_demand("inptu=x").returncode == 1


@pytest.mark.slow
def test_scheduled_run_fires_in_the_clone(served: Served) -> None:
    wait_until(lambda: any(is_completed(run) for run in served.runs("nightly")), 120, "a scheduled run")
    (first, *_) = [run for run in served.runs("nightly") if is_completed(run)]
    assert first.auto_scheduled
    assert pl.read_parquet(served.clone / "data/clean/articles/*.parquet").height == 24


def is_completed(run: FlowRun) -> bool:
    return run.state_type == StateType.COMPLETED


@pytest.mark.slow
def test_cancelled_run_ends_and_frees_the_output(served: Served, many_articles: Path, tmp_path: Path) -> None:
    run = asked_for(served, many_articles, tmp_path / "out")
    done = served.prefect("flow-run", "cancel", str(run.id))
    assert done.returncode == 0, done.stderr
    wait_until(lambda: state_of(served, run) == StateType.CANCELLED, 90, "cancelled")
    with locked(Store(str(tmp_path / "out"))):
        assert not list((tmp_path / "out").glob("articles/part-*"))


def asked_for(served: Served, raw: Path, output: Path) -> FlowRun:
    """A run that is at work on its shards."""
    asked = served.on_demand(f"input={raw}", f"output={output}", "processes=2", watch=False)
    assert asked.returncode == 0, asked.stderr
    (run,) = [run for run in served.runs("on-demand") if run.parameters["output"] == str(output)]
    wait_until((output / "_lock").exists, 90, "at work")
    wait_until(lambda: b"spawn" in b"".join(map(command_of, family(served.process))), 60, "workers")
    return run


def command_of(process: Any) -> bytes:
    try:
        return " ".join(process.cmdline()).encode(errors="replace")
    except Exception:  # it has ended meanwhile
        return b""


def state_of(served: Served, run: FlowRun) -> StateType | None:
    return served.api.read_flow_run(run.id).state_type


@pytest.mark.slow
def test_taken_port_is_said(served: Served) -> None:
    port = served.url.rpartition(":")[2].partition("/")[0]
    done = subprocess.run(
        [sys.executable, "-m", "flows.serve", "--port", port],
        cwd=ROOT, env=environment(served.clone / "none"), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1 and f"cannot serve on port {port} of 127.0.0.1" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_ending_leaves_no_process_and_no_run_that_seems_to_go_on(
    served: Served, many_articles: Path, tmp_path: Path
) -> None:
    run = asked_for(served, many_articles, tmp_path / "out")
    processes = family(served.process)
    assert len(processes) >= 5  # serve, server, worker, the run, its workers
    os.kill(served.process.pid, signal.SIGINT)
    assert served.process.wait(60) == 0
    assert_gone(processes)
    assert "have ended" in served.log.read_text() and "Traceback" not in served.log.read_text()

    home = Path(served.log.read_text().partition("its log: ")[2].partition("/server.log")[0])
    with server_on(home) as api:
        closed = api.read_flow_run(run.id).state
        assert (
            closed is not None and closed.type == StateType.CRASHED and "worker ended" in str(closed.message)
        )
        # The place that the run held among its deployment's is free: else no later run would ever get it.
        assert run.deployment_id is not None
        limit = api.read_deployment(run.deployment_id).global_concurrency_limit
        assert limit is not None and limit.active_slots == 0


@contextlib.contextmanager
def server_on(home: Path) -> Iterator[SyncPrefectClient]:
    port = free_port()
    process = tethered.start(
        "prefect", ["server", "start", "--host", "127.0.0.1", "--port", str(port), "--no-services"],
        env=environment(home), output=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        url = f"http://127.0.0.1:{port}/api"
        wait_until_up(url, process, home / "server.log")
        yield SyncPrefectClient(url)
    finally:
        tethered.end(process)
