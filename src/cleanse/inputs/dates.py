"""The date that a field gives, where it gives one beyond doubt.

``03/04/2024`` is March in one country and April in the next: such a value is not guessed. Of a value with a
time of day the date is the one that is written, in the time zone in which it is written; seconds since 1970
are counted in UTC.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

_ZONE = r"(?:Z|[A-Z]{2,5}|[+-]\d{2}:?\d{2}|\(\w+\)|\s)*"
_TIME = rf"(?:[T\s,]+(?:at\s+)?\d{{1,2}}:\d{{2}}(?::\d{{2}}(?:[.,]\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?{_ZONE})?"
_ISO = re.compile(rf"(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}){_TIME}")
_YEAR_FIRST = re.compile(rf"(\d{{4}})[/.](\d{{1,2}})[/.](\d{{1,2}}){_TIME}")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T\d{4,6}(?:[.,]\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?")
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){_TIME}")
_WEEKDAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,?\s+)?"
# RFC 2822, and the two ways in which English prose writes a date.
_DAY_MONTH = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?[\s-]+([A-Za-z]{{3,9}})\.?,?[\s-]+(\d{{4}}){_TIME}"
)
_MONTH_DAY = re.compile(rf"{_WEEKDAY}([A-Za-z]{{3,9}})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_TIME}")
_NUMBER = re.compile(r"\d{9,14}(?:\.\d+)?")

_ENGLISH = """
january february march april may june july august september october november december
""".split()  # noqa: SIM905 - one month a line would be no easier to read
_MONTHS = {form: number for number, name in enumerate(_ENGLISH, 1) for form in (name, name[:3])} | {"sept": 9}

_LONGEST = 64  # characters; no date is longer, and nothing longer is looked at


def to_date(value: Any) -> date | None:
    """Give the date that a field's value stands for, or None where it stands for none beyond doubt."""
    if isinstance(value, str):
        return _from_text(value.strip()) if len(value) <= _LONGEST else None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_number(value)
    return None


def is_whole(day: date | None, value: Any) -> bool:
    """Say whether ``day`` is all that there is to the value: midnight in no time zone is no time of day."""
    return day is not None and str(value).partition(" 00:00:00")[0] == day.isoformat()


@lru_cache(maxsize=4096)
def _from_text(value: str) -> date | None:
    for pattern in (_ISO, _YEAR_FIRST, _COMPACT):
        if found := pattern.fullmatch(value):
            return _date(found[1], found[2], found[3])
    if found := _DAY_MONTH.fullmatch(value):
        return _date(found[3], _MONTHS.get(found[2].lower(), 0), found[1])
    if found := _MONTH_DAY.fullmatch(value):
        return _date(found[3], _MONTHS.get(found[1].lower(), 0), found[2])
    if found := _YEAR_LAST.fullmatch(value):
        first, second = int(found[1]), int(found[3])
        if first == second or second > 12:  # month first, or the same either way
            return _date(found[4], first, second)
        return _date(found[4], second, first) if first > 12 else None
    if _NUMBER.fullmatch(value):
        return _from_number(float(value))
    return None


def _from_number(value: int | float) -> date | None:
    """Seconds or milliseconds since 1970, told apart by their size (1973 to 2128), or the digits of a date."""
    if 1e8 <= value < 5e9:
        return datetime.fromtimestamp(int(value), UTC).date()
    if 1e11 <= value < 5e12:
        return datetime.fromtimestamp(int(value) // 1000, UTC).date()
    if 19_000_101 <= value <= 21_001_231 and value == int(value):
        return _date(int(value) // 10_000, int(value) // 100 % 100, int(value) % 100)
    return None


def _date(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
