"""What recurs and is boilerplate, and what recurs for good reason: two tables, each line with why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

import cleanse
from tests.learn.stories import story

Stories = Callable[[], Sequence[dict[str, Any]]]


def own(number: int) -> str:
    """Give the first paragraph of a story."""
    return story(number)["text"].split("\n")[0]


DAYS = ["3 March 2024", "14 May 2024", "30 June 2023", "1 July 2022"]

GOES: list[tuple[str, Stories, str]] = [
    (
        "a slogan behind every story",
        lambda: [story(n, tail=["The islands wake up with the Harbour Gazette each morning"]) for n in range(8)],
        "The islands wake up with the Harbour Gazette each morning",
    ),
    (
        "a short label among other labels, always below",
        lambda: [story(n, tail=["Back to top", "Terms of the harbour", "The crew"]) for n in range(8)],
        "Terms of the harbour",
    ),
    (
        "a line that says when, each time another day",
        lambda: [story(n, head=[f"Printed at the quay on {DAYS[n % 4]} at 1{n % 10}:05"]) for n in range(8)],
        "Printed at the quay on 3 March 2024 at 10:05",
    ),
    (
        "on some of the pages only, after the site was rebuilt",
        lambda: [
            story(n, tail=["Lighthouse Media holds the keys", "Read it by the lamp"] if n > 12 else [])
            for n in range(20)
        ],
        "Lighthouse Media holds the keys",
    ),
    (
        "a footer longer than the stories above it",
        lambda: [
            story(n, paragraphs=1, tail=[f"Clause {c} of the house says that nothing here is advice to any sailor, "
                                         f"and that the {c} winds are nobody's fault but their own." for c in
                                         ("north", "south", "east", "west", "upper", "lower", "inner", "outer")])
            for n in range(8)
        ],
        "Clause upper of the house says that nothing here is advice to any sailor, "
        "and that the upper winds are nobody's fault but their own.",
    ),
    (
        "the names of the same other stories under each story of a week",
        lambda: [
            story(n, tail=["- The crane that came by sea", "- Seven lamps and what became of them all",
                           "- Why the bell of Skerrow has not rung since May"] if n % 3 else [])
            for n in range(12)
        ],
        "- Seven lamps and what became of them all",
    ),
]  # fmt: skip

LETTER = (
    "Paragraph 12 of the Harbour Act says that no ship may leave Port Ellery before its lamps have been lit."
)

STAYS: list[tuple[str, Stories, str]] = [
    (
        "a heading that recurs inside a long series",
        lambda: [story(n, inside=["What we saw from the pier"]) for n in range(20)],
        "What we saw from the pier",
    ),
    (
        "several headings of a series, each between paragraphs",
        lambda: [
            story(n, paragraphs=6, inside=["The boat", own(n + 100), "The crew"]) for n in range(12)
        ],
        "The boat",
    ),
    (
        "a refrain: the same line again and again within a text",
        lambda: [
            story(n, inside=["Row, row to the sea", own(n + 100), "Row, row to the sea"])
            for n in range(8)
        ],
        "Row, row to the sea",
    ),
    (
        "a statute that stories quote",
        lambda: [story(n, inside=[LETTER] if n % 2 else []) for n in range(16)],
        LETTER,
    ),
    ("what someone said", lambda: [story(n, inside=["he said."]) for n in range(8)], "he said."),
    (
        "what someone said, once at the very end",
        lambda: [story(n, inside=["he said."] if n else [], tail=[] if n else ["he said."]) for n in range(8)],
        "he said.",
    ),
    ("a score", lambda: [story(n, inside=["2-1"], tail=["2-1"]) for n in range(8)], "2-1"),
    (
        "a score with the names of those who played, other each time",
        lambda: [story(n, tail=[f"Harbour Rovers {n} Skerrow {n + 2}"]) for n in range(8)],
        "Harbour Rovers 3 Skerrow 5",
    ),
    (
        "how many came, other each time",
        lambda: [story(n, tail=[f"Attendance: {1000 + 37 * n}", f"Goals so far: {n}"]) for n in range(8)],
        "Attendance: 1037",
    ),
    (
        "the name of a column, above each of its stories",
        lambda: [story(n, head=["Notes from the Pier"] if n < 6 else []) for n in range(16)],
        "Notes from the Pier",
    ),
    (
        "the name of a column of which all stories of the source are",
        lambda: [story(n, head=["Notes from the Pier"]) for n in range(12)],
        "Notes from the Pier",
    ),
    (
        "the head of a table whose rows are the story's",
        lambda: [
            story(n, tail=["| Boat | Catch |", *(f"| {boat} {own(n)[:9]} | {n} |" for boat in ("Gull", "Tern"))])
            for n in range(12)
        ],
        "| Boat | Catch |",
    ),
    (
        "what goes into a soup: heading and items differ in their company",
        lambda: [
            story(n, tail=["What you need", *(item for k, item in enumerate(
                ["salt and pepper to taste", "a spoon of good butter", "two onions", "a pint of thick cream"])
                if (n >> k) & 1), f"{n} mussels of the day, like those of boat {n}"])
            for n in range(16)
        ],
        "a spoon of good butter",
    ),
    (
        "the same story three times, with another first line",
        lambda: [
            *(story(n) for n in range(9)),
            *({**story(20), "id": f"again-{k}", "text": f"Edition {k}\n" + story(20)["text"]} for k in range(3)),
        ],
        story(20)["text"].split("\n")[1],
    ),
    (
        "a story that was brought up to date each day with a paragraph",
        lambda: [
            *(story(n) for n in range(9)),
            *({**story(20), "id": f"day-{k}", "text": story(20)["text"] + "\n" + own(30 + k)}
              for k in range(6)),
        ],
        story(20)["text"].split("\n")[1],
    ),
    (
        "the background that a few stories on one matter share",
        lambda: [
            story(n, inside=[own(50)] if n in (2, 5, 7, 11) else []) for n in range(14)
        ],
        own(50),
    ),
    ("where it was written", lambda: [story(n, head=["Skerrow"] if n % 4 == 1 else []) for n in range(16)], "Skerrow"),
]  # fmt: skip


def cleaned(stories: Sequence[dict[str, Any]], line: str) -> tuple[int, int]:
    """Give in how many stories the line stood, and in how many it is left."""
    learned = cleanse.approved(cleanse.learn(stories))
    only = cleanse.Policy(
        off=frozenset({"encoding", "markup", "placeholders", "spacing", "credits", "layout"})
    )
    before = after = 0
    for record in stories:
        if line not in record["text"].split("\n"):
            continue
        article = cleanse.clean(record["text"], source=record["source"], policy=only, learned=learned)
        assert cleanse.restore(article.text, article.edits) == record["text"]
        assert not cleanse.clean(article.text, source=record["source"], policy=only, learned=learned).edits
        before += 1
        after += line in article.text.split("\n")
    return before, after


@pytest.mark.parametrize(("why", "stories", "line"), GOES, ids=[why for why, _, _ in GOES])
def test_goes(why: str, stories: Stories, line: str) -> None:
    before, after = cleaned(stories(), line)
    assert before
    assert not after


@pytest.mark.parametrize(("why", "stories", "line"), STAYS, ids=[why for why, _, _ in STAYS])
def test_stays(why: str, stories: Stories, line: str) -> None:
    before, after = cleaned(stories(), line)
    assert before
    assert after == before
