"""A sum with a space inside: `R$ 1, 5 milhão`, `$1, 250`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.phrases import fold, vocabulary
from cleanse.rule import Family, rule

# Each begins at the mark: to look for a number first costs ten times as much, for that is tried at every letter.
_SPLIT = re.compile(r", (?P<part>\d{1,2}) ?(?P<unit>%|[^\W\d_]{2,12})")
_WHOLE = re.compile(r"(?<![\d.,])\d{1,3}\Z")
_THOUSANDS = re.compile(r"[.,] (?=\d{3}(?!\d|[.,]?[ \u00a0]?[^\W\d_]+[ \u00a0]\d))")
_PADDED = re.compile(r" [.,] (?=(?P<part>\d{1,3})(?!\d)[ \u00a0]?(?P<unit>%|[^\W\d_]{2,12})?)")
_WHOLE_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,]\d{3}){0,4}\Z")
_LONGEST = 24  # code points of a number in front of the mark
_CURRENCY = re.compile(r"(?:R\$|US\$|[€£$¥₽₴₺]|\b(?:EUR|USD|BRL|PLN|CHF|euros?|Euro))[ \u00a0]?\Z")


@rule(
    family=Family.SPACING,
    order=40,
    gate=r"\pN, \pN{1,2} ?[\pL\pN%]|\pN ?[.,] \pN",
    reason="Editors that set a space behind every comma split numbers in languages with a decimal comma.",
    changes=[
        ("O porto custou R$ 1, 5 milhão.", "O porto custou R$ 1,5 milhão."),
        ("The old boat cost $1, 250 with sails.", "The old boat cost $1,250 with sails."),
        ("The quay cost 14 . 5 million , he said .", "The quay cost 14.5 million, he said."),
    ],
    leaves=[
        "Chegaram em grupos de 10, 20 mil pessoas.",
        "It cost $1, 5 people said.",
        "The chart shows 3 , 4 and 05 . 01 on it.",
        "Em 2014, 15 milhões de barcos.",
        "Die Plätze 1, 2 und 3.",
    ],
    defect=Defect.SPACED_PUNCTUATION,
)
def split_number(draft: Draft) -> Iterator[Finding]:
    """Close up a decimal comma between a currency and a large unit, or before a percent sign.

    So are the thousands of a sum behind its currency. Without one, `10, 20 mil` may count up: only a part that
    could not follow (`12, 5 %`) is taken for one.
    """
    text = draft.text
    for match in _THOUSANDS.finditer(text):
        whole = _number(_WHOLE_THOUSANDS, text, match.start())
        if whole and _CURRENCY.search(text[max(0, whole.start() - 6) : whole.start()]):
            yield Finding(match.end() - 1, match.end(), "", 0.7, "thousands of a sum")
    for match in _PADDED.finditer(text):
        whole = _number(_WHOLE_THOUSANDS, text, match.start())
        unit = fold(match["unit"] or "")
        large = unit == "%" or unit in vocabulary("spacing")["large_units"]
        sum_of = whole and _CURRENCY.search(text[max(0, whole.start() - 6) : whole.start()])
        if whole and (large or (sum_of and len(match["part"]) > 1)):
            yield Finding(match.start(), match.end(), match[0].strip(), 0.7, "a number set apart at its mark")
    language = (draft.context.language or "")[:2].lower()
    if language in {"en", "zh", "ja", "ko", "th", "hi", "he"}:
        return
    for match in _SPLIT.finditer(text):
        whole = _number(_WHOLE, text, match.start())
        if whole is None:
            continue
        unit = fold(match["unit"])
        at = match.start() + 1
        has_currency = _CURRENCY.search(text[max(0, whole.start() - 6) : whole.start()]) is not None
        round_numbers = whole[0].endswith("0") and match["part"].endswith("0")
        if round_numbers or not (unit == "%" or unit in vocabulary("spacing")["large_units"]):
            continue
        if has_currency:
            yield Finding(at, at + 1, "", 0.8, f"decimal comma between currency and {match['unit']}")
        elif unit == "%" and int(whole[0]) > int(match["part"]) > 0:
            yield Finding(at, at + 1, "", 0.6, "decimal comma before %")


def _number(pattern: re.Pattern[str], text: str, end: int) -> re.Match[str] | None:
    """Give the number in front of ``end``, if it is written as ``pattern`` says."""
    return pattern.search(text, max(0, end - _LONGEST), end) if text[end - 1 : end].isdigit() else None
