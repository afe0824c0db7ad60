"""The contract of ``boilerplate/``: what recurs in the articles of a source, with its evidence."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

from schemas.columns import (
    COMPLETE,
    EACH_DIFFERENT,
    EACH_NOT_BLANK,
    FRACTION,
    NO_CONTROLS,
    NOT_BLANK,
    PLAUSIBLE_DATE,
    Texts,
    at_least,
    column,
    distinct,
    expect,
    one_of,
)

VERSION = "1.0.0"

STATUSES = ["proposed", "approved", "rejected"]
POSITIONS = ["first", "head", "body", "tail", "last"]
WHERE = ["any", "head", "tail"]


class Boilerplate(pa.DataFrameModel):
    """One row for each block (a line, or a run of lines) that recurs in the articles of one source."""

    pattern_id: str = column(
        "Name of the pattern in edits and commands: SHA-256 of source and pattern, the first 16 hex digits.",
        expect("hex", "is 16 hex digits", lambda name: name.str.contains("^[0-9a-f]{16}$")),
        distinct("pattern_id"),
    )
    source: str = column("Site or feed, or the host of the articles' addresses.", NOT_BLANK, NO_CONTROLS)
    pattern: str = column(
        "The block as it is compared: digits, dates, case and white space made alike. With source the key of the row.",
        NOT_BLANK,
        distinct("source", "pattern"),
    )
    example_text: str = column("The block as it stands in one of the articles.", NOT_BLANK)
    articles_seen: pl.Int64 = column(
        "Number of different stories of the source that have the block.", at_least(1)
    )
    articles_of_source: pl.Int64 = column(
        "Number of different stories of the source.",
        expect("at_least_seen", "is articles_seen or more", lambda of: of >= pl.col("articles_seen")),
    )
    share: pl.Float64 = column(
        "articles_seen / articles_of_source, 0 to 1.",
        FRACTION,
        expect(
            "quotient",
            "is articles_seen / articles_of_source",
            lambda share: (share * pl.col("articles_of_source") - pl.col("articles_seen")).abs() < 1e-6,
        ),
    )
    first_seen: pl.Date = column(
        "Day of the earliest dated article that has the block; null if none is dated.",
        PLAUSIBLE_DATE,
        nullable=True,
    )
    last_seen: pl.Date = column(
        "Day of the latest dated article that has the block; null if none is dated.",
        PLAUSIBLE_DATE,
        expect("from_first", "is not before first_seen", lambda last: last >= pl.col("first_seen")),
        nullable=True,
    )
    usual_position: str = column(
        "Where it mostly stands: first or last block, in the head, body or tail of the article.",
        one_of(POSITIONS),
    )
    articles_at_position: pl.Int64 = column(
        "In how many of articles_seen it stands there.",
        at_least(1),
        expect("of_seen", "is articles_seen or fewer", lambda count: count <= pl.col("articles_seen")),
    )
    usually_after: str = column(
        "The pattern that mostly precedes it; null if it mostly begins the article.", NOT_BLANK, nullable=True
    )
    usually_before: str = column(
        "The pattern that mostly follows it; null if it mostly ends the article.", NOT_BLANK, nullable=True
    )
    article_ids: Texts = column(
        "Ids of a few of the articles that have it.",
        expect("not_empty", "names at least one article", lambda ids: ids.list.len() > 0),
        COMPLETE,
        EACH_NOT_BLANK,
        EACH_DIFFERENT,
    )
    removed_where: str = column(
        "Where a line of the pattern is removed once it is approved: any place, above the story's own paragraphs "
        "(head) or below them (tail).",
        one_of(WHERE),
    )
    closes_story: bool = column("True if no story goes on below it: short lines that stand there go with it.")
    score: pl.Float64 = column("How sure it is that the block is no part of a story, 0 to 1.", FRACTION)
    status: str = column(
        "proposed, approved (then it is removed) or rejected.",
        one_of(STATUSES),
        expect(
            "decided",
            "is proposed exactly where decided_by is null",
            lambda status: status.eq("proposed") == pl.col("decided_by").is_null(),
        ),
    )
    decided_by: str = column(
        "Who approved or rejected it: policy, or a person's name; null while it is proposed.",
        NOT_BLANK,
        nullable=True,
    )

    class Config:
        """Exactly these columns, in this order."""

        strict = True
        ordered = True
