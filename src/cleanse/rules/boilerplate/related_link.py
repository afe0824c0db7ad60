"""Links to other stories: `READ MORE: ...`, `Lue myös:`, and lists of titles under `Most popular`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.lines import layout
from cleanse.rule import Family, rule
from cleanse.rules.boilerplate.marks import Mark
from cleanse.rules.boilerplate.removal import findings, gate_of, take_out

_CUT = re.compile(r"[^.\s]\.\.(?: ?\([\d/: .-]+\))?$")  # three dots are a writer's, two a program's
STORY = "The harbour board agreed on Monday to dredge the northern channel before winter, its chair told the council."


@rule(
    family=Family.BOILERPLATE,
    gate=gate_of("related_link") | r"[^.]\.\.(?:[^.]|$)",
    reason="Sites put links to other stories between and below the paragraphs; extractors keep their text.",
    changes=[
        (f"{STORY}\nREAD MORE: Ferry company to add a second boat\n{STORY}", f"{STORY}\n{STORY}"),
        (f"{STORY}\n\nSEE ALSO: She left. Nobody knows why.\n\n{STORY}", f"{STORY}\n\n{STORY}"),
        (f"{STORY}\n\nLue myös:\n\n{STORY}", f"{STORY}\n\n{STORY}"),
        (f"{STORY}\n\n(Leggi anche su: Il porto riapre a maggio)", STORY),
        (f"{STORY}\n- Ferry line orders two boa..\n- [20:07] 01-12\n- Keeper of the lighth..", STORY),
        (f"{STORY}\n【関連記事】 港の工事が来月から始まる", STORY),
    ],
    leaves=[
        "Read more books, said the minister.",
        "Related to this is the question of who pays for the pier, which nobody at the meeting wanted to answer.",
        "More on this is known since the archive opened: the mayor had paid for the bridge out of his own pocket.",
        "You may also like it hot, the waiter said, and brought the chillies.",
    ],
    defect=Defect.RELATED_LINK,
    order=60,
)
def related_link(draft: Draft) -> Iterator[Finding]:
    """Take out lines that link to other stories, and the titles below such a label."""
    yield from take_out(draft, _cut_titles(draft))
    yield from findings(draft, "related_link")


def _cut_titles(draft: Draft) -> Iterator[Mark]:
    """Give a list below the story in which titles are cut short by two dots, as only programs do."""
    found = layout(draft)
    first, last = found.last_prose + 1, len(found.shapes) - 1
    if not 0 < first <= last:
        return
    cut = [i for i in range(first, last + 1) if _CUT.search(found.shapes[i].content)]
    if len(cut) >= 2 and all(found.shapes[i].item for i in range(cut[0], cut[-1] + 1)):
        yield Mark(
            "related_link", cut[0], cut[-1], 0.6, f"{len(cut)} titles cut short by two dots, below the story"
        )
