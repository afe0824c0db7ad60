"""Proves a dataset: parts against the ledger, rows against the contracts, and every article against its raw text."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cleanse import ledger
from cleanse.contracts import Contracts, installed
from cleanse.edit import restore
from cleanse.inputs import USUAL, FieldMap, Limits, Piece, Shard, read
from cleanse.ledger import ShardEntry
from cleanse.shard_work import SCHEMAS
from cleanse.store import Store

MOST = 20  # problems of one kind that are told one by one


@dataclass(slots=True)
class Verdict:
    """What was proved, and what was found wrong.

    Attributes:
        checked: How many parts, rows, articles and edits were looked at, and how many articles were ``restored``.
        problems: What is wrong, one line each; none means that the dataset is what the ledger says.
        not_checked: What could not be looked at, e.g. raw inputs that are no longer there.
    """

    checked: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    not_checked: list[str] = field(default_factory=list)

    def count(self, what: str, by: int = 1) -> None:
        """Add to what was checked."""
        self.checked[what] = self.checked.get(what, 0) + by


def verify(
    output: str,
    *,
    raw: bool = True,
    contracts: Contracts | None = None,
    fields: FieldMap = USUAL,
    limits: Limits | None = None,
) -> Verdict:
    """Check a dataset part by part; memory follows the shard.

    Args:
        output: The dataset's folder.
        raw: Also read the raw inputs again, where they are, and restore every article.
        contracts: The contracts; the installed ones by default.
        fields: The mapping of fields with which the inputs were read.
        limits: The limits with which they were read.

    Raises:
        ValueError: There is no dataset, or its ledger cannot be read.
    """
    store, contracts, verdict = Store(output), contracts or installed(), Verdict()
    if store.read(ledger.PATH) is None:
        raise ValueError(f"{output} holds no dataset of cleanse: there is no {ledger.PATH} in it")
    if store.read(ledger.JOURNAL) is not None:
        verdict.problems.append("a publication was broken off; the next run on this output completes it")
    published = ledger.load(store)
    for name, entry in published.shards.items():
        tables = dict(_tables(store, entry, verdict))
        if tables.keys() != SCHEMAS.keys():
            continue
        _check_rows(name, entry, tables, contracts, verdict)
        if raw:
            _check_raw(name, entry, tables, fields, limits or Limits(), verdict)
    named = {part.path for e in published.shards.values() for part in e.parts.values()}
    named |= {part.path for part in published.files.values()}
    for dataset in SCHEMAS:
        for path in store.list(dataset):
            if path not in named:
                verdict.problems.append(
                    f"{path} is not in the ledger: readers of the folder would read it too"
                )
    return verdict


def _tables(store: Store, entry: ShardEntry, verdict: Verdict) -> Iterator[tuple[str, pa.Table]]:
    for dataset, schema in SCHEMAS.items():
        part = entry.parts.get(dataset)
        if part is None:
            yield dataset, schema.empty_table()
            continue
        content = store.read(part.path)
        verdict.count("parts")
        if content is None:
            verdict.problems.append(f"{part.path} is in the ledger, but not in the dataset")
        elif hashlib.sha256(content).hexdigest() != part.sha256:
            verdict.problems.append(
                f"{part.path} is not the file that was published: {len(content)} bytes, where the ledger has "
                f"{part.bytes}, or other content"
            )
        else:
            table = pq.read_table(io.BytesIO(content))
            if table.schema.remove_metadata() != schema:
                verdict.problems.append(f"{part.path} has other columns or types than {dataset} should have")
            else:
                yield dataset, table


def _check_rows(
    name: str, entry: ShardEntry, tables: Mapping[str, pa.Table], contracts: Contracts, verdict: Verdict
) -> None:
    for dataset, table in tables.items():
        verdict.count("rows", table.num_rows)
        counted = entry.counts.get(dataset, 0)
        if table.num_rows != counted:
            verdict.problems.append(
                f"shard {name}: {table.num_rows} rows in {dataset}, where the ledger has {counted}"
            )
        for row, reasons in list(contracts.failures(dataset, table).rows.items())[:MOST]:
            verdict.problems.append(
                f"shard {name}: {dataset} row {row} breaks its contract: {reasons[0].message}"
            )
    keys = [key for dataset in ("articles", "rejected") for key in _keys(tables[dataset])]
    if len(keys) != entry.counts["records"]:
        verdict.problems.append(
            f"shard {name}: {entry.counts['records']} records were read, {len(keys)} are in articles and rejected"
        )
    if len(set(keys)) != len(keys):
        verdict.problems.append(f"shard {name}: a record is there twice")


def _check_raw(
    name: str,
    entry: ShardEntry,
    tables: Mapping[str, pa.Table],
    fields: FieldMap,
    limits: Limits,
    verdict: Verdict,
) -> None:
    pieces = tuple(Piece(**piece) for piece in entry.pieces if piece["problem"] is None)
    raw: dict[tuple[str, int], str] = {}
    try:
        for batch in read(Shard(entry.key, pieces, 0), fields=fields, limits=limits):
            raw.update(zip(_keys(batch.records), batch.records["text"].to_pylist(), strict=True))
    except OSError as error:
        verdict.not_checked.append(f"shard {name}: its inputs cannot be read again: {error}")
        return
    logs: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for edit in (
        tables["edits"].select(["origin_file", "origin_index", "start", "removed", "inserted"]).to_pylist()
    ):
        logs.setdefault((edit["origin_file"], edit["origin_index"]), []).append(edit)
    articles = tables["articles"]
    wrong = 0
    for key, text in zip(_keys(articles), articles["text"].to_pylist(), strict=True):
        try:
            same = restore(text, logs.get(key, [])) == raw.get(key)
        except ValueError:
            same = False
        verdict.count("restored", same)
        wrong += not same
        if not same and wrong <= MOST:
            verdict.problems.append(
                f"shard {name}: record {key[1]} of {key[0]} does not give its raw text back"
            )


def _keys(table: pa.Table) -> list[tuple[str, int]]:
    return list(zip(table["origin_file"].to_pylist(), table["origin_index"].to_pylist(), strict=True))
