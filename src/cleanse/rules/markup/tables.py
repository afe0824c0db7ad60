"""Broken tables: the rows of a table that lost its brackets, slashes and line breaks."""

from __future__ import annotations

from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule
from cleanse.rules.markup.table_regions import tables

_LONGEST_CELL = 400  # code points; what is longer is a page laid out as a table, and comes out as paragraphs


@rule(
    family=Family.MARKUP,
    gate=r"[<>]",
    reason="Table markup that was padded and cut runs all rows into one line; its cells are still told apart.",
    changes=[
        (
            "Mind the tides.\n< th > Port th >< th > Depth th > tr >\n< tbody >< td > Ellery td >< td > 4 m td > "
            "tr > < td > Nunholm td >< td > 6 m tr > < / tbody >\n< / table >\nMind the bar.",
            "Mind the tides.\n\n| Port | Depth |\n| --- | --- |\n"
            "| Ellery | 4 m |\n| Nunholm | 6 m |\n\nMind the bar.",
        ),
        (
            "<table><tr><td>Ellery</td><td>4 m</td></tr><tr><td>Nunholm</td><td>6 m</td></tr></table>",
            "| Ellery | 4 m |\n| --- | --- |\n| Nunholm | 6 m |",
        ),
    ],
    leaves=["Each row is a <tr> element, and each cell in it a <td> element.", "Tables > Chairs > Stools"],
    defect=Defect.BROKEN_TABLE,
    order=40,
)
def broken_table(draft: Draft) -> Iterator[Finding]:
    """Write each table whose cells can be told apart as Markdown, with a blank line before and after."""
    text = draft.text
    for table in tables(draft):
        start, stop = _widened(text, table.start, table.end)
        inserted = _markdown(table.rows, table.caption)
        breaks_before = 2 - _breaks(text[max(0, start - 2) : start][::-1], start <= 2)
        breaks_after = 2 - _breaks(text[stop : stop + 2], stop >= len(text))
        yield Finding(
            start,
            stop,
            "\n" * breaks_before + inserted + "\n" * breaks_after,
            table.score,
            f"a table of {len(table.rows)} rows",
        )


def _markdown(rows: list[list[str]], caption: list[str]) -> str:
    width = max(map(len, rows))
    if width == 1 or any(len(cell) > _LONGEST_CELL for row in rows for cell in row):
        return "\n".join([*caption, *(cell for row in rows for cell in row if cell)])
    lines = [
        f"| {' | '.join([c.replace('|', '/') for c in row] + [''] * (width - len(row)))} |" for row in rows
    ]
    lines.insert(1, "|" + " --- |" * width)
    return "\n".join([*caption, *([""] if caption else []), *lines])


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    while start and text[start - 1] in " \t\xa0":
        start -= 1
    while end < len(text) and text[end] in " \t\xa0":
        end += 1
    return start, end


def _breaks(beside: str, edge: bool) -> int:
    """Count the line breaks that are there already, nearest first; the edge of the text needs none."""
    if not beside.strip("\n") and edge:
        return 2
    return len(beside) - len(beside.lstrip("\n"))
