"""``cleanse explain``: the history of a text, and how it is shown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanse.cleaner import clean
from cleanse.cli import _terminal, explain
from cleanse.edit import Edit, Finding, OffsetMap, apply, settle
from cleanse.explain import Change, changes, pieces
from cleanse.visible import visible


def log(raw: str, *passes: list[Finding]) -> tuple[str, list[Edit]]:
    """Apply passes of findings as the cleaner does; the rule of each is called r0, r1, ..."""
    text, edits, places = raw, [], OffsetMap()
    for number, findings in enumerate(passes):
        text, made = apply(
            text, settle(text, findings), rule=f"r{number}", version=1, family="spacing", raw=places
        )
        edits += made
    return text, edits


def shown(raw: str, edits: list[Edit]) -> list[str | tuple[str, str, str, str]]:
    return [
        (p.removed, p.passing, p.inserted, " ".join(edits[n].rule for n in p.edits))
        if isinstance(p, Change)
        else p
        for p in changes(raw, edits)
    ]


@pytest.mark.parametrize(
    ("why", "raw", "passes", "expected"),
    [
        ("nothing happened", "abc", [], ["abc"]),
        ("an empty text", "", [], []),
        ("a deletion", "abc", [[Finding(1, 2)]], ["a", ("b", "", "", "r0"), "c"]),
        ("an insertion", "ac", [[Finding(1, 1, "b")]], ["a", ("", "", "b", "r0"), "c"]),
        ("a part of an insertion goes", "axc", [[Finding(1, 2, "BBB")], [Finding(2, 3)]],
         ["a", ("x", "B", "BB", "r0 r1"), "c"]),
        ("an insertion within an insertion", "axc", [[Finding(1, 2, "BB")], [Finding(2, 2, "-")]],
         ["a", ("x", "", "B-B", "r0 r1"), "c"]),
        ("all of an insertion goes", "axc", [[Finding(1, 2, "B")], [Finding(1, 2)]],
         ["a", ("x", "B", "", "r0 r1"), "c"]),
        ("a later edit across an earlier one and its neighbours", "abcde", [[Finding(2, 3, "X")], [Finding(1, 4)]],
         ["a", ("bcd", "X", "", "r0 r1 r1"), "e"]),
        ("a later edit across a gap", "abcde", [[Finding(2, 3)], [Finding(1, 3, "Y")]],
         ["a", ("bcd", "", "Y", "r0 r1"), "e"]),
        ("an earlier place changes later", "abcd", [[Finding(3, 4)], [Finding(0, 1)]],
         [("a", "", "", "r1"), "bc", ("d", "", "", "r0")]),
    ],
)  # fmt: skip
def test_changes(why: str, raw: str, passes: list[list[Finding]], expected: list) -> None:
    _, edits = log(raw, *passes)
    got = shown(raw, edits)
    # Rules are named once a change; the log has one edit for each.
    assert got == [
        (*p[:3], " ".join(dict.fromkeys(p[3].split()))) if isinstance(p, tuple) else p for p in expected
    ], why


@st.composite
def logs(draw: st.DrawFn) -> tuple[str, str, list[Edit]]:
    raw = draw(st.text("ab \n", max_size=12))
    text, passes = raw, []
    for _ in range(draw(st.integers(0, 4))):
        bounds = st.integers(0, len(text))
        findings = [
            Finding(min(a, b), max(a, b), inserted)
            for a, b, inserted in draw(
                st.lists(st.tuples(bounds, bounds, st.text("XY ", max_size=3)), max_size=4)
            )
        ]
        passes.append(findings)
        text, _ = log(raw, *passes)
    return (raw, *log(raw, *passes))


@given(logs())
def test_history_holds_the_raw_text_and_the_clean_text(case: tuple[str, str, list[Edit]]) -> None:
    raw, text, edits = case
    laid = pieces(raw, edits)
    assert "".join(p.text for p in laid if p.came is None) == raw
    assert "".join(p.text for p in laid if p.went is None) == text
    for number, edit in enumerate(edits):
        assert "".join(p.text for p in laid if p.went == number) == edit.removed
        assert "".join(p.text for p in laid if p.came == number) == edit.inserted
    parts = list(changes(raw, edits))
    assert "".join(p if isinstance(p, str) else p.removed for p in parts) == raw
    assert "".join(p if isinstance(p, str) else p.inserted for p in parts) == text


def test_edits_of_another_text_are_refused() -> None:
    _, edits = log("abc", [Finding(1, 2)])
    with pytest.raises(ValueError, match="not the edits of this text"):
        pieces("xyz", edits)
    with pytest.raises(ValueError, match="not the edits of this text"):
        pieces("", edits)


def test_plain_marks_name_the_rule(cleanse) -> None:
    raw = "The talks ended , he said."
    (edit,) = clean(raw).edits
    result = cleanse("explain", "-", stdin=raw.encode())
    assert result.code == 0
    assert result.out.startswith(f"The talks ended[- -]<{edit.rule}>, he said.\n\n1 edit: {edit.rule} 1\n")


def test_verbose_shows_score_and_evidence(cleanse, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = "The talks ended , he said."
    (edit,) = clean(raw).edits
    out = cleanse("explain", "-v", "-", stdin=raw.encode()).out
    evidence = f": {edit.evidence}" if edit.evidence else ""
    assert f"[- -]<{edit.rule} {edit.score:.2f}{evidence}>" in out


def test_colours(cleanse) -> None:
    out = cleanse("explain", "--color", "always", "-", stdin=b"The talks ended , he said.").out
    assert "\x1b[41m \x1b[0m\x1b[2m<" in out
    marks = _terminal.Marks(colour=True)
    assert marks.removed("gone\nlines") == "\x1b[9;31mgone⏎\x1b[0m\n\x1b[9;31mlines\x1b[0m"
    assert marks.inserted("new") == "\x1b[32mnew\x1b[0m"
    assert marks.inserted("") == ""


HOSTILE = "a\x1b[2J\x9b31m\x07\x08b\rc\u202ed\u2028e\x7f"
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\u2066-\u2069\ud800-\udfff]")


@given(st.text(st.characters(codec=None), max_size=40))
def test_nothing_in_a_text_can_steer_the_terminal(text: str) -> None:
    assert not UNSAFE.search(visible(text).replace("\r\n", "\n"))
    assert not UNSAFE.search(_terminal.spelled_out(text))


def test_hostile_article_title_and_evidence_cannot_steer_the_terminal(cleanse) -> None:
    for command in (["explain"], ["explain", "-v"], ["explain", "-v", "--color", "never"]):
        out = cleanse(*command, "--title", HOSTILE, "-", stdin=f"{HOSTILE} , {HOSTILE}\n".encode()).out
        assert not UNSAFE.search(out)


def test_clean_text_on_a_terminal_is_made_safe_too(monkeypatch: pytest.MonkeyPatch, capsysbinary) -> None:
    import sys

    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    _terminal.write("a\x1b[2Jb")
    assert capsysbinary.readouterr().out == "a␛[2Jb\n".encode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("\u200b", "\\u200b"),
        ("\n\n", "⏎⏎"),
        ("one\ntwo", "one⏎\ntwo"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # a joiner inside a word is a letter's shape
        ("\u200c", "\\u200c"),  # alone it is what went
        ("a\xa0b", "a\\xa0b"),
        ("\U000e0001", "\\U000e0001"),
    ],
)
def test_what_cannot_be_seen_is_spelled_out_in_changes(text: str, expected: str) -> None:
    assert _terminal.spelled_out(text) == expected


def test_summary_shows_columns_defects_and_reviews() -> None:
    from dataclasses import replace

    article = replace(
        clean("Fine."), topics=("fish", "chips"), rights="All rights reserved", needs_review=True,
        defects=("rights",), review_reasons=("placeholder: who?",),
    )  # fmt: skip
    lines = list(explain._summary(article, _terminal.Marks(colour=False)))
    assert lines == [
        "0 edits",
        "topics: fish, chips",
        "rights: All rights reserved",
        "defects: rights",
        "needs review: placeholder: who?",
    ]
