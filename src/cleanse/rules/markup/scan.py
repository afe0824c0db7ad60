"""Finds everything in a text that could be a tag or what is left of one.

Damage takes tags apart: a tokeniser pads them (`< / strong >`), a filter takes the opening bracket with the slash
(`strong >`) or the closing bracket (`< / li`). So a tag is looked for at each `<`, forwards, and at each `>` that no
tag has taken, backwards. Both are bounded by the next bracket: time is linear in the text's length.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from cleanse.draft import Draft
from cleanse.rules.markup.names import ATTRIBUTES, FLAGS, KNOWN

_S = r"[ \t\xa0]"  # white space within a tag
_QUOTED = r"""(?:"[^"<>]*+"|'[^'<>]*+'|[“”″][^“”″<>]*+[“”″])"""
_VALUE = rf"""(?:{_QUOTED}|&quot;[^"<>&]*+&quot;|[^\s"'“”<>]++)"""
# One attribute; line breaks may stand between attributes, as they do in hand-written HTML.
_PAIR = rf"[A-Za-z_:@][\w:.-]*+\s*+=\s*+{_VALUE}"
_FLAG = rf"(?:{'|'.join(sorted(FLAGS))})\b"
_ATTRIBUTES = rf"(?:(?:\s++|(?<=[\"']))(?:{_PAIR}|{_FLAG}))*+"
_KNOWN_ATTRIBUTE = rf"(?:{'|'.join(sorted(ATTRIBUTES))}|data-[a-z-]+)"

_NAME = r"(h[ ]?[1-6]|[A-Za-z][A-Za-z0-9]*+)"
_FULL = re.compile(rf"<\s*+(/?+)\s*+{_NAME}({_ATTRIBUTES})\s*+/?+\s*+>", re.A)
# Most tags by far; told at a third of the cost of the one above.
_PLAIN = re.compile(r"<(/?)([a-z][a-z0-9]*+)>", re.A)
# With attributes that are damaged themselves: a quote is lost, an address is spaced.
_TORN = re.compile(
    rf"<{_S}*+(/?+){_S}*+{_NAME}({_S}++{_KNOWN_ATTRIBUTE}{_S}*+=[^<>\n]{{0,400}}+)>", re.A | re.I
)
_PROSE = re.compile(
    r"(?:[A-Za-z'’,]+ ){4}"
)  # no attribute holds that many words, but for titles, and they are quoted
_TAILLESS = re.compile(
    rf"<{_S}*+(/?+){_S}*+{_NAME}(?:((?:{_S}++{_KNOWN_ATTRIBUTE}{_S}*+={_S}*+{_QUOTED})++)|(?![\w=(-]))", re.A
)
# The text behind runs on in the name: `< liThe boat`.
_TAILLESS_GLUED = re.compile(
    rf"<{_S}++(/?+){_S}*+(td|(?:td|th|tr|li|h[1-6]|strong|em|ul|ol|div|span|p)(?=[A-Z][a-z]))(?=[A-Za-z])"
)
_BEHEADED = re.compile(rf"(?:/{_S}?)?(?<![\w<=&$@#\\-]){_NAME}{_S}*(/?){_S}*\Z", re.A)
# A beheaded tag with attributes, or the attributes alone.
_TORN_HEAD = re.compile(
    rf"(?<![\w<=&/.\"'-])(?:([A-Za-z][A-Za-z0-9]{{0,10}}+)\s++)?+"
    rf"(?:{_KNOWN_ATTRIBUTE}\s*+=\s*+{_QUOTED}\s*+){{1,12}}+/?+\s*+>|"
    rf"(?:(?<=\s)|^)\"\s++(?:{_KNOWN_ATTRIBUTE}\s*+=\s*+\"[^\"<>\n]{{0,500}}+\"\s*+){{1,12}}+/?+\s*+>",
    re.A | re.M,
)
# Glued to the word before; only names that hardly any word ends in.
_GLUED = re.compile(r"(?<=[a-z\xdf-\xff\u0430-\u044f])(td|tr|li|tbody|thead|h[1-6]|strong|div)[ \t]*\Z")
_BRACKET = re.compile(r"<(?=\s{0,8}/?\s{0,8}[A-Za-z>])|(?<=[\w\"'/“”″])[ \t\xa0]{0,8}>", re.A)
_EMPTY = re.compile(rf"<{_S}*+/{_S}*+>")
_LINE = 2000  # code points of a line in which quotes are counted
_REACH = 24  # code points that a beheaded tag may take: the longest name, a slash and padding


class Form(Enum):
    """How much of a tag is there."""

    FULL = "whole"
    BEHEADED = "without its beginning"
    TAILLESS = "without its end"


class Tag(NamedTuple):  # a page may have a million, and a frozen dataclass takes four times as long
    """What could be a tag: ``text[start:end]``.

    Attributes:
        start: First code point.
        end: One past the last code point.
        name: The element's name in lower case; ``""`` where it is lost.
        form: How much of it is there.
        closing: Whether it closes its element; None where the damage took that away.
        padded: Whether white space stands within its brackets, as no author writes it.
        attributes: Whether it carries attributes.
        capital: Whether its name is written with a capital.
        glued: Whether its name runs on from the word before.
    """

    start: int
    end: int
    name: str
    form: Form
    closing: bool | None
    padded: bool
    attributes: bool
    capital: bool
    glued: bool = False


def scan(draft: Draft) -> list[Tag]:
    """Give all candidates in order; worked out once for a draft and kept with it."""
    kept: dict[str, list[Tag]] = draft.__dict__
    if "markup_tags" not in kept:
        kept["markup_tags"] = find_tags(draft.text)
    return kept["markup_tags"]


def find_tags(text: str) -> list[Tag]:
    """Give all candidates of ``text`` in order; they do not overlap."""
    found: list[Tag] = []
    torn_heads = {m.end() - 1: m for m in _TORN_HEAD.finditer(text)} if "=" in text and ">" in text else {}
    taken = 0  # where the last candidate ends
    for bracket in _BRACKET.finditer(text):
        at = bracket.end() - 1
        if at < taken:
            continue
        if text[at] == "<":
            tag = _forwards(text, at)
        elif at in torn_heads and torn_heads[at].start() >= taken:
            tag = _torn_head(text, torn_heads[at])
        else:
            tag = _backwards(text, at, max(taken, at - _REACH))
        if tag is not None:
            found.append(tag)
            taken = tag.end
    return found


def _forwards(text: str, at: int) -> Tag | None:
    plain = _PLAIN.match(text, at)
    if plain is not None and plain[2] in KNOWN:
        return Tag(at, plain.end(), plain[2], Form.FULL, plain[1] == "/", False, False, False)
    match = _FULL.match(text, at)
    form = Form.FULL
    if match is None or not _is_known(match.group(2)):
        torn, match = _TORN.match(text, at), _TAILLESS.match(text, at)
        form = Form.TAILLESS
        if torn is not None and _is_known(torn.group(2)) and not _holds_text(text, torn, match):
            match, form = torn, Form.FULL
        if match is None or not _is_known(match.group(2)):
            return _without_end(text, at)
    name = match.group(2)
    attributes = bool(match.group(3))
    padded = match.group()[1].isspace() or (match.group(1) != "" and match.start(2) - match.end(1) > 0)
    if not attributes and form is Form.FULL:
        padded |= match.group()[-2].isspace() and not match.group().endswith(" />")
    return Tag(
        at, match.end(), name.lower().replace(" ", ""), form, match.group(1) == "/", padded, attributes,
        not name.islower() and not (name[0] in "hH" and name[1:].strip().isdigit()),
    )  # fmt: skip


def _holds_text(text: str, torn: re.Match[str], tailless: re.Match[str] | None) -> bool:
    """Say whether what stands before the next bracket is text: then that bracket is another tag's."""
    if tailless is None or not tailless.group(3):
        return _PROSE.search(torn.group(3)) is not None
    rest = text[tailless.end() : torn.end()]
    return ("=" not in rest and '"' not in rest) or _PROSE.search(rest) is not None


def _without_end(text: str, at: int) -> Tag | None:
    glued = _TAILLESS_GLUED.match(text, at)
    if glued is not None:
        closing = glued.group(1) == "/"
        return Tag(at, glued.end(), glued.group(2), Form.TAILLESS, closing, True, False, False, True)
    empty = _EMPTY.match(text, at)
    return Tag(at, empty.end(), "", Form.FULL, True, True, False, False) if empty else None


def _backwards(text: str, at: int, least: int) -> Tag | None:
    match = _BEHEADED.search(text, least, at)
    if match is None or not _is_known(match.group(1)):
        glued = _GLUED.search(text, least, at)
        if glued is None:
            return None
        return Tag(glued.start(), at + 1, glued.group(1), Form.BEHEADED, None, True, False, False, True)
    name = match.group(1)
    closing = True if match.group().startswith("/") else None
    return Tag(
        match.start(),
        at + 1,
        name.lower().replace(" ", ""),
        Form.BEHEADED,
        closing,
        True,
        False,
        not name.islower(),
    )


def _torn_head(text: str, match: re.Match[str]) -> Tag | None:
    name = match.group(1) or ""
    if name and not _is_known(name):
        return None
    start = match.start()
    if not name and text[start - 1 : start].isspace():
        quote = text.rfind('"', max(0, start - 2), start)
        if quote >= 0 and text.count('"', text.rfind("\n", max(0, quote - _LINE), quote) + 1, quote) % 2 == 0:
            start = quote  # it ended an attribute whose beginning is lost
    return Tag(start, match.end(), name.lower(), Form.BEHEADED, False, True, True, False)


def _is_known(name: str) -> bool:
    return name in KNOWN or name.lower().replace(" ", "") in KNOWN
