"""In which encoding a file is: UTF-8, unless a byte order mark or its zeros say UTF-16.

A UTF-16 file is read as UTF-8, and each line remembers the bytes it came from. Other encodings are not
guessed: their lines are rejected with their bytes.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator

UTF8 = "utf-8"

_MARKS = (
    (codecs.BOM_UTF8, UTF8),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ODD = (
    b"\xff"  # stands in no UTF-8; what follows is the last byte, in hexadecimal, as it could be a line feed
)
_LOOKED_AT = 4096  # bytes


def detect(head: bytes) -> tuple[str, int]:
    """Give the encoding of a file that begins with ``head``, and the length of its byte order mark in bytes.

    Without a mark it is UTF-16 where of the first 4,096 bytes each second one is mostly zero (two in five at
    least: line ends, spaces and digits alone make that many in any alphabetic script) and the others hardly ever.
    """
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    sample = head[:_LOOKED_AT]
    pairs = len(sample) // 2
    if pairs:
        first, second = sample[0::2].count(0), sample[1::2].count(0)
        if second >= 0.4 * pairs and first <= 0.02 * pairs:
            return "utf-16-le", 0
        if first >= 0.4 * pairs and second <= 0.02 * pairs:
            return "utf-16-be", 0
    return UTF8, 0


def peek(chunks: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """Give the first bytes, enough to :func:`detect` the encoding, and the chunks behind them."""
    head = b""
    try:
        while len(head) < _LOOKED_AT and (chunk := next(chunks, None)) is not None:
            head += chunk
    except Exception as error:  # to be met again behind the bytes before it
        return head, _raising(error)
    return head, chunks


def _raising(error: Exception) -> Iterator[bytes]:
    yield b""
    raise error


def to_utf8(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """Recode UTF-16 as UTF-8, chunk by chunk.

    A lone surrogate, or an odd byte at the end, becomes a sequence that is not valid in UTF-8, so that the line
    which holds it is rejected and no other.
    """
    decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
    broken: Exception | None = None
    try:
        for chunk in chunks:
            yield decoder.decode(chunk).encode(UTF8, "surrogatepass")
    except Exception as error:
        broken = error
    rest = decoder.getstate()[0]
    odd = rest[len(rest) // 2 * 2 :]
    yield rest[: len(rest) - len(odd)].decode(encoding, "surrogatepass").encode(UTF8, "surrogatepass")
    if odd:
        yield _ODD + odd.hex().encode()
    if broken is not None:
        raise broken


def original(line: bytes, encoding: str) -> bytes:
    """Give the bytes that :func:`to_utf8` made this line from."""
    if encoding == UTF8:
        return line
    text, _, odd = line.partition(_ODD)
    content = text.decode(UTF8, "surrogatepass").encode(encoding, "surrogatepass")
    return content + bytes.fromhex(odd.decode())
