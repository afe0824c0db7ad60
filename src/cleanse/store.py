"""Where output goes: a folder on a disk or a prefix on an object store, with the same promises.

A file is there whole or not at all. On a disk it is written aside, flushed to the device and moved into place. An
object store has no rename, and needs none for this: an object appears when its last byte has arrived.
"""

from __future__ import annotations

import contextlib
import os
import uuid
from pathlib import Path
from typing import Any

from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

ASIDE = ".aside-"  # prefix of a file that is still being written


class Store:
    """A place for files, named by paths relative to it, with ``/`` between folders."""

    def __init__(self, url: str) -> None:
        """Open the store at ``url``, a path or a URL that fsspec knows; nothing is created yet."""
        self.url = url
        self._fs: Any
        self._fs, self._root = url_to_fs(url, use_listings_cache=False) if "://" in url else url_to_fs(url)
        self._root = self._root.rstrip("/") or "/"
        self.folder = Path(self._root) if isinstance(self._fs, LocalFileSystem) else None

    def __reduce__(self) -> tuple[type[Store], tuple[str]]:
        return Store, (self.url,)

    def where(self, path: str) -> str:
        """Give the path or URL of a file of this store, for messages and readers."""
        return (
            str(self.folder / path) if self.folder else str(self._fs.unstrip_protocol(f"{self._root}/{path}"))
        )

    def read(self, path: str) -> bytes | None:
        """Give a file's content, or None if there is no such file."""
        try:
            content: bytes = self._fs.cat_file(f"{self._root}/{path}")
        except FileNotFoundError:
            return None
        return content

    def open(self, path: str) -> Any:
        """Open a file for reading, seekable."""
        return self._fs.open(f"{self._root}/{path}", "rb")

    def write(self, path: str, content: bytes | memoryview) -> None:
        """Write a file: afterwards it is there whole; after a failure the old one, or none, is.

        Raises:
            OSError: The store refused; the message names the file.
        """
        if self.folder is None:
            self._fs.pipe_file(f"{self._root}/{path}", bytes(content))
            return
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_name(f"{ASIDE}{uuid.uuid4().hex}")
        try:
            with aside.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            aside.replace(target)
        except BaseException:
            with contextlib.suppress(OSError):
                aside.unlink()
            raise
        _flush_folder(target.parent)

    def create(self, path: str, content: bytes) -> bool:
        """Write a file if there is none; say whether that was so. Of two who try at once, one is told yes."""
        if self.folder is not None:
            target = self.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                with target.open("xb") as file:
                    file.write(content)
            except FileExistsError:
                return False
            return True
        try:
            self._fs.pipe_file(f"{self._root}/{path}", content, mode="create")
        except FileExistsError:
            return False
        return True

    def move(self, source: str, target: str) -> None:
        """Put a file in another place of the store, over what is there; no error if it was moved before."""
        if self.folder is None:
            if self._fs.exists(f"{self._root}/{source}"):
                self._fs.copy(f"{self._root}/{source}", f"{self._root}/{target}")
                self.remove(source)
            return
        (self.folder / target).parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            (self.folder / source).replace(self.folder / target)
            _flush_folder((self.folder / target).parent)

    def remove(self, path: str) -> None:
        """Remove a file or a whole folder; no error if it is not there."""
        with contextlib.suppress(FileNotFoundError):
            self._fs.rm(f"{self._root}/{path}", recursive=True)

    def list(self, path: str) -> dict[str, int]:
        """Give the files below a folder, with their sizes in bytes; paths are relative to the store."""
        try:
            found = self._fs.find(f"{self._root}/{path}".rstrip("/"), detail=True)
        except FileNotFoundError:
            return {}
        return {name[len(self._root) :].lstrip("/"): info["size"] for name, info in found.items()}


def _flush_folder(folder: Path) -> None:
    """Flush a folder's entries: without this a move may be forgotten when the power fails."""
    with contextlib.suppress(PermissionError):  # Windows does not open folders
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
