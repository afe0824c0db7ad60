"""Weighs whether words are the credit of a picture: `Foto: Jana Vogt / dpa`, `Ann Lee/Getty Images`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleanse.phrases import fold, gate, vocabulary
from cleanse.rules.credits.credit_lines import (
    Evidence,
    agencies,
    is_domain,
    label_gate,
    labelled,
    lead_gate,
    named,
)
from cleanse.wording import Leads

_LABELS = vocabulary("credits_labels")
_ARTICLES = frozenset(vocabulary("credits_names")["article"])
PHOTO = frozenset(_LABELS["photo"])
_PHOTO_BY = Leads(_LABELS["photo_by"])
_PICTURE = agencies("picture").keys()
_AGENCIES = agencies("wire").keys() | _PICTURE
# These are a credit even alone on a line; a line `Reuters` or `Wikipedia` may be a heading.
_ALONE = ("getty", "shutterstock", "istock", "alamy", "adobe stock", "ap photo", "afp photo", "epa-efe")
# Of wire agencies only these are no ordinary word or initials where they end a name without a slash.
_ENDS = frozenset({*_PICTURE, "afp", "reuters", "ap photo", "associated press"})
_PHOTOS = ("ap photo ", "afp photo ", "getty images ")  # a name or country may follow
_STRONG = frozenset(
    {"photo by", "photos by", "photo courtesy of", "photos courtesy of", "photo credit", "image credit"}
)

# Labels of what was taken, not drawn: a caption may follow "Image:", too.
_TAKEN = (
    "foto",
    "photo",
    "fot",
    "фото",
    "φωτο",
    "kuva",
    "ảnh",
    "사진",
    "写真",
    "照片",
    "צילום",
    "عکس",
    "फोटो",
)
_HIDDEN = ("hide caption", "toggle caption", "enlarge this image", "view gallery")  # of galleries


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_SLASHED = re.compile(rf"/[^/\n]{{0,30}}?(?<!\w)(?:{_any(_ENDS)})(?!\w)")
_SPLIT = re.compile(r"\s*(?:[/|,;·•]|©|\svia\s|\s[-–—]\s|\sfor\s)\s*", re.IGNORECASE)
_EQUATED = re.compile(r"\W*(사진|사진제공|사진 제공|사진출처|사진 출처|그래픽|영상|자료)\s?[=＝|ㅣ│]\s?")
_HIDE = re.compile(rf"\s*(?:{_any(_HIDDEN)})\s*$", re.IGNORECASE)
_WORD = re.compile(r"\w+")

_PAIR = re.compile(r"\s*[(（]([^\W\d_][^()/\d]{2,30} [^()/\d]{2,20}?) ?/ ?([^\W\d_][^()/\d]{3,40})[)）]\s*")
WIDEST = 160  # code points of a credit

# A line with a credit has a label or phrase in front, or an agency at an end or behind a mark.
SLASHED_GATE = gate(_ENDS, before=r"[^\pL\pN\n]")
LINE_GATE = (
    label_gate(PHOTO)
    | lead_gate(_LABELS["photo_by"])
    | r"(?:사진|그래픽|영상|자료)[^\n=]{0,4}[=＝|ㅣ│]"
    | lead_gate(_AGENCIES)
    | gate(_AGENCIES, after=rf"[^\pL\pN\n]*(?:{_any(_HIDDEN)})?[^\pL\pN\n]*$")
    | SLASHED_GATE
    | r"(?m)^\s*[(（]\pL[^()/\n]*/[^()/\n]*[)）]\s*$"
)


def weigh(text: str) -> Evidence:
    """Weigh whether ``text``, a line or what a bracket holds, credits a picture and says nothing else."""
    evidence = Evidence()
    pair = _PAIR.fullmatch(text)
    text = _HIDE.sub("", text.strip(" \t\xa0()[]（）【】*|"))
    folded = fold(text)
    split = labelled(text) or _equated(text)
    by = _PHOTO_BY.find(folded)
    if split and split[0] in PHOTO:
        evidence.see(0.35, f"label {split[0]!r}")
        _value(evidence, split[1], split[0])
    elif by and len(folded) > len(by) + 1:
        evidence.see(0.35, f"begins with {by!r}")
        _value(evidence, text[len(by) :].strip(" :="), by)
    elif len(text) <= WIDEST and _named_at_edge(folded):
        _value(evidence, text, "")
    elif pair and named(pair[1], 4) and named(pair[2], 5):
        evidence.see(0.55, "photographer and paper in a bracket, apart by a slash")
    return evidence


def _describes(value: str) -> bool:
    """Say whether a few words are what a picture shows: a sentence, or a thing with its article."""
    first = fold(value.split(" ", 1)[0])
    return value.rstrip().endswith((".", "!", "?", "।", "。")) or first in _ARTICLES


def _equated(text: str) -> tuple[str, str] | None:
    """Split `사진=뉴시스`, as Korean papers write it."""
    match = _EQUATED.match(text)
    return (fold(match[1]), text[match.end() :].strip()) if match else None


def _named_at_edge(folded: str) -> bool:
    """Say whether an agency begins or ends the line, or a picture agency stands behind a slash."""
    parts = _SPLIT.split(folded.strip(" ."))
    if parts[0] in _AGENCIES or parts[-1] in _AGENCIES or any(p in _PICTURE for p in parts[1:]):
        return True
    return parts[0].startswith(_PHOTOS) or _ends(folded) or any(p.startswith(_PHOTOS) for p in parts[1:])


def _ends(folded: str) -> bool:
    """Say whether the last words are an agency's name."""
    words = folded.rstrip(" .)]").split(" ")
    return any(" ".join(words[-n:]) in _ENDS for n in (1, 2, 3))


def slashed(text: str) -> bool:
    """Say whether an agency stands behind a slash in ``text``."""
    return _SLASHED.search(fold(text)) is not None


def _value(evidence: Evidence, value: str, label: str) -> None:
    if not value:
        evidence.see(-0.2, "no name")
        return
    parts = [p for p in _SPLIT.split(value.strip(" .")) if p]
    folded = [fold(p) for p in parts]
    known = [p for p in folded if p in _AGENCIES or p.startswith(_PHOTOS)]
    strict = [named(p, 6) or is_domain(p) or p.startswith("@") or fold(p) in _AGENCIES for p in parts]
    # Behind the photographer a paper's name may have small words: `Léa Morvan / La Gazette du port`.
    papers = bool(label and strict[:1] == [True]) and all(
        good or (p[:1].isupper() and len(p.split()) <= 6 and not p.endswith((".", "!", "?")))
        for good, p in zip(strict, parts, strict=True)
    )
    # Beside an agency a single small word is the name by which the photographer goes there.
    loose = all(good or " " not in p for good, p in zip(strict, parts, strict=True))
    words = len(_WORD.findall(value))
    if known and loose and (len(parts) > 1 or label or known[0].startswith(_ALONE)):
        evidence.see(0.55, f"the agency {known[0]!r}")
    elif all(strict) and " " in value and _ends(fold(value)) and named(value, 9):
        evidence.see(0.5, "ends with an agency")
    elif label and (all(strict) or papers) and len(parts) <= 8 and words <= 14:
        evidence.see(0.3, "names")
    elif label.startswith(_TAKEN) and len(parts) == 1 and words <= 3 and not _describes(value):
        evidence.see(0.2, "who has it, written small")  # `Foto: privat`, `Фото: пресслужба`
    elif label.endswith("s") and len(parts) > 4 and max(map(len, parts)) < 120:
        evidence.see(0.2, "a list")
    elif label in _STRONG and value[:1].isupper() and words <= 60:
        evidence.see(0.2, "a phrase that begins no sentence")
    elif words > 14:
        evidence.see(-0.3, "more than names")
    if evidence.seen and (value.startswith(("©", "@", "/")) or "©" in value):
        evidence.see(0.15, "a sign")
