"""A combining mark on every letter: `H\u033ce\u033cl\u033cl\u033co\u033c`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule

_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_MARK = re.compile(f"[{_MARKS}]")
_TWO = re.compile(f"[{_MARKS}][^{_MARKS}\n][{_MARKS}]")
_GATE = re.sub(r"[^\x00-\x7f]", lambda m: f"\\x{{{ord(m.group()):x}}}", _MARKS)

SHARE = 0.4  # of a line's letters: no orthography puts one mark on two letters in five
FEWEST = 20  # a name or a word, even all of it, may carry marks for show
STRUCK_SHARE = 0.4  # of the article's letters, for marks that cross or underline words with a meaning
_STRUCK = "\u0332\u0333\u0334\u0335\u0336\u0337\u0338\u0305\u033f\u20dd\u20e3\ufe0f"


@rule(
    family=Family.ENCODING,
    gate=f"[{_GATE}][^{_GATE}\\n][{_GATE}]",
    reason="One mark is put on every letter so that copies of the text are not found.",
    changes=[
        (
            "".join(c + "\u033c" for c in "The mayor denied it all.") + "\nPhoto: the quay",
            "The mayor denied it all.\nPhoto: the quay",
        )
    ],
    leaves=[
        "Chu\u031bo\u031bng tri\u0300nh ca\u0309i ca\u0301ch đa\u0303 ba\u0306\u0301t đa\u0302\u0300u.",
        "He signed as Z\u0351\u036b\u0343a\u0338\u0321l\u0322\u030dg\u0336o\u0327\u0336 once.",
        "Price: 9\u03369\u0336 now 79",
    ],
    defect=Defect.COMBINING_MARKS,
    order=65,
)
def combining_marks(draft: Draft) -> Iterator[Finding]:
    """Delete a mark that stands on letter after letter of a line, wherever the article has it.

    Left alone: the marks of Vietnamese, Greek, IPA and of any decomposed text, which stand on some letters; a
    word written for show; words struck out or underlined, unless most of the article is.
    """
    text = draft.text
    if not _TWO.search(text):
        return
    bad: set[str] = set()
    doubtful: Counter[str] = Counter()
    for line in draft.filled_lines:
        marks = _MARK.findall(line.content)
        if len(marks) < FEWEST:
            continue
        for mark, count in Counter(marks).items():
            if count < FEWEST or mark in bad:
                continue
            span = line.content[line.content.index(mark) : line.content.rindex(mark)]
            if count >= SHARE * (len(span) - len(_MARK.findall(span))):
                if mark in _STRUCK:
                    doubtful[mark] += count
                else:
                    bad.add(mark)
    letters = len(text) - len(_MARK.findall(text)) if doubtful else 0
    bad.update(mark for mark, count in doubtful.items() if count >= STRUCK_SHARE * letters)
    if bad:
        for match in re.finditer(f"[{''.join(bad)}]+", text):
            yield Finding(*match.span(), evidence=f"U+{ord(match.group()[0]):04X} on letter after letter")
