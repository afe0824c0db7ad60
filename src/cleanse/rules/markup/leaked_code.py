"""Lines of JavaScript, CSS and JSON-LD between the paragraphs of an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleanse.defect import Defect
from cleanse.draft import Draft, Line
from cleanse.edit import Finding
from cleanse.phrases import vocabulary
from cleanse.rule import Family, rule
from cleanse.rules.markup.names import KNOWN
from cleanse.rules.markup.subject import code_words
from cleanse.rules.spacing.conventions import BLANK

_KNOWN = tuple(p for use in vocabulary("leaked_code").values() for p in use)
# Every part is possessive: a line of any shape is read once.
_ELEMENT = "|".join(sorted(KNOWN, key=len, reverse=True))
_SELECTOR = (
    rf"(?:[.#@][\w-]++|\*|(?:{_ELEMENT})\b)"
    r"(?:[ ,.#:>+~*\w-]|\[[^\[\]{}]{0,40}+\]|\([^(){}]{0,40}+\)){0,400}+"
)
_STYLE = re.compile(_SELECTOR + r"\{(?:[^{}:]*+\{)?+[^{}:]*+:[^{}]*+\}")
_STATEMENT = re.compile(
    r"(?:var|let|const)\s++[\w$]++\s*+=|(?:window|document)\.\w++[.(=\s\[]|[!(]?+function\b\s*+\w*+\s*+\(|\(\(\)\s*+=>|"
    r"jQuery\s?\(|\$\(|[\w$]++(?:\.[\w$]++)*+(?:\(|\s?=\s?(?=[\[{\"'(]))|(?:if|for|while)\s?\([^{}]*+\{|try\s?\{"
)
_REST = re.compile(
    r"[{}()\[\];,\s]++|\}.*[;{,)]|\"[@\w-]++\"\s*+:.*|[\w-]++\s*+:[^;]++;|//\s?\S.*|/\*.*|.*\*/|return\b.*;|"
    r"\w++\s*+:\s*+(?:[\"'\d{\[]|true|false).*"
)
_LONGEST = 20_000  # code points of a line whose shape is looked at
_PARAGRAPH = 80  # code points of a line that make it one, in whatever short text
_MOST = 0.4  # of an article's lines: where more is code, it is a listing


@rule(
    family=Family.MARKUP,
    gate=rf"(?m)[;{{}}]{BLANK}*$|\"@",
    reason="Scripts and styles without their tags: extractors that know only tags take them for text.",
    changes=[
        (
            "The boats came home at noon.\nwindow.dataLayer = window.dataLayer || [];\nNobody was hurt.",
            "The boats came home at noon.\nNobody was hurt.",
        ),
        (
            "The boats came home at noon.\n.teaser-box { color: #333; margin: 0 auto; }\nNobody was hurt.",
            "The boats came home at noon.\nNobody was hurt.",
        ),
        (
            'The boats came home.\n{"@context":"https://schema.org","@type":"NewsArticle","headline":"Boats"}\nAll.',
            "The boats came home.\nAll.",
        ),
    ],
    leaves=[
        "Declare it first:\nvar boats = 3;\nThe variable is then seen by every function.",
        "The set {2, 3} has two members; the empty one has none.",
        "He had three things: rope; tar; time;",
    ],
    defect=Defect.SCRIPT,
    order=14,
)
def leaked_code(draft: Draft) -> Iterator[Finding]:
    """Take out lines that are code, where the article says nothing of code."""
    lines = draft.filled_lines
    runs = list(_runs(lines))
    if not runs or (sum(map(len, runs)) > _MOST * len(lines) and not _beside_story(lines, runs)):
        return
    spans = [(run[0].start, run[-1].end) for run in runs]
    words = code_words(draft.text, spans)
    for run, (start, end) in zip(runs, spans, strict=True):
        known = _known(run)
        if known or any(_STYLE.match(line.content[:_LONGEST]) for line in run):
            score = 0.85 if words < 2 else 0.3
        else:
            score = 0.6 if words == 0 else 0.3
        if run[0] is not lines[0] and _introduces(draft.text, start):
            score = 0.2
        if end == len(draft.text) and start and not draft.text[end - 1 : end].isspace():
            start -= 1  # the line break before goes, where there is none behind
        yield Finding(start, end, "", score, f"code: {known}" if known else "a statement or a style")


def _beside_story(lines: Sequence[Line], runs: Sequence[Sequence[Line]]) -> bool:
    """Say whether all code is of a kind that no article lists, and a paragraph stands beside it."""
    code = {line.start for run in runs for line in run}
    return all(
        _known(run) or all(_STYLE.match(line.content[:_LONGEST]) for line in run) for run in runs
    ) and any(len(line.content) >= _PARAGRAPH for line in lines if line.start not in code)


def _introduces(text: str, start: int) -> bool:
    """Say whether the text before ends in a colon: what follows is shown on purpose."""
    return text[max(0, start - 20) : start].rstrip().endswith((":", "："))


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Give the runs of lines that are code; each begins with a line that can be nothing else."""
    run: list[Line] = []
    for line in lines:
        if _is_code(line.content) or (run and _REST.fullmatch(line.content[:_LONGEST])):
            run.append(line)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _is_code(content: str) -> bool:
    if not content:
        return False
    if content[-1] in ";{}" and _STATEMENT.match(content[:_LONGEST]):
        return True
    if content[0] in '{["' and '"@' in content[:_LONGEST] and any(mark in content for mark in "{};"):
        return True
    return content[-1] == "}" and _STYLE.match(content[:_LONGEST]) is not None


def _known(run: Sequence[Line]) -> str:
    for line in run:
        content = line.content[:_LONGEST].lower()
        for phrase in _KNOWN:
            if phrase in content:
                return phrase
    return ""
