"""The end of a press release: `About Acme` with its standing paragraph, and `###`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.gate import Gate, PatternSet, begins, holds
from cleanse.lines import Layout, layout
from cleanse.phrases import any_of, fold, gate, vocabulary
from cleanse.rule import Family, rule
from cleanse.rules.boilerplate.marks import Mark
from cleanse.rules.boilerplate.removal import take_out

_USES = vocabulary("boilerplate_press")
_ABOUT = re.compile("(?:" + any_of(_USES["about"]) + ")")
_SAYS = re.compile(any_of(_USES["says"]))
_END = re.compile(
    r"(?:#\s?#\s?#|[-–—]\s?30\s?[-–—]|[-–—]?\s?(?:ENDS|Ends)\s?[-–—]?|[-–—]\s?(?:END|FIN|FINE|ENDE)\s?[-–—])"
)
_CONTACT = re.compile(rf"\W*(?:{any_of(_USES['contact'])})\W*(?:$|:)")
_REACHED = re.compile(r"[\w.+-]{1,40}@[\w-]{1,40}\.|https?://|www\.|\+?\d[\d ()/.-]{7,}")
_CAUTION = re.compile(any_of(_USES["caution"]))
_CAUTION_SOMEWHERE = PatternSet([(0, gate(_USES["caution"]))])
_SENT = re.compile(r"(?:SOURCE|QUELLE|FUENTE|FONTE):? [^\W\d_a-z][^.!?\n]{1,80}")
_LONGEST = 6000  # code points of a paragraph of cautions
_LINES = 12  # lines of a block of contacts
_HEAD_WIDTH = 80
_HERE = 60  # code points of the paragraph in which the name of the heading stands again
STORY = (
    "The ferry line orders two boats for the northern channel, it said on Monday; they sail from next May on."
)


@rule(
    family=Family.BOILERPLATE,
    gate=Gate(
        r"(?m)^[^\pL\pN\n]*(?:#\s?#\s?#|[-–—]\s?30\s?[-–—]|(?i:ends?|fine?|ende)[^\pL\pN\n]*$)|"
        + gate(_USES["about"], before=r"^[^\pL\pN\n]*"),
    )
    | begins(_USES["contact"])
    | holds(_USES["caution"])
    | r"(?m)^\s*(?:SOURCE|QUELLE|FUENTE|FONTE)",
    reason="Press releases end with a paragraph on the company that stands under all of them, and with ###.",
    changes=[
        (
            f"{STORY}\nAbout Brisemer Lines\nBrisemer Lines is a leading ferry company, founded in 1903. "
            "For more information, please visit www.brisemer.example.",
            STORY,
        ),
        (f"{STORY}\n{STORY}\n\n###", f"{STORY}\n{STORY}"),
        (f"{STORY}\n\nMedia contact:\nAnn Lee\nann@brisemer.example\n+44 1632 960123", STORY),
    ],
    leaves=[
        f"{STORY}\nAbout the house\nThe house was built in 1903, and leading architects came to see it.",
        f"{STORY}\nAbout Brisemer\nBrisemer is a town of two thousand people and one lighthouse, and nobody likes it.",
        "###",
        f"{STORY}\nThe chair made forward-looking statements, and the shares fell, as they always do when he speaks.",
        f"{STORY}\nContact: that was all she asked of him, and he would not give it.",
    ],
    defect=Defect.PRESS_BOILERPLATE,
    order=70,
)
def press_boilerplate(draft: Draft) -> Iterator[Finding]:
    """Take out a company's standing paragraph with its heading, and the sign that ends a press release."""
    yield from take_out(draft, _marks(layout(draft)))


def _marks(found: Layout) -> Iterator[Mark]:
    yield from _contacts(found)
    yield from _cautions(found)
    for index in range(1, len(found.shapes)):
        text = found.shapes[index].content
        if len(text) <= 12 and _END.fullmatch(text) and 2 * index >= len(found.shapes):
            yield Mark("press_boilerplate", index, index, 0.6, f'sign of the end "{text}" in the second half')
        score, evidence = _weigh(found, index)
        if score:
            yield Mark("press_boilerplate", index, index + 1, score, evidence)


def _cautions(found: Layout) -> Iterator[Mark]:
    """Give what the law of shares has companies say below their news, with its heading, and who sent it."""
    shapes = found.shapes
    for index in range(max(1, len(shapes) // 3), len(shapes)):
        text = shapes[index].content
        if _SENT.fullmatch(text) and index >= len(shapes) - 3:
            yield Mark("press_boilerplate", index, index, 0.6, "who sent the release")
        if len(text) > _LONGEST or not shapes[index].prose or not _CAUTION_SOMEWHERE.possible(text):
            continue
        said = set(_CAUTION.findall(fold(text)))
        if not said:
            continue
        above = shapes[index - 1]
        headed = above.width <= _HEAD_WIDTH and not above.prose and _CAUTION.search(fold(above.content))
        score = 0.4 + 0.15 * min(2, len(said)) + 0.1 * bool(headed)
        if len(said) > 1 or headed:
            yield Mark("press_boilerplate", index - bool(headed), index, score, "; ".join(sorted(said)[:3]))


def _contacts(found: Layout) -> Iterator[Mark]:
    """Give the block that closes a release: `Media contact:` and below it names, telephones and addresses."""
    shapes = found.shapes
    for index in range(max(1, len(shapes) - _LINES), len(shapes)):
        split = _CONTACT.match(fold(shapes[index].content))
        below = shapes[index + 1 :]
        if split is None or shapes[index].prose or any(s.width > _HEAD_WIDTH for s in below):
            continue
        reached = [s for s in shapes[index:] if _REACHED.search(s.content)]
        if reached and len(below) <= _LINES:
            yield Mark(
                "press_boilerplate", index, len(shapes) - 1, 0.7, f"heads contacts, {len(reached)} of them"
            )
            return


def _weigh(found: Layout, index: int) -> tuple[float, str]:
    heading = found.shapes[index]
    text = heading.content.strip("*#: \t")
    about = _ABOUT.match(fold(text[:30])) if heading.width <= _HEAD_WIDTH and not heading.ended else None
    if about is None or index + 1 == len(found.shapes):
        return 0.0, ""
    above = sum(s.width for s in found.shapes[:index])
    if 3 * above < sum(s.width for s in found.shapes) and 3 * index < len(found.shapes):
        return 0.0, ""
    name = text[about.end() :].strip()
    below = found.shapes[index + 1].content
    first = name.split(",")[0].split("(")[0].strip()
    word = first.split()[0] if first else ""
    # "About the house" is a heading of a story; brands with a small letter have another capital or a digit.
    named = word != "" and (not word[0].islower() or not word.islower() or any(c.isdigit() for c in word))
    if not named or word.lower() not in below[: _HERE + len(word)].lower():
        return 0.0, ""
    said = set(_SAYS.findall(fold(below)))
    if not said:
        return 0.0, ""
    score = 0.35 + min(0.3, 0.15 * len(said))
    return score, f'heading "{text}"; its name again below; says ' + ", ".join(sorted(said)[:4])
