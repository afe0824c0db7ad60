"""The empty part that every dataset has, so that it can be read before it has a first row."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from cleanse.output.ledger import STAGING, Part
from cleanse.output.store import Store
from cleanse.shard_work import SCHEMAS, with_metadata, writer


def schema_parts(
    store: Store, fingerprint: str, versions: Mapping[str, str], published: Mapping[str, Part]
) -> tuple[dict[str, Part], dict[str, str]]:
    """Stage each dataset's empty part where it is missing or has changed.

    Returns:
        All of them by dataset, and where the staged ones are to be moved.
    """
    parts, moves = {}, {}
    for dataset in SCHEMAS:
        sink = pa.BufferOutputStream()
        writer(sink, with_metadata(dataset, fingerprint, versions)).close()
        content = memoryview(sink.getvalue())
        part = Part.of(f"{dataset}/schema.parquet", 0, content)
        if part != published.get(dataset) or store.missing({part.path: part.bytes}):
            staged = f"{STAGING}/schema/{dataset}.parquet"
            store.write(staged, content)
            moves[staged] = part.path
        parts[dataset] = part
    return parts, moves
