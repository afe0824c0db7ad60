"""Cuts a stream of bytes into lines of bounded length, whose places in the file are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cleanse.inputs.encoding import UTF8, detect, original, peek, to_utf8
from cleanse.inputs.model import Limits


class Line(NamedTuple):
    """One line.

    Attributes:
        content: The line without its line feed, of a line beyond the limit a part of it; UTF-8 where it is valid.
        offset: Byte at which it begins in the decompressed file; None behind an overlong line of UTF-16.
        number: From 1.
        excess: Whether the line is longer than the limit.
        ended: Whether a line feed ends it; only the last may have none.
    """

    content: bytes
    offset: int | None
    number: int
    excess: bool
    ended: bool


class Lines:
    """The lines of a file, or of a piece of one.

    Iterating raises what reading the chunks raises, after the last line before it has been given.

    Attributes:
        encoding: In which the file is; a piece that does not begin the file is UTF-8, others are never cut.
    """

    def __init__(self, chunks: Iterator[bytes], offset: int, number: int, limits: Limits) -> None:
        self.encoding, mark = UTF8, 0
        if offset == 0:
            head, chunks = peek(chunks)
            self.encoding, mark = detect(head)
        self._chunks, self._offset, self._number, self._mark = chunks, offset, number, mark
        self._limits = limits

    def __iter__(self) -> Iterator[Line]:
        if self.encoding == UTF8:
            lines = split(self._chunks, self._offset, self._number, self._limits.line_bytes)
        else:
            recoded = to_utf8(self._chunks, self.encoding)
            lines = self._placed(split(recoded, self._offset, self._number, self._limits.line_bytes))
        if self._mark:
            for line in lines:  # the first only: the mark is no part of it
                yield line._replace(content=line.content[3:], offset=self._mark)
                break
        yield from lines

    def raw(self, line: Line) -> bytes:
        """Give a line as it stands in the file, of one beyond the limit the beginning."""
        content = original(line.content, self.encoding)
        return content[: self._limits.raw_bytes] if line.excess else content

    def _placed(self, lines: Iterable[Line]) -> Iterator[Line]:
        at: int | None = 0
        for line in lines:
            yield line._replace(offset=at)
            at = (
                None if at is None or line.excess else at + len(original(line.content + b"\n", self.encoding))
            )


def split(chunks: Iterable[bytes], offset: int, number: int, longest: int) -> Iterator[Line]:
    """Cut at line feeds.

    Args:
        chunks: The content.
        offset: Of its first byte in the file.
        number: Of its first line.
        longest: Bytes a line may have. Of a longer one these and up to a chunk more are held.

    Raises:
        Exception: What reading the next chunk raises, after all before it has been given.
    """
    parts: list[bytes] = []  # of a line whose end is still to come
    size = 0
    broken: Exception | None = None
    try:
        for chunk in chunks:
            if not chunk:
                continue
            lines = chunk.split(b"\n")
            if parts or len(lines) == 1:
                if size <= longest:
                    parts.append(lines[0])
                size += len(lines[0])
                if len(lines) == 1:
                    continue
                yield Line(b"".join(parts), offset, number, size > longest, True)
                offset += size + 1
                number += 1
                parts, size = [], 0
                del lines[0]
            last = lines.pop()
            for line in lines:
                yield Line(line, offset, number, len(line) > longest, True)
                offset += len(line) + 1
                number += 1
            if last:
                parts, size = [last], len(last)
    except Exception as error:
        broken = error
    if parts:
        yield Line(b"".join(parts), offset, number, size > longest, False)
    if broken is not None:
        raise broken
