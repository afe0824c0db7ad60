"""What the result of cleaning depends on, beside the input."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

# What they do to text, and the bytes of a Parquet file, are part of what we do: a new release may do it differently.
_LIBRARIES = ("beautifulsoup4", "ftfy", "google-re2", "numpy", "pyarrow")

# These decide nothing about a record: a new option of the command line, or a better report, must not make a nightly
# run redo the corpus. What was learned counts by what it says, and the contracts by their versions.
_APART = {"cli", "learning", "output", "runs"}


@cache
def code_fingerprint() -> str:
    """Give the SHA-256, in hex, of the code and vocabulary of cleaning, and of the libraries that repair text.

    Rules carry version numbers for people; what is redone is decided by this, which no one can forget to raise.
    """
    digest = hashlib.sha256()
    for name, content in sorted(_contents(files("cleanse"), "")):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    for library in _LIBRARIES:
        digest.update(f"{library}=={version(library)}\n".encode())
    digest.update(
        unicodedata.unidata_version.encode()
    )  # of this Python: what is a letter, and what is upper case
    return digest.hexdigest()


def rules_fingerprint(*settings: str) -> str:
    """Combine the fingerprint of the code with all that is set (policy, learned boilerplate, contracts...), in hex."""
    return hashlib.sha256("\0".join((code_fingerprint(), *settings)).encode()).hexdigest()


def _contents(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            if entry.name not in _APART and entry.name != "__pycache__":
                found += _contents(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith((".py", ".toml", ".json")):
            found.append((prefix + entry.name, entry.read_bytes()))
    return found
