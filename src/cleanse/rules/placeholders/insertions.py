"""Brackets that ask for something nobody wrote: `[insert date]`, `[CITY]`, `<insert link here>`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.phrases import fold, vocabulary
from cleanse.rule import Family, rule
from cleanse.rules.placeholders.reading import (
    about_placeholders,
    hanging,
    is_quoted,
    kind_of,
    opens_sentence,
    value,
    with_break,
    without,
    word_before,
)
from cleanse.rules.spacing.conventions import is_code

_BRACKET = re.compile(r"\[(?P<square>[^\[\]\n]{2,60})\]|<(?P<angle>[^\W\d_][^<>\n/=]{2,60})>")
_MANY = 3  # different placeholders that make a text a form, which is not ours to fill or thin out
# `[your name]` may be spoken of in a manual; a template writes it with a capital.
_POSSESSIVES = frozenset(
    ["your", "ihr", "ihre", "dein", "deine", "votre", "su", "tu", "seu", "sua", "uw", "jouw", "tuo"]
)
_LINE_TAIL = re.compile(r"[ \t)\].]{0,4}")
_CLOSERS = ("", "\n", ".", ",", ";", ":", "!", "?", ")", "–", "—", "-", "”", "’", "…")
_NEXT_WORD = re.compile(r" ([\w'’]+)")


@rule(
    family=Family.PLACEHOLDERS,
    order=20,
    gate=r"\[[^\[\]\n]{2}|<[\pL\pN][^<>\n/=]{2}",
    reason="Writers, templates and text generators leave brackets for facts that were to be filled in later.",
    changes=[
        ("The minister came to Port Ellery on [insert date] for two days.",
         "The minister came to Port Ellery for two days."),
        ("On [insert date], the board met again.", "The board met again."),
        ("Der Hafen wird am [Datum einfügen] eröffnet.", "Der Hafen wird eröffnet."),
        ("The boats left. ([insert link])", "The boats left."),
    ],
    leaves=[
        "Their [sic] is “a plan that [the company] will keep”, and [source] in [city] agreed [1].",
        "Try a headline like “Best plumber in [CITY]” on your page.",
        "[Video call from the harbour. Fee waived.]",
        "careers.add {careername} - adds a career for <your hero> in the script;",
    ],
    defect=Defect.PLACEHOLDER,
)  # fmt: skip
def bracketed_placeholder(draft: Draft) -> Iterator[Finding]:
    """Take out an unfilled bracket with the words that hang on it, if the sentence stays whole.

    A bracket is one if it says so (`insert`, `your`, in 30 languages) or names what is missing in capitals.
    `[the company]` and `[city]` are editors' insertions. Where the sentence needs what is missing, it stays and
    the article is to be reviewed; so are forms with many of them. Shown in quotation marks they are the subject.
    """
    text = draft.text
    found: list[tuple[re.Match[str], str]] = []
    for match in _BRACKET.finditer(text):
        content = match["square"] or match["angle"]
        asked = kind_of(content)
        if asked is None or text[match.end() : match.end() + 1] == "(" or is_quoted(text, *match.span()):
            continue
        kind, instructed = asked
        possessive = fold(content).split(" ")[0] in _POSSESSIVES
        if (content[0].isupper() if possessive else instructed) or (
            content.isupper() and len(content) > 2 and kind != "link"
        ):
            found.append((match, kind))
    if not found or about_placeholders(draft):
        return
    form = len({fold(match.group()) for match, _ in found}) >= _MANY
    for match, kind in found:
        if is_code(without(text, *match.span())):
            continue
        if form:
            yield Finding(
                match.start(), match.start(), score=0.8, evidence=f"form: {match.group()}", review=True
            )
        else:
            yield _judge(draft, match, kind)


def _judge(draft: Draft, match: re.Match[str], kind: str) -> Finding:
    text, start, end = draft.text, match.start(), match.end()
    filled = value(kind, match["square"] or match["angle"], draft.context)
    if filled:
        return Finding(start, end, filled, 0.7, "filled from the record")
    tail = _LINE_TAIL.match(text, end)
    begin, stop = text.rfind("\n", max(0, start - 9), start) + 1, tail.end() if tail else end
    whole = (begin > 0 or start < 9) and (stop == len(text) or text[stop] == "\n")
    if whole and not text[begin:start].strip(" \t([•*-"):
        return Finding(begin, with_break(text, begin, stop), "", 0.8, f"{kind}, a line of its own")
    if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
        left = start - 1 - (text[start - 2 : start - 1] == " ")
        return Finding(left, end + 1, "", 0.8, f"{kind} in brackets")
    stays = Finding(start, start, score=0.8, evidence=f"{kind} missing: {match.group()}", review=True)
    phrase = hanging(text, start, "agents" if kind == "name" else "prepositions")
    if kind in {"number", "text", "link"} or phrase is None:
        return _without_phrase(text, start, end, kind, stays)
    if word_before(text, phrase.start) in vocabulary("placeholders")["incomplete"] or not _closes(
        text, end, kind
    ):
        return stays
    return _cut(text, phrase.start, end, f"{kind} with “{phrase.words}”")


def _closes(text: str, end: int, kind: str) -> bool:
    """Say whether a phrase ends with its placeholder, so that `on [insert date] morning` stays whole."""
    following = _NEXT_WORD.match(text, end)
    if not following:
        return text[end : end + 3].lstrip(" ")[:1] in _CLOSERS
    word = fold(following.group(1))
    if kind == "place":
        return word in vocabulary("placeholders")["prepositions"]
    return word not in vocabulary("placeholders")["times_of_day"]


def _cut(text: str, start: int, end: int, evidence: str) -> Finding:
    """Take a phrase out: the space before it goes too, or, where it opens a sentence, the next word opens it."""
    if not opens_sentence(text, start):
        return Finding(start - (text[start - 1] == " "), end, "", 0.8, evidence)
    while text[end : end + 1] in (",", " "):
        end += 1
    first = text[end : end + 1]
    return (
        Finding(start, end + 1, first.upper(), 0.7, evidence)
        if first.islower()
        else Finding(start, end, "", 0.6, evidence)
    )


def _without_phrase(text: str, start: int, end: int, kind: str, stays: Finding) -> Finding:
    """A date between an article and its noun, or between commas, can go alone; so can a link at a sentence's end."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if kind == "date" and hanging(text, start, "determiners") and after[:1] == " " and after[1:].isalpha():
        return Finding(start, end + 1, "", 0.6, "date between article and noun")
    if kind == "date" and before == ", " and after[:1] in (",", "."):
        return Finding(start - 2, end, "", 0.7, "date between commas")
    if kind == "link" and before[-1:] == " " and before[:1] in ".!?" and (not after or after[0] in " \n"):
        return Finding(start - 1, end, "", 0.7, "link behind a sentence")
    return stays
