"""From the evidence of a line to a score: how sure it is that the line is no part of a story.

That a line recurs is not enough: headings of a series, refrains, statutes, names of columns and columns of results
recur as well. They stand among a story's own paragraphs or open it, alone, or with numbers in them that differ.
Boilerplate stands behind the story, in the same company each time, names the site, or says a date and nothing else.
"""

from __future__ import annotations

import polars as pl

from cleanse.learning.counting import DATED
from cleanse.learning.evidence import VARIED
from cleanse.rules.boilerplate.openings import openings

APPROVED = 0.6  # score from which a line is approved without being asked for

WIDE = 60  # width of a line that says enough to be known by itself
LABEL = 40  # width of a line that may be the heading of what stands below it
NARROW = 12  # width of a line that says next to nothing


def scored(figures: pl.DataFrame) -> pl.DataFrame:
    """Add the columns ``score`` and ``place``.

    Args:
        figures: Rows of :func:`~cleanse.learning.evidence.evidence` with ``text`` (an example) and ``pattern``.
    """
    seen = pl.col("stories")
    share = (seen / pl.col("of_source")).alias("share")
    figures = figures.with_columns(
        share,
        ((pl.col("tail") + pl.col("last")) / seen).alias("at_tail"),
        ((pl.col("head") + pl.col("first")) / seen).alias("at_head"),
        (pl.col("body") / seen).alias("in_body"),
        (pl.col("beside") / seen).alias("in_company"),
        (pl.col("followed") / seen).alias("next_repeated"),
        (pl.max_horizontal("before_stories", "after_stories") / seen).alias("steady"),
        (pl.col("wordings") > (VARIED * seen).clip(lower_bound=1.0)).alias("varied"),
        pl.Series("known", [_known(text) for text in figures["text"]], pl.Boolean),
        pl.col("text").str.contains(DATED).alias("dated"),
        _names_source().alias("named"),
    )  # fmt: skip
    # A label above a list of the story's own: "What you need" above what goes into the soup, the head of a table.
    opens = (
        (pl.col("width") < LABEL) & (pl.col("last") == 0) & ~pl.col("known") & ~pl.col("named") & ~pl.col("dated")
        & ((pl.col("next_repeated") < 0.5) | (pl.col("after_stories") < 0.8 * seen)) & (pl.col("at_head") < 0.5)
    )  # fmt: skip
    # A label above the story that stands alone: the name of a column or series, or where it was written.
    titles = (
        (pl.col("width") < WIDE) & (pl.col("at_head") >= 0.5) & (pl.col("in_company") < 0.8)
        & ~pl.col("known") & ~pl.col("named") & ~pl.col("dated")
    )  # fmt: skip
    figures = figures.with_columns(opens.alias("opens"), titles.alias("titles"))
    clues = [
        _clue(seen >= 5, 0.05),
        _clue(seen >= 10, 0.05),
        _clue(pl.col("share") >= 0.2, 0.1),
        _clue(pl.col("share") >= 0.5, 0.1),
        _clue(pl.col("at_tail") >= 0.8, 0.25),
        _clue(pl.col("at_head") >= 0.8, 0.1),
        _clue((pl.col("in_company") >= 0.8) & (pl.col("steady") >= 0.6), 0.2),
        _clue(
            (pl.min_horizontal("before_stories", "after_stories") >= 0.8 * seen) & (pl.col("share") >= 0.3),
            0.1,
        ),
        _clue(pl.col("width") >= WIDE, 0.15),
        _clue(pl.col("width") < NARROW, -0.1),
        _clue(pl.col("named"), 0.2),
        _clue(pl.col("dated"), 0.2),
        _clue((pl.col("in_body") >= 0.5) & (pl.col("in_company") < 0.8), -0.2),
        _clue(pl.col("varied"), -0.6),
        _clue(pl.col("known"), 0.2),
        _clue(pl.col("opens"), -0.25),
        _clue(pl.col("opens") & pl.col("row"), -0.2),
        _clue(pl.col("titles"), -0.2),
        _clue(pl.col("times") > 1.5, -0.1),
        _clue(
            (pl.col("steady") < 0.6) & (pl.col("share") < 0.8) & (pl.col("width") < WIDE) & ~pl.col("dated"),
            -0.15,
        ),
    ]
    score = (pl.lit(0.3) + pl.sum_horizontal(clues)).clip(0.0, 1.0).round(3)
    place = (
        pl.when(pl.col("width") >= WIDE).then(pl.lit("any"))
        .when(pl.col("at_tail") >= 0.8).then(pl.lit("tail"))
        .when(pl.col("at_head") >= 0.8).then(pl.lit("head"))
        .otherwise(pl.lit("any"))
    )  # fmt: skip
    closes = (
        (score >= 0.8) & (seen >= 5) & (pl.col("share") >= 0.2) & (pl.col("at_tail") >= 0.95)
        & (pl.col("last") < seen) & ~pl.col("opens")
    )  # fmt: skip
    return figures.with_columns(score.alias("score"), place.alias("place"), closes.alias("closes"))


def _clue(holds: pl.Expr, weight: float) -> pl.Expr:
    return pl.when(holds).then(pl.lit(weight)).otherwise(pl.lit(0.0))


def _known(text: str) -> bool:
    """Say whether the whole line is a phrase of boilerplate in the vocabulary, such as "Read more:"."""
    return any(not opening.rest and opening.kind != "section_label" for opening in openings(text))


def _names_source() -> pl.Expr:
    """Say whether the line has the site's name in it: of www.example.co.uk that is ``example``."""
    name = (
        pl.col("source").str.to_lowercase()
        .str.replace(r"^www\.", "")
        .str.replace(r"(\.(com?|org|net|gov|edu|ac))?\.[a-z]{2,6}$", "")
        .str.split(".").list.last()
    )  # fmt: skip
    return (name.str.len_chars() >= 3) & pl.col("pattern").str.replace_all(" ", "").str.contains(
        name, literal=True
    )
