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

from cleanse.output.store import Store

PATH = "_lock"  # a file on a disk, a folder of numbered objects on an object store
LEASE = 60.0  # seconds for which a lock on an object store holds unless it is renewed


class LockedError(RuntimeError):
    """Another run is at work on this output."""


class Held:
    """The right to write to an output, as long as it lasts."""

    def check(self) -> None:
        """Make sure of it.

        Raises:
            LockedError: Another run has taken the output over.
        """


@contextlib.contextmanager
def locked(store: Store, *, wait: float = 0.0, lease: float | None = None) -> Iterator[Held]:
    """Hold the output while the block runs.

    On a disk this is ``flock``, which ends with the process that holds it, however that ended. An object store has no
    such thing: there each run makes the object with the next number, if there is none, and renews it every third of
    ``lease``. The highest number holds the output. If it has not been renewed for ``lease`` seconds, a dead run has
    left it, and the next number may be taken; of two who try, one gets it. Clocks may differ by half of ``lease``.

    Args:
        store: The output.
        wait: Seconds to wait for another run to end.
        lease: Seconds for which a lock on an object store holds; :data:`LEASE` by default.

    Raises:
        LockedError: Another run holds the output still; the message says which.
        OSError: The store failed, or knows no locks.
    """
    until = time.monotonic() + wait
    with contextlib.ExitStack() as stack:
        while True:
            try:
                held = stack.enter_context(
                    _hold_file(store) if store.folder else _Lease(store, lease or LEASE)
                )
                break
            except LockedError:
                if time.monotonic() >= until:
                    raise
                time.sleep(min(1.0, max(0.05, until - time.monotonic())))
        yield held


def _me() -> dict[str, Any]:
    return {"host": socket.gethostname(), "pid": os.getpid(), "since": time.strftime("%Y-%m-%dT%H:%M:%S%z")}


def _refusal(store: Store, holder: bytes | None, ends: float | None = None) -> LockedError:
    try:
        by = json.loads(holder or b"")
        who = f"process {by['pid']} on {by['host']}, since {by['since']}"
    except (ValueError, KeyError, TypeError):
        who = "another process"
    dead = "" if ends is None else f"; should that be dead, its lock ends in {max(1, round(ends))} s"
    return LockedError(
        f"another run is at work on {store.url} ({who}{dead}): try again when it has ended, or wait for it with "
        "--wait SECONDS"
    )


@contextlib.contextmanager
def _hold_file(store: Store) -> Iterator[Held]:
    import fcntl

    assert store.folder is not None
    store.folder.mkdir(parents=True, exist_ok=True)
    with (store.folder / PATH).open("a+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            raise _refusal(store, file.read()) from error
        file.truncate(0)
        file.write(json.dumps(_me()).encode())
        file.flush()
        try:
            yield Held()
        finally:
            file.truncate(0)  # the file stays: removing it would let two runs lock two files of one name


# ------------------------------------------------------------------------------------------------ object stores


class _Lease(Held, contextlib.AbstractContextManager[Held]):
    """The highest numbered object below :data:`PATH`.

    It stays when the run has ended, marked as released, so that numbers only grow: a run that was thought dead and
    writes to its own number again takes nothing away from those that came after it.
    """

    def __init__(self, store: Store, lease: float) -> None:
        self._store, self._lease = store, lease
        self._me = {**_me(), "token": uuid.uuid4().hex}
        self._path = ""
        self._renewed = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._renew, daemon=True, name="renews-lock")

    def __enter__(self) -> Held:
        newest = self._newest()
        number = 1
        if newest is not None:
            said = self._store.read(newest)
            ends = _ends(said, self._lease) - time.time()
            if ends > 0:
                raise _refusal(self._store, said, ends)
            number += int(newest.rpartition("/")[2])
        self._path, self._renewed = f"{PATH}/{number:012}", time.time()
        if not self._store.create(self._path, self._said()):
            said = self._store.read(self._path)
            # Where the answer to our first request was lost, the second is told that the object is there: ours.
            if said is None or json.loads(said).get("token") != self._me["token"]:
                raise _refusal(self._store, said, self._lease)
        self._store.remove(*(path for path in self._store.sizes(PATH) if path < self._path))
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._ended.set()
        self._thread.join()
        with contextlib.suppress(OSError, LockedError):  # then it ends by itself
            self.check()
            self._store.write(self._path, self._said(released=True))

    def check(self) -> None:
        """Make sure that no other run has taken a higher number, or could by now."""
        newest = self._newest()
        if newest != self._path or time.time() - self._renewed > self._lease:
            raise LockedError(
                f"this run was out of touch with {self._store.url} for more than {self._lease:g} s, and another one "
                "may have taken it over: nothing more is published; run again"
            )

    def _newest(self) -> str | None:
        return max(self._store.sizes(PATH), default=None)

    def _said(self, *, released: bool = False) -> bytes:
        return json.dumps({**self._me, "renewed": self._renewed, "released": released}).encode()

    def _renew(self) -> None:
        while not self._ended.wait(self._lease / 3):
            with contextlib.suppress(OSError):
                if self._newest() != self._path:
                    return
                before, self._renewed = self._renewed, time.time()
                try:
                    self._store.write(self._path, self._said())
                except BaseException:
                    self._renewed = before
                    raise


def _ends(content: bytes | None, lease: float) -> float:
    """Give the time, in seconds since 1970, at which a lock ends unless it is renewed."""
    try:
        said = json.loads(content or b"")
        return 0.0 if said["released"] else float(said["renewed"]) + lease
    except (ValueError, KeyError, TypeError):
        return 0.0
