"""Failures of whole tables: what is a record's fault, what is ours, and how it holds up in bulk."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from datetime import date, timedelta

import duckdb
import pandas
import pandera.config
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from contract_rows import GOOD, table
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanse.contracts import ContractError
from cleanse.datasets import ARTICLES, DATASETS, EDITS
from schemas import Edits
from schemas.validation import PanderaContracts

CONTRACT = PanderaContracts()


@pytest.mark.parametrize("dataset", DATASETS)
def test_empty_tables_pass(dataset):
    assert not CONTRACT.failures(dataset, DATASETS[dataset].empty_table())
    assert not CONTRACT.failures(dataset, pa.table([[]] * len(DATASETS[dataset]), schema=DATASETS[dataset]))


def test_reasons_show_the_value_and_no_more_than_200_characters():
    long = "x" * 10_000 + "\x1b"
    found = CONTRACT.failures("articles", table("articles", {"id": long}, {"id": "\x1b[31m"}, {"id": None}))
    assert [row[0].value for row in found.rows.values()] == ["'" + "x" * 199, r"'\x1b[31m'", "None"]
    found = CONTRACT.failures("articles", table("articles", {"topics": [""] * 10_000}))
    assert found.rows[0][0].value == ("['', " + "'', " * 50)[:200]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.drop_columns(["score"]), "column 'score' is missing"),
        (lambda t: t.append_column("colour", pa.array(["red"])), "column 'colour' is not in the contract"),
        (lambda t: t.select(t.column_names[::-1]), "columns stand in the order evidence, "),
        (
            lambda t: t.set_column(13, "score", pa.array([1], pa.int64())),
            "column 'score' is of type Int64 instead of Float64",
        ),
    ],
)
def test_wrong_columns_are_our_own_fault(change, message):
    with pytest.raises(
        ContractError, match=f"^a table of edits does not have the contract's columns: {message}"
    ):
        CONTRACT.failures("edits", change(table("edits", {})))


def test_unknown_datasets_are_named():
    with pytest.raises(ContractError, match="did you mean 'articles'"):
        CONTRACT.failures("article", ARTICLES.empty_table())


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PANDERA_VALIDATION_ENABLED", "False"),
        ("PANDERA_VALIDATION_DEPTH", "SCHEMA_ONLY"),
        ("PANDERA_VALIDATION_DEPTH", "DATA_ONLY"),
        ("PANDERA_USE_NARWHALS_BACKEND", "True"),
    ],
)
def test_checks_cannot_be_switched_off_unseen(variable, value):
    code = (
        "from cleanse.contracts import installed; from cleanse.datasets import EDITS;"
        "installed().failures('edits', EDITS.empty_table())"
    )
    environment = os.environ | {variable: value}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert ran.returncode == 1
    assert f"unset {variable}" in ran.stderr.splitlines()[-1]


def test_checks_cannot_be_switched_off_in_the_program():
    with (
        pandera.config.config_context(validation_enabled=False),
        pytest.raises(ContractError, match="switched off"),
    ):
        CONTRACT.failures("edits", EDITS.empty_table())


def test_the_day_of_the_run_bounds_dates():
    day = date(2020, 1, 1)
    rows = table("articles", {"published_on": day + timedelta(days=30)})
    assert CONTRACT.failures("articles", rows, today=day)
    assert not CONTRACT.failures("articles", rows)
    tomorrow_but_one = table("articles", {"published_on": date.today() + timedelta(days=2)})
    assert CONTRACT.failures("articles", tomorrow_but_one)


def test_a_check_that_cannot_run_is_our_own_fault(monkeypatch):
    def broken(_):
        raise RuntimeError("no such thing")

    check = Edits.to_schema().columns["score"].checks[0]
    monkeypatch.setattr(check, "_check_fn", broken)
    with pytest.raises(ContractError, match="could not be checked"):
        CONTRACT.failures("edits", table("edits", {}))


BAD = [{"id": ""}, {"topics": [""]}, {"published_on": date(2999, 1, 1)}, {"text": None}, {"origin_line": 0}]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([{}, {}, *BAD]), max_size=40), st.integers(1, 9))
def test_exactly_the_bad_rows_are_found(rows, chunk):
    made = [GOOD["articles"] | {"origin_index": n} | change for n, change in enumerate(rows)]
    whole = pa.Table.from_pylist(made, schema=ARTICLES)
    chunked = pa.Table.from_batches(whole.to_batches(max_chunksize=chunk), schema=ARTICLES)
    for given_table in (whole, chunked):
        assert set(CONTRACT.failures("articles", given_table).rows) == {
            n for n, bad in enumerate(rows) if bad
        }


def test_bad_rows_are_found_among_a_hundred_thousand():
    size, chance = 100_000, random.Random(7)
    bad = set(chance.sample(range(size), 250))
    good = table("edits", {})
    columns = {name: pa.repeat(good[name][0], size) for name in good.column_names}
    columns["origin_index"] = pa.array(range(size), pa.int64())
    removed = [chance.choice(["ab", "é ", "😀\n", "漢字"]) for _ in range(size)]
    columns["removed"] = pa.array([text + "x" * (n in bad) for n, text in enumerate(removed)])
    found = CONTRACT.failures("edits", pa.table(columns, schema=EDITS))
    assert set(found.rows) == bad
    assert {reason.check for reasons in found.rows.values() for reason in reasons} == {"length"}
    assert list(found.rows) == sorted(bad)


@pytest.mark.parametrize("dataset", DATASETS)
@pytest.mark.parametrize("rows", [0, 3])
def test_parquet_has_the_same_types_for_every_reader(tmp_path, dataset, rows):
    path = tmp_path / "part.parquet"
    pq.write_table(table(dataset, *[{}] * rows), path, compression="zstd")
    schema = DATASETS[dataset]
    assert pq.read_schema(path).equals(schema)
    assert pl.read_parquet(path).schema == pl.from_arrow(schema.empty_table()).schema
    read = pandas.read_parquet(path, dtype_backend="pyarrow")
    assert {name: kind.pyarrow_dtype for name, kind in read.dtypes.items()} == {
        f.name: f.type for f in schema
    }
    described = duckdb.sql(f"describe select * from '{path}'").fetchall()
    assert [(name, kind.replace('"', "")) for name, kind, *_ in described] == [
        (f.name, duckdb_type(f.type)) for f in schema
    ]
    assert not CONTRACT.failures(dataset, pl.read_parquet(path).to_arrow().cast(schema))


def duckdb_type(of: pa.DataType) -> str:
    if pa.types.is_list(of):
        return duckdb_type(of.value_type) + "[]"
    if pa.types.is_struct(of):
        fields = (f"{f.name} {duckdb_type(f.type)}" for f in of)
        return f"STRUCT({', '.join(fields)})"
    return {
        "string": "VARCHAR", "binary": "BLOB", "int32": "INTEGER", "int64": "BIGINT", "bool": "BOOLEAN",
        "double": "DOUBLE", "date32[day]": "DATE",
    }[str(of)]  # fmt: skip
