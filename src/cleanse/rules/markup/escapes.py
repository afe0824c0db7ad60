r"""Escapes of a program's strings that nothing has read: `caf\u00e9`, `It\'s`, `the end.\n\nThe next`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule
from cleanse.rules.encoding.subject import about_encoding
from cleanse.rules.markup.subject import mentions_markup
from cleanse.rules.spacing.conventions import has_code

_CODE_POINT = re.compile(
    r"\\u(?:[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|[0-9a-fA-F]{4})(?!\d)"
)
# Behind a sentence and before another: a path (`C:\new`) and LaTeX (`\nabla`) go on in lower case.
_BREAK = re.compile(
    r"(?:(?<=[.!?…:;\"”»)])|(?<=\\n)|(?<=\\r)|(?<=\s)|(?m:^))[ ]?(?:\\[rn]){1,8}[ ]?"
    r"(?=[^\W\d_a-z]|[\d\"“”«»„‘’'(¿¡•*-]|\\|\s|\Z)"
)
_APOSTROPHE = re.compile(
    r"(?<=[A-Za-z])\\(?='(?:s|t|re|ve|ll|d|m)\b)|(?i:\b(?:[cdjlmnst]|qu|dell|nell|all|sull|dall|un|quest))\\(?='[A-Za-zÀ-ÿ])"
)
_QUOTE = re.compile(r"\\(?=\")")
_CLOSING = re.compile(r"(?<=\S)\\\"(?![^\W\d_])")
_ANY = re.compile(r"\\(?:u[0-9a-fA-F]{4}|[rn\"'])")


@rule(
    family=Family.MARKUP,
    gate=r"\\(?:u[0-9a-fA-F]{4}|[rn\"'])",
    reason="Text was cut out of JSON, a script or a database without being read as a string.",
    changes=[
        ("The caf\\u00e9 is shut.\\n\\nShe said \\u201cmaybe\\u201d.", "The café is shut.\nShe said “maybe”."),
        ("It\\'s late, she said, and they\\'re out.", "It's late, she said, and they're out."),
        ('He called it \\"a good year\\" and left.', 'He called it "a good year" and left.'),
    ],
    leaves=[
        "In JSON, an é is written \\u00e9 and a line ends in \\n.",
        "Save it in C:\\notes\\new and D:\\readme.",
        "Poincar\\'e and G\\\"odel are spelled so in LaTeX.",
        'print("one\\n\\nTwo");',
    ],
    defect=Defect.ENTITIES,
    order=8,
)  # fmt: skip
def string_escape(draft: Draft) -> Iterator[Finding]:
    """Put the character in the place of its escape, where the text is neither code nor about it."""
    text = draft.text
    if not (first := _ANY.search(text)) or has_code(_ANY.sub(" ", text)):
        return
    if mentions_markup(text, [first.span()]) or about_encoding(text):
        return
    points = [(m, c) for m in _CODE_POINT.finditer(text) if (c := _character(m.group()))]
    breaks = list(_BREAK.finditer(text))
    apostrophes = list(_APOSTROPHE.finditer(text))
    quotes = list(_QUOTE.finditer(text))
    for match, character in points:
        yield Finding(*match.span(), character, 0.85, f"stands for {character!r}")
    for match in apostrophes:
        yield Finding(match.end() - 1, match.end(), "", 0.85, "escaped apostrophe")
    if len(quotes) % 2 == 0 and _CLOSING.search(text):
        for match in quotes:
            yield Finding(match.start(), match.end(), "", 0.8, "escaped quotation mark")
    if sum(m.group().count("\\") for m in breaks) > 1 or (breaks and (points or apostrophes)):
        for match in breaks:
            yield Finding(*_fitted(text, *match.span()), score=0.8, evidence="escaped line break")


def _character(escape: str) -> str | None:
    r"""Give what an escape stands for; None for controls, and for halves of a pair."""
    units = bytes.fromhex(escape.replace("\\u", ""))
    try:
        character = units.decode("utf-16-be")
    except UnicodeDecodeError:
        return None
    return (
        character
        if character.isprintable() or character in "\xa0\xad\u200b\u200c\u200d\u2028\u3000"
        else None
    )


def _fitted(text: str, start: int, end: int) -> tuple[int, int, str]:
    """Make one line break of a run of them, none where the text begins, ends or breaks anyway."""
    outer = text[start - 1 : start] in ("", "\n") or text[end : end + 1] in ("", "\n", "\r")
    return start, end, "" if outer else "\n"
