"""Datelines: `BERLIN, 5 March 2024 (dpa) - ...` stays in the text and also fills its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.lines import layout
from cleanse.phrases import fold, gate, vocabulary
from cleanse.rule import Family, rule
from cleanse.rules.credits.credit_lines import agencies, agency, named
from cleanse.rules.credits.dates import find_dates
from cleanse.rules.spacing.conventions import BLANK, WHITE

_LOOK = 130  # a dateline is over within so many code points
_HEAD = 8  # and stands in one of the first so many lines
_WIDTH = 60  # of a paragraph at least this wide

_PLACE = r"[^\W\d_][^\d_()（）\[\]:;!?\n/—–=|]{1,48}?"
_DASH = r"[-–—―]{1,2}"
_NUMBERED = r"(?:[^\W\d_]{1,12}\.? )?\d[^()（）\[\]/–—]{0,16}?"  # a date, or what is left of one
_DATE_PLACE = re.compile(rf"(.{{6,40}}?)\s*{_DASH}\s*\(({_PLACE})\)\s")
_AGENCY_PLACE = re.compile(rf"\(([^()]{{2,20}})\)\s*{_DASH}\s*({_PLACE})(?:,\s*({_NUMBERED}))?\s*{_DASH}")
_PLACE_AGENCY = re.compile(
    rf"({_PLACE}(?: \([^\W\d_]{{2,20}}\))?)(?:[,.]{{0,2}}\s+({_NUMBERED}))?[,.]?\s*"
    rf"[(\[/（]\s?([^()\[\]/（）]{{2,30}}?)\s?[)\]/）]\.?(\s?\.?{_DASH})?"
)
_PLACE_DASH_AGENCY = re.compile(
    rf"({_PLACE})(?:[,.]{{0,2}}\s+({_NUMBERED}))?[,.]?\s*{_DASH}\s*([^.,\d\-–—:]{{2,20}}?)\s?[.,\-–—]"
)
_PLACE_DASH = re.compile(rf"({_PLACE})(?:,\s*({_NUMBERED}))?\s?({_DASH})\s")
_CHINESE = re.compile(
    "(新华社|新華社|新华网|新華網|中新社|中新网|中新網|中央社)?([\u3400-\u9fff]{0,10}?)"
    r"((?:\d{4}年)?\d{1,2}月\d{1,2}日)([电電讯訊])"
)
_EAST = re.compile(r"[\[【(（]([^\W\d_]{2,8})\s?[=＝]\s?([^\])）】]{2,10})[\])）】]")
_JAPANESE = re.compile("【([^\\W\\d_]{2,8}?)[ \u3000]?(共同|時事|ロイター|AFP)】")

_CAPITAL = r"[\p{Lu}\x{2160}-\x{216f}\x{24b6}-\x{24cf}\x{1f130}-\x{1f189}]"
_SIGN = re.compile(r"[-–—―]|[)\]/）】=＝]|日[电電讯訊]")
# A line that begins in capitals and goes on to a dash, a bracket at its beginning, a dash before a bracket, or an
# agency behind a bracket, slash or dash.
_GATE = (
    rf"(?m)^{BLANK}*(?:[\[【(（]|[^\p{{Ll}}\n,]*{_CAPITAL}[^\p{{Ll}}\n,]*(?:,[^\n]*)?[-–—―])|[-–—―]{WHITE}*\(|日[电電讯訊]|"
    + gate(agencies("wire"), before=rf"[(\[/（–—―-]{WHITE}*[.()\[\]/*–—-]*", after=r"(?:[^\pL\pN]|$)")
)
_NOT_PLACES = frozenset(vocabulary("credits_names")["no_place"])


@rule(
    family=Family.CREDITS,
    gate=_GATE,
    reason="Wire stories open with where, when and by whom they were sent; that is worth a column each.",
    changes=[],
    fills=[
        (
            "PORT ELLERY (Reuters) - The ferry sailed again on Monday, two days after the storm.",
            "agency",
            "Reuters",
        ),
        (
            "4th March 2024 – (Ellery) The ferry sailed again on Monday, two days late.",
            "dateline_place",
            "Ellery",
        ),
        (
            "BREMEN, 4. März 2024 (dpa) - Die Fähre fährt wieder, zwei Tage nach dem Sturm.",
            "published_on",
            date(2024, 3, 4),
        ),
    ],
    leaves=[
        "PORT ELLERY (Reuters) - The ferry sailed again on Monday, two days after the storm had torn its mooring away.",
        "The harbour - which nobody had dredged for thirty years - was closed to all but the smallest of the boats.",
    ],
    defect=Defect.DATELINE,
    order=10,
)
def dateline(draft: Draft) -> Iterator[Finding]:
    """Fill the columns from the dateline of the first paragraph that has one; the text stays as it is."""
    shapes = layout(draft).shapes[:_HEAD]
    for shape in shapes:
        if shape.width < _WIDTH:
            continue
        line = shape.line
        found = _read(shape.content[:_LOOK])
        if found:
            place, said, by, end = found
            dates = find_dates(said, today=draft.context.today) if said else []
            start = line.start + draft.text[line.start : line.end].find(line.content)
            fills = (
                ("dateline_place", place),
                ("published_on", dates[0].value if dates else None),
                ("agency", by),
            )
            yield Finding(
                start,
                start,
                evidence=f"dateline {shape.content[:end].strip()!r}",
                fills=tuple((name, value) for name, value in fills if value),
            )
            return


def _read(head: str) -> tuple[str, str, str | None, int] | None:
    """Read a dateline at the start of ``head``: place, words that hold a date, agency, where it ends."""
    if not _SIGN.search(head):
        return None
    if m := _EAST.match(head) or _JAPANESE.match(head):
        return m[1], "", agency(m[2]), m.end()
    if (m := _CHINESE.match(head)) and (m[1] or m[4] in "电電"):
        return m[2], m[3], agency(m[1] or ""), m.end()
    if (m := _DATE_PLACE.match(head)) and find_dates(m[1]):
        return _placed(m[2]), m[1], None, m.end()
    if (m := _AGENCY_PLACE.match(head)) and agency(m[1]) and named(m[2], 5):
        return _placed(m[2]), m[3] or "", agency(m[1]), m.end()
    if (m := _PLACE_AGENCY.match(head)) and (m[2] or m[4]) and agency(m[3]) and named(m[1], 6):
        short = "." if head[m.end(1)] == "." and len(m[1].split()[-1]) < 5 else ""  # Fla. (AP)
        return _placed(m[1] + short), m[2] or "", agency(m[3]), m.end()
    if (m := _PLACE_DASH_AGENCY.match(head)) and agency(m[3]) and named(m[1], 5):
        return _placed(m[1]), m[2] or "", agency(m[3]), m.end()
    if (m := _PLACE_DASH.match(head)) and _capitals(m[1]) and fold(m[1].split()[0]) not in _NOT_PLACES:
        return _placed(m[1]), m[2] or "", None, m.end()
    return None


def _capitals(place: str) -> bool:
    """The place is in capitals, a region behind a comma need not be: `CLEVELAND, Ohio`."""
    words = place.split()
    city = place.split(",")[0]
    return len(words) <= 5 and city.isupper() and sum(map(str.isalpha, city)) >= 4 and named(place, 5)


def _placed(place: str) -> str:
    """Give the place as written; words all in capitals get small letters, for `BERLIN` and `Berlin` are one place.

    Initials (`D.C.`, `U.S.`) stay.
    """
    words = place.strip(" ,").split(" ")
    if len(words[-1]) > 6:  # no abbreviation, as Fla. and D.C. are
        words[-1] = words[-1].rstrip(".")
    return " ".join(_small(w) if w.isupper() and "." not in w[:-1] and len(w) > 2 else w for w in words)


def _small(word: str) -> str:
    if "İ" in word or "Ğ" in word or "Ş" in word:  # Turkish: the capital I is the dotless one
        return word[0] + word[1:].replace("İ", "i").replace("I", "ı").lower()
    return re.sub(r"(?<=[^\W\d_])[^\W\d_]+", lambda m: m[0].lower(), word)
