"""Reads CSV and TSV by RFC 4180: a header, quoted fields that may hold line ends. A formula is a text like others."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator
from itertools import chain

from cleanse.inputs.encoding import UTF8, original
from cleanse.inputs.lines import Line, Lines
from cleanse.inputs.model import Check
from cleanse.inputs.rows import Place, Rows, unique_names
from cleanse.inputs.streams import Broken

_QUOTED = re.compile(r'"[^"]*"?')


def read_delimited(chunks: Iterator[bytes], delimiter: str | None, rows: Rows) -> Iterator[None]:
    """Add each record to ``rows``, and yield after each so that the caller can take a batch.

    Where a quote is never closed, the lines that it swallowed are rejected one by one: where the next record
    begins cannot be known, and articles made of fragments would be worse than none.

    Args:
        chunks: The content of the file.
        delimiter: Between fields; None finds out from the header whether it is ``,``, ``;`` or a tab.
        rows: Where the records go.
    """
    csv.field_size_limit(max(csv.field_size_limit(), rows.limits.line_bytes))
    source = _Source(Lines(chunks, 0, 1, rows.limits), rows.limits.line_bytes)
    index = 0
    names: list[str] | None = None
    reader: Iterator[list[str]] | None = None
    while True:
        source.begin()
        failure: tuple[Check, str] | None = None
        fields: list[str] = []
        try:
            if reader is None:
                first = next(source)
                reader = csv.reader(chain([first], source), delimiter=delimiter or _sniff(first), strict=True)
            fields = next(reader)
        except StopIteration:
            break
        except _TooLong:
            failure = Check.LINE_TOO_LONG, f"the record is longer than {rows.limits.line_bytes:,} bytes"
        except csv.Error as error:
            if names is not None and len(names) == 1:
                source.close_quotes()
            if source.broken:
                break
            failure = Check.MALFORMED_CSV, str(error)
            if "unexpected end of data" in failure[1]:
                failure = Check.MALFORMED_CSV, "a quote is opened in this record that is never closed"
        if not failure and not fields:
            continue
        if not failure and source.invalid:
            failure = Check.INVALID_UTF8, "the record is not valid UTF-8"
        if not failure and names is None:
            names = unique_names([cell.strip() for cell in fields])
            if rows.has_text(names):
                continue
            listed = ", ".join(map(repr, names[:20]))
            failure = (
                Check.MISSING_TEXT,
                f"no field of the header ({listed}) is a text; name it in the field mapping",
            )
        elif not failure and names is not None and len(fields) != len(names):
            message = f"{len(fields)} fields where the header has {len(names)}"
            failure = Check.MALFORMED_CSV, message if names else "the header could not be read"
        names = names if names is not None else []
        if failure is None:
            start = source.record[0]
            raw = source.raw(source.record)
            rows.add(dict(zip(names, fields, strict=True)), raw, index, start.offset, start.number)
            index += 1
        else:
            swallowed = failure[0] is Check.LINE_TOO_LONG or failure[1].endswith("never closed")
            for lines in [[line] for line in source.record] if swallowed else [source.record]:
                rows.reject(*failure, source.raw(lines), Place(index, lines[0].offset, lines[0].number))
                index += 1
        yield
    if source.broken:
        begun = source.record[0] if source.record else None
        place = Place(index, begun.offset if begun else None, begun.number if begun else None)
        raw = source.raw(source.record)[: rows.limits.raw_bytes]
        rows.reject(source.broken.check, str(source.broken), raw, place)
    yield


class _TooLong(Exception):
    pass


class _Source:
    """Feeds the CSV reader line by line, and remembers the lines of the record that it is at.

    Attributes:
        record: These lines.
        invalid: Whether one of them is not valid UTF-8.
        broken: What the stream broke off with.
    """

    def __init__(self, lines: Lines, longest: int) -> None:
        self._lines = lines
        self._iterator = iter(lines)
        self._waiting: deque[Line] = deque()
        self._longest = longest
        self._size = 0
        self.record: list[Line] = []
        self.invalid = False
        self.broken: Broken | None = None

    def begin(self) -> None:
        """Start a record with the next line."""
        self.record = []
        self.invalid = False
        self._size = 0

    def __iter__(self) -> _Source:
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else self._next()
        self.record.append(line)
        self._size += len(line.content) + 1
        if line.excess or self._size > self._longest + 1:
            raise _TooLong
        end = "\n" * line.ended
        try:
            return line.content.decode() + end
        except UnicodeDecodeError:
            self.invalid = True  # read on: the record ends where its last line does
            return line.content.decode(UTF8, "replace") + end

    def close_quotes(self) -> None:
        """Go on to the line in which the quotes opened so far are closed.

        In a table of one column any line would do as a record, so the rest of one that is malformed must not
        be taken for the next.
        """
        try:
            quotes = sum(line.content.count(b'"') for line in self.record)
            while quotes & 1:
                next(self)
                quotes += self.record[-1].content.count(b'"')
        except (StopIteration, _TooLong):
            pass

    def _next(self) -> Line:
        try:
            line = next(self._iterator)
            if not line.ended:
                # It is whole if the stream ends here, and not if it breaks off.
                self.record.append(line)
                next(self._iterator, None)
                self.record.pop()
        except Broken as broken:
            self.broken = broken
            raise StopIteration from None
        if b"\r" not in line.content or line.excess or self._lines.encoding != UTF8:
            return line
        # A lone carriage return ends a line as well; what is inside quotes the reader puts together again.
        *parts, last = re.split(rb"(?<=\r)(?!$)", line.content)
        offset = line.offset or 0
        for part in parts:
            self._waiting.append(Line(part, offset, line.number, False, False))
            offset += len(part)
        self._waiting.append(Line(last, offset, line.number, False, line.ended))
        return self._waiting.popleft()

    def raw(self, lines: list[Line]) -> bytes:
        """Give lines of the record as they stand in the file, without the last line feed."""
        if len(lines) == 1:
            return self._lines.raw(lines[0])
        content = b"".join(line.content + b"\n" * line.ended for line in lines)
        return original(content.removesuffix(b"\n"), self._lines.encoding)


def _sniff(header: str) -> str:
    bare = _QUOTED.sub("", header)
    return max(",;\t", key=bare.count)
