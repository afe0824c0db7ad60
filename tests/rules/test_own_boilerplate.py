"""What a policy's own phrases and patterns take out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleanse
from cleanse.cleaner import Cleaner
from cleanse.draft import Context, Draft
from cleanse.gate import GateSet
from cleanse.policy import Delete, Pattern, Phrase, Policy, Where, gate_of
from cleanse.rule import rules

OWN = [rule for rule in rules() if rule.name in ("own_phrases", "own_patterns")]


def with_own(text: str, policy: Policy) -> cleanse.Article:
    """Clean with the policy's own phrases and patterns alone."""
    return Cleaner(OWN, dict(policy.gates())).clean(text, Context(policy=policy))


GOES = [
    ("a line of its own", "line", "Join us now", "One.\nJoin us now\nTwo.", "One.\nTwo."),
    ("case, quotes and spaces do not matter", "line", 'Join "us"', "One.\n  JOIN\xa0 “us” \nTwo.", "One.\nTwo."),
    ("the last line without a line break", "line", "Join us", "One.\nJoin us", "One."),
    ("the last line with one", "line", "Join us", "One.\nJoin us\n", "One.\n"),
    ("several at the end, blank lines between", "start", "Join", "One.\n\nJoin a\n\nJoin b\n\n", "One.\n"),
    ("carriage returns", "line", "Join us", "One.\r\nJoin us\r\n\r\nTwo.", "One.\r\n\r\nTwo."),
    ("carriage returns at the end", "line", "Join us", "One.\r\n\r\nJoin us", "One."),
    ("the first line, and the blank one below", "line", "Join us", "Join us\n\nOne.", "One."),
    ("between blank lines one of them stays", "line", "Join us", "One.\n\nJoin us\n\nTwo.", "One.\n\nTwo."),
    ("all there is", "line", "Join us", "Join us\n\nJoin us\n", ""),
    ("the start of a line", "start", "Join us", "One.\nJoin us, friends!\nTwo.", "One.\nTwo."),
    ("the end of a line", "end", "join us", "One.\nWill you join us\nTwo.", "One.\nTwo."),
    ("inside", "inside", "join us", "One.\nDo join us now.\nTwo.", "One.\nTwo."),
    ("inside, where the first hit is in a word", "inside", "join", "One.\nRejoining? Or join.\nTwo.", "One.\nTwo."),
    ("beside other words where there are no spaces", "inside", "订阅我们", "一。\n请订阅我们吧\n二。", "一。\n二。"),
    ("marks alone as a line", "line", "* * *", "One.\n* * *\nTwo.", "One.\nTwo."),
]  # fmt: skip

STAYS = [
    ("a line that only begins with it", "line", "Join us", "Join us tomorrow."),
    ("a word that begins with it", "start", "Ad", "Adam went home."),
    ("a word that ends with it", "end", "ring", "He heard nothing but a string"),
    ("a word around it", "inside", "art", "The party began."),
    ("elsewhere in the line", "start", "Join us", "Will you Join us"),
]


@pytest.mark.parametrize(("why", "where", "phrase", "raw", "clean"), GOES, ids=[row[0] for row in GOES])
def test_own_phrase_goes(why: str, where: str, phrase: str, raw: str, clean: str) -> None:
    policy = Policy(phrases=(Phrase(phrase, Where(where)),))
    article = with_own(raw, policy)
    assert article.text == clean, why
    assert article.defects == ("listed_boilerplate",)
    assert cleanse.restore(article.text, article.edits) == raw
    assert not with_own(clean, policy).edits


@pytest.mark.parametrize(("why", "where", "phrase", "raw"), STAYS, ids=[row[0] for row in STAYS])
def test_look_alike_of_own_phrase_stays(why: str, where: str, phrase: str, raw: str) -> None:
    assert with_own(raw, Policy(phrases=(Phrase(phrase, Where(where)),))).text == raw, why


def test_edit_says_which_phrase_it_was_and_reports_its_defect() -> None:
    policy = Policy.parse('[[phrase]]\ntext = "Join us"\nwhere = "start"\ndefect = "newsletter"')
    article = cleanse.clean("One.\nJoin us today\n", policy=policy)
    assert article.defects == ("newsletter",)
    assert article.edits[0].evidence == "the policy lists 'Join us' (start)"
    assert article.edits[0].rule == "own_phrases"


# --------------------------------------------------------------------------------------------- own patterns

PATTERNS = [
    ("a span, and the space it would double", "span", r"\[promo\]", "One [promo] two.", "One two."),
    ("a span at the end, and the space before", "span", r"\[promo\]", "One. [promo]\nTwo.", "One.\nTwo."),
    ("a span at the beginning, and the space behind", "span", r"\[promo\]", "[promo] One.", "One."),
    ("a span inside a word", "span", "-+", "a--b", "ab"),
    ("all of a line as a span", "span", "Ref: [0-9]+", "One.\nRef: 12\nTwo.", "One.\nTwo."),
    ("the line", "line", r"^Ref\b", "One.\n  Ref: 12 (b)\nTwo.", "One.\nTwo."),
    ("bounds of a line with white space at its ends", "span", r"^\S+: | x$", "\tA: b c x \r\nTwo.", "\tb c \r\nTwo."),
    ("what is left matches again", "span", r"\(\)", "a (()()) b", "a b"),
    ("what is left is nothing", "span", r"\(\)", "One.\n(()())\nTwo.", "One.\nTwo."),
    ("what is left matches another pattern", "line", r"\bfoo\b", "One.\nfo()o\nTwo.", "One.\nTwo."),
    ("letters beyond ASCII", "span", r"(?i)ÉÜ\p{Han}+", "aéü漢字b", "ab"),
    ("two side by side", "span", r"\[.\]", "a [x] [y] b [z] [z]", "a b"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("why", "delete", "regex", "raw", "clean"), PATTERNS, ids=[row[0] for row in PATTERNS]
)
def test_own_pattern_goes(why: str, delete: str, regex: str, raw: str, clean: str) -> None:
    text = f"[[pattern]]\nregex = '''{regex}'''\ndelete = '{delete}'\n[[pattern]]\nregex = '[(][)]'"
    policy = Policy.parse(text)
    article = with_own(raw, policy)
    assert article.text == clean, why
    assert cleanse.restore(article.text, article.edits) == raw
    assert not with_own(clean, policy).edits


def test_pattern_that_does_not_settle_is_left_alone_and_flagged() -> None:
    policy = Policy(patterns=(Pattern(r"\(\)"),))
    deep = "a " + "(" * 50 + ")" * 50
    article = with_own(deep, policy)
    assert (article.text, article.needs_review) == (deep, True)
    assert "still match" in article.review_reasons[0]


def test_patterns_are_applied_in_linear_time() -> None:
    policy = Policy(patterns=(Pattern("(a+)+b"), Pattern("x")))
    for text in ("a" * 1_000_000, "a" * 1_000_000 + "x", "ax" * 300_000, "a\nx\n" * 100_000):
        with_own(text, policy)


def test_lone_surrogates_do_not_stop_patterns() -> None:
    policy = Policy(patterns=(Pattern("x+"),), phrases=(Phrase("Join"),))
    assert with_own("a\ud800x\nJoin\n\udfff", policy).text == "a\ud800\n\udfff"


# ------------------------------------------------------------------- what holds for all phrases and patterns

LINES = st.lists(st.text("ab (){}.\t漢é\r\ud800", max_size=6), max_size=6).map("\n".join)
REGEXES = [
    "a",
    "a+b",
    r"\(\)",
    r"\{\}|\(\)",
    "^b",
    "b$",
    "^[ab]$",
    r"\bé",
    "[^a]b",
    r"\s+\.",
    "ab|ba",
    "(?i)A.",
]
PHRASES = st.builds(
    Phrase, st.text("ab é漢.", min_size=1, max_size=3).filter(str.strip), st.sampled_from(Where)
)
LISTED = st.builds(
    Policy,
    phrases=st.lists(PHRASES, max_size=3).map(tuple),
    patterns=st.lists(st.builds(Pattern, st.sampled_from(REGEXES), st.sampled_from(Delete)), max_size=3).map(
        tuple
    ),
)


@given(LINES, LISTED)
def test_restore_undoes_and_cleaning_twice_is_cleaning_once(raw: str, policy: Policy) -> None:
    article = with_own(raw, policy)
    assert cleanse.restore(article.text, article.edits) == raw
    assert not with_own(article.text, policy).edits


@given(LINES, LISTED)
def test_gates_of_a_policy_are_never_wrong(raw: str, policy: Policy) -> None:
    draft = Draft(raw, Context(policy=policy))
    gates = dict(policy.gates())
    for rule in OWN:
        if list(rule.find(draft)):
            assert GateSet([gates[rule.name]]).open(raw) == [0]


@given(LINES, LISTED)
def test_asking_the_gates_changes_no_result(raw: str, policy: Policy) -> None:
    context = Context(policy=policy)
    assert Cleaner(OWN).clean(raw, context) == Cleaner(OWN, dict(policy.gates())).clean(raw, context)


@pytest.mark.parametrize(
    ("regex", "gate"),
    [
        ("^a$", "(?:(?:)a(?:))"),
        (r"\^a\$", r"(?:\^a\$)"),
        ("[$^]a[^$]", "(?:[$^]a[^$])"),
        (r"[]$]\\$", r"(?:[]$]\\(?:))"),
        (r"[[:alpha:]$]$", r"(?:[[:alpha:]$](?:))"),
        (r"\Q$^\E$", r"(?:\Q$^\E(?:))"),
        (r"[\]$]$", r"(?:[\]$](?:))"),
    ],
)
def test_gate_of_a_pattern_has_no_anchors(regex: str, gate: str) -> None:
    assert gate_of(regex) == gate
