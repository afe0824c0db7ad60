"""Gates are never wrong: where one is closed its rule finds nothing, and asking less changes no answer."""

from __future__ import annotations

import gzip
import json
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanse.cleaner import cleaner
from cleanse.draft import Context, Draft
from cleanse.edit import Edit
from cleanse.gate import Gate
from cleanse.policy import DEFAULT
from cleanse.rule import rules

CONTEXT = Context(policy=DEFAULT)
GATED = [n for n, rule in enumerate(rules()) if rule.when is None]
FORMS: tuple[Callable[[str], str], ...] = (
    lambda c: c,
    lambda c: c + c,
    lambda c: f"abc{c}def",
    lambda c: f"Abc {c} def",
)


def wrong(text: str) -> list[str]:
    """Give the rules that find something in ``text`` although their gates are closed to it."""
    opened = set(cleaner().gates.open(text))
    draft = Draft(text, CONTEXT)
    return [rules()[n].name for n in GATED if n not in opened and list(rules()[n].find(draft))]


def wrong_among(lines: Sequence[str], among: Sequence[int] = GATED) -> list[tuple[str, str]]:
    """Give the lines by which a rule finds something with its gate closed, and the rules.

    Of many lines another one may open the gate. So where a rule finds something in all of them together, they are
    taken apart.
    """
    text = "\n".join(lines)
    draft = Draft(text, CONTEXT)
    finding = [n for n in among if list(rules()[n].find(draft))]
    if not finding:
        return []
    if len(lines) == 1:
        opened = set(cleaner().gates.open(text))
        return [(text, rules()[n].name) for n in finding if n not in opened]
    half = len(lines) // 2
    return [*wrong_among(lines[:half], finding), *wrong_among(lines[half:], finding)]


_TOGETHER = 64  # code points a line of those that are nothing yet, or anybody's own: there are a million


def lines_of(form: Callable[[str], str], every: int = 1) -> list[str]:
    """All code points but surrogates in a form, a line each; of Han, Hangul and their like one in ``every``."""
    alike = re.compile("CJK UNIFIED|HANGUL SYLLABLE|CJK COMPATIBILITY IDEOGRAPH|TANGUT|EGYPTIAN|CUNEIFORM")
    lines: list[str] = []
    waiting: list[str] = []
    for point in range(0x110000):
        c = chr(point)
        kind = unicodedata.category(c)
        if kind == "Cs" or (
            every > 1 and point % every and (kind in ("Cn", "Co") or alike.match(unicodedata.name(c, "")))
        ):
            continue
        if kind in ("Cn", "Co"):
            waiting.append(form(c))
        else:
            lines.append(form(c))
        if len(waiting) == _TOGETHER:
            lines.append(" ".join(waiting))
            waiting.clear()
    return [*lines, " ".join(waiting)]


@pytest.mark.parametrize("form", range(len(FORMS)))
def test_over_unicode(form: int) -> None:
    lines = lines_of(FORMS[form], every=64)
    for at in range(0, len(lines), 512):
        assert wrong_among(lines[at : at + 512]) == []


@pytest.mark.slow
@pytest.mark.parametrize("form", range(len(FORMS)))
@pytest.mark.timeout(1800)
def test_over_every_code_point(form: int) -> None:
    lines = lines_of(FORMS[form])
    for at in range(0, len(lines), 512):
        assert wrong_among(lines[at : at + 512]) == []


# ------------------------------------------------------------------------------------------------- real pages


@cache
def pages(folder: Path, every: int) -> tuple[str, ...]:
    texts = []
    for name, column in (("dev.text", "text"), ("dev.gold", "gold"), ("sources.dev", "text")):
        with gzip.open(folder / "extracted" / f"{name}.jsonl.gz", "rt", encoding="utf8") as lines:
            texts += [json.loads(line)[column] for number, line in enumerate(lines) if number % every == 0]
    return tuple(texts)


def test_over_extracted_pages(shared: Path) -> None:
    for text in pages(shared, 40):
        assert wrong(text) == [], text[:200]


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_over_all_extracted_pages(shared: Path) -> None:
    for text in pages(shared, 1):
        assert wrong(text) == [], text[:200]


def test_columns_open_what_texts_open(shared: Path) -> None:
    texts = pages(shared, 10)
    assert cleaner().column_gates.open(pa.array(texts)) == [cleaner().gates.open(text) for text in texts]


def test_gates_after_real_edits(shared: Path) -> None:
    """Every edit of a run over pages, and what the gates said after it."""
    seen = 0
    gates = cleaner().gates
    reopen = gates.reopen

    def checked(text: str, opened: Sequence[int], edits: Sequence[Edit], rule: int) -> list[int]:
        nonlocal seen
        seen += 1
        found = reopen(text, opened, edits, rule)
        assert set(gates.open(text)) <= set(found), (edits, text)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(gates), "reopen", lambda _, *asked: checked(*asked))
        for text in pages(shared, 20):
            cleaner().clean(text, CONTEXT, gates.open(text))
    assert seen > 100


# ------------------------------------------------------------------------------------------------- generated texts


@cache
def phrases() -> list[str]:
    """Every phrase of every vocabulary."""

    def texts(said: Any) -> Iterator[str]:
        if isinstance(said, str):
            yield said
        elif isinstance(said, dict):
            for key, value in said.items():
                yield key
                yield from texts(value)
        elif isinstance(said, list):
            for value in said:
                yield from texts(value)

    found: set[str] = set()
    for path in resources.files("cleanse").joinpath("vocabulary").iterdir():
        if path.name.endswith(".toml"):
            found.update(texts(tomllib.loads(path.read_text(encoding="utf8"))))
    return sorted(phrase for phrase in found if phrase.strip() and "\n" not in phrase)


EXAMPLES = sorted(
    {text for rule in rules() for text in (*(before for before, _ in rule.changes), *rule.leaves) if text}
)
STORY = "The ferry ran late all week, the harbour master said, because the channel has silted up again."
WRITTEN: tuple[Callable[[str], str], ...] = (str, str.upper, str.title, str.capitalize)

marks = st.text("-–—.,:;!?'’\"“”«»()[]{}<>/|·•©#*@&=_%\u00a0\u3000\t 。！？：（）【】…¿¡", max_size=3)
words = st.builds(lambda phrase, write: write(phrase), st.sampled_from(phrases()), st.sampled_from(WRITTEN))
odd = st.text(st.characters(codec="utf8"), max_size=4)
figures = st.sampled_from(
    ["5 March 2024", "10:31", "2024-03-05", "12,5 %", "1912", "3. Mai 2023", "©2024", "７"]
)
pieces = st.one_of(words, words, marks, odd, figures, st.just(STORY), st.sampled_from(EXAMPLES))
joints = st.sampled_from(["", " ", " ", "\n", "\n", "\n\n", ": ", ". ", "\n\n\n", " \n", "\r\n", "  "])
texts = st.lists(st.tuples(pieces, joints), min_size=1, max_size=10).map(
    lambda found: "".join(piece + joint for piece, joint in found)
)


@settings(max_examples=500, deadline=None)
@given(texts)
def test_over_generated_texts(text: str) -> None:
    assert wrong(text) == []


def test_over_every_phrase() -> None:
    """Each phrase begins a line, stands in a sentence, and is a label."""
    forms = (
        "{}",
        "{}: 5 March 2024",
        f"{STORY} {{}} www.example.org",
        f"{STORY}\n({{}} Ann Lee)",
        "{}\n" + STORY,
    )
    for number, form in enumerate(forms):
        found = phrases()[number :: len(forms)]
        for at in range(0, len(found), 256):
            assert wrong_among([form.format(phrase.capitalize()) for phrase in found[at : at + 256]]) == []


@settings(max_examples=300, deadline=None)
@given(texts, st.data())
def test_gates_after_an_edit(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    inserted = data.draw(st.one_of(st.just(""), st.just(" "), pieces))
    rule = data.draw(st.sampled_from(GATED))
    edited = text[:start] + inserted + text[end:]
    edit = Edit("made", 1, "made", start, end, text[start:end], inserted, start, end, 1.0, "")
    gates = cleaner().gates
    assert set(gates.open(edited)) <= set(gates.reopen(edited, gates.open(text), [edit], rule))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(texts.filter(lambda text: not re.search("[\ud800-\udfff]", text)), max_size=5)
)  # Arrow has none
def test_columns_open_what_generated_texts_open(column: list[str]) -> None:
    opened = cleaner().column_gates.open(pa.array(column, pa.string()))
    assert all(
        set(cleaner().gates.open(text)) <= set(found) for text, found in zip(column, opened, strict=True)
    )


# ------------------------------------------------------------------------------------------------- how gates are said

# A repetition of what may be a line break: with it a match can reach over lines.
_OVER_LINES = re.compile(r"\[\^(?:\\.|[^\]\\])*\](?:[*+]|\{\d*,\d*\})|\\[WDP](?:\w|\{\w+\})?[*+]|\(\?[a-z]*s")


@pytest.mark.parametrize("name", [rules()[n].name for n in GATED])
def test_what_spans_lines_says_so(name: str) -> None:
    """After an edit the lines around it are looked at, and a gate that is open for more has to say it."""
    gate = next(rule.gate for rule in rules() if rule.name == name)
    reaching = [m[0] for m in _OVER_LINES.finditer(gate.pattern) if "\\n" not in m[0] and "\n" not in m[0]]
    assert gate.spans or not reaching


@pytest.mark.parametrize("name", [rules()[n].name for n in GATED])
def test_nothing_is_counted_far(name: str) -> None:
    """Behind a common word, `[^\\n]{2,40}` is more states than an automaton can hold, and every gate waits for it."""
    gate = next(rule.gate for rule in rules() if rule.name == name)
    counts = re.findall(r"(?<!\\x)(?<!\\p)\{(?:\d*,)?(\d+)\}", gate.pattern)
    assert all(int(count) <= 10 for count in counts)


def test_gates_that_ask_functions_are_not_joined() -> None:
    with pytest.raises(ValueError, match="not joined"):
        Gate(probe=str.isspace) | "a"
