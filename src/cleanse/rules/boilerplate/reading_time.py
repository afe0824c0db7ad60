"""How long a story takes to read: `5 Min Read`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.gate import Gate
from cleanse.lines import Layout, layout
from cleanse.phrases import any_of, fold, vocabulary
from cleanse.rule import Family, rule
from cleanse.rules.boilerplate.marks import Mark
from cleanse.rules.boilerplate.removal import take_out

_PHRASES = vocabulary("boilerplate_reading_time")["phrase"]
_PHRASE = re.compile(any_of(_PHRASES))
_WIDTH = 60  # "Estimated reading time: 12 minutes", also with a date or a byline before it
_NUMBER = re.compile(r"\d")
STORY = (
    "The ferry ran late all week, the harbour master said, because the northern channel has silted up again."
)


def _says_reading_time(text: str) -> bool:
    """A number and the words for reading time."""
    return len(text) <= _WIDTH and _NUMBER.search(text) is not None and _PHRASE.search(fold(text)) is not None


@rule(
    family=Family.BOILERPLATE,
    gate=Gate(line=_says_reading_time),
    reason="Sites say above a story how long it takes to read.",
    changes=[
        (f"Ferry late\n\n5 Min Read\n\n{STORY}", f"Ferry late\n\n{STORY}"),
        (f"Lesezeit: 4 Minuten\n{STORY}", STORY),
    ],
    leaves=[
        "The letter was a 5 minute read, she said, and she read it for an hour.",
        "Reading time",
        "At the club they read 12 minutes to read 12 pages.",
    ],
    defect=Defect.READING_TIME,
    order=45,
)
def reading_time(draft: Draft) -> Iterator[Finding]:
    """Take out short lines with a number and the words for reading time."""
    yield from take_out(draft, _marks(layout(draft)))


def _marks(found: Layout) -> Iterator[Mark]:
    for index, shape in enumerate(found.shapes):
        text = shape.content
        if shape.width > _WIDTH or shape.words > 8 or not _NUMBER.search(text):
            continue
        said = _PHRASE.search(fold(text))
        if said is None:
            continue
        score, place = 0.6 - 0.3 * (text[-1] in ".!?" and shape.words > 4), found.place(index)
        evidence = f'number and "{said.group()}"'
        if place == "head":
            score, evidence = score + 0.2, f"{evidence}; in the head"
        yield Mark("reading_time", index, index, score, evidence)
