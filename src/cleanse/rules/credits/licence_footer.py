"""Notices on the use of a site's texts, under headings of their own at the end of the article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.gate import begins
from cleanse.heads import Then
from cleanse.lines import Shape, layout
from cleanse.phrases import fold, vocabulary
from cleanse.rule import Family, rule
from cleanse.rules.credits.credit_lines import Evidence, whole_lines
from cleanse.rules.credits.licence import licence
from cleanse.wording import Wording

_RIGHTS = vocabulary("credits_rights")
_NOTICE = frozenset(_RIGHTS["notice"])
_USE = Wording(_RIGHTS["use"])

_LINES = 16  # of the longest notice
_BRACKETED = 2500  # code points of a notice under bracketed headings
_PLAIN = 500  # and under plain ones, which a section of the story may have too
_HEADING = re.compile(r"[\W_]*([^\W_].{0,50}?)[\s\W]*")
_MARKS = ("【", "[", "■", "◆", "●", "<", "〈", "《", "▼", "#", "*", "©")


@rule(
    family=Family.CREDITS,
    gate=begins(_NOTICE, Then.NO_LETTER),  # a heading that is no exact one needs an exact one below it
    reason="Sites close their articles with headed notices on linking, images and reprints.",
    changes=[
        (
            "The harbour is open again, two days after the storm, the board said on Monday at the quay.\n\n"
            "【About Using Articles】\n\nYou may quote this article freely if you link to it.\n※ No images.\n\n"
            "【About Links】\n\nLinks to any page are welcome.",
            "The harbour is open again, two days after the storm, the board said on Monday at the quay.",
        ),
    ],
    leaves=[
        "【变化一】\n渡轮将于五月恢复航行，每日两班，居民可在码头购票，孩童免费，长者半价，港务局表示。",
        "Copyright\nThe judge held that a chart of the harbour belongs to the man who drew it, and not to the board "
        "that paid him. His heirs had waited for this since the war, for the chart hangs in every inn of the coast.",
    ],
    defect=Defect.LICENCE_FOOTER,
    order=20,
)
def licence_footer(draft: Draft) -> Iterator[Finding]:
    """Take out headed notices that reach to the end of the text; what they say fills ``rights``."""
    shapes = layout(draft).shapes
    end, scores, notices = len(shapes), list[float](), list[str]()
    seen = ""
    # One above the other, where a page was put together of several: one by one they would outlast the rounds.
    while block := _block(shapes, end):
        index, said, evidence = block
        if scores and evidence.score < 0.5:
            break
        end, seen = index, ", ".join(evidence.seen)
        scores.append(evidence.score)
        notices.insert(0, said)
    if scores:
        said = " ".join(dict.fromkeys(notices))
        fills = tuple(
            (name, value) for name, value in (("rights", said), ("licence", licence(said))) if value
        )
        score = round(min(1.0, max(0.0, *scores)), 3)
        yield Finding(*whole_lines(draft, end, len(shapes) - 1), "", score, seen, fills=fills)


def _block(shapes: Sequence[Shape], end: int) -> tuple[int, str, Evidence] | None:
    """Give the headed notices that reach down to line ``end``: their first line, what they say, how sure that is."""
    first = max(0, end - _LINES)
    for index in range(first, end):
        exact = [s for s in shapes[index:end] if _heading(s)]
        if not exact or not (_heading(shapes[index]) or _bracketed(shapes[index])):
            continue
        lines = [s for s in shapes[index:end] if not (_heading(s) or _bracketed(s))]
        said = " ".join(s.content for s in lines)
        marked = shapes[index].content.startswith(_MARKS)
        if not lines or len(said) > (_BRACKETED if marked else _PLAIN):
            continue
        share = sum(_USE.search(fold(s.content)) is not None for s in lines) / len(lines)
        evidence = Evidence()
        evidence.see(0.25, f"heading {shapes[index].content!r}")
        evidence.see(0.15 if marked else 0.0, "in brackets" if marked else "plain")
        evidence.see(0.4 * share, f"words of use in {share:.0%} of the lines below")
        if not marked and any(s.prose for s in lines):
            evidence.see(-0.3, "prose below")
        return index, said, evidence
    return None


def _heading(shape: Shape) -> bool:
    match = _HEADING.fullmatch(shape.content) if len(shape.content) <= 60 else None
    return match is not None and fold(match[1]) in _NOTICE


def _bracketed(shape: Shape) -> bool:
    """Other words in lenticular brackets are a heading of notices if they speak of use: 【Quoting our articles】."""
    text = shape.content
    return (
        len(text) <= 60
        and text.startswith("【")
        and text.endswith("】")
        and _USE.search(fold(text)) is not None
    )
