"""A time limit for one record."""

from __future__ import annotations

import ctypes
import signal
import threading
import time
from types import FrameType, TracebackType

TICK = 0.05  # seconds between two looks at the clock, where there is no alarm
LARGE = 1_000_000  # code points of a record from which on its limit grows with it


def allowance(seconds: float, size: int) -> float:
    """Give the limit, in seconds, of a record of ``size`` code points: time grows with size, and so does the limit."""
    return seconds * max(1.0, size / LARGE)


class TimeLimitError(Exception):
    """Cleaning a record took longer than it may."""


class TimeLimit:
    """Raises :class:`TimeLimitError` in the block below once it has taken ``seconds`` of processor time.

    A clock on the wall would reject other records on a busy machine than on one that is not. In the main thread it is
    an alarm (``signal.setitimer``; the process's other threads count too), which also interrupts Python's regular
    expressions. Elsewhere, as in the threads of a Dask worker, a thread of its own watches the clock and has the error
    raised; it is met between two steps of Python, so a single call of a regular expression runs to its end. Limits do
    not nest.
    """

    def __init__(self, seconds: float) -> None:
        """Allow so many seconds; none or fewer are no limit."""
        self._seconds = seconds
        main = threading.current_thread() is threading.main_thread()
        self._alarm = seconds > 0 and main and hasattr(signal, "setitimer")
        self._watched = seconds > 0 and not self._alarm

    def __enter__(self) -> None:
        if self._alarm:
            self._before = signal.signal(signal.SIGVTALRM, _raise)
            signal.setitimer(signal.ITIMER_VIRTUAL, self._seconds)
        elif self._watched:
            _WATCH.begin(self._seconds)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._alarm:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, self._before)
        elif self._watched:
            _WATCH.end(raised=kind is TimeLimitError)


def _raise(number: int, frame: FrameType | None) -> None:
    raise TimeLimitError


class _Watch:
    """Looks after the threads that have a limit, from a thread that lives as long as the process."""

    def __init__(self) -> None:
        self._ends: dict[int, float] = {}  # by thread, on its own clock
        self._lock = threading.Lock()
        self._begun = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self, seconds: float) -> None:
        with self._lock:
            self._ends[threading.get_ident()] = _spent(threading.get_ident()) + seconds
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, daemon=True, name="time-limit")
                self._thread.start()
        self._begun.set()

    def end(self, *, raised: bool) -> None:
        """End this thread's limit; the error that is on its way, but was not met yet, is called back."""
        with self._lock:
            late = self._ends.pop(threading.get_ident(), None) is None
            if late and not raised:
                _set_error(threading.get_ident(), None)

    def _look(self) -> None:
        while True:
            self._begun.wait()
            time.sleep(TICK)
            with self._lock:
                for thread in [t for t, end in self._ends.items() if end < _spent(t)]:
                    del self._ends[thread]
                    _set_error(thread, TimeLimitError)
                if not self._ends:
                    self._begun.clear()


def _spent(thread: int) -> float:
    """Give the processor time of a thread that lives, in seconds; the time of day where a system does not tell it."""
    if not hasattr(time, "pthread_getcpuclockid"):
        return time.monotonic()
    return time.clock_gettime(time.pthread_getcpuclockid(thread))


def _set_error(thread: int, error: type[BaseException] | None) -> None:
    """Have an error raised in a thread at its next step, or call it back."""
    what = None if error is None else ctypes.py_object(error)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), what)


_WATCH = _Watch()
