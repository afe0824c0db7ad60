"""Plans and reads a folder at once, and gives plain rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cleanse.datasets import RECORDS, REJECTED
from cleanse.inputs import USUAL, FieldMap, Limits, Plan, plan, read

Rows = list[dict[str, Any]]


def read_plan(planned: Plan, *, fields: FieldMap = USUAL, limits: Limits = Limits()) -> tuple[Rows, Rows]:  # noqa: B008
    records: Rows = []
    rejected: Rows = []
    for shard in planned.shards:
        for batch in read(shard, fields=fields, limits=limits):
            assert batch.records.schema.equals(RECORDS)
            assert batch.rejected.schema.equals(REJECTED)
            batch.records.validate(full=True)
            batch.rejected.validate(full=True)
            records += batch.records.to_pylist()
            rejected += batch.rejected.to_pylist()
    keys = [(row["origin_file"], row["origin_index"]) for row in records + rejected]
    assert len(keys) == len(set(keys)), "two rows say that they are the same record"
    return records, rejected


def read_all(*inputs: str | Path, **options: Any) -> tuple[Rows, Rows]:
    fields, limits = options.get("fields", USUAL), options.get("limits", Limits())
    return read_plan(plan([str(given) for given in inputs], **options), fields=fields, limits=limits)


def checks(rejected: Rows) -> list[str]:
    for row in rejected:
        assert len(row["reasons"]) == 1
        assert row["reasons"][0]["stage"] == "read"
        assert row["reasons"][0]["message"]
    return [row["reasons"][0]["check"] for row in rejected]
