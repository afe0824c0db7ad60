"""Notes on an earlier publication: `This article originally appeared in The Ellery Observer.`, and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.gate import holds
from cleanse.lines import layout
from cleanse.phrases import fold, vocabulary
from cleanse.rule import Family, rule
from cleanse.rules.credits.credit_lines import Evidence, address, edge, named, whole_lines
from cleanse.rules.credits.dates import months, only_date
from cleanse.rules.credits.licence import licence
from cleanse.wording import Wording, sentences

_RIGHTS = vocabulary("credits_rights")
_REPUBLISHED = Wording(_RIGHTS["republished"])
_ORIGINAL = Wording(_RIGHTS["original"])
_LICENSED = Wording(_RIGHTS["licensed"])

_WIDEST = 700  # code points of a note, or of the beginning and end of a paragraph that are looked into
_LONG = 45  # words of one of its sentences
_NOTE = re.compile(
    r"[\W_]*(?:(?:editor[’']?s? note|note|nota|hinweis|anmerkung|n\.?d\.?r|disclaimer)\s?[:：.]\s*)?",
    re.IGNORECASE,
)
_IN = re.compile(
    r"(?<!\w)(?:on|in|at|by|from|dans|sur|par|en|no|na|pela|pelo|em|auf|bei|im|su|sul|sulla|nel|nella|op|w|na|на|в|у|στο|"
    r"στην|στη|di|trên|von|i|på|az?)\s+",
    re.IGNORECASE,
)
_SKIPPED = 3  # small words between the preposition and the name: "na revista", "in der"
_INNER = frozenset(vocabulary("credits_names")["title"])


@rule(
    family=Family.CREDITS,
    gate=holds(_RIGHTS["republished"]),
    reason="Republished texts say where they stood first; that is their source, and not their first sentence.",
    changes=[
        (
            "This article originally appeared in The Ellery Observer.\nThe ferry sails again, the board said on "
            "Monday, two days after the storm had torn its mooring away.",
            "The ferry sails again, the board said on Monday, two days after the storm had torn its mooring away.",
        ),
        (
            "O texto foi publicado originalmente na revista Maré. O barco voltou a navegar na segunda-feira, dois dias "
            "depois da tempestade que levou a sua amarra.",
            "O barco voltou a navegar na segunda-feira, dois dias depois da tempestade que levou a sua amarra.",
        ),
    ],
    leaves=[
        "The chart was first published in 1931, when the harbour had a breakwater, and reprinted after "
        "the war. Originally published in two sheets, it hangs in every inn of the coast, and none is better.",
    ],
    defect=Defect.RIGHTS,
    order=26,
)
def republished(draft: Draft) -> Iterator[Finding]:
    """Take out notes on an earlier publication: lines, and sentences that begin or end a paragraph."""
    where = layout(draft)
    for index, shape in enumerate(where.shapes):
        content = shape.content
        if len(content) > 2 * _WIDEST:
            if not (
                _REPUBLISHED.search(fold(content[:_WIDEST])) or _REPUBLISHED.search(fold(content[-_WIDEST:]))
            ):
                continue
        elif not _REPUBLISHED.search(fold(content)):
            continue
        bounds = list(sentences(content))
        notes = [_note(content[s:e]) for s, e in bounds]
        if not any(n == 2 for n in notes):
            continue
        place = edge(where, index)
        first = next(i for i, n in enumerate(notes) if n == 2)
        last = first
        while last + 1 < len(notes) and notes[last + 1]:
            last += 1
        whole, leading, closing = first == 0 and last + 1 == len(notes), first == 0, last + 1 == len(notes)
        evidence = Evidence()
        evidence.see(0.35, "a note on an earlier publication")
        if whole:
            evidence.see(0.2, "a line of its own")
        elif leading or closing:
            evidence.see(-0.1, "a sentence of a paragraph")
        else:
            continue
        evidence.see({"head": 0.2, "tail": 0.2, "body": -0.05 if whole else -0.2}[place], f"in the {place}")
        said = content[bounds[first][0] : bounds[last][1]]
        name = _publisher(content[slice(*bounds[first])])
        if name or address(said):
            evidence.see(0.2, f"names {name or 'an address'}")
        base = draft.text.find(content, shape.line.start)
        if whole:
            start, end = whole_lines(draft, index, index)
        elif leading:
            start, end = base, base + bounds[last + 1][0]
        else:
            start, end = base + bounds[first - 1][1], base + len(content)
        fills = (
            ("rights", said),
            ("licence", licence(said)),
            ("source_name", name),
            ("source_url", address(said)),
            ("published_on", only_date(said, today=draft.context.today)),
        )
        yield evidence.finding(start, end, fills=fills)


def _note(sentence: str) -> int:
    """Say whether a sentence is such a note (2), goes with one (1), or neither (0)."""
    folded = fold(sentence)
    start = _NOTE.match(folded)
    if len(folded.split()) > _LONG:
        return 0
    match = _REPUBLISHED.match(folded, start.end() if start else 0)
    if match:
        return 2
    if _ORIGINAL.search(folded) or (_LICENSED.search(folded) and len(folded.split()) < 25):
        return 1
    return 0


def _publisher(sentence: str) -> str | None:
    """Give the name of who published the text first, as the sentence has it."""
    match = _REPUBLISHED.search(fold(sentence))
    at = match.end() - 14 if match else 0
    for where in _IN.finditer(sentence, max(0, at)):
        name = _capitalised(sentence[where.end() :])
        if name and named(name, 8) and not name.isdigit() and fold(name.split()[0]) not in months():
            return name
    return None


def _capitalised(rest: str) -> str:
    """Give the run of capitalised words that begins ``rest``, behind a few small ones."""
    taken: list[str] = []
    for number, word in enumerate(rest.split(" ")[:12]):
        bare = word.strip("\"'“”‘’«»„*_,.;:()[]")
        if not bare:
            break
        if bare[0].isupper() or (taken and (bare in _INNER or bare[0].isdigit())):
            taken.append(bare)
        elif taken or number >= _SKIPPED:
            break
        if taken and word != word.rstrip(".,;:)]"):
            break
    while taken and taken[-1] in _INNER:
        taken.pop()
    return " ".join(taken)
