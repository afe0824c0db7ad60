"""Where a gate of the credits family is closed, its rule finds nothing: phrases of the vocabulary, strung together."""

from __future__ import annotations

import random
import tomllib
from importlib import resources

from cleanse.cleaner import cleaner
from cleanse.draft import Context, Draft
from cleanse.policy import DEFAULT
from cleanse.rule import Family

_MARKS = [
    ":", "：", " : ", "\u3000：", " ", "\xa0", "\n", "\n\n", ". ", "。", " - ", " — ", "(", ")", "（", "）", "【", "】",
    "/", " / ", "|", "©", ", ", ";", '"', "\u200b", "\r\n", "\x85", "\x1c", "\u2028", "@", "=",
]  # fmt: skip
_VALUES = [
    "Ann Lee", "2024-03-05", "5 March 2024", "12:30", "Getty Images", "AFP", "https://example.org/a", "BERLIN",
    "港务局", "İSTANBUL", "ß", "ſ", "K", "ı", "ΣΑΣ", "5月1日", "电", "a sentence that goes on and is prose.",
]  # fmt: skip


def _phrases() -> list[str]:
    folder = resources.files("cleanse").joinpath("vocabulary")
    files = [file for file in folder.iterdir() if file.name.startswith("credits_")]
    tables = [table for file in files for table in tomllib.loads(file.read_text(encoding="utf8")).values()]
    return sorted({phrase for table in tables for phrases in table.values() for phrase in phrases})


def _spelled(phrase: str, chance: random.Random) -> str:
    spell = chance.choice([str, str.upper, str.title, str.capitalize, str.swapcase])
    return spell(phrase).replace(" ", chance.choice([" ", "  ", "\xa0"])).replace("i", chance.choice("iiiİı"))


def test_closed_gates_miss_nothing() -> None:
    chance = random.Random(20240305)
    phrases = _phrases()
    numbered = [(n, rule) for n, rule in enumerate(cleaner().rules) if rule.family == Family.CREDITS]
    context = Context(policy=DEFAULT)
    for _ in range(1500):
        text = "".join(
            chance.choice(
                [_spelled(chance.choice(phrases), chance), chance.choice(_MARKS), chance.choice(_VALUES)]
            )
            for _ in range(chance.randint(2, 14))
        )
        opened = set(cleaner().gates.open(text))
        draft = Draft(text, context)
        for number, rule in numbered:
            assert number in opened or not list(rule.find(draft)), (rule.name, text)
