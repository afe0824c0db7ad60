"""Notes on who wrote a story: `Jane Doe is a reporter at the Gazette. She covers ...`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.gate import PatternSet
from cleanse.lines import Layout, Shape, layout
from cleanse.phrases import any_of, fold, gate, vocabulary
from cleanse.rule import Family, rule
from cleanse.rules.boilerplate.marks import SURE, Mark, marks
from cleanse.rules.boilerplate.removal import findings, gate_of, take_out

_USES = vocabulary("boilerplate_author_bio")
_NAME = re.compile(
    r"[*•\-–—\s]*(?:(?:Dr|Prof|Mr|Ms|Mrs)\.? )?"
    r"([^\W\d_][\w.'’-]*(?: (?:[^\W\d_][\w.'’-]*|“[^”]{1,20}”)){1,4}?(?:(?:,| and| et| und| y| e)[^.]{3,110}?)??)"
    r"(?=" + any_of(_USES["is"]) + ")"
)
_TRADE = re.compile(
    r"(?<!\w)(?:" + "|".join(re.escape(p) for p in sorted(_USES["trade"], key=len, reverse=True)) + r")(?!\w)"
)
_TRADE_SOMEWHERE = PatternSet([(0, gate(_USES["trade"]))])
_SPEECH = re.compile(rf"(?<!\w)(?:{any_of(_USES['speech'])})(?!\w)|[“”„«»\"]")
_GOES_ON = re.compile("|".join(re.escape(p) for p in sorted(_USES["goes_on"], key=len, reverse=True)))
_WIDTH = 900  # notes on an author run to a paragraph, no more
_LAST = 4  # how many lines from the end such a note may stand
_MOST = 12  # writers of a story; a page of more is about them
_NEAR = 200  # code points in which name, verb and trade stand
STORY = (
    "The ferry ran late all week, the harbour master said, because the northern channel has silted up again. "
    "Nobody at the board would say when the dredger comes, and the captains have stopped asking."
)


@rule(
    family=Family.BOILERPLATE,
    gate=gate(_USES["trade"]) | gate_of("author_bio"),
    reason="A few lines on the author stand below a story, set off by their place and by italics that text has lost.",
    changes=[
        (f"{STORY}\n\nAbout the author\nJane Doe is a reporter at the Gazette. She covers ferries.", STORY),
        (f"{STORY}\n*Max Muster is a freelance writer based in Almadra.", STORY),
    ],
    leaves=[
        "About the author of the letter nothing is known but his hand.",
        "Jane Doe is a reporter at the Harbour Gazette, and the heroine of the novel.",
        f"Maria Roe is a writer and lives by the sea.\n{STORY}",
        f"Maria Roe came back in May. {STORY}\nRoe is a writer now, and lives where the ferry ends.",
    ],
    defect=Defect.AUTHOR_BIO,
    order=58,
)
def author_bio(draft: Draft) -> Iterator[Finding]:
    """Take out notes on the author at a story's end, with the label above them."""
    yield from take_out(draft, _marks(draft))
    yield from findings(draft, "author_bio")


def _marks(draft: Draft) -> Iterator[Mark]:
    found = layout(draft)
    last = len(found.shapes) - 1
    labelled = {mark.first: mark for mark in marks(draft).of("author_bio")}
    bios: list[Mark] = []
    label = None
    others = wide = 0  # lines below that are no bios, and the width of all lines below
    for index in range(last, -1, -1):
        shape = found.shapes[index]
        wide += shape.width
        if others > _LAST or len(bios) > _MOST:
            break
        if index in labelled and wide <= _WIDTH and found.last_prose >= 0:
            label = index
        score, evidence = _weigh(found, index, shape, last=not others)
        is_bio = score and (index or shape.content.startswith("*"))
        if is_bio:
            bios.append(Mark("author_bio", index, index, score, evidence))
        others += not (is_bio and score >= SURE)
    if len(bios) > _MOST:
        return  # the people of a paper, not the writer of a story
    if label is not None:
        evidence = f"{labelled[label].evidence}; {last - label} lines below, to the end"
        yield Mark("author_bio", label, last, 0.7, evidence)
    yield from (bio for bio in bios if label is None or bio.first < label)


def _weigh(found: Layout, index: int, shape: Shape, *, last: bool) -> tuple[float, str]:
    text = shape.content
    name = _NAME.match(text[:_NEAR]) if shape.width <= _WIDTH else None
    if name is None or not all(w[0].isupper() for w in name.group(1).split()[:2]):
        return 0.0, ""
    if not _TRADE_SOMEWHERE.possible(text):
        return 0.0, ""
    folded = fold(text)
    trade = _TRADE.search(folded[: name.end() + _NEAR])
    if trade is None:
        return 0.0, ""
    score, seen = 0.25, [f'"{name.group(1)} ... {trade.group()}"']
    if len(set(_TRADE.findall(folded[: name.end() + _NEAR]))) > 1:
        score += 0.1
        seen.append("more than one trade")
    more = set(_GOES_ON.findall(folded))
    if more:
        score += min(0.2, 0.1 * len(more))
        seen.append("and what such notes say: " + ", ".join(sorted(more)[:3]))
    if last:
        score += 0.1
        seen.append("last line")
    if text[0] in "*–—•":
        score += 0.15
        seen.append("set off by a sign")
    if _SPEECH.search(folded):
        score -= 0.3
        seen.append("but somebody speaks")
    surname = name.group(1).split(",")[0].split()[-1]
    if any(surname in s.content for s in found.shapes[: max(0, index - 1)] if s.prose):
        score -= 0.3
        seen.append("but the story names them")
    else:
        score += 0.1
        seen.append("a name new to the story")
    return max(0.0, round(score, 3)), "; ".join(seen)
