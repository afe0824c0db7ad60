"""The promises of a run hold on an object store too: tried on a server that speaks S3."""

from __future__ import annotations

import json
import random
import threading
import time
from pathlib import Path
from typing import Any

import fsspec
import pyarrow.dataset as ds
import pytest

from benchmarks import kills
from cleanse.inputs import InputError
from cleanse.output import lock
from cleanse.output.ledger import JOURNAL, load
from cleanse.output.lock import LockedError, locked
from cleanse.output.store import Store
from cleanse.output.verify import verify
from cleanse.runs.breaker import Breaker, BreakerError
from cleanse.runs.engines import Engine, Processes
from cleanse.runs.run import Options, Report, run


def once(inputs: str, output: str, engine: Engine | None = None, **options: Any) -> Report:
    return run(
        [inputs],
        output,
        engine=engine or Processes(1),
        breaker=Breaker(rejected_share=1),
        options=Options(**options),
    )


def upload(folder: Path, address: str) -> None:
    fs, root = fsspec.url_to_fs(address)
    for file in folder.rglob("*"):
        if file.is_file():
            fs.pipe_file(f"{root}/{file.relative_to(folder)}", file.read_bytes())


def contents(output: str) -> dict[str, bytes | None]:
    store = Store(output)
    return {path: store.read(path) for path in store.sizes("")}


def parts(output: str) -> dict[str, bytes | None]:
    return {path: content for path, content in contents(output).items() if path.endswith(".parquet")}


def test_a_run_from_bucket_to_bucket_is_the_run_on_a_disk(raw: Path, bucket: str, tmp_path: Path) -> None:
    upload(raw, f"{bucket}/raw")
    # In processes of their own, which have to find the server as well.
    report = once(f"{bucket}/raw", f"{bucket}/out", Processes(2), shard_bytes=1 << 10)
    assert (report.totals["articles"], report.totals["rejected"]) == (53, 0)
    once(str(raw), str(tmp_path / "out"), shard_bytes=1 << 10)
    assert parts(f"{bucket}/out") == parts(str(tmp_path / "out"))
    assert {path.partition("/")[0] for path in contents(f"{bucket}/out")} == {
        "_lock", "articles", "edits", "ledger.json", "rejected",
    }  # fmt: skip
    verdict = verify(f"{bucket}/out")
    assert (verdict.problems, verdict.not_checked, verdict.checked["restored"]) == ([], [], 53)


def test_the_dataset_is_read_from_the_bucket_as_a_folder(raw: Path, bucket: str) -> None:
    once(str(raw), f"{bucket}/out")
    fs, root = fsspec.url_to_fs(bucket)
    assert ds.dataset(f"{root}/out/articles", filesystem=fs, format="parquet").count_rows() == 53


def test_a_second_run_cleans_what_is_new(raw: Path, bucket: str) -> None:
    upload(raw, f"{bucket}/raw")
    once(f"{bucket}/raw", f"{bucket}/out")
    before = parts(f"{bucket}/out")
    assert once(f"{bucket}/raw", f"{bucket}/out").shards["cleaned"] == 0
    assert parts(f"{bucket}/out") == before
    (raw / "note9.txt").write_text("A new note .")
    upload(raw, f"{bucket}/raw")
    report = once(f"{bucket}/raw", f"{bucket}/out")
    assert (report.totals["articles"], report.shards["retired"]) == (54, 1)
    assert verify(f"{bucket}/out").problems == []


def test_an_input_beside_the_dataset_and_one_that_is_part_of_it(raw: Path, bucket: str) -> None:
    upload(raw, bucket)
    for _ in range(2):
        assert once(bucket, bucket).totals["records"] == 53
    with pytest.raises(InputError, match="is part of the dataset"):
        once(f"{bucket}/articles/", bucket)


def test_of_two_who_create_an_object_one_is_told_yes(bucket: str) -> None:
    store = Store(bucket)
    told: list[bool] = []
    threads = [
        threading.Thread(target=lambda n=n: told.append(store.create("it", b"%d" % n))) for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == [False] * 7 + [True]


def test_a_second_run_at_once_declines_and_says_when_a_dead_one_will_have_ended(
    raw: Path, bucket: str
) -> None:
    with (
        locked(Store(bucket)),
        pytest.raises(LockedError, match=r"should that be dead, its lock ends in [56]\d s"),
    ):
        once(str(raw), bucket)
    once(str(raw), bucket)
    once(str(raw), bucket)


def test_a_second_run_waits(raw: Path, bucket: str) -> None:
    entered = threading.Event()

    def hold() -> None:
        with locked(Store(bucket)):
            entered.set()
            time.sleep(0.5)

    thread = threading.Thread(target=hold)
    thread.start()
    entered.wait()
    once(str(raw), bucket, wait=30)
    thread.join()


def test_a_lock_is_renewed_for_as_long_as_the_run_lasts(bucket: str) -> None:
    with locked(Store(bucket), lease=0.6) as held:
        time.sleep(1.5)
        held.check()
        with pytest.raises(LockedError), locked(Store(bucket), lease=0.6):
            pass


def test_a_lock_of_a_dead_run_is_taken_over_once(bucket: str) -> None:
    left = {
        "host": "gone",
        "pid": 1,
        "since": "then",
        "token": "x",
        "renewed": time.time() - 61,
        "released": False,
    }
    Store(bucket).write("_lock/000000000007", json.dumps(left).encode())
    holders, refused = [], []
    barrier = threading.Barrier(4)

    def take() -> None:
        barrier.wait()
        try:
            with locked(Store(bucket)):
                holders.append(1)
                time.sleep(0.5)
        except LockedError as error:
            refused.append(error)

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(holders), len(refused)) == (1, 3)


def test_a_run_that_was_thought_dead_publishes_nothing(
    raw: Path, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(Processes):
        def map(self, work: Any, items: Any) -> Any:
            yield from super().map(work, items)
            newer = {"renewed": time.time(), "released": False}
            Store(bucket).write("_lock/000000000099", json.dumps(newer).encode())

    with pytest.raises(LockedError, match="out of touch"):
        once(str(raw), bucket, Slow(1))
    assert Store(bucket).read("ledger.json") is None and not parts(bucket).keys() & {
        "articles/schema.parquet"
    }


def test_a_refused_publication_changes_nothing(raw: Path, bucket: str) -> None:
    once(str(raw), bucket)
    before = {path: content for path, content in contents(bucket).items() if not path.startswith("_lock")}
    (raw / "bad.jsonl").write_text("not json\n" * 60)
    with pytest.raises(BreakerError):
        run([str(raw)], bucket, engine=Processes(1))
    after = contents(bucket)
    assert {
        path: content for path, content in after.items() if not path.startswith(("_lock", "_staging"))
    } == before


@pytest.mark.parametrize("seed", range(3))
def test_a_run_that_is_killed_is_resumed(
    bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    _, inputs = kills.make_inputs(tmp_path)
    kills.run_once(str(inputs), f"{bucket}/undisturbed", 1)
    expected = parts(f"{bucket}/undisturbed")
    met = kills.kill(
        kills.start(inputs, f"{bucket}/out", 2), within=5, publication=seed > 0, made=random.Random(seed)
    )
    monkeypatch.setattr(lock, "LEASE", 0.1)
    time.sleep(0.2)
    kills.run_once(str(inputs), f"{bucket}/out", 1)
    assert parts(f"{bucket}/out") == expected, met
    assert not [path for path in contents(f"{bucket}/out") if path.startswith(("_staging", JOURNAL))]
    assert load(Store(f"{bucket}/out")).total() == load(Store(f"{bucket}/undisturbed")).total()


def test_a_publication_that_was_broken_off_anywhere_is_completed(
    raw: Path, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every request of the publication fails once, in a run of its own; the next run puts it right."""
    once(str(raw), f"{bucket}/undisturbed", shard_bytes=1 << 10)
    expected, number = parts(f"{bucket}/undisturbed"), 0
    for method in ("write", "move", "remove"):
        original = getattr(Store, method)
        for at in range(3):
            number += 1
            output, calls = f"{bucket}/out{number}", iter(range(100))

            def fail(
                self: Store, *given: Any, original: Any = original, at: int = at, calls: Any = calls
            ) -> Any:
                publishing = self.read(JOURNAL) is not None or JOURNAL in given
                if publishing and next(calls) == at:
                    raise OSError(5, "pulled out")
                return original(self, *given)

            monkeypatch.setattr(Store, method, fail)
            try:
                once(str(raw), output, shard_bytes=1 << 10)
            except OSError as error:
                assert "pulled out" in str(error)
            monkeypatch.setattr(Store, method, original)
            once(str(raw), output, shard_bytes=1 << 10)
            assert parts(output) == expected
            assert verify(output).problems == []


def test_a_server_that_does_not_answer_is_an_error_in_one_line(
    monkeypatch: pytest.MonkeyPatch, raw: Path
) -> None:
    options = {
        "endpoint_url": "http://127.0.0.1:9",
        "key": "k",
        "secret": "s",
        "config_kwargs": {"retries": {"max_attempts": 0}},
    }
    monkeypatch.setitem(fsspec.config.conf, "s3", options)
    with pytest.raises(OSError, match=r"Could not connect to the endpoint URL"):
        once(str(raw), "s3://bucket/out")


def test_a_bucket_that_is_not_there_is_an_error(raw: Path, s3_server: str) -> None:
    with pytest.raises(OSError, match="bucket does not exist"):
        once(str(raw), "s3://no-such-bucket-anywhere/out")
    with pytest.raises((OSError, InputError), match="no-such-bucket"):
        once("s3://no-such-bucket-anywhere/raw", "s3://no-such-bucket-anywhere/out")


def test_an_output_that_is_a_pattern_is_refused(bucket: str) -> None:
    with pytest.raises(ValueError, match="pattern"):
        Store(f"{bucket}/out*")
