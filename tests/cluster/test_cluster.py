"""The same run on a real Dask cluster on loopback, one of whose workers is killed half-way."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleanse.runs.engines import Dask, InProcess
from cleanse.runs.run import Options, Progress, run

BIN = Path(sys.executable).parent


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers, each a process of its own; gives the address and the workers."""
    address = f"tcp://127.0.0.1:{free_port()}"
    log = (tmp_path / "dask.log").open("wb")

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([str(BIN / "dask"), *arguments], stdout=log, stderr=log, cwd=tmp_path)

    port = address.rpartition(":")[2]
    scheduler = start("scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")
    options = [
        "--host",
        "127.0.0.1",
        "--nthreads",
        "1",
        "--no-nanny",
        "--no-dashboard",
        "--death-timeout",
        "60",
    ]
    workers = [start("worker", address, *options) for _ in range(2)]
    try:
        from distributed import Client

        with Client(address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield address, workers
    finally:
        for process in (*workers, scheduler):
            process.terminate()
        for process in (*workers, scheduler):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        log.close()


def parts(output: Path) -> dict[str, bytes]:
    return {str(f.relative_to(output)): f.read_bytes() for f in sorted(output.glob("[!_]*/*.parquet"))}


@pytest.mark.slow
def test_who_leaves_early_leaves_nothing_to_do(cluster: tuple[str, list[subprocess.Popen[bytes]]]) -> None:
    from distributed import Client

    address, _ = cluster
    results = iter(Dask(address).map(time.sleep, [0.2] * 200))
    next(results)
    results.close()  # type: ignore[attr-defined]
    with Client(address, timeout=60, set_as_default=False) as client:
        until = time.monotonic() + 10  # all of them would take 20 s
        while client.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks)):
            assert time.monotonic() < until
            time.sleep(0.1)


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_gives_the_same_dataset(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    address, workers = cluster
    feed = tmp_path / "feed.jsonl"
    rows = ({"text": f"Item {n} , they said .\n\nThe ferry was late .\n" * 20} for n in range(1500))
    feed.write_text("".join(json.dumps(row) + "\n" for row in rows))
    options = Options(shard_bytes=1 << 16)

    def kill_one(progress: Progress) -> None:
        if progress.done >= progress.shards // 3 and workers[0].poll() is None:
            workers[0].kill()
            time.sleep(0.2)

    report = run(
        [str(feed)], str(tmp_path / "cluster"), engine=Dask(address), options=options, observe=kill_one
    )
    assert workers[0].poll() is not None, "no worker was killed"
    assert report.shards["cleaned"] > 10
    run([str(feed)], str(tmp_path / "local"), engine=InProcess(), options=options)
    assert parts(tmp_path / "cluster") == parts(tmp_path / "local")
