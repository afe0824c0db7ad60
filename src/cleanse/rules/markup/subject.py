"""Says whether markup or code is what a text is about: then tags in it are content.

A tutorial on `<strong>`, a listing in JSX and an answer about generics are full of tags that no cleaner may touch.
They give themselves away by their words (vocabulary ``about_markup``) and by the shape of the lines around the tags.
Each such sign counts against the tags there are: one mention of HTML explains three tags, not sixty torn ones.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

import re2

from cleanse.draft import Draft
from cleanse.gate import PatternSet
from cleanse.phrases import vocabulary
from cleanse.rules.markup.scan import Form, Tag

_WORDS = vocabulary("about_markup")
# Words of scripts without spaces have no boundary to ask for.
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    spaced = [re.escape(w) for w in words if not _UNSPACED.search(w)]
    unspaced = [re.escape(w) for w in words if _UNSPACED.search(w)]
    # Neither a part of an address (`/tide.html`) nor the value of an attribute says what a text is about.
    bounded = rf"(?<![\w./@#=?&-])(?<!=[\"'])(?:{'|'.join(spaced)})(?![\w=])"
    return re.compile("|".join([bounded, *unspaced]), re.I)


_SUBJECT = _any_of(_WORDS["subject"])
# RE2 rules most texts out at 400 MB/s; to look for the words takes 0.3 ms a text.
_SOMEWHERE = PatternSet([(0, f"(?i){'|'.join(map(re2.escape, _WORDS['subject']))}")])
_BESIDE = _any_of(_WORDS["beside"])
_BESIDE_SOMEWHERE = PatternSet([(0, f"(?i){'|'.join(map(re2.escape, _WORDS['beside']))}")])
_CODE = re.compile(
    r"[{};]\s*$|=>|\breturn\s*\(|\b(?:const|let|var)\s+\w+\s*=|\bimport\s+[\w{}*, ]+\sfrom\b|\bdef\s+\w+\(|"
    r"\bfunction\s+\w+\s*[(<]|"
    r"\w\(\)|</?\s?[A-Z][a-z]\w+\s*/?>|\{\s*[\w.]+\s*\}|&&|\|\||[!=]==?\s|^\s*(?://|/\*|\$ |>>> )|</?\w+>\s*\w+\s*\("
)
_REFERENCE = re.compile(r"&#?\w{1,10};")
_VOID = {"br", "hr", "img", "wbr"}  # have no end, and stand apart between words as damage does
_NEAR = 30  # code points between a tag and a word that names it: "the <strong> tag", "elements, e.g. <p>"
_LONGEST = 4000  # of a line, only so much around a tag is looked at


def is_about_markup(draft: Draft, tags: Sequence[Tag]) -> bool:
    """Say whether ``tags`` are likelier the text's subject than what a scraper left."""
    whole = sum(tag.form is Form.FULL for tag in tags)
    if whole == len(tags) and _are_words(draft.text, tags):
        return True
    return _is_about(draft, [tag.start for tag in tags], max(1.0, 0.2 * whole + 0.6 * (len(tags) - whole)))


def _are_words(text: str, tags: Sequence[Tag]) -> bool:
    """Say whether sentences use all tags as words, as in `Close it with </em>; a missing </p> is forgiven`.

    Each stands behind a word and a space, and apart from the word behind it; and they do not come in pairs.
    """
    opened: list[str] = []
    unpaired = 0
    for tag in tags:
        before, after = text[max(0, tag.start - 2) : tag.start], text[tag.end : tag.end + 1]
        behind_word = len(before) == 2 and before[0].isalnum() and before[1] == " "
        if not behind_word or tag.padded or tag.attributes or tag.name in _VOID or after.isalnum():
            return False
        if not tag.closing:
            opened.append(tag.name)
        elif opened and opened[-1] == tag.name:
            opened.pop()
        else:
            unpaired += 1
    return unpaired + len(opened) > 0


def is_about_entities(draft: Draft, starts: Sequence[int]) -> bool:
    """Say whether the character references at ``starts`` are likelier the text's subject than damage."""
    return _is_about(draft, starts, max(1.0, 0.2 * len(starts)))


def mentions_markup(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Say whether the text outside ``spans`` (ascending) speaks of markup or a language of the web."""
    return _mentions(_SUBJECT, text, spans) > 0


def code_words(text: str, spans: Sequence[tuple[int, int]]) -> int:
    """Count the words outside ``spans`` (ascending) that speak of code; a sure one counts for two."""
    return 2 * _mentions(_SUBJECT, text, spans) + _mentions(_BESIDE, text, spans)


def _mentions(words: re.Pattern[str], text: str, spans: Sequence[tuple[int, int]]) -> int:
    bounds = [0, *(bound for span in spans for bound in span), len(text)]
    return sum(1 for k in range(0, len(bounds), 2) for _ in words.finditer(text, bounds[k], bounds[k + 1]))


def _is_about(draft: Draft, starts: Sequence[int], needed: float) -> bool:
    signs = 0.0
    for _ in _SUBJECT.finditer(draft.text) if _SOMEWHERE.possible(draft.text) else ():
        signs += 1.0
        if signs >= needed:
            return True
    return signs + _signs_beside(draft, starts, needed - signs) >= needed


def _signs_beside(draft: Draft, places: Sequence[int], enough: float) -> float:
    """Count the signs on lines that hold ``places`` and their neighbours; stop when there are enough."""
    lines = draft.filled_lines
    starts = [line.start for line in lines]
    signs, done = 0.0, 0
    for number in sorted({max(0, bisect_right(starts, place) - 1) for place in places}):
        for near in range(max(done, number - 1), min(len(lines), number + 2)):
            done = near + 1
            content = _REFERENCE.sub("", lines[near].content[:_LONGEST])  # its semicolon is no sign of code
            signs += _CODE.search(content) is not None
            if _BESIDE_SOMEWHERE.possible(content):
                signs += sum(
                    1.0 if _names_a_tag(content, *m.span()) else 0.5 for m in _BESIDE.finditer(content)
                )
            if signs >= enough:
                return signs
    return signs


def _names_a_tag(line: str, start: int, end: int) -> bool:
    """Say whether the word ``line[start:end]`` stands right beside an angle bracket."""
    before, after = line[max(0, start - _NEAR) : start], line[end : end + _NEAR]
    behind = before.rpartition(">")
    ahead = after.partition("<")
    return bool(
        (behind[1] and not re.search(r"[.:!?]|\w+\s+\w+\s+\w+", behind[2]))
        or (ahead[1] and not re.search(r"[.!?]\s|\w+\s+\w+\s+\w+", ahead[0]))
    )
