"""Topic and tag lines: `Tags: harbour, ferry`, `Topics Policy & Public Interest)`, `标签：港口 渡轮`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.lines import layout
from cleanse.phrases import fold, vocabulary
from cleanse.rule import Family, rule
from cleanse.rules.credits.credit_lines import Evidence, edge, labelled, lead_gate, named, whole_lines

_TOPICS = frozenset(vocabulary("credits_labels")["topics"])
_LINKS = frozenset(vocabulary("boilerplate_related_link")["also"])
_LONGEST = max(map(len, _TOPICS))
# Without a colon only these are labels: the others begin sentences and headings.
_BARE = tuple(sorted(vocabulary("credits_labels")["bare_topics"], key=len, reverse=True))

_PROSE = frozenset(vocabulary("credits_labels")["prose_topics"])  # words of sentences as well
_RUN = re.compile(r"[\w\s'’&-]+")  # a run of topics that has lost its separators

_WIDEST = 600  # code points of a line of topics
_SEPARATOR = re.compile(
    r"\s+(?:[Tt]ags?|[Tt]opics?|[Kk]eywords|[Ll]abels):\s*|\s*[,;|•·、，؛،/]\s*|\s+#|\t+|\s{2,}"
)
_BOUNDS = ' \t\xa0|,;:/•·-–—#()[]（）【】."'


_HASHTAGS = re.compile(r"(?:#[\w’'-]{2,40}[\s,;|]*){1,15}")


@rule(
    family=Family.CREDITS,
    gate=r"(?m)^\W{0,3}#\pL",
    reason="Blogs tag a story by a line of hashtags above or below it.",
    changes=[
        (
            "The ferry sails again in May, the board said after its meeting at the quay.\n#harbour #ferry",
            "The ferry sails again in May, the board said after its meeting at the quay.",
        ),
    ],
    leaves=["He wrote it on the wall.\n#harbour belongs to us all"],
    defect=Defect.TOPIC_FOOTER,
    order=33,
)
def hashtag_line(draft: Draft) -> Iterator[Finding]:
    """Take out a line of hashtags and nothing else at the head or tail."""
    where = layout(draft)
    if len(where.shapes) == 1:
        return
    places = {i: edge(where, i) for i, shape in enumerate(where.shapes) if _HASHTAGS.fullmatch(shape.content)}
    # A column of them is at the edge if one end of it is: taken line by line it would outlast the rounds.
    for index in reversed(places):
        places[index] = "tail" if places.get(index + 1) == "tail" else places[index]
    for index in places:
        if places.get(index - 1) == "head" and places[index] == "body":
            places[index] = "head"
    for index, place in places.items():
        shape = where.shapes[index]
        topics = tuple(t.strip("#,;| ") for t in shape.content.split("#") if t.strip("#,;| "))
        evidence = Evidence()
        evidence.see(0.45 if len(topics) > 1 else 0.3, f"{len(topics)} hashtags and nothing else")
        evidence.see({"head": 0.1, "tail": 0.25, "body": -0.1}[place], f"in the {place}")
        yield evidence.finding(*whole_lines(draft, index, index), fills=(("topics", topics),))


@rule(
    family=Family.CREDITS,
    gate=lead_gate(_TOPICS),
    reason="Blogs and papers list an article's topics below it; the list is a column.",
    changes=[
        (
            "The ferry sails again in May, the board said after its meeting at the quay.\n\nTags: harbour, ferry",
            "The ferry sails again in May, the board said after its meeting at the quay.",
        ),
        (
            "The ferry sails again in May, the board said after its meeting at the quay.\n\nTopics Ports & Harbours)",
            "The ferry sails again in May, the board said after its meeting at the quay.",
        ),
    ],
    leaves=[
        "The board met.\n\nTopics ranged from silt to seagulls, and the clerk wrote them all down for the next day.",
        "The board met.\n\nTags on the new lifebuoys say who gave the money for them",
        "Categories of boats: those that float and those that do not, as the harbour master likes to say to visitors.",
    ],
    defect=Defect.TOPIC_FOOTER,
    order=32,
)
def topic_line(draft: Draft) -> Iterator[Finding]:
    """Take out lines that list topics, at the head or the tail."""
    where = layout(draft)
    for index, shape in enumerate(where.shapes):
        content = shape.content
        if len(content) > _WIDEST:
            continue
        split = labelled(content)
        evidence = Evidence()
        if split and split[0] in _TOPICS:
            label, value = split
            evidence.see(0.35, f"label {label!r} with a colon")
        elif bare := _bare(content):
            label, value = bare
            evidence.see(0.2 if label in _PROSE else 0.3, f"label {label!r}")
        else:
            continue
        if not value and label in _LINKS:
            continue  # links stand below it, and go with it
        topics = [t for piece in _SEPARATOR.split(value) if (t := piece.strip(_BOUNDS))]
        place = edge(where, index)
        evidence.see({"head": 0.1, "tail": 0.3, "body": -0.1}[place], f"in the {place}")
        if not topics:
            evidence.see(0.0 if value or split else -0.2, "no topic")
        else:
            _look(evidence, value, topics)
        start, end = whole_lines(draft, index, index)
        yield evidence.finding(start, end, fills=(("topics", tuple(topics) if _apart(topics) else ()),))


def _look(evidence: Evidence, value: str, topics: list[str]) -> None:
    """Weigh how much the value looks like a list of topics."""
    words = [len(t.split()) for t in topics]
    if value.count("(") != value.count(")"):
        evidence.see(0.1, "a stray bracket")
    if len(topics) > 1 and max(words) <= 5:
        evidence.see(0.25, f"{len(topics)} short items")
    elif all(named(t, 6) for t in topics):
        evidence.see(0.15, "names")
    if max(words) > 8 and not named(value, 40):
        evidence.see(-0.1 if value[:1].isupper() and _RUN.fullmatch(value) else -0.4, "long items")
    if value.rstrip().endswith((".", "!", "?", "。")) and max(words) > 3:
        evidence.see(-0.4, "ends like a sentence")
    elif value[:1].islower() and len(topics) == 1 and words[0] > 2:
        evidence.see(-0.4, "goes on like a sentence")


def _apart(topics: list[str]) -> bool:
    """Say whether the items are topics; a run of many words has lost its separators and tells them no more."""
    return all(len(t.split()) <= 6 for t in topics)


def _bare(content: str) -> tuple[str, str] | None:
    """Split a line into one of the labels that do without a colon, and the rest."""
    head = fold(content[: _LONGEST + 1]).lstrip(" /|#•·-–—")
    for label in _BARE:
        if head.startswith(label) and not head[len(label) : len(label) + 1].isalnum():
            at = fold(content).find(label) + len(label)
            value = content[at:].strip()
            return (label, value) if not value[:1].islower() or "," in value else None
    return None
