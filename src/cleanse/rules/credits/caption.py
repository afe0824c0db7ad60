"""Captions: lines that end in the picture's credit, and a name alone between title and first paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.gate import Gate
from cleanse.lines import Layout, Shape, layout
from cleanse.phrases import fold, gate, vocabulary
from cleanse.rule import Family, rule
from cleanse.rules.credits.credit_lines import Evidence, label_gate, labelled, named, whole_lines
from cleanse.rules.credits.picture_credits import PHOTO, SLASHED_GATE, slashed, weigh
from cleanse.wording import sentences

_LABELS = vocabulary("credits_labels")
_CAPTION = frozenset(_LABELS["caption"])
_PROVIDED = _LABELS["provided"]
_ONLY = 15  # words of an only paragraph that is no caption
_CAPTION_WORDS = 75  # of a caption that ends in a credit
_BRACKET = re.compile(
    r"[(\[（【]([^()\[\]（）【】]{2,160}(?:\([^()]{0,40}\))?[^()\[\]（）【】]{0,60})[)\]）】][\s.]*$"
)
_CLOSED = re.compile(r"[)\]）】][\s.]*$")
_INLINE = re.compile(
    r"(?:[.!?…\"”’)]\s*|\s[-–—/|]{1,2}\s?|[—|/]{1,2}\s?|\s{2,})([^\W\d_][^.:：!?\n]{1,28}?[:：]\s?[^:：\n]{2,120})$"
)
_CREDIT = re.compile(r"\s((?:[Ii]mage |[Pp]hoto )?Credit: [^:\n]{2,80})$")  # no mark stands before it
_BRACKET_LABEL = re.compile(r"[(\[（【]\s?([^\W\d_][^()\[\]（）【】\n]{0,24}?)\s?[)\]）】]\s*")
_DATED = re.compile(r"(?:\b(?:19|20)\d\d|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4})[.,]?\s*[(\[（【]")
_SIGNED = re.compile(r"[A-Za-zÄÖÜäöü]{2,8}(?:\s?[/,]\s?[A-Za-zÄÖÜäöü]{2,8})*\s?/\s?[a-zäöü]{1,4}")
_FILE = re.compile(r"FILE(?: PHOTO)?\s?[-–—:]\s?\S")
_WORD = re.compile(r"[^\W\d_]+(?:[-.][^\W\d_]+)*")
_NAME = r"[^\W\d_][\w.\-]*(?: [^\W\d_][\w.\-]*){1,3}"
_NAME_LINE = re.compile(_NAME)
_SIGN = re.compile(r"[:：/(（\[【]|FILE")  # a label has one, and a credit
_NAME_SECOND = re.compile(rf"\s*+[^\n]++\n\s*+{_NAME}\s*\n")


def _names_someone(text: str) -> bool:
    """The second line is a name."""
    return _NAME_SECOND.match(text) is not None


@rule(
    family=Family.CREDITS,
    gate=Gate(probe=_names_someone),
    reason="A portrait above the story leaves its caption behind: the name of whom it shows.",
    changes=[
        (
            "Harbour master Edwina Marsh moves the tide gauge\n\nEdwina Marsh\n\nHarbour master Edwina Marsh will "
            "move the tide gauge of Port Ellery to the inner basin in May, she told the board on Monday at the customs "
            "quay.",
            "Harbour master Edwina Marsh will move the tide gauge of Port Ellery to the inner basin in May, she told "
            "the board on Monday at the customs quay.",
        ),
    ],
    leaves=[
        "The tide gauge moves in May\n\nA new place\n\nThe tide gauge of Port Ellery will move to the inner basin in "
        "May, the board said on Monday at the customs quay, and the fishermen will have to learn it anew.",
    ],
    defect=Defect.CAPTION,
    order=40,
)
def name_caption(draft: Draft) -> Iterator[Finding]:
    """Take out a second line that is a name from the title, if a paragraph stands below it."""
    shapes = layout(draft).shapes
    if len(shapes) < 3:
        return
    title, line, paragraph = shapes[:3]
    if title.prose or title.ended or not line.apart or line.width > 40 or not paragraph.prose:
        return
    if not _NAME_LINE.fullmatch(line.content):
        return
    words = line.content.split(" ")
    if not all(w[0].isupper() for w in words) or line.content.isupper():
        return
    evidence = Evidence()
    evidence.see(0.3, "a short line between title and first paragraph")
    in_title = frozenset(_WORD.findall(title.content))
    in_paragraph = frozenset(_WORD.findall(paragraph.content[:400]))
    if all(w in in_title for w in words) and len(words) < len(in_title):
        evidence.see(0.3, "a name from the title")
    if all(w in in_paragraph for w in words):
        evidence.see(0.2, "a name from the paragraph")
    start, end = whole_lines(draft, 1, 1)
    yield evidence.finding(start, end)


@rule(
    family=Family.CREDITS,
    gate=label_gate(_CAPTION)
    | r"\sCredit: "
    | r"(?m)[)\]）】][^\pL\pN\n]*$|^[^\pL\pN\n]*FILE"
    | gate(PHOTO, before=r"[^\pL\pN\n][\pZ\t]*", after=r"[\pZ\t]*[:：]")
    | gate(PHOTO, before=r"^[\pZ\t]*[(\[（【][\pZ\t]?")
    | SLASHED_GATE,
    reason="Captions stand between the paragraphs of a story once their pictures are gone; they end in a credit.",
    changes=[
        (
            "The ferry sails again, the board said on Monday, two days after the storm had torn its mooring away.\n\n"
            "The ferry at the customs quay. (AP Photo/Ann Lee)\n\n"
            "Nobody was hurt, and the boats in the inner basin came through without a scratch.",
            "The ferry sails again, the board said on Monday, two days after the storm had torn its mooring away.\n\n"
            "Nobody was hurt, and the boats in the inner basin came through without a scratch.",
        ),
    ],
    leaves=[
        "The ferry sails again (the board has yet to name the day)\nNobody was hurt.",
        "They asked for Credit: the board gave none.",
        "She showed me three things: a rope, a lamp and a photo: the ferry at the quay in 1931.",
    ],
    defect=Defect.CAPTION,
    order=17,
)
def credited_caption(draft: Draft) -> Iterator[Finding]:
    """Take out lines that are a caption: they begin with its label or end with the picture's credit."""
    where = layout(draft)
    for index, shape in enumerate(where.shapes):
        content = shape.content
        if len(content) > 900 or shape.item or not _SIGN.search(content):
            continue
        evidence = Evidence()
        _beginning(evidence, content, first=index == 0)
        _ending(evidence, shape)
        if not evidence.seen or shape.words > _CAPTION_WORDS:  # to count words costs more than all else
            continue
        if shape.words > 50:
            evidence.see(-0.1, "long for a caption")
        credit = _BRACKET.search(content) if shape.words > _ONLY else None
        if credit and _only_story(where, index, content[: credit.start()]):
            end = shape.line.start + len(draft.text[shape.line.start : shape.line.end].rstrip())
            start = end - len(content) + len(content[: credit.start()].rstrip())
            yield evidence.finding(start, end, defect=Defect.CREDIT)
            continue
        start, end = whole_lines(draft, index, index)
        yield evidence.finding(start, end)


def _only_story(where: Layout, index: int, said: str) -> bool:
    """Say whether a line is a paragraph and no other line is: then it is the story, with a credit behind it."""
    others = (shape for n, shape in enumerate(where.shapes) if n != index)
    return said.rstrip().endswith((".", "!", "?", "।", "。")) and not any(shape.prose for shape in others)


def _beginning(evidence: Evidence, content: str, *, first: bool) -> None:
    """Weigh the label in front; a bracketed one on the first line is part of a title: `[Photos] Storm at sea`."""
    split = labelled(content)
    if split and split[0] in _CAPTION and split[1]:
        evidence.see(0.5, f"label {split[0]!r}")
    begun = None if first else _BRACKET_LABEL.match(content)
    if begun and fold(begun[1]) in PHOTO and len(content) > begun.end():
        evidence.see(0.55, f"begins with {begun[0]!r}")
    if _FILE.match(content) and len(content) > 30:
        evidence.see(0.55, "begins with FILE")


def _ending(evidence: Evidence, shape: Shape) -> None:
    """Weigh the credit behind: in a bracket, with a label, or with an agency as the last sentence."""
    content = shape.content
    if _CLOSED.search(content[-12:]) and (match := _BRACKET.search(content)):
        inside = weigh(match[1])
        if _SIGNED.fullmatch(match[1].strip()):
            return  # `(dpa/hg)`: the agency and who edited its story
        names = match[1].split("/")
        if len(names) == 2 and all(named(name, 5) for name in names) and _DATED.search(content):
            evidence.see(0.55, "ends with a date and two names in a bracket")
        elif inside.score >= 0.5:
            evidence.see(inside.score, f"ends with a bracketed credit: {', '.join(inside.seen)}")
        elif _provided(match[1]):
            evidence.see(0.45, "ends with who provided the picture")
        return
    last = ""
    if "redit: " in content and not shape.ended and (match := _CREDIT.search(content)):
        last = match[1]
    elif (":" in content or "：" in content) and (match := _INLINE.search(content)):
        split = labelled(match[1])
        last = match[1] if split and split[0] in PHOTO else ""
    elif "/" in content and shape.words <= 45 and len(bounds := list(sentences(content))) > 1:
        said = content[slice(*bounds[-1])]
        last = said if slashed(said) else ""
    if last and (inside := weigh(last)).score >= 0.5:
        evidence.see(inside.score, f"ends with a credit: {', '.join(inside.seen)}")


def _provided(inside: str) -> bool:
    folded = fold(inside).strip()
    return len(inside) <= 24 and not folded.isascii() and folded.endswith(_PROVIDED)
