"""Keeps what came of inputs that are no longer there.

A shard of small files is cleaned again when one of them changes; if another of them was removed meanwhile, its
rows are taken over from the shard's published parts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Set

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cleanse.output.ledger import STAGING, Part, ShardEntry
from cleanse.output.store import Store
from cleanse.shard_work import count_rows, shard_name, writer


def carry_over(store: Store, entry: ShardEntry, gone: Set[str]) -> tuple[ShardEntry, dict[str, str]]:
    """Stage the rows of a published shard that came of the inputs ``gone``.

    Returns:
        The entry of a shard that holds them alone, and where its staged parts are to be moved.
    """
    key = hashlib.sha256("\n".join([entry.key, *sorted(gone)]).encode()).hexdigest()
    name = shard_name(key, entry.fingerprint)
    parts: dict[str, Part] = {}
    moves: dict[str, str] = {}
    tables: dict[str, pa.Table] = {}
    for dataset, part in entry.parts.items():
        with store.open(part.path) as file:
            table = pq.read_table(file)
        table = table.filter(pc.is_in(table["origin_file"], pa.array(sorted(gone), pa.string())))
        tables[dataset] = table
        if not table.num_rows:
            continue
        sink = pa.BufferOutputStream()
        with writer(sink, table.schema) as made:
            made.write_table(table)
        content = memoryview(sink.getvalue())
        path = f"{dataset}/part-{name}.parquet"
        store.write(f"{STAGING}/{name}/{dataset}.parquet", content)
        moves[f"{STAGING}/{name}/{dataset}.parquet"] = path
        parts[dataset] = Part.of(path, table.num_rows, content)
    pieces = [piece for piece in entry.pieces if piece["name"] in gone]
    counted = count_rows(tables)
    carried = ShardEntry(
        name, key, entry.fingerprint, pieces,
        counted["counts"], counted["rules"], counted["reasons"], counted["defects"], parts,
    )  # fmt: skip
    return carried, moves
