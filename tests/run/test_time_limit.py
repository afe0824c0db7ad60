"""A record that takes too long is given up, in whichever thread it is cleaned."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from cleanse.time_limit import LARGE, TimeLimit, TimeLimitError, allowance


def spin(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def in_main(work: Callable[[], None]) -> None:
    work()


def in_thread(work: Callable[[], None]) -> None:
    raised: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(20)
    assert not thread.is_alive()
    if raised:
        raise raised[0]


places = pytest.mark.parametrize("place", [in_main, in_thread])


@places
def test_what_takes_too_long_is_given_up(place: Callable[[Callable[[], None]], None]) -> None:
    def work() -> None:
        with TimeLimit(0.2):
            spin(10)

    began = time.process_time()
    with pytest.raises(TimeLimitError):
        place(work)
    assert time.process_time() - began < 5


@places
def test_what_waits_for_the_processor_takes_no_longer(place: Callable[[Callable[[], None]], None]) -> None:
    def work() -> None:
        with TimeLimit(0.2):
            time.sleep(0.6)

    place(work)


def test_large_records_may_take_longer() -> None:
    assert (allowance(60, 10), allowance(60, LARGE), allowance(60, 10 * LARGE)) == (60, 60, 600)


@places
def test_what_ends_in_time_is_left_alone_and_what_comes_after_too(
    place: Callable[[Callable[[], None]], None],
) -> None:
    def work() -> None:
        for _ in range(5):
            with TimeLimit(0.2):
                spin(0.01)
        spin(0.5)
        for _ in range(200):  # ends at about the time at which the limit does
            try:
                with TimeLimit(0.001):
                    spin(0.001)
            except TimeLimitError:
                pass
        spin(0.2)

    place(work)


@places
def test_no_limit(place: Callable[[Callable[[], None]], None]) -> None:
    def work() -> None:
        with TimeLimit(0):
            spin(0.2)

    place(work)


def test_each_thread_has_its_own_limit() -> None:
    ended: dict[float, bool] = {}

    def work(seconds: float) -> None:
        try:
            with TimeLimit(seconds):
                spin(0.8)
            ended[seconds] = True
        except TimeLimitError:
            ended[seconds] = False

    threads = [threading.Thread(target=work, args=(seconds,)) for seconds in (0.2, 10.0)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ended == {0.2: False, 10.0: True}
