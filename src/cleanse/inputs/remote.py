"""Finds files by address, in any store that fsspec speaks to."""

from __future__ import annotations

import glob
import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from fsspec.core import url_to_fs

from cleanse.inputs.found import DATASETS, Found, ending, kind, no_match, not_read, printable
from cleanse.inputs.model import InputError, Problem


class Remote:
    """Finds files by address, except below ``exclude``. Stores have no links, and what is listed is there."""

    def __init__(self, exclude: Sequence[str] = ()) -> None:
        self.passed_over: Counter[str] = Counter()  # files of other kinds, by how their names end
        self._exclude = [_whole(address) for address in exclude]

    def find(self, given: str) -> Iterator[Found | Problem]:
        """Give what an input names; the names are relative to it, of a glob to its last folder without a star.

        Raises:
            InputError: Nothing is there, or the address is of a kind that is not installed.
        """
        try:
            store, path = url_to_fs(given)
        except (ValueError, ImportError) as error:
            raise InputError(f"cannot open {given!r}: {error}") from error
        if store.isfile(path):
            name, url = printable(posixpath.basename(path)), store.unstrip_protocol(path)
            known = kind(path)
            yield Found(name, url, *known) if known else not_read(name, url)
        elif store.isdir(path):
            yield from self._below(store, store.find(path), path)
        elif glob.has_magic(path):
            root = path
            while glob.has_magic(root):
                root = posixpath.dirname(root)
            matches = [match for match in store.glob(path) if store.isfile(match)]
            entries = list(self._below(store, matches, root))
            if not entries:
                raise no_match(given)
            yield from entries
        else:
            raise InputError(f"no such file or folder: {given!r}")

    def _below(self, store: Any, paths: Sequence[str], root: str) -> Iterator[Found]:
        names = {path: posixpath.relpath(path, root) for path in paths}
        outputs = _outputs(names.values())
        for path, name in names.items():
            known = kind(path)
            url = store.unstrip_protocol(path)
            hidden = any(part.startswith(".") for part in name.split("/"))
            if hidden or self._excluded(url) or any(name.startswith(o) for o in outputs):
                continue
            if known is None:
                self.passed_over[ending(name)] += 1
                continue
            yield Found(printable(name), url, *known)

    def _excluded(self, url: str) -> bool:
        return any(url == address or url.startswith(address + "/") for address in self._exclude)


def _whole(address: str) -> str:
    """Give an address as the store itself writes it: of ``memory://a`` and ``memory:///a`` the second."""
    store, path = url_to_fs(address)
    return str(store.unstrip_protocol(path)).rstrip("/")


def _outputs(names: Iterable[str]) -> list[str]:
    """Give the folders below the input that hold the datasets of a run, each with a slash at the end."""
    inside: dict[str, set[str]] = {}
    for name in names:
        parts = name.split("/")
        for k in range(1, len(parts) - 1):
            inside.setdefault("/".join(parts[:k]) + "/", set()).add(parts[k])
    return [folder for folder, children in inside.items() if children >= DATASETS]
