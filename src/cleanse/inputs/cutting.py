"""Hashes a file in one streaming pass, and cuts it into pieces on the way."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from cleanse.inputs.encoding import UTF8, detect
from cleanse.inputs.found import Found
from cleanse.inputs.model import Piece
from cleanse.inputs.parquet import digest_of, group_place, open_parquet

_CHUNK = 4 << 20
_BLANK = re.compile(rb"\n(?=([ \t\r\f\v]*)\n)")


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece and the bytes it has in the stored file."""

    piece: Piece
    bytes: int


def cut(file: BinaryIO, found: Found, shard_bytes: int, longest: int) -> list[Cut]:
    """Cut a file into pieces of about ``shard_bytes``, where its format can be cut.

    Args:
        file: The file.
        found: What it is.
        shard_bytes: Where to cut: at multiples of this, in bytes.
        longest: Longest line in bytes; a blank one that is longer counts as a record, and is rejected as one.
    """
    if found.format == "parquet":
        return list(_row_groups(file, found, shard_bytes))
    if found.format == "jsonl" and found.compression is None:
        return list(_lines(file, found, shard_bytes, longest))
    digest, size = hashlib.sha256(), 0
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return [_cut(found, 0, size, 0, 1, digest.hexdigest(), size)]


def _lines(file: BinaryIO, found: Found, shard_bytes: int, longest: int) -> Iterator[Cut]:
    at = start = index = 0  # where the chunk begins in the file, where the piece does, its first record
    line = 1
    target = shard_bytes
    digest, count = hashlib.sha256(), _Count(longest)
    chunk = file.read(_CHUNK)
    encoding, mark = detect(chunk)
    while chunk:
        begin = 0
        # Only in UTF-8 is a byte 0x0a a line feed. An odd number of bytes apart, UTF-16 could not be read.
        while encoding == UTF8 and (end := chunk.find(b"\n", max(begin, target - 1 - at)) + 1):
            digest.update(chunk[begin:end])
            count.add(chunk[max(begin, mark) : end])
            yield _cut(found, start, at + end, index, line, digest.hexdigest(), at + end - start)
            start, begin, mark = at + end, end, 0
            index, line = count.lines - count.blank, count.lines + 1
            target = (start // shard_bytes + 1) * shard_bytes
            digest = hashlib.sha256()
        digest.update(chunk[begin:])
        count.add(chunk[max(begin, mark) :])
        mark = 0
        at += len(chunk)
        chunk = file.read(_CHUNK)
    if at > start or not at:
        yield _cut(found, start, at, index, line, digest.hexdigest(), at - start)


class _Count:
    """Counts lines, and the blank ones among them, in content that comes in chunks.

    Attributes:
        lines: Line feeds so far.
        blank: Lines so far of white space alone.
    """

    def __init__(self, longest: int) -> None:
        self.lines = self.blank = 0
        self._longest = longest
        self._space: int | None = 0  # length of the line so far, while it is blank

    def add(self, content: bytes) -> None:
        """Count on."""
        first = content.find(b"\n")
        head = content if first < 0 else content[:first]
        if self._space is not None:
            self._space = self._space + len(head) if not head or head.isspace() else None
        if first < 0:
            return
        self.blank += self._space is not None and self._space <= self._longest
        self.blank += sum(len(space) <= self._longest for space in _BLANK.findall(content, first))
        self.lines += content.count(b"\n")
        tail = content[content.rfind(b"\n") + 1 :]
        self._space = len(tail) if not tail or tail.isspace() else None


def _row_groups(file: BinaryIO, found: Found, shard_bytes: int) -> Iterator[Cut]:
    parquet = open_parquet(file)
    count = parquet.num_row_groups
    places = [group_place(parquet, number) for number in range(count)]
    if None in places:
        yield _cut(
            found, 0, count, 0, None, digest_of(file, parquet, range(count)), file.seek(0, os.SEEK_END)
        )
        return
    start = index = rows = size = 0
    for number, (first, end) in enumerate(filter(None, places)):
        rows += parquet.metadata.row_group(number).num_rows
        size += end - first
        if size >= shard_bytes or number == count - 1:
            digest = digest_of(file, parquet, range(start, number + 1))
            yield _cut(found, start, number + 1, index, None, digest, size)
            start, index, rows, size = number + 1, index + rows, 0, 0


def _cut(found: Found, start: int, end: int, index: int, line: int | None, digest: str, size: int) -> Cut:
    piece = Piece(found.url, found.name, found.format, found.compression, start, end, index, line, digest)
    return Cut(piece, size)
