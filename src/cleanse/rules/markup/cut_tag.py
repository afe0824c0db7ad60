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
    """Take out known tags at the very end, one or more, whose last attribute is known, too, and never closed."""
    text = draft.text
    end, names = len(text), list[str]()
    while (at := text.rfind("<", max(0, end - _LONGEST), end)) >= 0:
        while at and text[at - 1].isspace():
            at -= 1
        match = _CUT.match(text, at, end)
        if match is None or match[1].lower() not in KNOWN:
            break
        end = at
        names.append(f"<{match[1]}>")
    if names and not mentions_markup(text, [(end, len(text))]):
        evidence = f"a cut {names[0]} at the end" + (f", behind {len(names) - 1} more" if names[1:] else "")
        yield Finding(end, len(text), score=0.9, evidence=evidence)
