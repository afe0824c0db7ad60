"""A byline that stands on two lines, with what it says about its writer below: `By`, `Ann Lee`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.lines import Layout, layout
from cleanse.phrases import fold, vocabulary
from cleanse.rule import Family, rule
from cleanse.rules.credits.credit_lines import Evidence, label_gate, lead_gate, named, whole_lines

_ALONE = frozenset(p for p in vocabulary("credits_labels")["by"])
_EDGES = " \t\xa0|:：–—-·•"
_FIRST = 12  # lines from the top in which bylines stand
_WIDEST = 50  # code points of a name
_NOTE = 90  # words of a note on the writer
_ABOUT = re.compile(
    r"\s(?:is|has|covers|writes|joined|reports|ist|schreibt|es|escribe|est|écrit|é|escreve|è|scrive|är|er|jest)\s"
)


@rule(
    family=Family.CREDITS,
    gate=lead_gate(_ALONE) | label_gate(_ALONE),
    reason="Pages set the word and the name apart, and extractors make two lines of them.",
    changes=[
        (
            "Ferry sails again\nBy\nAnn Lee\nThe ferry sails again, the board said on Monday, two days after the "
            "storm had torn its mooring away.",
            "The ferry sails again, the board said on Monday, two days after the storm had torn its mooring away.",
        ),
    ],
    leaves=[
        "The ferry sails again, the board said on Monday, two days after the storm had torn its mooring away.\n"
        "By\nthe old crane\nnobody stood, and the boats lay where the storm had left them two nights ago.",
    ],
    defect=Defect.BYLINE,
    order=35,
)
def split_byline(draft: Draft) -> Iterator[Finding]:
    """Take out a word for "by" alone on its line near the top, the name below it, and a note on who that is."""
    where = layout(draft)
    # Bylines above do not count where a line stands, else a column of them would go bit by bit.
    index = taken = done = 0
    while index < min(_FIRST + taken, len(where.shapes) - 1):
        shape, below = where.shapes[index], where.shapes[index + 1]
        name = below.content.strip(_EDGES)
        index += 1
        if shape.width > _WIDEST or fold(shape.content.strip(_EDGES)) not in _ALONE:
            continue
        if len(name) > _WIDEST or below.ended or len(name.split()) < 2 or not named(name, 5):
            continue
        evidence = Evidence()
        evidence.see(0.35, f"{shape.content!r} on a line of its own")
        evidence.see(0.25, "a name below it")
        last = index + _is_note(where, index + 1, name)
        start, end = whole_lines(draft, index - 1, last)
        # Two in a row would both take the break between them.
        yield evidence.finding(max(start, done), end, fills=(("author", name),))
        taken, done, index = taken + last - index + 2, end, last + 1


def _is_note(where: Layout, index: int, name: str) -> bool:
    """Say whether a line says who the writer is: it begins with the name and a verb, and the story goes on below."""
    if index + 1 >= len(where.shapes):
        return False
    note = where.shapes[index]
    return (
        note.content.startswith(name)
        and note.words <= _NOTE
        and _ABOUT.match(note.content[len(name) : len(name) + 12]) is not None
    )
