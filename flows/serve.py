"""Serves the flows on this machine: Prefect's server, a work pool, the deployments of prefect.yaml, and a worker.

All of it listens on 127.0.0.1 alone, stays in the foreground, and ends on Ctrl-C.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import httpx
import yaml
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
    WorkPoolFilter,
    WorkPoolFilterName,
)
from prefect.client.schemas.objects import StateType
from prefect.exceptions import ObjectAlreadyExists, PrefectHTTPStatusError
from prefect.states import Cancelled, Crashed

from flows import tethered
from flows.local_api import ServerError, home, reach_directly, wait_until_up

PROJECT = Path(__file__).parents[1]


def main() -> None:
    """Serve until told to end."""
    parser = argparse.ArgumentParser(
        prog="python -m flows.serve", description=(__doc__ or "").partition("\n\n")[0]
    )
    parser.add_argument("--port", type=int, default=4200, help="where to serve, on 127.0.0.1 (default: 4200)")
    port = parser.parse_args().port
    signal.signal(signal.SIGTERM, _as_interrupt)
    reach_directly()
    try:
        _refuse_taken(port)
        with _served(port) as served:
            _say_how_to_use(port)
            _await_end(served)
    except KeyboardInterrupt:
        print("\nserver and worker have ended")
    except ServerError as error:
        sys.exit(f"serve: {error}")


def _as_interrupt(signum: int, frame: Any) -> NoReturn:
    raise KeyboardInterrupt


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            raise ServerError(
                f"cannot serve on port {port} of 127.0.0.1: {getattr(error, 'strerror', None) or error}; "
                f"another one: make serve ARGS='--port {port % 65000 + 1}'"
            ) from error


@contextlib.contextmanager
def _served(port: int) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """Start server and worker, deploy in between; end them, the worker first."""
    folder = home()
    folder.mkdir(parents=True, exist_ok=True)
    url = f"http://127.0.0.1:{port}/api"
    env = _environment(folder, url)
    processes: dict[str, subprocess.Popen[bytes]] = {}
    with contextlib.ExitStack() as stack:
        log = folder / "server.log"
        print(f"starting Prefect's server (its log: {log})", flush=True)
        with log.open("wb") as output:
            processes["server"] = tethered.start(
                "prefect",
                ["server", "start", "--host", "127.0.0.1", "--port", str(port)],
                env=env,
                output=output,
            )
        stack.callback(tethered.end, processes["server"])
        wait_until_up(url, processes["server"], log)
        api = stack.enter_context(SyncPrefectClient(url))
        _close_broken_runs(api)  # of a server that was killed
        stack.callback(_close_broken_runs, api)  # of the worker, once it has ended
        print("deploying prefect.yaml", flush=True)
        _deploy(api, env)
        processes["worker"] = tethered.start(
            "prefect", ["worker", "start", "--pool", _pool(), "--type", "process"], env=env
        )
        stack.callback(tethered.end, processes["worker"])
        yield processes


def _environment(folder: Path, url: str) -> dict[str, str]:
    """Give what server and worker are told by their environment; what is set in ours already holds."""
    usual = {
        # Prefect keeps in memory who holds a deployment's place (concurrency_limit), and the place itself in the
        # database: after a restart it would be taken for ever, and every later run cancelled.
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
        # Runs tell that they are alive, so that an automation can close those that no longer do.
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
        # Seconds between two questions for work: on one machine they cost nothing.
        "PREFECT_WORKER_QUERY_SECONDS": "2",
    }
    return {
        **{name: os.environ.get(name, value) for name, value in usual.items()},
        "PREFECT_HOME": str(folder),
        "PREFECT_API_URL": url,
    }


def _prefect_yaml() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((PROJECT / "prefect.yaml").read_text(encoding="utf8"))
    return loaded


def _pool() -> str:
    return str(_prefect_yaml()["definitions"]["work_pool"]["name"])


def _of_pool() -> WorkPoolFilter:
    return WorkPoolFilter(name=WorkPoolFilterName(any_=[_pool()]))


def _deploy(api: SyncPrefectClient, env: dict[str, str]) -> None:
    """Deploy prefect.yaml as it is now, also where it has been deployed before."""
    with contextlib.suppress(ObjectAlreadyExists):
        api.create_work_pool(WorkPoolCreate(name=_pool(), type="process"))
    _forget_schedules(api)
    deployed = subprocess.run(
        [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"],
        cwd=PROJECT, env={**os.environ, **env}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if deployed.returncode:
        raise ServerError(f"prefect.yaml cannot be deployed:\n{deployed.stdout}{deployed.stderr}")


def _forget_schedules(api: SyncPrefectClient) -> None:
    """Remove schedules that prefect.yaml no longer has: to deploy adds and changes, and never removes."""
    slugs = {s.get("slug") for d in _prefect_yaml()["deployments"] for s in d.get("schedules", ())}
    for deployment in api.read_deployments(work_pool_filter=_of_pool()):
        for schedule in deployment.schedules:
            if schedule.slug not in slugs:
                api.delete_deployment_schedule(deployment.id, schedule.id)


def _close_broken_runs(api: SyncPrefectClient) -> None:
    """Set to Crashed, or Cancelled, what the worker was at when it ended: no one is at it now, or will ever be.

    Without this such a run is shown as running for ever, and keeps its deployment's place.
    """
    at_work = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]
    states = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=at_work)))
    with contextlib.suppress(httpx.HTTPError, PrefectHTTPStatusError):
        for run in api.read_flow_runs(flow_run_filter=states, work_pool_filter=_of_pool()):
            state = Cancelled if run.state_type == StateType.CANCELLING else Crashed
            message = "Its worker ended first. The next run takes up what was cleaned."
            api.set_flow_run_state(run.id, state(message=message), force=True)


def _say_how_to_use(port: int) -> None:
    prefect = Path(sys.executable).with_name("prefect")
    command = os.path.relpath(prefect) if prefect.is_relative_to(Path.cwd()) else str(prefect)
    names = ", ".join(
        f"{_flow_name(d['entrypoint'])}/{d['name']}" + (f" ({s['cron']})" if (s := _first(d)) else "")
        for d in _prefect_yaml()["deployments"]
    )
    print(
        f"""
  see      http://127.0.0.1:{port}
  deployed {names}
  run one  PREFECT_API_URL=http://127.0.0.1:{port}/api {command} deployment run \\
             clean-articles/on-demand --param input=data/raw --param output=data/clean --watch
  end      Ctrl-C
""",
        flush=True,
    )


def _first(deployment: dict[str, Any]) -> dict[str, Any] | None:
    return next((s for s in deployment.get("schedules", ()) if "cron" in s), None)


def _flow_name(entrypoint: str) -> str:
    return entrypoint.rpartition(":")[2].replace("_", "-")


def _await_end(served: dict[str, subprocess.Popen[bytes]]) -> NoReturn:
    while True:
        for name, process in served.items():
            if process.poll() is not None:
                raise ServerError(f"the {name} ended by itself, with code {process.returncode}")
        time.sleep(0.5)


if __name__ == "__main__":
    main()
