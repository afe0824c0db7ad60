"""What speaks for boilerplate inside a line: words of notices, prompts that end a paragraph or begin it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.gate import PatternSet
from cleanse.lines import PROSE_WIDTH, Shape
from cleanse.phrases import any_of, fold, gate, vocabulary
from cleanse.rules.boilerplate.marks import ADDRESS, BESIDE, PLACE, SURE, Mark, Marks
from cleanse.rules.boilerplate.openings import KINDS, REMEMBERED, UNSPACED, openings
from cleanse.rules.boilerplate.wording import speech
from cleanse.wording import Leads

CLUE = 0.35  # words of a notice anywhere in the line
MORE = 0.15  # and other words of one
ASKED = 0.4  # what is asked for ("sign up") with what it is for ("newsletter")
CLUE_WIDTH = 900  # notices run to a long paragraph; a clue in a longer one is the story's subject
STORY_WIDTH = (
    120  # code points that follow a prompt in its paragraph and say nothing of the kind: the story's
)
NOTICES = ("consent", "disclaimer", "author_bio", "widget")  # speak of what authors say
LAST_WIDTH = 500  # code points at a paragraph's end in which its last sentences are looked at
CALL_WIDTH = 120  # code points in which two sentences are one prompt: "Like our newsletter? Sign up here."
SHORT_WIDTH = 300  # prompts say what they want and no more

_CLUES, _NOUNS, _VERBS = range(3)  # patterns of _anywhere
_NO_SHOUTS = dict.fromkeys(map(ord, "!¡！"), " ")
_SENTENCE_START = re.compile(r"[.!?…][\"'”’»)]* +|[。！？][」』]*")

# What every address and call holds, wherever it stands; RE2 knows letters of ASCII alone as parts of words.
_CALL = PatternSet(
    [
        (
            0,
            r"(?i)https?://|www\.|@[\pL\pN_]|\.(?:com|org|net)|#[\pL\pN_]|[→»›>!¡！]|\bhere\b|aqu[ií]|\btutaj\b|здесь|εδώ"
            r"|\bburadan\b|\bzde\b|\baici\b|هنا|اینجا|כאן|यहाँ|यहां|tại đây|di sini|ที่นี่|点击|點擊|こちら|여기",
        )
    ]
)
# No letter before it, but for those of scripts that put no spaces between words.
_WORD_START = f"(?<![^\\W{UNSPACED.pattern[1:-1]}])"
_Pattern = re.Pattern[str] | None


@cache
def _inside(kind: str) -> tuple[_Pattern, _Pattern, _Pattern]:
    """Give the patterns of what speaks for ``kind`` anywhere in a line: clues, nouns, and verbs for the nouns."""
    uses = vocabulary(f"boilerplate_{kind}")
    clue, noun, verb = (_pattern(uses.get(use, ())) for use in ("contains", "noun", "verb"))
    return clue, noun, verb


def _pattern(phrases: Iterable[str]) -> _Pattern:
    inside = any_of(phrases)
    return re.compile(rf"{_WORD_START}(?:{inside})") if inside else None


@cache
def _anywhere(kind: str) -> PatternSet:
    """Give an automaton for the clues, nouns and verbs of a kind, however they are written.

    It reads a text at hundreds of MB/s and rules most texts out, and most lines of the others; a search costs 10 µs for
    each line, and 100 µs for a long one.
    """
    uses = vocabulary(f"boilerplate_{kind}")
    said = ((_CLUES, "contains"), (_NOUNS, "noun"), (_VERBS, "verb"))
    return PatternSet([(number, gate(uses[use])) for number, use in said if uses.get(use)])


def _saying(found: Marks, kind: str) -> tuple[set[int], list[int]]:
    """Give the lines in which a clue or noun of ``kind`` may stand, and those of them that are worth weighing.

    A noun by itself says nothing in a paragraph: stories name networks, too. In a short line an order may do.
    """
    anywhere = _anywhere(kind)
    saying, worth = set[int](), list[int]()
    if anywhere.possible_in(found.draft.text).isdisjoint((_CLUES, _NOUNS)):
        return saying, worth
    for index, shape in enumerate(found.layout.shapes):
        said = anywhere.possible_in(shape.content)
        if _CLUES in said or _NOUNS in said:
            saying.add(index)
            if _CLUES in said or _VERBS in said or shape.width <= CALL_WIDTH:
                worth.append(index)
    return saying, worth


def clues(found: Marks, kind: str) -> Iterator[Mark]:
    """Give the lines that say inside what speaks for ``kind``, where no phrase at their start was enough."""
    saying, worth = _saying(found, kind)
    said = [
        (index, folded, *weighed)
        for index in worth
        if (weighed := _weigh(found, index, folded := fold(found.layout.shapes[index].content), kind))[0]
    ]
    if not said:
        return
    begun = {mark.first: mark.score for mark in found.of(kind)}
    # A line is the last one if all below it say such things too: one by one, many of them would outlast the rounds.
    last = len(found.layout.shapes) - 1
    while last in saying:
        last -= 1
    for index, folded, score, seen in said:
        shape = found.layout.shapes[index]
        opened = begun.get(index, 0.0)
        if opened >= SURE:
            continue
        if opened:
            score += 0.2
            seen.append("begins like one")
        place = "tail" if 0 < index > last else found.layout.place(index)
        if place != "body":
            score += PLACE
            seen.append(f"in the {place}")
        beside = found.beside(index)
        if beside:
            score += BESIDE * beside
            seen.append("beside furniture")
        if shape.width <= SHORT_WIDTH:
            score += 0.1
            seen.append("short")
        elif score <= ASKED + PLACE:
            score -= 0.1
            seen.append("but long, and says other things")
        if ADDRESS.search(shape.content):
            score += 0.05
            seen.append("link or call")
        if kind not in NOTICES and speech().search(folded):
            score -= 0.3
            seen.append("but somebody says so")
        yield Mark(kind, index, index, min(1.0, round(score, 3)), "; ".join(seen))


def _weigh(found: Marks, index: int, folded: str, kind: str) -> tuple[float, list[str]]:
    """Weigh what a line says by itself."""
    shape = found.layout.shapes[index]
    if shape.width > CLUE_WIDTH:
        return 0.0, []
    clue, noun, verb = _inside(kind)
    score, seen = _say(folded, clue, noun, verb)
    if (
        noun
        and not score
        and index
        and shape.width <= CALL_WIDTH
        and (not shape.ended or _several(folded, noun))
    ):
        return _order(folded, kind, noun)
    return score, seen


def _say(folded: str, clue: _Pattern, noun: _Pattern, verb: _Pattern) -> tuple[float, list[str]]:
    score, seen = 0.0, []
    said = clue.search(folded) if clue else None
    if clue and said:
        score += CLUE
        seen.append(f'says "{said.group()}"')
        if clue.search(folded, said.end()):
            score += MORE
            seen.append("and more")
    named = noun.search(folded) if noun else None
    asked = verb.search(folded) if named and verb else None
    if noun and verb and named and asked and (len(folded) <= CALL_WIDTH or _together(folded, noun, verb)):
        score += ASKED
        seen.append(f'"{asked.group()}" with "{named.group()}"')
    return score, seen


def _order(folded: str, kind: str, noun: re.Pattern[str]) -> tuple[float, list[str]]:
    """Weigh a line that begins with an order, names what it is about and is no sentence: `Seuraa X:ää Facebookissa`."""
    begun = openings_of(kind).find(folded.lstrip(" -–—•*>→►▶+"))
    named = noun.search(folded) if begun else None
    return (ASKED, [f'begins with "{begun}", names "{named.group()}"']) if named else (0.0, [])


def _several(folded: str, noun: re.Pattern[str]) -> bool:
    """Say whether a line names three things of a kind: stories name a network or two, and footers all of them."""
    return len({named.group() for named in noun.finditer(folded)}) > 2


@cache
def openings_of(kind: str) -> Leads:
    """Give the orders that lines of ``kind`` may begin with."""
    return Leads(vocabulary(f"boilerplate_{kind}").get("order", ()))


def _together(folded: str, noun: re.Pattern[str], verb: re.Pattern[str]) -> bool:
    """Say whether one sentence asks for what it names: a story may name it in one and ask in another."""
    return any(noun.search(said) and verb.search(said) for said in _SENTENCE_START.split(folded))


def first_sentence(found: Marks, mark: Mark) -> Finding | None:
    """Give the removal of the first sentence alone where a prompt begins a paragraph that goes on about the story."""
    shape = found.layout.shapes[mark.first]
    opened = any(o.kind == mark.kind and o.use == "sentence" for o in found.openings[mark.first])
    if not opened or mark.first != mark.last or not shape.prose:
        return None
    text = shape.content
    end = _SENTENCE_START.search(text)
    if end is None or len(text) - end.end() < STORY_WIDTH or ADDRESS.search(text, end.end()):
        return None
    rest = fold(text[end.end() :])
    if any(pattern.search(rest) for kind in KINDS for pattern in _inside(kind)[:2] if pattern):
        return None
    if any(openings(sentence) for sentence in _SENTENCE_START.split(text[end.end() :])):
        return None
    begin = _begin(found.draft, shape)
    evidence = f"{mark.evidence}; the rest is the story's"
    return Finding(begin, begin + end.end(), score=mark.score, evidence=evidence)


def last_sentences(found: Marks, kind: str) -> Iterator[Finding]:
    """Give the prompts that are the last sentences of a paragraph, each of which has to hold a link or call."""
    for shape, sentences in _endings(found):
        runs: list[tuple[int, int, str]] = []
        for start, end, leads in sentences:
            if kind not in leads:
                continue
            if runs and runs[-1][0] == end:
                end = runs.pop()[1]
            runs.append((start, end, leads[kind]))
        begin = _begin(found.draft, shape)
        for start, end, lead in runs:
            evidence = f'last sentence begins "{lead}"; link or call'
            yield Finding(begin + start, begin + end, score=0.6, evidence=evidence)


_Ending = tuple[int, int, dict[str, str]]


def _endings(found: Marks) -> list[tuple[Shape, list[_Ending]]]:
    """Give the paragraphs whose last sentences are prompts, with these from the last on: start, end, lead by kind.

    A sentence begins here where the one before it ends, with the space between them.
    """
    known: list[tuple[Shape, list[_Ending]]] | None = found.draft.__dict__.get("endings")
    if known is not None:
        return known
    known = found.draft.__dict__["endings"] = []
    if not _CALL.possible(found.draft.text):
        return known
    for shape in found.layout.shapes:
        if shape.width >= PROSE_WIDTH and (sentences := _endings_of(shape.content)):
            known.append((shape, sentences))
    return known


def _endings_of(text: str) -> list[_Ending]:
    """Give the last sentences of a paragraph that are prompts; remembered, as most paragraphs outlast an edit."""
    return (_prompts if len(text) <= REMEMBERED else _prompts.__wrapped__)(text)


@lru_cache(maxsize=1024)
def _prompts(text: str) -> list[_Ending]:
    end, sentences = len(text), list[_Ending]()
    while (start := _last_start(text, end)) > 0:
        sentence = text[start:end]
        leads = {o.kind: o.lead for o in openings(sentence) if o.use in ("sentence", "also") and o.rest}
        if not leads or not _calls(sentence, leads) or speech().search(fold(sentence)):
            break
        while text[start - 1].isspace():
            start -= 1
        sentences.append((start, end, leads))
        end = start
    return sentences


def _last_start(text: str, end: int) -> int:
    """Give where the last sentence before ``end`` begins; 0 if that is too far off, or the text's first one."""
    start = 0
    for match in _SENTENCE_START.finditer(text, max(0, end - LAST_WIDTH), end):
        start = match.end() if match.end() < end else start
    return start


def _calls(sentence: str, kinds: Iterable[str]) -> bool:
    """Say whether a sentence holds a link or says what is asked for; a shout alone is a story's, too."""
    found = ADDRESS.search(sentence)
    if found is None or found.group() not in "!¡！":
        return found is not None
    if ADDRESS.search(sentence.translate(_NO_SHOUTS)):
        return True
    folded = fold(sentence)
    return any(pattern.search(folded) for kind in kinds for pattern in _inside(kind)[:2] if pattern)


def _begin(draft: Draft, shape: Shape) -> int:
    """Give the code point of the text at which the line's content begins."""
    line = shape.line
    return line.start + draft.text[line.start : line.end].index(shape.content[:1])
