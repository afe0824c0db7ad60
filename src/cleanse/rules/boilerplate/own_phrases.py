"""Lines that a person's policy lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.phrases import fold
from cleanse.policy import Phrase, Where
from cleanse.rule import Family, rule
from cleanse.rules.boilerplate.whole_lines import without_lines

# Scripts that put no space between words: there a phrase may stand right beside another word.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
)


@lru_cache(maxsize=256)
def _folded(phrases: tuple[Phrase, ...]) -> tuple[dict[str, Phrase], tuple[tuple[str, Phrase], ...]]:
    """Give the phrases that are lines by what they say, and the others with what they say."""
    said = [(fold(" ".join(phrase.text.split())), phrase) for phrase in phrases]
    return (
        {text: phrase for text, phrase in said if phrase.where is Where.LINE},
        tuple((text, phrase) for text, phrase in said if phrase.where is not Where.LINE),
    )


@rule(
    family=Family.BOILERPLATE,
    gate="",
    reason="No vocabulary knows every site's phrases: lines with one of the policy's [[phrase]] tables go.",
    changes=[],
    leaves=[],
    defect=Defect.LISTED_BOILERPLATE,
    order=90,
    when=lambda context: any(name == "own_phrases" for name, _ in context.policy.gates()),
)
def own_phrases(draft: Draft) -> Iterator[Finding]:
    """Take out each line that is, begins with, ends with or holds a phrase of the policy, as the phrase says."""
    if not draft.context.policy.phrases:
        return
    lines, parts = _folded(draft.context.policy.phrases)
    found = {}
    for line in draft.filled_lines:
        text = fold(line.content)
        phrase = lines.get(text) or next((p for part, p in parts if _holds(text, part, p.where)), None)
        if phrase is not None:
            found[line.index] = (phrase.defect, f"the policy lists {phrase.text!r} ({phrase.where})")
    yield from without_lines(draft, found)


def _holds(line: str, phrase: str, where: Where) -> bool:
    if where is Where.START:
        return line.startswith(phrase) and _apart(line, 0, len(phrase))
    if where is Where.END:
        return line.endswith(phrase) and _apart(line, len(line) - len(phrase), len(line))
    at = line.find(phrase)
    while at >= 0:
        if _apart(line, at, at + len(phrase)):
            return True
        at = line.find(phrase, at + len(phrase))
    return False


def _apart(line: str, start: int, end: int) -> bool:
    """Say whether ``line[start:end]`` is not just a part of a word."""
    return not (start and _joined(line[start - 1], line[start])) and not (
        end < len(line) and _joined(line[end - 1], line[end])
    )


def _joined(left: str, right: str) -> bool:
    return left.isalnum() and right.isalnum() and not (_UNSPACED.match(left) or _UNSPACED.match(right))
