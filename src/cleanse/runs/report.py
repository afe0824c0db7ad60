"""A run's report, for people: a few lines for a terminal, Markdown for a page."""

from __future__ import annotations

from collections.abc import Mapping

from cleanse.inputs.found import READ
from cleanse.rule import rules
from cleanse.runs.quantities import counted
from cleanse.runs.run import Report


def as_text(report: Report) -> str:
    """Give the report as the few lines that a person at a terminal wants."""
    total, new, shards = report.totals, report.cleaned, report.shards
    lines = [
        f"{_of(total, 'record')}: {_of(total, 'article')}, {total.get('rejected', 0):,} rejected; "
        f"{_of(total, 'edit')}, {counted(total.get('review', 0), 'article')} for review",
    ]
    if shards["cleaned"] or shards["resumed"]:
        lines.append(
            f"cleaned in this run: {_of(new, 'record')}, {new.get('touched', 0):,} of them changed, "
            f"in {report.seconds:.1f} s ({_shards(shards)})"
        )
    else:
        lines.append(f"nothing was new; that took {report.seconds:.1f} s ({_shards(shards)})")
    if report.rules:
        lines.append("edits by rule: " + _listed(report.rules))
    if report.reasons:
        lines.append("rejected for: " + _listed(report.reasons))
    if report.removed_inputs:
        lines.append(
            f"{counted(len(report.removed_inputs), 'input')} no longer there, articles kept (--prune takes them out): "
            + ", ".join(report.removed_inputs[:5])
            + (", ..." if len(report.removed_inputs) > 5 else "")
        )
    lines += [f"not read: {problem}" for problem in report.problems[:10]]
    if len(report.problems) > 10:
        lines.append(f"not read: {len(report.problems) - 10:,} more; rejected/ has them all")
    if report.passed_over:
        many = counted(sum(report.passed_over.values()), "file")
        lines.append(f"passed over: {many} of other kinds: {_listed(report.passed_over)} (read are {READ})")
    lines.append(f"dataset: {report.output} (articles/, edits/, rejected/)")
    return "\n".join(lines)


def _of(counts: Mapping[str, int], what: str) -> str:
    return counted(counts.get(f"{what}s", 0), what)


def _shards(shards: Mapping[str, int]) -> str:
    return (
        ", ".join(f"{counted(number, 'shard')} {what}" for what, number in shards.items() if number)
        or "no shards"
    )


def _listed(counts: Mapping[str, int], most: int = 8) -> str:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    more = f", and {len(ranked) - most} more" if len(ranked) > most else ""
    return ", ".join(f"{name} {number:,}" for name, number in ranked[:most]) + more


def rule_rows(report: Report) -> list[dict[str, str | int]]:
    """Give a table of edits by rule, most first: rule, family, edits, reason."""
    known = {rule.name: rule for rule in rules()} if report.rules else {}
    ranked = sorted(report.rules.items(), key=lambda item: (-item[1], item[0]))
    return [
        {
            "rule": name,
            "family": str(known[name].family) if name in known else "",
            "edits": number,
            "why": known[name].reason if name in known else "",
        }
        for name, number in ranked
    ]


def reason_rows(report: Report) -> list[dict[str, str | int]]:
    """Give a table of rejected records by reason, most first: reason, records."""
    ranked = sorted(report.reasons.items(), key=lambda item: (-item[1], item[0]))
    return [{"reason": name, "records": number} for name, number in ranked]


def as_markdown(report: Report) -> str:
    """Give the report as a short Markdown page with a few edits before and after."""
    lines = [
        f"# Run {report.run_id[:8]}",
        "",
        *(f"- {_shown(line)}" for line in as_text(report).splitlines()),
        "",
    ]
    if report.examples:
        lines += ["## A few of the edits", ""]
    for example in report.examples:
        before = f"{_shown(example.before)}{_marked(example.removed, '~~')}{_shown(example.after)}"
        after = f"{_shown(example.before)}{_marked(example.inserted, '**')}{_shown(example.after)}"
        lines += [
            f"**{example.rule}** in {_shown(example.article_id)}",
            "",
            f"- before: …{before}…",
            f"- after: …{after}…",
            "",
        ]
    return "\n".join(lines)


def _marked(text: str, mark: str) -> str:
    if not text:
        return ""
    shown = _shown(text) if text.strip() else "␣" * len(text)  # what is struck out or bold must not be blank
    bare = shown.strip()  # nor begin or end with white space: the marks would then be mere asterisks
    before, _, after = shown.partition(bare)
    return f"{before}{mark}{bare}{mark}{after}"


_SPECIAL = str.maketrans({c: f"\\{c}" for c in "\\`*_{}[]<>()#+!|~&"})


def _shown(text: str) -> str:
    """Give text so that Markdown shows it as it is: no markup of an article may act in a report."""
    visible = "".join(
        c if c.isprintable() else " ⏎ " if c == "\n" else " " if c == "\t" else "�" for c in text
    )
    return visible.translate(_SPECIAL)
