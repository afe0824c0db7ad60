"""Ctrl-C while workers are being started."""

from __future__ import annotations

import signal
import threading

import pytest

from cleanse.runs.engines import Processes, _interrupted_later


def interrupt() -> None:
    signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize("taken_by", ["this thread", "another"])
def test_ctrl_c_is_heard_when_the_block_is_through(taken_by: str) -> None:
    now = threading.Event()
    another = threading.Thread(target=lambda: now.wait() and interrupt(), daemon=True)
    another.start()  # here: threads inherit what is blocked
    before, blocked = signal.getsignal(signal.SIGINT), signal.pthread_sigmask(signal.SIG_BLOCK, ())
    reached = False
    with pytest.raises(KeyboardInterrupt), _interrupted_later():
        if taken_by == "another":
            now.set()
            another.join()
        else:
            interrupt()
        reached = True
    assert reached
    assert signal.getsignal(signal.SIGINT) is before
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == blocked


def ignores_ctrl_c(number: int) -> bool:
    interrupt()
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ()) and number >= 0


def test_workers_do_not_hear_it() -> None:
    assert list(Processes(2).map(ignores_ctrl_c, [1, 2, 3])) == [True, True, True]
