"""Links to other stories: `READ MORE: ...`, `Lue myös:`, and lists of titles under `Most popular`."""

from __future__ import annotations

from collections.abc import Iterator

from cleanse.boilerplate import findings, gate_of
from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule

STORY = "The harbour board agreed on Monday to dredge the northern channel before winter, its chair told the council."


@rule(
    family=Family.BOILERPLATE,
    gate=gate_of("related_link"),
    reason="Sites put links to other stories between and below the paragraphs; extractors keep their text.",
    changes=[
        (f"{STORY}\nREAD MORE: Ferry company to add a second boat\n{STORY}", f"{STORY}\n{STORY}"),
        (f"{STORY}\n\nLue myös:\n\n{STORY}", f"{STORY}\n\n{STORY}"),
        (f"{STORY}\n\n(Leggi anche su: Il porto riapre a maggio)", STORY),
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
    return findings(draft, "related_link")
