"""The log of edits: applied forwards it cleans, replayed backwards it restores, and it knows the raw places."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanse.edit import Edit, Finding, OffsetMap, apply, restore, settle

TEXT = st.text(alphabet="ab \n,é😀", max_size=40)


@st.composite
def passes(draw: st.DrawFn) -> tuple[str, list[list[Finding]]]:
    """A text and what several rules find in it, one after the other."""
    raw = text = draw(TEXT)
    found = []
    for _ in range(draw(st.integers(0, 4))):
        spans = draw(
            st.lists(
                st.tuples(st.integers(0, len(text)), st.integers(0, 6), st.text("xyz", max_size=3)),
                max_size=5,
            )
        )
        findings = settle(text, [Finding(s, min(len(text), s + n), new) for s, n, new in spans])
        found.append(findings)
        text, _ = apply(text, findings, rule="r", version=1, family="f", raw=OffsetMap())
    return raw, found


def replay(raw: str, found: list[list[Finding]]) -> tuple[str, list[Edit]]:
    text, log, places = raw, [], OffsetMap()
    for findings in found:
        text, edits = apply(text, findings, rule="r", version=1, family="f", raw=places)
        log += edits
    return text, log


@settings(max_examples=500, deadline=None)
@given(passes())
def test_restore_undoes_any_log(case: tuple[str, list[list[Finding]]]) -> None:
    raw, found = case
    text, log = replay(raw, found)
    assert restore(text, log) == raw


@settings(max_examples=500, deadline=None)
@given(passes())
def test_each_edit_stands_where_it_says(case: tuple[str, list[list[Finding]]]) -> None:
    raw, found = case
    state, log = raw, replay(raw, found)[1]
    for edit in log:
        assert state[edit.start : edit.end] == edit.removed
        state = state[: edit.start] + edit.inserted + state[edit.end :]
    assert state == replay(raw, found)[0]


@settings(max_examples=500, deadline=None)
@given(passes())
def test_raw_places_hold_what_was_removed(case: tuple[str, list[list[Finding]]]) -> None:
    raw, found = case
    inserted_before: set[str] = set()
    for edit in replay(raw, found)[1]:
        assert 0 <= edit.raw_start <= edit.raw_end <= len(raw)
        # What no earlier edit has put in stands in the raw text as it was removed.
        if not inserted_before & set(edit.removed):
            kept = iter(raw[edit.raw_start : edit.raw_end])
            assert all(character in kept for character in edit.removed)
        inserted_before |= set(edit.inserted)


def test_raw_places_step_over_what_earlier_edits_took() -> None:
    text, log = replay("ab12cd", [[Finding(2, 4)], [Finding(2, 3)], [Finding(0, 2)]])
    assert text == "d"
    assert [(e.raw_start, e.raw_end) for e in log] == [(2, 4), (4, 5), (0, 2)]


def test_restoring_with_the_edits_of_another_text_is_an_error() -> None:
    _, log = replay("one two", [[Finding(0, 3, "three")]])
    with pytest.raises(
        ValueError, match="edit 0 should have left 'three' at offset 0, where the text has 'four '"
    ):
        restore("four two", log)


def test_rows_of_the_dataset_restore_too() -> None:
    assert restore("ac", [{"start": 1, "removed": "b", "inserted": ""}]) == "abc"


def test_overlapping_findings_keep_the_first_and_longest() -> None:
    kept = settle(
        "abcdef", [Finding(2, 4), Finding(0, 3), Finding(0, 2), Finding(3, 3, "x"), Finding(4, 4, "")]
    )
    assert [(f.start, f.end, f.inserted) for f in kept] == [(0, 3, ""), (3, 3, "x")]


def test_a_finding_outside_the_text_is_a_fault_of_the_rule() -> None:
    with pytest.raises(ValueError, match="finding 2:9 lies outside a text of 3 code points"):
        settle("abc", [Finding(2, 9)])
