"""Text from outside, made so that it cannot steer a terminal or a log it is written to."""

from __future__ import annotations

import re

# C0 without tab and line feed, DEL, C1, the bidirectional overrides and isolates, the Unicode line and paragraph
# separators, and lone surrogates, which no UTF-8 terminal can be sent. A carriage return is harmless before a line
# feed alone. Left-to-right and right-to-left marks stay: Hebrew and Arabic text is full of them.
_STEERING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\u2066-\u2069\ud800-\udfff]|\r(?!\n)"
)


def visible(text: str) -> str:
    """Replace what could steer a terminal by a picture or an escape of it; all other text stays as it is."""
    return _STEERING.sub(lambda match: picture(match.group()), text)


def picture(character: str) -> str:
    """Give a picture or an escape of a character that has no look of its own."""
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
