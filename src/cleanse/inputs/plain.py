"""Reads text files: one article a file."""

from __future__ import annotations

from collections.abc import Iterator

from cleanse.inputs.encoding import UTF8, detect
from cleanse.inputs.model import Check
from cleanse.inputs.rows import Place, Rows
from cleanse.inputs.streams import Broken

_PLACE = Place(0, 0, 1)


def read_text(chunks: Iterator[bytes], rows: Rows) -> Iterator[None]:
    """Add the file to ``rows`` and yield."""
    limits = rows.limits
    parts: list[bytes] = []
    size = 0
    try:
        for chunk in chunks:
            parts.append(chunk)
            size += len(chunk)
            if size > limits.line_bytes:
                break
    except Broken as broken:
        rows.reject(broken.check, str(broken), b"".join(parts)[: limits.raw_bytes], _PLACE)
        yield
        return
    content = b"".join(parts)
    encoding, mark = detect(content)
    if size > limits.line_bytes:
        message = f"the text is longer than {limits.line_bytes:,} bytes"
        rows.reject(Check.LINE_TOO_LONG, message, content[: limits.raw_bytes], _PLACE)
    else:
        try:
            text = content[mark:].decode(encoding)
        except UnicodeDecodeError as error:
            check = Check.INVALID_UTF8 if encoding == UTF8 else Check.INVALID_UTF16
            message = f"not valid {encoding}: {error.reason} at byte {error.start + mark}"
            rows.reject(check, message, content, _PLACE)
        else:
            if not text or text.isspace():
                message = "the file holds white space only" if text else "the file is empty"
                rows.reject(Check.EMPTY_TEXT, message, content, _PLACE, column="text")
            else:
                rows.add({"text": text}, content, 0, 0, 1)
    yield
