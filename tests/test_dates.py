"""Dates in the words of many languages, and dates that nobody can be sure of."""

from __future__ import annotations

from datetime import date

import pytest

from cleanse.rules.credits.dates import find_dates, months, only_date

DAY = date(2024, 3, 5)

SURE = [
    "2024-03-05", "2024/03/05", "2024.03.05. 10:20", "2024-03-05T10:00:00Z", "2024年3月5日", "2024년 3월 5일",
    "5 March 2024", "5th March, 2024", "March 5, 2024", "Mar. 5 2024", "5 de marzo de 2024", "5 de março de 2024",
    "5 mars 2024", "5. März 2024", "5 marzo 2024", "5 maart 2024", "5 marca 2024", "5 марта 2024 г.",
    "5 березня 2024", "5 Μαρτίου 2024", "5 Mart 2024", "5 مارس 2024", "5 آذار 2024", "5 במרץ 2024", "5 मार्च 2024",
    "5 مارچ 2024", "5 Maret 2024", "5 Mac 2024", "ngày 5 tháng 3 năm 2024", "5 มีนาคม 2567", "5 Machi 2024",
    "5 Maris 2024",
    "5 มี.ค. 2567", "5. mars 2024", "5 marts 2024", "5. maaliskuuta 2024", "5. března 2024", "5 martie 2024",
    "2024. március 5.", "5-Mar-2024", "٥ مارس ٢٠٢٤",
]  # fmt: skip


@pytest.mark.parametrize("text", SURE)
def test_reads(text: str) -> None:
    assert only_date(f"x {text} x") == DAY


UNSURE = [
    ("03/05/2024", "March or May"),
    ("05.03.2024", "March or May, unless the language is known"),
    ("05/03/24", "no year of four figures"),
    ("5 March", "no year"),
    ("31 February 2024", "no such day"),
    ("2024-13-05", "no such month"),
    ("5 May 1402", "a year of another calendar"),
    ("version 1.2024-03-05.7", "part of something longer"),
    ("5 Smarch 2024", "no such month"),
]


@pytest.mark.parametrize(("text", "why"), UNSURE)
def test_does_not_guess(text: str, why: str) -> None:
    assert only_date(text) is None, why


def test_day_first_where_the_language_says_so() -> None:
    assert only_date("05.03.2024", day_first=True) == DAY
    assert only_date("25/03/2024") == only_date("03/25/2024") == date(2024, 3, 25)


def test_never_in_the_future() -> None:
    assert only_date("5 March 2024", today=date(2024, 3, 4)) is None
    assert only_date("5 March 2024", today=DAY) == DAY


def test_gives_places_and_does_not_overlap() -> None:
    text = "Published 5 March 2024, updated 03/05/2024"
    assert [(text[f.start : f.end], f.value) for f in find_dates(text)] == [
        ("5 March 2024", DAY),
        ("03/05/2024", None),
    ]


def test_month_names_mean_one_month() -> None:
    assert set(months().values()) == set(range(1, 13))
    assert months()["may"] == 5
