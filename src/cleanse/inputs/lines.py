"""Cuts a stream of bytes into lines of bounded length, whose places in the file are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
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
        chunks: The content behind the byte order mark.
        splitter: Cuts the lines, and knows where it is.
    """

    def __init__(self, chunks: Iterator[bytes], offset: int, number: int, limits: Limits) -> None:
        self.encoding, mark = UTF8, 0
        if offset == 0:
            head, chunks = peek(chunks)
            self.encoding, mark = detect(head)
            chunks = chain([head[mark:]], chunks)
        self.chunks = chunks
        self.splitter = Splitter(offset + mark, number, limits.line_bytes)
        self._limits = limits

    def __iter__(self) -> Iterator[Line]:
        if self.encoding == UTF8:
            yield from self._lines(self.chunks)
        else:
            yield from self._placed(self._lines(to_utf8(self.chunks, self.encoding)))

    def blocks(self, size: int) -> Iterator[bytes]:
        """Give the content in blocks of about ``size`` bytes which, as far as can be, end where a line does.

        What reading raises comes after all that was read has been given.
        """
        held: list[bytes] = []
        broken: Exception | None = None
        try:
            for chunk in self.chunks:
                held.append(chunk)
                if sum(map(len, held)) < size:
                    continue
                block = b"".join(held)
                end = block.rfind(b"\n") + 1 or len(block)
                held = [block[end:]] if end < len(block) else []
                yield block[:end]
        except Exception as error:
            broken = error
        block = b"".join(held)
        end = block.rfind(b"\n") + 1
        yield from filter(None, (block[:end], block[end:]))
        if broken is not None:
            raise broken

    def raw(self, line: Line) -> bytes:
        """Give a line as it stands in the file, of one beyond the limit the beginning."""
        content = original(line.content, self.encoding)
        return content[: self._limits.raw_bytes] if line.excess else content

    def _lines(self, chunks: Iterable[bytes]) -> Iterator[Line]:
        broken: Exception | None = None
        try:
            for chunk in chunks:
                yield from self.splitter.feed(chunk)
        except Exception as error:
            broken = error
        if last := self.splitter.rest():
            yield last
        if broken is not None:
            raise broken

    def _placed(self, lines: Iterable[Line]) -> Iterator[Line]:
        at: int | None = self.splitter.offset
        for line in lines:
            yield line._replace(offset=at)
            at = (
                None if at is None or line.excess else at + len(original(line.content + b"\n", self.encoding))
            )


class Splitter:
    """Cuts at line feeds what comes in chunks.

    Attributes:
        offset: Byte of the file at which the next line begins.
        number: Number of that line.
    """

    def __init__(self, offset: int, number: int, longest: int) -> None:
        self.offset, self.number = offset, number
        self._longest = longest
        self._parts: list[bytes] = []  # of a line whose end is still to come: the longest and a chunk at most
        self._size = 0

    @property
    def between(self) -> bool:
        """Whether no line has been begun."""
        return not self._parts

    def skip(self, size: int, lines: int) -> None:
        """Leave out complete lines of ``size`` bytes in all."""
        self.offset += size
        self.number += lines

    def feed(self, chunk: bytes) -> Iterator[Line]:
        """Give the lines that end in the chunk."""
        if not chunk:
            return
        head, *lines = chunk.split(b"\n")
        if self._size <= self._longest:
            self._parts.append(head)
        self._size += len(head)
        if not lines:
            return
        yield self._line(b"".join(self._parts), self._size, ended=True)
        last = lines.pop()
        for content in lines:
            yield self._line(content, len(content), ended=True)
        self._parts, self._size = ([last], len(last)) if last else ([], 0)

    def rest(self) -> Line | None:
        """Give the last line, if no line feed ends it."""
        return self._line(b"".join(self._parts), self._size, ended=False) if self._parts else None

    def _line(self, content: bytes, size: int, *, ended: bool) -> Line:
        line = Line(content, self.offset, self.number, size > self._longest, ended)
        self.offset += size + ended
        self.number += 1
        return line
