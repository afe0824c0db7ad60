"""Measures how near cleaned articles come to what a careful copy editor would keep.

Texts are compared as sequences of tokens: a word (one character where words are not spaced) or one mark, each with
or without a space before it, so ``members .`` and ``members.`` differ. How much white space there is, line breaks,
table rules and bullets do not count. The distance of two texts is how many tokens to delete from one and insert into
it to get the other: what is in neither's longest common subsequence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf" ?(?:[{_UNSPACED}]|[^\W{_UNSPACED}]+|[^\w\s])")
_TABLE_RULE = re.compile(r"^[ \t]*[|:\- \t]{3,}[ \t]*$", re.MULTILINE)
_BULLET = re.compile(r"^[ \t]*[-*•·▪‣][ \t]+", re.MULTILINE)

# Rows of the table behind a word diff, in bits; a diff that would take more shows the differing middle as a whole.
_DIFF_BITS = 1 << 31


def tokens(text: str) -> list[str]:
    """Give the tokens of ``text``."""
    text = _BULLET.sub("", _TABLE_RULE.sub("", text)).replace("|", " ")
    return _TOKEN.findall(" " + " ".join(text.split()))


def common(a: Sequence[str], b: Sequence[str]) -> int:
    """Give the length of the longest common subsequence of ``a`` and ``b``."""
    head, tail = _ends(a, b)
    a, b = a[head : len(a) - tail], b[head : len(b) - tail]
    if not a or not b:
        return head + tail
    *_, last = _rows(a, b)
    return head + tail + len(a) - last.bit_count()


def distance(a: Sequence[str], b: Sequence[str]) -> int:
    """Give how many tokens to delete from ``a`` and insert into it to get ``b``."""
    return len(a) + len(b) - 2 * common(a, b)


def _ends(a: Sequence[str], b: Sequence[str]) -> tuple[int, int]:
    """Give how many tokens are equal at the beginning, and of the rest how many at the end."""
    shorter = min(len(a), len(b))
    head = next((i for i in range(shorter) if a[i] != b[i]), shorter)
    rest = shorter - head
    tail = next((i for i in range(rest) if a[-1 - i] != b[-1 - i]), rest)
    return head, tail


def _rows(a: Sequence[str], b: Sequence[str]) -> Iterator[int]:
    """Give the rows of the table of common subsequences, one for each token of ``b``, as bits.

    Bit i of row j is 0 where the longest common subsequence of ``a[:i + 1]`` and ``b[:j + 1]`` is longer by one than
    that of ``a[:i]``. A row is worked out in a handful of operations on whole integers (Crochemore et al., "A fast
    and practical bit-vector algorithm for the longest common subsequence problem", 2001; Hyyrö 2004).
    """
    places: dict[str, int] = {}
    for i, token in enumerate(a):
        places[token] = places.get(token, 0) | 1 << i
    full = (1 << len(a)) - 1
    row = full
    for token in b:
        matching = row & places.get(token, 0)
        row = (row + matching | row - matching) & full
        yield row


def diff(a: Sequence[str], b: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Give the least difference of ``a`` and ``b``: runs of tokens, each ``("=" | "-" | "+", tokens)`` in order."""
    head, tail = _ends(a, b)
    runs: list[tuple[str, list[str]]] = [("=", list(a[:head]))]
    runs += _middle(a[head : len(a) - tail], b[head : len(b) - tail])
    runs.append(("=", list(a[len(a) - tail :])))
    return [(mark, run) for mark, run in runs if run]


def _middle(a: Sequence[str], b: Sequence[str]) -> list[tuple[str, list[str]]]:
    if not a or not b or len(a) * len(b) > _DIFF_BITS:
        return [("-", list(a)), ("+", list(b))]
    rows = list(_rows(a, b))
    steps: list[tuple[str, str]] = []
    i, j = len(a), len(b)
    while i and j:  # backwards through the table
        if rows[j - 1] >> (i - 1) & 1:
            i -= 1
            steps.append(("-", a[i]))
        elif j > 1 and not rows[j - 2] >> (i - 1) & 1:
            j -= 1
            steps.append(("+", b[j]))
        else:
            i, j = i - 1, j - 1
            steps.append(("=", a[i]))
    steps += [("-", token) for token in reversed(a[:i])] + [("+", token) for token in reversed(b[:j])]
    runs: list[tuple[str, list[str]]] = []
    for mark, token in reversed(steps):
        if runs and runs[-1][0] == mark:
            runs[-1][1].append(token)
        else:
            runs.append((mark, [token]))
    return runs


@dataclass(frozen=True, slots=True)
class Example:
    """What became of a labelled example.

    Attributes:
        name: What to call it.
        gold: Tokens of what it should have become; of two right answers the nearer one.
        clean: Tokens of what it became.
        control: Nothing was wrong with it: it should have come out as it went in.
        before: How far the raw text was from what it should become.
        after: How far the clean text still is.
        lost: How many tokens of ``gold`` are not in the clean text.
    """

    name: str
    gold: list[str]
    clean: list[str]
    control: bool
    before: int
    after: int
    lost: int


def example(name: str, raw: str, gold: str, clean: str, gold_alt: str | None = None) -> Example:
    """Compare what an article was, should become and became; ``gold_alt`` is as good an answer as ``gold``."""
    was, became = tokens(raw), tokens(clean)
    answers = [tokens(gold)] + ([tokens(gold_alt)] if gold_alt is not None else [])
    kept = [common(became, answer) for answer in answers]
    after = [len(became) + len(answer) - 2 * n for answer, n in zip(answers, kept, strict=True)]
    nearest = after.index(min(after))
    answer = answers[nearest]
    before = distance(was, answer)
    control = before == 0 or was == answers[0]
    return Example(name, answer, became, control, before, after[nearest], len(answer) - kept[nearest])


@dataclass(frozen=True, slots=True)
class Score:
    """The measure over some examples; ``None`` where there was nothing to measure.

    Attributes:
        articles: How many examples there are.
        error_reduction: 1 - (distance after / before), the mean over examples that needed work, none below -1: 1 is
            perfect, 0 is doing nothing, less is doing harm.
        pooled: The same of the sums over all of them, so that long damage counts more.
        exact: Share of examples that needed work and came out exactly right.
        untouched: Share of examples that needed nothing and came out unchanged.
        lost_per_10k: Tokens of the right answers that are gone, per 10,000.
    """

    articles: int
    error_reduction: float | None
    pooled: float | None
    exact: float | None
    untouched: float | None
    lost_per_10k: float | None


def score(examples: Iterable[Example]) -> Score:
    """Measure ``examples``."""
    of = list(examples)
    work = [one for one in of if not one.control]
    rest = [one for one in of if one.control]
    before, after = sum(one.before for one in work), sum(one.after for one in work)
    return Score(
        len(of),
        _share(sum(max(-1.0, 1 - one.after / one.before) for one in work), len(work)),
        round(1 - after / before, 4) if before else None,
        _share(sum(one.after == 0 for one in work), len(work)),
        _share(sum(one.after == 0 for one in rest), len(rest)),
        _share(1e4 * sum(one.lost for one in of), sum(len(one.gold) for one in of)),
    )


def _share(part: float, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
