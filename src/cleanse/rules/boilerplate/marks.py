"""What speaks for a line being boilerplate: its phrase, its shape, its place and its neighbours, added up.

No single thing decides. A phrase alone is a look-alike as often as not ("Related to this is ..."), a place alone
would eat a story from its end. Each kind of boilerplate has a vocabulary; :func:`marks` finds the phrases of all
kinds in one pass over the lines and adds the rest of the evidence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cleanse.draft import Draft
from cleanse.lines import HEADLINE_WIDTH, INNER_END, PROSE_WIDTH, Layout, layout, width
from cleanse.phrases import fold
from cleanse.rules.boilerplate.button_runs import SCORE as MENU
from cleanse.rules.boilerplate.button_runs import button_runs
from cleanse.rules.boilerplate.link_lists import FOOTED_WIDTH, LinkLists
from cleanse.rules.boilerplate.openings import UNSPACED, WHOLE, Opening, openings
from cleanse.rules.boilerplate.wording import headline, is_shouted, of_pages, speech, terms

# How far a phrase speaks for boilerplate, by the way it stands in its line. Set by hand; docs/boilerplate.md has what
# they do on web pages, by halves of the sites.
ALONE = 0.55  # the whole line, and words that no story has on a line of their own
BUTTON = 0.35  # the whole line, one word: a button's name, and as often an answer or a heading
BLOCK = 0.5  # the whole line, heads a list of links
HEAD = 0.25  # begins a short line, as "more from" does: heads a list of links if there is one
WEAK = 0.2  # the whole line, and could be a heading
ALSO = 0.4  # "read also": the rest is a link's text
LABEL = 0.2  # a label, a colon, a link's text
PROMPT = (0.35, 0.35, 0.42, 0.5)  # begins the line; by its words, of which four or more leave little doubt
PLACE = 0.1  # stands above the first or below the last paragraph
STORYS = -0.2  # begins like a prompt, ends as a sentence does, and says nothing that pages say
BESIDE = 0.15  # a neighbour looks like furniture, too

SURE = 0.5  # a mark that other lines may lean on
CLEAR = 3  # known lines of a footer to each other line that leave no doubt, even below a short story
FOOTERS = ("comments", "consent", "follow", "newsletter", "promotion", "related_link", "share", "navigation")
TRAIL = "»>›→▶►"  # signs between the steps of a trail of crumbs
LINK_WIDTH = 120  # a trail of crumbs is no longer
NAME_WIDTH = 60  # "more from" and the name of a paper, section or author
LONG_WIDTH = 400  # a paragraph that begins like a prompt and goes on for so long is the story's

# Lines that are furniture by their shape: dates, times, counts, reading times, bylines.
FURNITURE = re.compile(
    r"(?:\W*\d[\d\s.,:/+%-]*\W*|\W*\d+ ?(?:min|mins|minutes?|comments?|shares?|views?|likes?)\b.{0,20}|\W*by .{3,40}"
    r"|(?:updated|published|posted)\b.{0,50}|[^\n]{0,20}\b(?:19|20)\d\d\b.{0,20})\Z",
    re.IGNORECASE,
)
ADDRESS = re.compile(
    r"https?://|www\.|@\w|\w\.(?:com|org|net)\b|#\w|[→»›>]$|[!¡！]|\b(?:here|aqu[ií]|tutaj|здесь|εδώ|buradan|zde|aici)\b"
    "|هنا|اینجا|כאן|यहाँ|यहां|tại đây|di sini|ที่นี่|点击|點擊|こちら|여기",
    re.IGNORECASE,
)
BARS = "\t|·•｜┊"  # signs between the names of a bar of buttons
BAR_GATE = rf"[{BARS}][^\n{BARS}]+[{BARS}]"
_CELL = re.compile(r"\t+|\s*[|·•｜┊]\s*")
_BAR = re.compile(BAR_GATE)
_NAMES = {
    "block": "heads links",
    "block_opens": "heads links",
    "also": "link to read",
    "label": "label",
    "sentence": "prompt",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A line, or a run of lines, that speaks for one kind of boilerplate.

    Attributes:
        kind: The kind.
        first: The first filled line of the run.
        last: The last filled line of the run.
        score: The evidence added up, 0 to 1.
        evidence: What was seen.
    """

    kind: str
    first: int
    last: int
    score: float
    evidence: str


class Marks:
    """All marks of a draft."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.layout: Layout = layout(draft)
        self._lists = LinkLists(draft, self.flagged)
        self.openings = [openings(shape.content) for shape in self.layout.shapes]
        self._begun = {opening.kind for found in self.openings for opening in found}
        self._of: dict[str, list[Mark]] | None = None

    def of(self, kind: str) -> Sequence[Mark]:
        """Give the marks of a kind; there are none of one that no line begins like, but for bars of buttons."""
        if kind not in self._begun and kind != "navigation":
            return ()
        if self._of is None:
            self._of = defaultdict(list)
            self._weigh_all(self._of)
        return self._of.get(kind, ())

    def _weigh_all(self, of: dict[str, list[Mark]]) -> None:
        bars = any(sign in self.draft.text for sign in BARS)
        for index, found in enumerate(self.openings):
            if not (found or bars):
                continue
            best: dict[str, Mark] = {}
            for opening in found:
                mark = self._weigh(index, opening)
                if opening.kind not in best or mark.score > best[opening.kind].score:
                    best[opening.kind] = mark
            if bars:
                self._weigh_bar(index, best)
            for mark in best.values():
                of[mark.kind].append(mark)
        for index, kind in button_runs(self):
            of[kind].append(Mark(kind, index, index, MENU, "one of a run of buttons"))
        self._close_tail(of)

    def flagged(self, index: int) -> bool:
        """Say whether filled line ``index`` looks like page furniture by itself, for its neighbours to lean on."""
        if not 0 <= index < len(self.openings):
            return False
        shape = self.layout.shapes[index]
        if shape.prose and shape.width > 300:
            return False
        return (
            any(o.use != "label" or o.sign for o in self.openings[index])
            or FURNITURE.match(shape.content) is not None
        )

    def beside(self, index: int) -> int:
        """Count the furniture next to filled line ``index``, at most two lines in each direction and two in all."""
        count = 0
        for step in (-1, 1):
            if self.flagged(index + step):
                count += 1 + self.flagged(index + 2 * step)
        return min(2, count)

    def _weigh(self, index: int, opening: Opening) -> Mark:
        shape, place, last = self.layout.shapes[index], self.layout.place(index), index
        score = _weight(opening)
        seen = [f'{_NAMES.get(opening.use, "own line")} "{opening.lead}"']

        def add(weight: float, what: str) -> None:
            nonlocal score
            score += weight
            seen.append(what)

        if place != "body":
            add(PLACE, f"in the {place}")
        beside = self.beside(index)
        if beside:
            add(BESIDE * beside, "beside others like it")
        if opening.use == "block_opens":
            if opening.lead.isupper() and not shape.content.isupper() and not shape.ended:
                add(0.3, "capitals")  # titles run on behind it where the page had a list
            elif opening.sign or shape.ended or shape.width > NAME_WIDTH:
                add(-0.3, "but goes on")
        elif opening.rest:
            self._weigh_rest(index, opening, add)
        elif opening.use == "also":
            add(0.15, "without a link")
        elif opening.sign and (opening.use == "label" or opening.kind == "share"):
            add(0.1, "colon")
        elif opening.kind in ("comments", "share") and any(c.isdigit() for c in opening.lead):
            add(0.25, "with a count")
        if opening.use in ("block", "block_opens") or (opening.use in ("also", "label") and not opening.rest):
            last = self._lists.end(index, opening.use)
            if last - index > 1:
                add(0.2, f"{last - index} titles below")
        if opening.kind == "section_label" and place == "head" and index:
            add(0.2, "between title and story")
        trail = opening.kind == "navigation" and opening.sign in TRAIL
        if index == 0 and opening.rest and len(self.openings) > 1 and opening.use != "sentence" and not trail:
            add(-0.2, "but first line")
        if index == len(self.openings) - 1 and place == "tail" and opening.use == "alone" and not shape.ended:
            add(0.05, "last of all")
        if shape.apart and place == "body" and opening.use in ("also", "label", "block"):
            add(0.05, "own paragraph")
        return Mark(opening.kind, index, last, min(1.0, round(score, 3)), "; ".join(seen))

    def _weigh_rest(self, index: int, opening: Opening, add: Callable[[float, str], None]) -> None:
        shape = self.layout.shapes[index]
        if opening.kind == "navigation" and opening.use == "label":
            add(
                0.3 if opening.sign in TRAIL and shape.width <= LINK_WIDTH else -1.0,
                f"trail of {opening.sign}",
            )
        elif opening.use in ("also", "label"):
            if opening.sign:
                add(0.1, f"sign {opening.sign}")
            if headline(opening.rest):
                add(0.2, "then a title")
            elif is_shouted(opening) and shape.width <= HEADLINE_WIDTH:
                add(0.05, "however it ends")
            elif shape.ended and (shape.prose or INNER_END.search(opening.rest)):
                add(-0.25, "but reads on as a sentence")
            elif not opening.sign and opening.use == "also" and self._is_storys(index, opening):
                add(STORYS, "but a sentence that names nothing of a page")
            elif not opening.sign and shape.content[0] in "—–":
                add(-0.3, "but somebody says so")
            if opening.use == "label" and opening.lead.isupper() and not opening.rest.isupper():
                add(0.2, "capitals")
            return
        if shape.width > LONG_WIDTH:
            add(-0.3, "but a long paragraph")
        else:
            if ADDRESS.search(opening.rest):
                add(0.1, "link or call")
            if shape.width < 200:
                add(0.05, "short")
        if shape.width < LONG_WIDTH:
            said = fold(opening.rest)
            if speech().search(said):
                add(-0.3, "but somebody says so")
            if opening.kind == "consent" and not terms().search(said):
                add(-0.2, "but no terms are named")
        if self._is_storys(index, opening):
            add(STORYS, "but a sentence that names nothing of a page")

    def _is_storys(self, index: int, opening: Opening) -> bool:
        """Say whether a line that begins like furniture is a sentence, alone, and names nothing of a page."""
        shape = self.layout.shapes[index]
        return (
            shape.ended
            and not self.beside(index)
            and not ADDRESS.search(opening.rest)
            and not of_pages().search(fold(shape.content))
        )

    def _weigh_bar(self, index: int, best: dict[str, Mark]) -> None:
        """Weigh a line of cells most of which are names of buttons: ``Share | Print | Comments``."""
        content = self.layout.shapes[index].content
        if len(content) > 200 or _BAR.search(content) is None:
            return
        cells = [c for c in _CELL.split(content) if c]
        named = sum(any(o.use in WHOLE for o in openings(c)) for c in cells)
        if named >= 3 and named * 3 >= len(cells) * 2:
            evidence = f"bar of {len(cells)} names, {named} of buttons"
            best["navigation"] = Mark("navigation", index, index, 0.7, evidence)

    def _close_tail(self, of: dict[str, list[Mark]]) -> None:
        """Mark what stands between and below several marks at the story's end: a footer is more than its known lines.

        Only where known lines are at least as many as the others, and none of the others is a paragraph.
        """
        if not any(of.values()):
            return
        shapes = self.layout.shapes
        kinds: dict[int, str] = {}
        for kind in FOOTERS:
            for mark in of.get(kind, ()):
                if mark.score >= SURE:
                    kinds.update(dict.fromkeys(range(mark.first, mark.last + 1), kind))
        begin, known, others = len(shapes), 0, 0
        for index in range(len(shapes) - 1, -1, -1):
            if index in kinds:
                known += 1
                if known >= 2 and known >= others:
                    begin = index
            elif shapes[index].prose:
                break
            else:
                others += 1
        if begin == len(shapes):
            return
        unknown = [shapes[index] for index in range(begin, len(shapes)) if index not in kinds]
        clear = known >= CLEAR * len(unknown) and not any(s.ended and s.words > 3 for s in unknown)
        if self._lists.prose_above[begin] < (PROSE_WIDTH if clear else FOOTED_WIDTH):
            return
        # Under each kind of the footer: whichever rule comes first takes them, before the others' lines are gone.
        for kind in {kinds[index] for index in range(begin, len(shapes)) if index in kinds}:
            for index in range(begin, len(shapes)):
                if index not in kinds:
                    of[kind].append(Mark(kind, index, index, 0.55, "among the known lines of a footer"))


def _weight(opening: Opening) -> float:
    match opening.use:
        case "alone":
            one_word = " " not in opening.lead and width(opening.lead) <= (
                6 if UNSPACED.match(opening.lead) else 12
            )
            return BUTTON if one_word and opening.kind != "advertisement" else ALONE
        case "block":
            return BLOCK
        case "block_opens":
            return HEAD
        case "weak":
            return WEAK
        case "also":
            return ALSO
        case "label":
            return LABEL
    unspaced = UNSPACED.match(opening.lead) is not None
    return PROMPT[
        min(len(opening.lead) // 3 if unspaced else len(opening.lead.split()), 4) - 1 if opening.lead else 0
    ]


def marks(draft: Draft) -> Marks:
    """Give the marks of ``draft``, worked out once for all rules."""
    known: Marks | None = draft.__dict__.get("marks")
    if known is None:
        known = draft.__dict__["marks"] = Marks(draft)
    return known
