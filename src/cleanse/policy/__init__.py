"""The policy: which findings become edits, and what else a person wants taken out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from cleanse.defect import Defect
from cleanse.edit import Finding
from cleanse.rule import Family, Rule

THRESHOLDS: Mapping[str, float] = {
    Family.ENCODING: 0.5,
    Family.MARKUP: 0.5,
    Family.PLACEHOLDERS: 0.5,
    Family.SPACING: 0.5,
    Family.CREDITS: 0.5,
    Family.BOILERPLATE: 0.5,
    Family.LAYOUT: 0.5,
}


class Where(StrEnum):
    """Where in a line a phrase must stand."""

    LINE = "line"
    START = "start"
    END = "end"
    INSIDE = "inside"


class Delete(StrEnum):
    """What goes where a pattern is found."""

    SPAN = "span"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that mark a line as boilerplate: the line goes.

    Attributes:
        text: The words; case, straight or curly quotes and the amount of white space do not matter.
        where: Where in the line they must stand, on their own and not as part of a word.
        defect: What is reported.
    """

    text: str
    where: Where = Where.LINE
    defect: Defect = Defect.LISTED_BOILERPLATE


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that is looked for in each line.

    Attributes:
        regex: RE2 pattern. It sees each line alone, without white space at its ends: ``^`` and ``$`` are its bounds.
        delete: What goes: the line, or what matched.
        defect: What is reported.
    """

    regex: str
    delete: Delete = Delete.SPAN
    defect: Defect = Defect.LISTED_BOILERPLATE


@dataclass(frozen=True, slots=True)
class Policy:
    """Thresholds, switches and a person's own phrases. Changing one needs no new detection.

    Attributes:
        thresholds: The score, 0 to 1, that a finding must reach, by family or by rule; a rule's own comes first.
        off: Names of families and rules that are switched off.
        phrases: What the rule ``own_phrases`` takes out.
        patterns: What the rule ``own_patterns`` takes out.
        sources: The whole policy for each source that has one of its own, by its name in lower case.
    """

    thresholds: Mapping[str, float] = field(default_factory=lambda: dict(THRESHOLDS))
    off: frozenset[str] = frozenset()
    phrases: tuple[Phrase, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    sources: Mapping[str, Policy] = field(default_factory=dict)
    # Worked out on demand: decisions are asked for in the innermost loop, and an enum's hash is Python code.
    _required: dict[str, float] = field(default_factory=dict, init=False, repr=False, compare=False)
    _gates: list[tuple[tuple[str, str], ...]] = field(
        default_factory=list, init=False, repr=False, compare=False
    )

    @staticmethod
    def load(path: Path | str) -> Policy:
        """Read a policy file (TOML); docs/policy.md says what may stand in it.

        Raises:
            PolicyError: It makes no sense; the message shows each line that does not.
            OSError: It cannot be read.
        """
        from cleanse.policy.file import load

        return load(Path(path))

    @staticmethod
    def parse(text: str, name: str = "policy") -> Policy:
        """Read the text of a policy file; ``name`` is what errors call it.

        Raises:
            PolicyError: It makes no sense; the message shows each line that does not.
        """
        from cleanse.policy.file import parse

        return parse(text, name)

    def allows(self, rule: Rule) -> bool:
        """Say whether ``rule`` is switched on."""
        return not self.off or (rule.name not in self.off and rule.family not in self.off)

    def accepts(self, rule: Rule, finding: Finding) -> bool:
        """Say whether ``finding`` becomes an edit."""
        required = self._required.get(rule.name)
        if required is None:
            family = self.thresholds.get(rule.family, THRESHOLDS[rule.family])
            required = self._required[rule.name] = self.thresholds.get(rule.name, family)
        return finding.score >= required

    def for_source(self, source: str | None, url: str | None = None) -> Policy:
        """Give the policy for articles of ``source``, or else of the host of ``url``; this one if it has no other."""
        if not self.sources:
            return self
        return (
            (source is not None and self.sources.get(source.lower()))
            or (url is not None and self.sources.get(_host(url)))
            or self
        )

    def gates(self) -> tuple[tuple[str, str], ...]:
        """Give (name, RE2 pattern) for each rule whose work is what this policy lists, for whatever source."""
        if not self._gates:
            self._gates.append(_gates([self, *self.sources.values()]))
        return self._gates[0]

    def fingerprint(self) -> str:
        """Give the SHA-256, in hex, of everything that this policy says."""
        import hashlib  # OpenSSL takes 10 ms to load, and who cleans one article asks for no fingerprint
        import json

        return hashlib.sha256(json.dumps(self._said(), sort_keys=True).encode()).hexdigest()

    def _said(self) -> list[object]:
        return [
            {name: float(value) for name, value in self.thresholds.items()},
            sorted(self.off),
            [[p.text, p.where, p.defect] for p in self.phrases],
            [[p.regex, p.delete, p.defect] for p in self.patterns],
            {name: policy._said() for name, policy in self.sources.items()},
        ]

    def __hash__(self) -> int:
        return hash((self.off, self.phrases, self.patterns))


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # such as an unclosed bracket
        return ""


# What a pattern can hold that an anchor is not: quoted text, an escape, a class. Then the anchors.
_PARTS = re.compile(r"\\Q.*?(?:\\E|$)|\\.|\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]|[\^$]", re.DOTALL)


def gate_of(regex: str) -> str:
    """Give an RE2 pattern that a text has wherever one of its lines, without white space at its ends, has ``regex``."""
    return f"(?:{_PARTS.sub(lambda part: '(?:)' if part.group() in '^$' else part.group(), regex)})"


def _gates(policies: list[Policy]) -> tuple[tuple[str, str], ...]:
    phrases = [phrase.text for policy in policies for phrase in policy.phrases]
    patterns = dict.fromkeys(pattern.regex for policy in policies for pattern in policy.patterns)
    made = []
    if phrases:
        from cleanse.phrases import fold, gate

        made.append(("own_phrases", gate(fold(" ".join(text.split())) for text in phrases)))
    if patterns:
        made.append(("own_patterns", "|".join(map(gate_of, patterns))))
    return tuple(made)


DEFAULT = Policy()
