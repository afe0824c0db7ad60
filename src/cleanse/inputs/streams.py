"""Opens stored files and gives their bytes in bounded chunks, decompressed within limits.

A stream that breaks off gives all bytes before the break, then raises :class:`Broken`.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, Protocol, cast

import fsspec
import pyarrow as pa

from cleanse.inputs.model import Check, Limits

CHUNK = 1 << 20
COMPRESSED_CHUNK = 64 << 10

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*(?:::|://)")


class Broken(Exception):
    """The rest of a file cannot be had.

    Attributes:
        check: Why.
    """

    def __init__(self, check: Check, message: str) -> None:
        super().__init__(message)
        self.check = check


class Hash(Protocol):
    """What the stored bytes are fed to on their way."""

    def update(self, data: bytes, /) -> None:
        """Take note of the next bytes."""


def is_url(name: str) -> bool:
    """Say whether ``name`` is an address for fsspec and not a path."""
    return _URL.match(name) is not None


def open_file(url: str) -> BinaryIO:
    """Open a file by path or address for reading.

    Raises:
        OSError: It cannot be opened.
    """
    if is_url(url):
        return cast("BinaryIO", fsspec.open(url, "rb").open())
    return open(url, "rb")  # noqa: PTH123 - as quick as can be: there may be 100,000


def stored(file: BinaryIO, start: int, end: int, digest: Hash, size: int = CHUNK) -> Iterator[bytes]:
    """Give the bytes from ``start`` to ``end`` as they are stored, feeding them to ``digest``."""
    file.seek(start)
    left = end - start
    while left > 0:
        chunk = file.read(min(size, left))
        if not chunk:
            return  # the file has become shorter: the digest will tell
        left -= len(chunk)
        digest.update(chunk)
        yield chunk


def decompressed(
    compression: str | None, open_stored: Callable[[], Iterator[bytes]], size: int, limits: Limits
) -> Iterator[bytes]:
    """Give a file's content in chunks of a few MB at most.

    Args:
        compression: ``gzip``, ``zstd`` or None.
        open_stored: Gives the stored bytes from the beginning, in chunks of at most :data:`COMPRESSED_CHUNK`
            bytes where they are compressed.
        size: Stored size, to which the ratio limit applies.
        limits: What the content may grow to.

    Raises:
        Broken: The stream is cut short, malformed or grows beyond a limit.
    """
    if compression is None:
        yield from open_stored()
        return
    most = min(limits.decompressed_bytes, max(limits.ratio_free_bytes, size * limits.decompression_ratio))
    total = 0
    for chunk in _gunzip(open_stored()) if compression == "gzip" else _unzstd(open_stored):
        total += len(chunk)
        if total > most:
            yield chunk[: len(chunk) - (total - most)]
            raise Broken(
                Check.DECOMPRESSION_LIMIT,
                f"{size:,} compressed bytes grow to more than the limit of {most:,}; what follows is not read",
            )
        yield chunk


def _gunzip(chunks: Iterator[bytes]) -> Iterator[bytes]:
    member = zlib.decompressobj(31)
    begun = False  # is there a byte of this member yet?
    members = 0
    for chunk in chunks:
        data = chunk
        while data:
            if not begun and members:
                data = data.lstrip(b"\0")  # archives on tape are padded with zeros
                if not data:
                    break
            begun = True
            # zlib throws away what a call had decompressed when it then meets an error: keep a way back.
            before = member.copy()
            try:
                content = member.decompress(data, CHUNK)
            except zlib.error as error:
                yield _until_error(before, data)
                after = "after the end of the compressed data" if members else "in the compressed data"
                raise Broken(Check.MALFORMED_COMPRESSION, f"malformed gzip {after}: {error}") from error
            if content:
                yield content
            data = member.unconsumed_tail
            if member.eof:
                data = member.unused_data
                member, begun, members = zlib.decompressobj(31), False, members + 1
    while begun and not member.eof and (rest := member.decompress(b"", CHUNK)):
        yield rest
    if not member.eof and (begun or not members):
        raise Broken(Check.TRUNCATED_FILE, "the gzip stream ends before its end mark: the file is cut short")


def _until_error(member: Any, data: bytes) -> bytes:
    out = []
    try:
        for k in range(len(data)):
            out.append(member.decompress(data[k : k + 1]))
    except zlib.error:
        pass
    return b"".join(out)


def _unzstd(open_stored: Callable[[], Iterator[bytes]]) -> Iterator[bytes]:
    done = 0
    try:
        stream = _arrow_stream(open_stored())
        while chunk := stream.read(COMPRESSED_CHUNK):
            done += len(chunk)
            yield chunk
    except OSError as error:
        # Arrow throws away what a read had when it then meets an error: go there again, byte by byte.
        if rest := _up_to_error(_arrow_stream(open_stored()), done):
            yield rest
        if "runcated" in str(error):
            message = "the zstd stream ends before its end mark: the file is cut short"
            raise Broken(Check.TRUNCATED_FILE, message) from error
        raise Broken(Check.MALFORMED_COMPRESSION, f"malformed zstd: {error}") from error
    if not done and next(open_stored(), None) is None:
        raise Broken(Check.TRUNCATED_FILE, "an empty file where a zstd stream should be")


def _up_to_error(stream: pa.CompressedInputStream, done: int) -> bytes:
    out = []
    try:
        while done > 0:
            done -= len(stream.read(min(done, CHUNK)))
        while byte := stream.read(1):
            out.append(byte)
    except OSError:
        pass
    return b"".join(out)


def _arrow_stream(chunks: Iterator[bytes]) -> pa.CompressedInputStream:
    return pa.CompressedInputStream(pa.PythonFile(_Chunks(chunks), mode="r"), "zstd")


class _Chunks:
    """A file for Arrow's decompressor to read: it asks for 64 KB at a time, the size of the chunks."""

    closed = False

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks

    def read(self, size: int = -1) -> bytes:
        """Give the next chunk."""
        return next(self._chunks, b"")

    def readable(self) -> bool:
        """Say that this is for reading."""
        return True

    def close(self) -> None:
        """Be done."""
        self.closed = True
