"""Cleans a table of records: only rows whose gates are open reach Python.

Columns of rows that no rule touches are handed on as Arrow arrays and never made into Python objects.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cleanse.article import Article
from cleanse.block_column import block_column
from cleanse.cleaner import Cleaner, cleaner
from cleanse.datasets import ARTICLES, EDITS, RECORDS, REJECTED
from cleanse.draft import Context
from cleanse.edit import restore
from cleanse.time_limit import TimeLimit, TimeLimitError, allowance

MESSAGE = 500  # code points of an error's text that are kept: it may quote the whole article

Reason = dict[str, str | None]  # a row of datasets.REASON

FACTS = ("title", "source", "published_on", "author", "url", "language")
ORIGIN = ("origin_file", "origin_index", "origin_offset", "origin_line")
_KEPT = (
    "title",
    "author",
    "published_on",
)  # a record's own columns, which a rule may fill where they are null


@dataclass(frozen=True, slots=True)
class CleanedBatch:
    """What became of a batch: ``articles.num_rows + rejected.num_rows`` is the number of its records."""

    articles: pa.Table
    edits: pa.Table
    rejected: pa.Table


def clean_batch(
    records: pa.Table,
    context_for: Callable[[Mapping[str, Any]], Context],
    *,
    seconds: float = 60.0,
    using: Cleaner | None = None,
) -> CleanedBatch:
    """Clean records and give the articles, their edits, and the records that could not be cleaned.

    Args:
        records: A table of the schema ``RECORDS``.
        context_for: Makes the context of a record from its facts (the columns ``FACTS``).
        seconds: How much processor time one record of up to 1,000,000 characters may take, a larger one in proportion;
            one that takes longer is rejected alone.
        using: The cleaner, where it is not the one with all rules.
    """
    using = using or cleaner()
    records = records.select(RECORDS.names).combine_chunks()
    touched: dict[int, Article] = {}
    failed: dict[int, list[Reason]] = {}
    for row, text, gates, fact, context in _opened(records, context_for, using):
        try:
            with TimeLimit(limit := allowance(seconds, len(text))):
                article = using.clean(text, context, gates, False)
            if article.edits and restore(article.text, article.edits) != text:
                raise ValueError("the edits do not give the raw text back")
        except Exception as error:
            failed[row] = [_failure(error, limit)]
        else:
            if article.edits or article.defects or article.needs_review or _filled(article, fact):
                touched[row] = article
    try:
        edits, articles = edits_table(records, touched), articles_table(records, touched)
    except _NOT_FOR_ARROW:
        _set_apart(records, touched, failed, seconds)
        edits, articles = edits_table(records, touched), articles_table(records, touched)
    if failed:
        articles = without_rows(articles, failed)
    return CleanedBatch(articles, edits, reject(records, failed, stage="clean"))


_NOT_FOR_ARROW = (pa.ArrowException, UnicodeError, OverflowError, TypeError)


def _set_apart(
    records: pa.Table, touched: dict[int, Article], failed: dict[int, list[Reason]], seconds: float
) -> None:
    """Move the articles that no table can hold, such as one with a lone surrogate, to the failed ones."""
    for row, article in list(touched.items()):
        alone = records.slice(row, 1).combine_chunks()
        try:
            edits_table(alone, {0: article})
            articles_table(alone, {0: article})
        except _NOT_FOR_ARROW as error:
            del touched[row]
            failed[row] = [_failure(error, seconds)]


_Opened = tuple[int, str, list[int], dict[str, Any], Context]


def _opened(
    records: pa.Table, context_for: Callable[[Mapping[str, Any]], Context], using: Cleaner
) -> Iterator[_Opened]:
    """Give the rows that open any gate: number, text, gates, facts and context."""
    column = records["text"].combine_chunks()
    facts = zip(*(records[name].to_pylist() for name in FACTS), strict=True)
    rows = zip(column.to_pylist(), using.column_gates.open(column), facts, strict=True)
    for row, (text, gates, said) in enumerate(rows):
        fact = dict(zip(FACTS, said, strict=True))
        context = context_for(fact)
        others = using.open_in(text, context)
        if gates or others:
            yield row, text, sorted({*gates, *others}) if others else gates, fact, context


def _filled(article: Article, fact: Mapping[str, Any]) -> bool:
    return (
        any(getattr(article, name) != fact[name] for name in _KEPT)
        or any(getattr(article, name) is not None for name in _ONLY_FILLED)
        or bool(article.topics)
    )


def _failure(error: Exception, seconds: float) -> Reason:
    if isinstance(error, TimeLimitError):
        check, message = "time_limit", f"cleaning took longer than {seconds:g} s of processor time"
    else:
        trace, frames = error.__traceback__, []
        while trace is not None:
            frames.append(f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}")
            trace = trace.tb_next
        said = str(error)[:MESSAGE].encode(errors="backslashreplace").decode()
        check, message = "rule_error", f"{type(error).__name__}: {said} (in {' > '.join(frames[-3:])})"
    return {"check": check, "column": "text", "value": None, "message": message}


# ---------------------------------------------------------------------------------------------- the articles

_ONLY_FILLED = ("dateline_place", "source_name", "source_url", "agency", "rights", "licence")


def articles_table(records: pa.Table, touched: Mapping[int, Article]) -> pa.Table:
    """Give all records as articles: those in ``touched`` (by row) as cleaned, the others as they are."""
    rows = np.fromiter(touched, np.int64, len(touched))
    mask = np.zeros(records.num_rows, bool)
    mask[rows] = True
    articles = list(touched.values())

    def patched(name: str, column: Any = None) -> Any:
        kind = ARTICLES.field(name).type
        base = pa.nulls(records.num_rows, kind) if column is None else column
        if not articles:
            return base
        values = pa.array([getattr(a, name) for a in articles], kind)
        base = base.combine_chunks() if isinstance(base, pa.ChunkedArray) else base
        return pc.replace_with_mask(base, pa.array(mask), values)

    text = patched("text", records["text"])
    counts = np.zeros(records.num_rows, np.int32)
    counts[rows] = [len(a.edits) for a in articles]
    review = mask.copy()
    review[rows] = [a.needs_review for a in articles]
    columns: dict[str, Any] = {
        name: records[name] for name in ("id", "source", "url", "language", "extra", *ORIGIN)
    }
    columns |= {name: patched(name, records[name]) for name in _KEPT}
    columns |= {name: patched(name) for name in _ONLY_FILLED}
    columns |= {
        name: _text_lists(records.num_rows, {row: getattr(a, name) for row, a in touched.items()})
        for name in ("topics", "defects", "review_reasons")
    }
    columns["text"] = text
    columns["blocks"] = block_column(text)
    columns["needs_review"] = pa.array(review)
    columns["edit_count"] = pa.array(counts)
    columns["raw_length"] = pc.utf8_length(records["text"]).cast(pa.int32())
    return pa.table([columns[name] for name in ARTICLES.names], schema=ARTICLES)


def _text_lists(length: int, values: Mapping[int, Sequence[str]]) -> pa.Array:
    counts = np.zeros(length, np.int64)
    flat: list[str] = []
    for row, texts in values.items():  # rows ascend
        counts[row] = len(texts)
        flat += texts
    offsets = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
    return pa.ListArray.from_arrays(
        pa.array(offsets), pa.array(flat, pa.string()), type=ARTICLES.field("topics").type
    )


# ------------------------------------------------------------------------------------- the edits and the rejected


def edits_table(records: pa.Table, touched: Mapping[int, Article]) -> pa.Table:
    """Give the edits of all touched articles, in order of record and log."""
    logs = [(row, n, e) for row, a in touched.items() for n, e in enumerate(a.edits)]
    rows = pa.array([row for row, _, _ in logs], pa.int64())
    columns = {
        "article_id": records["id"].take(rows),
        "origin_file": records["origin_file"].take(rows),
        "origin_index": records["origin_index"].take(rows),
        "number": [n for _, n, _ in logs],
        "rule_version": [e.version for _, _, e in logs],
    }
    for name in EDITS.names:
        if name not in columns:
            columns[name] = [getattr(e, name) for _, _, e in logs]
    return pa.table(
        [c if isinstance(c, pa.ChunkedArray) else pa.array(c, EDITS.field(n).type)
         for n, c in ((name, columns[name]) for name in EDITS.names)],
        schema=EDITS,
    )  # fmt: skip


def reject(records: pa.Table, failed: Mapping[int, Sequence[Reason]], *, stage: str) -> pa.Table:
    """Give the records of these rows as rejected, with their text as raw bytes and all else they said."""
    rows = []
    for row in sorted(failed):
        record = records.slice(row, 1).to_pylist()[0]
        said = {k: v for k, v in record.items() if v is not None and k not in {"text", *ORIGIN}}
        rows.append(
            {
                "id": record["id"],
                "raw": record["text"].encode(),
                "fields": json.dumps(said, ensure_ascii=False, default=_isoformat),
                "reasons": [{"stage": stage, **reason} for reason in failed[row]],
                **{name: record[name] for name in ORIGIN},
            }
        )
    return pa.Table.from_pylist(rows, schema=REJECTED)


def without_rows(table: pa.Table, rows: Mapping[int, Any]) -> pa.Table:
    """Give the table without these rows."""
    keep = np.ones(table.num_rows, bool)
    keep[list(rows)] = False
    return table.filter(pa.array(keep))


def _isoformat(value: date) -> str:
    return value.isoformat()
