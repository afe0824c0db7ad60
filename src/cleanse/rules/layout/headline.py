"""Tells headlines from paragraphs by the shape of their line."""

from __future__ import annotations

import re

from cleanse.draft import Line

LONGEST = 150  # code points of a headline; the longest in 1,600 extracted pages that were one had 140
_SHORTEST_PARAGRAPH = 40  # code points
_ENDS = (".", "!", "?", "。", "！", "？", "؟", "।", "۔", "…", "․", ":", "：", ";", "；", ",", "，", "、", "|")
_ITEM = re.compile(r"(?:[-*•·▪‣–—○●◦]|\d{1,3}[.)]|[a-zA-Z]\))[ \t]+(?=\S)")
_STOPS = (".", "。", "।", "۔", "…", "!", "！", "?", "？", "؟")
_CLOSING = '"”’»“)）」』】]*'
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_THAI = re.compile(r"[\u0e00-\u0eff]")
_ADDRESS = re.compile(r"https?://|www\.|\S@\S")
_DATELINE = re.compile(r"^\S[^.]{0,60}\d{4}\s*[–—-]|^[^a-z]{2,40}\([A-Za-z .]{2,20}\)\s*[–—-]|[–—-]\s*$")
_DIALOGUE = re.compile(r"^[–—-]|^[\"“„«「‘].*[\"”“»」’]$")
# `Updated 18:28`, `News > Markets`, `12 Jan 2024 report`
_CLOCK_OR_PATH = re.compile(
    r"\d{1,2}[:.]\d{2}\b|\s[>»›/]\s|\b(?:19|20)\d{2} report$|^[^\W\d_]+ \d{1,2},? \d{4}$"
)
_SHORTEST = 16  # code points of a title: `Tennis Lessons`, `Light Mode` and `At a Glance` are labels
_SHORTEST_CJK = 8
_WORDS = 2
_CJK_WORDS = 6  # characters


def is_headline(line: Line) -> bool:
    """Say whether a line is shaped like a headline or a section's heading."""
    text = line.content
    if not 4 <= len(text) <= LONGEST or "|" in text or "\t" in text or _ITEM.match(text):
        return False
    question = text.endswith(("?", "？", "؟", "!", "！"))
    if text.rstrip(_CLOSING).endswith(_ENDS) and not question:
        return False
    first = text.lstrip("\"“„«「『【‘'¿¡([#*")[:1]
    if not first or first.islower() or not first.isalnum():
        return False
    if _ADDRESS.search(text) or _DATELINE.search(text) or _DIALOGUE.search(text):
        return False
    if question and re.search(r"[.!?。！？]\s", text):
        return False  # more than one sentence
    if _CJK.search(text) or _THAI.search(text):
        return len(text) >= _CJK_WORDS
    return len(text.split()) >= _WORDS and not _is_sentence_run(text)


def is_title(line: Line) -> bool:
    """Say whether a line that is shaped like a headline may be an article's: not a section's name, a time or a path."""
    text = line.content
    unspaced = _CJK.search(text) or _HANGUL.search(text) or _THAI.search(text)
    return len(text) >= (_SHORTEST_CJK if unspaced else _SHORTEST) and not _CLOCK_OR_PATH.search(text)


def _is_sentence_run(text: str) -> bool:
    """Say whether a full stop stands inside, before a new sentence: then the line is cut prose, not a headline."""
    return re.search(r"[^\W\d_]{3,}[.!?]\s+[^\W\d_]\w+\s+\w+\s+\w+\s+\w+", text) is not None


def is_paragraph(line: Line) -> bool:
    """Say whether a line is a paragraph: long, or ending as sentences do."""
    text = line.content
    short = _SHORTEST_PARAGRAPH // 2 if _CJK.search(text) or _HANGUL.search(text) else _SHORTEST_PARAGRAPH
    if len(text) > LONGEST:
        return True
    return (
        len(text) >= short
        and text.rstrip(_CLOSING).endswith(_STOPS)
        and not _ITEM.match(text)
        and "|" not in text
    )
