"""Which date a field gives, and which it does not."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from cleanse.inputs.dates import to_date

DAY = date(2023, 12, 5)

READ = [
    "2023-12-05", " 2023-12-05 ", "2023-12-5", "2023/12/05", "2023.12.05", "20231205", 20231205,
    "2023-12-05T23:59:59Z", "2023-12-05T00:00:00+14:00", "2023-12-05 10:00", "2023-12-05 10:00:00.123456 UTC",
    "2023-12-05T10:00:00.000Z", "2023-12-05T10:00:00+0000", "20231205T101500Z",
    "Tue, 05 Dec 2023 10:00:00 +0000", "Tue, 5 Dec 2023 10:00:00 GMT", "05 Dec 2023", "5 December 2023", "5-Dec-2023",
    "December 5, 2023", "Dec. 5, 2023", "Dec 5th, 2023 at 10:15 AM", "Tuesday, December 5, 2023",
    1701770400, 1701770400.5, 1701770400123, "1701770400", "1701770400123", DAY, datetime(2023, 12, 5, 23, 59),
]  # fmt: skip


@pytest.mark.parametrize("value", READ, ids=repr)
def test_read(value: object) -> None:
    assert to_date(value) == DAY


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("05/12/2023", "December in one country, May in the next"),
        ("5.12.2023", "likewise"),
        ("05/12/23", "likewise, and of which century"),
        ("2023-13-05", "no such month"),
        ("2023-02-29", "no such day"),
        ("2023-12", "a month"),
        ("2023", "a year"),
        (2023, "a year, or the 2,023rd second of 1970"),
        (1234567, "too early to be seconds of our time"),
        (1e300, "no date"),
        (float("nan"), "no number"),
        (True, "no number either"),
        ("yesterday", "on which day was that said"),
        ("5 Thermidor 2023", "no month"),
        ("", "empty"),
        ("2023-12-05" + " " * 10_000, "too long to be a date"),
        ("2023-12-05 and more", "a sentence"),
        ([2023, 12, 5], "a list"),
        (None, "nothing"),
    ],
)
def test_not_guessed(value: object, why: str) -> None:
    assert to_date(value) is None


@pytest.mark.parametrize("value", ["13/12/2023", "12/13/2023", "13.12.2023"])
def test_the_thirteenth_is_no_month(value: str) -> None:
    assert to_date(value) == date(2023, 12, 13)


def test_the_same_either_way() -> None:
    assert to_date("05/05/2023") == date(2023, 5, 5)
