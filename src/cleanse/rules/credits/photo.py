"""Credits of pictures, and the captions that end in one: `Foto: Jana Vogt / dpa`, `Ann Lee/Getty Images`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.credit_lines import (
    Evidence,
    agencies,
    is_domain,
    label_gate,
    labelled,
    lead_gate,
    named,
    whole_lines,
)
from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.lines import Layout, Shape, layout
from cleanse.phrases import fold, gate, vocabulary
from cleanse.rule import Family, rule
from cleanse.wording import sentences, wording

_LABELS = vocabulary("credits_labels")
_PHOTO = frozenset(_LABELS["photo"])
_PHOTO_BY = tuple(sorted(_LABELS["photo_by"], key=len, reverse=True))
_CAPTION = frozenset(_LABELS["caption"])
_PROVIDED = _LABELS["provided"]
_AGENCIES = agencies("wire").keys() | agencies("picture").keys()
_PICTURE = agencies("picture").keys()
# Of wire agencies only names that are no ordinary word or initials stand at the end of a name without a slash.
_ALONE = ("getty", "shutterstock", "istock", "alamy", "adobe stock", "ap photo", "afp photo", "epa-efe")
_ENDS = tuple(sorted({*_PICTURE, "afp", "reuters", "ap photo", "associated press"}, key=len, reverse=True))

_STRONG = frozenset({"photo by", "photos by", "photo courtesy of", "photos courtesy of", "photo credit", "image credit"})

_CREDIT = 160  # code points of a credit
_SOURCES = 700  # of a list of credits behind a label in the plural
_CAPTION_WORDS = 75  # of a caption that ends in a credit
_BRACKET = re.compile(
    r"[(\[（【]([^()\[\]（）【】]{2,160}(?:\([^()]{0,40}\))?[^()\[\]（）【】]{0,60})[)\]）】][\s.]*$"
)
_INLINE = re.compile(
    r"(?:[.!?…\"”’)]\s*|\s[-–—/|]{1,2}\s?|[—|/]{1,2}\s?|\s{2,})([^\W\d_][^.:：!?\n]{1,28}?[:：]\s?[^:：\n]{2,120})$"
)
_SPLIT = re.compile(r"\s*(?:[/|,;·•]|©|\svia\s|\s[-–—]\s|\sfor\s)\s*", re.IGNORECASE)
_SLASHED = re.compile(rf"/\s?(?:[^/]{{0,30}})?(?:{'|'.join(map(re.escape, _ENDS))})")
_SPEECH = re.compile("^[-–—]|[“„«\"”»]")
_SHOUT = re.compile(r"[^\W\d_a-z]{4,24}:\s")
_FILE = re.compile(r"FILE(?: PHOTO)?\s?[-–—:]\s?\S")
_PICTURED = wording(_LABELS["pictured"])
_NAMED = re.compile(r"(?<=\s)[^\W\d_a-z][^\W_]+|\d+")
_HIDE = re.compile(r"\s*(?:hide caption|toggle caption|enlarge this image|view gallery)\s*$", re.IGNORECASE)
_WORD = re.compile(r"\w+")


def _credit(text: str) -> Evidence:
    """Weigh whether ``text``, a line or what a bracket holds, credits a picture and says nothing else."""
    evidence = Evidence()
    text = _HIDE.sub("", text.strip(" \t\xa0()[]（）【】*|"))
    folded = fold(text)
    split = labelled(text)
    by = next(
        (p for p in _PHOTO_BY if folded.startswith(p) and not folded[len(p) : len(p) + 1].isalnum()), None
    )
    if split and split[0] in _PHOTO:
        evidence.see(0.35, f"label {split[0]!r}")
        _value(evidence, split[1], split[0])
    elif by and len(folded) > len(by) + 1:
        evidence.see(0.35, f"begins with {by!r}")
        _value(evidence, text[len(by) :].strip(" :="), by)
    else:
        _value(evidence, text, "")
    return evidence


def _value(evidence: Evidence, value: str, label: str) -> None:
    if not value:
        evidence.see(-0.2, "no name")
        return
    parts = [p for p in _SPLIT.split(value.strip(" .")) if p]
    folded = [fold(p) for p in parts]
    known = [p for p in folded if p in _AGENCIES or p.startswith(("ap photo", "afp photo", "getty images"))]
    short = all(named(p, 6) or is_domain(p) or p.startswith("@") or fold(p) in _AGENCIES for p in parts)
    if known and (short or all(named(p, 6) or len(p.split()) == 1 or fold(p) in _AGENCIES for p in parts)) and (len(parts) > 1 or label or known[0].startswith(_ALONE)):
        evidence.see(0.55, f"the agency {known[0]!r}")
    elif short and " " in value and fold(value).rstrip(" .").endswith(_ENDS) and named(value, 9):
        evidence.see(0.5, "ends with an agency")
    elif label and short and len(parts) <= 8 and len(_WORD.findall(value)) <= 14:
        evidence.see(0.3, "names")
    elif label.endswith("s") and len(parts) > 4 and max(map(len, parts)) < 120:
        evidence.see(0.2, "a list")
    elif label in _STRONG and value[:1].isupper() and len(_WORD.findall(value)) <= 60:
        evidence.see(0.2, "a phrase that begins no sentence")
    elif len(_WORD.findall(value)) > 14:
        evidence.see(-0.3, "more than names")
    if value.startswith(("©", "@", "/")) or "©" in value:
        evidence.see(0.15, "a sign")


@rule(
    family=Family.CREDITS,
    gate=label_gate(_PHOTO)
    + "|"
    + lead_gate(_PHOTO_BY)
    + "|"
    + gate(_AGENCIES, after=r"[^\pL\pN\n]*(?:hide caption|toggle caption)?\s*$"),
    reason="A picture's credit stays behind when the picture goes.",
    changes=[
        (
            "The ferry sails again, the board said on Monday, two days after the storm had torn its mooring away.\n\n"
            "Foto: Jana Vogt / dpa\n\nNobody was hurt, and the boats in the inner basin came through without a scratch.",
            "The ferry sails again, the board said on Monday, two days after the storm had torn its mooring away.\n\n"
            "Nobody was hurt, and the boats in the inner basin came through without a scratch.",
        ),
        (
            "The ferry sails again.\nAnn Lee/Getty Images\nNobody was hurt.",
            "The ferry sails again.\nNobody was hurt.",
        ),
    ],
    leaves=[
        "Photo finish\nThe ferry and the pilot boat came in side by side.",
        "Photos show that the breakwater had cracked before the storm, the engineer told the board.",
        "Image: the word comes from Latin, she said, and so does imagination, which is what the harbour lacks.",
        "“Credit: who gave it to you?” asked the harbour master.",
    ],
    defect=Defect.CREDIT,
    order=16,
)
def photo_credit(draft: Draft) -> Iterator[Finding]:
    """Take out lines that credit a picture and say nothing else."""
    where = layout(draft)
    for index, shape in enumerate(where.shapes):
        if len(shape.content) > _SOURCES or shape.item:
            continue
        if len(shape.content) > _CREDIT and not _plural(shape):
            continue
        evidence = _credit(shape.content)
        if evidence.score > 0:
            yield evidence.finding(*whole_lines(draft, index, index))
        if evidence.score >= 0.5 and index and (above := _caption(where, index - 1)).score > 0:
            yield above.finding(*whole_lines(draft, index - 1, index - 1), defect=Defect.CAPTION)


def _caption(where: Layout, index: int) -> Evidence:
    """Weigh whether the line above a credit is the picture's caption.

    Among 320 lines above credits on 421 pages, 15 of 17 sentences of 5 to 12 words between paragraphs were captions;
    of longer ones a third was story, of lines without a full stop half were headings: those need more.
    """
    shape, evidence = where.shapes[index], Evidence()
    if not 3 <= shape.words <= 30 or shape.item or _SPEECH.search(shape.content):
        return evidence
    evidence.see(0.3, "above a credit")
    if _SHOUT.match(shape.content):
        evidence.see(0.4, "a word in capitals leads")
    if _PICTURED.search(fold(shape.content)):
        evidence.see(0.3, "words of captions")
    between = index > 0 and where.shapes[index - 1].prose and where.place(index) == "body"
    if between and 5 <= shape.words <= 12 and shape.content.endswith(".") and len(_NAMED.findall(shape.content)) > 1:
        evidence.see(0.25, "a short sentence with names between paragraphs")
    return evidence


def _plural(shape: Shape) -> bool:
    split = labelled(shape.content)
    return split is not None and split[0] in _PHOTO and split[0].endswith("s")


@rule(
    family=Family.CREDITS,
    gate=r"(?m)[)\]）】][^\pL\pN\n]*$|[.!?…][^\n/]{0,80}/[^\n/]{0,80}$|"
    + gate(_PHOTO, before=r"[^\pL\pN\n]", after=r"[\pZ\t]*[:：]")
    + "|"
    + label_gate(_CAPTION),
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
        "She showed me three things: a rope, a lamp and a photo: the ferry at the quay in 1931.",
    ],
    defect=Defect.CAPTION,
    order=17,
)
def credited_caption(draft: Draft) -> Iterator[Finding]:
    """Take out lines that are a caption: they begin with its label or end with the picture's credit."""
    for index, shape in enumerate(layout(draft).shapes):
        content = shape.content
        if len(content) > 900 or shape.words > _CAPTION_WORDS or shape.item:
            continue
        evidence = Evidence()
        split = labelled(content)
        if split and split[0] in _CAPTION and split[1]:
            evidence.see(0.5, f"label {split[0]!r}")
        if _FILE.match(content) and shape.words > 6:
            evidence.see(0.55, "begins with FILE")
        if match := _BRACKET.search(content):
            inside = _credit(match[1])
            if inside.score >= 0.5:
                evidence.see(inside.score, f"ends with a bracketed credit: {', '.join(inside.seen)}")
            elif _provided(match[1]):
                evidence.see(0.45, "ends with who provided the picture")
        elif match := _INLINE.search(content):
            inside = _credit(match[1])
            if inside.score >= 0.5:
                evidence.see(inside.score, f"ends with a credit: {', '.join(inside.seen)}")
        elif shape.words <= 60 and len(bounds := list(sentences(content))) > 1:
            inside = _credit(content[slice(*bounds[-1])])
            if inside.score >= 0.5 and _SLASHED.search(fold(content[slice(*bounds[-1])])) and shape.words <= 45:
                evidence.see(inside.score, f"ends with a credit: {', '.join(inside.seen)}")
        if not evidence.seen:
            continue
        if shape.words > 50:
            evidence.see(-0.1, "long for a caption")
        start, end = whole_lines(draft, index, index)
        yield evidence.finding(start, end)


def _provided(inside: str) -> bool:
    folded = fold(inside).strip()
    return len(inside) <= 24 and not folded.isascii() and folded.endswith(_PROVIDED)
