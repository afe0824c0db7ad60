"""Padded punctuation: `the talks , he said .`"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule

_PADDED = re.compile(r"(?<=\w) +(?=[,.](?:\s|$))")


@rule(
    family=Family.SPACING,
    gate=r" [,.](?:\s|$)",
    reason="Tokenisers and some editors put a space before a mark, where the language has none.",
    changes=[("The talks ended , he said .", "The talks ended, he said.")],
    leaves=["He waited ... then left."],
    defect=Defect.SPACED_PUNCTUATION,
)
def space_before_punctuation(draft: Draft) -> Iterator[Finding]:
    """Take out spaces between a word and the comma or full stop that follows it."""
    for match in _PADDED.finditer(draft.text):
        yield Finding(match.start(), match.end())
