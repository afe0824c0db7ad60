"""What shards are worked on by: processes of this machine, or a Dask cluster. Nothing home-made.

An engine maps a function over items and yields results as they come, in any order. The parent holds no article:
a shard goes out, a row of counts comes back.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import Connection
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Engine(Protocol):
    """Runs a function over items, somewhere."""

    def map(self, work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """Yield ``work(item)`` for each item, in the order in which they are done.

        Raises:
            WorkerLostError: Workers died at the same item again and again.
        """
        ...


class WorkerLostError(RuntimeError):
    """A worker process died at an item, and so did its successors."""


class InProcess:
    """Runs everything in this process, one item after the other."""

    def map(self, work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """Yield ``work(item)`` for each item, in order."""
        return map(work, items)


class Processes:
    """Runs items in processes of this machine, which end when their parent does."""

    LIVES = 3  # how many workers an item may take with it before the run gives up

    def __init__(self, count: int | None = None) -> None:
        """Use ``count`` processes, as many as there are processors if it is None.

        Raises:
            ValueError: The count is not positive.
        """
        if count is not None and count < 1:
            raise ValueError(f"cannot work with {count} processes: give 1 or more")
        self.count = count or processors()

    def map(self, work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """Yield ``work(item)`` for each item as they are done; a worker that dies is replaced.

        With one process that is this one; else this one holds no article, were there but one item.
        """
        if self.count == 1:
            yield from map(work, items)
            return
        left = dict(enumerate(items))
        while left:
            at_work: set[int] = set()
            try:
                for number, result in _share_out(self.count, work, left, at_work):
                    del left[number]
                    yield result
            except BrokenProcessPool:
                # Which of the items at work took the worker with it is not known: each goes alone now.
                for number in sorted(at_work & left.keys()):
                    yield self._alone(work, left.pop(number))

    def _alone(self, work: Callable[[Item], Result], item: Item) -> Result:
        for _ in range(self.LIVES):
            with contextlib.suppress(BrokenProcessPool):
                ((_, result),) = _share_out(1, work, {0: item}, set())
                return result
        raise WorkerLostError(
            f"{self.LIVES} workers died one after the other at {item}: out of memory, perhaps; "
            "smaller shards or fewer processes may help"
        )


def _share_out(
    count: int, work: Callable[[Item], Result], items: Mapping[int, Item], at_work: set[int]
) -> Iterator[tuple[int, Result]]:
    """Yield each item's number and result; ``at_work`` holds the numbers of items that have been handed out."""
    # Spawned, not forked: a forked worker would hold the parent's lock on the output, and Arrow's threads do not
    # survive a fork.
    context = multiprocessing.get_context("spawn")
    tether, held = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(
        min(count, len(items)), mp_context=context, initializer=_end_with, initargs=(tether,)
    )
    try:
        waiting = sorted(items, reverse=True)
        running: dict[Future[Result], int] = {}
        while waiting or running:
            with _interrupted_later():
                while waiting and len(running) < 2 * count:
                    number = waiting.pop()
                    at_work.add(number)
                    running[pool.submit(work, items[number])] = number
            # Not without end: polars has SIGINT restart what it interrupts, so Ctrl-C is heard only between two waits.
            for future in wait(running, timeout=0.5, return_when=FIRST_COMPLETED).done:
                result = future.result()
                number = running.pop(future)
                at_work.discard(number)
                yield number, result
    finally:
        # Whoever stops early (an error, a cancellation) gives the output up: no worker may write to it after that.
        held.close()
        pool.shutdown(wait=True, cancel_futures=True)
        tether.close()


@contextlib.contextmanager
def _interrupted_later() -> Iterator[None]:
    """Hear of Ctrl-C when the block is through: workers that are being started would show what broke them off.

    They start with the signal blocked, and ignore it then.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "pthread_sigmask"):
        yield
        return
    heard: list[int] = []
    # Another thread may be the one that takes the signal, so blocking it in this one is not enough.
    before = signal.signal(signal.SIGINT, lambda number, frame: heard.append(number))
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        signal.signal(signal.SIGINT, before)
        if heard:
            signal.raise_signal(signal.SIGINT)


def processors() -> int:
    """Give the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _end_with(tether: Connection) -> None:
    """End this worker when the other end of a pipe is closed, which the system does for a parent that is killed.

    A pool's workers would else live on, and race the next run.
    """
    # Ctrl-C reaches every process of a terminal; what becomes of the workers is for their parent to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_await, args=(tether,), daemon=True, name="ends-with-parent").start()


def _await(tether: Connection) -> None:
    tether.poll(None)
    os._exit(1)


class Dask:
    """Runs items as futures of an existing Dask cluster."""

    def __init__(self, address: str) -> None:
        """Name the cluster's scheduler, e.g. ``tcp://host:8786``; it is connected to when there is work."""
        self.address = address

    def map(self, work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """Yield ``work(item)`` for each item as they are done; Dask runs again what a lost worker had."""
        from distributed import Client, as_completed

        with Client(self.address, set_as_default=False) as client:
            # Not pure: the same item in a later run is work to be done, not a result to be remembered.
            futures = client.map(work, items, pure=False, retries=2)
            left = set(futures)
            try:
                for future in as_completed(futures, loop=client.loop):
                    left.discard(future)
                    yield future.result()
                    future.release()
            finally:
                # Whoever stops early gives the output up: no worker is to write to it for longer than it has to.
                if left:
                    with contextlib.suppress(OSError):  # the scheduler may be what is gone
                        client.cancel(list(left))


def engine_for(dask_address: str | None, processes: int | None) -> Engine:
    """Give the engine that is asked for: a Dask cluster by its address, else processes of this machine."""
    return Dask(dask_address) if dask_address else Processes(processes)
