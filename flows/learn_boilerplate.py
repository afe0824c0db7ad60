"""The flow ``learn-boilerplate``: what each source prints in one story after the other, with the evidence.

By hand: ``python -m flows.learn_boilerplate --input data/raw --output data/clean``; ``--help`` lists the rest.
"""

from __future__ import annotations

from typing import Annotated, Any

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.states import Completed
from prefect.tasks import exponential_backoff
from pydantic import Field

from cleanse.inputs import FieldMap, InputChanged
from cleanse.learning.decisions import load
from cleanse.learning.run import LearnReport, as_text, learn_run
from cleanse.output.store import Store
from cleanse.runs.engines import Engine, engine_for
from cleanse.runs.progress import progress_bar
from cleanse.shard_work import may_pass
from cleanse.visible import visible
from flows import command
from flows.artifacts import progress_artifact

SHOWN = 50  # proposed patterns that a run's page lists


@flow(name="learn-boilerplate", persist_result=False)
def learn_boilerplate(
    input: str | list[str] = "data/raw",
    output: str = "data/clean",
    fields: dict[str, str] | None = None,
    unnamed: bool = False,
    processes: Annotated[int, Field(ge=1)] | None = None,
    dask_address: str | None = None,
    wait: Annotated[float, Field(ge=0)] = 0.0,
) -> Any:
    """Learn what recurs in the stories of each source, as a table of patterns that are approved or proposed.

    What a person has approved or rejected (`cleanse boilerplate`) stays so. Relative paths start at the folder from
    which the flow was deployed, or in which it is run by hand.

    Args:
        input: Folder, glob or file, or a list of them, as paths or URLs (s3://...), with raw or cleaned articles; all
            that there are of a source.
        output: Folder in which boilerplate/ is written, as path or URL.
        fields: Which field of a record fills which column, where the names are not the usual ones:
            {"text": "main_story"}.
        unnamed: Learn also from articles that name neither source nor address, as if all were of one source.
        processes: How many processes learn. As many as there are processors if not given.
        dask_address: Learn on this Dask cluster instead, e.g. tcp://host:8786.
        wait: Seconds to wait for another run on the same output to end, before giving up.
    """
    inputs = [input] if isinstance(input, str) else input
    engine = engine_for(dask_address, processes)
    report = learn(inputs, output, FieldMap.of(fields or {}), engine, unnamed, wait)
    leave_artifacts(report)
    return Completed(message=visible(as_text(report).splitlines()[1]), data=report)


def _worth_another_try(task: Any, task_run: TaskRun, state: State[Any]) -> bool:
    error = state.data
    return isinstance(error, InputChanged) or (isinstance(error, OSError) and may_pass(error))


@task(
    retries=3,
    retry_delay_seconds=exponential_backoff(backoff_factor=5),
    retry_jitter_factor=0.5,
    retry_condition_fn=_worth_another_try,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def learn(
    inputs: list[str], output: str, fields: FieldMap, engine: Engine, unnamed: bool, wait: float
) -> LearnReport:
    """Count the lines of all articles, learn from them source by source, and publish the table."""
    with progress_bar() as bar, progress_artifact() as artifact:

        def observe(progress: Any) -> None:
            bar(progress)
            artifact(progress)

        report = learn_run(
            inputs, output, fields=fields, engine=engine, unnamed=unnamed, wait=wait, observe=observe
        )
    for line in as_text(report).splitlines():
        get_run_logger().info(visible(line))
    return report


def leave_artifacts(report: LearnReport) -> None:
    """Leave a report, and the proposed patterns that a person may want to decide on."""
    create_markdown_artifact(
        "```\n" + visible(as_text(report)).replace("`", "'") + "\n```",
        key="learned",
        description="What was learned, in short.",
    )
    rows = [row for row in load(Store(report.output)).to_pylist() if row["status"] == "proposed"]
    rows.sort(key=lambda row: (-row["score"], -row["articles_seen"], row["pattern_id"]))
    create_table_artifact(
        [
            {
                "pattern": row["pattern_id"],
                "source": visible(row["source"]),
                "stories": f"{row['articles_seen']} of {row['articles_of_source']}",
                "position": row["usual_position"],
                "example": visible(row["example_text"][:120]),
            }
            for row in rows[:SHOWN]
        ],
        key="proposed-boilerplate",
        description="Patterns that wait for a person's word: `cleanse boilerplate approve FOLDER PATTERN`.",
    )


if __name__ == "__main__":
    command.main(learn_boilerplate)
