"""The first short articles of a process are cleaned without asking any gate, and come out the same."""

from __future__ import annotations

import pytest

from cleanse.cleaner import SHORT, UNASKED, Cleaner, clean
from cleanse.draft import Context
from cleanse.policy import DEFAULT
from cleanse.rule import rules

TEXTS = sorted({text for rule in rules() for text in (*(before for before, _ in rule.changes), *rule.leaves)})


@pytest.fixture(scope="module")
def gated() -> Cleaner:
    made = Cleaner(rules())
    made.gates.open("")
    return made


def test_gates_change_no_result(gated: Cleaner) -> None:
    context = Context(policy=DEFAULT)
    ungated = Cleaner(rules())
    for text in TEXTS:
        ungated._cleaned = 0
        assert ungated.clean(text, context) == gated.clean(text, context), text
    assert "gates" not in vars(ungated)


def test_gates_are_compiled_for_the_third_article_or_a_long_one() -> None:
    for texts in (["Sound."] * (UNASKED + 1), ["Sound. " * SHORT]):
        cleaner = Cleaner(rules()[:3])
        for text in texts:
            assert "gates" not in vars(cleaner)
            cleaner.clean(text, Context(policy=DEFAULT))
        assert "gates" in vars(cleaner)


def test_an_article_of_which_nothing_is_left_is_for_review() -> None:
    article = clean("<div>" * 100)
    assert article.text == "" and article.needs_review
    assert article.review_reasons == ("cleaner: nothing of the text is left",)
    assert not clean(article.text).needs_review
    assert not clean(" \n").needs_review
