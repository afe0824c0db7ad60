"""What of a line is compared: its words in lower case, every number and every name of a month or weekday as ``0``.

Learning and cleaning both call :func:`patterns`, so that a line which counted as boilerplate is found as such. It
works on a whole column at a time: some 70 MB/s a core, where the same in Python comes to 20.
"""

from __future__ import annotations

import hashlib
from functools import cache

import polars as pl

from cleanse.phrases import tables

LONGEST = 5000  # code points; a longer line is a story's, or a fault of the extractor, and compared with none
SHORT = 160  # bytes of a pattern in which a month is part of a date; in a longer one it may be what is told

# Ordinals are English alone: "4th", "22nd". Elsewhere a full stop or a letter apart follows the number.
_NUMBER = r"\d+(?:st|nd|rd|th)?"
_BETWEEN = (
    r"[^\w]+"  # spaces and punctuation, of which other rules change some before a learned line is looked for
)


def patterns(lines: pl.Series) -> pl.Series:
    """Give the pattern of each line, ``""`` where there is nothing to compare: no letter, or too long a line."""
    said = pl.DataFrame({"line": lines}).select(
        pl.when(pl.col("line").str.len_chars() <= LONGEST)
        .then(
            pl.col("line")
            .str.to_lowercase()
            .str.replace_all(_NUMBER, "0")
            .str.replace_all(_BETWEEN, " ")
            .str.strip_chars(" ")
        )
        .otherwise(pl.lit(""))
        .alias("pattern")
    )
    pattern = said["pattern"]
    dated = (pattern.str.contains("0", literal=True) & (pattern.str.len_bytes() <= SHORT)).arg_true()
    if len(dated):
        names = _calendar()
        words = (text.split(" ") for text in pattern.gather(dated))
        pattern = pattern.scatter(
            dated, [" ".join("0" if word in names else word for word in of) for of in words]
        )
    without_letters = ~pattern.str.contains(r"[^\d\s_]")
    return pattern.set(without_letters, "")


def pattern_id(source: str, pattern: str) -> str:
    """Name a pattern of a source: SHA-256 of both, the first 16 hex digits."""
    return hashlib.sha256(f"{source}\0{pattern}".encode()).hexdigest()[:16]


@cache
def _calendar() -> frozenset[str]:
    """Give the names of months, weekdays and halves of the day, in all languages, that are one word."""
    names: set[str] = set()
    for file, table in (("dates", "months"), ("weekdays", "weekdays"), ("weekdays", "halves")):
        for spellings in tables(file)[table].values():
            names |= {name.lower().strip(".") for spelling in spellings for name in spelling.split("|")}
    return frozenset(names)
