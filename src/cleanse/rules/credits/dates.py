"""Reads dates out of text without guessing.

A date is read when its parts say which of them is day, month and year: a month's name, a year in front
(2024-03-05, 2024年3月5日), or a number above 12. `05/04/2024` is two dates and therefore none, unless the
caller knows that the words around it are of a language that writes the day first. Years have four figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from cleanse.phrases import fold, tables

EARLIEST = 1600  # what looks like an older year of an article is another calendar's, or no year
_BUDDHIST = 543  # the Thai calendar's year 2567 is 2024
_THAI = re.compile("[\u0e00-\u0e7f]")

_YEAR_FIRST = re.compile(
    r"(?<![\w.,/-])(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})(?![\w/-]|\.\d)"
    r"|[-/.](\d{1,2})[-/.](\d{1,2})(?=T\d{2}:)"
    r"|[年년][ \t]?(\d{1,2})[月월][ \t]?(\d{1,2})[日일号號])"
)
_NUMBERS = re.compile(r"(?<![\w.,/-])(\d{1,2})([-/.])[ ]?(\d{1,2})\2[ ]?(\d{4})(?![\w/-]|\.\d)")
# Vowel signs of Indic scripts and Thai are no letters to the expression engine: a name is what holds no mark.
_LETTERS = r"[^\W\d_][^\s\d.,:;/()_-]{0,15}"
_NAME = rf"({_LETTERS}(?:\.[^\W\d_]{{1,2}}\.)?(?: (?:الثاني|الأول))?)"
_DAY_NAME_YEAR = re.compile(
    rf"(?<![\w.,/-])(\d{{1,2}})(?:st|nd|rd|th|er|º|\.|-го)?[ \t\xa0-]{{0,2}}(?:(?:de|of|d')[ \t]?)?{_NAME}\.?,?"
    r"[ \t\xa0-]{0,2}(?:(?:de|del)[ \t])?(?:พ\.ศ\.[ ]?)?(\d{4})(?!\d)"
)
_NAME_DAY_YEAR = re.compile(
    rf"(?<![^\W\d_])({_LETTERS})\.?[ \t\xa0](\d{{1,2}})(?:st|nd|rd|th)?,?[ \t\xa0](\d{{4}})(?!\d)"
)
_YEAR_NAME_DAY = re.compile(rf"(?<!\w)(\d{{4}})\.?[ \t]({_LETTERS})\.?[ \t](\d{{1,2}})\.?(?![\w:])")
_VIETNAMESE = re.compile(
    r"(?<!\w)(?:ngày )?(\d{1,2}) tháng (\d{1,2})(?:,| năm)? (\d{4})(?!\d)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text.

    Attributes:
        start: First code point of what says it.
        end: One past the last.
        value: The date, or None where the text leaves open which.
    """

    start: int
    end: int
    value: date | None


@cache
def months() -> Mapping[str, int]:
    """Give the number, 1 to 12, of every folded month name that means one month alone."""
    languages = tables("dates")["months"].values()
    numbers: dict[str, set[int]] = {}
    for names in languages:
        for number, spellings in enumerate(names, 1):
            for spelling in spellings.split("|"):
                numbers.setdefault(fold(spelling), set()).add(number)
    # What means two months in two languages decides nothing.
    return {name: of.pop() for name, of in numbers.items() if len(of) == 1}


@cache
def beside() -> frozenset[str]:
    """Give the folded words that stand beside a date on a line that only says when, months' names among them."""
    languages = tables("dates")["beside"].values()
    return frozenset(fold(word) for words in languages for word in words) | months().keys()


def find_dates(text: str, *, day_first: bool = False, today: date | None = None) -> list[Found]:
    """Give the dates in ``text`` that have a year, in order, none overlapping.

    Args:
        text: Some words; keep it short, a line.
        day_first: The words around are of a language that writes 05/04/2024 for the fifth of April.
        today: A later date than this is no date of an article: its value is None.
    """
    found = sorted(_candidates(text, day_first), key=lambda f: (f.start, -f.end))
    kept: list[Found] = []
    for one in found:
        if kept and one.start < kept[-1].end:
            continue
        late = today is not None and one.value is not None and one.value > today
        kept.append(Found(one.start, one.end, None) if late else one)
    return kept


def only_date(text: str, *, day_first: bool = False, today: date | None = None) -> date | None:
    """Give the first date of ``text`` that is beyond doubt, or None."""
    found = find_dates(text, day_first=day_first, today=today)
    return found[0].value if found else None


def _candidates(text: str, day_first: bool) -> Iterator[Found]:
    for m in _YEAR_FIRST.finditer(text):
        month, day = next((a, b) for a, b in ((m[2], m[3]), (m[4], m[5]), (m[6], m[7])) if a)
        value = _date(int(m[1]), int(month), int(day))
        if value:
            yield Found(m.start(), m.end(), value)
    for m in _NUMBERS.finditer(text):
        first, second, year = int(m[1]), int(m[3]), int(m[4])
        if first > 12 or first == second or day_first:
            value = _date(year, second, first)
        else:
            value = _date(year, first, second) if second > 12 else None
        yield Found(m.start(), m.end(), value)
    for m in _DAY_NAME_YEAR.finditer(text):
        yield from _named(text, m, day=m[1], month=m[2], year=m[3])
    for m in _NAME_DAY_YEAR.finditer(text):
        yield from _named(text, m, day=m[2], month=m[1], year=m[3])
    for m in _YEAR_NAME_DAY.finditer(text):
        yield from _named(text, m, day=m[3], month=m[2], year=m[1])
    for m in _VIETNAMESE.finditer(text):
        yield Found(m.start(), m.end(), _date(int(m[3]), int(m[2]), int(m[1])))


def _named(text: str, match: re.Match[str], *, day: str, month: str, year: str) -> Iterator[Found]:
    number = months().get(fold(month)) or months().get(fold(month.rstrip(".")))
    if number is None:
        return
    of = int(year)
    if of > 2400 and _THAI.search(month):
        of -= _BUDDHIST
    value = _date(of, number, int(day))
    if value:
        yield Found(match.start(), match.end(), value)


def _date(year: int, month: int, day: int) -> date | None:
    if year < EARLIEST:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
