"""Sign-offs of the desk: `(Reporting by A; Editing by B)`, `（责任编辑：X）`, trust-principles lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.gate import holds
from cleanse.lines import layout
from cleanse.phrases import fold, gate, vocabulary
from cleanse.rule import Family, rule
from cleanse.rules.credits.credit_lines import (
    Evidence,
    agency,
    edge,
    label_gate,
    labelled,
    lead_gate,
    named,
    whole_lines,
)
from cleanse.wording import Leads, Wording

_SIGNOFFS = vocabulary("credits_signoffs")
_LABELS = vocabulary("credits_labels")
_WHOLE = frozenset(_SIGNOFFS["whole"])
_OPENING = Leads(_SIGNOFFS["opening"])
_INSIDE = Wording(_SIGNOFFS["inside"])
_EDITOR = frozenset(_LABELS["editor"])
_AUTHOR = frozenset(_LABELS["author"])
_PEOPLE = _EDITOR | _AUTHOR

_WIDEST = 420  # code points of a sign-off
_REPORTER = re.compile(
    r"(?:reporting|written|writing|story) by\s+([^;,.()]{3,60}?)"
    r"(?:\s+(?:in|and|at|for|additional|editing|writing)(?!\w)|[;,.()]|$)",
    re.IGNORECASE,
)
_NEXT = re.compile(r"[;,.()]|\s(?:in|and|und|et|y|e|at|for|additional|editing|with)\s", re.IGNORECASE)
_STOP = re.compile(r"[.!?…]['\"”’»)]* +")
_ASIDE = 60  # code points of a sentence before the desk's: "Lee reported from Leeds." is one of its own
_STAMP = 70
_SELF = re.compile(
    r"our standards|this (?:report|episode) was produced|with agenc|\(?avec (?:afp|reuters|agences)"
)
_FROM = re.compile(
    r"(?:files|inputs?|material) from\s+(?:the\s+)?([^;,.()]{2,40}?)(?:\s+and(?!\w)|[;,.()]|$)", re.IGNORECASE
)
_EDGES = " \t\xa0()[]（）【】*–—-—."
_BRACKETED = re.compile(
    r"[(\[（【]\s*([^()\[\]（）【】:：\n]{1,20})\s*[:：]\s*([^()\[\]（）【】\n]{1,40}?)\s*[)\]）】]"
)
_PLAIN = re.compile(r"[\s|]*(?:[(\[（【][^()\[\]（）【】\n]{2,60}[)\]）】][\s|]*){1,4}$")


@rule(
    family=Family.CREDITS,
    gate=lead_gate(p.split("…")[0] for p in (*_SIGNOFFS["opening"], *_SIGNOFFS["whole"]))
    | holds(_SIGNOFFS["inside"]),
    reason="Wire stories close with who wrote and who edited them.",
    changes=[
        (
            "The ferry sails again, the board said on Monday, two days after the storm had torn its mooring away.\n\n"
            "(Reporting by Ann Lee; Editing by Tom Rusk)",
            "The ferry sails again, the board said on Monday, two days after the storm had torn its mooring away.",
        ),
    ],
    leaves=[
        "Reporting by the harbour police has been patchy since the storm, and nobody at the board knows how many "
        "boats were lost. Editing by hand takes weeks.",
        "The archive holds forty thousand letters, and the trust that owns it wants all of them in print by May.\n\n"
        "Each was copied out at a desk by the window. Editing by hand takes longer, the archivist says.",
        "She contributed to this report of the harbour board for years, and he never thanked her for it, she said.",
    ],
    defect=Defect.WIRE_SIGNOFF,
    order=34,
)
def wire_signoff(draft: Draft) -> Iterator[Finding]:
    """Take out the lines below a story that say who reported, wrote and edited it."""
    where = layout(draft)
    for index, shape in enumerate(where.shapes):
        content = shape.content
        if len(content) > _WIDEST:
            continue
        folded = fold(content.lstrip(_EDGES))
        opening, inside = _OPENING.find(folded), _INSIDE.search(folded)
        whole = folded.strip(_EDGES + "/") in _WHOLE
        if not (opening or inside or whole):
            continue
        place = edge(where, index)
        last = index == len(where.shapes) - 1
        evidence = Evidence()
        if whole:
            evidence.see(0.3, "a sign-off and nothing else")
        elif opening:
            evidence.see(0.25, f"begins with {opening!r}")
            rest = content.lstrip(_EDGES)[len(opening) :].lstrip(" :")
            if _SELF.match(folded):
                evidence.see(0.3, "the desk's own words")
            elif rest and named(_NEXT.split(rest + " ")[0], 5):
                evidence.see(0.2, "a name")
            else:
                evidence.see(-0.4, "no name")
        if inside and not (opening and inside.start() == 0) and _ends_there(content.lstrip(_EDGES), inside):
            evidence.see(0.3, f"has {inside[0]!r}")
            before = [m.start() for m in _STOP.finditer(folded, 0, inside.start())]
            if not opening and before and before[-1] > _ASIDE:
                evidence.see(-0.3, "behind a story's sentences")
        if content[0] in "([（【—–" and content[-1] in ")]）】.":
            evidence.see(0.1, "in brackets or behind a dash")
        evidence.see(
            {"head": -0.1, "tail": 0.2 if not last else 0.25, "body": -0.15}[place], f"in the {place}"
        )
        if shape.words > 45:
            evidence.see(-0.2, "many words")
        reporter, source = _REPORTER.search(content), _FROM.search(content)
        fills = (
            ("author", reporter[1].strip() if reporter and named(reporter[1], 5) else None),
            ("agency", agency(source[1]) if source else None),
        )
        start, end = whole_lines(draft, index, index)
        yield evidence.finding(start, end, fills=fills)


def _ends_there(content: str, inside: re.Match[str]) -> bool:
    """Say whether a phrase from within a sign-off is followed by a name, or by the end of the line."""
    rest = content[inside.end() :].strip(_EDGES + ",")
    if inside[0].endswith((" by", " por", " par", " von", " de", " a", " oleh", " an")):
        stamped = len(rest) <= _STAMP and any(c.isdigit() for c in rest)  # a forum's user, and when
        return not rest or stamped or named(_NEXT.split(rest + " ")[0], 5)
    return len(rest) <= 40


@rule(
    family=Family.CREDITS,
    gate=label_gate(_EDITOR) | gate(_PEOPLE, before=r"[(\[（【]\s*", after=r"[\pZ\t]*[:：]"),
    reason="Papers name the editor in charge below the story, in East Asia in a bracket behind its last sentence.",
    changes=[
        (
            "港務局表示，渡輪將於五月恢復航行，屆時每日兩班，居民可在碼頭購票，孩童免費，長者半價。（責任編輯：林海）",
            "港務局表示，渡輪將於五月恢復航行，屆時每日兩班，居民可在碼頭購票，孩童免費，長者半價。",
        ),
        (
            "Die Fähre fährt wieder, teilte das Hafenamt am Montag mit, zwei Tage nach dem schweren Sturm.\n"
            "Redaktion: Max Muster",
            "Die Fähre fährt wieder, teilte das Hafenamt am Montag mit, zwei Tage nach dem schweren Sturm.",
        ),
    ],
    leaves=[
        "Editor: what did you think when the storm came?\nHarbour master: I thought of the ferry, and then of my dog.",
        "港务局长说，渡轮正要离开，他们只好把它系回去，等到天亮（编辑：这个词他说得很慢），然后才去吃早饭。",
    ],
    defect=Defect.CREDIT,
    order=28,
)
def editor_credit(draft: Draft) -> Iterator[Finding]:
    """Take out lines and closing brackets that name an editor."""
    where = layout(draft)
    for index, shape in enumerate(where.shapes):
        content = shape.content
        place = edge(where, index)
        match = _PLAIN.search(content[-260:])
        pairs = [(fold(m[1]), m[2]) for m in _BRACKETED.finditer(match[0])] if match else []
        if match and pairs and all(label in _PEOPLE for label, _ in pairs):
            evidence = Evidence()
            evidence.see(0.45, f"closing bracket with {pairs[0][0]!r}")
            writer = (
                pairs[0][0] not in _EDITOR
            )  # writers stand in brackets inside stories too: whose photo, whose letter
            evidence.see(
                {"head": 0.0, "tail": 0.3, "body": -0.2 if writer else 0.0}[place], f"in the {place}"
            )
            if all(named(value, 6) for _, value in pairs):
                evidence.see(0.1, "a name")
            authors = [value for label, value in pairs if label in _AUTHOR and label not in _EDITOR]
            cut = len(content) - len(match[0])
            if cut == 0:
                start, end = whole_lines(draft, index, index)
            else:
                end = shape.line.start + len(draft.text[shape.line.start : shape.line.end].rstrip())
                start = end - len(match[0])
            yield evidence.finding(start, end, fills=(("author", authors[0] if authors else None),))
            continue
        split = labelled(content) if len(content) <= 120 else None
        if split and split[0] in _EDITOR and named(split[1], 8):
            evidence = Evidence()
            evidence.see(0.35, f"label {split[0]!r} with a name")
            evidence.see({"head": 0.15, "tail": 0.25, "body": -0.2}[place], f"in the {place}")
            if shape.ended and not content.endswith("."):
                evidence.see(-0.3, "a question or a shout")
            start, end = whole_lines(draft, index, index)
            yield evidence.finding(start, end)
