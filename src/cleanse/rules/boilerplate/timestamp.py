"""Lines with nothing but a date, a time or a number: `Published: 24 May 2023 10:31`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.gate import Gate
from cleanse.phrases import any_of, fold, vocabulary
from cleanse.rule import Family, rule
from cleanse.rules.boilerplate.marks import BESIDE, PLACE, Mark, marks
from cleanse.rules.boilerplate.removal import take_out

_USES = vocabulary("boilerplate_timestamp")
_LABEL = re.compile(r"\W*(?:" + any_of(_USES["label"]) + r")\b")
_WORDS = frozenset(w for use in _USES.values() for phrase in use for w in re.findall(r"[^\W\d_]+", phrase))
_WORD = re.compile(r"[^\W\d_]+")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.h]\d{2}(?!\d)|\b\d{1,2} ?[ap]\.?m\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}[./-]\d{1,2}[./-]\d{2}(?!\d)")
_LENGTH = 70
STORY = (
    "The ferry ran late all week, the harbour master said, because the northern channel has silted up again."
)


def _is_line(text: str) -> bool:
    """A date or time and nothing else."""
    return len(text) <= _LENGTH and _is_time(text)


def _is_time(text: str) -> bool:
    if not any(map(str.isdigit, text)):
        return False
    words = _WORD.findall(fold(text))
    if not words:
        return _CLOCK.search(text) is not None or _YEAR.search(text) is not None
    return all(w in _WORDS for w in words) and (
        _YEAR.search(text) is not None
        or _CLOCK.search(text) is not None
        or _LABEL.match(fold(text)) is not None
    )


@rule(
    family=Family.BOILERPLATE,
    gate=Gate(line=_is_line),
    reason="The date and time of publication stand around a story on lines of their own.",
    changes=[
        (f"Ferry late\n24 May 2023, 10:31 am\nShare this article\n{STORY}", f"Ferry late\n{STORY}"),
        (f"{STORY}\nMittwoch, 24. Mai 2023, 10.31 Uhr\nDrucken\nTeilen", STORY),
    ],
    leaves=[
        "1912",
        f"{STORY}\n24 May 1912\n{STORY}\n25 May 1912\n{STORY}",
        f"{STORY}\n10:31\n{STORY}",
        "Diary\n24 May 1912\nWe left the harbour at dawn, and nobody stood on the pier but the old pilot and his dog.\n"
        "25 May 1912\nFog, and the pilot sleeps. Nobody knows where the channel is, and nobody dares to wake him up.",
        "Ferry 3 : 1 Lighthouse",
    ],
    defect=Defect.TIMESTAMP,
    order=44,
)
def timestamp(draft: Draft) -> Iterator[Finding]:
    """Take out lines of a date or time in the head or tail of a story, where its own dates do not stand so."""
    yield from take_out(draft, _marks(draft))


def _marks(draft: Draft) -> Iterator[Mark]:
    found = None
    seen = [i for i, line in enumerate(draft.filled_lines) if _is_line(line.content)]
    for index in seen:
        found = found or marks(draft)
        text = draft.filled_lines[index].content
        place = found.layout.place(index)
        score, evidence = 0.2, ["a date or time and nothing else"]
        if _LABEL.match(fold(text)):
            score += 0.3
            evidence.append("label")
        if _CLOCK.search(text):
            score += 0.15
            evidence.append("time of day")
        if _YEAR.search(text):
            score += 0.1
            evidence.append("year")
        if place != "body":
            score += PLACE
            evidence.append(f"in the {place}")
        if beside := found.beside(index):
            score += BESIDE * beside
            evidence.append("beside furniture")
        if index == 0 and not found.flagged(1):
            score -= 0.2
            evidence.append("but first line")
        if len(seen) > 2:
            score -= 0.3
            evidence.append("but one of many")
        yield Mark("timestamp", index, index, max(0.0, min(1.0, round(score, 3))), "; ".join(evidence))
