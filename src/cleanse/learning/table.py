"""The table of learned patterns: from evidence to rows of the dataset ``boilerplate``, and to what the cleaner uses."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
import pyarrow as pa

from cleanse.datasets import BOILERPLATE
from cleanse.learned import Learned, LearnedBoilerplate, Place
from cleanse.learning.evidence import PLACES
from cleanse.learning.pattern import patterns
from cleanse.learning.scoring import APPROVED, scored

POLICY = "policy"  # who decides where no person has


def table(figures: pl.DataFrame, texts: pl.DataFrame) -> pa.Table:
    """Give the rows of the dataset, best first in each source.

    Args:
        figures: Rows of :func:`~cleanse.learning.evidence.evidence`.
        texts: Columns ``line`` and ``text``: an example of each line, and of the lines that stand beside them.
    """
    texts = texts.group_by("line").agg(pl.col("text").min())
    texts = texts.with_columns(patterns(texts["text"]).alias("pattern"))
    # A text as rare as 2^-64 has another's hash; what cannot be shown is not learned.
    rows = scored(figures.join(texts, on="line").filter(pl.col("pattern") != ""))
    said = texts.select("line", "pattern")
    for name, column in (("before", "usually_after"), ("after", "usually_before")):
        rows = rows.join(said.rename({"line": name, "pattern": column}), on=name, how="left")
    most = pl.max_horizontal(PLACES)
    usual = pl.coalesce(pl.when(pl.col(name) == most).then(pl.lit(name)) for name in reversed(PLACES))
    approved = pl.col("score") >= APPROVED
    rows = rows.select(
        pl.col("line").map_elements(lambda line: f"{line:016x}", return_dtype=pl.String).alias("pattern_id"),
        "source", "pattern", pl.col("text").alias("example_text"),
        pl.col("stories").cast(pl.Int64).alias("articles_seen"),
        pl.col("of_source").cast(pl.Int64).alias("articles_of_source"),
        "share", "first_seen", "last_seen",
        usual.alias("usual_position"), most.cast(pl.Int64).alias("articles_at_position"),
        "usually_after", "usually_before", "article_ids",
        pl.col("place").alias("removed_where"), pl.col("closes").alias("closes_story"),
        "score",
        pl.when(approved).then(pl.lit("approved")).otherwise(pl.lit("proposed")).alias("status"),
        pl.when(approved).then(pl.lit(POLICY)).alias("decided_by"),
    )  # fmt: skip
    return ordered(rows.to_arrow().cast(BOILERPLATE))


def ordered(rows: pa.Table) -> pa.Table:
    """Give the rows in the order of the dataset: by source, best first."""
    return rows.sort_by(
        [
            ("source", "ascending"),
            ("score", "descending"),
            ("articles_seen", "descending"),
            ("pattern_id", "ascending"),
        ]
    )


def approved(rows: pa.Table) -> Mapping[str, LearnedBoilerplate]:
    """Give what the cleaner uses of the dataset ``boilerplate``: its approved patterns, by source."""
    by_source: dict[str, dict[str, Learned]] = {}
    for row in rows.to_pylist():
        if row["status"] == "approved":
            by_source.setdefault(row["source"], {})[row["pattern"]] = Learned(
                row["pattern_id"],
                Place(row["removed_where"]),
                row["closes_story"],
                row["score"] if row["decided_by"] == POLICY else 1.0,
                evidence_of(row),
            )
    return {source: LearnedBoilerplate(found) for source, found in by_source.items()}


_WHERE = {
    "first": "as the first line",
    "head": "above it",
    "body": "within it",
    "tail": "below it",
    "last": "as the last line",
}


def evidence_of(row: Mapping[str, object]) -> str:
    """Say in a line what is known of a pattern: ``in 41 of 43 stories of example.org, always as the last line``."""
    seen, at = row["articles_seen"], row["articles_at_position"]
    often = "always" if at == seen else f"{at} times"
    by = "" if row["decided_by"] in (POLICY, None) else f"; {row['status']} by {row['decided_by']}"
    return (
        f"in {seen} of {row['articles_of_source']} stories of {row['source']}, {often} "
        f"{_WHERE[str(row['usual_position'])]}; pattern {row['pattern_id']}{by}"
    )
