"""What people have said of patterns, and the dataset in which it is kept."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq

from cleanse.contracts import Contracts
from cleanse.datasets import BOILERPLATE
from cleanse.learning.table import POLICY, ordered
from cleanse.output.store import Store

PATH = "boilerplate/patterns.parquet"


def load(store: Store) -> pa.Table:
    """Read the dataset; it is empty where nothing was learned.

    Raises:
        ValueError: The file is not of this dataset.
    """
    content = store.read(PATH)
    if content is None:
        return BOILERPLATE.empty_table()
    try:
        return pq.read_table(pa.BufferReader(content), schema=BOILERPLATE)
    except (pa.ArrowException, KeyError) as error:
        raise ValueError(f"{store.where(PATH)} does not hold learned boilerplate: {error}") from error


def publish(store: Store, rows: pa.Table, contracts: Contracts) -> list[str]:
    """Write the rows that keep their contract; give for each other one why it does not.

    Such is the pattern of a source whose name holds a line break: it is learned, but can be published nowhere.
    """
    failures = contracts.failures("boilerplate", rows).rows
    names = rows["pattern_id"].to_pylist()
    said = [f"pattern {names[row]}: {reasons[0].message}" for row, reasons in failures.items()]
    rows = rows.filter(pa.array([row not in failures for row in range(rows.num_rows)], pa.bool_()))
    sink = pa.BufferOutputStream()
    metadata = {
        "cleanse.dataset": "boilerplate",
        "cleanse.contract_version": contracts.versions["boilerplate"],
    }
    pq.write_table(rows.replace_schema_metadata(metadata), sink, compression="zstd")
    store.write(PATH, memoryview(sink.getvalue()))
    return said


def with_decisions(learned: pa.Table, before: pa.Table) -> pa.Table:
    """Give what was learned with what people said before. A pattern that they decided on stays, seen again or not."""
    said = {row["pattern_id"]: row for row in before.to_pylist() if row["decided_by"] not in (POLICY, None)}
    if not said:
        return learned
    rows = learned.to_pylist()
    for row in rows:
        decided = said.pop(row["pattern_id"], None)
        if decided is not None:
            row["status"], row["decided_by"] = decided["status"], decided["decided_by"]
    return ordered(pa.Table.from_pylist([*rows, *said.values()], schema=BOILERPLATE))


def decide(rows: pa.Table, pattern: str, status: str, by: str) -> tuple[pa.Table, dict[str, object]]:
    """Approve or reject a pattern, and give the rows and the row that changed.

    Args:
        rows: The dataset.
        pattern: The pattern's id, or so much of its beginning as no other has.
        status: ``approved`` or ``rejected``.
        by: Who says so.

    Raises:
        ValueError: There is no such pattern, or several; or no person is named.
    """
    if not by.strip() or by == POLICY:
        raise ValueError(f"{by!r} is nobody's name: say who decides")
    changed = rows.to_pylist()
    row = find(changed, pattern)
    row["status"], row["decided_by"] = status, by
    return pa.Table.from_pylist(changed, schema=BOILERPLATE), row


def find(rows: list[dict[str, object]], pattern: str) -> dict[str, object]:
    """Give the row of a pattern, by its id or the beginning of it.

    Raises:
        ValueError: There is none, or several.
    """
    found = [row for row in rows if pattern and str(row["pattern_id"]).startswith(pattern.lower())]
    if len(found) == 1:
        return found[0]
    if not found:
        raise ValueError(f"there is no pattern {pattern!r}; `cleanse boilerplate list` shows all")
    names = ", ".join(str(row["pattern_id"]) for row in found[:4])
    raise ValueError(
        f"{len(found)} patterns begin with {pattern!r}: {names}{', ...' if len(found) > 4 else ''}"
    )
