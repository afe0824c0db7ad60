"""Which articles tell the same story.

A story that was crawled twice, printed in two editions or brought up to date shares its paragraphs with itself, and
they must not pass for boilerplate. Articles are one story where they share most of what they say, by characters. A
line that many articles have weighs less, and one that is known for boilerplate weighs nothing: so a footer longer than
the stories above it does not make one story of them. What is known for boilerplate depends on the stories, and these
on it: it is worked out in rounds, and lines are only ever added to it. Where all stories are shorter than the footer no
round would begin; so of articles that each have a paragraph of their own, a line weighs less by the share of the
source's articles that have it, too.

An article is compared with one other for each of its lines, the one with the lowest hash of all that have the line.
That is linear in the lines, and depends on which articles there are, not on their order.
"""

from __future__ import annotations

import polars as pl

SAME = 0.5  # share of the lesser article's weight that must be shared
WIDE = 40  # lines narrower than this say too little to tell stories by
MANY = 5  # a line in more articles than this weighs less, in inverse proportion
ROUNDS = 4
SOURCE = 5  # articles of a source, from which shares mean something
PARAGRAPH = 80  # width from which a line that no other article has is a paragraph of its own
KNOWN = 3  # stories that share a line which is then known for boilerplate


def stories(articles: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Give the story of each article: columns ``article`` and ``story``, the lowest hash of its articles.

    Args:
        articles: Columns ``article`` and ``source``, one row for each.
        lines: One row for each article and different line: ``article``, ``line`` (the hash of source and pattern) and
            ``width``. Lines of one source are found in no other.
    """
    every = lines.select(pl.col("article").unique())
    of_source = articles.join(articles.group_by("source").agg(pl.len().alias("of_source")), on="source")
    wide = lines.filter(pl.col("width") >= WIDE).join(of_source.select("article", "of_source"), on="article")
    seen = wide.group_by("line").agg(pl.len().alias("seen"), pl.col("article").min().alias("like"))
    weight = pl.col("width") * (MANY / pl.col("seen")).clip(upper_bound=1.0)
    few = pl.col("of_source") < SOURCE
    wide = wide.join(seen, on="line").with_columns(
        weight.alias("weight"),
        pl.when(few)
        .then(weight)
        .otherwise(weight * (1 - pl.col("seen") / pl.col("of_source")))
        .alias("eased"),
    )
    own = wide.group_by("article").agg(
        ((pl.col("seen") == 1) & (pl.col("width") >= PARAGRAPH)).any().alias("own")
    )
    shared = wide.filter(pl.col("seen") > 1)
    pairs = shared.filter(pl.col("article") != pl.col("like")).select("article", "like").unique()
    both = pairs.join(shared.select("article", "line", "weight", "eased"), on="article").join(
        shared.select(pl.col("article").alias("like"), "line"), on=["like", "line"], how="semi"
    )
    told = every.with_columns(pl.col("article").alias("story"))
    known = pl.DataFrame(schema={"line": wide.schema["line"]})
    for _ in range(ROUNDS):
        links = _links(wide.join(known, on="line", how="anti"), both.join(known, on="line", how="anti"), own)
        told = _joined(every, links)
        found = (
            shared.join(told, on="article")
            .group_by("line")
            .agg(pl.col("story").n_unique().alias("stories"))
            .filter(pl.col("stories") >= KNOWN)
            .select("line")
        )
        if found.height == known.height:
            break
        known = found
    return told


def _links(wide: pl.DataFrame, both: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    whole = wide.group_by("article").agg(pl.col("weight", "eased").sum()).join(own, on="article")
    pairs = (
        both.group_by("article", "like")
        .agg(pl.col("weight", "eased").sum())
        .join(whole, on="article", suffix="_whole")
        .join(whole, left_on="like", right_on="article", suffix="_like")
    )

    def same(weight: str) -> pl.Expr:
        return pl.col(weight) >= SAME * pl.min_horizontal(f"{weight}_whole", f"{weight}_like")

    each_its_own = pl.col("own") & pl.col("own_like")
    return pairs.filter(same("weight") & (~each_its_own | same("eased"))).select("article", "like")


def _joined(every: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Follow links from article to article; a story is named after the lowest hash in it."""
    first: dict[int, int] = {}

    def root(article: int) -> int:
        while article in first:
            above = first[article]
            if above in first:
                first[article] = first[above]
            article = above
        return article

    for article, like in links.iter_rows():
        a, b = root(article), root(like)
        if a != b:
            first[max(a, b)] = min(a, b)
    of = pl.DataFrame(
        {"article": list(first), "story": [root(article) for article in first]},
        schema={"article": pl.UInt64, "story": pl.UInt64},
    )
    return every.join(of, on="article", how="left").with_columns(
        pl.coalesce("story", "article").alias("story")
    )
