"""Gates: a cheap test that says which rules could have anything to do in a text.

Most text is clean and most rules have nothing to do. The patterns of many gates are compiled into one RE2 set, a single
automaton that reads the UTF-8 of a text once, in linear time, and names every gate that is found in it. Measured on
20 MB of news with 24 patterns: one set at 330 MB/s, where one Arrow ``match_substring_regex`` a gate came to 580 MB/s
*each*, that is 24 MB/s for all. But the states of an automaton are made when text first needs them, and patterns that
are half found at the same time multiply them: on 13 MB of pages in many languages one set of all 71 patterns ran at
5 MB/s, and three sets (the vocabulary of each family by itself, and all else) at 23 MB/s together, 50 MB/s at the end.
Phrases that begin a line or sentence are looked up instead: :mod:`cleanse.heads`.

A gate may be generous and never wrong: where it is closed, its rule finds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import re2

from cleanse.edit import Edit
from cleanse.heads import STOPS, Heads, Then, sentences
from cleanse.phrases import gate

_MEMORY = 64 << 20  # bytes the automaton may grow to; it grows with what it meets, to some 10 MB on real text

SHORT = 130  # code points of a line that may be a label, a date or a name
_LINES = 1 << 16  # short lines of which is remembered which gates they open
_ASKED = 1 << 12  # short lines of which is remembered whether they open one gate

_LETTER = "ʘ"  # no phrase and no pattern has it
_STEM = 16  # code points of a phrase that are searched for
_STOP = re.compile(f"[{STOPS}]")


@dataclass(frozen=True)
class Gate:
    r"""What has to be somewhere in a text for a rule to find anything; one of these is enough.

    Attributes:
        pattern: RE2 pattern; ``""`` for none. It counts no repetitions of what many characters are: ``[^\n]{2,40}``
            behind a common word is 2^40 states, and halts every gate it stands with.
        lines: Folded phrases that begin a line, but for marks, and what has to follow them.
        sentences: The same for phrases that begin a line or a sentence.
        line: Says of a short line (of at most ``SHORT`` code points, without white space at its ends) whether the rule
            could find anything for its sake. What it says is remembered.
        probe: What no pattern can say: asked of each text that has one of the above, of every text if there is none
            of them. The gate is then open where it says so. It has to be cheap: 10 µs for a text.
        spans: The pattern can match over more than a filled line and the ones beside it.
    """

    pattern: str = ""
    lines: frozenset[tuple[str, Then]] = frozenset()
    sentences: frozenset[tuple[str, Then]] = frozenset()
    line: Callable[[str], bool] | None = None
    probe: Callable[[str], bool] | None = None
    spans: bool = False

    def __or__(self, other: Gate | str) -> Gate:
        other = Gate(other) if isinstance(other, str) else other
        if self.probe or other.probe or self.line or other.line:
            raise ValueError(
                "gates that ask functions are not joined: give these to the gate that is made of the others"
            )
        pattern = "|".join(p for p in (self.pattern, other.pattern) if p)
        lines, sentences = self.lines | other.lines, self.sentences | other.sentences
        return Gate(pattern, lines, sentences, spans=self.spans or other.spans)

    def __ror__(self, other: str) -> Gate:
        return Gate(other) | self

    def __str__(self) -> str:
        said = [self.pattern] if self.pattern else []
        for phrases, what in ((self.lines, "a line"), (self.sentences, "a sentence")):
            if phrases:
                said.append(f"{len(phrases)} phrases that begin {what}")
        if self.line:
            said.append(f"a short line: {(self.line.__doc__ or '').strip()}")
        asked = (self.probe.__doc__ or "").split("\n")[0] if self.probe else ""
        return ", or ".join(said) + (f" ({asked})" if said and asked else asked)


def begins(phrases: Iterable[str], then: Then = Then.ANYTHING, *, sentence: bool = False) -> Gate:
    """Give the gate of rules for which a line (or a ``sentence``) has to begin with one of the folded ``phrases``."""
    # A sentence is cut at its stops, and so is what has to begin it: "already a member?", "см. также".
    every = {_STOP.split(phrase, maxsplit=1)[0].rstrip() if sentence else phrase for phrase in phrases}
    heads = frozenset((phrase, then) for phrase in every if phrase[:1].isalnum())
    # What begins with a mark is no head; the mark and all are searched for.
    marked = sorted(phrase for phrase in every if phrase and not phrase[0].isalnum())
    pattern = gate(marked) if marked else ""
    return Gate(pattern, sentences=heads) if sentence else Gate(pattern, lines=heads)


def holds(phrases: Iterable[str]) -> Gate:
    """Give the gate of rules for which a text has to hold one of the folded ``phrases``."""
    return Gate(gate({_stem(phrase) for phrase in phrases}))


def _stem(phrase: str) -> str:
    """Give the longest piece of a phrase between its gaps, cut to some length."""
    return max(phrase.split("…"), key=len).strip()[:_STEM]


class GateSet:
    """The gates of a sequence of rules, asked all at once."""

    def __init__(self, gates: Sequence[Gate | str | None], apart: Sequence[str] = ()) -> None:
        """Compile the gates; a string is a gate's pattern, None a gate that never opens.

        Args:
            gates: The gates, by number.
            apart: By number, a name for those whose patterns are an automaton of their own.

        Raises:
            ValueError: A pattern is not one that RE2 knows.
        """
        self.gates = [Gate(g) if isinstance(g, str) else g for g in gates]
        known = [(number, g) for number, g in enumerate(self.gates) if g is not None]
        self.all = [number for number, _ in known]
        groups: dict[str, list[tuple[int, str]]] = {}
        for n, g in known:
            if g.pattern:
                groups.setdefault(apart[n] if apart else "", []).append((n, g.pattern))
        self.patterns = PatternSet(*groups.values())
        self.lines = Heads({n: g.lines for n, g in known})
        self.sentences = Heads({n: g.sentences for n, g in known})
        self._line_tests = [(n, g.line) for n, g in known if g.line]
        self._said: dict[str, frozenset[int]] = {}
        self.probes = [
            (n, g.probe, not (g.pattern or g.lines or g.sentences or g.line)) for n, g in known if g.probe
        ]
        self._spanning = PatternSet([(n, g.pattern) for n, g in known if g.spans])
        self._alone: dict[int, tuple[PatternSet, Heads, Heads]] = {}

    def open(self, text: str) -> list[int]:
        """Give the numbers of the gates that ``text`` opens, ascending."""
        try:
            raw = text.encode()
        except UnicodeEncodeError:  # a lone surrogate has no UTF-8
            return list(self.all)
        opened = self._found(raw, text)
        if opened is None:
            return list(self.all)
        return sorted(self.probed(opened, text))

    def reopen(self, text: str, opened: Sequence[int], edits: Sequence[Edit], rule: int) -> list[int]:
        """Give the gates that ``text`` may open after ``edits`` of number ``rule``, ascending; it opened ``opened``.

        Only what stands round the edits can open another gate: a match that touches none of them was there before. So
        the edited lines are looked at, with the filled lines beside them, and the whole text only where they are most
        of it. What was open is taken to be so still, but for the gate of the rule that made the edits.
        """
        windows = _windows(text, edits)
        if windows is None:
            return self.open(text)
        # A letter where the text goes on: neither the beginning nor the end of a text is there.
        said = _LETTER.join(text[begin:end] for begin, end in windows)
        if windows and windows[0][0]:
            said = _LETTER + said
        if windows and windows[-1][1] < len(text):
            said += _LETTER
        try:
            raw = text.encode()
            near = self._found(said.encode(), said)
        except UnicodeEncodeError:
            return list(self.all)
        if near is None:
            return self.open(text)
        found = near.union(opened)
        if self._spanning:
            found.update(self._spanning.match(raw) or ())
        if rule in found and not self._is_open(rule, raw, text):
            found.discard(rule)
        for number, probe, _ in self.probes:
            if probe(text):
                found.add(number)
            else:
                found.discard(number)
        return sorted(found)

    def _is_open(self, rule: int, raw: bytes, text: str) -> bool:
        """Ask a single gate, but for its probe."""
        own = self.gates[rule]
        if own is None or not (own.pattern or own.lines or own.sentences or own.line):
            return True
        if rule not in self._alone:
            pattern = PatternSet([(rule, own.pattern)] if own.pattern else [])
            self._alone[rule] = (pattern, Heads({rule: own.lines}), Heads({rule: own.sentences}))
        pattern, lines, begun = self._alone[rule]
        return (
            (own.line is not None and any(rule in self.of_line(line) for line in short_lines(text)))
            or (bool(pattern) and pattern.match(raw) != [])
            or (bool(lines) and bool(lines.numbers(text.split("\n"))))
            or (bool(begun) and bool(begun.numbers(sentences(text))))
        )

    def probed(self, opened: set[int], text: str) -> set[int]:
        """Ask the probes of those gates that have one."""
        for number, probe, always in self.probes:
            if always or number in opened:
                if probe(text):
                    opened.add(number)
                else:
                    opened.discard(number)
        return opened

    def _found(self, raw: bytes, text: str) -> set[int] | None:
        found = self.patterns.match(raw)
        if found is None:
            return None
        opened = set(found)
        if self.lines or self.sentences:
            opened |= self.lines.numbers(text.split("\n"))
            opened |= self.sentences.numbers(sentences(text))
        if self._line_tests:
            for line in short_lines(text):
                opened |= self.of_line(line)
        return opened

    def of_line(self, line: str) -> frozenset[int]:
        """Give the numbers of the gates that a short line opens; the same lines stand in many articles."""
        known = self._said.get(line)
        if known is None:
            if len(self._said) >= _LINES:
                self._said.clear()
            known = self._said[line] = frozenset(n for n, says in self._line_tests if says(line))
        return known


class LineGate:
    """Asks a rule's gate of single lines, for rules that judge each line by what it says itself.

    It takes 5 µs, and the judging of a line 20 to 50; few lines of a text that has one open the gate. What is said of
    short lines is remembered: most of them are asked for again after an edit.
    """

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._said: dict[str, bool] = {}

    @cached_property
    def _gates(self) -> GateSet:
        return GateSet([self._gate])

    def opens(self, line: str) -> bool:
        """Say whether the rule could find anything in ``line``, were it the whole text."""
        if len(line) > SHORT:
            return bool(self._gates.open(line))
        said = self._said.get(line)
        if said is None:
            if len(self._said) >= _ASKED:
                self._said.clear()
            said = self._said[line] = bool(self._gates.open(line))
        return said


def short_lines(text: str) -> list[str]:
    """Give the lines of at most ``SHORT`` code points that are not blank, without white space at their ends."""
    return [line for line in map(str.strip, text.split("\n")) if line and len(line) <= SHORT]


class PatternSet:
    """Patterns by number, in one or more RE2 sets."""

    def __init__(self, *groups: Sequence[tuple[int, str]]) -> None:
        """Compile each of ``groups`` of patterns, with their numbers, into a set."""
        self._sets = [(_compiled(group).Match, [number for number, _ in group]) for group in groups if group]

    def __bool__(self) -> bool:
        return bool(self._sets)

    def match(self, raw: bytes) -> list[int] | None:
        """Give the numbers of the patterns that are found in UTF-8; None if that cannot be told."""
        matched: list[int] = []
        for match, numbers in self._sets:
            found = match(raw)
            last = len(numbers)
            # The last pattern is empty and found in every text. A set that ran out of memory answers like one that
            # found nothing; by this the two differ.
            if not found or last not in found:
                return None
            if len(found) > 1:
                matched += [numbers[n] for n in found if n != last]
        return matched

    def possible_in(self, text: str) -> set[int]:
        """Give the numbers of the patterns that may stand in ``text``: all of them if that cannot be told."""
        found = self.match(
            text.encode(errors="replace")
        )  # a lone surrogate has no UTF-8, and is in no pattern
        return {n for _, numbers in self._sets for n in numbers} if found is None else set(found)

    def possible(self, text: str) -> bool:
        """Say whether any of the patterns may stand in ``text``; none is in a set of none."""
        return self.match(text.encode(errors="replace")) != []


def _windows(text: str, edits: Sequence[Edit]) -> list[tuple[int, int]] | None:
    """Give the edited lines with the filled lines beside them; None if they are most of the text."""
    windows: list[tuple[int, int]] = []
    left = len(text) // 2
    for edit in edits:
        start, end = edit.start, edit.start + len(edit.inserted)
        begin = text.rfind("\n", 0, start)
        while begin > 0:
            above = text.rfind("\n", 0, begin)
            blank = text[above + 1 : begin].isspace() or above + 1 == begin
            begin = above
            if not blank:
                break
        stop = text.find("\n", end)
        while stop >= 0:
            below = text.find("\n", stop + 1)
            line = text[stop + 1 : below if below >= 0 else len(text)]
            stop = below
            if line and not line.isspace():
                break
        begin, stop = max(begin, 0), stop + 1 if stop >= 0 else len(text)
        left -= stop - begin
        if left < 0:
            return None
        if windows and begin <= windows[-1][1]:
            begin = min(windows.pop()[0], begin)
        windows.append((begin, stop))
    return windows


def _compiled(patterns: Sequence[tuple[int, str]]) -> re2.Set:
    options = re2.Options()
    options.max_mem = _MEMORY
    options.log_errors = False
    made = re2.Set.SearchSet(options)
    for number, pattern in patterns:
        try:
            made.Add(pattern)
        except re2.error as error:
            raise ValueError(f"gate {number}, {pattern!r}, is no RE2 pattern: {_wrong(pattern)}") from error
    made.Add("")
    made.Compile()
    return made


def _wrong(pattern: str) -> str:
    """Say what is wrong with a pattern; a set does not, and to compile each alone first takes as long as the set."""
    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(pattern, options)
    except re2.error as error:
        said = error.args[0]
        return said.decode() if isinstance(said, bytes) else str(said)
    return "too large"
