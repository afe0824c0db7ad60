"""Finds where in a TOML file each key and value stands, so that an error can point at it.

The standard library's reader gives values without their places. This one gives places without values, and only of
text which that reader has accepted: nothing is checked twice. Offsets are code points.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import tomli

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a key stands, and where its value does; a table's key is its header, and its value too."""

    key: tuple[int, int]
    value: tuple[int, int]


_BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_KEY = re.compile(r"""[ \t]*(?P<part>"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+)[ \t]*""")
_SCALAR = re.compile(
    r'"""(?:[^"\\]|\\[\s\S]|"{1,2}(?!"))*"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|[^\s,\]}#](?:[^,\]}#\n]*[^\s,\]}#])?"
)


def places(text: str) -> dict[Path, Place]:
    """Give the place of everything in ``text``, by its path: keys, and positions in arrays from 0.

    ``text`` must be valid TOML, its line ends without carriage returns.
    """
    return _Scan(text).found


class _Scan:
    def __init__(self, text: str) -> None:
        self.text = text
        self.found: dict[Path, Place] = {}
        self._tables: dict[Path, int] = {}  # how many of an array of tables were begun
        at = self._blank(0)
        table: Path = ()
        while at < len(text):
            if text[at] == "[":
                at, table = self._header(at)
            else:
                at = self._pair(at, table)
            at = self._blank(at)

    def _blank(self, at: int) -> int:
        return self._match(_BLANK, at).end()

    def _match(self, pattern: re.Pattern[str], at: int) -> re.Match[str]:
        match = pattern.match(self.text, at)
        if match is None:
            raise ValueError(f"no TOML at offset {at}")
        return match

    def _key(self, at: int) -> tuple[int, list[tuple[str, tuple[int, int]]]]:
        """Read a dotted key: its parts, each with its place."""
        parts = []
        while True:
            match = self._match(_KEY, at)
            part = match["part"]
            name = tomli.loads(f"key = {part}")["key"] if part[0] in "\"'" else part
            parts.append((name, match.span("part")))
            at = match.end()
            if self.text[at : at + 1] != ".":
                return at, parts
            at += 1

    def _header(self, at: int) -> tuple[int, Path]:
        several = self.text.startswith("[[", at)
        at, parts = self._key(at + 1 + several)
        path: Path = ()
        for number, (name, span) in enumerate(parts, 1):
            path = (*path, name)
            self.found.setdefault(path, Place(span, span))
            if number < len(parts) and path in self._tables:
                path = (*path, self._tables[path] - 1)
        if several:
            index = self._tables.get(path, 0)
            self._tables[path] = index + 1
            path = (*path, index)
            self.found[path] = Place(parts[-1][1], parts[-1][1])
        return at + 1 + several, path

    def _pair(self, at: int, table: Path) -> int:
        at, parts = self._key(at)
        at = self._blank(at + 1)  # behind the "="
        end = self._value(at, (*table, *(name for name, _ in parts)))
        path = table
        for name, span in parts:
            path = (*path, name)
            self.found.setdefault(path, Place(span, (at, end)))
        return end

    def _value(self, at: int, path: Path) -> int:
        if self.text[at] == "[":
            at, index = self._blank(at + 1), 0
            while self.text[at] != "]":
                end = self._value(at, (*path, index))
                self.found[(*path, index)] = Place((at, end), (at, end))
                at, index = self._separator(end), index + 1
            return at + 1
        if self.text[at] == "{":
            at = self._blank(at + 1)
            while self.text[at] != "}":
                at = self._separator(self._pair(at, path))
            return at + 1
        return self._match(_SCALAR, at).end()

    def _separator(self, at: int) -> int:
        at = self._blank(at)
        return self._blank(at + 1) if self.text[at] == "," else at
