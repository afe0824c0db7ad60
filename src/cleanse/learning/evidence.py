"""What is known of each line that recurs in a source: in how many stories, where in them, between which neighbours."""

from __future__ import annotations

import polars as pl

from cleanse.learning.stories import stories

PROSE = 80  # width from which a line that few stories share reads as their own paragraph
REPEATED = 3  # stories that share a line which is then no story's own
FEW = 5  # ids of articles that are named


def evidence(articles: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Give one row for each line that at least two stories of a source share.

    Args:
        articles: Rows of ``ARTICLES``, of whole sources, in any order and any number of times.
        lines: Their rows of ``LINES``, likewise, without the texts.
    """
    articles = articles.group_by("article").agg(
        pl.col("source").first(), pl.col("id").min(), pl.col("first_seen").min(), pl.col("last_seen").max(),
    )  # fmt: skip
    codes = articles.select(pl.col("source").unique().sort()).with_row_index("of")
    articles = articles.join(codes, on="source")
    lines = lines.unique(["article", "place"], keep="any").join(articles.select("article", "of"), on="article")
    compared = lines.filter(pl.col("line") != 0)
    keyed = compared.select("article", "width", pl.struct("of", "line").alias("line"))
    told = stories(keyed.group_by("article", "line").agg(pl.col("width").max()))
    articles = articles.join(told, on="article", how="left").with_columns(pl.coalesce("story", "article").alias("story"))
    lines = lines.join(articles.select("article", "story"), on="article")
    seen = (
        lines.filter(pl.col("line") != 0)
        .group_by("of", "line")
        .agg(pl.col("story").n_unique().alias("stories"))
        .filter(pl.col("stories") >= 2)
    )
    placed = _placed(lines.join(seen, on=["of", "line"], how="left").with_columns(pl.col("stories").fill_null(1)))
    one_each = placed.filter(pl.col("stories") >= 2).sort("of", "line", "story", "article", "place")
    one_each = one_each.group_by("of", "line", "story", maintain_order=True).agg(
        pl.col("article").first(),
        pl.col("where").sort_by(_rank("where"), "place").first(),
        pl.col("clear_after").all(), pl.col("clear_before").all(),
        pl.col("beside").all(), pl.col("next_repeated").all(),
        pl.col("place").first(), pl.col("before").last(), pl.col("after").last(), pl.col("said").first(),
        pl.col("width").max(), pl.col("row").first(), pl.len().alias("times"),
    )  # fmt: skip
    of_source = articles.group_by("of", "source").agg(pl.col("story").n_unique().alias("of_source"))
    dated = lines.select("of", "line", "article").unique().join(articles.select("article", "id", "first_seen", "last_seen"), on="article")
    dates = (
        dated.join(seen, on=["of", "line"], how="semi").sort("article")
        .group_by("of", "line", maintain_order=True)
        .agg(pl.col("first_seen").min(), pl.col("last_seen").max(), pl.col("id").unique(maintain_order=True).head(FEW).alias("article_ids"))
    )  # fmt: skip
    where = pl.col("where")
    figures = one_each.group_by("of", "line").agg(
        pl.len().alias("stories"),
        *((where == name).sum().alias(name) for name in ("first", "head", "body", "tail", "last")),
        pl.col("clear_after").sum(), pl.col("clear_before").sum(), pl.col("beside").sum(),
        pl.col("next_repeated").sum(), pl.col("said").n_unique().alias("wordings"),
        pl.col("times").mean(), pl.col("width").median(), pl.col("row").sum().alias("rows"),
        _usual("before"), _usual("after"),
        pl.col("article").min().alias("example"), 
    )  # fmt: skip
    return figures.join(of_source, on="of").join(dates, on=["of", "line"])


def _rank(name: str) -> pl.Expr:
    order = {"body": 0, "head": 1, "tail": 2, "first": 3, "last": 4}
    return pl.col(name).replace_strict(order, return_dtype=pl.Int8)


def _usual(name: str) -> pl.Expr:
    """Give what stands there most often and how often, of several the lowest hash; 0 for the article's bound."""
    counted = pl.col(name).fill_null(0).value_counts(sort=False)
    return (
        counted.sort_by([counted.struct.field("count"), counted.struct.field(name)], descending=[True, False])
        .first().struct.rename_fields(["what", "times"]).alias(name)
    )  # fmt: skip


def _placed(lines: pl.DataFrame) -> pl.DataFrame:
    """Say where each line stands: measured from the paragraphs that are the story's own."""
    own = (pl.col("width") >= PROSE) & (pl.col("stories") < REPEATED)
    place = pl.col("place")
    repeated = pl.col("stories") >= REPEATED
    lines = lines.sort("article", "place").with_columns(
        place.filter(own).min().over("article").alias("prose_from"),
        place.filter(own).max().over("article").alias("prose_to"),
        place.max().over("article").alias("end"),
        pl.col("line").shift(1).over("article").alias("before"),
        pl.col("line").shift(-1).over("article").alias("after"),
        repeated.shift(1).over("article").fill_null(True).alias("previous_repeated"),
        repeated.shift(-1).over("article").fill_null(True).alias("next_repeated"),
        place.filter(~repeated).max().over("article").alias("own_to"),
        place.filter(~repeated).min().over("article").alias("own_from"),
    )
    return lines.with_columns(
        pl.when(pl.col("prose_from").is_null()).then(
            pl.when(place == pl.col("end")).then(pl.lit("last")).when(place == 0).then(pl.lit("first")).otherwise(pl.lit("body")))
        .when(place == pl.col("end")).then(pl.lit("last"))
        .when(place == 0).then(pl.lit("first"))
        .when(place < pl.col("prose_from")).then(pl.lit("head"))
        .when(place > pl.col("prose_to")).then(pl.lit("tail"))
        .otherwise(pl.lit("body")).alias("where"),
        (place > pl.col("own_to").fill_null(-1).cast(pl.Int64)).alias("clear_after"),
        (place < pl.col("own_from").fill_null(2**31).cast(pl.Int64)).alias("clear_before"),
        (pl.col("previous_repeated") | pl.col("next_repeated")).alias("beside"),
    )  # fmt: skip
