"""What of a line is compared."""

from __future__ import annotations

import sys

import polars as pl
import pytest

from cleanse.learned import Learned, LearnedBoilerplate, first_of
from cleanse.learning.pattern import LONGEST, patterns


def pattern(line: str) -> str:
    return str(patterns(pl.Series([line]))[0])


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("Last updated: 3 March 2024, 9:05 AM", "LAST UPDATED 12 May 2023 11:20 pm"),
        ("| Printed on Monday, 4th June |", "Printed on  Friday, 22nd July"),
        ("Heute ist Dienstag, 5. März", "heute ist Sonntag, 17. Dezember."),
        ("2024年3月5日 印刷", "2023年12月15日　印刷"),
        ("Read all 14 stories >>", "» Read all 3 stories"),
    ],
)
def test_same(line: str, other: str) -> None:
    assert pattern(line) == pattern(other) != ""


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("Printed in May", "Printed in June"),  # no day: the month may be what is told
        ("Boat A 12", "Boat B 12"),
        ("हिन्दी समाचार", "हिन्द समाचार"),  # vowel signs are part of words
    ],
)
def test_different(line: str, other: str) -> None:
    assert pattern(line) != pattern(other)


@pytest.mark.parametrize("line", ["2-1", "12.30", "***", "|  |  |", "", "word " * LONGEST])
def test_nothing_to_compare(line: str) -> None:
    assert pattern(line) == ""


def test_what_a_line_begins_with_is_what_its_pattern_does() -> None:
    characters = [chr(c) for c in range(sys.maxunicode + 1) if not 0xD800 <= c <= 0xDFFF and chr(c) != "\n"]
    for form in ("{}aft of the quay", "- {}aft of the quay", "{} aft of the quay"):
        lines = [form.format(c) for c in characters]
        wrong = [
            (line, found)
            for line, found in zip(lines, patterns(pl.Series(lines)), strict=True)
            if (first := first_of(line)) is not None and found and found[0] != first
        ]
        assert not wrong, wrong[:20]


def test_lines_are_found_as_they_were_learned() -> None:
    lines = ["March 3: all the news", "Back to the quay", "élan vital"]
    learned = LearnedBoilerplate({pattern(line): Learned(line) for line in lines})
    asked = ["May 14: all the news", "BACK TO THE QUAY >", "Élan vital", "Back to the boat", "", "Ǆ"]
    found = [match and match.pattern_id for match in learned.find(asked)]
    assert found == [*lines, None, None, None]
    assert found == [match and match.pattern_id for match in learned.find(asked)]
