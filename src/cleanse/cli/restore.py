"""Make the raw text again from what `cleanse clean --json` wrote.

An article carries its own undoing: its clean text and its edits are enough. Both must be as they were written; if
either has been changed since, that is said and nothing comes out. Of several articles, with --json, comes one
JSON object a line: the file and its raw text.
"""

from __future__ import annotations

import argparse
from typing import Any

from cleanse.cli import _input, _terminal
from cleanse.cli._problem import Problem, UsageProblem
from cleanse.edit import restore

HELP = "undo a cleaning: clean text and edits in, raw text out"

EXAMPLES = """\
  cleanse clean --json article.txt > article.json && cleanse restore article.json
  cleanse clean --json article.txt | cleanse restore - | cmp - article.txt
  cleanse clean --json *.txt | cleanse restore --json -
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``cleanse restore``."""
    parser.add_argument("file", metavar="FILE", help="what `cleanse clean --json` wrote; - is stdin")
    parser.add_argument("--json", action="store_true", help="one JSON object a line: file and raw text")


def run(arguments: argparse.Namespace) -> int:
    """Restore the articles in order."""
    name, lines = _input.read_lines(arguments.file)
    if len(lines) > 1 and not arguments.json:
        raise UsageProblem(
            f"{name}: the texts of {len(lines)} articles would run into each other: add --json"
        )
    for number, line in lines:
        raw = _restored(line, f"{name}: line {number}")
        if arguments.json:
            _terminal.write_json({"file": line.get("file"), "raw": raw})
        else:
            _terminal.write(raw)
    return 0


def _restored(article: dict[str, Any], where: str) -> str:
    try:
        return restore(article["text"], article["edits"])
    except (KeyError, TypeError, AttributeError) as error:
        raise Problem(
            f"{where}: this is no article with its edits, as `cleanse clean --json` writes them"
        ) from error
    except ValueError as error:
        raise Problem(f"{where}: {error}") from error
