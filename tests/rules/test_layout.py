"""The layout family: what must change, and what must not, each with why."""

from __future__ import annotations

import pytest

import cleanse
from cleanse.cleaner import Cleaner
from cleanse.defect import Defect
from cleanse.draft import Context
from cleanse.policy import DEFAULT
from cleanse.rule import Family, rules

LAYOUT = Cleaner([rule for rule in rules() if rule.family == Family.LAYOUT])

ONE = "The crane came by sea on Monday, in six parts, and half the town stood on the quay."
TWO = "It took four tugs to bring it in, and it will be a week before it can lift anything at all."
THREE = "The old one goes to Skerrow, where the ferry has waited for it since the great storm."
TITLE = "Port Ellery Gets a New Blue Crane"

TITLES = [
    # title, raw text, what is left, why
    (TITLE, f"{TITLE}\n{ONE}", ONE, "on its paragraph"),
    (TITLE, f"{TITLE}\n\n{ONE}\n\n{TWO}", f"{ONE}\n\n{TWO}", "the only headline"),
    (TITLE, f"\n\n  {TITLE}  \n\n{ONE}", ONE, "padded"),
    (TITLE, f"{TITLE}\n{ONE}\nWhat the Town Says\n{TWO}", f"{ONE}\nWhat the Town Says\n{TWO}", "sections without gaps"),
    (
        TITLE,
        f"{TITLE}\n\nSix Parts and Four Tugs\n\n{ONE}\n\nA Week of Work\n\n{TWO}",
        f"Six Parts and Four Tugs\n\n{ONE}\n\nA Week of Work\n\n{TWO}",
        "before the first section",
    ),
    ("Wer bezahlt den neuen Kran?", f"Wer bezahlt den neuen Kran?\n{ONE}", ONE, "a question"),
    ("В порту появился новый кран", "В порту появился новый кран\n\nКран прибыл в понедельник на четырёх баржах.",
     "Кран прибыл в понедельник на четырёх баржах.", "Russian"),
    ("港口迎来一台新起重机", "港口迎来一台新起重机\n起重机于星期一分六个部分由海路运抵，半个城市的人都站在码头上观看。",
     "起重机于星期一分六个部分由海路运抵，半个城市的人都站在码头上观看。", "Chinese"),
]  # fmt: skip

UNTITLED = [
    (f"{ONE}\n{TWO}", "begins with a paragraph"),
    (f"{ONE}", "one line"),
    ("Port Ellery Gets a New Blue Crane", "one line that is a headline"),
    (f"Six Parts and Four Tugs\n\n{ONE}\n\nA Week of Work\n\n{TWO}", "a section whose title is lost"),
    (f"- Port Ellery gets a crane\n{ONE}", "a list item"),
    (f"| Port | Crane |\n{ONE}", "a table row"),
    (f"What it brings to the town:\n{ONE}", "a label"),
    (f"https://example.org/port/crane\n{ONE}", "an address"),
    (f"PORT ELLERY (Ellery Press) —\n{ONE}", "a dateline"),
    (f"“Six parts,” he said, “and not one too many”\n{ONE}", "speech"),
    (f"– Six parts and not one more\n{ONE}", "speech with a dash"),
    (f"Light Mode\n{ONE}", "a label of the page"),
    (f"Home > News > Harbour and Town\n{ONE}", "a path"),
    (f"Updated on Monday at 18:28\n{ONE}", "a time"),
    ("Roses are red\nViolets are blue\nThe crane is tall\nAnd so are you", "a poem"),
    (f"Pros: lifts all there is\nCons: {ONE}", "two labels"),
]


def clean(text: str, **facts: object) -> cleanse.Article:
    article = LAYOUT.clean(text, Context(policy=DEFAULT, **facts))  # type: ignore[arg-type]
    assert cleanse.restore(article.text, article.edits) == text
    again = LAYOUT.clean(article.text, Context(policy=DEFAULT, **facts))  # type: ignore[arg-type]
    assert not again.edits, again.edits
    return article


@pytest.mark.parametrize(("title", "raw", "left", "why"), TITLES, ids=[c[3] for c in TITLES])
def test_title_moves_into_its_column(title: str, raw: str, left: str, why: str) -> None:
    article = clean(raw)
    assert (article.title, article.text) == (title, left)
    assert article.defects == ()


@pytest.mark.parametrize(("text", "why"), UNTITLED, ids=[c[1] for c in UNTITLED])
def test_no_title(text: str, why: str) -> None:
    article = clean(text)
    assert article.title is None
    assert article.text == text


def test_title_of_the_record_goes_from_the_text_and_nothing_else_does() -> None:
    article = clean(f"PORT ELLERY gets a new, blue crane!\n\n{ONE}", title=TITLE)
    assert (article.title, article.text, article.defects) == (TITLE, ONE, (Defect.DUPLICATED_TITLE,))
    raw = f"Six Parts and Four Tugs\n{ONE}"
    assert clean(raw, title=TITLE).text == raw


@pytest.mark.parametrize(
    "raw",
    [
        f"{TITLE}\n{TITLE}\n{ONE}\n{TWO}",
        f"{TITLE}\n\nBy Ida Holm\n\n{TITLE}\n\n{ONE}\n\n{TWO}",
        f"{TITLE}\n{ONE}\n{TWO}\n{THREE}\n{TITLE}",
    ],
)
def test_repeated_headline_goes(raw: str) -> None:
    article = clean(raw)
    assert (TITLE + "\n" + article.text).count(TITLE) == 1 or article.text.count(TITLE) == 1
    assert article.defects == (Defect.DUPLICATED_TITLE,)


def test_repeated_article_goes() -> None:
    story = "\n".join((ONE, TWO, THREE, ONE.replace("Monday", "Friday")))
    article = clean(f"{story}\n{story}")
    assert article.text == story
    assert article.defects == (Defect.DUPLICATED_TEXT,)
    titled = clean(f"{TITLE}\n{story}\n\n{TITLE}\n{story}\n")
    assert (titled.title, titled.text) == (TITLE, story)


@pytest.mark.parametrize(
    "text",
    [
        "Row, row to the sea\nThe tide is high and the moon is low.\nRow, row to the sea",
        f"{ONE}\n{TWO}\n{ONE}",
        f"{ONE}\n{ONE}",
        f"{ONE}\n{TWO}\n{THREE}\n{ONE}\n{TWO}",
    ],
    ids=["refrain", "a paragraph quoted", "a short text twice", "half of it again"],
)
def test_other_repetitions_stay(text: str) -> None:
    assert clean(text).text == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{ONE}  \n{TWO}\t\n", f"{ONE}\n{TWO}"),
        (f"\n \n{ONE}\n\n\n \n{TWO}\n\n", f"{ONE}\n\n{TWO}"),
        (f"{ONE}\u00a0\n\u00a0\n{TWO}", f"{ONE}\n\n{TWO}"),
        (f"{ONE} \r\n\r\n{TWO}\r\n", f"{ONE}\r\n\r\n{TWO}"),
        ("- one\n  - two\n    three", "- one\n  - two\n    three"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_white_space(before: str, after: str) -> None:
    article = clean(before)
    assert article.text == after
    assert article.defects == ()
