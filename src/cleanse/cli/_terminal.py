"""What reaches a terminal: colours, and text that cannot steer it.

A scraped article may hold anything, terminal control sequences included: they can move the cursor, retitle the
window, or hide what stands before them. Whatever is shown to a person goes through :func:`visible` or
:func:`spelled_out` first.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Mapping
from datetime import date
from typing import Any

from cleanse.visible import picture, visible

_SURROGATE = re.compile("[\ud800-\udfff]")
_JOINERS = "\u200c\u200d"  # ordinary letters' glue in Persian, Hindi and emoji


def spelled_out(text: str) -> str:
    """Also show what cannot be seen, line breaks and zero-width characters too: for text that changed."""
    if text.isprintable():
        return text
    alone = not any(c.isalnum() for c in text)
    if alone:
        text = text.replace("\n", "⏎")
    keep = "\n" if alone else "\n" + _JOINERS
    shown = "".join(c if c.isprintable() or c in keep else picture(c) for c in text)
    return shown.replace("\n", "⏎\n")


def wants_colour(choice: str) -> bool:
    """Say whether to colour: ``always``, ``never``, or ``auto`` (a terminal that is no dumb one, and no NO_COLOR)."""
    if choice != "auto":
        return choice == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


class Marks:
    """Writes what went and what came: in colour, or with plain marks as of word diffs."""

    def __init__(self, *, colour: bool) -> None:
        self.colour = colour

    def removed(self, text: str) -> str:
        """Text that went."""
        return self._dress(spelled_out(text), "9;31", "[-{}-]", blank="41")

    def inserted(self, text: str) -> str:
        """Text that came."""
        return self._dress(spelled_out(text), "32", "{{+{}+}}", blank="42")

    def passing(self, text: str) -> str:
        """Text that one edit inserted and a later one took out again."""
        return self._dress(spelled_out(text), "2;9;32", "[~{}~]", blank="42")

    def before(self, line: str) -> str:
        """A whole line as it was."""
        return self._dress(line, "31", "{}")

    def after(self, line: str) -> str:
        """A whole line as it is now."""
        return self._dress(line, "32", "{}")

    def aside(self, text: str) -> str:
        """A remark beside the text, such as a rule's name."""
        return self._dress(visible(text), "2", "{}")

    def strong(self, text: str) -> str:
        """A heading."""
        return self._dress(visible(text), "1", "{}")

    def _dress(self, text: str, style: str, plain: str, blank: str = "") -> str:
        if not text or not self.colour:
            return plain.format(text) if text else ""
        if blank and text.isspace():  # a struck-out space cannot be seen, one with a ground can
            style = blank
        # Each line on its own, so that a pager that starts in the middle shows the right colour.
        return "\n".join(f"\x1b[{style}m{line}\x1b[0m" if line else "" for line in text.split("\n"))


def write(text: str) -> None:
    """Write text as UTF-8 to stdout: to a terminal what is safe to see, to a file or pipe exactly ``text``.

    Raises:
        UnicodeEncodeError: ``text`` holds a lone surrogate, for which there is no UTF-8.
    """
    if sys.stdout.isatty():
        text = visible(text if text.endswith("\n") else text + "\n")
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


def write_json(row: Mapping[str, Any]) -> None:
    """Write an object as one line of JSON; a lone surrogate, which has no UTF-8, as its escape."""
    line = json.dumps(row, ensure_ascii=False, default=date.isoformat)
    write(_SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", line) + "\n")


def add_colour(parser: argparse.ArgumentParser) -> None:
    """Add the option that says when to colour."""
    parser.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="colours: on a terminal unless NO_COLOR is set (auto, the default), always, or never",
    )
