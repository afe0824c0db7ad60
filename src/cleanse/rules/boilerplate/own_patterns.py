"""Lines and parts of lines that match a pattern of a person's policy."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import re2

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.policy import Delete, Pattern
from cleanse.rule import Family, rule
from cleanse.rules.boilerplate.whole_lines import without_lines

# What is left of a line after a deletion may match again, as "()" does in "(())". A line that does so this often is
# left alone and flagged: a pattern cannot make cleaning slow, nor cleaning twice differ from cleaning once.
PASSES = 8

_SURROGATE = re.compile("[\ud800-\udfff]")
_Compiled = tuple[tuple[Pattern, Any], ...]
_Found = tuple[int, int, Pattern]


@lru_cache(maxsize=256)
def _compiled(patterns: tuple[Pattern, ...]) -> _Compiled:
    options = re2.Options()
    options.log_errors = False
    return tuple((pattern, re2.compile(pattern.regex, options)) for pattern in patterns)


@rule(
    family=Family.BOILERPLATE,
    gate="",
    reason="What no phrase can say a pattern can: what matches one of the policy's [[pattern]] tables goes.",
    changes=[],
    leaves=[],
    defect=Defect.LISTED_BOILERPLATE,
    order=91,
    when=lambda context: any(name == "own_patterns" for name, _ in context.policy.gates()),
)
def own_patterns(draft: Draft) -> Iterator[Finding]:
    """Take out what matches in a line, or the line, as each pattern says."""
    if not draft.context.policy.patterns:
        return
    compiled = _compiled(draft.context.policy.patterns)
    whole = {}
    for line in draft.filled_lines:
        start = draft.text.index(line.content, line.start)
        spans = _settled(line.content, compiled)
        if spans is None:
            yield Finding(
                start, start, evidence=f"own patterns still match after {PASSES} deletions", review=True
            )
            continue
        for first, last, pattern in spans:
            evidence = f"the policy lists {pattern.regex!r} ({pattern.delete})"
            if last - first == len(line.content):
                whole[line.index] = (pattern.defect, evidence)
            else:
                yield Finding(start + first, start + last, evidence=evidence, defect=pattern.defect)
    yield from without_lines(draft, whole)


def _settled(content: str, compiled: _Compiled) -> list[_Found] | None:
    """Give what goes of a line until nothing in it matches; ``None`` if that takes too long."""
    gone: list[_Found] = []
    for _ in range(PASSES):
        left, starts, shifts = _left(content, gone)
        found = _matches(left, compiled)
        if not found:
            return gone
        if found[0][1] - found[0][0] == len(left):
            return [(0, len(content), found[0][2])]
        for start, end, pattern in found:
            first = start + shifts[bisect_right(starts, start) - 1]
            last = end + shifts[bisect_right(starts, end - 1) - 1]
            gone.append((first, last, pattern))
        gone = _merged(gone)
    return None


def _left(content: str, gone: Sequence[_Found]) -> tuple[str, list[int], list[int]]:
    """Give what is left of a line; and where in that its pieces begin, and how far before their old places."""
    pieces, starts, shifts = [], [], []
    at = length = 0
    for start, end in [*((start, end) for start, end, _ in gone), (len(content), len(content))]:
        if start > at:
            pieces.append(content[at:start])
            starts.append(length)
            shifts.append(at - length)
            length += start - at
        at = end
    return "".join(pieces), starts, shifts


def _matches(content: str, compiled: _Compiled) -> list[_Found]:
    """Give what the patterns match, merged and in order; a whole line alone."""
    text = content
    try:
        text.encode()
    except UnicodeEncodeError:
        text = _SURROGATE.sub("\ufffd", text)  # RE2 reads UTF-8, which has no lone surrogate
    found: list[_Found] = []
    for pattern, regex in compiled:
        for match in regex.finditer(text):
            if match.start() == match.end():
                continue
            if pattern.delete is Delete.LINE:
                return [(0, len(content), pattern)]
            found.append((match.start(), match.end(), pattern))
    return _with_blanks(content, _merged(found))


def _with_blanks(content: str, found: list[_Found]) -> list[_Found]:
    """Widen what goes so that white space is left neither doubled nor at the ends of the line."""
    wide = []
    for start, end, pattern in found:
        if start == 0 or content[start - 1].isspace():
            while end < len(content) and content[end].isspace():
                end += 1
        wide.append((start, end, pattern))
    wide = _merged(wide)
    if wide and wide[-1][1] == len(content):
        start, end, pattern = wide.pop()
        wide.append((len(content[:start].rstrip()), end, pattern))
    return _merged(wide)


def _merged(found: list[_Found]) -> list[_Found]:
    merged: list[_Found] = []
    for start, end, pattern in sorted(found, key=lambda one: one[:2]):
        if merged and start <= merged[-1][1]:
            first, last, by = merged[-1]
            merged[-1] = (first, max(last, end), by)
        else:
            merged.append((start, end, pattern))
    return merged
