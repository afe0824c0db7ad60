"""Finds files by path."""
# With 100,000 files Path objects cost more than reading the files does.
# ruff: noqa: PTH100, PTH111, PTH112, PTH114, PTH115, PTH116, PTH118, PTH119, PTH120, PTH207

from __future__ import annotations

import errno
import glob
import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence

from cleanse.inputs.found import DATASETS, Found, ending, kind, no_match, not_read, printable
from cleanse.inputs.model import Check, InputError, Problem


class Local:
    """Finds files by path, except below ``exclude``."""

    def __init__(self, exclude: Sequence[str] = ()) -> None:
        self.passed_over: Counter[str] = Counter()  # files of other kinds, by how their names end
        self._exclude = {os.path.realpath(os.path.expanduser(path)) for path in exclude}

    def find(self, given: str) -> Iterator[Found | Problem]:
        """Give what an input names; the names are relative to it, of a glob to its last folder without a star."""
        path = os.path.abspath(os.path.expanduser(given))
        if os.path.isdir(path):
            yield from self._folder(path, path)
        elif os.path.lexists(path):
            name = os.path.basename(path)
            yield _file(path, name) or not_read(printable(name), path)
        elif glob.has_magic(path):
            yield from self._glob(given, path)
        else:
            parent = os.path.dirname(path)
            there = "" if os.path.isdir(parent) else f"; there is no folder {parent} either"
            raise InputError(f"no such file or folder: {given!r} (looked for {path}{there})")

    def _glob(self, given: str, path: str) -> Iterator[Found | Problem]:
        root = path
        while glob.has_magic(root):
            root = os.path.dirname(root)
        matches = 0
        for match in sorted(glob.glob(path, recursive=True)):
            if os.path.realpath(match) in self._exclude:
                continue
            if os.path.isdir(match):
                matches += 1
                yield from self._folder(match, root)
            elif entry := _file(match, os.path.relpath(match, root)):
                matches += 1
                yield entry
            else:
                self.passed_over[ending(match)] += 1
        if not matches:
            raise no_match(given)

    def _folder(self, top: str, root: str) -> Iterator[Found | Problem]:
        """Walk a folder: first what is really in it, then what links lead to and has not been seen."""
        seen: set[str] = set()
        real_files: set[str] = set()
        folders, folder_links, file_links = [top], list[str](), list[str]()
        while folders or folder_links:
            folder = folders.pop() if folders else folder_links.pop(0)
            real = os.path.realpath(folder)
            if real in seen:
                if os.path.join(os.path.realpath(os.path.dirname(folder)), "").startswith(
                    os.path.join(real, "")
                ):
                    message = f"this link leads back to {printable(real)}, which it lies in"
                    yield Problem(printable(os.path.relpath(folder, root)), folder, Check.LINK_LOOP, message)
                continue
            seen.add(real)
            try:
                entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
            except OSError as error:
                message = f"the folder cannot be read: {error.strerror}"
                name = printable(os.path.relpath(folder, root)) + "/"
                yield Problem(name, folder, Check.UNREADABLE, message)
                continue
            if folder != top and {entry.name for entry in entries} >= DATASETS:
                continue
            below = "" if folder == root else os.path.relpath(folder, root) + "/"
            for entry in entries:
                link = entry.is_symlink()
                target = os.path.realpath(entry.path) if link else os.path.join(real, entry.name)
                if entry.name.startswith(".") or target in self._exclude:
                    continue
                if _is_folder(entry):
                    (folder_links if link else folders).append(entry.path)
                elif link:
                    file_links.append(entry.path)
                elif found := _file(entry.path, below + entry.name, entry):
                    real_files.add(target)
                    yield found
                else:
                    self.passed_over[ending(entry.name)] += 1
        for path in file_links:
            target = os.path.realpath(path)
            if target not in real_files and (found := _file(path, os.path.relpath(path, root))):
                real_files.add(target)
                yield found


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def _file(path: str, name: str, entry: os.DirEntry[str] | None = None) -> Found | Problem | None:
    known = kind(path)
    if known is None:
        return None
    name = printable(name)
    if entry is not None and entry.is_file(follow_symlinks=False):
        return Found(name, path, *known)
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        if not os.path.islink(path):
            return Problem(name, path, Check.UNREADABLE, f"the file cannot be read: {error.strerror}")
        check = Check.LINK_LOOP if error.errno == errno.ELOOP else Check.BROKEN_LINK
        return Problem(name, path, check, f"a link to {printable(os.readlink(path))}: {error.strerror}")
    if not stat.S_ISREG(mode):
        return Problem(name, path, Check.NOT_A_FILE, "a pipe, a socket or a device, and no file")
    return Found(name, path, *known)
