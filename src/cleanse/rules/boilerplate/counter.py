"""Counters: `17 Comments`, `Views: 204`, `Photo 1 of 7`, and a number above the word that it counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.gate import Gate
from cleanse.phrases import any_of, fold, vocabulary
from cleanse.rule import Family, rule
from cleanse.rules.boilerplate.marks import BESIDE, PLACE, Mark, marks
from cleanse.rules.boilerplate.removal import take_out

_COUNTS = vocabulary("counts")
_NUMBER = r"\d{1,3}(?:[.,   ]?\d{1,3}){0,3}\+?[km]?\+?"
_COUNTED = any_of(_COUNTS["counted"])
_COUNT = re.compile(rf"\W*(?:{_NUMBER} ?(?:{_COUNTED})|(?:{_COUNTED})\s?[:：(]?\s?{_NUMBER})\W*")
_GALLERY = re.compile(
    rf"\W*(?:(?:{any_of(_COUNTS['picture'])})\s?[:#]?\s?)?\d{{1,3}} ?(?:{any_of(_COUNTS['of'])}) ?\d{{1,3}}\W*"
)
_BARE = re.compile(rf"{_NUMBER}")
_WORD = re.compile(rf"(?:{_COUNTED})")
_LAST = re.compile(r"(\d+)\W*\Z")
MANY = 3  # lines that number the parts of the same whole
_LENGTH = 40  # code points of a counter
STORY = (
    "The ferry ran late all week, the harbour master said, because the northern channel has silted up again."
)


def _is_line(text: str) -> bool:
    """A number and what a page counts, or one number of another."""
    if len(text) > _LENGTH or not any(map(str.isdigit, text)):
        return False
    folded = fold(text)
    return any(p.fullmatch(folded) is not None for p in (_COUNT, _GALLERY, _BARE))


@rule(
    family=Family.BOILERPLATE,
    gate=Gate(line=_is_line),
    reason="Pages count comments, shares, views and pictures beside a story.",
    changes=[
        (f"17 Comments\n{STORY}", STORY),
        (f"{STORY}\n\n12\nShares", STORY),
        (
            f"{STORY}\n2 of 9\n{STORY}\n3 of 9\n{STORY}\n4 of 9\n{STORY}",
            f"{STORY}\n{STORY}\n{STORY}\n{STORY}",
        ),
        (f"Photo 1 of 7\n{STORY}", STORY),
    ],
    leaves=[
        f"{STORY}\n7\n{STORY}",
        f"{STORY}\n3 / 4\n{STORY}",
        "12 comments were heard, and all of them were about the smell of the harbour.",
        "2 of 3",
        "1931",
    ],
    defect=Defect.SHARE,
    order=48,
)
def counter(draft: Draft) -> Iterator[Finding]:
    """Take out lines of counters around a story or beside other furniture."""
    yield from take_out(draft, _marks(draft))


def _marks(draft: Draft) -> Iterator[Mark]:
    lines = [fold(line.content) for line in draft.filled_lines]
    of_all = (_LAST.search(said) for said in lines if len(said) <= _LENGTH and _GALLERY.fullmatch(said))
    totals = Counter(found.group(1) for found in of_all if found)
    for index, said in enumerate(lines):
        if len(said) > _LENGTH or not any(map(str.isdigit, said)):
            continue
        last, score, evidence = index, 0.0, ""
        if _COUNT.fullmatch(said):
            score, evidence = 0.4, "a number and what a page counts"
        elif _BARE.fullmatch(said) and index + 1 < len(lines) and _WORD.fullmatch(lines[index + 1]):
            last, score, evidence = index + 1, 0.45, "a number above what a page counts"
        elif _GALLERY.fullmatch(said):
            score, evidence = 0.3, "the number of a picture"
            of = _LAST.search(said)
            if of and totals[of.group(1)] >= MANY:
                score, evidence = 0.5, f"one of {totals[of.group(1)]} of {of.group(1)}"
        if not score:
            continue
        found = marks(draft)
        if found.layout.place(index) != "body":
            score += PLACE
            evidence += f"; in the {found.layout.place(index)}"
        if beside := found.beside(index):
            score += BESIDE * beside
            evidence += "; beside furniture"
        if said.lstrip("( [").startswith(_COUNTS["picture"]):
            score += 0.15
            evidence += "; says so"
        yield Mark("counter", index, last, min(1.0, round(score, 3)), evidence)
