"""Addresses with a space inside: `www. example.org`, `https: //example.org`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule

_SPLIT = re.compile(
    r"\bwww\.(?P<host> )(?=[a-z0-9-]{2,63}\.[a-z]{2,})|\bhttps?(?P<a> ?):(?P<b> ?)//(?P<c> ?)(?=[a-z0-9-]+\.[a-z])"
)


@rule(
    family=Family.SPACING,
    order=8,
    gate=r"www\. |https? ?: ?//",
    reason="Editors that set a space behind every mark split addresses.",
    changes=[("Read it on www. example.org today.", "Read it on www.example.org today.")],
    leaves=["Type www. and then the name.", "See https://example.org for more."],
    defect=Defect.SPACED_PUNCTUATION,
)
def split_address(draft: Draft) -> Iterator[Finding]:
    """Close up an address behind `www.` and round `://`."""
    for match in _SPLIT.finditer(draft.text):
        for part in ("host", "a", "b", "c"):
            if match[part]:
                yield Finding(match.start(part), match.end(part), "", 0.8, "space inside an address")
