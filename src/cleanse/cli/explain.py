"""Show an article with its changes: what went struck out in red, what came in green, each with its rule's name.

Where there are no colours, what went is [-so-] and what came {+so+}. Characters that cannot be seen are spelled
out inside changes, and nothing in an article can steer the terminal. With -v each change also shows how sure the
rule was and what it saw, and text that one rule put in and a later one took out again: [~so~].
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator

from cleanse.article import Article
from cleanse.cleaner import clean
from cleanse.cli import _input, _terminal
from cleanse.edit import Edit
from cleanse.explain import Change, changes
from cleanse.visible import visible

HELP = "show what went and what came, and which rule says so"

EXAMPLES = """\
  cleanse explain article.txt
  cleanse explain -v article.txt             with scores and evidence
  cleanse explain --color always article.txt | less -R
  cleanse explain --policy policy.toml article.txt
"""

_COLUMNS = (
    "title", "author", "published_on", "dateline_place", "source_name", "source_url", "agency", "topics",
    "rights", "licence",
)  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``cleanse explain``."""
    parser.add_argument("file", metavar="FILE", help="an article as UTF-8 text; - is stdin")
    parser.add_argument(
        "-v", "--verbose", action="store_true", help="with scores, evidence and what came and went"
    )
    _terminal.add_colour(parser)
    _input.add_policy(parser)
    _input.add_boilerplate(parser)
    _input.add_facts(parser)


def run(arguments: argparse.Namespace) -> int:
    """Clean the article and show how."""
    given = _input.given(arguments) | {"learned": _input.boilerplate(arguments)}
    raw = _input.read(arguments.file)
    article = clean(raw, **given)
    marks = _terminal.Marks(colour=_terminal.wants_colour(arguments.color))
    for part in _marked(raw, article, marks, verbose=arguments.verbose):
        print(part, end="")
    if not (article.text or raw).endswith("\n"):
        print()
    print()
    for line in _summary(article, marks):
        print(line)
    return 0


def _marked(raw: str, article: Article, marks: _terminal.Marks, *, verbose: bool) -> Iterator[str]:
    for part in changes(raw, article.edits):
        if isinstance(part, Change):
            if verbose:
                yield marks.passing(part.passing)
            yield marks.removed(part.removed) + marks.inserted(part.inserted)
            yield marks.aside(f"<{_by([article.edits[n] for n in part.edits], verbose=verbose)}>")
            if part.removed.endswith("\n") and not part.inserted.endswith("\n"):
                yield "\n"
        else:
            yield visible(part)


def _by(edits: list[Edit], *, verbose: bool) -> str:
    if not verbose:
        return ", ".join(dict.fromkeys(edit.rule for edit in edits))
    seen = dict.fromkeys((edit.rule, f"{edit.score:.2f}", edit.evidence) for edit in edits)
    return "; ".join(f"{rule} {score}{': ' if evidence else ''}{evidence}" for rule, score, evidence in seen)


def _summary(article: Article, marks: _terminal.Marks) -> Iterator[str]:
    count = Counter(edit.rule for edit in article.edits)
    by_rule = ", ".join(f"{rule} {n}" for rule, n in count.most_common())
    total = len(article.edits)
    yield marks.strong(f"{total} edit{'' if total == 1 else 's'}") + (f": {by_rule}" if total else "")
    for name in _COLUMNS:
        value = getattr(article, name)
        if value:
            shown = ", ".join(value) if isinstance(value, tuple) else str(value)
            yield f"{marks.strong(name)}: {visible(shown)}"
    if article.defects:
        yield f"{marks.strong('defects')}: {', '.join(article.defects)}"
    for reason in article.review_reasons:
        yield f"{marks.strong('needs review')}: {visible(reason)}"
