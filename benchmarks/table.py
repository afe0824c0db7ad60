"""Shows the results of the benchmarks in the README, between its markers.

python -m benchmarks.table
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"
README = Path(__file__).parent.parent / "README.md"
BEGIN, END = "<!-- benchmarks -->", "<!-- /benchmarks -->"
ORDER = (
    "against",
    "null_pipeline",
    "growth",
    "prefect_share",
)  # in the README; the others are in docs/performance.md


def markdown(result: dict[str, Any]) -> str:
    """Give a result as a table with a line below it: machine, date, what to know."""
    rows = [result["columns"], ["---"] * len(result["columns"]), *result["rows"]]
    lines = [f"**{result['title']}**", "", *("| " + " | ".join(row) + " |" for row in rows)]
    note = f"{result['machine']}; load {result['load']}; {result['date']}."
    return "\n".join([*lines, "", f"{note} {result['notes']}".strip(), ""])


def shown() -> str:
    """Give what stands between the markers."""
    found = [RESULTS / f"{name}.json" for name in ORDER]
    tables = [markdown(json.loads(path.read_text(encoding="utf8"))) for path in found if path.exists()]
    return "\n".join(["", *tables])


def show() -> None:
    """Put the tables into the README."""
    text = README.read_text(encoding="utf8")
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    README.write_text(f"{head}{BEGIN}\n{shown()}{END}{tail}", encoding="utf8")


if __name__ == "__main__":
    show()
    print(shown())
