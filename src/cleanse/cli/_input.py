"""What several commands have in common: the articles they are given, and what is known about them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from cleanse.cli._problem import Problem
from cleanse.learned import LearnedBoilerplate
from cleanse.policy import DEFAULT, Policy
from cleanse.policy.error import PolicyError

# These hold many articles; cleaned as if they were one they would come out as rubbish.
_DATASETS = {".csv", ".jsonl", ".ndjson", ".parquet"}
_PACKED = {".gz", ".zst", ".bz2", ".xz", ".zip"}

_BYTE_ORDER_MARKS = ((b"\xff\xfe", "UTF-16LE"), (b"\xfe\xff", "UTF-16BE"))


def add_facts(parser: argparse.ArgumentParser) -> None:
    """Add the options that tell what is known about an article beside its text."""
    group = parser.add_argument_group(
        "what is known about the article",
        "fills placeholders and columns, and picks a source's section of the policy",
    )
    group.add_argument("--title", help="its title")
    group.add_argument("--source", help="the site or feed it is from, such as www.example.org")
    group.add_argument("--published-on", type=_day, metavar="YYYY-MM-DD", help="the day it was published")
    group.add_argument("--author", help="who wrote it")
    group.add_argument("--url", help="its address")
    group.add_argument("--language", help="its language, such as en or pt-BR")


def given(arguments: argparse.Namespace) -> dict[str, Any]:
    """Give what :func:`add_facts` and :func:`add_policy` were told, as keyword arguments of :func:`cleanse.clean`."""
    names = ("title", "source", "published_on", "author", "url", "language")
    return {name: getattr(arguments, name) for name in names} | {"policy": policy(arguments)}


def add_policy(parser: argparse.ArgumentParser) -> None:
    """Add the option that names a policy file."""
    parser.add_argument(
        "--policy", metavar="FILE", help="a policy file (TOML): thresholds, switches, own phrases"
    )


def policy(arguments: argparse.Namespace) -> Policy:
    """Read the policy file that was named; without one give the default.

    Raises:
        Problem: It makes no sense; the message shows each line that does not.
        OSError: It cannot be read.
    """
    if arguments.policy is None:
        return DEFAULT
    try:
        return Policy.load(arguments.policy)
    except PolicyError as error:
        raise Problem(f"the policy makes no sense\n{error}") from error


def add_boilerplate(parser: argparse.ArgumentParser) -> None:
    """Add the option that names where boilerplate was learned."""
    parser.add_argument(
        "--boilerplate", metavar="FOLDER",
        help="take out what was learned there to be boilerplate of the article's source; see `cleanse learn`",
    )  # fmt: skip


def boilerplate(arguments: argparse.Namespace) -> Mapping[str, LearnedBoilerplate]:
    """Read what was learned, by source; nothing if no folder was named.

    Raises:
        Problem: Nothing was learned there, or it makes no sense.
        OSError: It cannot be read.
    """
    if arguments.boilerplate is None:
        return {}
    from cleanse.learning.published import PublishedBoilerplate

    try:
        return PublishedBoilerplate(arguments.boilerplate)
    except ValueError as error:
        raise Problem(str(error)) from error


def read(name: str) -> str:
    """Read one article, from a file or for ``-`` from stdin; it must be UTF-8.

    Raises:
        Problem: It is not text, not UTF-8, or a file of many articles.
        OSError: It cannot be read.
    """
    path = Path(name)
    if name != "-" and path.suffix.lower() in _DATASETS | _PACKED:
        raise Problem(
            f"{name}: a {path.suffix} file is not one article as plain text; `cleanse run` cleans datasets, "
            "and `-` reads one article from stdin"
        )
    return decode(*_bytes(name))


def read_lines(name: str) -> tuple[str, list[tuple[int, dict[str, Any]]]]:
    """Read JSON lines, from a file or for ``-`` from stdin: the name to call it by, and (line number, object).

    Raises:
        Problem: It is not UTF-8, or a line is not one JSON object.
        OSError: It cannot be read.
    """
    data, called = _bytes(name)
    rows = []
    for number, line in enumerate(decode(data, called).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise Problem(f"{called}: line {number}: this is no JSON: {error}") from error
        if not isinstance(row, dict):
            raise Problem(
                f"{called}: line {number}: this is JSON, but not an object: {{...}} is expected on each line"
            )
        rows.append((number, row))
    return called, rows


def _bytes(name: str) -> tuple[bytes, str]:
    return (sys.stdin.buffer.read(), "stdin") if name == "-" else (Path(name).read_bytes(), name)


def decode(data: bytes, name: str) -> str:
    """Decode UTF-8; nothing is guessed, since a wrong guess is damage.

    Raises:
        Problem: It is not UTF-8.
    """
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        for mark, encoding in _BYTE_ORDER_MARKS:
            if data.startswith(mark):
                raise Problem(
                    f"{name}: this is {encoding}, not UTF-8; `iconv -f {encoding} -t UTF-8` converts it"
                ) from error
        line = data.count(b"\n", 0, error.start) + 1
        raise Problem(
            f"{name}: line {line}: byte 0x{data[error.start]:02x} at offset {error.start} is not UTF-8; convert the "
            "file first, for example with `iconv -f WINDOWS-1252 -t UTF-8`"
        ) from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it as 2024-03-05") from error
