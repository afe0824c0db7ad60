"""The contract of ``rejected/``: every record that is not in ``articles/``, as it came, with its reasons.

It asks little of the record: an identifier full of control characters may be the very reason why it is here.
"""

from __future__ import annotations

from typing import Annotated

import pandera.polars as pa
import polars as pl

from schemas.columns import JSON_OBJECT, NOT_BLANK, at_least, column, distinct, expect, expect_each

VERSION = "1.0.0"

STAGES = ["read", "clean", "contract"]

Reasons = Annotated[
    pl.List,
    pl.Struct(
        {
            "stage": pl.String(),
            "check": pl.String(),
            "column": pl.String(),
            "value": pl.String(),
            "message": pl.String(),
        }
    ),
]


def _says(name: str) -> pl.Expr:
    return pl.element().struct.field(name).str.contains(r"\S").fill_null(False)


class Rejected(pa.DataFrameModel):
    """One row for each record that was not accepted."""

    id: str = column(
        "The record's own identifier, if it could be read and has one; anything goes.", nullable=True
    )
    raw: pl.Binary = column("The record's own bytes; once it was read, its text in UTF-8.")
    fields: str = column(
        "What else the record said, as one JSON object; null if it could not be read.",
        JSON_OBJECT,
        nullable=True,
    )
    reasons: Reasons = column(
        "Why it was rejected: stage (read, clean or contract), check that failed, column and value where there is one, "
        "message for people.",
        expect("not_empty", "has at least one reason", lambda reasons: reasons.list.len() > 0),
        expect_each(
            "complete",
            "every reason has a stage, a check and a message",
            lambda _: pl.all_horizontal(_says("stage"), _says("check"), _says("message")),
        ),
        expect_each(
            "stage",
            f"every reason's stage is one of {', '.join(STAGES)}",
            lambda reason: reason.struct.field("stage").is_in(STAGES),
        ),
        expect_each(
            "column",
            "a reason of the stage contract names the column",
            lambda reason: (reason.struct.field("stage") != "contract") | _says("column"),
        ),
    )
    origin_file: str = column(
        "File that the record is from: its path below the input, or its address.", NOT_BLANK
    )
    origin_index: pl.Int64 = column(
        "Which record of the file it is, from 0. With origin_file the key of the row.",
        at_least(0),
        distinct("origin_file", "origin_index"),
    )
    origin_offset: pl.Int64 = column(
        "Byte of the decompressed file at which the record begins.", at_least(0), nullable=True
    )
    origin_line: pl.Int64 = column(
        "Line of the file on which the record begins, from 1; null in formats without lines.",
        at_least(1),
        nullable=True,
    )

    class Config:
        """Exactly these columns, in this order."""

        strict = True
        ordered = True
