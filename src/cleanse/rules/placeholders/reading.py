"""What is asked for between the brackets, and what hangs on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from cleanse.draft import Context, Draft
from cleanse.phrases import fold, vocabulary
from cleanse.rules.spacing.conventions import WINDOW
from cleanse.wording import Wording

KINDS = ("date", "place", "name", "number", "link")
_BEFORE = 60  # code points before a placeholder in which the words that hang on it are looked for
_LAST_WORDS = re.compile(r"[\w'’]+(?: [\w'’]+){0,3} \Z")
_BLANK = re.compile(r"[^\S\n]*\n")
_QUOTES = {"“": "”", '"': '"', "„": "“", "«": "»", "`": "`", "‘": "’"}


@dataclass(frozen=True, slots=True)
class Hanging:
    """Words before a placeholder that go with it.

    Attributes:
        start: Where they begin.
        words: The words, folded.
    """

    start: int
    words: str


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(vocabulary("placeholders")[table])


@cache
def _subject() -> Wording:
    return Wording(_words("subject"))


@lru_cache(maxsize=1024)
def kind_of(content: str) -> tuple[str, bool] | None:
    """Give what a bracket asks for (``date``, ..., or ``text``) and whether it says so; None if it asks nothing."""
    folded = fold(content).strip(" .:!_-")
    words = folded.split(" ")
    if len(words) > 6 or len(folded) > 60:
        return None
    asked = folded
    instructed = False
    for n in (3, 2, 1):
        if " ".join(words[:n]) in _words("instructions"):
            asked, instructed = " ".join(words[n:]), True
            break
        if " ".join(words[-n:]) in _words("instructions") and n < len(words):
            asked, instructed = " ".join(words[:-n]), True
            break
    if not instructed and any(
        not i.isascii() and ord(i[0]) > 0x2E80 and folded.startswith(i) for i in _words("instructions")
    ):
        instructed = True
    asked = asked.removeprefix("the ").removeprefix("a ").removesuffix(" here")
    for kind in KINDS:
        table = _words(kind)
        if asked in table or any(w in table for w in asked.split(" ")[-1:]):
            return kind, instructed
    # "[Enter two fishermen]" is a stage direction: only "insert" says by itself that something is to be put there.
    open_ = words[0] == "insert" or (words[0] in {"enter", "add"} and words[-1] in {"here", "text"})
    return ("text", True) if instructed and asked and open_ else None


def hanging(text: str, at: int, table: str) -> Hanging | None:
    """Find the longest phrase of ``table`` that ends right before ``at``, with one space between."""
    match = _LAST_WORDS.search(text[max(0, at - _BEFORE) : at])
    if not match:
        return None
    words = match.group().strip().split(" ")
    for n in range(len(words)):
        phrase = " ".join(words[n:])
        if fold(phrase) in _words(table):
            return Hanging(at - len(phrase) - 1, fold(phrase))
    return None


def word_before(text: str, at: int) -> str:
    """Give the word before ``at``, folded; empty at the beginning of a sentence or line."""
    match = re.search(r"([\w'’]+) \Z", text[max(0, at - _BEFORE) : at])
    return fold(match.group(1)) if match else ""


def opens_sentence(text: str, at: int) -> bool:
    """Say whether a sentence or line begins at ``at``."""
    before = text[max(0, at - 3) : at].rstrip(" ")
    return not before or before[-1] in '\n.!?…•-*“"»'


def is_quoted(text: str, start: int, end: int) -> bool:
    """Say whether ``text[start:end]`` stands in quotation marks that hold little more: it is being shown."""
    head, tail = text[max(0, start - 60) : start], text[end : end + 60]
    head, tail = head.rsplit("\n", 1)[-1], tail.split("\n", 1)[0]
    for opening, closing in _QUOTES.items():
        at = head.rfind(opening)
        if at >= 0 and closing in tail and (opening == closing or closing not in head[at + 1 :]):
            if opening == closing and head.count(opening) % 2 == 0:
                continue
            return True
    return False


def about_placeholders(draft: Draft) -> bool:
    """Say whether the article is about templates or programming, so that it shows placeholders on purpose."""
    return _subject().search(fold(draft.text)) is not None


def without(text: str, start: int, end: int) -> str:
    """Give what stands on the line before and behind a place, up to a window's width, less the place itself."""
    head = text[max(0, start - WINDOW) : start].rsplit("\n", 1)[-1]
    return head + " " + text[end : end + WINDOW].split("\n", 1)[0]


def with_break(text: str, begin: int, stop: int) -> int:
    """Give the end of what goes with a line that goes: its break, and the blank line behind it if one is before it."""
    end = min(len(text), stop + 1)
    if begin == 0 or text[max(0, begin - 2) : begin] == "\n\n":
        blank = _BLANK.match(text, end)
        end = blank.end() if blank else end
    return end


def value(kind: str, name: str, context: Context) -> str | None:
    """Give what the record says for a placeholder called ``name``, or None.

    Only what is the article's own is filled: `[insert date]` in a sentence may be any date, `{{date}}` in a
    template is the article's.
    """
    key = re.sub(r"[^a-z]", "", fold(name))
    if kind == "template" and key in {
        "date",
        "publishedon",
        "publishdate",
        "publicationdate",
        "articledate",
        "pubdate",
    }:
        return context.published_on.isoformat() if context.published_on else None
    if key in {"publicationdate", "insertpublicationdate"}:
        return context.published_on.isoformat() if context.published_on else None
    if kind == "template" and key in {"title", "headline", "articletitle", "posttitle"}:
        return context.title
    if key in {"author", "authorname", "byline", "insertauthorname", "yourname"}:
        return context.author
    if kind == "template" and key in {"source", "site", "sitename", "publication"}:
        return context.source
    if kind == "template" and key in {"url", "articleurl", "permalink"}:
        return context.url
    return None
