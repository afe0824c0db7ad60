"""Runs a flow from a terminal: its parameters are the options, and its log and its report are what a person reads."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from prefect import Flow
from prefect.exceptions import ParameterTypeError
from prefect.settings import PREFECT_LOGGING_LEVEL  # noqa: F401  (loads Prefect's logging)

from cleanse.output.lock import LockedError
from cleanse.runs.breaker import BreakerError
from cleanse.runs.engines import WorkerLostError
from cleanse.runs.report import as_text
from cleanse.runs.run import Report
from cleanse.shard_work import ConservationError
from cleanse.visible import visible
from flows.local_api import ServerError, local_api

# What ends a run with a line that says what is wrong. Anything else is a fault of ours and shows its traceback.
SAID = (
    BreakerError,
    ConservationError,
    LockedError,
    OSError,
    ParameterTypeError,
    ServerError,
    ValueError,
    WorkerLostError,
)


def main(flow: Flow[..., Any], argv: Sequence[str] | None = None) -> None:
    """Run the flow with the options of a command line, show its report, and exit: 0 if it completed, else 1."""
    parameters = _parsed(flow, argv)
    _talk_to_terminal()
    try:
        parameters = flow.validate_parameters(parameters)
        with local_api():
            report = flow(**parameters)
    except KeyboardInterrupt:
        sys.exit("\ninterrupted: nothing was published; the next run takes up what was cleaned")
    except SAID as error:
        sys.exit(f"{flow.name}: {visible(_in_a_line(error))}")
    if isinstance(report, Report):
        print(visible(f"\n{as_text(report)}\n\n{how_to_query(report.output)}"))


def _in_a_line(error: BaseException) -> str:
    if isinstance(error, ParameterTypeError):  # a line for each parameter, after one that says so
        return "; ".join(line.strip(" -") for line in str(error).splitlines()[1:])
    if isinstance(error, OSError) and error.strerror and error.filename:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def how_to_query(output: str) -> str:
    """Say how to look at a dataset with DuckDB and pandas."""
    folder = output.rstrip("/")
    return (
        "query it:\n"
        f"  duckdb   SELECT title, text FROM '{folder}/articles/*.parquet' WHERE needs_review;\n"
        f"  pandas   pandas.read_parquet('{folder}/articles')"
    )


def _parsed(flow: Flow[..., Any], argv: Sequence[str] | None) -> dict[str, Any]:
    properties = flow.parameters.properties
    parser = argparse.ArgumentParser(
        prog=f"python -m flows.{Path(flow.fn.__code__.co_filename).stem}",
        description=(flow.description or "").partition("\n\nArgs:")[0],
    )
    for name, schema in properties.items():
        _add_option(parser, name, schema)
    return {name: value for name, value in vars(parser.parse_args(argv)).items() if value is not None}


def _add_option(parser: argparse.ArgumentParser, name: str, schema: Mapping[str, Any]) -> None:
    """Add a parameter's option; what the values must be is checked by the flow, as it is in a deployment."""
    option = f"--{name.replace('_', '-')}"
    types = {kind.get("type") for kind in schema.get("anyOf", [schema])}
    about = " ".join(schema.get("description", "").split()).replace("%", "%%")
    default = schema.get("default")
    if default not in (None, False):
        about += f" (default: {default})"
    if "boolean" in types:
        parser.add_argument(option, action="store_true", default=None, help=about)
    elif "object" in types:
        parser.add_argument(option, type=_pair, nargs="+", action=_Pairs, metavar="COLUMN=FIELD", help=about)
    elif "array" in types:
        parser.add_argument(option, nargs="+", action="extend", metavar=name.upper(), help=about)
    else:
        parser.add_argument(option, metavar=name.upper(), help=about)


def _pair(given: str) -> tuple[str, str]:
    key, equals, value = given.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{given!r} is no COLUMN=FIELD")
    return key, value


class _Pairs(argparse.Action):
    """Collects pairs into a dictionary."""

    def __call__(
        self, parser: Any, namespace: argparse.Namespace, values: Any, option: str | None = None
    ) -> None:
        setattr(namespace, self.dest, {**(getattr(namespace, self.dest) or {}), **dict(values)})


def _talk_to_terminal() -> None:
    """Show on the terminal what the flow says, and warnings; not what Prefect says of each state and task."""
    for name in ("", "prefect"):
        for handler in logging.getLogger(name).handlers:
            if type(handler).__name__ == "PrefectConsoleHandler":
                handler.addFilter(_is_for_people)
                handler.setFormatter(_Line())


# Of what these say, the command itself says what is worth a line, at the end.
_NOT_FOR_PEOPLE = ("prefect._internal", "prefect.flows", "APILogWorker", "EventsWorker")
_SAID_AT_THE_END = ("Crash detected!", "Finished in state")


def _is_for_people(record: logging.LogRecord) -> bool:
    if Path(record.pathname).parent == Path(__file__).parent:
        return True
    message = record.getMessage()
    if record.name.startswith(_NOT_FOR_PEOPLE) or record.exc_info or message.startswith(_SAID_AT_THE_END):
        return False
    return record.levelno >= logging.WARNING or " - Retry " in message


class _Line(logging.Formatter):
    """Writes the message alone, after the level if that is worth a word."""

    def format(self, record: logging.LogRecord) -> str:
        level = f"{record.levelname.lower()}: " if record.levelno >= logging.WARNING else ""
        return visible(f"{level}{record.getMessage()}")
