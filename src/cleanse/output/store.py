"""Where output goes: a folder on a disk or a prefix on an object store, with the same promises.

A file is there whole or not at all. On a disk it is written aside, flushed to the device and moved into place. An
object store has no rename, and needs none for this: an object appears when its last byte has arrived.
"""

from __future__ import annotations

import contextlib
import glob
import os
import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from cleanse.output.store_errors import as_os_errors

ASIDE = ".aside-"  # prefix of a file that is still being written


class Store:
    """A place for files, named by paths relative to it, with ``/`` between folders."""

    def __init__(self, url: str) -> None:
        """Open the store at ``url``, a path or a URL that fsspec knows; nothing is created yet.

        Raises:
            ValueError: The URL is of a kind that is not known or installed, or a pattern.
        """
        self.url = url
        self._fs: Any
        try:
            # Listings are not remembered: other processes write here.
            options = {"use_listings_cache": False} if "://" in url else {}
            self._fs, self._root = url_to_fs(url, **options)
        except ImportError as error:
            raise ValueError(f"cannot open {url}: {error}") from error
        self._root = self._root.rstrip("/") or "/"
        self.folder = Path(self._root) if isinstance(self._fs, LocalFileSystem) else None
        if self.folder is None and glob.has_magic(self._root):
            raise ValueError(f"{url} is a pattern: the address of an output may not hold *, ? or [")

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
            with as_os_errors(self.where(path)):
                content: bytes = self._fs.cat_file(f"{self._root}/{path}")
        except FileNotFoundError:
            return None
        return content

    def open(self, path: str) -> Any:
        """Open a file for reading, seekable."""
        with as_os_errors(self.where(path)):
            return self._fs.open(f"{self._root}/{path}", "rb")

    def write(self, path: str, content: bytes | memoryview) -> None:
        """Write a file: afterwards it is there whole; after a failure the old one, or none, is.

        Raises:
            OSError: The store refused; the message names the file.
        """
        if self.folder is None:
            with as_os_errors(self.where(path)):
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
        except BaseException as error:
            with contextlib.suppress(OSError):
                aside.unlink()
            if isinstance(error, OSError) and error.filename in (None, str(aside)):
                error.filename = str(target)  # who reads the message knows nothing of files aside
            raise
        _flush_folder(target.parent)

    def create(self, path: str, content: bytes) -> bool:
        """Write a file of an object store if there is none; say whether that was so. Of two at once one is told yes."""
        try:
            with as_os_errors(self.where(path)):
                self._fs.pipe_file(f"{self._root}/{path}", content, mode="create")
        except FileExistsError:
            return False
        return True

    def move(self, moves: Mapping[str, str]) -> None:
        """Put files in other places of the store, over what is there; no error for one that was moved before."""
        if self.folder is None:
            there = self._near(moves)
            moves = {source: target for source, target in moves.items() if source in there}
            with as_os_errors(self.url):
                # As lists: many at once, where the store can.
                self._fs.copy(
                    [f"{self._root}/{source}" for source in moves],
                    [f"{self._root}/{target}" for target in moves.values()],
                )
            self.remove(*moves)
            return
        folders = {(self.folder / target).parent for target in moves.values()}
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
        for source, target in moves.items():
            with contextlib.suppress(FileNotFoundError):
                (self.folder / source).replace(self.folder / target)
        for folder in folders:
            _flush_folder(folder)

    def remove(self, *paths: str) -> None:
        """Remove files; no error for one that is not there."""
        if self.folder is not None:
            for path in paths:
                (self.folder / path).unlink(missing_ok=True)
        elif paths:
            with contextlib.suppress(FileNotFoundError), as_os_errors(self.url):
                self._fs.rm([f"{self._root}/{path}" for path in paths])

    def remove_folder(self, path: str) -> None:
        """Remove a folder with all that is in it; no error if it is not there."""
        with contextlib.suppress(FileNotFoundError), as_os_errors(self.where(path)):
            self._fs.rm(f"{self._root}/{path}", recursive=True)

    def sizes(self, path: str, depth: int | None = None) -> dict[str, int]:
        """Give the files below a folder, ``depth`` levels deep, with their sizes in bytes, by paths of this store."""
        try:
            with as_os_errors(self.where(path)):
                found = self._fs.find(f"{self._root}/{path}".rstrip("/"), maxdepth=depth, detail=True)
        except FileNotFoundError:
            return {}
        return {name[len(self._root) :].lstrip("/"): info["size"] for name, info in found.items()}

    def missing(self, sizes: Mapping[str, int]) -> list[str]:
        """Give those of the files that are not there, or have another size in bytes."""
        there = self._near(sizes)
        return [path for path, size in sizes.items() if there.get(path) != size]

    def _near(self, paths: Iterable[str]) -> dict[str, int]:
        """List all folders of the store in which one of the paths lies: to ask for each takes far longer."""
        folders = sorted({path.partition("/")[0] for path in paths})
        return {path: size for folder in folders for path, size in self.sizes(folder).items()}


def _flush_folder(folder: Path) -> None:
    """Flush a folder's entries: without this a move may be forgotten when the power fails."""
    with contextlib.suppress(PermissionError):  # Windows does not open folders
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
