"""A tag that the end of the text cut in two: `... at seven.<div class="row`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule
from cleanse.rules.markup.names import ATTRIBUTES, KNOWN
from cleanse.rules.markup.subject import mentions_markup

_LONGEST = 600  # code points of such a tag: addresses of pictures run to half of that
_CUT = re.compile(
    rf"\s*<([A-Za-z][A-Za-z0-9]{{0,9}})(?:\s+[\w:-]{{1,30}}=(?:\"[^\"<>]*\"|'[^'<>]*'))*"
    rf"\s+(?:{'|'.join(sorted(ATTRIBUTES))}|data-[a-z-]+)=(?:\"[^\"<>]*|'[^'<>]*)\s*\Z"
)


@rule(
    family=Family.MARKUP,
    gate=r"<[A-Za-z][A-Za-z0-9]*\s",
    reason="Programs that keep so many characters of a page cut the last tag in two.",
    changes=[
        ('The doors open at seven.<div class="row', "The doors open at seven."),
        ("The doors open at seven. <img width='40' src='https://x.example/a.jp", "The doors open at seven."),
    ],
    leaves=[
        "It holds if a <b and c = 'd",
        'In HTML a tag begins like this: <div class="row',
        'The note said <harbour name="Fenwick',
    ],
    defect=Defect.BROKEN_TAGS,
    order=28,
)
def cut_tag(draft: Draft) -> Iterator[Finding]:
    """Take out a known tag at the very end whose attribute is known, too, and never closed."""
    text = draft.text
    at = text.rfind("<", max(0, len(text) - _LONGEST))
    if at < 0:
        return
    while at and text[at - 1].isspace():
        at -= 1
    match = _CUT.match(text, at)
    if match and match[1].lower() in KNOWN and not mentions_markup(text, [match.span()]):
        yield Finding(at, len(text), score=0.9, evidence=f"a cut <{match[1]}> at the end")
