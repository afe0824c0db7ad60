"""A time limit for one record."""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType


class TimeLimitError(Exception):
    """Cleaning a record took longer than it may."""


class TimeLimit:
    """Raises :class:`TimeLimitError` in the block below once ``seconds`` have passed.

    The alarm is the main thread's (``signal.setitimer``), which also interrupts Python's regular expressions; in
    another thread, or on a system without it, there is no limit. Limits do not nest.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._armed = (
            seconds > 0
            and hasattr(signal, "setitimer")
            and threading.current_thread() is threading.main_thread()
        )

    def __enter__(self) -> None:
        if self._armed:
            self._before = signal.signal(signal.SIGALRM, _raise)
            signal.setitimer(signal.ITIMER_REAL, self._seconds)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._armed:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self._before)


def _raise(number: int, frame: FrameType | None) -> None:
    raise TimeLimitError
