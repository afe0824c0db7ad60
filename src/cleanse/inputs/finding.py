"""Finds the files that inputs name: folders, globs, single files, by path or by address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from cleanse.inputs.found import Found, printable
from cleanse.inputs.local import Local
from cleanse.inputs.model import Problem
from cleanse.inputs.remote import Remote
from cleanse.inputs.streams import is_url

_FILE = "file://"


def find(
    inputs: Sequence[str], exclude: Sequence[str] = ()
) -> tuple[list[Found], list[Problem], dict[str, int]]:
    """Find the files, each once, and what stands in the way of others; both sorted by name.

    Hidden files and folders, and folders that hold the datasets of a run, are passed over, likewise files of
    other kinds unless an input names one; these are counted by how their names end.

    Args:
        inputs: Folders, globs, files; paths or addresses.
        exclude: Folders and files that are not looked at, wherever they lie.

    Raises:
        InputError: There is no such path, or nothing that the glob matches.
    """
    local = Local([_path(given) for given in exclude if not _remote(given)])
    remote = Remote([given for given in exclude if _remote(given)])
    entries: dict[str, Found | Problem] = {}
    for given in inputs:
        for entry in remote.find(given) if _remote(given) else local.find(_path(given)):
            entries.setdefault(entry.url, entry)
    # Where inputs have files of the same name, these are called by their whole address.
    counts = Counter(entry.name for entry in entries.values())
    named = [e if counts[e.name] == 1 else replace(e, name=printable(e.url)) for e in entries.values()]
    found = sorted((e for e in named if isinstance(e, Found)), key=lambda e: e.name)
    problems = sorted((e for e in named if isinstance(e, Problem)), key=lambda e: e.name)
    return found, problems, dict(local.passed_over + remote.passed_over)


def _remote(given: str) -> bool:
    return is_url(given) and not given.startswith(_FILE)


def _path(given: str) -> str:
    return given.removeprefix(_FILE)
