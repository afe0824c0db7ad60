"""A file that is to be read, and what its name says about it."""

from __future__ import annotations

from dataclasses import dataclass

from cleanse.inputs.model import Check, InputError, Problem

READ = "*.txt, *.jsonl, *.ndjson, *.csv and *.tsv, each also with .gz or .zst behind it, and *.parquet"

# A folder that has all three is what a run wrote.
DATASETS = frozenset({"articles", "edits", "rejected"})

_FORMATS = {
    "txt": "text",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "csv": "csv",
    "tsv": "tsv",
    "parquet": "parquet",
}
_COMPRESSIONS = {"gz": "gzip", "zst": "zstd"}


@dataclass(frozen=True, slots=True)
class Found:
    """A file that is to be read; the attributes are those of :class:`~cleanse.inputs.Piece`."""

    name: str
    url: str
    format: str
    compression: str | None


def kind(name: str) -> tuple[str, str | None] | None:
    """Give the format and compression that a file's name says, or None for a file that is not read."""
    stem, dot, extension = name.lower().rpartition(".")
    compression = _COMPRESSIONS.get(extension)
    if compression:
        _, dot, extension = stem.rpartition(".")
    found = _FORMATS.get(extension) if dot else None
    return None if found is None or (found == "parquet" and compression) else (found, compression)


def printable(name: str) -> str:
    r"""Give a file's name as text: bytes that are not valid UTF-8 as ``\xNN``."""
    return name.encode("utf8", "surrogateescape").decode("utf8", "backslashreplace")


def ending(name: str) -> str:
    """Give what the name of a file ends with, for a count of those that are not read."""
    _, dot, extension = name.rpartition(".")
    return (
        f".{extension.lower()}"
        if dot and extension.isalnum() and len(extension) <= 10
        else "without a known ending"
    )


def no_match(given: str) -> InputError:
    """Make the error of a glob that finds nothing."""
    return InputError(f"no file matches {given!r}; read are {READ}")


def not_read(name: str, url: str) -> Problem:
    """Make the problem of a file that was named and is of an unknown kind."""
    return Problem(name, url, Check.NOT_READ, f"the name does not say what the file holds; read are {READ}")
