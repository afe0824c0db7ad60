"""The gates of the encoding family are never wrong, and ftfy's is proven against ftfy itself."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

import ftfy
import pytest
import re2
from ftfy.badness import MOJIBAKE_CATEGORIES, is_bad
from ftfy.chardata import UTF8_CLUES
from hypothesis import given, settings
from hypothesis import strategies as st
from reference import read_jsonl

import cleanse
from cleanse.cleaner import Cleaner
from cleanse.draft import Context, Draft
from cleanse.gate import GateSet
from cleanse.policy import DEFAULT
from cleanse.rule import Family, rules
from cleanse.rules.encoding.mojibake import GATE, REPAIR_ONLY

FAMILY = [r for r in rules() if r.family is Family.ENCODING]
CLEANER = Cleaner(FAMILY)
CONTEXT = Context(policy=DEFAULT)
FTFY_GATE = re2.compile(GATE)

EVERY = [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000]


def expanded(ranges: str) -> str:
    """Characters of a class such as ``a-cx``."""
    out, i = "", 0
    while i < len(ranges):
        if ranges[i + 1 : i + 2] == "-" and i + 2 < len(ranges):
            out += "".join(map(chr, range(ord(ranges[i]), ord(ranges[i + 2]) + 1)))
            i += 3
        else:
            out += ranges[i]
            i += 1
    return out


SUSPICIOUS = sorted(
    {c for part in (*MOJIBAKE_CATEGORIES.values(), *UTF8_CLUES.values()) for c in expanded(part)}
    | set("aZ1. \t\n_")
)


def changed_behind_a_closed_gate(texts: Iterable[str]) -> Iterator[str]:
    return (t for t in texts if not FTFY_GATE.search(t) and ftfy.fix_text(t, REPAIR_ONLY) != t)


@pytest.mark.parametrize("shape", ["{0}", "{0}{0}", "a{0}b", "é”{0}", "Ã{0}"])
def test_ftfy_gate_over_every_code_point(shape: str) -> None:
    # ftfy returns a line as it is unless it calls it bad; asking only that keeps a million lines at some seconds.
    assert [t for c in EVERY if is_bad(t := shape.format(c)) and not FTFY_GATE.search(t)] == []


@pytest.mark.parametrize("shape", ["{0}{1}", "a{0}{1}b", "{0} {1}"])
def test_ftfy_gate_over_pairs(shape: str) -> None:
    pairs = (shape.format(a, b) for a, b in product(SUSPICIOUS, repeat=2))
    assert [t for t in pairs if is_bad(t) and not FTFY_GATE.search(t)] == []


def test_ftfy_changes_nothing_behind_a_closed_gate() -> None:
    alone = (c for c in EVERY[:0x3000] + EVERY[0xD000:0xE800])
    assert list(changed_behind_a_closed_gate(alone)) == []
    assert list(changed_behind_a_closed_gate(a + b for a, b in product(SUSPICIOUS, "ÂÃâÐàвΓ√œ”’ "))) == []


@settings(max_examples=500, deadline=None)
@given(st.text(st.sampled_from(SUSPICIOUS), max_size=30) | st.text(max_size=30))
def test_ftfy_gate_over_generated_text(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    assert list(changed_behind_a_closed_gate([text])) == []


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=20), st.sampled_from(["latin-1", "cp1252", "cp1251", "cp1250", "mac_roman", "cp437"]))
def test_ftfy_gate_over_mojibake(text: str, reader: str) -> None:
    broken = text.encode("utf8", "replace").decode(reader, "replace")
    assert list(changed_behind_a_closed_gate([broken])) == []


def extracted(shared: Path, name: str, field: str) -> list[str]:
    with gzip.open(shared / "extracted" / name, "rt", encoding="utf8") as lines:
        return [json.loads(line)[field] for line in lines]


def test_ftfy_gate_over_real_articles(shared: Path) -> None:
    texts = extracted(shared, "dev.gold.jsonl.gz", "gold") + extracted(shared, "sources.dev.jsonl.gz", "text")
    assert list(changed_behind_a_closed_gate(texts)) == []


def test_ordinary_prose_does_not_open_the_ftfy_gate(shared: Path) -> None:
    gold = extracted(shared, "dev.gold.jsonl.gz", "gold")
    assert sum(FTFY_GATE.search(t) is not None for t in gold) <= len(gold) // 200
    controls = [r["raw"] for r in read_jsonl(shared / "gold" / "dev.jsonl") if r["category"] == "control"]
    assert [t for t in controls if FTFY_GATE.search(t)] == []


HOSTILE = st.text(
    st.sampled_from(
        'aeoé \n.s"“”«»1m[рсоаеaсοΑÂÃâ€¦¬¢ÇÑ±¹¾î‚\ufffd\u200b\u200d\ufeff\u00ad\u200e\x00\x1b\x19\x0c\x93\x80'
        "\ud83d\ude00\uf0b7\u033c\u0332𝐀ｂ漢かんعไあ\U000e0041"
    ),
    max_size=60,
)


@settings(max_examples=1000, deadline=None)
@given(HOSTILE | st.text(st.characters(), max_size=40))
def test_gates_restore_and_settle(text: str) -> None:
    article = CLEANER.clean(text, CONTEXT)
    assert cleanse.restore(article.text, article.edits) == text
    assert CLEANER.clean(article.text, CONTEXT).edits == ()
    assert not any(0xD800 <= ord(c) < 0xE000 for c in article.text)
    opened = set(CLEANER.gates.open(text))
    draft = Draft(text, CONTEXT)
    assert [r.name for n, r in enumerate(FAMILY) if n not in opened and list(r.find(draft))] == []


@pytest.mark.parametrize("number", range(len(FAMILY)), ids=[r.name for r in FAMILY])
def test_gate_over_every_code_point(number: int) -> None:
    found = FAMILY[number]
    gate = GateSet([found.gate])
    for shape in ("{0}", "a{0}b"):
        # Blocks of code points first: where a rule finds nothing in a block it is not asked for each.
        texts = [shape.format(c) for c in EVERY if c not in "\n\r"]
        for at in range(0, len(texts), 256):
            block = texts[at : at + 256]
            if list(found.find(Draft("\n".join(block), CONTEXT))):
                assert [t for t in block if list(found.find(Draft(t, CONTEXT))) and not gate.open(t)] == []


UNITS = [
    "\ufffd", "a\ufffd ", "“\ufffd", "â", " â ", "âa", "sâ ", "Ã", "aÃ", "â€", "Ã©", "ÇÑ ", "ÇÑ±¹ a ", "\x80", "\x00",
    "оa", "оa.", "a\u033c", "\x1b]", "\x1b[1", "\x1ca", "\u200b", "\u00ad1", "\uf0b7", "<", " ", "漢かん", "𝐀", "𝐀𝐀𝐀 ",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_time_is_linear(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        for found in FAMILY:
            list(found.find(Draft(text, CONTEXT)))
        return time.process_time() - start

    seconds(1000)
    short, long = seconds(10_000), seconds(80_000)
    assert long < 24 * short + 1
