"""Stories to learn from: every paragraph is the story's own, and what is asked for stands around them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

_WHO = (
    "the harbour master|a fisherman of Skerrow|the council|an engineer|the ferry company|a teacher|the pilot"
)
_DID = "repaired|painted|measured|sold|bought|lost|found|described|carried|counted"
_WHAT = "the old crane|a net of herring|seven lamps|the tide gauge|a map of the sound|the church bell|a boat"
_WHERE = (
    "behind the quay|on Monday|in the storm|before noon|at the market|near Port Ellery|for the island|by hand"
)


def paragraph(made: random.Random) -> str:
    """Give two sentences of a story, like no other's."""

    def pick(of: str) -> str:
        return made.choice(of.split("|"))

    def sentence() -> str:
        number = made.randrange(10**6)
        words = " ".join(
            made.sample(["salt", "wind", "oak", "iron", "glass", "tar", "wool", "stone", "rope", "sail"], 4)
        )
        who, did, what, where = (pick(of) for of in (_WHO, _DID, _WHAT, _WHERE))
        return (
            f"{who.capitalize()} {did} {what} {where}, with {words} and mark {number}{made.choice('abcxyz')}."
        )

    return f"{sentence()} {sentence()}"


def story(
    number: int,
    *,
    source: str = "www.harbour.example",
    head: Sequence[str] = (),
    tail: Sequence[str] = (),
    inside: Sequence[str] = (),
    paragraphs: int = 4,
) -> dict[str, Any]:
    """Give a story with lines above, below and between its paragraphs."""
    made = random.Random(f"{source} {number}")
    own = [f"{paragraph(made)} {' '.join(made.sample(_letters(made), 3))}" for _ in range(paragraphs)]
    middle = len(own) // 2
    return {
        "id": f"{source}-{number}",
        "source": source,
        "text": "\n".join([*head, *own[:middle], *inside, *own[middle:], *tail]),
        "published_on": date(2024, 1, 1) + timedelta(days=number),
    }


def _letters(made: random.Random) -> list[str]:
    return ["".join(made.choice("aeioulmnrst") for _ in range(7)) for _ in range(5)]


def rows(table: Any, **equal: Any) -> list[dict[str, Any]]:
    """Give the rows of a table of patterns that have these values."""
    return [row for row in table.to_pylist() if all(row[name] == value for name, value in equal.items())]


def texts(table: Any, status: str) -> set[str]:
    """Give the examples of the patterns with a status."""
    return {row["example_text"] for row in table.to_pylist() if row["status"] == status}
