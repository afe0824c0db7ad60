"""Source lines: `Source: The Ellery Observer (url: https://...)`, `来源：新华网`, `【2012/01/16 X】@ http://...`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.lines import layout
from cleanse.phrases import fold, vocabulary
from cleanse.rule import Family, rule
from cleanse.rules.credits.credit_lines import (
    Evidence,
    address,
    agency,
    edge,
    is_domain,
    label_gate,
    labelled,
    lead_gate,
    named,
    whole_lines,
)
from cleanse.rules.credits.dates import find_dates
from cleanse.wording import Leads

_SOURCE = frozenset(vocabulary("credits_labels")["source"])
_LEAD = Leads(vocabulary("credits_labels")["source_lead"])
_CLOSING = re.compile(r"([^()\n]{3,40}?) ?\((\w+):? ([^()\n]{2,40})\)")  # `Lena Strand (Theo Báo Hồ)`
_SHORT = 40  # code points of a line that names a source without a colon

_WIDEST = 400  # code points of a source line; addresses are long
_LINK_KEY = re.compile(r"[\s,;|]*[(（\[<]?\s*(?:url|link|via|at|en|href)?\s*[:=]?\s*$", re.IGNORECASE)
_CUT = re.compile(r"[(（\[][^()（）\[\]]*$")  # a bracket that is opened and never closed
_TRAILER = re.compile(r"[\s|,;(（\[-]*$")
_CLOCK = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}[\s,|-]*\d{0,2}[:.]?\d{0,2}|\d{1,2}:\d{2}")
_BRACKET = re.compile(
    r"[【〔\[]\s*(\d{4}[/.-]\d{1,2}[/.-]\d{1,2})\s*([^】〕\]\d]{2,20})[】〕\]]\s*@?\s*(https?://\S{4,200})?\s*"
)


@rule(
    family=Family.CREDITS,
    gate=label_gate(_SOURCE)
    | lead_gate(vocabulary("credits_labels")["source_lead"])
    | r"(?i)\((?:theo|nguồn)[ :]",
    reason="Aggregators say below an article where they have it from; the name and the address are columns.",
    changes=[
        (
            "The gauge will be moved in May, the board said after its meeting at the customs quay.\n\n"
            "Source: The Ellery Observer (url: https://www.example.org/tides/2024/gauge-mo",
            "The gauge will be moved in May, the board said after its meeting at the customs quay.",
        ),
        (
            "El consejo decidió mover el mareógrafo en mayo, según explicó tras la reunión del lunes.\nFuente: EFE",
            "El consejo decidió mover el mareógrafo en mayo, según explicó tras la reunión del lunes.",
        ),
    ],
    leaves=[
        "The harbour is shut.\nSource: the ministry said on Monday that the gauge was wrong, and nobody has denied it.",
        "Sources: they are everywhere, she said.\nAnd he laughed at her, for he had heard it before.",
    ],
    defect=Defect.SOURCE_FOOTER,
    order=30,
)
def source_line(draft: Draft) -> Iterator[Finding]:
    """Take out lines that name the source and nothing else."""
    where = layout(draft)
    for index, shape in enumerate(where.shapes):
        split = labelled(shape.content) if len(shape.content) <= _WIDEST else None
        if split is None and index == len(where.shapes) - 1:
            split = _lead(shape.content)
        if split is None or split[0] not in _SOURCE or not split[1]:
            continue
        label, value = split
        url = address(value)
        name = _name(value, url)
        place = edge(where, index)
        evidence = Evidence()
        evidence.see(0.35, f"label {label!r}")
        if url:
            evidence.see(0.3, "an address")
        if is_domain(name):
            evidence.see(0.3, "a host name")
        elif agency(name):
            evidence.see(0.4, "an agency")
        elif named(name, 7):
            evidence.see(0.25, "a name")
        elif name and not (len(name.split()) <= 7 and name[0].isupper() and not shape.ended):
            evidence.see(-0.35, "more than a name")
        evidence.see({"head": 0.1, "tail": 0.2, "body": -0.2}[place], f"in the {place}")
        if shape.ended and len(value.split()) > 4 and not url:
            evidence.see(-0.15, "ends like a sentence")
        start, end = whole_lines(draft, index, index)
        fills = (("source_name", name), ("source_url", url)) if place != "body" else ()
        yield evidence.finding(start, end, fills=fills)
        if _CUT.search(shape.content) and evidence.score >= 0.5:
            yield Finding(
                start,
                start,
                score=evidence.score,
                evidence="a bracket that is never closed",
                defect=Defect.TRUNCATED_PARENTHESIS,
            )


@rule(
    family=Family.CREDITS,
    gate=r"[【〔\[]\s*\d{4}[/.-]\d",
    reason="East Asian papers close with date and name in lenticular brackets, often followed by their address.",
    changes=[
        (
            "港務局表示，渡輪將於五月恢復航行，屆時每日兩班，居民可在碼頭購票，孩童免費，長者半價。\n"
            "【2024/03/05 海港日報】@ http://example.org/",
            "港務局表示，渡輪將於五月恢復航行，屆時每日兩班，居民可在碼頭購票，孩童免費，長者半價。",
        ),
    ],
    leaves=["【2024/03/05 海港日報】是本館最早的一份電子版，市民可在碼頭旁的閱覽室免費借閱，不限時間。"],
    defect=Defect.SOURCE_FOOTER,
    order=30,
)
def source_bracket(draft: Draft) -> Iterator[Finding]:
    """Take out a line of bracketed date and name, with or without an address."""
    for index, shape in enumerate(layout(draft).shapes):
        match = _BRACKET.fullmatch(shape.content) if len(shape.content) <= _WIDEST else None
        if not match:
            continue
        dates = find_dates(match[1], today=draft.context.today)
        start, end = whole_lines(draft, index, index)
        evidence = Evidence()
        evidence.see(0.6, "date and name in a bracket of their own")
        if match[3]:
            evidence.see(0.2, "an address")
        fills = (("source_name", match[2].strip()), ("source_url", match[3]))
        when = (("published_on", dates[0].value if dates else None),)
        yield evidence.finding(start, end, fills=fills + when)


def _lead(content: str) -> tuple[str, str] | None:
    """Split a last line that says "according to" and a name, and no more, as Vietnamese papers close."""
    if (closing := _CLOSING.fullmatch(content)) and named(closing[1], 6) and _LEAD.find(fold(closing[2])):
        return fold(closing[2]), closing[3]
    lead = _LEAD.find(fold(content)) if len(content) <= _SHORT else None
    name = content[len(lead) :].strip(" .") if lead else ""
    return (lead, name) if lead and named(name, 5) and not re.search(r"[,.;!?]", name) else None


def _name(value: str, url: str | None) -> str:
    """Give the name in ``value``: what stands before the address, its bracket and a date."""
    if url:
        value = value[: value.index(url)]
        value = _LINK_KEY.sub("", value)
    if clock := _CLOCK.search(value):
        value = value[: clock.start()]
    value = _TRAILER.sub("", value).strip(" \t\xa0|.,;")
    return value if fold(value) not in ("url", "link") else ""
