"""Look at what was learned to be boilerplate of a source, and say yes or no to it.

A pattern is named by its id, or by so much of its beginning as no other has. What a person approves or rejects stays so
when it is learned again; the next `cleanse run --boilerplate FOLDER` cleans by it.
"""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Iterator
from typing import Any

from cleanse.cli import _terminal
from cleanse.cli._problem import Problem
from cleanse.cli._terminal import write, write_json
from cleanse.visible import visible

HELP = "list, show, approve or reject what was learned"

EXAMPLES = """\
  cleanse boilerplate list data/clean --status proposed
  cleanse boilerplate list data/clean --source www.example.org
  cleanse boilerplate show data/clean 3fa9c1
  cleanse boilerplate approve data/clean 3fa9c1 --by Lena
  cleanse boilerplate reject data/clean 3fa9c1 77d0 --by Lena
"""

_VERDICTS = {"approve": "approved", "reject": "rejected"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``cleanse boilerplate``."""
    parser.add_argument("action", choices=["list", "show", "approve", "reject"], help="what to do")
    parser.add_argument(
        "folder", metavar="FOLDER", help="where it was learned: the OUTPUT of `cleanse learn`"
    )
    parser.add_argument("patterns", nargs="*", metavar="PATTERN", help="ids of patterns, or their beginnings")
    parser.add_argument("--source", help="list the patterns of this source alone")
    parser.add_argument("--status", choices=["proposed", "approved", "rejected"], help="list these alone")
    parser.add_argument("--by", help="who decides (default: the name you are logged in by)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, with everything")
    _terminal.add_colour(parser)


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked for."""
    from cleanse.learning.decisions import find, load
    from cleanse.output.lock import LockedError
    from cleanse.output.store import Store

    listing = arguments.action == "list"
    if listing == bool(arguments.patterns):
        said = (
            "takes no PATTERN" if listing else "needs a PATTERN; `cleanse boilerplate list` shows their ids"
        )
        raise _usage(f"`cleanse boilerplate {arguments.action}` {said}")
    store = Store(arguments.folder)
    try:
        if arguments.action in _VERDICTS:
            rows = _decide(store, arguments)
        else:
            rows = load(store).to_pylist()
            if not rows:
                raise Problem(f"nothing was learned in {arguments.folder}: see `cleanse learn --help`")
            if not listing:
                rows = [find(rows, pattern) for pattern in arguments.patterns]
    except (ValueError, LockedError) as error:
        raise Problem(str(error)) from error
    marks = _terminal.Marks(colour=_terminal.wants_colour(arguments.color))
    if listing:
        rows = [
            row for row in rows
            if arguments.source in (None, row["source"]) and arguments.status in (None, row["status"])
        ]  # fmt: skip
    if arguments.json:
        for row in rows:
            write_json(row)
    else:
        for line in _in_full(rows, marks) if arguments.action == "show" else _in_short(rows, marks):
            write(line + "\n")
    return 0


def _usage(message: str) -> Problem:
    from cleanse.cli._problem import UsageProblem

    return UsageProblem(message)


def _decide(store: Any, arguments: argparse.Namespace) -> list[dict[str, Any]]:
    from cleanse.contracts import installed
    from cleanse.learning.decisions import decide, load, publish
    from cleanse.output.lock import locked

    by = arguments.by if arguments.by is not None else getpass.getuser()
    with locked(store) as held:
        rows, decided = load(store), []
        for pattern in arguments.patterns:
            rows, row = decide(rows, pattern, _VERDICTS[arguments.action], by)
            decided.append(row)
        held.check()
        publish(store, rows, installed())
    return decided


def _in_short(rows: list[dict[str, Any]], marks: _terminal.Marks) -> Iterator[str]:
    source = None
    for row in rows:
        if row["source"] != source:
            source = row["source"]
            yield marks.strong(visible(source))
        text = " ".join(row["example_text"].split())
        yield (
            f"  {row['pattern_id']}  {row['status']:8}  {row['score']:.2f}  "
            f"{row['articles_seen']:>4} of {row['articles_of_source']:<5} {row['usual_position']:5} "
            f"{visible(text if len(text) <= 80 else text[:79] + '…')}"
        )


def _in_full(rows: list[dict[str, Any]], marks: _terminal.Marks) -> Iterator[str]:
    for row in rows:
        yield marks.strong(f"{row['pattern_id']}  {row['status']}") + (
            f" by {visible(row['decided_by'])}" if row["decided_by"] else ""
        )
        yield f"  source    {visible(row['source'])}"
        yield f"  example   {visible(row['example_text'])}"
        yield f"  pattern   {visible(row['pattern'])}"
        yield (
            f"  seen      in {row['articles_seen']} of {row['articles_of_source']} stories ({row['share']:.0%})"
            + (f", from {row['first_seen']} to {row['last_seen']}" if row["first_seen"] else "")
        )
        yield f"  position  {row['usual_position']}, in {row['articles_at_position']} of them"
        yield f"  after     {visible(row['usually_after'] or '-')}"
        yield f"  before    {visible(row['usually_before'] or '-')}"
        yield f"  articles  {visible(', '.join(row['article_ids']))}"
        closes = "; short lines below it go too" if row["closes_story"] else ""
        yield f"  removed   {row['removed_where']}{closes}"
        yield f"  score     {row['score']:.2f}"
