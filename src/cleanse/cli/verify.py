"""Prove a dataset.

Every part is held against the ledger's checksum, every row against its contract, and every record is counted; where
the inputs are still there, every article is restored to its raw text, bit for bit.
"""

from __future__ import annotations

import argparse

from cleanse.cli._problem import Problem
from cleanse.cli._terminal import write
from cleanse.visible import visible

HELP = "prove that a dataset is whole and that every change can be undone"

EXAMPLES = """\
  cleanse verify data/clean
  cleanse verify s3://bucket/articles --no-raw     without reading the inputs again
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``cleanse verify``."""
    parser.add_argument("output", metavar="FOLDER", help="the dataset; a path or a URL")
    parser.add_argument(
        "--no-raw", action="store_true", help="do not read the inputs again to restore every article"
    )


def run(arguments: argparse.Namespace) -> int:
    """Verify, tell what was proved and what is wrong."""
    from cleanse.output.verify import verify

    try:
        verdict = verify(
            arguments.output,
            raw=not arguments.no_raw,
        )
    except ValueError as error:
        raise Problem(str(error)) from error
    for line in (*verdict.problems, *verdict.not_checked):
        write(visible(line) + "\n")
    checked = ", ".join(f"{number:,} {what}" for what, number in verdict.checked.items()) or "nothing"
    write(f"checked {checked}: {len(verdict.problems) or 'no'} problem{'s' * (len(verdict.problems) != 1)}\n")
    return 1 if verdict.problems else 0
