"""Spaces inside Spanish questions and exclamations: `¿ Quién fue ?`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule

# The inner marks are left out, so that each opening mark meets its own closing one.
_PAIR = re.compile(
    r"[¿¡](?P<left> ?)(?=[^\W_])[^¿¡?!\n]{1,300}?(?P<right> ?)(?:(?<=[^\W_] )|(?<=[^\W_]))[?!]"
)


@rule(
    family=Family.SPACING,
    order=35,
    gate=r"[¿¡]",
    reason="Tokenisers set ¿ and ¡ apart as they do other marks; no language that uses them does.",
    changes=[("¿ Quién lo vio ? Nadie.", "¿Quién lo vio? Nadie."), ("¡Qué barco !", "¡Qué barco!")],
    leaves=["¿Quién? dijo. ¡Nadie! Y ¿qué más?", "El signo ¿ abre y el signo ? cierra."],
    defect=Defect.SPACED_PUNCTUATION,
)
def padded_inverted_mark(draft: Draft) -> Iterator[Finding]:
    """Take out the spaces inside a pair of Spanish marks on one line."""
    text = draft.text
    for match in _PAIR.finditer(text):
        before = text[max(0, match.start() - 3) : match.start()].rstrip(" ")[-1:]
        if match["left"] and before.isalnum() and not text[match.end("left")].isupper():
            continue  # a mark that is spoken of
        for side in ("left", "right"):
            if match[side]:
                yield Finding(
                    match.start(side),
                    match.end(side),
                    "",
                    0.8,
                    f"space inside {match.group()[0]} and its mark",
                )
