"""Clean one article: the clean text goes to stdout.

With --json comes one JSON object a line, with all that was found out about the article and every edit; of that
`cleanse restore` makes the raw text again. Several files need --json: their texts would run into each other.
For datasets there is `cleanse run`.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict

from cleanse.cleaner import clean
from cleanse.cli import _input, _terminal
from cleanse.cli._problem import UsageProblem

HELP = "clean an article: text in, clean text out"

EXAMPLES = """\
  cleanse clean article.txt
  cleanse clean - < article.txt > clean.txt
  cleanse clean --json archive/*.txt | jq -r '[.file, (.defects | join(" "))] | @tsv'
  cleanse clean --source www.example.org --policy policy.toml article.txt
  cleanse clean --source www.example.org --boilerplate learned article.txt
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``cleanse clean``."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="an article as UTF-8 text; - is stdin")
    parser.add_argument(
        "--json", action="store_true", help="one JSON object a line: the article and its edits"
    )
    _input.add_policy(parser)
    _input.add_boilerplate(parser)
    _input.add_facts(parser)


def run(arguments: argparse.Namespace) -> int:
    """Clean the files in order."""
    if len(arguments.files) > 1 and not arguments.json:
        raise UsageProblem("the texts of several files would run into each other: add --json")
    given = _input.given(arguments) | {"learned": _input.boilerplate(arguments)}
    for name in arguments.files:
        article = clean(_input.read(name), **given)
        if arguments.json:
            _terminal.write_json(
                {"file": name, **asdict(article), "edits": [edit._asdict() for edit in article.edits]}
            )
        else:
            _terminal.write(article.text)
    return 0
