"""The flow ``clean-articles``: scraped articles in, datasets that people can trust out.

By hand: ``python -m flows.clean_articles --input data/raw --output data/clean``; ``--help`` lists the rest.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.states import Completed
from prefect.tasks import exponential_backoff
from pydantic import Field

from cleanse.inputs import FieldMap, InputChanged
from cleanse.learned import LearnedBoilerplate
from cleanse.output.store import Store
from cleanse.policy import DEFAULT, Policy
from cleanse.rule import rules
from cleanse.runs.breaker import Breaker
from cleanse.runs.engines import Engine, engine_for
from cleanse.runs.progress import progress_bar
from cleanse.runs.quantities import counted, size
from cleanse.runs.report import as_text
from cleanse.runs.run import Options, Progress, Report, Run
from cleanse.setting import Setting
from cleanse.shard_work import may_pass
from cleanse.visible import visible
from flows import command
from flows.artifacts import leave_artifacts, progress_artifact
from flows.bare_main import bare_main

Share = Annotated[float, Field(ge=0, le=1)]


@flow(name="clean-articles", persist_result=False)
def clean_articles(
    input: str | list[str] = "data/raw",
    output: str = "data/clean",
    policy: str | None = None,
    boilerplate: str | None = None,
    fields: dict[str, str] | None = None,
    processes: Annotated[int, Field(ge=1)] | None = None,
    dask_address: str | None = None,
    full: bool = False,
    prune: bool = False,
    wait: Annotated[float, Field(ge=0)] = 0.0,
    max_rejected: Share = 0.2,
    max_shrink: Share = 0.5,
) -> Any:
    """Clean scraped articles into Parquet: articles, every edit that was made to them, and rejected records.

    What is published in the output already, with the same rules, is not cleaned again. Relative paths start at
    the folder from which the flow was deployed, or in which it is run by hand.

    Args:
        input: Folder, glob or file, or a list of them, as paths or URLs (s3://...). Read are .txt, .jsonl, .csv, .tsv
            and .parquet, each also as .gz or .zst.
        output: Folder of the datasets, as path or URL.
        policy: Policy file (TOML): thresholds, switches, own phrases. The built-in policy if not given.
        boilerplate: Folder in which the flow learn-boilerplate has learned: what is approved there is taken out.
        fields: Which field of a record fills which column, where the names are not the usual ones:
            {"text": "main_story"}.
        processes: How many processes clean. As many as there are processors if not given.
        dask_address: Clean on this Dask cluster instead, e.g. tcp://host:8786.
        full: Clean everything again, also what is published.
        prune: Take articles of inputs that are gone out of the dataset. They stay otherwise.
        wait: Seconds to wait for another run on the same output to end, before giving up.
        max_rejected: Publish nothing if more than this share of the records is rejected, 0 to 1.
        max_shrink: Publish nothing if articles that were published before lose more than this share of their text,
            0 to 1.
    """
    run = Run(
        [input] if isinstance(input, str) else input,
        output,
        setting=Setting(
            policy=Policy.load(Path(policy)) if policy else DEFAULT, learned=learned(boilerplate)
        ),
        fields=FieldMap.of(fields or {}),
        breaker=Breaker(rejected_share=max_rejected, shrink_share=max_shrink),
        options=Options(full=full, prune=prune, wait=wait),
    )
    engine = engine_for(dask_address, processes)
    with run.hold():
        plan(run)
        clean(run, engine)
        report = publish(run)
    leave_artifacts(report)
    return Completed(message=visible(as_text(report).splitlines()[0]), data=report)


def learned(folder: str | None) -> Mapping[str, LearnedBoilerplate]:
    """Give what was learned in a folder: nothing before it was learned for the first time."""
    if folder is None:
        return {}
    from cleanse.learning.decisions import PATH  # polars takes 0.1 s to load
    from cleanse.learning.published import PublishedBoilerplate

    return {} if Store(folder).read(PATH) is None else PublishedBoilerplate(folder)


# ------------------------------------------------------------------------------------------------- tasks


def _worth_another_try(task: Any, task_run: TaskRun, state: State[Any]) -> bool:
    """Disks and networks recover, and what changed under a run can be planned anew; a wrong argument stays wrong."""
    error = state.data
    return isinstance(error, InputChanged) or (isinstance(error, OSError) and may_pass(error))


_stage = task(
    retries=3,
    retry_delay_seconds=exponential_backoff(backoff_factor=5),
    retry_jitter_factor=0.5,
    retry_condition_fn=_worth_another_try,
    # What is done is in the dataset's ledger, which knows content; Prefect's cache would serve stale results.
    cache_policy=NO_CACHE,
    persist_result=False,
)


@_stage
def plan(run: Run) -> None:
    """See what there is to read, and what of it is not published yet."""
    planned = run.plan()
    log = get_run_logger()
    log.info(
        "planned: %s, %s to clean (%s)",
        counted(planned.shards, "shard"), f"{planned.todo:,}", size(planned.todo_bytes),
    )  # fmt: skip
    for problem in planned.problems[:10]:
        log.warning("cannot be read: %s", visible(problem))


@_stage
def clean(run: Run, engine: Engine) -> None:
    """Clean what is new into the staging folder, in many processes."""
    # The report says why rules edit. They take 0.4 s to load, and this process has nothing to do while others clean.
    threading.Thread(target=rules, daemon=True, name="load-rules").start()
    with bare_main(), progress_bar() as bar, progress_artifact() as artifact:

        def observe(progress: Progress) -> None:
            bar(progress)
            artifact(progress)

        cleaned = run.clean(engine, observe)
    if not cleaned:
        get_run_logger().info("nothing is new")
        return
    get_run_logger().info(
        "cleaned: %s, %s changed, %s rejected, %s",
        counted(cleaned["records"], "record"), f"{cleaned['touched']:,}", f"{cleaned['rejected']:,}",
        counted(cleaned["edits"], "edit"),
    )  # fmt: skip


@_stage
def publish(run: Run) -> Report:
    """Make what was cleaned the dataset, if it is whole and nothing speaks against it."""
    report = run.publish()
    get_run_logger().info(
        "published: %s in %s", counted(report.totals.get("articles", 0), "article"), visible(report.output)
    )
    return report


if __name__ == "__main__":
    command.main(clean_articles)
