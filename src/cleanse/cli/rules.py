"""List the rules, in the order in which they run, each with its reason and an example.

With NAME comes all there is to know about one rule: every example, the look-alikes that it leaves alone, its gate
(the RE2 pattern without which it has nothing to do in a text), its version and the defect that it reports.
"""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterator, Sequence

from cleanse.cli import _terminal
from cleanse.cli._problem import UsageProblem
from cleanse.rule import Family, Rule, rules

HELP = "list the rules, each with its reason and an example"

EXAMPLES = """\
  cleanse rules
  cleanse rules --family spacing
  cleanse rules space_before_punctuation     all about one rule
  cleanse rules --json | jq -r .name
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``cleanse rules``."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="a rule, or a part of its name")
    parser.add_argument("--family", choices=[str(f) for f in Family], help="the rules of one family")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, with everything")
    _terminal.add_colour(parser)


def run(arguments: argparse.Namespace) -> int:
    """Show the rules that were asked for."""
    chosen = [r for r in rules() if arguments.family in (None, r.family)]
    exact = False
    if arguments.name is not None:
        named = [r for r in chosen if r.name == arguments.name]
        exact = bool(named)
        chosen = named or _resembling(arguments.name, chosen)
    if arguments.json:
        for rule in chosen:
            _terminal.write_json(_row(rule))
        return 0
    marks = _terminal.Marks(colour=_terminal.wants_colour(arguments.color))
    for line in _in_full(chosen[0], marks) if exact or len(chosen) == 1 else _in_short(chosen, marks):
        print(line)
    return 0


def _resembling(name: str, among: Sequence[Rule]) -> list[Rule]:
    found = [rule for rule in among if name.lower() in rule.name]
    if found:
        return found
    meant = difflib.get_close_matches(name, [rule.name for rule in among], n=3)
    hint = f"did you mean {' or '.join(meant)}?" if meant else "`cleanse rules` lists them"
    raise UsageProblem(f"there is no rule {name!r}; {hint}")


def _row(rule: Rule) -> dict[str, object]:
    return {
        "name": rule.name,
        "family": rule.family,
        "order": rule.order,
        "version": rule.version,
        "defect": rule.defect,
        "reason": rule.reason,
        "gate": str(rule.gate),
        "changes": [{"before": before, "after": after} for before, after in rule.changes],
        "leaves": list(rule.leaves),
        "about": (rule.find.__doc__ or "").strip(),
    }


def _in_short(chosen: Sequence[Rule], marks: _terminal.Marks) -> Iterator[str]:
    family = None
    for rule in chosen:
        if rule.family != family:
            family = rule.family
            yield marks.strong(family.upper())
        yield f"  {marks.strong(rule.name)}  {rule.reason}"
        for before, after in rule.changes[:1]:
            yield from _example(before, after, marks)


def _in_full(rule: Rule, marks: _terminal.Marks) -> Iterator[str]:
    yield f"{marks.strong(rule.name)} (family {rule.family}, version {rule.version}, reports {rule.defect})"
    yield rule.reason
    if rule.find.__doc__:
        yield rule.find.__doc__.strip()
    yield f"\n{marks.strong('changes')}"
    for before, after in rule.changes:
        yield from _example(before, after, marks)
    yield f"\n{marks.strong('leaves alone')}"
    for text in rule.leaves:
        yield f"      {_one_line(text)}"
    yield f"\n{marks.strong('gate')}  {_one_line(str(rule.gate))}"


def _example(before: str, after: str, marks: _terminal.Marks) -> Iterator[str]:
    yield "      " + marks.before("- " + _one_line(before))
    yield "      " + marks.after("+ " + _one_line(after))


def _one_line(text: str) -> str:
    return _terminal.spelled_out(text).replace("⏎\n", "⏎")
