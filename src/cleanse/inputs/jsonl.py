"""Reads JSON Lines: one object a line. Blank lines are no records."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from cleanse.inputs.encoding import UTF8
from cleanse.inputs.extra import Number, parse_float, parse_int, to_json
from cleanse.inputs.lines import Line, Lines
from cleanse.inputs.model import Check, Limits
from cleanse.inputs.rows import Place, Rows
from cleanse.inputs.streams import Broken
from cleanse.inputs.uniform import add_block

LEAST_BLOCK = 256 << 10  # bytes: a table of its own is not worth while for less
_TRIES = 3  # blocks in a row that are not alike, and no more are tried

_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_KINDS = {dict: "object", list: "list", str: "string", bool: "boolean", type(None): "null"}


class _DuplicateKey(ValueError):
    pass


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        keys = [key for key, _ in pairs]
        raise _DuplicateKey(next(key for key in keys if keys.count(key) > 1))
    return fields


# Not strict: a tab or another control character inside a string is wrong, and its meaning beyond doubt.
_decoder = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_float=parse_float,
    parse_int=parse_int,
    parse_constant=Number,
    strict=False,
)
# What `decode` calls, without its two searches for white space.
_scan = _decoder.scan_once  # type: ignore[attr-defined]


def read_jsonl(chunks: Iterator[bytes], offset: int, line: int, index: int, rows: Rows) -> Iterator[None]:
    """Add each line to ``rows``, and yield now and then so that the caller can take a batch."""
    lines = Lines(chunks, offset, line, rows.limits)
    blocks = _Blocks(lines, index, rows)
    last: Line | None = None
    try:
        for found in blocks if lines.encoding == UTF8 else lines:
            if found is None:
                yield
            elif not found.ended:
                last = found  # whole if the stream ends here, and not if it breaks off
            elif found.excess or (found.content and not found.content.isspace()):
                _add(found, lines, blocks.index, rows)
                blocks.index += 1
                yield
    except Broken as broken:
        raw = lines.raw(last)[: rows.limits.raw_bytes] if last else b""
        place = Place(blocks.index, last.offset if last else None, last.number if last else None)
        rows.reject(broken.check, str(broken), raw, place)
    else:
        if last and (last.excess or not last.content.isspace()):
            _add(last, lines, blocks.index, rows)
    yield


class _Blocks:
    """Adds blocks of lines that are all alike to ``rows`` at once, and gives the lines of others.

    Attributes:
        index: Number of the next record.
    """

    def __init__(self, lines: Lines, index: int, rows: Rows) -> None:
        self.index = index
        self._lines, self._rows = lines, rows
        self._kinds: dict[str, type] = {}  # of the fields that first lines of blocks had, in their order
        self._failures = 0

    def __iter__(self) -> Iterator[Line | None]:
        """Give a line, or None where a block has been added."""
        splitter = self._lines.splitter
        broken: Broken | None = None
        try:
            for block in self._lines.blocks(self._rows.limits.batch_bytes):
                if count := self._add(block):
                    splitter.skip(len(block), count)
                    self.index += count
                    yield None
                else:
                    yield from splitter.feed(block)
        except Broken as error:
            broken = error
        if last := splitter.rest():
            yield last
        if broken is not None:
            raise broken

    def _add(self, block: bytes) -> int | None:
        splitter = self._lines.splitter
        if (
            len(block) < LEAST_BLOCK
            or self._failures >= _TRIES
            or not splitter.between
            or block[-1:] != b"\n"
        ):
            return None
        count = None
        if kinds := _kinds(block[: block.find(b"\n")]):
            self._kinds |= kinds
            count = add_block(block, self._kinds, splitter.offset, splitter.number, self.index, self._rows)
        self._failures = 0 if count else self._failures + 1
        return count


def _kinds(line: bytes) -> dict[str, type] | None:
    """Give the fields of a line with their kinds if these are texts and whole numbers; null may be a text."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if type(record) is not dict or not all(type(v) in (str, int) or v is None for v in record.values()):
        return None
    try:
        "".join(record).encode()
    except UnicodeEncodeError:
        return None
    return {name: int if type(value) is int else str for name, value in record.items()}


def _add(line: Line, lines: Lines, index: int, rows: Rows) -> None:
    try:
        record = _parse(line, rows.limits)
        if lines.encoding == UTF8:
            rows.add(record, line.content, index, line.offset, line.number)
        else:
            rows.add(record, lines.raw(line), index, line.offset, line.number)
    except _Rejected as why:
        rows.reject(why.check, str(why), lines.raw(line), Place(index, line.offset, line.number))


class _Rejected(Exception):
    def __init__(self, check: Check, message: str) -> None:
        super().__init__(message)
        self.check = check


def _parse(line: Line, limits: Limits) -> dict[str, Any]:
    content = line.content
    if line.excess:
        raise _Rejected(Check.LINE_TOO_LONG, f"the line is longer than {limits.line_bytes:,} bytes")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise _Rejected(
            Check.INVALID_UTF8,
            f"{error.reason} at byte {error.start} of the line, 0x{content[error.start]:02x}",
        ) from error
    try:
        try:
            record, end = _scan(text, 0)
        except StopIteration:  # white space first, or nothing that is JSON
            end = -1
        if end != len(text) and (end < 0 or text[end:].strip(" \t\r")):
            record = _decoder.decode(text)
    except _DuplicateKey as error:
        raise _Rejected(
            Check.DUPLICATE_KEY, f"the key {str(error)[:200]!r} stands twice in one object"
        ) from error
    except json.JSONDecodeError as error:
        message = f"{error.msg} at character {error.pos} of the line: {text[error.pos : error.pos + 40]!r}"
        raise _Rejected(Check.MALFORMED_JSON, message) from error
    except RecursionError as error:
        raise _too_deep(limits) from error
    if type(record) is not dict:
        kind = _KINDS.get(type(record), "number")
        raise _Rejected(Check.NOT_AN_OBJECT, f"a line should be one JSON object, and this is a JSON {kind}")
    for value in record.values():
        if (type(value) is dict or type(value) is list) and _depth(value) >= limits.nesting:
            raise _too_deep(limits)
    if (b"\\ud" in content or b"\\uD" in content) and _SURROGATE.search(content):
        try:
            to_json(record).encode()
        except UnicodeEncodeError as error:
            escape = ascii(error.object[error.start])[1:-1]
            raise _Rejected(Check.LONE_SURROGATE, f"the escape {escape} is half a character") from error
    return record


def _too_deep(limits: Limits) -> _Rejected:
    return _Rejected(Check.NESTED_TOO_DEEPLY, f"brackets are nested more than {limits.nesting} deep")


def _depth(value: Any) -> int:
    """Count the levels of nested values; Python reads no more than 1,000, so this ends."""
    depth = 0
    level = [value]
    while level:
        depth += 1
        level = [
            item
            for outer in level
            for item in (outer.values() if type(outer) is dict else outer)
            if type(item) is dict or type(item) is list
        ]
    return depth
