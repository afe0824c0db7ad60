"""What one article contributes: its lines as patterns with their places. Nothing is decided here.

A batch of records becomes two tables. They are all that learning needs of the records, can be put together in any
order, and say the same of an article wherever and however often it is read.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import polars as pl
import pyarrow as pa

from cleanse.learned import UNNAMED, source_of
from cleanse.learning.pattern import SHORT, patterns

# An article of a source. `article` is the hash of source and text: the same text read twice is one article.
ARTICLES = pl.Schema(
    {
        "article": pl.UInt64,
        "source": pl.String,
        "id": pl.String,
        "first_seen": pl.Date,
        "last_seen": pl.Date,
    }
)

# A line of an article that has letters or digits; only such lines are counted. `line` is the hash of its source and
# pattern, so the same as the pattern's id; 0 where it has no pattern.
LINES = pl.Schema(
    {
        "article": pl.UInt64,
        "place": pl.UInt32,  # which such line of the article, from 0
        "line": pl.UInt64,
        "said": pl.UInt64,  # the hash of the line as it is, where it has numbers that are no date; else as `line`
        "width": pl.UInt32,  # in code points, of scripts without spaces three for each
        "prose": pl.Boolean,  # it reads as a paragraph: wide, and a sentence at its end, or very wide
        "row": pl.Boolean,  # it is a row of a table
        "text": pl.String,
    }
)

# A day, a time or a year.
DATED = r"\d{1,4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,4}|\d{1,2}[:：]\d{2}|\b(?:19|20)\d\d\b"
WIDE = 80  # width from which a line may be a paragraph
_SENTENCE_END = r"[.!?…。！？｡।۔؟։]['\"”’»“)\]）」』]*$"
_INNER_END = r"[\w)\"”’»][.!?…]['\"”’»)]* |[。！？।۔؟]"
_UNSPACED = "[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"


@dataclass(frozen=True, slots=True)
class Observed:
    """What articles contribute: rows of ``ARTICLES`` and of ``LINES``.

    What two halves of a corpus contribute, added, is what the whole does; an article that is in both counts once.
    """

    articles: pl.DataFrame
    lines: pl.DataFrame

    def __add__(self, other: Observed) -> Observed:
        articles = pl.concat([self.articles, other.articles]).unique(keep="any")
        lines = pl.concat([self.lines, other.lines]).unique(["article", "place"], keep="any")
        return Observed(articles, lines)


def observe(records: pa.Table, *, unnamed: bool = False) -> Observed:
    """Take from records what learning needs.

    Args:
        records: A table with the columns id, text, source, url and published_on of the schema ``RECORDS``.
        unnamed: Also learn from articles that name neither a source nor an address.
    """
    chosen = records.select(["id", "text", "source", "url", "published_on"])
    frame: pl.DataFrame = pl.from_arrow(chosen)  # type: ignore[assignment]
    sources = [source_of(source, url) for source, url in zip(frame["source"], frame["url"], strict=True)]
    if unnamed:
        sources = [source or UNNAMED for source in sources]
    frame = frame.with_columns(pl.Series("source", sources, pl.String)).filter(pl.col("source").is_not_null())
    keys = [_hash(f"{source}\0{text}") for source, text in zip(frame["source"], frame["text"], strict=True)]
    frame = frame.with_columns(pl.Series("article", keys, pl.UInt64)).unique(["article", "id"], keep="any")
    lines = _lines(frame.unique("article", keep="any"))
    articles = frame.select(
        "article", "source", "id",
        pl.col("published_on").alias("first_seen"), pl.col("published_on").alias("last_seen"),
    )  # fmt: skip
    return Observed(articles.match_to_schema(ARTICLES), lines.match_to_schema(LINES))


def _lines(articles: pl.DataFrame) -> pl.DataFrame:
    lines = (
        articles.select("article", "source", pl.col("text").str.split("\n"))
        .explode("text")
        .with_columns(pl.col("text").str.strip_chars())
        .filter(pl.col("text").str.contains(r"\w"))
    )
    place = pl.int_range(pl.len(), dtype=pl.UInt32).over("article")
    found = patterns(lines["text"])
    named = zip(lines["source"], found, strict=True)
    hashes = pl.Series(
        "line", [_hash(f"{source}\0{pattern}") if pattern else 0 for source, pattern in named], pl.UInt64
    )
    numbered = (found.str.contains("0", literal=True) & (found.str.len_bytes() <= SHORT)).arg_true()
    told = numbered.filter(~lines["text"].gather(numbered).str.contains(DATED))
    said = hashes.clone().scatter(told, [_hash(text) for text in lines["text"].gather(told)]).alias("said")
    return lines.select(
        "article",
        place.alias("place"),
        hashes,
        said,
        (pl.col("text").str.len_chars() + 2 * _unspaced()).cast(pl.UInt32).alias("width"),
        pl.col("text").str.starts_with("|").alias("row"),
        "text",
    ).with_columns(
        (
            (pl.col("width") >= WIDE)
            & (
                pl.col("text").str.contains(_SENTENCE_END)
                | ((pl.col("width") >= 2 * WIDE) & pl.col("text").str.contains(_INNER_END))
            )
        ).alias("prose")
    )


def _unspaced() -> pl.Expr:
    ascii_only = pl.col("text").str.len_bytes() == pl.col("text").str.len_chars()
    return pl.when(ascii_only).then(0).otherwise(pl.col("text").str.count_matches(_UNSPACED))


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
