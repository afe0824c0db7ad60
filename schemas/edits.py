"""The contract of ``edits/``: every change to every article."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

from cleanse.rule import Family
from schemas.columns import FRACTION, NO_CONTROLS, NOT_BLANK, at_least, column, distinct, expect, one_of

VERSION = "1.0.0"


class Edits(pa.DataFrameModel):
    """One row for each edit. Undone in descending order of number, they give the raw text."""

    article_id: str = column("The article's id.", NOT_BLANK, NO_CONTROLS)
    origin_file: str = column("The article's origin_file.", NOT_BLANK)
    origin_index: pl.Int64 = column("The article's origin_index.", at_least(0))
    number: pl.Int32 = column(
        "Place in the article's log, from 0. With origin_file and origin_index the key of the row.",
        at_least(0),
        distinct("origin_file", "origin_index", "number"),
    )
    rule: str = column("Name of the rule that found it; cleanse rules explains each.", NOT_BLANK, NO_CONTROLS)
    rule_version: pl.Int32 = column("Version of that rule.", at_least(1))
    family: str = column("The rule's family.", one_of(Family))
    start: pl.Int32 = column(
        "Where it begins, in code points of the text as it was before this edit.", at_least(0)
    )
    end: pl.Int32 = column(
        "One past the last code point that was removed, in the same text.",
        expect("from_start", "is not before start", lambda end: end >= pl.col("start")),
    )
    removed: str = column(
        "What was removed.",
        expect(
            "length",
            "is end - start code points long",
            lambda removed: (
                removed.str.len_chars().cast(pl.Int64) == pl.col("end").cast(pl.Int64) - pl.col("start")
            ),
        ),
    )
    inserted: str = column(
        "What came in its place.",
        expect("changes", "differs from what was removed", lambda inserted: inserted != pl.col("removed")),
    )
    raw_start: pl.Int32 = column("Where the same place begins in the raw text, in code points.", at_least(0))
    raw_end: pl.Int32 = column(
        "Where the same place ends in the raw text, in code points.",
        expect("from_start", "is not before raw_start", lambda end: end >= pl.col("raw_start")),
    )
    score: pl.Float64 = column("How sure the rule was, 0 to 1.", FRACTION)
    evidence: str = column("What the rule saw, for people; empty where its name says it.")

    class Config:
        """Exactly these columns, in this order."""

        strict = True
        ordered = True
