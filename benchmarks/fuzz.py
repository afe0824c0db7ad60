"""Cleans made-up damage: by a grammar of what pages hold, and by mutation of samples and of what was interesting.

    python -m benchmarks.fuzz --inputs 1000000
    python -m benchmarks.fuzz --seconds 60 --failures failures.jsonl

An input is interesting, and is mutated further on, when the rules that edit it are a combination that no input had
before. A quarter of the inputs come with what a record says of itself: a title that is one of their lines, perhaps, a
writer, a source. Of every input it must hold that no exception is raised, that the edits restore it, that cleaning what
came out makes no edit, that the rules settle, and that it takes no longer than a bounded time. What breaks one of these
is cut down to the least that still does, and shown.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any

MOST = 2000  # code points of an input
SECONDS = 1.0  # of processor time that cleaning an input twice may take
POOL = 3000  # interesting inputs that are kept

Facts = dict[str, Any]  # keyword arguments of cleanse.clean

_ROOT = Path(__file__).parents[1]

_MARKUP = """
<p> </p> <div> </div> <br> <br/> <b> </b> <strong> </strong> <em> <a href="x"> </a> <ul> <li> </li> </ul>
<table> <tr> <td> </td> </tr> </table> <script> </script> <style> <!-- --> <![CDATA[ ]]> <?xml ?> < > </ />
&lt; &gt; &amp; &nbsp; &#160; &#x2019; &#xD800; &quot; &copy; &amp;amp; [b] [/b] [url=x] [/url] {{ }} {% %}
${ } %s %(name)s [[ ]] [...] […] [+1234 chars] | || --- ``` ** __ # ## > - * • 1. 2) [insert [date] [name]
TBD XXX lorem ipsum [object Object] undefined NaN null <strong class= href= = " ' strong > li > / ul <
strong
""".split()  # noqa: SIM905 - as a list it would be a page long

_MARKS: list[str] = [
    *" .,;:!?¡¿…—–-'\"“”‘’«»()[]{}<>|/\\&%$#@*_~^=+`´•·、。，！？「」《》؟،।",
    " ,", " .", ". ", " ?", "  ", "   ", "\t", "...", "!!", ",,",
]  # fmt: skip

_ODD = [
    "\0", "\x01", "\x07", "\x08", "\x0b", "\x0c", "\r", "\r\n", "\x1b[31m", "\x7f", "\x80", "\x85", "\x99",
    "\xa0", "\xad", "\u0300", "\u0301\u0302", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2028",
    "\u2029", "\u202a", "\u202e", "\u2060", "\u2066", "\u2069", "\u3000", "\ufeff", "\ufffc", "\ufffd",
    "\ufffe", "\U000e0041", "\U0001f468\u200d\U0001f469", "\U0001f1e9\U0001f1ea", "\ue000", "ﬁ", "Ａ", "𝐁", "ⅳ",
    "㎏", "º", "а", "е", "ѕ", "İ", "ı", "ß", "ẞ", "ς", "ﷺ", "ﻻ", "각", "が", "ﾊﾟ", "ก็", "क्षि",
]  # fmt: skip

_GLUE = ["", " ", " ", " ", " ", "\n", "\n", "\n\n", ". ", ", ", " - ", ": ", "\n\n\n", " | "]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, below in value.items():
            yield name
            yield from _strings(below)
    elif isinstance(value, list):
        for below in value:
            yield from _strings(below)


@cache
def vocabulary() -> list[str]:
    """Give every phrase of the vocabulary, short ones as they are."""
    found = {
        text
        for file in files("cleanse").joinpath("vocabulary").iterdir()
        if file.name.endswith(".toml")
        for text in _strings(tomllib.loads(file.read_text(encoding="utf8")))
    }
    return sorted(text for text in found if len(text) < 120)


@cache
def sentences() -> list[str]:
    """Give sentences, words and samples of many languages."""
    from itertools import islice

    from benchmarks.corpus import articles

    lines = [
        line for article in islice(articles(3, "real"), 300) for line in article["text"].split("\n") if line
    ]
    for file in sorted((_ROOT / "data" / "raw").rglob("*")):
        if file.is_file() and file.suffix in {".txt", ".csv", ".jsonl"}:
            lines += [line[:MOST] for line in file.read_text("utf8", "replace").split("\n") if line]
    return lines


def _spoiled(made: random.Random, text: str) -> str:
    """Give text as a careless program hands it on: encoded in one way and decoded in another."""
    wrong = made.choice(["latin-1", "cp1252", "cp1251", "cp437", "mac_roman", "sloppy"])
    raw = text.encode("utf8", "replace")
    return raw.decode("cp1252" if wrong == "sloppy" else wrong, made.choice(["replace", "ignore"]))


def _piece(made: random.Random) -> str:
    kind = made.random()
    if kind < 0.25:
        line = made.choice(sentences())
        at = made.randrange(len(line))
        return line[at : at + made.randint(1, 80)] if made.random() < 0.5 else line[:200]
    if kind < 0.5:
        phrase: str = made.choice(vocabulary())
        return made.choice(
            [phrase, phrase, phrase.capitalize(), phrase.upper(), phrase.replace("…", " x "), phrase[::-1]]
        )
    if kind < 0.65:
        return made.choice(_MARKUP)
    if kind < 0.8:
        return str(made.choice(_MARKS)) * made.choice([1, 1, 1, 2, 5])
    if kind < 0.9:
        return made.choice(_ODD) * made.choice([1, 1, 1, 3])
    if kind < 0.94:
        return _spoiled(made, made.choice(sentences())[:60])
    if kind < 0.97:
        return str(
            made.choice(
                [
                    made.randint(0, 99),
                    made.randint(1900, 2030),
                    "12:30",
                    "3,5 %",
                    "12.03.2024",
                    "@name",
                    "#tag",
                ]
            )
        )
    return "".join(
        chr(c)
        for c in (made.randrange(0x20, 0x30000) for _ in range(made.randint(1, 5)))
        if not 0xD800 <= c < 0xE000
    )


def grow(made: random.Random) -> str:
    """Make an input of pieces."""
    glue = made.choice([_GLUE, ["\n"], [" "], ["", "\n"]])
    many = min(made.randint(1, 25), made.randint(1, 25))
    return "".join(_piece(made) + made.choice(glue) for _ in range(many))[:MOST]


def facts(made: random.Random, text: str) -> Facts:
    """Make what a record may say of itself beside this text; mostly nothing."""
    if made.random() < 0.75:
        return {}
    lines = [line.strip() for line in text.split("\n") if line.strip()] or ["A title"]
    line = made.choice(lines)
    said: Facts = {
        "title": made.choice([line, lines[0], line[:60], line.upper(), line + " | Example News", "A title"]),
        "author": made.choice(["A. Writer", "Anna Writer and Ben Writer", *line.split()[:1]]),
        "source": made.choice(["www.example.org", "Example News"]),
        "published_on": date(2024, 3, made.randint(1, 31)),
        "url": "https://www.example.org/2024/03/" + made.choice(["story", "a-b-c"]),
        "language": made.choice(["en", "de", "fr", "ru", "zh"]),
    }
    return {name: value for name, value in said.items() if made.random() < 0.5}


def mutate(made: random.Random, text: str, other: str) -> str:
    """Change an input a little."""
    for _ in range(made.choice([1, 1, 2, 4])):
        at = made.randint(0, len(text))
        end = min(len(text), at + made.choice([1, 1, 3, 10, 50]))
        match made.randrange(8):
            case 0:
                text = text[:at] + text[end:]
            case 1:
                text = text[:at] + _piece(made) + text[at:]
            case 2:
                text = text[:end] + text[at:end] * made.choice([1, 2, 8]) + text[end:]
            case 3:
                text = text[:at] + other[made.randint(0, len(other)) :]
            case 4:
                text = text[:at] + _spoiled(made, text[at:end]) + text[end:]
            case 5:
                lines = text.split("\n")
                made.shuffle(lines)
                text = "\n".join(lines)
            case 6:
                text = text[:at] + made.choice(_ODD + _MARKS) + text[end:]
            case 7:
                text = text[:at] + text[at:end].swapcase() + text[end:]
    # What is long opens many gates and so is interesting: without a bound the pool would be of nothing else.
    return text[: made.choice([200, 400, 800, MOST])]


# ------------------------------------------------------------------------------------------------- the promises


def broken_promise(
    text: str, said: Facts | None = None, seconds: float = SECONDS
) -> tuple[str, tuple[str, ...]]:
    """Say which promise cleaning ``text`` breaks (or ``""``), and which rules edited it."""
    from cleanse.cleaner import clean
    from cleanse.edit import restore

    began, said = time.thread_time(), said or {}
    try:
        article = clean(text, **said)
        acted = tuple(sorted({edit.rule for edit in article.edits}))
        if restore(article.text, article.edits) != text:
            return "restore gives another text", acted
        article.text.encode()
        for reason in article.review_reasons:
            if "not settled" in reason:
                return f"not settled: {', '.join(edit.rule for edit in article.edits[-4:])}", acted
        again = clean(article.text, **said)
        if again.edits:
            return f"a second cleaning edits: {', '.join(sorted({edit.rule for edit in again.edits}))}", acted
    except Exception as error:
        return f"{type(error).__name__}: {error}"[:200], ()
    if time.thread_time() - began > seconds:
        return f"more than {seconds:g} s", acted
    return "", acted


def least(text: str, is_broken: Callable[[str], bool], seconds: float = 20.0) -> str:
    """Cut down ``text`` as long as it stays broken."""
    until = time.monotonic() + seconds
    size = len(text) // 2
    while size and time.monotonic() < until:
        at = 0
        while at < len(text) and time.monotonic() < until:
            shorter = text[:at] + text[at + size :]
            if is_broken(shorter):
                text = shorter
            else:
                at += size
        size //= 2
    return text


@dataclass(frozen=True, slots=True)
class Failure:
    """A promise that was broken, and the least input that breaks it."""

    promise: str
    text: str
    facts: Facts


def _breaks(text: str, said: Facts, kind: str) -> bool:
    return kind_of(broken_promise(text, said)[0]) == kind


def kind_of(promise: str) -> str:
    """Give what is the same about failures with one cause, roughly."""
    return promise.partition(" at offset")[0][:60]


@dataclass(slots=True)
class Mix:
    """How many inputs there were, grown of the grammar, with facts, edited; characters; combinations of rules."""

    inputs: int = 0
    grown: int = 0
    told: int = 0
    edited: int = 0
    characters: int = 0
    combinations: int = 0

    def __str__(self) -> str:
        return (
            f"{self.grown:,} of the grammar, {self.inputs - self.grown:,} mutated; {self.told:,} with a title or the "
            f"like; {self.edited:,} were edited, by {self.combinations:,} combinations of rules; "
            f"{self.characters / max(1, self.inputs):.0f} characters on average"
        )


def fuzz(
    inputs: int, *, seed: int, seconds: float = float("inf")
) -> Iterator[tuple[int, list[Failure], Mix]]:
    """Clean inputs; gives how many there were so far and what they broke that was not seen before."""
    made = random.Random(seed)
    pool: list[str] = list(sentences()[:200])
    combinations: set[tuple[str, ...]] = set()
    kinds: set[str] = set()
    until = time.monotonic() + seconds
    mix = Mix()
    for number in range(1, inputs + 1):
        is_grown = made.random() < 0.4
        text = grow(made) if is_grown else mutate(made, made.choice(pool), made.choice(pool))
        said = facts(made, text)
        promise, acted = broken_promise(text, said)
        mix.inputs, mix.grown, mix.told = number, mix.grown + is_grown, mix.told + bool(said)
        mix.edited, mix.characters = mix.edited + bool(acted), mix.characters + len(text)
        found = []
        if promise and kind_of(promise) not in kinds:
            kinds.add(kind_of(promise))
            shortest = least(text, partial(_breaks, said=said, kind=kind_of(promise)))
            found.append(Failure(broken_promise(shortest, said)[0] or promise, shortest, said))
        elif acted not in combinations:
            combinations.add(acted)
            mix.combinations = len(combinations)
            if len(pool) < POOL:
                pool.append(text)
            else:
                pool[made.randrange(POOL)] = text
        if found or number % 1000 == 0 or number == inputs:
            yield number, found, mix
        if time.monotonic() > until:
            yield number, [], mix
            return


def _work(given: tuple[int, int, float, int, Any]) -> None:
    inputs, seed, seconds, number, told = given
    for count, found, mix in fuzz(inputs, seed=seed, seconds=seconds):
        told.put((number, count, found, mix))
    told.put((number, None, [], None))


def main() -> None:
    """Fuzz in several processes and show what broke."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--failures", type=Path, help="write failures here, as JSON lines")
    given = parser.parse_args()
    told: Any = multiprocessing.Queue()
    each = -(-given.inputs // given.processes)
    workers = [
        multiprocessing.Process(
            target=_work, args=((each, given.seed + n, given.seconds, n, told),), daemon=True
        )
        for n in range(given.processes)
    ]
    for worker in workers:
        worker.start()
    failures: dict[str, Failure] = {}
    counts, running = dict.fromkeys(range(given.processes), 0), given.processes
    mixes: dict[int, Mix] = {}
    began = time.monotonic()
    while running:
        number, count, found, mix = told.get()
        running -= count is None
        counts[number] = count or counts[number]
        mixes[number] = mix or mixes[number]
        for failure in found:
            if failures.setdefault(kind_of(failure.promise), failure) is failure:
                print(f"{failure.promise}\n    {failure.text!r} {failure.facts or ''}", flush=True)
                if given.failures:
                    with given.failures.open("a", encoding="utf8") as file:
                        file.write(json.dumps(asdict(failure), default=date.isoformat) + "\n")
        if sum(counts.values()) % 20_000 == 0:
            print(f"{sum(counts.values()):,} inputs, {time.monotonic() - began:.0f} s", flush=True)
    print(
        f"{sum(counts.values()):,} inputs in {time.monotonic() - began:.0f} s: {len(failures)} kinds of failure "
        f"(seed {given.seed})"
    )
    for mix in mixes.values():
        print(f"inputs of a process: {mix}")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
