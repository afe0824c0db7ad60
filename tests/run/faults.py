"""Has the operating system fail at a chosen one of the calls that touch files below a folder."""

from __future__ import annotations

import builtins
import contextlib
import errno
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# What can go wrong with each call.
ERRORS = {
    "open": [errno.EACCES, errno.EIO, errno.EMFILE],
    "read": [errno.EIO, errno.ESTALE],
    "write": [errno.ENOSPC, errno.EIO],
    "flush": [errno.ENOSPC],
    "fsync": [errno.EIO, errno.ENOSPC],
    "replace": [errno.EACCES, errno.EIO, errno.ENOSPC],
    "unlink": [errno.EACCES, errno.EIO],
    "rmdir": [errno.EIO],
    "mkdir": [errno.ENOSPC, errno.EACCES],
    "scandir": [errno.EACCES, errno.EIO],
}


class Faults:
    """Counts the calls, and fails at one of them.

    Attributes:
        calls: What was called so far, by name and path.
        failed: The call that failed, if one did.
    """

    def __init__(self, folder: Path, *, at: int | None = None, which: int = 0, lasting: bool = False) -> None:
        """Fail at call number ``at`` with error number ``which`` of its kind; if ``lasting``, ever after too."""
        self._folder, self._at, self._which, self._lasting = str(folder), at, which, lasting
        self.calls: list[str] = []
        self.failed: str | None = None

    def meets(self, kind: str, path: Any) -> int | None:
        """Count a call; give the error to fail with, if this is the one."""
        self.calls.append(f"{kind} {path}")
        number = len(self.calls) - 1
        if self._at is None or number < self._at or (number > self._at and not self._lasting):
            return None
        if number == self._at:
            self.failed = self.calls[-1]
        elif kind in ("read", "scandir", "unlink", "rmdir"):
            return None  # a disk that has become full can still be read
        kinds = ERRORS[kind]
        return kinds[self._which % len(kinds)] if number == self._at else errno.ENOSPC

    def call(self, kind: str, path: Any) -> None:
        """Count a call, and fail if this is the one."""
        number = self.meets(kind, path)
        if number is not None:
            raise OSError(number, os.strerror(number), str(path))

    def concerns(self, path: Any) -> bool:
        """Say whether a path lies below the folder."""
        return isinstance(path, (str, os.PathLike)) and os.fspath(path).startswith(self._folder)


class File:
    """A file whose calls are counted."""

    def __init__(self, file: Any, faults: Faults, path: Any) -> None:
        self._file, self._faults, self._path = file, faults, path

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> File:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._file)

    def read(self, *size: int) -> Any:
        self._faults.call("read", self._path)
        return self._file.read(*size)

    def write(self, content: Any) -> int:
        number = self._faults.meets("write", self._path)
        if number is not None:
            self._file.write(content[: len(content) // 2])  # the part for which there was room
            self._file.flush()
            raise OSError(number, os.strerror(number), str(self._path))
        return int(self._file.write(content))

    def flush(self) -> None:
        self._faults.call("flush", self._path)
        self._file.flush()


@contextlib.contextmanager
def injected(faults: Faults) -> Iterator[Faults]:
    """Have calls counted, and fail, within the block."""
    originals = {
        name: getattr(os, name)
        for name in ("fsync", "replace", "unlink", "rmdir", "mkdir", "scandir", "open")
    }
    plain_open = builtins.open
    numbers: dict[int, Any] = {}

    def open_file(path: Any, mode: str = "r", *rest: Any, **options: Any) -> Any:
        if not faults.concerns(path):
            return plain_open(path, mode, *rest, **options)
        faults.call("open", path)
        return File(plain_open(path, mode, *rest, **options), faults, path)

    def wrapped(name: str) -> Any:
        original = originals[name]

        def call(path: Any, *rest: Any, **options: Any) -> Any:
            below = options.get("dir_fd") is not None or (name == "scandir" and path in numbers)
            if name == "fsync" or below or faults.concerns(path):
                faults.call(name, path)
            made = original(path, *rest, **options)
            if name == "open" and faults.concerns(path):
                numbers[made] = path
            return made

        return call

    builtins.open = io.open = open_file  # type: ignore[assignment]
    for name in originals:
        setattr(os, name, wrapped(name))
    try:
        yield faults
    finally:
        builtins.open = io.open = plain_open
        for name, original in originals.items():
            setattr(os, name, original)
