"""What stands where a picture was: `Image caption, The quay at dawn`, `Image source, Getty Images`, `File photo`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.lines import layout
from cleanse.phrases import fold, vocabulary
from cleanse.rule import Family, rule
from cleanse.rules.credits.credit_lines import Evidence, edge, lead_gate, named, whole_lines
from cleanse.wording import Leads

_CAPTIONS = vocabulary("credits_captions")
_CAPTION = Leads(_CAPTIONS["caption"])
_SOURCE = Leads(_CAPTIONS["source"])
_ILLUSTRATIVE = frozenset(phrase.strip(".") for phrase in _CAPTIONS["illustrative"])
_SEPARATOR = re.compile(r"\s*[,،，、:：]")
_COMMA = re.compile(r"\s*[,،，、]")  # behind a colon any name is a credit: other rules fill their columns
_EDGES = " .()[]（）【】*-–—/|"
_WIDEST = 400  # code points of a caption
_WORDS = 8  # of whose a picture is
_TAKEN = re.compile(r"[\u3400-\u9fff·]{2,8}\s?(?:摄|攝|摄影|攝影)$")


@rule(
    family=Family.CREDITS,
    gate=lead_gate((*_CAPTIONS["caption"], *_CAPTIONS["source"], *_CAPTIONS["illustrative"]))
    | r"(?m)[摄攝影][^\pL\pN\n]*$",
    reason="Broadcasters name caption and owner of a picture on lines of their own; agencies say that it is old.",
    changes=[
        (
            "The ferry sails again, the board said on Monday, two days after the storm had torn its mooring away.\n\n"
            "Image source, Getty Images\n\nImage caption, The ferry at the customs quay\n\nNobody was hurt.",
            "The ferry sails again, the board said on Monday, two days after the storm had torn its mooring away."
            "\n\nNobody was hurt.",
        ),
        ("Bandari imefunguliwa tena.\nMaelezo ya picha, Bandari ya Port Ellery", "Bandari imefunguliwa tena."),
        ("Die Fähre fährt wieder.\nSymbolbild\nEr blieb heil.", "Die Fähre fährt wieder.\nEr blieb heil."),
    ],
    leaves=[
        "Crédito, dizia o avô, é coisa de quem não tem, e ele nunca teve nem quis ter nada dele no porto.",
        "Kaynak, dağın eteğindedir ve suyu buz gibidir; köylüler oraya her sabah iner.",
        "The file was thin.\nIllustration\nby hand took her years.",
    ],
    defect=Defect.CAPTION,
    order=18,
)  # fmt: skip
def picture_place(draft: Draft) -> Iterator[Finding]:
    """Take out lines that begin with a broadcaster's words for captions and sources, or say that a picture is old."""
    where = layout(draft)
    below = ""  # the line under it that stays: of a column of them each has the same one
    for index, shape in reversed(list(enumerate(where.shapes))):
        content = shape.content
        if len(content) > _WIDEST or shape.item:
            below = content
            continue
        folded, evidence = fold(content), Evidence()
        caption, source = _CAPTION.find(folded), _SOURCE.find(folded)
        rest = content[len(caption or source or "") :]
        if caption and _SEPARATOR.match(rest) and rest.strip(" ,،，、:："):
            evidence.see(0.8, f"begins with {caption!r} and a comma")
        elif source and _COMMA.match(rest) and named(rest.strip(" ,،，、:："), _WORDS):
            evidence.see(0.7, f"begins with {source!r} and a comma")
        elif folded.strip(_EDGES) in _ILLUSTRATIVE and len(where.shapes) > 1:
            goes_on = below[:1].islower()
            evidence.see(0.2 if goes_on else 0.55, "says what kind of picture it is")
        elif shape.width <= 240 and _TAKEN.search(content.rstrip(" 。.)）")) and edge(where, index) != "head":
            evidence.see(0.6, "ends with who took the picture")
        if evidence.seen:
            yield evidence.finding(*whole_lines(draft, index, index))
        if evidence.score < 0.5:
            below = content
