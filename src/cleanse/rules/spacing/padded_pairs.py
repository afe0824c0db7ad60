"""Spaces inside quotation marks and brackets: `“ Knights of the Sea ”`, `( side note )`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule
from cleanse.rules.spacing.conventions import WHITE, has_code, padded_share

# An opening mark behind white space or a bracket, its first partner on the line, and no other quote between.
_QUOTED = re.compile(
    r"“(?<![^\s(\[—–\-]“)(?P<left>[ \u00a0]?)(?=\S)[^“”„\n]{1,400}?(?<=\S)(?P<right>[ \u00a0]?)”"
)
_BRACKETED = re.compile(
    r"\((?<=[\w.,;:”’»] \()(?P<left> ?)(?=[^\s)])[^()\n]{1,200}?(?<=[^\s(])(?P<right> ?)\)"
)
# Straight quotes do not say which way they face; in tokenised text they stand alone, in pairs.
_STRAIGHT = re.compile(
    r'" (?<![^\s(]" )(?P<inside>[^"\n]{1,400}?) "(?P<gap> (?=[.,;:?!](?:\s|$)))?(?![^\s.,;:?!)])'
)
_TOKENISED = 3  # padded commas and stops, and half of all, that show a text to be tokenised
_NESTED = "‘’'"  # a space between two closing quotes is a typesetter's
_LOW_QUOTE = "„"  # in languages that open with it, “ closes


@rule(
    family=Family.SPACING,
    order=30,
    gate=rf'[“(][ \x{{a0}}]|[ \x{{a0}}][”)]|(?:\A|\(|{WHITE})" ',
    reason="Tokenisers and some editors set a space inside quotation marks and brackets.",
    changes=[
        ("They sang “ The Long Tide ” twice.", "They sang “The Long Tide” twice."),
        ("The keeper ( a former sailor ) waved.", "The keeper (a former sailor) waved."),
    ],
    leaves=[
        "Das Bild “ Der stille Hafen “ nach dem Gedicht.",
        "Er sagte „ Hafen “ und ging.",
        "print (x , y) and call f ( a, b ) { return a; } or g ( ) { }",
        "Say it softly, “ said the mate. “But say it.”",
        "She smiled :( and then ( a ) was crossed out.",
    ],
    defect=Defect.SPACED_PUNCTUATION,
)
def padded_pair(draft: Draft) -> Iterator[Finding]:
    """Take out the spaces inside a pair of quotation marks or brackets on one line."""
    text = draft.text
    if _LOW_QUOTE not in text:
        yield from _inner_spaces(_QUOTED, text, 0.8, "space inside “ ”")
    padded, share = padded_share(text)
    tokenised = padded >= _TOKENISED and share > 0.5
    if not has_code(text):
        yield from _inner_spaces(_BRACKETED, text, 0.9 if tokenised else 0.6, "space inside ( )")
    if tokenised:
        for match in _STRAIGHT.finditer(text):
            inside = match.span("inside")
            for start, end in ((inside[0] - 1, inside[0]), (inside[1], inside[1] + 1), match.span("gap")):
                if start >= 0:
                    yield Finding(start, end, "", 0.7, "space at straight quotes of tokenised text")


def _inner_spaces(pattern: re.Pattern[str], text: str, score: float, evidence: str) -> Iterator[Finding]:
    for match in pattern.finditer(text):
        inside = text[match.end("left") : match.start("right")]
        if len(inside) < 2:
            continue  # `( a )` is a tick box or an option
        for side, beside in (("left", inside[0]), ("right", inside[-1])):
            if match[side] and beside not in _NESTED:
                yield Finding(match.start(side), match.end(side), "", score, evidence)
