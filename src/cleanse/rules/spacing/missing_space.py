"""A space is missing after a mark: `Ultimately,this`, `in June.The`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.phrases import fold, vocabulary
from cleanse.rule import Family, rule
from cleanse.rules.spacing.conventions import CodeSigns, code_signs

# A word of two letters and more to each side; the mark is not part of a number, an initial or an abbreviation of one.
# Each begins with its mark, and looks back from there: Python's engine then skips what is none.
_COMMA = re.compile(r",(?<=[^\W\d_]{2},)(?=[^\W\d_]{2})")
_INVERTED = re.compile(r"(?<=[^\W\dA-Z_]|[.,;:?!…)»”])(?=[¿¡][^\W\d_][^\W\dA-Z_])")
_STOP = re.compile(r"([.?!])(?<=[^\W\d_]{3}[.?!])(?=[^\W\d_])")
_RUN = re.compile(r"\S*\Z")
_REST = re.compile(r"\S*")
_WORD = re.compile(r"[^\W\d_]+")
_REACH = 60  # code points to each side in which the ends of a run without spaces are looked for
_ADDRESS = re.compile(r"[/@=#&_\\|<>{}\[\]~+*]|www\.|https?:")
# Behind a closing mark or before an opening one: `“Stop.”The`, `(Reuters)The`, `said:“Stop`.
_CLOSED = re.compile(r"”(?<=[.,!?…]”)(?=[^\W\d_])|\)(?=[^\W\d_]{3})")
_BRACKETED = re.compile(r" \([^\W\d_]{3}[\w .-]{0,40}\Z")
_OPENED = re.compile(r"“(?<=[^\W\d_]{2}[,:;.!?]“)(?=[^\W_])")
_QUOTE_REACH = 400  # code points before a closing quote in which the opening one is looked for
_YEAR = re.compile(r"\.(?<=\d\d\.)(?=[^\W\d_]{2})")
_ENDS_IN_YEAR = re.compile(r"(?<![\d.,/:-])(?:1[89]|20)\d\d\Z")


_L = r"[\pL\p{Nl}\p{No}]"  # for the gate: what [^\W\d_] matches


@rule(
    family=Family.SPACING,
    order=60,
    gate=rf"{_L}{_L},{_L}{_L}|{_L}{_L}{_L}[.?!]{_L}|\S[¿¡]{_L}|[.,!?…]”{_L}|\){_L}{_L}{_L}|{_L}{_L}[,:;.!?]“"
    rf"|\p{{Nd}}\p{{Nd}}\.{_L}{_L}",
    reason="Joined lines and careless templates lose the space between one sentence, or part of one, and the next.",
    changes=[
        ("Ultimately,this was the harbour’s day.", "Ultimately, this was the harbour’s day."),
        ("Llegó el barco.¿Quién lo esperaba?", "Llegó el barco. ¿Quién lo esperaba?"),
        ("¿Quién lo ha visto?Nadie en el puerto.", "¿Quién lo ha visto? Nadie en el puerto."),
        ("The boats stayed at home.The wind did not.", "The boats stayed at home. The wind did not."),
    ],
    leaves=[
        "Write to Booking.com, Node.js or Lenta.ru, J.K.Rowling in St.Petersburg or to a Ph.D. at 9 a.m. in the U.S.",
        "See https://example.org/a,b?Query=Yes.No or call math.Floor(x) and socket.Connect(host).",
        "alpha,beta,gamma are the columns.",
        "Yahoo!Finance fell by 3,5 percent.",
    ],
    defect=Defect.MISSING_SPACE,
)
def missing_space(draft: Draft) -> Iterator[Finding]:
    """Put a space after a comma, full stop, question or exclamation mark that joins two words, and before ¿ and ¡."""
    text = draft.text
    code = code_signs(draft)
    for match in _COMMA.finditer(text):
        run = _run(text, match.start())
        if run.count(",") > 1 or _ADDRESS.search(run) or not _spaced_script(text, match.start()):
            continue
        if not code.near(*match.span()):
            yield Finding(match.end(), match.end(), " ", 0.8, "comma between two words")
    for match in _INVERTED.finditer(text) if "¿" in text or "¡" in text else ():
        before = text[match.start() - 1]
        if not before.isupper() and not _ADDRESS.search(_run(text, match.start())):
            score = 0.9 if before in ".,;:?!…" else 0.6
            yield Finding(match.start(), match.start(), " ", score, "no space before ¿ or ¡")
    for match in _STOP.finditer(text):
        score, evidence = _judge_stop(text, match, code)
        if score:
            yield Finding(match.end(), match.end(), " ", score, evidence)
    yield from _at_closing_marks(text, code)


def _at_closing_marks(text: str, code: CodeSigns) -> Iterator[Finding]:
    for match in _CLOSED.finditer(text):
        end = match.end()
        if text[end - 1] == ")" and not _BRACKETED.search(text, max(0, end - 46), end - 1):
            continue
        following = _WORD.match(text, end, end + _REACH)
        if (
            not following
            or not _is_plain(text[end - 1 - (text[end - 1] in "”)")])
            or _ADDRESS.search(_run(text, end))
        ):
            continue
        word = following.group()
        if text[end - 1] == "”":
            begin = max(text.rfind("\n", max(0, end - _QUOTE_REACH), end), end - _QUOTE_REACH, 0)
            # Finnish and Swedish open with the same mark that English closes with.
            if text.rfind("“", begin, end) <= text.rfind("”", begin, end - 1) or not _is_plain(word[0]):
                continue
        elif not (
            word[0].isupper() and word[1:].islower() and fold(word) in vocabulary("spacing")["openers"]
        ):
            continue
        if not code.near(end, end):
            yield Finding(end, end, " ", 0.7, "behind a closing mark")
    for match in _OPENED.finditer(text):
        at = match.start()
        if _is_plain(text[at - 2]) and not code.near(at, at):
            yield Finding(at, at, " ", 0.7, "before an opening quote")
    for match in _YEAR.finditer(text):
        if not _ENDS_IN_YEAR.search(text[max(0, match.start() - 5) : match.start()]):
            continue
        following = _WORD.match(text, match.end(), match.end() + _REACH)
        word = following.group() if following else ""
        if (
            word[:1].isupper()
            and fold(word) in vocabulary("spacing")["openers"]
            and not code.near(match.start() - 4, match.end())
        ):
            yield Finding(match.end(), match.end(), " ", 0.7, "a year, then a word that opens sentences")


def _judge_stop(text: str, match: re.Match[str], code: CodeSigns) -> tuple[float, str]:
    at, mark = match.start(), match.group(1)
    following = _WORD.match(text, at + 1, at + 1 + _REACH)
    head = text[max(0, at - _REACH) : at]
    preceding = re.search(r"[^\W\d_]+\Z", head)
    if not following or not preceding or not _spaced_script(text, at):
        return 0.0, ""
    before, after = preceding.group(), following.group()
    if (
        not after[0].isupper()
        or (len(after) > 1 and not after[1:].islower())
        or after.lower() in vocabulary("spacing")["endings"]
    ):
        return 0.0, ""
    behind = text[following.end() : following.end() + 1]
    run = _run(text, at)
    if (behind and behind in "(._=:/[{@") or _ADDRESS.search(run) or code.near(at, at):
        return 0.0, ""
    if fold(before) in vocabulary("spacing")["abbreviations"] and mark == ".":
        return 0.0, ""
    opens = fold(after) in vocabulary("spacing")["openers"]
    if before.islower():
        if preceding.start() and head[preceding.start() - 1] in ".-_":
            return 0.0, ""  # `p.m.Then`, `e-mail.Body`: not sure what these are
        return (0.85 if opens else 0.7), f"{mark} between a small word and a capital"
    # After a name it takes a word that opens sentences: `in Bergen.The`, but `System.Out` and `Yahoo!Finance` stay.
    if opens and mark != "!" and len(before) > 3:
        return 0.7, f"{mark} before a word that opens sentences"
    return 0.0, ""


def _run(text: str, at: int) -> str:
    """Give what stands round ``at`` without white space, within reach."""
    head = _RUN.search(text[max(0, at - _REACH) : at])
    tail = _REST.match(text, at, at + _REACH)
    return (head.group() if head else "") + (tail.group() if tail else "")


def _spaced_script(text: str, at: int) -> bool:
    """Say whether the letters on both sides are of an alphabet that sets a space after its marks."""
    return _is_plain(text[at - 1]) and _is_plain(text[at + 1])


def _is_plain(c: str) -> bool:
    """Say whether a code point is of Latin, Greek or Cyrillic script, or a mark that they share."""
    return c < "\u0530" or "\u1e00" <= c < "\u2000" or c in "…”“’"
