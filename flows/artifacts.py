"""What a run leaves for people to see on its page in Prefect."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)

from cleanse.runs.report import as_markdown, reason_rows, rule_rows
from cleanse.runs.run import Progress, Report

SECONDS = 5.0  # between two updates of the progress: each is a request to the server


def leave_artifacts(report: Report) -> None:
    """Leave the counts by rule and by reason, a report with a few edits, and a link to the dataset."""
    create_table_artifact(
        rule_rows(report),
        key="edits-by-rule",
        description="How many edits each rule made to the articles that this run cleaned.",
    )
    create_table_artifact(
        reason_rows(report),
        key="rejected-by-reason",
        description="Why records that this run read are in `rejected/` and not in `articles/`.",
    )
    create_markdown_artifact(
        as_markdown(report), key="report", description="The run in short, with a few of its edits."
    )
    create_link_artifact(
        place(report.output),
        key="dataset",
        description="Where the datasets are: articles/, edits/, rejected/.",
    )


def place(output: str) -> str:
    """Give the URL of an output; a path becomes one."""
    return output if "://" in output else Path(output).resolve().as_uri()


@contextlib.contextmanager
def progress_artifact() -> Iterator[Callable[[Progress], None]]:
    """Give an observer for :meth:`cleanse.runs.run.Run.clean` that keeps a bar on the run's page."""
    artifact: UUID | None = None
    told = 0.0

    def observe(progress: Progress) -> None:
        nonlocal artifact, told
        if not progress.shards:
            return
        share = 100.0 * progress.done / progress.shards
        description = f"{progress.done:,} of {progress.shards:,} shards cleaned, {progress.records:,} records"
        if artifact is None:
            made: Any = create_progress_artifact(share, key="progress", description=description)
            artifact = cast(UUID, made)
        elif progress.done == progress.shards or time.monotonic() - told > SECONDS:
            update_progress_artifact(artifact, share, description=description)
        else:
            return
        told = time.monotonic()

    yield observe
