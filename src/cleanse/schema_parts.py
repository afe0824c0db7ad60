"""The empty part that every dataset has, so that it can be read before it has a first row."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import pyarrow as pa

from cleanse.ledger import Part
from cleanse.shard_work import SCHEMAS, with_metadata, writer
from cleanse.store import Store


def schema_parts(
    store: Store, fingerprint: str, versions: Mapping[str, str], published: Mapping[str, Part]
) -> dict[str, Part]:
    """Write each dataset's empty part where it is missing or has changed; give all of them by dataset."""
    parts = {}
    for dataset in SCHEMAS:
        sink = pa.BufferOutputStream()
        writer(sink, with_metadata(dataset, fingerprint, versions)).close()
        content = memoryview(sink.getvalue())
        part = Part(f"{dataset}/schema.parquet", 0, len(content), hashlib.sha256(content).hexdigest())
        if part != published.get(dataset):
            store.write(part.path, content)
        parts[dataset] = part
    return parts
