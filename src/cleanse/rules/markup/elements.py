"""Elements that hold no text for readers: scripts, styles, frames, comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule
from cleanse.rules.markup.gaps import cut
from cleanse.rules.markup.subject import mentions_markup

_OPENED = re.compile(r"<[ ]?(script|style|iframe|svg)\b[^<>]*+>|<!--|<[ ]! - -", re.I | re.A)
_CLOSED = {
    name: re.compile(rf"<\s?/\s?{name}\s?>", re.I | re.A) for name in ("script", "style", "iframe", "svg")
} | {"<!--": re.compile("-->"), "< ! - -": re.compile("- - ?>")}
_DECLARATION = re.compile(
    r"<!DOCTYPE\b[^<>]{0,300}>|</?(?:o|w|v|m|st1|fb|g):[A-Za-z][\w.-]{0,40}(?:\s[^<>]{0,300})?/?>|<!\[(?:end)?if\b[^<>]{0,100}\]>|<!\[endif\](?:--)?>|<\?xml\b[^<>]{0,200}\?>",
    re.I,
)
_SECTION = re.compile(r"<!\[CDATA\[|\]\]>")
_SCRIPTS = {"script", "style", "svg"}


@rule(
    family=Family.MARKUP,
    gate=r"(?i)<[ ]?(?:script|style|iframe|svg)|<!|<[ ]! - -|<\?xml|</?(?:o|w|v|m|st1|fb|g):[a-z]",
    reason="What a browser runs or hides is no part of the article; extractors that cut tags alone leave it behind.",
    changes=[
        ("The boats\n<script async src='/ad.js'>show(600);</script>\ncame home.", "The boats\ncame home."),
        ("The boats <!-- ad slot 3 --> came home.", "The boats came home."),
        ("The boats<o:p></o:p> came home.", "The boats came home."),
        ("<![CDATA[The boats came home.]]>", "The boats came home."),
        (
            'Look:\n<iframe width="560" src="https://x.example/v"></iframe>\nIt is the ferry.',
            "Look:\nIt is the ferry.",
        ),
    ],
    leaves=[
        "Put <script>alert(1)</script> before the end of the HTML body.",
        "An HTML comment is written <!-- like this -->.",
    ],
    defect=Defect.SCRIPT,
    order=10,
)
def hidden_element(draft: Draft) -> Iterator[Finding]:
    """Take out scripts, styles, frames and comments with all that is in them."""
    text = draft.text
    spans = list(_spans(text))
    if not spans or mentions_markup(text, [(start, end) for start, end, _ in spans]):
        return
    for start, end, name in spans:
        defect = Defect.SCRIPT if name in _SCRIPTS else Defect.MARKUP
        yield Finding(*cut(text, start, end), "", 0.9, name, defect=defect)


def _spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Give ``(start, end, name)`` of each element that is closed; each kind's end is looked for once."""
    unclosed: set[str] = set()
    at = 0
    declared = [(m.start(), m.end(), "declaration") for m in _DECLARATION.finditer(text)]
    if "<![CDATA[" in text:  # feeds wrap their text in it: the text itself stays
        declared += [(m.start(), m.end(), "mark of a section") for m in _SECTION.finditer(text)]
    found: list[tuple[int, int, str]] = []
    while (opened := _OPENED.search(text, at)) is not None:
        name = (opened.group(1) or opened.group()).lower()
        closed = None if name in unclosed else _CLOSED[name].search(text, opened.end())
        if closed is None:
            unclosed.add(name)
            at = opened.end()
        else:
            found.append((opened.start(), closed.end(), "comment" if name.startswith("<") else name))
            at = closed.end()
    end = 0
    for span in sorted(declared + found):
        if span[0] >= end:
            yield span
            end = span[1]
