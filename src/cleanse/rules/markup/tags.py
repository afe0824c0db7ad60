"""Tags that stayed in the text: whole, padded, or with an end cut off."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule
from cleanse.rules.markup.gaps import BLANK, Sides, after_bullet, sides, whole_line
from cleanse.rules.markup.judgement import SURE, Judged, judge
from cleanse.rules.markup.names import BLOCK
from cleanse.rules.markup.scan import Form, Tag
from cleanse.rules.markup.table_regions import tables

_OPENERS = "([{“‘«„¿¡"
_CLOSERS = ")]}.,;:!?…”’»、。，！？；："


@rule(
    family=Family.MARKUP,
    gate=r"[<>]",
    reason="Scrapers that cut tags out by pattern leave those which a tokeniser had padded or a filter had torn.",
    changes=[
        (
            "- < strong > A late ferry: strong > It waits. li >\n- < strong > Cheaper freight: half the rate.",
            "- A late ferry: It waits.\n- Cheaper freight: half the rate.",
        ),
        ("< ul >< li > Cod li >< li > Hake li >< / ul >This was all.", "- Cod\n- Hake\nThis was all."),
        ('See <a href="https://x.example/y?a=1&b=2" target="_blank">the <b>map</b></a>.', "See the map."),
        ("<p>The boats came home.</p><p>Nobody was hurt.</p>", "The boats came home.\nNobody was hurt."),
    ],
    leaves=[
        "It holds if a < b > c, and p > 0.05 says little.",
        "strong > weak",
        "Open Settings > Code > Form and choose Section > Paragraph.",
        "The <strong> tag makes text bold.",
        "Put <your name> here and write to <mira@example.org>.",
        "return (\n< div >\n< p > You pressed it { count } times </ p >\n</ div >\n);",
        "The poem < STILLNESS > was set to music.",
        "I <3 you -> always.",
    ],
    defect=Defect.BROKEN_TAGS,
    order=30,
)
def leftover_tags(draft: Draft) -> Iterator[Finding]:
    """Take out tags; what stood on a line of its own gets one, and items of a list their bullet."""
    # The tags of a table are its rows' and go with it. All others go first: they are evidence for each other,
    # which would be gone if the table went before them.
    spans = [(table.start, table.end) for table in tables(draft)]
    starts = [start for start, _ in spans]
    sure = [
        j
        for j in judge(draft)
        if j.score >= SURE
        and not ((n := bisect_right(starts, j.tag.start)) and j.tag.start < spans[n - 1][1])
    ]
    for run in _runs(draft.text, sure):
        yield _without(draft.text, run)


def _runs(text: str, sure: Sequence[Judged]) -> Iterator[list[Judged]]:
    """Group tags that stand side by side on a line."""
    run: list[Judged] = []
    for judged in sure:
        if run and text[run[-1].tag.end : judged.tag.start].strip(BLANK):
            yield run
            run = []
        run.append(judged)
    if run:
        yield run


def _without(text: str, run: Sequence[Judged]) -> Finding:
    """Find the run's span and what should stand between its neighbours."""
    tags = [judged.tag for judged in run]
    start, end = tags[0].start, tags[-1].end
    around = sides(text, start, end)
    bulleted = around.left != "" and after_bullet(text, around.start)
    inserted = ""
    if not around.left or bulleted:
        if not around.right and not bulleted:
            return _finding(*whole_line(text, around), "", run)
        start, end = start if around.left or around.right else around.start, around.end
        if not around.left and _begins_item(tags, first=True):
            inserted = "- "
    elif not around.right:
        start = around.start
        end = around.end
    elif any(tag.name in BLOCK for tag in tags):
        start, end = around.start, around.end
        inserted = "\n- " if _begins_item(tags, first=False) else "\n"
    else:
        start, end, inserted = _within_line(text, tags, around)
    return _finding(start, end, inserted, run)


def _within_line(text: str, tags: Sequence[Tag], around: Sides) -> tuple[int, int, str]:
    """Join what stands on both sides of inline tags: with a space if there was one that the damage did not bring."""
    start, end = tags[0].start, tags[-1].end
    if around.start == start and around.end == end:
        return start, end, ""
    closes = tags[0].closing is not False
    if closes and around.right in _CLOSERS:
        return around.start, around.end, ""
    if not closes and around.left in _OPENERS:
        return around.start, around.end, ""
    if around.start < start:  # keep the space before, drop what follows
        return start, around.end, ""
    return start, end, ""


def _begins_item(tags: Sequence[Tag], *, first: bool) -> bool:
    """Say whether text behind ``tags`` is an item of a list."""
    last = next(
        (tag for tag in reversed(tags) if tag.name in ("li", "ul", "ol", "menu") or tag.name in BLOCK), None
    )
    if last is None or last.name != "li":
        return False
    return last.closing is not True


def _finding(start: int, end: int, inserted: str, run: Sequence[Judged]) -> Finding:
    torn = any(j.tag.padded or j.tag.form is not Form.FULL for j in run)
    return Finding(
        start,
        end,
        inserted,
        min(judged.score for judged in run),
        f"leftover of {', '.join(dict.fromkeys(j.tag.name or 'a tag' for j in run))}",
        defect=Defect.BROKEN_TAGS if torn else Defect.MARKUP,
    )
