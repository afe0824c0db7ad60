"""The contracts for readers: a Markdown table of each dataset's columns, and documents that hold them.

A document marks the place with ``<!-- columns:articles -->`` and ``<!-- /columns -->``; what stands between is written
by ``python -m schemas.describe README.md``.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pyarrow as pa

from cleanse.datasets import DATASETS
from schemas import CONTRACTS

_PLACE = re.compile(r"(<!-- columns:(\w+) -->\n).*?(<!-- /columns -->)", re.DOTALL)


def columns_table(dataset: str) -> str:
    """Give the columns of a dataset as a Markdown table: name, type, whether it may be null, description."""
    columns = CONTRACTS[dataset].to_schema().columns
    lines = ["| column | type | null | what it holds |", "|---|---|---|---|"]
    for field in DATASETS[dataset]:
        column = columns[field.name]
        description = (column.description or "").replace("|", "\\|")
        lines.append(
            f"| `{field.name}` | {type_name(field.type)} | {'yes' if column.nullable else 'no'} | {description} |"
        )
    return "\n".join(lines) + "\n"


def type_name(of: pa.DataType) -> str:
    """Say an Arrow type in words: ``list of string``, ``{kind: string, start: int32}``."""
    if pa.types.is_list(of):
        return f"list of {type_name(of.value_type)}"
    if pa.types.is_struct(of):
        return "{" + ", ".join(f"{field.name}: {type_name(field.type)}" for field in of) + "}"
    return {"date32[day]": "date", "double": "float64"}.get(str(of), str(of))


def with_columns(document: str) -> str:
    """Give ``document`` with the tables of columns at their places brought up to date.

    Raises:
        KeyError: A place is marked for a dataset that has no contract.
    """
    return _PLACE.sub(lambda place: place[1] + columns_table(place[2]) + place[3], document)


def main() -> None:
    """Bring the documents named on the command line up to date."""
    for path in map(Path, sys.argv[1:]):
        path.write_text(with_columns(path.read_text(encoding="utf8")), encoding="utf8")


if __name__ == "__main__":
    main()
