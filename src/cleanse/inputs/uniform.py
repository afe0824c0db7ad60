"""Reads JSON Lines by columns where all lines are alike: objects of a few texts, none of them out of the ordinary.

Most collections are like that from the first line to the last, and Arrow's parser takes a fifth of the time that
an object a line does. It is asked only for what it reads exactly as :mod:`cleanse.inputs.jsonl` would; a block with
a number that is no id, a second `text`, a blank line or anything wrong in it is left to that module.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj

from cleanse.datasets import RECORDS
from cleanse.inputs.dates import is_whole, to_date
from cleanse.inputs.extra import to_json
from cleanse.inputs.fields import COLUMNS
from cleanse.inputs.rows import Rows

# Visible beyond doubt. What Python calls white space is none of these; a text without them is asked itself.
_VISIBLE = r"[!-~]|\pL"


def add_block(
    block: bytes, kinds: Mapping[str, type], offset: int, line: int, index: int, rows: Rows
) -> int | None:
    """Add a block of lines to ``rows`` as a table and give their number, or None if they are to be read one by one.

    Args:
        block: Whole lines of UTF-8, each with its line feed.
        kinds: The fields that the first line has, each a text or a whole number.
        offset: Byte at which the block begins in the file.
        line: Number of its first line.
        index: Number of its first record.
        rows: Where the records go.
    """
    names = tuple(kinds)
    layout = rows.layout(names)
    if not layout.text or any(len(candidates) > 1 for _, candidates in layout.columns):
        return None
    ids = {candidates[0] for number, candidates in layout.columns if COLUMNS[number] == "id"}
    if any(kind is int and name not in ids for name, kind in kinds.items()):
        return None
    starts = _starts(block, rows.limits.line_bytes)
    table = _parse(block, kinds) if starts else None
    if table is None or len(table) != len(starts):
        return None
    columns = {name: _without_blanks(table[name]) for name in names}
    text = columns[layout.text[0]]
    # Of a field that has no column it must be known whether it is null or not there: here both are null.
    if text.null_count or any(table[name].null_count for name in layout.unknown):
        return None
    found = {COLUMNS[number]: columns[candidates[0]] for number, candidates in layout.columns}
    kept = {name: table[name].to_pylist() for name in layout.unknown}
    if "published_on" in found:
        field = next(names_[0] for number, names_ in layout.columns if COLUMNS[number] == "published_on")
        found["published_on"], more = _days(found["published_on"])
        if any(value is not None for value in more):
            kept[field] = more
    count = len(starts)
    found["id"] = _ids(found.get("id"), text, index, rows)
    found["extra"] = _extra(kept)
    found["origin_file"] = pa.repeat(pa.scalar(rows.file), count)
    found["origin_index"] = pa.array(range(index, index + count), pa.int64())
    found["origin_offset"] = pa.array([offset + start for start in starts], pa.int64())
    found["origin_line"] = pa.array(range(line, line + count), pa.int64())
    rows.put(
        pa.Table.from_arrays(
            [
                found[field.name] if found.get(field.name) is not None else pa.nulls(count, field.type)
                for field in RECORDS
            ],
            schema=RECORDS,
        )
    )
    return count


def _starts(block: bytes, longest: int) -> list[int]:
    """Give where each line begins, or nothing if one is not a single object as far as can be told from outside.

    Arrow knows no lines: it would read two objects on one line, and one object on two. Where each line begins with
    a brace and ends with one, no object can go on beyond its line (inside an object a brace never follows a
    brace, and a string has no line feed), so that as many objects as lines means one on each.
    """
    starts: list[int] = []
    start = 0
    while (end := block.find(b"\n", start)) >= 0:
        last = end - 2 if block[end - 1] == 0x0D else end - 1
        if end - start > longest or last <= start or block[start] != 0x7B or block[last] != 0x7D:
            return []
        starts.append(start)
        start = end + 1
    return starts


def _parse(block: bytes, kinds: Mapping[str, type]) -> pa.Table | None:
    schema = pa.schema([(name, pa.int64() if kind is int else pa.string()) for name, kind in kinds.items()])
    try:
        table = pj.read_json(
            pa.BufferReader(block),
            read_options=pj.ReadOptions(use_threads=False, block_size=len(block) + 1),
            parse_options=pj.ParseOptions(explicit_schema=schema, unexpected_field_behavior="error"),
        )
        table.validate(full=True)  # Arrow does not look whether it is UTF-8 when it parses
    except pa.ArrowException:
        return None
    return table.combine_chunks().cast(pa.schema([(name, pa.string()) for name in kinds]))


def _without_blanks(column: pa.ChunkedArray) -> pa.Array:
    """Make null what is empty or white space."""
    array = column.chunk(0) if column.num_chunks else pa.array([], pa.string())
    visible = pc.fill_null(pc.match_substring_regex(array, _VISIBLE), False)
    if pc.all(visible, min_count=0).as_py():
        return array
    doubtful = pc.indices_nonzero(pc.invert(visible))
    blank = [value is None or not value or value.isspace() for value in array.take(doubtful).to_pylist()]
    if not any(blank):
        return array
    at = {number for number, is_blank in zip(doubtful.to_pylist(), blank, strict=True) if is_blank}
    return pc.if_else(
        pa.array([number in at for number in range(len(array))]), pa.scalar(None, pa.string()), array
    )


def _days(column: pa.Array) -> tuple[pa.Array, list[str | None]]:
    """Give the dates, and the values that say more than a date."""
    coded = column.dictionary_encode()
    days = [to_date(value) for value in coded.dictionary.to_pylist()]
    more = [
        None if is_whole(day, value) else value
        for day, value in zip(days, coded.dictionary.to_pylist(), strict=True)
    ]
    return (
        pa.array(days, pa.date32()).take(coded.indices),
        pa.array(more, pa.string()).take(coded.indices).to_pylist(),
    )


def _ids(column: pa.Array | None, text: pa.Array, index: int, rows: Rows) -> pa.Array:
    if column is not None and not column.null_count:
        return column
    given = [None] * len(text) if column is None else column.to_pylist()
    texts = text.cast(pa.binary()).to_pylist()
    return pa.array(
        [
            rows.derived_id(number, content) if id is None else id
            for number, (id, content) in enumerate(zip(given, texts, strict=True), index)
        ],
        pa.string(),
    )


def _extra(kept: dict[str, list[str | None]]) -> pa.Array | None:
    if not kept:
        return None
    objects = [
        {name: value for name, value in zip(kept, values, strict=True) if value is not None}
        for values in zip(*kept.values(), strict=True)
    ]
    return pa.array([to_json(fields) if fields else None for fields in objects], pa.string())
