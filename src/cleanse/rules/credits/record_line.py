"""Lines of the site's own records: `News ID: 482913`, `Short link: https://...`, `本文網址：...`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.lines import layout
from cleanse.phrases import vocabulary
from cleanse.rule import Family, rule
from cleanse.rules.credits.credit_lines import label_gate, labelled, whole_lines

_KEYS = frozenset(vocabulary("credits_labels")["record_line"])
_VALUE = re.compile(r"[#№]?\s?[A-Z]{0,3}[\d/-]{3,20}|(?:https?://|www\.)\S+|(?:[\w-]+\.)+[a-z]{2,6}/\S*")
_WIDEST = 300  # code points of such a line


@rule(
    family=Family.CREDITS,
    gate=label_gate(_KEYS),
    reason="Sites print the number and the short address of a story below it.",
    changes=[
        (
            "The ferry sails again, the board said on Monday, two days after the storm.\nNews ID: 482913",
            "The ferry sails again, the board said on Monday, two days after the storm.",
        ),
        ("شورای شهر طرح بندر را تصویب کرد.\nکد خبر: 482913", "شورای شهر طرح بندر را تصویب کرد."),
    ],
    leaves=[
        "News ID: the reporters wear it on a string.",
        "Short link: no chain is stronger than its weakest.",
    ],
    defect=Defect.METADATA_PREFIX,
    order=31,
)
def record_line(draft: Draft) -> Iterator[Finding]:
    """Take out lines of a label of the site's records with a number or address and nothing else."""
    shapes = layout(draft).shapes
    for index, shape in enumerate(shapes):
        split = labelled(shape.content) if len(shape.content) <= _WIDEST and len(shapes) > 1 else None
        if split and split[0] in _KEYS and _VALUE.fullmatch(split[1]):
            yield Finding(
                *whole_lines(draft, index, index), score=0.7, evidence=f"{split[0]!r} and its value"
            )
