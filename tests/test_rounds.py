"""However often damage is repeated, the rules settle: the number of rounds does not grow with the text's length."""

from __future__ import annotations

import pytest

from cleanse import clean
from cleanse.rule import rules

TIMES = 40
STORY = (
    "The harbour board met on Monday to speak about the new crane, which came by sea in six parts last week.\n\n"
    "Nobody was hurt when the ferry struck the northern quay, said the board, and it will sail again on Friday."
)
LINES = dict.fromkeys(
    line.strip()
    for rule in rules()
    for before, _ in rule.changes
    for line in (before, *before.split("\n"))
    if line.strip()
)


def unsettled(text: str, **facts: str) -> bool:
    article = clean(text, **facts)  # type: ignore[arg-type]
    return bool(article.review_reasons and "not settled" in article.review_reasons[-1])


@pytest.mark.parametrize(
    "shape",
    ["{lines}", "{lines}\n\n{story}", "{story}\n\n{lines}", "{story} {sentences}"],
    ids=["alone", "above a story", "below a story", "in its last paragraph"],
)
def test_what_a_rule_takes_once_it_takes_as_often_as_it_is_there(shape: str) -> None:
    bad = [
        line
        for line in LINES
        if unsettled(
            shape.format(lines="\n".join([line] * TIMES), sentences=f"{line}. " * TIMES, story=STORY)
        )
    ]
    assert not bad


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"By Ann L{'e' * n}" for n in range(1, 200)),
        "\n".join(
            ["Editor: Ann Lee", "Source: The Gazette", "© 2024 The Gazette. All rights reserved."] * 60
        ),
        f"{STORY} " + "Sign up for our newsletter here! Follow us on Instagram @gazette. " * 60,
        "aе" * 800,
        "Nobody came." + "\n. . ." * 300,
        "СЃР»Р° СЃР°РÐ\xa0\xa0Â°",  # half of such a repair once made the text longer in every round
    ],
    ids=[
        "bylines",
        "credits that take turns",
        "prompts that take turns",
        "a long word of two scripts",
        "dots",
        "mojibake",
    ],
)
def test_long_columns_settle(text: str) -> None:
    assert not unsettled(text)


@pytest.mark.parametrize(
    "place", ["{titles}\n{story}", "{story}\n{titles}", "A\n{titles}\nB\n{titles}", "{titles}"]
)
def test_a_title_that_is_there_very_often_settles(place: str) -> None:
    titles = "\n".join(["Harbour Gets a New Blue Crane"] * 100)
    text = place.format(titles=titles, story=STORY)
    assert not unsettled(text, title="Harbour gets a new blue crane")
    assert not unsettled(text)
    assert clean(text, title="Harbour gets a new blue crane").text
