"""The flow in this process, on Prefect's test server."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pytest
from prefect import get_client
from prefect.client.schemas.filters import (
    ArtifactFilter,
    ArtifactFilterFlowRunId,
    FlowRunFilter,
    FlowRunFilterId,
)
from prefect.client.schemas.objects import State
from prefect.exceptions import ParameterTypeError

from cleanse.datasets import DATASETS
from cleanse.inputs import InputError
from cleanse.output.lock import LockedError, locked
from cleanse.output.store import Store
from cleanse.runs import run as stages
from flows import clean_articles as module
from flows.clean_articles import clean_articles

pytestmark = pytest.mark.usefixtures("prefect_api")


@pytest.fixture(scope="module", autouse=True)
def no_waiting() -> Any:
    patch = pytest.MonkeyPatch()
    for task in (module.plan, module.clean, module.publish):
        patch.setattr(task, "retry_delay_seconds", 0)
    yield
    patch.undo()


def ran(some_articles: Path, output: Path, **more: Any) -> State[Any]:
    state: State[Any] = clean_articles(
        input=str(some_articles), output=str(output), processes=1, return_state=True, **more
    )
    return state


def flow_run_of(state: State[Any]) -> Any:
    return state.state_details.flow_run_id


def artifacts_of(state: State[Any]) -> dict[str, Any]:
    with get_client(sync_client=True) as client:
        mine = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[flow_run_of(state)]))
        return {artifact.key: artifact for artifact in client.read_artifacts(artifact_filter=mine)}


def test_datasets_are_read_by_pandas_polars_and_duckdb(some_articles: Path, tmp_path: Path) -> None:
    state = ran(some_articles, tmp_path / "out")
    assert state.is_completed()
    assert state.message is not None and state.message.startswith("4 records: 3 articles, 1 rejected")
    rows = {"articles": 3, "rejected": 1}
    for name in ("articles", "edits", "rejected"):
        schema = DATASETS[name]
        folder = tmp_path / "out" / name
        by_pandas = pd.read_parquet(folder, dtype_backend="pyarrow")
        assert [c.pyarrow_dtype for c in by_pandas.dtypes] == schema.types, name
        by_polars = pl.read_parquet(folder / "*.parquet")
        assert by_polars.schema == pl.from_arrow(schema.empty_table()).schema, name
        by_duckdb = duckdb.sql(f"SELECT * FROM '{folder}/*.parquet'")
        assert by_duckdb.columns == schema.names
        empty = schema.empty_table()  # noqa: F841  (DuckDB finds it by its name)
        assert by_duckdb.types == duckdb.sql("SELECT * FROM empty").types, name
        assert len(by_pandas) == len(by_polars) == len(by_duckdb) == rows.get(name, len(by_pandas)) > 0
    articles = {row["id"]: row for row in pl.read_parquet(tmp_path / "out/articles/*.parquet").to_dicts()}
    assert articles["ferry"]["text"].startswith("The ferry sails again")
    assert json.loads(articles["tide"]["extra"]) == {"desk": "harbour"}


def test_artifacts_tell_what_was_done(some_articles: Path, tmp_path: Path) -> None:
    state = ran(some_articles, tmp_path / "out")
    left = artifacts_of(state)
    edits = pl.read_parquet(tmp_path / "out/edits/*.parquet")
    by_rule = json.loads(left["edits-by-rule"].data)
    assert {row["rule"]: row["edits"] for row in by_rule} == dict(edits["rule"].value_counts().iter_rows())
    assert all(row["why"] for row in by_rule)
    assert [row["records"] for row in json.loads(left["rejected-by-reason"].data)] == [1]
    assert "4 records" in left["report"].data and "before" in left["report"].data
    assert (tmp_path / "out").as_uri() in left["dataset"].data


def test_what_an_article_says_is_no_markup_in_the_report(tmp_path: Path) -> None:
    raw = tmp_path / "raw" / "<img src=x onerror=alert(1)>"
    raw.mkdir(parents=True)
    text = "See [here](javascript:alert(1)) ![x](http://x.example/p.png) <b onclick=alert(1)>now</b> , said the board ."
    (raw / "`a` <b>.txt").write_text(text + "\n\nwww.x.example said so , too .", encoding="utf8")
    (raw / "four.jsonl").write_text('{"id": "`a` <b>[c](d)", "text": "So , they say ."}\n', encoding="utf8")
    edits = artifacts_of(ran(tmp_path / "raw", tmp_path / "out"))["report"].data
    (raw / "`a` <b>.txt").unlink()
    removed = artifacts_of(ran(tmp_path / "raw", tmp_path / "out"))["report"].data
    assert "alert" in edits and "no longer there" in removed
    for report in (edits, removed):
        unescaped = re.sub(r"\\[^\w\s]", "", report)
        assert not re.search(r"[<>\[\]`]", unescaped), unescaped


def test_a_second_run_keeps_what_is_published(some_articles: Path, tmp_path: Path) -> None:
    ran(some_articles, tmp_path / "out")
    report = ran(some_articles, tmp_path / "out").result()
    assert report.shards["cleaned"] == 0 and report.shards["kept"] >= 1
    report = ran(some_articles, tmp_path / "out", full=True).result()
    assert report.shards["cleaned"] >= 1 and report.shards["kept"] == 0


def test_fields_and_policy_are_taken(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text('key,main_story\n7,"The board met , and went ."\n', encoding="utf8")
    (tmp_path / "policy.toml").write_text('off = ["spacing"]\n', encoding="utf8")
    state = ran(
        tmp_path / "in.csv", tmp_path / "out", fields={"text": "main_story", "id": "key"},
        policy=str(tmp_path / "policy.toml"),
    )  # fmt: skip
    articles = pl.read_parquet(tmp_path / "out/articles/*.parquet")
    assert state.is_completed()
    assert articles.select("id", "text").rows() == [("7", "The board met , and went .")]


# ------------------------------------------------------------------------------------------- what goes wrong


def test_too_many_rejected_publish_nothing_and_say_why(some_articles: Path, tmp_path: Path) -> None:
    ran(some_articles, tmp_path / "out")
    before = sorted(p.name for p in (tmp_path / "out/articles").iterdir())
    (some_articles / "broken.jsonl").write_text("{no\n" * 40, encoding="utf8")
    state = ran(some_articles, tmp_path / "out")
    assert state.is_failed()
    assert "41 of 44 records were rejected" in str(state.message) and "max-rejected" in str(state.message)
    assert sorted(p.name for p in (tmp_path / "out/articles").iterdir()) == before
    assert ran(some_articles, tmp_path / "out", max_rejected=1.0).is_completed()


@pytest.mark.parametrize(
    ("nonsense", "says"),
    [
        ({"max_rejected": 1.5}, "max_rejected: Input should be less than or equal to 1"),
        ({"processes": 0}, "processes: Input should be greater than or equal to 1"),
        ({"wait": "soon"}, "wait: Input should be a valid number"),
        ({"input": {"a": 1}}, "input"),
    ],
)
def test_parameters_that_make_no_sense_are_refused(
    nonsense: dict[str, Any], says: str, tmp_path: Path
) -> None:
    with pytest.raises(ParameterTypeError, match=says):
        clean_articles(**{"input": str(tmp_path), "output": str(tmp_path / "out"), **nonsense})
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("wrong", "error", "says"),
    [
        ({"input": "/nowhere/at/all"}, InputError, "/nowhere/at/all"),
        ({"fields": {"txt": "body"}}, InputError, "did you mean 'text'"),
        ({"policy": "/no/policy.toml"}, FileNotFoundError, "/no/policy.toml"),
    ],
)
def test_what_cannot_be_right_fails_the_run_and_says_so(
    wrong: dict[str, Any], error: type[Exception], says: str, some_articles: Path, tmp_path: Path
) -> None:
    given = {"input": str(some_articles), "output": str(tmp_path / "out"), **wrong}
    state = clean_articles(**given, return_state=True)
    assert state.is_failed() and says in str(state.message)
    with pytest.raises(error, match=says):
        state.result()


def test_an_output_that_is_in_use_is_left_alone(some_articles: Path, tmp_path: Path) -> None:
    with locked(Store(str(tmp_path / "out"))):
        state = ran(some_articles, tmp_path / "out")
    assert state.is_failed() and "another run is at work" in str(state.message)
    with pytest.raises(LockedError):
        state.result()
    assert ran(some_articles, tmp_path / "out").is_completed()


# ------------------------------------------------------------------------------------------------- retries

Failing = Callable[[str, Exception, int], list[int]]


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Failing:
    """Makes a stage fail the first few times it is called; gives the list of its calls."""

    def fail(stage: str, error: Exception, times: int) -> list[int]:
        calls: list[int] = []
        real = getattr(stages.Run, stage)

        def flaky(self: stages.Run, *args: Any) -> Any:
            calls.append(1)
            if len(calls) <= times:
                raise error
            return real(self, *args)

        monkeypatch.setattr(stages.Run, stage, flaky)
        return calls

    return fail


@pytest.mark.parametrize("stage", ["plan", "clean", "publish"])
def test_a_disk_that_recovers_is_tried_again(
    stage: str, failing: Failing, some_articles: Path, tmp_path: Path
) -> None:
    calls = failing(stage, OSError(5, "Input/output error"), 2)
    state = ran(some_articles, tmp_path / "out")
    assert state.is_completed() and len(calls) == 3
    with get_client(sync_client=True) as client:
        mine = FlowRunFilter(id=FlowRunFilterId(any_=[flow_run_of(state)]))
        assert {t.name.partition("-")[0] for t in client.read_task_runs(flow_run_filter=mine)} >= {stage}


@pytest.mark.parametrize(
    "error",
    [
        ValueError("that makes no sense"),
        PermissionError(13, "Permission denied"),
        OSError(28, "No space left"),
    ],
)
def test_what_will_not_pass_is_not_tried_again(
    error: Exception, failing: Failing, some_articles: Path, tmp_path: Path
) -> None:
    calls = failing("clean", error, 9)
    state = ran(some_articles, tmp_path / "out")
    assert state.is_failed() and len(calls) == 1


def test_an_input_that_changes_under_the_run_is_planned_anew(
    some_articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = stages.Run.clean

    def clean(self: stages.Run, *args: Any) -> Any:
        monkeypatch.setattr(stages.Run, "clean", real)
        (some_articles / "quay.txt").write_text("The quay is shut.", encoding="utf8")
        return real(self, *args)

    monkeypatch.setattr(stages.Run, "clean", clean)
    assert ran(some_articles, tmp_path / "out").is_completed()
    texts = pl.read_parquet(tmp_path / "out/articles/*.parquet")["text"].to_list()
    assert "The quay is shut." in texts


def test_a_publication_that_fails_half_way_is_finished_by_the_next_try(
    some_articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran(some_articles, tmp_path / "out")
    (some_articles / "quay.txt").write_text("The quay is shut , they say .", encoding="utf8")
    failed: list[str] = []
    real = Store.remove

    def remove(self: Store, *paths: str) -> None:
        gone = [path for path in paths if path.startswith("articles/")]
        if gone and not failed:
            failed.extend(gone)
            raise OSError(5, "Input/output error", gone[0])
        real(self, *paths)

    monkeypatch.setattr(Store, "remove", remove)
    assert ran(some_articles, tmp_path / "out").is_completed()
    assert failed
    texts = pl.read_parquet(tmp_path / "out/articles/*.parquet")["text"].to_list()
    assert "The quay is shut, they say." in texts and len(texts) == 3
