"""Characters that no text holds on purpose: controls, terminal escapes, halves of surrogate pairs, icon glyphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule
from cleanse.rules.encoding.subject import about_encoding

# ESC [ parameters letter (colours, cursor), ESC ] text BEL (window titles and links), ESC and one letter.
_ESCAPE = re.compile(
    "\x1b\\[[0-9;:?]{0,40}[@-~]|\x1b\\][^\x07\x1b\n]{0,300}(?:\x07|\x1b\\\\)|\x1b[()][0-9AB]"
)


@rule(
    family=Family.ENCODING,
    gate="\x1b[\\[\\]()]",
    reason="Output of a terminal was pasted or scraped with its colours and cursor movements.",
    changes=[("\x1b[1;31mStorm\x1b[0m closes the harbour.", "Storm closes the harbour.")],
    leaves=["Print ESC[1;31m and the rest of the line turns red."],
    defect=Defect.CONTROL_CHARACTERS,
    order=10,
)
def terminal_escape(draft: Draft) -> Iterator[Finding]:
    """Take terminal escape sequences out, whole; as mere controls their tails (`[0m`) would stay."""
    for match in _ESCAPE.finditer(draft.text):
        yield Finding(match.start(), match.end())


_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")


@rule(
    family=Family.ENCODING,
    gate=r"\x{fffe}",  # every gate is open on a text with a surrogate: it has no UTF-8 to search
    reason="UTF-16 that was taken apart into its units: an emoji became two halves, or one of them was lost.",
    changes=[("Well done \ud83d\udc4d everyone", "Well done \U0001f44d everyone")],
    leaves=["Well done \U0001f44d everyone"],
    defect=Defect.REPLACEMENT_CHARACTERS,
    order=15,
)
def surrogate(draft: Draft) -> Iterator[Finding]:
    """Join halves that belong together; a half alone becomes U+FFFD, which the next rules judge by its place."""
    if draft.text.isascii():
        return
    for match in _SURROGATES.finditer(draft.text):
        found = match.group()
        if len(found) == 2:
            yield Finding(
                *match.span(), found.encode("utf-16", "surrogatepass").decode("utf-16"), evidence="joined"
            )
        else:
            yield Finding(*match.span(), "\ufffd", evidence="half a pair")


# U+2013 to U+201D whose high byte went: what is left is a control with the same low byte.
_LOW_BYTES = re.compile(
    "(?<=[^\\W\\d_])(?P<apostrophe>\x19)(?=[^\\W\\d_])"
    "|(?<= )(?:(?P<en>\x13)|(?P<em>\x14))(?= )"
    "|(?<!\\w)\x1c(?=\\w)(?P<quoted>[^\x00-\x1f]{1,300})\x1d(?!\\w)"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffc\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff]")
_BREAKS = "\x0b\x0c"


@rule(
    family=Family.ENCODING,
    gate=r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x{9f}\x{fffc}\x{fff9}-\x{fffb}\x{fdd0}-\x{fdef}\x{fffe}\x{ffff}]",
    reason="Control characters come from binary formats, PDF and word processors; no reader shows them.",
    changes=[
        ("A ba\x00d b\x08yte", "A bad byte"),
        ("It\x19s late \x14 go home.", "It’s late — go home."),
        ("First page.\x0cSecond page.", "First page.\nSecond page."),
    ],
    leaves=["A tab\tand a\r\nline break stay."],
    defect=Defect.CONTROL_CHARACTERS,
    order=40,
)
def control_character(draft: Draft) -> Iterator[Finding]:
    """Delete controls; a page or line break of old becomes a new line, a curly quote that lost a byte comes back.

    Runs after the mojibake rule: to it C1 controls are evidence. What that rule leaves of them stands for no
    character in Windows-1252.
    """
    text = draft.text
    taken: set[int] = set()
    for match in _LOW_BYTES.finditer(text):
        taken.update((match.start(), match.end() - 1))
        if match["quoted"] is not None:
            yield Finding(match.start(), match.start() + 1, "“", evidence="U+201C without its high byte")
            yield Finding(match.end() - 1, match.end(), "”", evidence="U+201D without its high byte")
        else:
            mark = "’" if match["apostrophe"] else "–" if match["en"] else "—"
            yield Finding(*match.span(), mark, evidence=f"U+{ord(mark):04X} without its high byte")
    shown: bool | None = None
    for match in _CONTROL.finditer(text):
        at, found = match.start(), match.group()
        if at in taken:
            continue
        if "\x80" <= found <= "\x9f":
            shown = about_encoding(text) if shown is None else shown
            if shown:
                continue
        between = 0 < at < len(text) - 1 and not text[at - 1].isspace() and not text[at + 1].isspace()
        yield Finding(
            at, at + 1, "\n" if found in _BREAKS and between else "", evidence=f"U+{ord(found):04X}"
        )


# Bullets of the fonts Symbol and Wingdings, which word processors place in the private use area.
_SYMBOL_BULLETS = "\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf0a8\uf06c\uf06e"
_ICON = re.compile(
    f"(?P<bullet>(?m:^)[ \t]*[{_SYMBOL_BULLETS}](?=[ \t]*\\w))"
    "|(?:(?m:^)|(?<=[ \t]))(?P<icon>[\ue000-\uf8fe]{1,3})(?:[ \t]+|(?m:$))"
)
_HAN = re.compile("[\u3400-\u9fff]")


@rule(
    family=Family.ENCODING,
    gate=r"[\x{e000}-\x{f8fe}]",
    reason="Icon fonts and word processors' bullets use private code points, which show as boxes anywhere else.",
    changes=[("\uf09a Share the page", "Share the page"), ("\uf0b7 Bring boots", "• Bring boots")],
    leaves=["The name 陈\ue863 was entered by hand.", "Made by \uf8ff in the valley."],
    defect=Defect.CONTROL_CHARACTERS,
    order=42,
)
def icon_glyph(draft: Draft) -> Iterator[Finding]:
    """Delete icons that stand alone; make bullets of word processors' bullets.

    Left alone: private characters inside words and next to Chinese, where they are rare names' characters.
    """
    text = draft.text
    for match in _ICON.finditer(text):
        if match["bullet"] is not None:
            yield Finding(match.end() - 1, match.end(), "•", evidence="a word processor's bullet")
        elif not _HAN.search(text[max(0, match.start() - 2) : match.end() + 1]):
            yield Finding(*match.span(), evidence="an icon font's glyph")
