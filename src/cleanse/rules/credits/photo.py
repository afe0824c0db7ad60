"""Credits of pictures, and the captions that stand above them: `Foto: Jana Vogt / dpa`, `Ann Lee/Getty Images`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.gate import LineGate
from cleanse.lines import Layout, Shape, layout
from cleanse.phrases import fold, vocabulary
from cleanse.rule import Family, rule
from cleanse.rules.credits.credit_lines import Evidence, labelled, whole_lines
from cleanse.rules.credits.picture_credits import LINE_GATE, PHOTO, WIDEST, weigh
from cleanse.wording import Wording

_SOURCES = 700  # code points of a list of credits behind a label in the plural
_SPEECH = re.compile('^[-–—]|[“„«"”»]')
_SHOUT = re.compile(r"[^\W\d_a-z]{4,24}:\s")
_PICTURED = Wording(vocabulary("credits_labels")["pictured"])
_NAMED = re.compile(r"(?<=\s)[^\W\d_a-z][^\W_]+|\d+")
_LINES = LineGate(LINE_GATE)


@rule(
    family=Family.CREDITS,
    gate=LINE_GATE,
    reason="A picture's credit stays behind when the picture goes.",
    changes=[
        (
            "The ferry sails again, the board said on Monday, two days after the storm had torn its mooring away.\n\n"
            "Foto: Jana Vogt / dpa\n\nNobody was hurt, and the boats in the inner basin came through the night.",
            "The ferry sails again, the board said on Monday, two days after the storm had torn its mooring away.\n\n"
            "Nobody was hurt, and the boats in the inner basin came through the night.",
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
        if len(shape.content) > WIDEST and not _plural(shape):
            continue
        if not _LINES.opens(shape.content):
            continue
        evidence = weigh(shape.content)
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
    if (
        between
        and 5 <= shape.words <= 12
        and shape.content.endswith(".")
        and len(_NAMED.findall(shape.content)) > 1
    ):
        evidence.see(0.25, "a short sentence with names between paragraphs")
    return evidence


def _plural(shape: Shape) -> bool:
    split = labelled(shape.content)
    return split is not None and split[0] in PHOTO and split[0].endswith("s")
