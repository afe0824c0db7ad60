"""Proves a dataset: parts against the ledger, rows against the contracts, and every article against its raw text."""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cleanse.contracts import Contracts, installed
from cleanse.edit import restore
from cleanse.inputs import FieldMap, Limits, Piece, Shard, read
from cleanse.output import ledger
from cleanse.output.key_runs import Key, KeyRuns
from cleanse.output.ledger import Ledger, Part, ShardEntry
from cleanse.output.store import Store
from cleanse.shard_work import SCHEMAS, count_rows

MOST = 20  # problems of one kind that are told one by one, of each shard


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
    fields: FieldMap | None = None,
    limits: Limits | None = None,
) -> Verdict:
    """Check a dataset part by part; memory follows the shard.

    Args:
        output: The dataset's folder.
        raw: Also read the raw inputs again, where they are, and restore every article.
        contracts: The contracts; the installed ones by default.
        fields: The mapping of fields with which the inputs were read; that of the last run by default.
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
    fields = fields or FieldMap.of(published.fields)
    verdict.problems += _doubled_pieces(published)
    for dataset, part in published.files.items():
        _read_part(store, dataset, part, verdict)
    found, unread = KeyRuns(), set[str]()
    for name, entry in published.shards.items():
        tables = dict(_tables(store, entry, verdict))
        if tables.keys() != SCHEMAS.keys():
            unread |= entry.inputs
            continue
        found.add(name, [*_keys(tables["articles"]), *_keys(tables["rejected"])])
        _check_rows(name, entry, tables, contracts, verdict)
        restored = _restored(name, tables, verdict)
        if raw:
            _check_raw(name, entry, tables, restored, fields, limits or Limits(), verdict)
    verdict.problems += found.problems(unread)
    named = published.parts()
    for dataset in SCHEMAS:
        for path in store.sizes(dataset):
            if path not in named:
                verdict.problems.append(
                    f"{path} is not in the ledger: readers of the folder would read it too"
                )
    return verdict


def _doubled_pieces(published: Ledger) -> Iterator[str]:
    """Say which pieces of files are in two shards: their records would be there twice."""
    seen: dict[tuple[str, str], list[tuple[int, int, str]]] = {}
    for name, entry in published.shards.items():
        for piece in entry.pieces:
            if piece["problem"] is None:
                place = (piece["start"], piece["end"], name)
                seen.setdefault((piece["name"], piece["format"]), []).append(place)
    for (file, _), places in seen.items():
        places.sort()
        for (start, end, one), (begin, _, other) in pairwise(places):
            if begin < end or start == begin:
                yield f"{file} is in shard {one} up to {end}, and in shard {other} from {begin}"


# ------------------------------------------------------------------------------------------------------ parts


def _tables(store: Store, entry: ShardEntry, verdict: Verdict) -> Iterator[tuple[str, pa.Table]]:
    for dataset, schema in SCHEMAS.items():
        part = entry.parts.get(dataset)
        table = schema.empty_table() if part is None else _read_part(store, dataset, part, verdict)
        if table is not None:
            yield dataset, table


def _read_part(store: Store, dataset: str, part: Part, verdict: Verdict) -> pa.Table | None:
    content = store.read(part.path)
    verdict.count("parts")
    if content is None:
        verdict.problems.append(f"{part.path} is in the ledger, but not in the dataset")
        return None
    if hashlib.sha256(content).hexdigest() != part.sha256:
        verdict.problems.append(
            f"{part.path} is not the file that was published: {len(content)} bytes, where the ledger has "
            f"{part.bytes}, or other content"
        )
        return None
    try:
        table = pq.read_table(io.BytesIO(content))
    except (pa.ArrowException, OSError) as error:
        verdict.problems.append(f"{part.path} cannot be read as Parquet: {error}")
        return None
    if table.schema.remove_metadata() != SCHEMAS[dataset]:
        verdict.problems.append(f"{part.path} has other columns or types than {dataset} should have")
        return None
    if table.num_rows != part.rows:
        verdict.problems.append(f"{part.path} has {table.num_rows} rows, where the ledger has {part.rows}")
    return table


# ------------------------------------------------------------------------------------------------------- rows


def _check_rows(
    name: str, entry: ShardEntry, tables: Mapping[str, pa.Table], contracts: Contracts, verdict: Verdict
) -> None:
    for dataset, table in tables.items():
        verdict.count("rows", table.num_rows)
        for row, reasons in list(contracts.failures(dataset, table).rows.items())[:MOST]:
            verdict.problems.append(
                f"shard {name}: {dataset} row {row} breaks its contract: {reasons[0].message}"
            )
    for what, counted in count_rows(tables).items():
        said: Mapping[str, int] = getattr(entry, what)
        for key in sorted(said.keys() | counted.keys()):
            if said.get(key, 0) != counted.get(key, 0):
                verdict.problems.append(
                    f"shard {name}: the ledger counts {said.get(key, 0)} {key}, its parts hold {counted.get(key, 0)}"
                )
    keys = Counter(key for dataset in ("articles", "rejected") for key in _keys(tables[dataset]))
    verdict.problems += [
        f"shard {name}: record {index} of {file} is there {times} times"
        for (file, index), times in list(keys.items())
        if times > 1
    ][:MOST]
    verdict.problems += [
        f"shard {name}: it has records of {file}, which is none of its files"
        for file in sorted({file for file, _ in keys} - entry.inputs)[:MOST]
    ]


def _restored(name: str, tables: Mapping[str, pa.Table], verdict: Verdict) -> dict[Key, str]:
    """Undo the edits of each article; those with which that cannot be right are problems, and left out."""
    logs: dict[Key, list[dict[str, Any]]] = {}
    edits = tables["edits"]
    columns = edits.select(["start", "removed", "inserted"]).to_pylist()
    for key, edit in zip(_keys(edits), columns, strict=True):
        logs.setdefault(key, []).append(edit)
    articles = tables["articles"]
    rows = articles.select(["text", "raw_length", "edit_count"]).to_pylist()
    restored, wrong = {}, []
    for key, row in zip(_keys(articles), rows, strict=True):
        log = logs.pop(key, [])
        try:
            text = restore(row["text"], log)
        except ValueError:
            text = None
        if text is None or len(text) != row["raw_length"] or len(log) != row["edit_count"]:
            wrong.append(f"shard {name}: record {key[1]} of {key[0]} and its edits do not fit together")
        else:
            restored[key] = text
    wrong += [f"shard {name}: edits of record {index} of {file}, which is no article" for file, index in logs]
    verdict.problems += wrong[:MOST]
    return restored


# -------------------------------------------------------------------------------------------------- raw inputs


def _check_raw(
    name: str,
    entry: ShardEntry,
    tables: Mapping[str, pa.Table],
    restored: Mapping[Key, str],
    fields: FieldMap,
    limits: Limits,
    verdict: Verdict,
) -> None:
    pieces = tuple(Piece(**piece) for piece in entry.pieces if piece["problem"] is None)
    raw: dict[Key, str | bytes] = {}
    try:
        for batch in read(Shard(entry.key, pieces, 0), fields=fields, limits=limits):
            raw.update(zip(_keys(batch.records), batch.records["text"].to_pylist(), strict=True))
            raw.update(zip(_keys(batch.rejected), batch.rejected["raw"].to_pylist(), strict=True))
    except OSError as error:
        verdict.not_checked.append(f"shard {name}: its inputs cannot be read again: {error}")
        return
    articles, wrong = set(_keys(tables["articles"])), []
    for key, text in restored.items():
        same = raw.get(key) == text
        verdict.count("restored", same)
        if not same:
            wrong.append(f"shard {name}: record {key[1]} of {key[0]} does not give its raw text back")
    rejected = dict(zip(_keys(tables["rejected"]), tables["rejected"]["raw"].to_pylist(), strict=True))
    for key, content in raw.items():
        if key in articles:
            continue
        kept = content.encode() if isinstance(content, str) else content
        if key not in rejected:
            wrong.append(f"shard {name}: record {key[1]} of {key[0]} is lost")
        elif rejected[key] != kept:
            wrong.append(f"shard {name}: record {key[1]} of {key[0]} was rejected with another raw text")
    unread = {piece["name"] for piece in entry.pieces if piece["problem"] is not None}
    wrong += [
        f"shard {name}: record {index} of {file} is in no input"
        for file, index in (articles | rejected.keys()) - raw.keys()
        if file not in unread
    ]
    verdict.problems += wrong[:MOST]


def _keys(table: pa.Table) -> list[Key]:
    return list(zip(table["origin_file"].to_pylist(), table["origin_index"].to_pylist(), strict=True))
