"""A Prefect API for a run by hand: the one that is configured, else one that lives as long as the run.

Prefect can start a temporary server by itself, but gives it 20 seconds, too few on a fresh and busy machine, and one
whose run is killed lives on. This one is waited for, and ends with its run, however that ends.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from prefect.settings import PREFECT_API_URL, temporary_settings

from flows import tethered

HOME = Path(__file__).parents[1] / ".prefect"
SECONDS = 180.0  # to start: 4 on an existing home, 15 on a fresh one, and many more on a busy machine


class ServerError(RuntimeError):
    """Prefect's server did not start."""


def home() -> Path:
    """Give the folder of Prefect's database: ``.prefect`` of this project unless PREFECT_HOME says otherwise.

    Not the usual ``~/.prefect``: another release of Prefect may have used that, and would leave a database which this
    one cannot read.
    """
    return Path(os.environ.get("PREFECT_HOME", HOME))


@contextlib.contextmanager
def local_api() -> Iterator[None]:
    """Have an API while the block runs; one that is started here serves until this process ends.

    Raises:
        ServerError: The server did not start; the message says where its log is.
    """
    if PREFECT_API_URL.value():
        yield
        return
    reach_directly()
    folder = home()
    if not (folder / "prefect.db").exists():
        print(f"making Prefect's database in {folder}, this once", file=sys.stderr)
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        url = _start(folder)
    with temporary_settings({PREFECT_API_URL: url}):
        yield


def _start(folder: Path) -> str:
    port, log = free_port(), folder / "server.log"
    arguments = [
        "--factory",
        "prefect.server.api.server:create_app",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    with log.open("wb") as output:
        process = tethered.start(
            "uvicorn",
            [*arguments, "--log-level", "error", "--lifespan", "on"],
            env={
                "PREFECT_HOME": str(folder),
                "PREFECT_UI_ENABLED": "false",
                "PREFECT__SERVER_EPHEMERAL": "1",
                "PREFECT__SERVER_FINAL": "1",
            },
            output=output,
        )
    # Prefect sends its last lines of log when the interpreter ends, by a function that is registered after this one
    # and so called before it.
    atexit.register(tethered.end, process)
    url = f"http://127.0.0.1:{port}/api"
    wait_until_up(url, process, log)
    return url


def wait_until_up(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the API at ``url`` answers.

    Raises:
        ServerError: Its process ended instead, or it took longer than :data:`SECONDS`.
    """
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise ServerError(f"Prefect's server ended with code {process.returncode}; {log} says why")
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{url}/health", timeout=5) as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise ServerError(f"Prefect's server did not start in {SECONDS:.0f} seconds; {log} may say why")


def reach_directly() -> None:
    """Let no proxy that the environment names stand between this machine and itself."""
    for name in ("NO_PROXY", "no_proxy"):
        os.environ[name] = ",".join(filter(None, [os.environ.get(name), "127.0.0.1"]))


def free_port() -> int:
    """Give a port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one at a time start a server here: two that make the database of a fresh home at once disturb each other."""
    with (folder / ".starting").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
