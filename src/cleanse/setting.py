"""What a run decides for all its records: policy, learned boilerplate, and the day it runs on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cleanse.draft import Context
from cleanse.learned import UNNAMED, LearnedBoilerplate, source_of
from cleanse.policy import DEFAULT, Policy


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for every record of a run; it goes to the workers with each shard.

    Attributes:
        policy: Which findings become edits.
        learned: Approved boilerplate by source.
        today: No date that is read from a text may lie after it.
    """

    policy: Policy = DEFAULT
    learned: Mapping[str, LearnedBoilerplate] = field(default_factory=dict)
    today: date = field(default_factory=date.today)

    def context(self, facts: Mapping[str, Any]) -> Context:
        """Make the context of a record from its facts."""
        learned = None
        if self.learned:
            learned = self.learned.get(source_of(facts.get("source"), facts.get("url")) or UNNAMED)
        return Context(policy=self.policy, today=self.today, learned=learned, **facts)

    def fingerprint(self) -> str:
        """Give the SHA-256, in hex, of all that changes results; the day does not, but for dates in the future."""
        digest = hashlib.sha256(self.policy.fingerprint().encode())
        for source in sorted(self.learned):
            digest.update(json.dumps([source, self.learned[source].said()]).encode())
        return digest.hexdigest()
