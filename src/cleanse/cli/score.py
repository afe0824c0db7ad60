"""Measure the cleaner on your own labelled examples.

GOLD.jsonl has one JSON object a line:

  id         what to call the example (if it is left out, its line)
  raw        the text as it was scraped
  gold       what it should become, a title that is found on a line of its own before it
  gold_alt   another answer that is as good (may be left out)
  category   what kind of example it is (may be left out)
  language   its language (may be left out)
  given      what is known beside the text: title, source, published_on, author, url, language (may be left out)

error_reduction is 1 for perfect, 0 for doing nothing, below 0 for doing harm: the mean over the examples that needed
work. pooled is the same over the sums, so that long damage counts more; exact the share that came out just right;
untouched the share, of those that needed nothing, that came out unchanged; lost_per_10k how much of what should
stay is gone, in words per 10,000. White space, line breaks, bullets and table rules do not count.

Of the worst cases, what should have gone is struck out in red (or [-so-]), what should be there is green ({+so+}).
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any

from cleanse.cleaner import clean
from cleanse.cli import _input, _terminal
from cleanse.cli._problem import Problem
from cleanse.policy import Policy
from cleanse.rule import Family
from cleanse.score import Example, Score, diff, example, score
from cleanse.visible import visible

HELP = "measure the cleaner on labelled examples of your own"

EXAMPLES = """\
  cleanse score gold.jsonl
  cleanse score --worst 10 --color always gold.jsonl | less -R
  cleanse score --policy policy.toml gold.jsonl      does this policy do better?
  cleanse score --by-family gold.jsonl               what each family of rules adds
  cleanse score --json gold.jsonl | jq .all.error_reduction
"""

_TEXTS = ("raw", "gold")
_OPTIONAL = ("gold_alt", "category", "language")
_GIVEN = ("title", "source", "published_on", "author", "url", "language")
_CONTEXT = 6  # tokens that are shown on each side of a difference

Row = dict[str, Any]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``cleanse score``."""
    parser.add_argument("gold", metavar="GOLD.jsonl", help="labelled examples; - is stdin")
    parser.add_argument("--json", action="store_true", help="one JSON object with all figures")
    parser.add_argument(
        "--worst", type=int, default=3, metavar="N", help="show the N worst cases (default: 3)"
    )
    parser.add_argument("--by-family", action="store_true", help="score again without each family of rules")
    _terminal.add_colour(parser)
    _input.add_policy(parser)


def run(arguments: argparse.Namespace) -> int:
    """Clean the examples and show how well that went."""
    policy = _input.policy(arguments)
    called, lines = _input.read_lines(arguments.gold)
    rows = [_checked(row, f"{called}: line {number}", number) for number, row in lines]
    if not rows:
        raise Problem(f"{called}: there is no example in it")
    examples = [_example(row, policy) for row in rows]
    groups = {name: _grouped(rows, examples, name) for name in ("category", "language")}
    worst = sorted((one for one in examples if one.after), key=lambda one: -one.after)[
        : max(0, arguments.worst)
    ]
    without = _without_families(rows, policy) if arguments.by_family else {}
    if arguments.json:
        _terminal.write_json(
            {
                "all": asdict(score(examples)),
                **{
                    f"by_{name}": {key: asdict(of) for key, of in group.items()}
                    for name, group in groups.items()
                },
                **({"without_family": {key: asdict(of) for key, of in without.items()}} if without else {}),
                "worst": [{"id": one.name, "distance": one.after} for one in worst],
            }
        )
        return 0
    marks = _terminal.Marks(colour=_terminal.wants_colour(arguments.color))
    tables = [
        ("", {"all": score(examples)}),
        *((f"by {name}", group) for name, group in groups.items() if group),
    ]
    if without:
        tables.append(("without the family", without))
    for line in _shown(tables, marks):
        print(line)
    for one in worst:
        print(f"\n{marks.strong(one.name)}: {one.after} tokens differ, {one.before} did before")
        print(_difference(one, marks))
    return 0


def _checked(row: Row, where: str, number: int) -> Row:
    for name in _TEXTS:
        if not isinstance(row.get(name), str):
            raise Problem(f"{where}: {name!r} should be a text; each line needs raw and gold")
    for name in _OPTIONAL:
        if not isinstance(row.get(name), str | None):
            raise Problem(f"{where}: {name!r} should be a text, or left out")
    given = row.get("given") or {}
    if not isinstance(given, dict) or not set(given) <= set(_GIVEN):
        raise Problem(f"{where}: 'given' should be an object with no other keys than {', '.join(_GIVEN)}")
    given = dict(given)
    try:
        if given.get("published_on") is not None:
            given["published_on"] = date.fromisoformat(given["published_on"])
    except (TypeError, ValueError) as error:
        raise Problem(f"{where}: 'published_on' should be a date such as \"2024-03-05\"") from error
    return {**row, "id": str(row.get("id", f"line {number}")), "given": given}


def _example(row: Row, policy: Policy) -> Example:
    article = clean(row["raw"], policy=policy, **row["given"])
    text = article.text
    if article.title and row["given"].get("title") is None:
        text = f"{article.title}\n{text}"
    return example(row["id"], row["raw"], row["gold"], text, row.get("gold_alt"))


def _grouped(rows: Sequence[Row], examples: Sequence[Example], by: str) -> dict[str, Score]:
    groups: dict[str, list[Example]] = {}
    for row, one in zip(rows, examples, strict=True):
        if row.get(by) is not None:
            groups.setdefault(row[by], []).append(one)
    return {name: score(groups[name]) for name in sorted(groups)}


def _without_families(rows: Sequence[Row], policy: Policy) -> dict[str, Score]:
    def without(family: str) -> Policy:
        sources = {name: replace(own, off=own.off | {family}) for name, own in policy.sources.items()}
        return replace(policy, off=policy.off | {family}, sources=sources)

    return {str(family): score(_example(row, without(family)) for row in rows) for family in Family}


def _shown(tables: Sequence[tuple[str, Mapping[str, Score]]], marks: _terminal.Marks) -> Iterator[str]:
    columns = [field.name for field in fields(Score)]
    width = max(len(visible(name)) for title, group in tables for name in (title, *group)) + 2
    yield " " * width + "  ".join(marks.strong(name) for name in columns)
    for title, group in tables:
        if title:
            yield ""
            yield marks.strong(title)
        for name, figures in group.items():
            values = (getattr(figures, column) for column in columns)
            cells = (_figure(value).rjust(len(column)) for value, column in zip(values, columns, strict=True))
            yield visible(name).ljust(width) + "  ".join(cells)


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)


def _difference(one: Example, marks: _terminal.Marks) -> str:
    """Give the clean text with what should have gone and what should be there, long agreement cut short."""
    dressed: Mapping[str, Callable[[str], str]] = {"-": marks.removed, "+": marks.inserted}
    runs = diff(one.clean, one.gold)
    parts = []
    for number, (mark, run) in enumerate(runs):
        if mark != "=":
            parts.append(dressed[mark]("".join(run)))
            continue
        head = run[:_CONTEXT] if number else []
        tail = run[-_CONTEXT:] if number < len(runs) - 1 else []
        whole = len(run) <= len(head) + len(tail)
        parts.append(visible("".join(run if whole else [*head, " …", *tail])))
    return "".join(parts).strip()
