"""Letters of another script that look like the right ones: `cоmо`, `рersоnal`, `cтрана`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule
from cleanse.rules.encoding.confusables import (
    CYRILLIC,
    GREEK,
    LATIN,
    MARKS,
    has_i,
    repaired,
    rewritten,
    runs,
    scripts,
    table,
)
from cleanse.rules.encoding.subject import about_look_alikes, quoted

_OTHER = CYRILLIC + GREEK
_MIXED = re.compile(f"[{LATIN}][{_OTHER}]|[{_OTHER}][{LATIN}]|[{CYRILLIC}][{GREEK}]|[{GREEK}][{CYRILLIC}]")
_WORD = re.compile(f"[{LATIN}{_OTHER}{MARKS}]+")
_LETTERS = re.compile(f"[{LATIN}{_OTHER}{MARKS}]{{0,60}}")
# An address, a domain, a name in code: whoever reads it needs the very letters.
_ADDRESS = re.compile(r"\S*(?:://|@|\w\.[a-z]{2,6}\b(?!\.\s)|_)\S*")
_REACH = 60  # code points to either side in which a word or an address is looked at

BULK = 3  # mixed words from which on a text is taken to be swapped on purpose


def _re2(letters: str) -> str:
    return re.sub(r"[^\x00-\x7f]", lambda m: f"\\x{{{ord(m.group()):x}}}", letters)


_GATE_LATIN, _GATE_OTHER = _re2(LATIN), _re2(_OTHER)


@rule(
    family=Family.ENCODING,
    gate=f"[{_GATE_LATIN}][{_GATE_OTHER}]|[{_GATE_OTHER}][{_GATE_LATIN}]"
    f"|[{_re2(CYRILLIC)}][{_re2(GREEK)}]|[{_re2(GREEK)}][{_re2(CYRILLIC)}]",
    reason="Look-alike letters of another script are put in to defeat copy detection, or hit by accident.",
    changes=[
        ("Los dueñоs de la сasa dijeron que nо.", "Los dueños de la casa dijeron que no."),
        ("Вся cтрана ждёт вестей с моря.", "Вся страна ждёт вестей с моря."),
    ],
    leaves=[
        "Заказали Wi-Fi-адаптер и Xбокс, читали iPhoneы и iPhoneа.",
        "Толщина 5 μm, ΔT = 3 K, α-amylase, Hα, ρV и КамАЗ-6520.",
        "The letter came from аpple.com and looked real.",
        "Phishing with раypal in Cyrillic letters is old.",
    ],
    defect=Defect.HOMOGLYPHS,
    order=70,
)
def homoglyph(draft: Draft) -> Iterator[Finding]:
    """Give a word of two scripts the one that its letters prove, else that of its line.

    In a text with several such words, words that are wholly of look-alikes follow their neighbours too.
    Left alone: words that are mixed on purpose (a foreign name with an ending, units, symbols, brands that play
    with a capital), addresses, one that is quoted, and texts about the trick.
    """
    text = draft.text
    mixed = _mixed_words(text)
    if not mixed or about_look_alikes(text):
        return
    with_i = has_i(text)
    whole = scripts(text)
    article = max(whole, key=lambda name: whole[name], default="latin")
    found = 0
    lines = _Lines(text, article)
    for start, end in mixed:
        if quoted(text, start, end) or _in_address(text, start, end):
            continue
        new = repaired(text[start:end], lines.home(start), with_i)
        if new is not None:
            found += 1
            yield from _swaps(text, start, new)
    if found >= BULK:
        yield from _whole_words(text, article)


class _Lines:
    """The script of the line around a place; asked in ascending order."""

    def __init__(self, text: str, article: str) -> None:
        self._text, self._article, self._end, self._home = text, article, -1, article

    def home(self, at: int) -> str:
        if at >= self._end:
            start = self._text.rfind("\n", 0, at) + 1
            end = self._text.find("\n", at)
            self._end = len(self._text) if end < 0 else end
            counts = sorted(scripts(self._text[start : self._end]).items(), key=lambda item: -item[1])
            clear = len(counts) == 1 or (len(counts) > 1 and counts[0][1] > 2 * counts[1][1])
            # A line of formulas is not in Greek.
            clear = clear and (counts[0][0] != "greek" or self._article == "greek")
            self._home = counts[0][0] if clear else self._article
        return self._home


def _mixed_words(text: str) -> list[tuple[int, int]]:
    """Give the words of two scripts. What has ``_REACH`` letters and more is no word: it would be seen in part."""
    words: list[tuple[int, int]] = []
    seen = 0
    for match in _MIXED.finditer(text):
        if match.start() < seen:
            continue
        back = text[max(0, match.start() - _REACH) : match.start()][::-1]
        ahead = _LETTERS.match(text, match.start())
        behind = _LETTERS.match(back)
        if not ahead or not behind:
            continue
        seen = ahead.end()
        if max(behind.end(), seen - match.start()) < _REACH:
            words.append((match.start() - behind.end(), ahead.end()))
    return words


def _in_address(text: str, start: int, end: int) -> bool:
    left, right = max(0, start - _REACH), end + _REACH
    around = text[left:right]
    before = around[: start - left].split()
    after = around[end - left :].split()
    glued_before = before[-1] if before and not around[: start - left][-1:].isspace() else ""
    glued_after = after[0] if after and not around[end - left :][:1].isspace() else ""
    return _ADDRESS.match(glued_before + text[start:end] + glued_after) is not None


def _swaps(text: str, start: int, new: str) -> Iterator[Finding]:
    for offset, c in enumerate(new):
        at = start + offset
        if text[at] != c:
            yield Finding(at, at + 1, c, evidence=f"U+{ord(text[at]):04X} in a {runs(c)[0][0]} word")


def _whole_words(text: str, article: str) -> Iterator[Finding]:
    """Words that are all look-alikes of another script, between words of the article's own."""
    other = "cyrillic" if article == "latin" else "latin"
    lines = _Lines(text, article)
    letters = "".join(table(other, article))
    if not letters:
        return
    for match in re.finditer(f"(?<![\\w])[{letters}]+(?![\\w])", text):
        start, end = match.span()
        word = match.group()
        if len(word) > 1 and word.isupper() and other == "latin":
            continue  # `PC`, `BMX`: abbreviations keep their script
        before = _WORD.findall(text[max(0, start - _REACH) : start])
        after = _WORD.search(text, end, end + _REACH)
        beside = [before[-1] if before else "", after.group() if after else ""]
        foreign = any(
            found and {name for name, _ in runs(found)} == {other} and rewritten(found, article) is None
            for found in beside
        )
        if not foreign and lines.home(start) == article:
            new = rewritten(word, article)
            if new is not None and not _in_address(text, start, end):
                yield from _swaps(text, start, new)
