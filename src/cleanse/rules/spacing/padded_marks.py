"""Marks with a space before them: `the talks , he said .`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule
from cleanse.rules.spacing.conventions import (
    LETTER,
    WHITE,
    CodeSigns,
    code_signs,
    is_french,
    is_french_at,
    padded_share,
    window,
)

# What a sentence can end in, one space (or a no-break one), the mark, then white space or a closing quote.
# `.NET`, `.5`, `:)` and ` ...` are thereby no candidates.
_COMMA_OR_STOP = re.compile(r"[ \u00a0]([,.،؛؟۔])(?=[\s”’»“)]|\"(?!\w)|$)|[ \u00a0](,)(?=[^\W\d_]{2})")
_OTHER = re.compile(r"[ \u00a0]([;:?!]+)(?=[\s”’»“)]|\"(?!\w)|$)")
_BEFORE_STOP = re.compile(r"[\w)”“’»%€]")
_BEFORE_OTHER = re.compile(r"[\w)”’»%€]")

# Scripts in which a space before a mark is damage beyond doubt: Latin, Greek, Cyrillic, Hangul, and for commas and
# stops Hebrew and Arabic. Devanagari and the scripts of East Asia have habits of their own: Hindi sets its danda apart.
_ALPHABETS = re.compile(r"[A-Za-z0-9\u00c0-\u052f\u1e00-\u1fff\uac00-\ud7a3)”“’»%€]")
_FROM_THE_RIGHT = re.compile(r"[\u05d0-\u05ea\u0620-\u064a\u0660-\u06d3\u06f0-\u06fc]")
_GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")
_LETTER_ALONE = re.compile(r"(?:^|[\s(])\w$")
_MIXED = re.compile(r"[A-Z]*\d+[A-Z]+\d*|\w*_\w*")
_SHORT_LINE = 60  # code points; ` . ` there may be a separator: `Sport . 3 min . Berlin`
_LEAD = 4  # words before a colon that has something to announce
_TIGHT_COLON = re.compile(r"\w: |\w :\n")
_VIETNAMESE = re.compile(
    r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]"
)  # sets it apart as French does
_SENTENCE = 3  # words that a question has at least; `GROTON ? Police` lost a dash


@rule(
    family=Family.SPACING,
    order=50,
    gate=rf"[ \x{{a0}}][,.;:?!،؛؟۔]+(?:{WHITE}|[”’»“)\"]|$)|[ \x{{a0}}],{LETTER}",
    reason="Tokenisers and some editors put a space before a mark, where the language has none.",
    changes=[
        ("The talks ended , he said .", "The talks ended, he said."),
        ("Die Brücke hält , sagte er . Wirklich ?", "Die Brücke hält, sagte er. Wirklich?"),
        ('"They hold ," he said .', '"They hold," he said.'),
        ("They hold ,he said, and left.", "They hold, he said, and left."),
        ("다리가 다시 열린다고 시장이 말했다 .", "다리가 다시 열린다고 시장이 말했다."),
        ("قال الحارس ، إن القارب وصل .", "قال الحارس، إن القارب وصل."),
    ],
    leaves=[
        "He waited ... then left. She waited . . . and stayed.",
        "Qui aurait parié sur elle ? Personne, répond le maire, et surtout pas lui !",
        "Mix oil and vinegar 3 : 1 and start at 10 : 30 :)",
        "It runs on .NET and on .5 volts.",
        "The bytes C3 9F 61 9F , in that order, spell it.",
    ],
    defect=Defect.SPACED_PUNCTUATION,
)
def padded_mark(draft: Draft) -> Iterator[Finding]:
    """Take out the space between a word and the mark that follows it.

    Commas and full stops are set tight in every language of these alphabets, so one of them is damage by itself.
    `; : ? !` are set apart in French, and in lists and ratios elsewhere: they need padded commas or stops in the
    text as well, or that a text pads every single `?` (or `!`) it has.
    """
    text = draft.text
    padded, _ = padded_share(text)
    code = code_signs(draft)
    for match in _COMMA_OR_STOP.finditer(text):
        start, end = match.start(), match.end() - 1
        while start and text[start - 1] in " \u00a0":
            start -= 1
        if not start or not _BEFORE_STOP.match(text, start - 1):
            continue
        if match[2] and not text[start - 1].isalpha():
            continue  # `3 ,a`
        score, evidence = _judge_stop(text, start, end, padded, code)
        if score:
            yield Finding(start, end, score=score, evidence=evidence)
    if draft.context.language and is_french(draft):
        return  # all that follows would find nothing, as below
    others = [m for m in _OTHER.finditer(text) if m.start() and _BEFORE_OTHER.match(text, m.start() - 1)]
    if not others or is_french(draft):
        return
    shares: dict[str, tuple[int, int]] = {}
    for match in others:
        score, evidence = _judge_other(draft, match, padded, shares, code)
        if score:
            yield Finding(match.start(), match.start(1), score=score, evidence=evidence)


def _judge_stop(text: str, start: int, end: int, padded: int, code: CodeSigns) -> tuple[float, str]:
    mark = text[end]
    before, after = text[start - 1], text[end + 1 : end + 3].lstrip()[:1]
    if not (_ALPHABETS.match(before) or _FROM_THE_RIGHT.match(before)):
        return 0.0, ""
    if after == "." or text[max(0, start - 2) : start].rstrip(" ").endswith("."):
        return 0.0, ""  # `. . .`
    if before.isdigit() and after.isdigit():
        return 0.0, ""  # `3 , 4` on a map, `05 . 01`
    alone = _LETTER_ALONE.search(text[max(0, start - 2) : start])
    if alone and after and not text[end + 3 : end + 4].isalpha():
        return 0.0, ""  # `a . b`, chess and vectors
    if code.near(start, end) or (padded < 3 and _is_mixed(text, start)):
        return 0.3, "looks like code"
    if (
        mark == "."
        and after
        and len(around := window(text, start, end)) < _SHORT_LINE
        and not around.rstrip(' \t\r\u00a0"”“’»)').endswith((".", "!", "?"))
    ):
        return 0.4, "may be a separator"
    if before == "’" and padded < 2:
        return 0.0, ""
    return (0.95 if padded > 2 else 0.8), f"space before {mark}, {padded} in the text"


def _is_mixed(text: str, end: int) -> bool:
    word = re.split(r"[\s(]", text[max(0, end - 20) : end])[-1]
    return _MIXED.fullmatch(word) is not None


def _judge_other(
    draft: Draft, match: re.Match[str], padded: int, shares: dict[str, tuple[int, int]], code: CodeSigns
) -> tuple[float, str]:
    text, start, end = draft.text, match.start(), match.start(1)
    before, after = text[start - 1], text[match.end(1) : match.end(1) + 2].lstrip()[:1]
    if not _ALPHABETS.match(before) or (before.isdigit() and after.isdigit()):
        return 0.0, ""
    score, evidence = _weigh_other(text, match, padded, shares)
    # The dear questions last, and only where they decide.
    if score and (before == "»" or code.near(start, end) or is_french_at(text, start)):
        return 0.0, ""
    return score, evidence


def _weigh_other(
    text: str, match: re.Match[str], padded: int, shares: dict[str, tuple[int, int]]
) -> tuple[float, str]:
    start, end, mark = match.start(), match.start(1), match.group(1)
    sign, after = mark[0], text[end + len(mark) : end + len(mark) + 2].lstrip()[:1]
    if padded:
        return (0.9 if padded > 2 else 0.7), f"space before {mark}, and before {padded} commas and stops"
    if sign == ":" and _is_prose(text, start, end):
        return 0.55, "space before : in a sentence, and no : set tight"
    if sign not in "?!" and not (sign == ";" and _GREEK.match(text[start - 1])):
        return 0.0, ""
    if sign not in shares:
        shares[sign] = (len(re.findall(rf"\w[ \u00a0][{sign}]", text)), text.count(sign))
    apart, all_of_it = shares[sign]
    sentence = re.split(r"[.?!\n]", text[max(0, start - 100) : start])[-1]
    ends = not after or after.isupper() or after == "\n"
    if ends and apart == all_of_it and len(sentence.split()) >= _SENTENCE:
        return 0.6, f"every {sign} has a space before it"
    return 0.0, ""


def _is_prose(text: str, start: int, end: int) -> bool:
    """Say whether a padded colon stands in a sentence of a paragraph, and is no habit of headings and labels."""
    around = window(text, start, end)
    sentence = re.split(r"[.?!\n]", text[max(0, start - 150) : start])[-1]
    following = text[end + 1 : end + 3].strip()[:1]
    return (
        len(sentence.split()) > _LEAD
        and len(around) > 2 * _SHORT_LINE
        and (following.islower() or following in '“"')
        and not _TIGHT_COLON.search(around)
        and "«" not in around
        and not _VIETNAMESE.search(around)
    )
