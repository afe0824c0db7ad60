"""Bylines: `By Jane Doe, Staff Writer`, `Von Max Muster`, `記者 林海`, on a line of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.gate import LineGate
from cleanse.lines import layout
from cleanse.phrases import fold, vocabulary
from cleanse.rule import Family, rule
from cleanse.rules.credits.credit_lines import (
    Evidence,
    edge,
    label_gate,
    labelled,
    lead_gate,
    named,
    whole_lines,
)
from cleanse.rules.credits.dates import find_dates, months
from cleanse.wording import Leads

_LABELS = vocabulary("credits_labels")
_NAMES = vocabulary("credits_names")
_AUTHOR = frozenset(_LABELS["author"])
_BY = Leads(_LABELS["by"])
_DESK = Leads(_LABELS["desk"])
_DESK_WIDTH = 40  # code points of a line that names a desk
# These begin a heading as easily as a byline, so the name must look like one and stand between title and story.
_SHORT = frozenset(p for p in _LABELS["by"] if len(p) <= 4)

_WIDEST = 130  # code points of a byline
_HEAD = 6  # a byline above the story is one of its first lines
_ROLE = re.compile(
    r"\s*(?:[,|•·–—/]|\s-\s|\s[Oo]n\s*$|\s[Oo]n\s|\s[Ff]or\s|\sGlobe\s|\bEmail\b|\S+@\S+|\d"
    r"|\s(?:Staff|Senior|Contributing|Special|Associated)\s(?!$)).*$"
)
_KOREAN = re.compile(
    r"[\[(]?([가-힣]{2,4})\s?(?:선임|수습|전문)?(?:기자|특파원|논설위원)[\])]?(?:\s*[=|]?\s*[\w.+-]{1,40}@[\w.-]{3,40})?"
)
_HAN = "[\u3400-\u9fff]"
_CHINESE = re.compile(
    rf"[\[(（【]?\s*(?:本报|本報|特约|特約|{_HAN}{{2,8}}(?:报|報|网|網|社|台))?"
    r"(?:记者|記者|通讯员|通訊員|特派员)\s?[/／:： ]?\s?"
    rf"({_HAN}{{2,4}}(?:[ 、]{_HAN}{{2,4}}){{0,2}})"
    rf"(?: ?(?:实习生|實習生|实习记者|通讯员|通訊員) ?{_HAN}{{2,4}}){{0,2}}\s?"
    rf"(?:[/／]{_HAN}{{2,10}})?\s*[\])）】]?(?:报道|報導)?"
)
_JAPANESE = re.compile(
    r"[（(【]?(?:取材・文|文・写真|文・撮影|取材・構成|文|構成|取材|聞き手|執筆|ライター)\s?[=＝/／:：]\s?"
    r"([^\s=＝/／:：。、]{2,12}(?: [^\s。、]{1,8})?)[）)】]?"
)
_WHEN = Leads(vocabulary("boilerplate_timestamp")["label"])
_DATED_BY = re.compile(r"\s(?:by|por|von|par|da|door|przez|av|af|od)\s+([^\n]{3,60})$")
_REPORTS = frozenset(_NAMES["no_reporter"])
_DAYS = frozenset(day for days in vocabulary("weekdays")["weekdays"] for day in days.split("|"))
_NO_NAME = frozenset(_NAMES["no_name"]) | _DAYS
_GATE = (
    label_gate(_AUTHOR)
    | lead_gate(_LABELS["by"])
    | lead_gate(vocabulary("boilerplate_timestamp")["label"])
    | lead_gate(_LABELS["desk"])
    | "(?:文|構成|取材|聞き手|執筆|写真|撮影|ライター)[ ]?[=＝/／:：]"
    | "기자|특파원|논설위원|记者|記者|通讯员|通訊員|特派员"
)
_LINES = LineGate(_GATE)


@rule(
    family=Family.CREDITS,
    gate=_GATE,
    reason="Who wrote the story is a column; the line above or below it is not the story.",
    changes=[
        (
            "Ferry sails again\nBy Ann Lee, Staff Writer\nThe ferry sails again, the board said on Monday, two days "
            "after the storm had torn its mooring away.",
            "The ferry sails again, the board said on Monday, two days after the storm had torn its mooring away.",
        ),
        (
            "Die Fähre fährt wieder, teilte das Hafenamt am Montag mit, zwei Tage nach dem schweren Sturm.\n\n"
            "Autor: Max Muster",
            "Die Fähre fährt wieder, teilte das Hafenamt am Montag mit, zwei Tage nach dem schweren Sturm.",
        ),
    ],
    leaves=[
        "By the time the ferry came in, Ann Lee had left the quay.\nNobody was hurt.",
        "Die Fähre fährt wieder, teilte das Hafenamt am Montag mit, zwei Tage nach dem schweren Sturm.\n"
        "Von Hafen zu Hafen\nDie Fahrt dauert eine Stunde, und wer will, darf am Ruder stehen und die Robben zählen.",
    ],
    defect=Defect.BYLINE,
    order=36,
)
def byline(draft: Draft) -> Iterator[Finding]:
    """Take out short lines above or below the story that name its writer and say nothing else."""
    where = layout(draft)
    # Bylines above: they do not count where a line stands, else a column of them would go bit by bit.
    taken = done = 0
    prose = 0  # paragraphs above, as far as it matters
    for index, shape in enumerate(where.shapes):
        prose += index > 0 and index - taken <= _HEAD + 1 and where.shapes[index - 1].prose
        content = shape.content
        if len(content) > _WIDEST or (shape.ended and not content.endswith(".")) or shape.item:
            continue
        read = _writer(content) if _LINES.opens(content) else None
        if read is None:
            continue
        label, name = read
        place = edge(where, index)
        evidence = Evidence()
        evidence.see(0.3, f"{label!r} and a name")
        if place == "tail" and index > where.last_prose >= 0:
            evidence.see(0.3, "below the story")
        elif place == "head" and index - taken < _HEAD and index < where.first_prose:
            evidence.see(0.3, "above the story")
        elif index - taken <= _HEAD and prose <= 2:
            evidence.see(0.25, "near the top")
        elif place == "body":
            evidence.see(-0.2, "inside the story")
        if label in _SHORT and label != "by" and (place != "head" or len(name.split()) > 4):
            evidence.see(-0.2, "a word that headings begin with")
        if find_dates(content):
            evidence.see(0.1, "a date")
        if len(name.split()) == 1 and name.isascii():
            evidence.see(-0.1 if label == "by" else -0.15, "one word")
        start, end = whole_lines(draft, index, index)
        start = max(start, done)  # both would take the break between two bylines
        if evidence.score >= 0.5:
            taken, done = taken + 1, end
        yield evidence.finding(start, end, fills=(("author", name),))


def _writer(content: str) -> tuple[str, str] | None:
    """Give what introduces the writer, folded, and the writer's name, if the line is a byline."""
    if (match := _KOREAN.fullmatch(content)) or (match := _CHINESE.fullmatch(content)):
        if match[1] in _REPORTS:
            return None
        return "기자" if match.re is _KOREAN else "记者", match[1]
    if (match := _JAPANESE.fullmatch(content)) and named(match[1], 4):
        return "文", match[1].strip()
    split = labelled(content)
    if split and split[0] in _AUTHOR:
        name = _name(split[1])
        return (split[0], name) if name else None
    bare = content.lstrip(" \t\xa0|*–—-/(（[【")
    folded = fold(bare)
    if (desk := _DESK.find(folded)) and len(content) <= _DESK_WIDTH:
        rest = bare[len(desk) :].strip(" .")
        return (desk, bare.strip(" .")) if not rest or named(rest, 5) else None
    if by := _BY.find(folded):
        name = _name(bare[len(by) :])
        return (by, name) if name else None
    # "Posted on 2 April 2023 by Ann Lee"
    if (dated := _DATED_BY.search(content)) and find_dates(content[: dated.start()]):
        label = _WHEN.find(fold(content))
        name = _name(dated[1]) if label else None
        return ("by", name) if name else None
    # "ByAnn Lee": the space between word and name went with the tags that had stood there.
    if content.startswith("By") and content[2:3].isupper() and (name := _name(content[2:])) and " " in name:
        return "by", name
    return None


def _name(rest: str) -> str | None:
    """Give the name at the start of ``rest``, without role, date and address; None if there is none."""
    name = _ROLE.sub("", rest).strip(" \t\xa0:.()（）[]【】|*")
    words = name.split()
    if (
        not words
        or len(words) > 8
        or not named(name, 8)
        or fold(words[0]) in _NO_NAME
        or fold(words[-1]) in _NO_NAME
    ):
        return None
    if (
        (name[0].isascii() and not name[0].isupper())
        or fold(words[0]) in months()
        or len(set(words)) < len(words)
    ):
        return None
    return name
