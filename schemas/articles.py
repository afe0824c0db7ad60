"""The contract of ``articles/``: the product."""

from __future__ import annotations

from typing import Annotated

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from cleanse.defect import Defect
from schemas.columns import (
    COMPLETE,
    EACH_DIFFERENT,
    EACH_NOT_BLANK,
    HAS_SCHEME,
    JSON_OBJECT,
    LICENCE,
    NO_CONTROLS,
    NOT_BLANK,
    PLAUSIBLE_DATE,
    Texts,
    at_least,
    column,
    distinct,
    each_one_of,
    expect,
    expect_each,
)

VERSION = "1.0.0"

KINDS = ["paragraph", "list", "table"]

Blocks = Annotated[
    pl.List,
    pl.Struct(
        {"kind": pl.String(), "start": pl.Int32(), "end": pl.Int32(), "rows": pl.List(pl.List(pl.String()))}
    ),
]


def _starts(blocks: pl.Expr) -> pl.Expr:
    return blocks.list.eval(pl.element().struct.field("start"))


def _ends(blocks: pl.Expr) -> pl.Expr:
    return blocks.list.eval(pl.element().struct.field("end"))


def _complete(block: pl.Expr) -> pl.Expr:
    rows = block.struct.field("rows")
    cells = rows.list.eval(
        pl.element().is_not_null() & pl.element().list.eval(pl.element().is_not_null()).list.all()
    )
    named = [block.struct.field(name).is_not_null() for name in ("kind", "start", "end", "rows")]
    return pl.all_horizontal(block.is_not_null(), *named, cells.list.all())


def _in_order(data: PolarsData) -> pl.LazyFrame:
    # list.eval cannot see two neighbours at once without a call for every row; a flat table with the row's number can.
    blocks = pl.col(data.key)
    places = data.lazyframe.select(_starts(blocks).alias("start"), _ends(blocks).alias("end")).collect()
    flat = places.with_row_index("row").explode("start", "end")
    before = flat.select(pl.all().shift().name.suffix("_before"))
    overlap = (pl.col("row") == pl.col("row_before")) & (pl.col("start") < pl.col("end_before"))
    wrong = pl.concat([flat, before], how="horizontal").filter(overlap)["row"].unique()
    holds = pl.repeat(True, places.height, eager=True).scatter(wrong, False)
    return pl.LazyFrame({"holds": holds})


_BLOCK_CHECKS = (
    expect_each("complete", "no block and no part of one is null", _complete),
    expect_each(
        "kind",
        f"every block's kind is one of {', '.join(KINDS)}",
        lambda block: block.struct.field("kind").is_in(KINDS),
    ),
    expect_each(
        "not_empty",
        "every block ends behind its start",
        lambda block: block.struct.field("start") < block.struct.field("end"),
    ),
    expect(
        "within_text",
        "every block lies within the text",
        lambda blocks: (
            blocks.list.len().eq(0)
            | (
                (_starts(blocks).list.min() >= 0)
                & (_ends(blocks).list.max() <= pl.col("text").str.len_chars())
            )
        ),
    ),
    pa.Check(_in_order, name="in_order", error="blocks stand in the order of the text and do not overlap"),
    expect_each(
        "rows",
        "lists and tables have rows, paragraphs have none",
        lambda block: (
            block.struct.field("kind").eq("paragraph") == block.struct.field("rows").list.len().eq(0)
        ),
    ),
)


class Articles(pa.DataFrameModel):
    """One row for each record that was accepted, clean."""

    id: str = column(
        "The record's own identifier, or one made from its content and place.", NOT_BLANK, NO_CONTROLS
    )
    title: str = column(
        "The record's title, or the one found in the text and taken out of it.", NOT_BLANK, nullable=True
    )
    text: str = column(
        "The clean text. With the article's edits undone it is the raw text.",
        expect(
            "not_blank",
            "is blank only where something was removed",
            lambda text: text.str.contains(r"\S") | (pl.col("edit_count") > 0),
        ),
    )
    blocks: Blocks = column(
        "The text as paragraphs, lists and tables in order: kind; start and end in code points of the text; rows of "
        "cells, the header first (a list's items are rows of one cell, a paragraph has none).",
        *_BLOCK_CHECKS,
    )
    # As the record says it: an article is not thrown away because its feed writes `English` or leaves out `https:`.
    language: str = column(
        "The language as the record says it, usually a BCP 47 tag.", NOT_BLANK, NO_CONTROLS, nullable=True
    )
    author: str = column("The record's author, or a byline's.", NOT_BLANK, nullable=True)
    published_on: pl.Date = column(
        "Day of publication: the record's, or the one that a dateline or metadata line gives beyond doubt.",
        PLAUSIBLE_DATE,
        nullable=True,
    )
    dateline_place: str = column("Where a dateline says the story was written.", NOT_BLANK, nullable=True)
    source: str = column(
        "Site or feed that the article is from, as the record says it.", NOT_BLANK, nullable=True
    )
    url: str = column("Address of the article, as the record says it.", NOT_BLANK, NO_CONTROLS, nullable=True)
    source_name: str = column("Whom a source line in the text names.", NOT_BLANK, nullable=True)
    source_url: str = column("The address that a source line in the text names.", HAS_SCHEME, nullable=True)
    agency: str = column("The news agency that a dateline or sign-off names.", NOT_BLANK, nullable=True)
    topics: Texts = column("What topic and tag lines list, in their order.", COMPLETE, EACH_NOT_BLANK)
    rights: str = column(
        "What rights lines and licence footers say, joined by a space.", NOT_BLANK, nullable=True
    )
    licence: str = column(
        "SPDX identifier or Creative Commons address of a licence that the text names.",
        LICENCE,
        nullable=True,
    )
    defects: Texts = column(
        "What was wrong with the raw text: members of cleanse.defect.Defect.",
        COMPLETE,
        each_one_of(Defect, "a defect that cleanse knows"),
        EACH_DIFFERENT,
    )
    needs_review: bool = column(
        "True where damage was seen that no rule may repair.",
        expect(
            "has_reasons",
            "is true exactly where review_reasons has any",
            lambda needs_review: needs_review == (pl.col("review_reasons").list.len() > 0),
        ),
    )
    review_reasons: Texts = column(
        "Why a person should look at the article, a line each.", COMPLETE, EACH_NOT_BLANK
    )
    edit_count: pl.Int32 = column("Number of the article's rows in edits.", at_least(0))
    raw_length: pl.Int32 = column(
        "Length of the raw text in code points.",
        at_least(0),
        expect(
            "same_if_unedited",
            "is the length of the text where nothing was edited",
            lambda raw_length: (pl.col("edit_count") > 0) | (raw_length == pl.col("text").str.len_chars()),
        ),
    )
    extra: str = column(
        "The record's fields that have no column, as one JSON object.", JSON_OBJECT, nullable=True
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
