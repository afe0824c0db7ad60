"""One run at a time on one output."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from typing import Any

from cleanse.store import Store

PATH = "_lock"
LEASE = 60.0  # seconds for which a lock on an object store holds unless it is renewed


class LockedError(RuntimeError):
    """Another run is at work on this output."""


@contextlib.contextmanager
def locked(store: Store, *, wait: float = 0.0, lease: float = LEASE) -> Iterator[None]:
    """Hold the output while the block runs.

    On a disk this is ``flock``, which ends with the process that holds it, however that ended. An object
    store has no such thing: there the lock is an object that is made only if there is none and renewed every third of
    ``lease``; one that has not been renewed for ``lease`` seconds was left by a dead run and is taken over.

    Args:
        store: The output.
        wait: Seconds to wait for another run to end.
        lease: Seconds for which a lock on an object store holds.

    Raises:
        LockedError: Another run holds the output still; the message says which.
    """
    hold = _hold_file(store) if store.folder is not None else _hold_object(store, lease)
    until = time.monotonic() + wait
    with contextlib.ExitStack() as stack:
        while True:
            try:
                stack.enter_context(hold())
                break
            except LockedError:
                if time.monotonic() >= until:
                    raise
                time.sleep(min(1.0, max(0.05, until - time.monotonic())))
        yield


def _me() -> dict[str, Any]:
    return {"host": socket.gethostname(), "pid": os.getpid(), "since": time.strftime("%Y-%m-%dT%H:%M:%S%z")}


def _refusal(store: Store, holder: bytes | None) -> LockedError:
    try:
        by = json.loads(holder or b"")
        who = f"process {by['pid']} on {by['host']}, since {by['since']}"
    except (ValueError, KeyError, TypeError):
        who = "another process"
    return LockedError(
        f"another run is at work on {store.url} ({who}): try again when it has ended, or wait for it with --wait SECONDS"
    )


def _hold_file(store: Store) -> Any:
    import fcntl

    @contextlib.contextmanager
    def hold() -> Iterator[None]:
        assert store.folder is not None
        store.folder.mkdir(parents=True, exist_ok=True)
        with (store.folder / PATH).open("a+b") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                file.seek(0)
                raise _refusal(store, file.read()) from error
            file.truncate(0)
            file.write(json.dumps(_me()).encode())
            file.flush()
            yield
            file.truncate(0)  # the file stays: removing it would let two runs lock two files of one name

    return hold


def _hold_object(store: Store, lease: float) -> Any:
    @contextlib.contextmanager
    def hold() -> Iterator[None]:
        me = {**_me(), "token": uuid.uuid4().hex, "renewed": time.time()}
        found = store.read(PATH)
        if found is not None and time.time() - _renewed(found) < lease:
            raise _refusal(store, found)
        if found is not None:
            store.remove(PATH)
        if not store.create(PATH, json.dumps(me).encode()):
            raise _refusal(store, store.read(PATH))
        ended = threading.Event()

        def renew() -> None:
            while not ended.wait(lease / 3):
                with contextlib.suppress(OSError):
                    store.write(PATH, json.dumps({**me, "renewed": time.time()}).encode())

        thread = threading.Thread(target=renew, daemon=True, name="renews-lock")
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()
            store.remove(PATH)

    return hold


def _renewed(content: bytes) -> float:
    try:
        return float(json.loads(content)["renewed"])
    except (ValueError, KeyError, TypeError):
        return 0.0
