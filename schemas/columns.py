"""What contracts are written with: a described column, and checks with a name and a sentence.

All checks are polars expressions over whole columns; none calls Python for a row. A check passes where the column is
null: whether that is allowed is the column's own ``nullable``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from datetime import date, timedelta
from typing import Annotated, Any

import pandera.polars as pa
import polars as pl
from pandera.api.dataframe.model_components import FieldInfo
from pandera.polars import PolarsData

Texts = Annotated[pl.List, pl.String()]

EARLIEST = date(1600, 1, 1)  # the first newspapers are of 1605; what is older is a misread number
TODAY: ContextVar[date | None] = ContextVar("today", default=None)  # the day of the run, where one is given

# Cc, the C0 and C1 controls: line breaks, terminal escapes, NUL.
_CONTROL = r"\p{Cc}"
# RFC 3986, section 3.1, and something behind the colon.
_SCHEME = r"^[A-Za-z][A-Za-z0-9+.\-]*:[^\s\p{Cc}]"
# SPDX 2.3, annex D: idstring is letters, digits, hyphen and dot; the plus is "or later".
_LICENCE = r"^(?:[A-Za-z0-9][A-Za-z0-9.\-]*\+?|https?://creativecommons\.org/[^\s\p{Cc}]+)$"


def column(description: str, *checks: pa.Check, nullable: bool = False) -> Any:
    """Describe a column of a contract: what it holds with its unit, what must be true of it, whether it may be null."""
    return FieldInfo(checks=list(checks), nullable=nullable, nullable_explicit=True, description=description)


def expect(name: str, message: str, holds: Callable[[pl.Expr], pl.Expr]) -> pa.Check:
    """Make a check of an expression over the column (and, by name, over others of the row)."""

    def check(data: PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(holds(pl.col(data.key)))

    return pa.Check(check, name=name, error=message)


def expect_each(name: str, message: str, holds: Callable[[pl.Expr], pl.Expr]) -> pa.Check:
    """Make a check of an expression over the elements of a list column."""
    return expect(name, message, lambda column: column.list.eval(holds(pl.element())).list.all())


def distinct(*columns: str) -> pa.Check:
    """Flag the second and every further row with the same key; the first is kept.

    pandera's own ``unique`` flags every copy, and a split by that loses the record altogether.
    """
    message = f"no earlier row has the same {', '.join(columns)}"
    return expect("distinct", message, lambda _: pl.struct(columns).is_first_distinct())


def at_least(least: int) -> pa.Check:
    """Make a check for a lower bound."""
    return expect("at_least", f"is {least} or more", lambda column: column >= least)


def one_of(values: Iterable[str]) -> pa.Check:
    """Make a check for membership of an enumerated set."""
    members = [str(value) for value in values]
    return expect("one_of", f"is one of {', '.join(members)}", lambda column: column.is_in(members))


def each_one_of(values: Iterable[str], of: str) -> pa.Check:
    """Make a check that each element of a list is a member of an enumerated set; ``of`` names the set."""
    members = [str(value) for value in values]
    return expect_each("each_one_of", f"every element is {of}", lambda element: element.is_in(members))


def _latest() -> date:
    # It is tomorrow already in half of the world's time zones.
    return (TODAY.get() or date.today()) + timedelta(days=1)


NOT_BLANK = expect("not_blank", "has more than white space", lambda column: column.str.contains(r"\S"))
NO_CONTROLS = expect("no_controls", "has no control character", lambda column: ~column.str.contains(_CONTROL))
PLAUSIBLE_DATE = expect(
    "plausible_date",
    f"is neither before {EARLIEST} nor after the day of the run",
    lambda column: column.is_between(EARLIEST, _latest()),
)
HAS_SCHEME = expect(
    "has_scheme", "begins with a scheme such as https:", lambda column: column.str.contains(_SCHEME)
)
LICENCE = expect(
    "licence",
    "is an SPDX identifier or an address at creativecommons.org",
    lambda column: column.str.contains(_LICENCE),
)
JSON_OBJECT = expect(
    "json_object",
    "is one JSON object",
    lambda column: column.str.starts_with("{") & column.str.ends_with("}"),
)
FRACTION = expect("fraction", "is between 0 and 1", lambda column: column.is_between(0.0, 1.0))
COMPLETE = expect_each("complete", "no element is null", lambda element: element.is_not_null())
EACH_NOT_BLANK = expect_each(
    "each_not_blank", "every element has more than white space", lambda element: element.str.contains(r"\S")
)
EACH_DIFFERENT = expect(
    "each_different", "no element is there twice", lambda column: column.list.n_unique() == column.list.len()
)
