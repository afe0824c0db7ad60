"""Clean many articles into a dataset: articles, edits and rejected records as Parquet.

INPUT is a folder, a glob or a file, as a path or a URL (s3://...): .txt, .jsonl, .csv, .tsv and .parquet, each
also as .gz or .zst. What is published in OUTPUT already, with the same rules, is not cleaned again. This is the work
of the flow `clean-articles`, without Prefect.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict

from cleanse.cli import _input
from cleanse.cli._problem import Problem, UsageProblem
from cleanse.cli._terminal import write, write_json
from cleanse.visible import visible

HELP = "clean files into a dataset of Parquet"

EXAMPLES = """\
  cleanse run data/raw --output data/clean
  cleanse run 'feeds/*.jsonl.gz' --output s3://bucket/articles --processes 8
  cleanse run dump.csv --output out --field text=main_story --field published_on=posted
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``cleanse run``."""
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="folder, glob or file; a path or a URL")
    parser.add_argument(
        "--output", "-o", required=True, metavar="FOLDER", help="where the dataset is, or will be"
    )
    _input.add_policy(parser)
    _input.add_boilerplate(parser)
    parser.add_argument(
        "--field",
        action="append",
        default=[],
        metavar="COLUMN=FIELD",
        help="take a column from this field of the records",
    )
    parser.add_argument(
        "--processes", type=int, metavar="N", help="how many processes (default: as many as processors)"
    )
    parser.add_argument(
        "--dask-address", metavar="ADDRESS", help="work on this Dask cluster, e.g. tcp://host:8786"
    )
    parser.add_argument("--full", action="store_true", help="clean everything again, also what is published")
    parser.add_argument(
        "--prune", action="store_true", help="take articles of inputs that are gone out of the dataset"
    )
    parser.add_argument(
        "--wait", type=float, default=0.0, metavar="SECONDS", help="wait for another run on OUTPUT to end"
    )
    parser.add_argument(
        "--max-rejected", type=float, default=0.2, metavar="SHARE",
        help="publish nothing if more than this share of the records is rejected (default 0.2)",
    )  # fmt: skip
    parser.add_argument(
        "--max-shrink", type=float, default=0.5, metavar="SHARE",
        help="publish nothing if articles that were published lose more than this share of their text (default 0.5)",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="the report as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Run, and report."""
    from cleanse.inputs import FieldMap
    from cleanse.output.lock import LockedError
    from cleanse.runs.breaker import Breaker, BreakerError
    from cleanse.runs.engines import WorkerLostError, engine_for
    from cleanse.runs.progress import progress_bar
    from cleanse.runs.report import as_text
    from cleanse.runs.run import Options
    from cleanse.runs.run import run as run_all
    from cleanse.setting import Setting
    from cleanse.shard_work import OtherCodeError

    try:
        fields = FieldMap.of(dict(_pair(given) for given in arguments.field))
        breaker = Breaker(rejected_share=arguments.max_rejected, shrink_share=arguments.max_shrink)
        policy = _input.policy(arguments)
        engine = engine_for(arguments.dask_address, arguments.processes)
        with progress_bar() as observe:
            report = run_all(
                arguments.inputs,
                arguments.output,
                setting=Setting(policy=policy, learned=_input.boilerplate(arguments)),
                fields=fields,
                engine=engine,
                breaker=breaker,
                options=Options(full=arguments.full, prune=arguments.prune, wait=arguments.wait),
                observe=observe,
            )
    except (LockedError, BreakerError, OtherCodeError, WorkerLostError) as error:
        raise Problem(str(error)) from error
    except ValueError as error:
        raise UsageProblem(str(error)) from error
    if arguments.json:
        write_json(asdict(report))
    else:
        write(visible(as_text(report)) + "\n")
    return 0


def _pair(given: str) -> tuple[str, str]:
    column, equals, field = given.partition("=")
    if not equals:
        raise UsageProblem(f"--field {given}: say which column comes from which field, e.g. text=main_story")
    return column, field
