"""Tags that stayed in the text: whole, padded, or with an end cut off."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule
from cleanse.rules.markup.judgement import SURE, Judged, judge
from cleanse.rules.markup.names import BLOCK
from cleanse.rules.markup.scan import Form, Tag
from cleanse.rules.markup.table_regions import tables

_BLANK = " \t\xa0"
_OPENERS = "([{“‘«„¿¡"
_CLOSERS = ")]}.,;:!?…”’»、。，！？；："
_BULLETS = "-*•·▪‣–"


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
        if run and text[run[-1].tag.end : judged.tag.start].strip(_BLANK):
            yield run
            run = []
        run.append(judged)
    if run:
        yield run


@dataclass(frozen=True, slots=True)
class _Sides:
    """The span of a run with the blanks at its sides, and what is beyond them.

    Attributes:
        start: First blank before the run.
        end: One past the last blank behind it.
        left: The code point before; ``""`` at the beginning of a line.
        right: The code point behind; ``""`` at the end of a line.
    """

    start: int
    end: int
    left: str
    right: str


def _sides(text: str, start: int, end: int) -> _Sides:
    while start and text[start - 1] in _BLANK:
        start -= 1
    while end < len(text) and text[end] in _BLANK:
        end += 1
    left = text[start - 1] if start else ""
    right = text[end] if end < len(text) else ""
    return _Sides(start, end, left if left not in "\r\n" else "", right if right not in "\r\n" else "")


def _without(text: str, run: Sequence[Judged]) -> Finding:
    """Find the run's span and what should stand between its neighbours."""
    tags = [judged.tag for judged in run]
    start, end = tags[0].start, tags[-1].end
    sides = _sides(text, start, end)
    bulleted = sides.left != "" and _is_bullet(text, sides.start)
    inserted = ""
    if not sides.left or bulleted:
        if not sides.right and not bulleted:
            return _finding(*_whole_line(text, sides), "", run)
        start, end = start if sides.left or sides.right else sides.start, sides.end
        if not sides.left and _begins_item(tags, first=True):
            inserted = "- "
    elif not sides.right:
        start = sides.start
        end = sides.end
    elif any(tag.name in BLOCK for tag in tags):
        start, end = sides.start, sides.end
        inserted = "\n- " if _begins_item(tags, first=False) else "\n"
    else:
        start, end, inserted = _within_line(text, tags, sides)
    return _finding(start, end, inserted, run)


def _within_line(text: str, tags: Sequence[Tag], sides: _Sides) -> tuple[int, int, str]:
    """Join what stands on both sides of inline tags: with a space if there was one that the damage did not bring."""
    start, end = tags[0].start, tags[-1].end
    if sides.start == start and sides.end == end:
        return start, end, ""
    closes = tags[0].closing is not False
    if closes and sides.right in _CLOSERS:
        return sides.start, sides.end, ""
    if not closes and sides.left in _OPENERS:
        return sides.start, sides.end, ""
    if sides.start < start:  # keep the space before, drop what follows
        return start, sides.end, ""
    return start, end, ""


def _whole_line(text: str, sides: _Sides) -> tuple[int, int]:
    end = sides.end
    if end < len(text):
        return sides.start, end + (2 if text.startswith("\r\n", end) else 1)
    start = sides.start
    if start and text[start - 1] == "\n":
        start -= 2 if text.startswith("\r\n", start - 2) else 1
    return start, end


def _is_bullet(text: str, end: int) -> bool:
    """Say whether a bullet is all that stands between the beginning of the line and ``end``."""
    if text[end - 1] not in _BULLETS:
        return False
    at = end - 1
    while at and text[at - 1] in _BLANK:
        at -= 1
    return at == 0 or text[at - 1] == "\n"


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
