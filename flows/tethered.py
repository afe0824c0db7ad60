"""Runs a module as ``python -m`` does, in a process that ends when its parent does, however that ended.

    python -m flows.tethered prefect server start

The parent holds the other end of this process's standard input and never writes to it. When the parent ends, killed
by ``kill -9`` even, the operating system closes that end: that is the sign.
"""

from __future__ import annotations

import os
import runpy
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from typing import IO, Any

GRACE = 20.0  # seconds to end in good order before the end comes anyway


def start(
    module: str, arguments: Sequence[str], *, env: Mapping[str, str], output: IO[Any] | int | None = None
) -> subprocess.Popen[bytes]:
    """Start ``python -m module arguments``, tied to this process.

    It has a session of its own: Ctrl-C reaches only this process, which ends the others in order.

    Args:
        module: The module to run.
        arguments: Its arguments.
        env: What its environment has beyond this one's.
        output: Where its output goes; where this one's goes if not given.
    """
    return subprocess.Popen(
        [sys.executable, "-m", "flows.tethered", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=output,
        stderr=output,
        env={**os.environ, **env},
        start_new_session=True,
    )


def end(process: subprocess.Popen[bytes], *, seconds: float = GRACE) -> None:
    """End a process that was started here: in good order, or after ``seconds`` at once."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    if process.stdin is not None:
        process.stdin.close()


def _end_with_parent() -> None:
    while os.read(0, 4096):  # not sys.stdin: its lock would be in the way when the interpreter ends
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)


if __name__ == "__main__":
    threading.Thread(target=_end_with_parent, daemon=True, name="ends-with-parent").start()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
