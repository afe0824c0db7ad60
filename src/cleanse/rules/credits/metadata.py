"""Metadata that leaked into the text: `date 2024-03-05 The harbour ...`, `Published: 5 March 2024, 10:30`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.gate import Gate
from cleanse.lines import Shape, layout
from cleanse.phrases import fold, vocabulary
from cleanse.rule import Family, rule
from cleanse.rules.credits.credit_lines import Evidence, edge, labelled, whole_lines
from cleanse.rules.credits.dates import beside, find_dates
from cleanse.wording import Leads

_LABELS = vocabulary("credits_labels")
_DATED = frozenset(_LABELS["dated"])
_KEYS = _DATED | frozenset(_LABELS["when"])
_KEY_WORDS = frozenset(word for key in _KEYS for word in key.split())
_LONGEST = max(map(len, _KEYS))
_LEADS = Leads(_KEYS)
_ENGLISH = frozenset(
    {"date", "dated", "published", "published on", "updated", "posted"}
)  # day or month first

_KEY = re.compile(r"[^\w\n]*([^\W\d]+(?:[ -][^\W\d]+){0,5}?)[ \t]*([:=：]?)[ \t]*(?=\d)")
_AFTER = re.compile(r"T?\d{2}:\d{2}(?::\d{2})?(?:\.\d{1,6})?(?:Z|[ ]?[+-]\d{2}:?\d{2})?(?!\w)")
_PADDING = " \t\xa0,;|–—-\"'"

_WIDEST = 110  # code points of a line that only says when
_DATE_LIKE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
_CLOCK = re.compile(r"\d{1,2}(?:st|nd|rd|th|[:.h]\d{2}(?:[:.]\d{2})?)?(?=\W|[ap]m|h\b|$)", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.](?=[^\W\d_]))*|\d+")
_FIRST_LETTER = re.compile(r"[^\W\d_]")


def _begins_with_key(text: str) -> bool:
    """The text begins with words and a figure."""
    return _KEY.match(text) is not None


def _is_when(content: str) -> bool:
    """When it appeared, and nothing else."""
    return len(content) <= _WIDEST and _leading_key(content) is not None and _only_when(content)


def _leading_key(content: str) -> str | None:
    first = _FIRST_LETTER.search(content)
    if not first:
        return None
    return _LEADS.find(fold(content[first.start() : first.start() + _LONGEST + 1]))


def _only_when(content: str) -> bool:
    """Say whether the line consists of a key, dates, times and the small words that stand beside them."""
    rest = content
    for found in reversed(find_dates(content)):
        rest = rest[: found.start] + " " + rest[found.end :]
    rest = _CLOCK.sub(" ", _DATE_LIKE.sub(" ", rest))
    known = beside()
    left = [t for t in _TOKEN.findall(fold(rest)) if not (t in known or t in _KEY_WORDS or t.isdigit())]
    return not left and (rest != content or ":" in content)


@rule(
    family=Family.CREDITS,
    gate=Gate(probe=_begins_with_key),
    reason="Exports glue the record's own fields to the front of its text.",
    changes=[
        (" date 2024-03-05 The harbour board met on Monday.", "The harbour board met on Monday."),
        ("pubdate: 2024-03-05 The harbour board met on Monday.", "The harbour board met on Monday."),
    ],
    leaves=[
        "Date palms line the harbour road. They were planted in 1931.",
        "Published 2021-2022, the report names three harbours that have silted up since the war.",
        "Updated 5 March 2024 rules for the harbour apply to every boat that is longer than six metres.",
    ],
    defect=Defect.METADATA_PREFIX,
    order=11,
)
def metadata_prefix(draft: Draft) -> Iterator[Finding]:
    """Take keys with a whole date off the very start of the text, in front of its first sentence."""
    text, at, keys, when = draft.text, 0, [], None
    while match := _KEY.match(text, at):
        key = fold(match[1])
        found = (
            find_dates(text[match.end() : match.end() + 40], day_first=key not in _ENGLISH)
            if key in _KEYS
            else []
        )
        # Without a colon it takes a key in small letters and a date in figures: a sentence begins otherwise.
        record = bool(match[2]) or (match[1] == key and _DATE_LIKE.match(text, match.end()) is not None)
        if not (found and found[0].start == 0 and record):
            break
        keys.append(match[1])
        when = when or found[0].value
        at = match.end() + found[0].end
        if clock := _AFTER.match(text, at) or _AFTER.match(text, at + 1):
            at = clock.end()
        while at < len(text) and text[at] in _PADDING:
            at += 1
    first = draft.filled_lines[0].content if keys else ""
    if (
        keys
        and text[at : at + 1] not in ("", "\n", "\r")
        and not (len(first) <= _WIDEST and _only_when(first))
    ):  # a line of its own is the next rule's
        known = when is not None and when <= draft.context.today
        yield Finding(
            0,
            at,
            score=0.9,
            evidence=f"{', '.join(keys)} with a date in front of the first sentence",
            fills=(("published_on", when),) if known else (),
        )


@rule(
    family=Family.CREDITS,
    gate=Gate(line=_is_when),
    reason="Pages print when they were published and updated above or below the article.",
    changes=[
        (
            "Harbour reopens\nPublished: 5 March 2024, 10:30 am GMT | Updated: 6 March 2024\nThe harbour is open "
            "again, two days after the storm had closed it, the board said.",
            "Harbour reopens\nThe harbour is open again, two days after the storm had closed it, the board said.",
        ),
        (
            "Port otwarty\n05.03.2024, aktualizacja: 06.03.2024 11:14\nPort znów działa, dwa dni po burzy, która go "
            "zamknęła na całą noc, mówi zarząd.",
            "Port otwarty\nPort znów działa, dwa dni po burzy, która go zamknęła na całą noc, mówi zarząd.",
        ),
    ],
    leaves=[
        "Harbour market\nDates and venues\nThe market is held in May, the board said, and there is room for forty.",
        "The board has printed the programme of the week and hung it at the customs quay, where the ferry leaves.\n"
        "Date: 5 March 2024\nTime: 10:30\nPlace: customs quay\n"
        "Who cannot come may write to the clerk, who has promised to read every letter aloud before the vote.",
    ],
    defect=Defect.METADATA_PREFIX,
    order=12,
)
def metadata_line(draft: Draft) -> Iterator[Finding]:
    """Take out lines at the head or tail that say when the article appeared, and nothing else."""
    where = layout(draft)
    for index, shape in enumerate(where.shapes):
        if not _is_when(shape.content):
            continue
        key = _leading_key(shape.content)
        place = edge(where, index)
        found = find_dates(shape.content, day_first=key not in _ENGLISH, today=draft.context.today)
        evidence = Evidence()
        evidence.see(0.3, f"begins with {key!r}")
        evidence.see(0.3 if found else 0.2, "says when and nothing else")
        evidence.see({"head": 0.2, "tail": 0.1, "body": -0.05 if found else -0.3}[place], f"in the {place}")
        if key not in _DATED and (place != "head" or _in_form(where.shapes, index)):
            evidence.see(-0.4, "a word that events use too")
        start, end = whole_lines(draft, index, index)
        published = found[0].value if found and place != "body" else None
        yield evidence.finding(start, end, fills=(("published_on", published),))


def _in_form(shapes: list[Shape], index: int) -> bool:
    """Say whether a line beside filled line ``index`` is labelled too, as in the particulars of an event."""
    beside_it = shapes[max(0, index - 1) : index] + shapes[index + 1 : index + 2]
    return any((split := labelled(s.content)) is not None and split[0] not in _DATED for s in beside_it)
