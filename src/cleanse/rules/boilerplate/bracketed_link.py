"""Links to other stories in brackets within a paragraph: `... in May. (Lea también: El puerto reabre) The ...`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.lines import width
from cleanse.phrases import vocabulary
from cleanse.rule import Family, rule
from cleanse.rules.boilerplate.openings import openings
from cleanse.rules.boilerplate.wording import headline

_CROSS_REFERENCES = frozenset(vocabulary("boilerplate_related_link")["cross_reference"])
_BRACKET = re.compile(r"[(\[（【]([^()\[\]（）【】\n]{6,200})[)\]）】]")
_TITLE_WIDTH = 15  # shorter ones are chapters and pages
STORY = "The harbour board agreed on Monday to dredge the northern channel before winter."


@rule(
    family=Family.BOILERPLATE,
    gate=r"[(\[（【][^()\[\]（）【】\n:：]*[:：]",
    reason="Papers of the Spanish-speaking world and of Asia set links to other stories in brackets behind a sentence.",
    changes=[
        (f"{STORY} (Lea también: El puerto reabre en mayo) It costs 2 million.", f"{STORY} It costs 2 million."),
        (f"{STORY} [Read more: Who pays for the channel?]\n{STORY}", f"{STORY}\n{STORY}"),
    ],
    leaves=[
        f"{STORY} (See also: Chapter Three of the Report) It will cost 2 million.",
        f"{STORY} (Related: none.) It will cost 2 million.",
        f"{STORY} (Read more slowly: it is worth it) It will cost 2 million.",
    ],
    defect=Defect.RELATED_LINK,
    order=58,
)  # fmt: skip
def bracketed_link(draft: Draft) -> Iterator[Finding]:
    """Take out brackets that hold what says "read also", a colon and a title; "see also" refers to a source as well."""
    text = draft.text
    for match in _BRACKET.finditer(text):
        inside = match[1].strip()
        for opening in openings(inside):
            if opening.kind != "related_link" or opening.use not in ("also", "label"):
                continue
            if opening.sign not in (":", "：") or opening.lead.lower() in _CROSS_REFERENCES:
                continue
            if width(opening.rest) < _TITLE_WIDTH or not headline(opening.rest):
                continue
            score = 0.8 if opening.use == "also" else 0.6 if " " in opening.lead else 0.4
            start, end = match.span()
            if start and text[start - 1] in " \xa0":
                start -= 1
            elif text[end : end + 1] == " ":
                end += 1
            yield Finding(start, end, score=score, evidence=f'"{opening.lead}" and a title in a bracket')
            break
