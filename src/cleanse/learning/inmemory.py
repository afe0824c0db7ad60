"""Learning from records at hand, where they fit in memory; :mod:`cleanse.learning.run` is for those that do not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl
import pyarrow as pa

from cleanse.learning.counting import Observed, observe
from cleanse.learning.evidence import evidence
from cleanse.learning.table import table

_TAKEN = pa.schema(
    [
        pa.field("id", pa.string()),
        pa.field("text", pa.string()),
        pa.field("source", pa.string()),
        pa.field("url", pa.string()),
        pa.field("published_on", pa.date32()),
    ]
)


def learn(records: pa.Table | Iterable[Mapping[str, Any]], *, unnamed: bool = False) -> pa.Table:
    """Learn what recurs in the stories of each source.

    Args:
        records: Rows with ``id`` and ``text`` and, as far as they have them, ``source``, ``url`` and ``published_on``
            (a date). All articles of a source belong in one call. A source that is not named is the address's host.
        unnamed: Also learn from articles that have neither, as if they were of one source.

    Returns:
        Rows of the dataset ``boilerplate``: every pattern with its evidence, approved or proposed. The same for the
        same records in any order.
    """
    return select(count(records, unnamed=unnamed))


def count(records: pa.Table | Iterable[Mapping[str, Any]], *, unnamed: bool = False) -> Observed:
    """Give what records contribute; of several lots of records it can be added. Arguments as for :func:`learn`."""
    if not isinstance(records, pa.Table):
        rows = [{name: row.get(name) for name in _TAKEN.names} for row in records]
        records = pa.Table.from_pylist(rows, schema=_TAKEN)
    return observe(records, unnamed=unnamed)


def select(observed: Observed) -> pa.Table:
    """Give the patterns of what was counted: ``select(count(a) + count(b))`` is ``learn(a + b)``."""
    figures = evidence(observed.articles, observed.lines)
    return table(figures, observed.lines.filter(pl.col("line") != 0).select("line", "text"))
