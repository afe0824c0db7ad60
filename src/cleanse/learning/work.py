"""The work of learning, in pieces that can be done anywhere: count a shard, then learn a bucket of sources."""

from __future__ import annotations

import time
from dataclasses import dataclass

import polars as pl
import pyarrow as pa

from cleanse.inputs import FieldMap, Limits, Shard, read
from cleanse.learning import counts
from cleanse.learning.counting import ARTICLES, LINES, Observed, observe
from cleanse.learning.evidence import evidence
from cleanse.learning.table import table
from cleanse.output.store import Store
from cleanse.shard_work import ATTEMPTS, may_pass


@dataclass(frozen=True, slots=True)
class CountTask:
    """All that is needed to count a shard."""

    shard: Shard
    output: str
    fields: FieldMap
    limits: Limits
    unnamed: bool
    buckets: int


@dataclass(frozen=True, slots=True)
class LearnTask:
    """All that is needed to learn a bucket: in which files it is, and where in them."""

    output: str
    parts: tuple[counts.Part, ...]


def count_shard(task: CountTask) -> counts.Counted:
    """Count a shard; try again, ever later, where the input or output fails in passing."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _count_shard(task)
        except OSError as error:
            if attempt == ATTEMPTS or not may_pass(error):
                raise
            time.sleep(0.5 * 2 ** (attempt - 1))
    raise AssertionError("unreachable")


def _count_shard(task: CountTask) -> counts.Counted:
    articles, lines, records = [ARTICLES.to_frame()], [LINES.to_frame()], 0
    for batch in read(task.shard, fields=task.fields, limits=task.limits):
        observed = observe(batch.records, unnamed=task.unnamed)
        articles.append(observed.articles)
        lines.append(observed.lines)
        records += batch.records.num_rows
    path = f"{counts.FOLDER}/{task.shard.key}.counts"
    whole = Observed(pl.concat(articles), pl.concat(lines))
    return counts.write(Store(task.output), path, whole, task.buckets, records)


def learn_bucket(task: LearnTask) -> pa.Table:
    """Give the patterns of a bucket's sources."""
    store = Store(task.output)
    articles = counts.articles(store, task.parts)
    figures = evidence(articles, counts.lines(store, task.parts, articles))
    shown = pl.concat([figures["line"], figures["before"], figures["after"]]).unique()
    return table(figures, counts.texts(store, task.parts, shown))
