"""The policy: which findings become edits."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

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


@dataclass(frozen=True, slots=True)
class Policy:
    """Thresholds and switches. Changing one needs no new detection.

    Attributes:
        thresholds: The score, 0 to 1, that a finding of a family must reach.
        off: Names of families and rules that are switched off.
    """

    thresholds: Mapping[str, float] = field(default_factory=lambda: dict(THRESHOLDS))
    off: frozenset[str] = frozenset()

    def allows(self, rule: Rule) -> bool:
        """Say whether ``rule`` is switched on."""
        return rule.name not in self.off and rule.family not in self.off

    def accepts(self, rule: Rule, finding: Finding) -> bool:
        """Say whether ``finding`` becomes an edit."""
        return finding.score >= self.thresholds[rule.family]

    def fingerprint(self) -> str:
        """Give the SHA-256, in hex, of everything that this policy says."""
        said = json.dumps([dict(sorted(self.thresholds.items())), sorted(self.off)], sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()


DEFAULT = Policy()
