"""Splits a clean text into typed blocks: paragraphs, lists, tables."""

from __future__ import annotations

import re

from cleanse.article import Block

_ITEM = re.compile(r"[ \t]*(?:[-*•·▪‣–]|[0-9]{1,3}[.)])[ \t]+(?=\S)")
_RULE_ROW = re.compile(r"[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)*\|?[ \t]*")
_LINE = re.compile(r"[^\r\n]+")


def blocks(text: str) -> tuple[Block, ...]:
    """Give the blocks of ``text`` in order; they cover every line that is not blank.

    Two or more item lines in a row are a list. Two or more lines with cells in a row, one of them a rule
    (``|---|---|``) or all beginning and ending with a bar, are a table (GitHub-flavoured Markdown, section 4.10).
    Every other line is a paragraph.
    """
    found: list[Block] = []
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text) if not m.group().isspace()]
    tables = _table_lengths(text, lines) if "|" in text else [0] * len(lines)
    i = 0
    while i < len(lines):
        kind, length = "table", tables[i]
        if length < 2:
            kind, length = "list", _list_length(text, lines, i)
        if length < 2:
            kind, length = "paragraph", 1
        run = lines[i : i + length]
        rows: tuple[tuple[str, ...], ...] = ()
        if kind == "table":
            rows = tuple(_cells(text[s:e]) for s, e in run if not _RULE_ROW.fullmatch(text, s, e))
        elif kind == "list":
            rows = tuple((_ITEM.sub("", text[s:e], count=1).strip(),) for s, e in run)
        found.append(Block(kind, run[0][0], run[-1][1], rows))
        i += length
    return tuple(found)


def _list_length(text: str, lines: list[tuple[int, int]], i: int) -> int:
    n = 0
    while i + n < len(lines) and _ITEM.match(text, *lines[i + n]):
        n += 1
    return n


def _table_lengths(text: str, lines: list[tuple[int, int]]) -> list[int]:
    """Give how many lines a table would have that begins at each line, from the last line back: each is read once."""
    lengths = [0] * len(lines)
    n, ruled, framed = 0, False, True
    for i in range(len(lines) - 1, -1, -1):
        line = text[slice(*lines[i])].strip()
        if "|" in line:
            n += 1
            ruled = ruled or _RULE_ROW.fullmatch(line) is not None
            framed = framed and len(line) > 2 and line[0] == line[-1] == "|"
            lengths[i] = n if ruled or framed else 0
        else:
            n, ruled, framed = 0, False, True
    return lengths


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|"))
