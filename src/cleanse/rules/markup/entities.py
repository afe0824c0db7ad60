"""Character references that nothing has resolved: `&quot;`, `&amp;amp;`, `& # 8217 ;`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5, name2codepoint

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule
from cleanse.rules.markup.subject import is_about_entities

# Names that are words or abbreviations as well: "give&part;" may be anything.
_WORDS = {
    "and",
    "or",
    "int",
    "not",
    "sub",
    "sup",
    "sum",
    "prop",
    "real",
    "image",
    "part",
    "cap",
    "cup",
    "ni",
    "ang",
}
_ACCENT = re.compile(
    r"[A-Za-z]{1,2}(?:acute|breve|caron|cedil|circ|dot|grave|lig|macr|ogon|ring|strok|tilde|uml)"
)
_MARKS = {
    "apos", "ast", "colon", "comma", "commat", "dollar", "equals", "excl", "hyphen", "lowbar", "lpar", "lsqb",
    "num", "percnt", "period", "plus", "quest", "rpar", "rsqb", "semi", "sol", "AMP", "GT", "LT", "QUOT",
}  # fmt: skip
_NAMES = (
    (set(name2codepoint) - _WORDS)
    | _MARKS
    | {n[:-1] for n in html5 if n[-1] == ";" and _ACCENT.fullmatch(n[:-1])}
)
_SPACED = {"amp", "apos", "gt", "lt", "nbsp", "quot"}  # names that are also known when they are padded

_REFERENCE = re.compile(
    r"&(?P<escaped>(?:[ ]?amp[ ]?;)*+)(?P<pad>[ ]?)(?:#[ ]?(?:[xX](?P<hex>[0-9a-fA-F]{1,6})|(?P<number>[0-9]{1,7}))|"
    r"(?P<name>[A-Za-z][A-Za-z0-9]{1,9}))(?P<pad2>[ ]?);|"
    r"(?<![\w=?&/])&(?P<open>(?:[rl][sd]quo|[nm]dash|hellip)(?![\w;=]))|"
    r"&(?P<blank>nbsp)(?![;=])|&[ ]?amp[ ]?;(?:[ ]?amp[ ]?;)*+",
    re.A,
)
_WIDE_BEFORE = tuple(":;!?»%€$°")  # French and others keep a no-break space before these


@rule(
    family=Family.MARKUP,
    gate=r"(?i)&[ ]?(?:#[ ]?x?[0-9a-f]|[a-z][a-z0-9]+[ ]?;)|&(?:nbsp|[rl][sd]quo|[nm]dash|hellip)",
    reason="Text that was escaped once too often, or cut out of a page without being read as HTML.",
    changes=[
        ("&quot;Cod&quot; &amp; chips &#8211; it&#39;s all", '"Cod" & chips – it\'s all'),
        ("the harbour&amp;rsquo;s wall", "the harbour’s wall"),
        ("Fish & amp ; chips", "Fish & chips"),
        ("rope&nbspand tar", "rope and tar"),
    ],
    leaves=[
        "AT&T and R&D; salt &c.; sun&sand",
        "In HTML an ampersand is written &amp; and a quote &quot; by hand.",
        "use <code>&lt;b&gt;</code> for it",
    ],
    defect=Defect.ENTITIES,
    order=20,
)
def entities(draft: Draft) -> Iterator[Finding]:
    """Put the character in the place of its reference, except where references are what the text is about."""
    text = draft.text
    found = [m for m in _REFERENCE.finditer(text) if _is_reference(m)]
    if not found:
        return
    about = is_about_entities(draft, [m.start() for m in found])
    for match in found:
        character = _character(match)
        if character is None or (about and not _is_attached(text, match, character)):
            continue
        start, end, inserted = _fitted(text, match.start(), match.end(), character)
        yield Finding(start, end, inserted, 0.9, f"stands for {character!r}")


def _is_reference(match: re.Match[str]) -> bool:
    name = match["name"]
    if name is None:
        return True  # a number, what is escaped, or a name of marks that lost its semicolon
    return name in _SPACED or (name in _NAMES and not match["pad"] and not match["pad2"])


def _character(match: re.Match[str]) -> str | None:
    if name := match["name"] or match["open"] or match["blank"]:
        return unescape(f"&{name};")
    if match["number"] or match["hex"]:
        value = int(match["number"] or match["hex"], 10 if match["number"] else 16)
        if value in (9, 10, 13):
            return "\n" if value == 10 else " "
        character = unescape(f"&#{value};")
        return (
            character if character.isprintable() or character in "\xa0\xad\u200b\u200c\u200d\u3000" else None
        )
    return "&"


def _is_attached(text: str, match: re.Match[str], character: str) -> bool:
    """Say whether the reference stands within a word, as no one writes about it."""
    if character in "<>":
        return False
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return before.isalnum() or after.isalnum()


def _fitted(text: str, start: int, end: int, character: str) -> tuple[int, int, str]:
    """A no-break space pads pages more often than it joins words: keep it where typography wants it."""
    if character != "\xa0":
        return start, end, character
    before, after = text[start - 1 : start], text[end : end + 1]
    if after in _WIDE_BEFORE or before == "«" or (before.isdigit() and after.isdigit()):
        return start, end, character
    if not before.strip() or not after.strip():
        return start, end, ""
    return start, end, " "
