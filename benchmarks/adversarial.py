"""Cleans texts that are made to be slow, of ever greater sizes: time per character must not grow.

    python -m benchmarks.adversarial                         # 10 kB to 10 MB
    python -m benchmarks.adversarial --most 1000000 --only mojibake --profile

Each text is cleaned in a process of its own that is ended after a time limit. Shown are microseconds per character at
each size, and how much more the largest takes than the smallest; more than 3 times is marked, as is more than 40 µs.
"""

# ruff: noqa: E501 - a table of texts reads better a line a text

from __future__ import annotations

import argparse
import cProfile
import multiprocessing
import pstats
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
GROWTH = 3.0  # how much more a character may cost in the largest text than in the smallest
DEAR = 40.0  # microseconds that a character may cost
LIMIT = 120.0  # seconds for one text

_PROSE = "The harbour board met on Monday. The ferry left at 7 , they said. "


def _repeats() -> Iterator[tuple[str, str]]:
    """Give names and pieces of texts that are one piece again and again."""
    marks = ["<", "< ", ">", "</", "<a ", "<!--", "&", "&#", "&lt;", "&amp;amp;", "[", "[[", "]", "[insert ", "{{", "}}", "{%", "${",
             "(", ")", "( ", "“", '"', "' ", "'", ".", ". ", " .", ",", " ,", ", ,", "!", "?!", "…", "...", "-", "- ", "—", "|", "| ", "*",
             "**", "_", "#", "/", "\\", ":", "://", "@", "%s", "=", "+", "•", "·"]  # fmt: skip
    yield from ((f"repeat {mark!r}", mark) for mark in marks)
    spaces = [" ", "\n", "\t", "\r\n", "\r", " \n", "\n\n\n", "\xa0", "\u3000", "\u2028", "\x0b", "\x85"]
    yield from ((f"space {space!r}", space) for space in spaces)
    odd = [
        "\0",
        "\x1b[31m",
        "\u0301",
        "a\u0301\u0302",
        "\u200b",
        "\u200d",
        "\xad",
        "\u202e",
        "\ufeff",
        "\ufffd",
        "\ue000",
        "\U0001f468\u200d",
    ]
    yield from ((f"odd {character!r}", character) for character in odd)
    letters = [
        "a",
        "A",
        "a ",
        "A.",
        "A. ",
        "ab ",
        "0",
        "1 ",
        "1,",
        "1.",
        "0,5 ",
        "12:30 ",
        "аa",
        "а ",
        "漢",
        "漢 ",
        "あ",
        "가",
        "ا",
        "ก",
        "ा",
        "ß",
        "ﬁ",
    ]
    yield from ((f"letters {piece!r}", piece) for piece in letters)
    broken = [
        "Ã©",
        "â€™",
        "Ã",
        "Ð¿",
        "ÃƒÂ©",
        "Ã¢â‚¬â„¢",
        "é",
        "ï¿½",
        "Ïðè",
        "ÇÎ",
        "â",
        "€™",
        "=C3=A9",
        "%C3%A9",
        "\\u00e9",
        "&eacute;",
    ]
    yield from ((f"mojibake {piece!r}", piece) for piece in broken)
    tags = ["<div>", "<div></div>", "</div>", "<p>a</p>", "<b>", "<strong>a", "< strong >", "strong > ", "li > ", "<table><tr><td>", "<br>\n",
            "<a href='x'>y</a> ", "<a href='", "<script>", "<style>", "<![CDATA[", "[b]", "[/b]", "[url=x]", "{{ x }}", "[date] ", "NaN ", "a | b\n",
            "- a\n", "1. a\n", "|a|b|\n|-|-|\n"]  # fmt: skip
    yield from ((f"markup {piece!r}", piece) for piece in tags)
    said = ["READ MORE: ", "Read more\n", "READ MORE: x\n", "Share\n", "Photo: ", "Photo: A B\n", "By A B\n", "By ", "Source: ", "Source: x\n",
            "© 2020 ", "All rights reserved. ", "(Reuters) - ", "LONDON (AP) — ", "Published 1 March 2020\n", "1 March 2020 ", "Advertisement\n",
            "Sign up for our newsletter. ", "Subscribe ", "Tags: a, b\n", "Tags: a, ", "Follow us on Twitter ", "http://a.b/ ", "www.a.b ",
            "a@b.c ", "Click here ", "CC BY 4.0 ", "[sic] ", "lorem ipsum ", "Comments\n", "Loading...\n", "Image: a/b ", "More from x\n"]  # fmt: skip
    yield from ((f"phrase {piece!r}", piece) for piece in said)


def _to(size: int, piece: str) -> str:
    return (piece * (size // len(piece) + 1))[:size]


def texts() -> dict[str, Callable[[int], str]]:
    """Give texts by name, each a function of its size in characters."""
    made: dict[str, Callable[[int], str]] = {name: partial(_to, piece=piece) for name, piece in _repeats()}
    made |= {
        "prose in one line": lambda size: _to(size, _PROSE),
        "prose in many lines": lambda size: _to(size, _PROSE.strip() + "\n"),
        "prose in paragraphs": lambda size: _to(size, _PROSE * 5 + "\n\n"),
        "one paragraph again and again": lambda size: _to(size, _PROSE * 3 + "Read more.\n\n"),
        "lines that all differ": lambda size: "\n".join(f"Line {n} of it ." for n in range(size // 16)),
        "nested divs": lambda size: "<div>" * (size // 11) + "</div>" * (size // 11),
        "nested brackets": lambda size: "[" * (size // 2) + "]" * (size // 2),
        "nested braces": lambda size: "{" * (size // 2) + "}" * (size // 2),
        "an open tag at the beginning": lambda size: "<a href='" + _to(size, _PROSE),
        "an open comment at the beginning": lambda size: "<!--" + _to(size, _PROSE),
        "a table of many rows": lambda size: "<table>" + _to(size, "<tr><td>a</td><td>b</td></tr>"),
        "a long list": lambda size: "<ul>" + _to(size, "<li>An item"),
        "mojibake amid prose": lambda size: _to(size, _PROSE + "Itâ€™s cafÃ© "),
        "mojibake that changes": lambda size: _to(size, "".join(chr(c).encode().decode("latin-1") for c in range(0xA1, 0x800))),
        "alternating scripts": lambda size: _to(size, "".join(chr(base + n % 20) for n in range(997) for base in (0x61, 0x430, 0x3B1, 0x5D0))),
        "all of Unicode": lambda size: _to(size, "".join(chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000)),
        "marks on one letter": lambda size: "a" + "\u0301" * size,
        "one word": lambda size: "a" * size,
        "quotes that never close": lambda size: _to(size, "“A ’b "),
        "dates": lambda size: _to(size, "12.03.2024, 14:30 Uhr | 3 March 2021 12:00 GMT "),
        "capitals": lambda size: _to(size, "LONDON PARIS ROME "),
    }  # fmt: skip
    return made


def _clean(text: str) -> None:
    from cleanse.cleaner import clean

    clean(text)


def seconds_for(text: str) -> float:
    """Give the processor time, in seconds, that cleaning takes."""
    began = time.thread_time()
    _clean(text)
    return time.thread_time() - began


def _measure(name: str, size: int, told: Any) -> None:
    from cleanse.cleaner import clean, cleaner

    assert cleaner().gates
    clean(_PROSE)
    told.put(seconds_for(texts()[name](size)))


def measure(name: str, size: int, limit: float) -> float:
    """Give the seconds for a text, in a process of its own; infinite if it took longer than ``limit``."""
    told: Any = multiprocessing.Queue()
    process = multiprocessing.Process(target=_measure, args=(name, size, told))
    process.start()
    process.join(limit)
    if process.is_alive():
        process.kill()
        process.join()
        return float("inf")
    return float(told.get()) if process.exitcode == 0 else float("nan")


def main() -> None:
    """Measure, and mark what grows."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--most", type=int, default=SIZES[-1], help="largest size in characters")
    parser.add_argument("--least", type=int, default=SIZES[0])
    parser.add_argument("--only", default="", help="only texts whose name holds this")
    parser.add_argument("--limit", type=float, default=LIMIT, help="seconds for one text")
    parser.add_argument("--profile", action="store_true", help="show where the time goes at the largest size")
    given = parser.parse_args()
    _clean(_PROSE)  # the rules are imported once, and inherited
    sizes = [size for size in SIZES if given.least <= size <= given.most]
    bad = 0
    for name in texts():
        if given.only not in name:
            continue
        if given.profile:
            profile = cProfile.Profile()
            profile.runcall(_clean, texts()[name](sizes[-1]))
            pstats.Stats(profile).sort_stats("tottime").print_stats(12)
            continue
        costs: list[float] = []
        for size in sizes:
            costs.append(measure(name, size, given.limit) / size * 1e6)
            if not costs[-1] < given.limit / size * 1e6:
                break
        grown = costs[-1] / max(costs[0], 0.5)
        marked = not (grown <= GROWTH and max(costs) <= DEAR)
        bad += marked
        shown = "  ".join(f"{cost:8.2f}" for cost in costs)
        print(f"{'!' if marked else ' '} {shown}  µs/character  x{grown:<6.1f} {name}", flush=True)
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
