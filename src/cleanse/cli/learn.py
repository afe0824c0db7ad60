"""Learn what each source prints in one story after the other: slogans, prompts, notices, lists of other stories.

INPUT is as for `cleanse run`, or the articles/ of a dataset. All articles of a source belong in one call. What
recurs in enough stories goes to boilerplate/ in OUTPUT with its evidence: approved where that speaks for itself, else
proposed for a person to decide (`cleanse boilerplate`), whose word every later learning keeps. `--boilerplate` of
`cleanse run`, `clean` and `explain` then takes out what is approved. This is the work of the flow
`learn-boilerplate`, without Prefect.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from cleanse.cli._problem import Problem, UsageProblem
from cleanse.cli._terminal import write
from cleanse.visible import visible

HELP = "learn the boilerplate of each source"

EXAMPLES = """\
  cleanse learn data/raw --output data/clean
  cleanse learn 'feeds/*.jsonl.gz' --output learned --field source=site
  cleanse run 'feeds/*.jsonl.gz' --output data/clean --boilerplate learned
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``cleanse learn``."""
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="folder, glob or file; a path or a URL")
    parser.add_argument(
        "--output", "-o", required=True, metavar="FOLDER", help="where boilerplate/ is, or will be"
    )
    parser.add_argument(
        "--field", action="append", default=[], metavar="COLUMN=FIELD",
        help="take a column from this field of the records",
    )  # fmt: skip
    parser.add_argument(
        "--unnamed", action="store_true",
        help="learn also from articles that name neither source nor address, as if all were of one source",
    )  # fmt: skip
    parser.add_argument(
        "--processes", type=int, metavar="N", help="how many processes (default: as many as processors)"
    )
    parser.add_argument(
        "--dask-address", metavar="ADDRESS", help="work on this Dask cluster, e.g. tcp://host:8786"
    )
    parser.add_argument(
        "--wait", type=float, default=0.0, metavar="SECONDS", help="wait for another run on OUTPUT to end"
    )
    parser.add_argument("--json", action="store_true", help="the report as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Learn, and report."""
    from cleanse.cli.run import _pair
    from cleanse.inputs import FieldMap
    from cleanse.learning.run import as_text, learn_run
    from cleanse.output.lock import LockedError
    from cleanse.runs.engines import WorkerLostError, engine_for
    from cleanse.runs.progress import progress_bar

    try:
        fields = FieldMap.of(dict(_pair(given) for given in arguments.field))
        engine = engine_for(arguments.dask_address, arguments.processes)
        with progress_bar() as observe:
            report = learn_run(
                arguments.inputs,
                arguments.output,
                fields=fields,
                engine=engine,
                unnamed=arguments.unnamed,
                wait=arguments.wait,
                observe=observe,
            )
    except (LockedError, WorkerLostError) as error:
        raise Problem(str(error)) from error
    except ValueError as error:
        raise UsageProblem(str(error)) from error
    write(
        (json.dumps(asdict(report), ensure_ascii=False) if arguments.json else visible(as_text(report)))
        + "\n"
    )
    return 0
