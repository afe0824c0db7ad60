"""What is known of each line that recurs in a source: in how many stories, where in them, between which neighbours."""

from __future__ import annotations

import polars as pl

from cleanse.learning.stories import stories

REPEATED = 3  # stories that share a line which is then no story's own
VARIED = 0.3  # wordings a story, from which a line's numbers are what it tells
FEW = 5  # ids of articles that are named

# Where a line stands, measured from the story's own paragraphs; in an article with several such lines the first of
# these that holds for one of them. So a line that stands in the body of its articles now and then is known for it.
PLACES = ("body", "head", "tail", "first", "last")


def evidence(articles: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Give one row for each line that at least three stories of a source share.

    Args:
        articles: Rows of ``ARTICLES``, of whole sources, in any order and any number of times.
        lines: Their rows of ``LINES``, likewise, without the texts.
    """
    articles = articles.group_by("article").agg(
        pl.col("source").first(), pl.col("first_seen").min(), pl.col("last_seen").max(), pl.col("id").min()
    )
    lines = lines.unique(["article", "place"], keep="any")
    compared = lines.filter(pl.col("line") != 0)
    told = stories(
        articles.select("article", "source"), compared.group_by("article", "line").agg(pl.col("width").max())
    )
    articles = articles.join(told, on="article", how="left").with_columns(
        pl.coalesce("story", "article").alias("story")
    )
    lines = lines.join(articles.select("article", "story"), on="article")
    seen = (
        lines.filter(pl.col("line") != 0)
        .group_by("line")
        .agg(pl.col("story").n_unique().alias("stories"), pl.col("said").n_unique().alias("wordings"))
        .filter(pl.col("stories") >= REPEATED)
        .select("line", repeated=pl.col("wordings") <= (VARIED * pl.col("stories")).clip(lower_bound=1.0))
    )
    placed = _placed(lines.join(seen, on="line", how="left")).filter(pl.col("repeated").is_not_null())
    each = _of_each_story(placed)
    figures = each.group_by("line").agg(
        pl.len().alias("stories"),
        *((pl.col("where") == name).sum().alias(name) for name in PLACES),
        pl.col("beside", "followed").sum(),
        pl.col("said").n_unique().alias("wordings"),
        pl.col("times").mean(),
        pl.col("width").median(),
        pl.col("row").any(),
        pl.col("article").min(),
    )
    for name in ("before", "after"):
        figures = figures.join(_usual(each, name), on="line")
    sources = articles.group_by("source").agg(pl.col("story").n_unique().alias("of_source"))
    return (
        figures.join(articles.select("article", "source"), on="article")
        .drop("article")
        .join(sources, on="source")
        .join(_seen_in(placed, articles), on="line")
    )


def _of_each_story(placed: pl.DataFrame) -> pl.DataFrame:
    """Give what is said of a line in each story: of several articles that tell it, in the one with the lowest hash."""
    one = placed.group_by("line", "story").agg(pl.col("article").min())
    return (
        placed.join(one, on=["line", "story", "article"], how="semi")
        .sort("line", "story", "place")
        .group_by("line", "story", maintain_order=True)
        .agg(
            pl.col("article").first(),
            pl.col("where").min(),
            pl.col("beside", "followed").all(),
            pl.col("before", "after").last(),
            pl.col("said", "width", "row").first(),
            pl.len().alias("times"),
        )
        .with_columns(pl.col("where").replace_strict(dict(enumerate(PLACES)), return_dtype=pl.String))
    )


def _seen_in(placed: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    return (
        placed.select("line", "article")
        .unique()
        .join(articles, on="article")
        .sort("line", "article")
        .group_by("line", maintain_order=True)
        .agg(
            pl.col("first_seen").min(),
            pl.col("last_seen").max(),
            pl.col("id").unique(maintain_order=True).head(FEW).alias("article_ids"),
        )
    )


def _usual(each: pl.DataFrame, name: str) -> pl.DataFrame:
    """Give what stands there most often and in how many stories, of several the lowest hash; 0 for the bound."""
    return (
        each.select("line", pl.col(name).fill_null(0))
        .group_by("line", name)
        .agg(pl.len().alias(f"{name}_stories"))
        .sort("line", f"{name}_stories", name, descending=[False, True, False])
        .unique("line", keep="first", maintain_order=True)
    )


def _placed(lines: pl.DataFrame) -> pl.DataFrame:
    """Say where each line stands: measured from the paragraphs that are the story's own."""
    repeated = pl.col("repeated").fill_null(False)
    own = pl.col("prose") & ~repeated
    place = pl.col("place")
    lines = lines.sort("article", "place").with_columns(
        place.filter(own).min().over("article").alias("prose_from"),
        place.filter(own).max().over("article").alias("prose_to"),
        place.max().over("article").alias("end"),
        pl.col("line").shift(1).over("article").alias("before"),
        pl.col("line").shift(-1).over("article").alias("after"),
        repeated.shift(1).over("article").fill_null(False).alias("follows"),
        repeated.shift(-1).over("article").fill_null(True).alias("followed"),
    )
    where = (
        pl.when(place == pl.col("end")).then(pl.lit(4))
        .when(place == 0).then(pl.lit(3))
        .when(place > pl.col("prose_to")).then(pl.lit(2))
        .when(place < pl.col("prose_from")).then(pl.lit(1))
        .otherwise(pl.lit(0))
    )  # fmt: skip
    return lines.with_columns(
        where.cast(pl.Int8).alias("where"), (pl.col("follows") | pl.col("followed")).alias("beside")
    )
