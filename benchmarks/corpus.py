"""Makes a corpus of articles of our own sentences, with the damage rates of real pages.

    python -m benchmarks.corpus corpus.jsonl --megabytes 77                  # as real pages are
    python -m benchmarks.corpus damaged.jsonl --megabytes 20 --damage all    # everything is damaged

Rates of the realistic corpus, by article: 5 % padded punctuation, 8 % related links, 8 % newsletter prompts, 4 %
rights lines, 0.5 % markup, 0.3 % placeholders, 1 % mojibake; the rest of what real pages carry (captions, share bars,
missing or doubled spaces) is spread so that a third of the articles is clean. Lengths are log-normal, median 3 kB.
The same seed makes the same bytes.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

LANGUAGES = {"en": 0.5, "de": 0.1, "fr": 0.1, "es": 0.1, "ru": 0.06, "zh": 0.06, "ar": 0.04, "hi": 0.04}
MEDIAN_BYTES = 3000
SPREAD = 0.7  # standard deviation of the logarithm of the length

_GRAMMAR: dict[str, dict[str, list[str]]] = tomllib.loads(
    (Path(__file__).parent / "sentences.toml").read_text(encoding="utf8")
)


def _fill(made: random.Random, words: dict[str, list[str]], pattern: str) -> str:
    out, rest = [], pattern
    while "{" in rest:
        head, _, rest = rest.partition("{")
        slot, _, rest = rest.partition("}")
        out.append(head)
        if slot == "n":
            out.append(str(made.randint(2, 980)))
        elif slot == "year":
            out.append(str(made.randint(1960, 2026)))
        else:
            out.append(made.choice(words[slot]))
    return "".join(out) + rest


def _title(made: random.Random, language: str) -> str:
    return _fill(made, _GRAMMAR[language], made.choice(_GRAMMAR[language]["title"]))


def paragraphs(made: random.Random, language: str, size: int) -> list[str]:
    """Make paragraphs of some ``size`` bytes in all."""
    words, found, left = _GRAMMAR[language], [], size
    joint = "" if language == "zh" else " "
    while left > 0:
        sentences = [_fill(made, words, made.choice(words["patterns"])) for _ in range(made.randint(2, 4))]
        found.append(joint.join(s[:1].upper() + s[1:] for s in sentences))
        left -= len(found[-1].encode()) + 2
    return found


# ------------------------------------------------------------------------------------------------- the damage

Damage = Callable[[random.Random, list[str]], list[str]]


def _somewhere(made: random.Random, lines: list[str], line: str) -> list[str]:
    at = made.randint(1, len(lines))
    return [*lines[:at], line, *lines[at:]]


def _each(change: Callable[[str], str]) -> Damage:
    return lambda made, lines: [change(line) for line in lines]


def _one(change: Callable[[random.Random, str], str]) -> Damage:
    def damage(made: random.Random, lines: list[str]) -> list[str]:
        at = made.randrange(len(lines))
        return [change(made, line) if n == at else line for n, line in enumerate(lines)]

    return damage


def _pad(line: str) -> str:
    return line.replace(", ", " , ").replace(". ", " . ")


def _mojibake(line: str) -> str:
    return line.encode().decode("latin-1")


def _markup(made: random.Random, lines: list[str]) -> list[str]:
    items = [f"- < strong > {line[:30]} : strong > {line[30:]} . li >" for line in lines[-2:]]
    return [*lines[:-2], *items, "< / ul >"]


_PROMPTS = ["Sign up for our newsletter", "Subscribe to our daily newsletter and never miss a story."]

DAMAGE: dict[str, tuple[float, Damage]] = {
    "padded_punctuation": (0.05, _each(_pad)),
    "related_link": (
        0.08,
        lambda m, lines: _somewhere(m, lines, f"READ MORE: {_title(m, 'en')}"),
    ),
    "newsletter": (0.08, lambda m, lines: [*lines, m.choice(_PROMPTS)]),
    "rights": (0.04, lambda m, lines: [*lines, f"© {m.randint(2015, 2026)} Harbour Gazette. All rights reserved."]),
    "markup": (0.005, _markup),
    "placeholder": (0.003, _one(lambda m, line: line + " The ferry leaves on [insert date] for the islands.")),
    "mojibake": (0.01, _one(lambda m, line: _mojibake("“" + line + "” – "))),
    "caption": (0.04, lambda m, lines: _somewhere(m, lines, "Photo: Lena Marsh / Harbour Gazette")),
    "share": (0.18, lambda m, lines: [*lines, m.choice(["Share this article", "Share", "Advertisement"])]),
    "missing_space": (0.03, _one(lambda m, line: line.replace(". ", ".", 1))),
    "doubled_space": (0.2, _one(lambda m, line: line.replace(" ", "  ", 1))),
    "timestamp": (0.12, lambda m, lines: [f"Published {m.randint(1, 28)} March {m.randint(2015, 2025)}", *lines]),
    "blank_lines": (0.15, lambda m, lines: [*lines[:1], "", "", *lines[1:]]),
}  # fmt: skip


def articles(seed: int, damage: str = "real", median: int = MEDIAN_BYTES) -> Iterator[dict[str, Any]]:
    """Make articles without end; ``damage`` is ``real``, ``all`` or ``none``, ``median`` their length in bytes."""
    made = random.Random(seed)
    number = 0
    while True:
        language = made.choices(list(LANGUAGES), list(LANGUAGES.values()))[0]
        size = int(min(60_000, median * math.exp(made.gauss(0, SPREAD))))
        lines = paragraphs(made, language, size)
        title = _title(made, language)
        for rate, change in DAMAGE.values():
            if damage == "all" or (damage == "real" and made.random() < rate):
                lines = change(made, lines)
        number += 1
        source = f"site{made.randint(1, 200)}.example.org"
        yield {
            "id": f"made-{seed}-{number:08d}",
            "title": title,
            "text": "\n\n".join(lines),
            "url": f"https://{source}/{number}",
            "source": source,
            "published_on": f"{made.randint(2010, 2025)}-{made.randint(1, 12):02d}-{made.randint(1, 28):02d}",
            "language": language,
        }


def write(path: Path, size: int, *, damage: str = "real", seed: int = 1) -> int:
    """Write articles as JSONL until the file has ``size`` bytes; give how many."""
    written = count = 0
    with path.open("wb") as file:
        for article in articles(seed, damage):
            line = json.dumps(article, ensure_ascii=False).encode() + b"\n"
            file.write(line)
            written += len(line)
            count += 1
            if written >= size:
                break
    return count


def main() -> None:
    """Make a corpus."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("path", type=Path)
    parser.add_argument("--megabytes", type=float, default=77)
    parser.add_argument("--damage", choices=["real", "all", "none"], default="real")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    count = write(given.path, int(given.megabytes * 1e6), damage=given.damage, seed=given.seed)
    print(f"{count} articles, {given.path.stat().st_size / 1e6:.1f} MB: {given.path}")


if __name__ == "__main__":
    main()
