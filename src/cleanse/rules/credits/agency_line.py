"""The agency that a story is from, at its end: `- Bernama`, `/ritzau/`, `Le Phare avec AFP`, `(dpa/hg)`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.gate import Gate
from cleanse.lines import Shape, layout
from cleanse.phrases import fold
from cleanse.rule import Family, rule
from cleanse.rules.credits.credit_lines import agency, whole_lines

_SHORT = 60  # code points of a line that names an agency
_LAST = 3  # lines from the end that may name one
_DRESSED = re.compile(r"(?:[-–—]{1,3}\s?|[/(\[（【])\s*([^\W\d_][\w .'’+-]{1,30}?)\s*[/)\]）】]?\.?")
_WITH = re.compile(
    r"(?:\S+ ){1,5}?(?:avec|with|con|com|mit|met|med|ja|et|and|und|och|og|y|e|и|та|/|\+|&|,) (?:l['’])?(\S+(?: \S+)?)"
)
# `(dpa/hg)`, `(ank/eds)`: an agency or initials, and more initials.
_SIGNED = re.compile(
    r"[ \t\xa0]*[(（](?P<names>[A-Za-zÄÖÜäöüА-я]{2,12}(?:\s?/\s?[a-zäöüа-я]{1,4}){1,3})[)）]\s*$"
)
# `he/she` and their like.
_WORDS = frozenset(
    {"and", "his", "he", "und", "der", "er", "et", "ou", "il", "y", "el", "e", "ele", "him", "sie"}
)
_STARRED = re.compile(r"\*[a-z]{2,5}(?:[/*][a-z]{2,5}){0,2}\*?")
_ONE = re.compile(r"[ \t\xa0]*[(（](?P<names>[^\W\d_]{2,12})[)）]\s*$")


def _named(content: str) -> str | None:
    """Give the agency that a short line names."""
    if len(content) > _SHORT:
        return None
    dressed, beside = _DRESSED.fullmatch(content), _WITH.fullmatch(content.rstrip("."))
    return agency(dressed[1]) if dressed else agency(beside[1]) if beside else None


def _names_an_agency(line: str) -> bool:
    """It names an agency, or is initials behind an asterisk."""
    return _named(line) is not None or _STARRED.fullmatch(line) is not None


@rule(
    family=Family.CREDITS,
    gate=Gate(r"(?m)[)）]\s*$", line=_names_an_agency),
    reason="Papers close a story with the agency it is from, and agencies with the initials of who edited it.",
    changes=[
        (
            "The ferry sails again, the board said on Monday, two days after the storm had torn its moorings.\n- AFP",
            "The ferry sails again, the board said on Monday, two days after the storm had torn its moorings.",
        ),
        (
            "Die Fähre fährt wieder, teilte das Hafenamt am Montag mit, zwei Tage nach dem schweren Sturm. (dpa/hg)",
            "Die Fähre fährt wieder, teilte das Hafenamt am Montag mit, zwei Tage nach dem schweren Sturm.",
        ),
        (
            "Le bac navigue de nouveau, a annoncé la capitainerie, deux jours après la tempête.\nLe Phare avec AFP",
            "Le bac navigue de nouveau, a annoncé la capitainerie, deux jours après la tempête.",
        ),
    ],
    leaves=[
        "The ferry sails again, the board said on Monday, two days after the storm had torn its mooring away.\n- Ann",
        "The ferry sails on Monday and Tuesday (and/or when the tide allows it, as the master says at the quay).",
        "He chose his side, and then he chose the other, and at last he wrote on the wall: (his/her)",
    ],
    defect=Defect.WIRE_SIGNOFF,
    order=38,
)  # fmt: skip
def agency_line(draft: Draft) -> Iterator[Finding]:
    """Take out the name of an agency on the last lines, and bracketed initials behind the last sentence."""
    where = layout(draft)
    found: list[Finding] = []
    others = 0  # lines below that stay: of a column of agencies all are last
    for index in range(len(where.shapes) - 1, -1, -1):
        if others == _LAST:
            break
        content = where.shapes[index].content
        below = where.place(index) == "tail" or others < _LAST - 1
        if index and below and (name := _named(content)):
            fills = (("agency", name),)
            span = whole_lines(draft, index, index)
            found.append(Finding(*span, score=0.6, evidence="an agency below the story", fills=fills))
        elif index and not others and _STARRED.fullmatch(content):
            span = whole_lines(draft, index, index)
            found.append(Finding(*span, score=0.6, evidence="initials behind an asterisk"))
        else:
            if index >= where.last_prose and (
                finding := _signed(draft, where.shapes[index], first=not index)
            ):
                found.append(finding)
            others += 1
    yield from reversed(found)


def _signed(draft: Draft, shape: Shape, *, first: bool) -> Finding | None:
    """Give the removal of bracketed initials and agencies at the end of a line, where they end its last sentence."""
    content = shape.content
    start, names = len(content), list[str]()
    while True:
        signed = _SIGNED.search(content, max(0, start - 40), start) or _ONE.search(
            content, max(0, start - 20), start
        )
        if signed is None or (start < _SHORT and (first or not _SIGNED.fullmatch(content, 0, start))):
            break
        name = signed["names"].split("/")[0].strip()
        known = agency(name)
        if not known and not (signed.re is _SIGNED and name.islower() and fold(name) not in _WORDS):
            break
        start = signed.start()
        names += [known] if known else []
    if start == len(content):
        return None
    end = shape.line.start + len(draft.text[shape.line.start : shape.line.end].rstrip())
    evidence = f"{'an agency' if names else 'initials'} behind the last sentence"
    fills = (("agency", names[-1]),) if names else ()
    return Finding(end - len(content) + start, end, score=0.6, evidence=evidence, fills=fills)
