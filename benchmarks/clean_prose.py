"""Says how much prose that nothing is wrong with is touched, and lists every place.

    python -m benchmarks.clean_prose                        # ../shared/extracted/dev.gold.jsonl.gz
    python -m benchmarks.clean_prose GOLD.jsonl[.gz] ...    # {"gold": text} or {"text": text} a line
    python -m benchmarks.clean_prose --families spacing encoding GOLD.jsonl

Each article is cleaned as a whole; its paragraphs are its filled lines. A paragraph counts as touched if an edit of
the families boilerplate or credits (or of those given) removes or changes some of it. Exit status 1 if one paragraph
in 2,000 or more is touched. The list is for a person to judge: annotators, too, leave a caption in now and then.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import cleanse

GOLD = Path(__file__).parents[2] / "shared" / "extracted" / "dev.gold.jsonl.gz"
FAMILIES = ("boilerplate", "credits")
BAR = 2000  # one paragraph in so many may be touched, and no more
SHOWN = 160  # code points of what is removed that are printed


class Touched(NamedTuple):
    """An edit that touches prose: where, by which rule, what it takes and why."""

    article: str
    rule: str
    score: float
    removed: str
    evidence: str


def articles(path: Path) -> Iterator[tuple[str, str]]:
    """Give id and text of each article of a JSON Lines file, gzipped or not."""
    with (
        gzip.open(path, "rt", encoding="utf8")
        if path.suffix == ".gz"
        else path.open(encoding="utf8") as lines
    ):
        for number, line in enumerate(filter(str.strip, lines), 1):
            row = json.loads(line)
            yield str(row.get("id", number)), row.get("gold") or row["text"]


def touched(identifier: str, text: str, families: tuple[str, ...]) -> list[Touched]:
    """Give the edits of ``families`` that touch a filled line of ``text``."""
    return [
        Touched(identifier, edit.rule, edit.score, edit.removed, edit.evidence)
        for edit in cleanse.clean(text).edits
        if edit.family in families and edit.removed.strip()
    ]


def main(argv: list[str] | None = None) -> int:
    """Print the list and the counts; give 1 if too much is touched."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="*", type=Path, help="JSON Lines, gzipped or not")
    parser.add_argument("--families", nargs="+", default=FAMILIES, help="whose edits count")
    given = parser.parse_args(argv)
    paragraphs = documents = lines = 0
    rules: Counter[str] = Counter()
    for path in given.gold or [GOLD]:
        if not path.exists():
            print(f"{path} is not there: name a file of articles", file=sys.stderr)
            return 2
        for identifier, text in articles(path):
            documents += 1
            paragraphs += sum(1 for line in text.split("\n") if line.strip())
            for found in touched(identifier, text, tuple(given.families)):
                rules[found.rule] += 1
                lines += sum(1 for line in found.removed.split("\n") if line.strip())
                removed = " ".join(found.removed.split())
                print(
                    f"{found.article}  {found.rule}  {found.score:.2f}  {found.evidence}\n    {removed[:SHOWN]}"
                )
    share = f"1 in {paragraphs // lines:,}" if lines else "none"
    print(
        f"\n{documents:,} articles, {paragraphs:,} paragraphs, {lines} touched ({share}; bar: 1 in {BAR:,})"
    )
    for rule, count in rules.most_common():
        print(f"    {count:4}  {rule}")
    return int(lines * BAR >= paragraphs)


if __name__ == "__main__":
    sys.exit(main())
