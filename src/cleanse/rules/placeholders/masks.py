"""Masks that corpora put in the place of what they hide: `*NUMBER*`, `<unk>`, `@xmath0`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule
from cleanse.rules.placeholders.reading import about_placeholders

_MASK = re.compile(
    r"\*(?:NUMBER|NUM|NAME|DATE|URL|EMAIL|PHONE|ADDRESS)\*"
    r"|<(?:unk|UNK|num|NUM|mask|MASK|URL|EMAIL|PHONE|PERSON|NAME|DATE)>|\[(?:MASK|UNK|UNKNOWN_TOKEN)\]"
    r"|@x(?:math|cite|ref)\d*|__(?:NUM|URL|UNK|NAME|EMAIL)__|\bTKTK\b|\bTK TK\b|\[TK\]"
    r"|\[email\u00a0protected\]|\[email protected\]"
    r"|(?<![\w/.-])X{4,}(?![\w/.-])|\bXX/XX/(?:XX){1,2}\b"
)
_KNOWN = re.compile(r"(?<=\w) @(?P<mark>[-,.])@ (?=\w)")


@rule(
    family=Family.PLACEHOLDERS,
    order=10,
    gate=(
        r" @[-,.]@ |"
        r"\*[A-Z]{3,7}\*|<(?:unk|num|mask|[A-Z]{3,6})>|\[(?:MASK|UNK|TK)|@x[mcr]|__[A-Z]{3}|"
        r"\[email|TK ?TK|XXXX|XX/XX/XX"
    ),
    reason="Corpora hide numbers, names and formulas behind masks, and newsrooms mark what is still to come.",
    changes=[("The long @-@ lost crane lifted 1 @,@ 204 tons.", "The long-lost crane lifted 1,204 tons.")],
    leaves=["He wrote **NUMBER one** and *name* on XXX bottles, Super Bowl XXXIX."],
    defect=Defect.PLACEHOLDER,
)
def corpus_mask(draft: Draft) -> Iterator[Finding]:
    """Restore the masks that say what they stand for, report the others.

    What those hide is lost, and without them the sentence would say something else. `@-@` is how a much used corpus
    of encyclopedia articles writes a hyphen, comma or point inside a word or number.
    """
    for match in _KNOWN.finditer(draft.text):
        yield Finding(match.start(), match.end(), match["mark"], 0.9, "mask of a mark")
    masks = list(dict.fromkeys(match.group() for match in _MASK.finditer(draft.text)))
    if masks and not about_placeholders(draft):
        at = draft.text.find(masks[0])
        yield Finding(at, at, score=0.9, evidence=f"cannot be restored: {', '.join(masks[:5])}", review=True)
