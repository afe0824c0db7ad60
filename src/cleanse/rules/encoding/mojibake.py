"""UTF-8 that was read as something else, once or several times: `cafÃ©`, `â€“`, `Ð¼Ð¸Ñ€`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftfy import ExplanationStep, TextFixerConfig, fix_and_explain
from ftfy.badness import BADNESS_RE

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.gate import PatternSet
from cleanse.rule import Family, rule
from cleanse.rules.encoding.spans import changed_spans, trimmed
from cleanse.rules.encoding.subject import about_encoding, quoted

# ftfy repairs, and does nothing more. Entities are left to the markup rules: unescaped here, `&lt;b&gt;` would be
# stripped as a tag later. Quotes, ligatures and full-width forms are typography (folding the width damages Chinese
# and Japanese punctuation). Control characters, surrogates and terminal escapes have rules of their own.
REPAIR_ONLY = TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
)

# What a repair leaves where the continuation bytes of one letter after the other are gone.
_LOST = re.compile("[\u00c2\u00c3]{2}")

_SENTENCE_START = re.compile(r"(?:^|[.!?]\s|\n)\Z")

_LETTERS = re.compile(r"[^\W\d_]*")
_SHOWN = 12  # code points of a damaged character or two that are shown between quotes
_NEAR = 60  # code points within which a word and its damaged form are compared by a sentence

_PIECE = 10_000  # code points of a line that ftfy gets at once: it tries ten encodings on each


def _as_re2(verbose: str) -> str:
    """Rewrite ftfy's verbose expression for RE2, which has no verbose mode and knows white space and words of ASCII."""
    pattern = re.sub(r"(?m)(?:^|\s)#.*$", "", verbose)
    pattern = re.sub(r"\[[^\]]*\]|\s+", lambda m: m.group() if m.group()[0] == "[" else "", pattern)
    # Unicode white space; and whatever may be a letter or digit in some version of Unicode.
    pattern = pattern.replace(r"\s", r"[\s\x{b}\x{1c}-\x{1f}\x{85}\pZ]").replace(
        r"\w", r"(?:_|[^\pP\pS\pZ\pM\p{Cc}])"
    )
    return "(?m)" + pattern


# ftfy changes nothing in a text that has none of these pairs, and they are rare: of 421 articles in nine languages
# none opens this gate, so a clean article costs what RE2 costs.
GATE = _as_re2(BADNESS_RE.pattern)
_SOMEWHERE = PatternSet([(0, GATE)])


@rule(
    family=Family.ENCODING,
    gate=GATE,
    reason="UTF-8 that was decoded as Windows-1252, Latin-1 or another one-byte encoding, once or more often.",
    changes=[
        (
            "The cafÃ© on the quay â€“ rebuilt twice â€“ opens again.",
            "The café on the quay – rebuilt twice – opens again.",
        ),
        ("Three ferries â\x80\x94 all of them late.", "Three ferries — all of them late."),
    ],
    leaves=[
        "Whoever reads UTF-8 as Latin-1 sees Ã¤ where an ä was.",
        "The sign above the door read 'Ã¤', and nobody knew why.",
        "«Où ça?» demanda-t-il. «À l’hôtel», répondit-elle – trop tard…",
        "SÃO PAULO: NÃO É BEM ASSIM, DIZ A CÂMARA.",
    ],
    defect=Defect.MOJIBAKE,
    order=30,
)
def mojibake(draft: Draft) -> Iterator[Finding]:
    """Put back what the bytes say, line by line, each place on its own.

    Left alone and flagged: lines that the repair leaves as bad as they were, where bytes are lost for good.
    Left alone: texts that are about encodings, and what is shown: between quotes, or beside its good form.
    """
    text = draft.text
    bad = [n for n in draft.lines if not n.content.isascii() and _is_bad(text[n.start : n.end])]
    if not bad or about_encoding(text):
        return
    found: list[Finding] = []
    beside: list[Finding] = []  # what stands near its good form: it is shown
    for line in bad:
        start = line.start
        while start < line.end:
            end = min(start + _PIECE, line.end)
            if end < line.end:  # not inside a sequence
                end = text.rfind(" ", start, end) + 1 or end
            for finding, is_shown in _repaired(text, start, end):
                (beside if is_shown else found).append(finding)
            start = end
    # A text that shows damage beside its good form again and again may show some more by itself.
    if len(beside) > 1 and len(found) <= len(beside) and all(f.end - f.start <= _SHOWN for f in found):
        return
    # What stands between quotes in a text without other damage is shown; in a damaged one it is damaged, too.
    shown = [f for f in found if f.inserted and quoted(text, f.start, f.end)]
    few = len(found) - len(shown) <= 2 and all(f.end - f.start <= _SHOWN for f in shown)
    yield from (f for f in found if not few or not f.inserted or not quoted(text, f.start, f.end))


def _is_bad(line: str) -> bool:
    """Say whether a line has a pair of ftfy's; RE2 rules most lines out in a tenth of the time."""
    return _SOMEWHERE.possible(line) and BADNESS_RE.search(line) is not None


def _repaired(text: str, start: int, end: int) -> Iterator[tuple[Finding, bool]]:
    """Yield what ftfy would put right, and whether the good form stands near by: then it is shown."""
    old = text[start:end]
    fixed = fix_and_explain(old, REPAIR_ONLY)
    before, after = len(BADNESS_RE.findall(old)), len(BADNESS_RE.findall(fixed.text))
    if (after and 5 * after >= before) or _LOST.search(fixed.text):
        if before > 1 or fixed.text != old:
            yield Finding(start, start, evidence="mojibake that has lost bytes", review=True), False
        return
    evidence = " then ".join(_step(s) for s in fixed.explanation or [])
    spans = list(changed_spans(old, fixed.text))
    if any(len(inserted) > stop - at for at, stop, inserted in spans):
        # Bytes that are read rightly are fewer characters. Where one place seems to gain some, both forms were laid
        # beside each other wrongly, and half of such a change would make the text longer in every round.
        spans = list(trimmed(old, 0, len(old), fixed.text))
        if not all(c.isalpha() or c.isspace() for _, _, inserted in spans for c in inserted):
            yield (
                Finding(start, start, evidence="mojibake among what cannot be told from it", review=True),
                False,
            )
            return
    for at, stop, inserted in spans:
        if " " in old[at:stop]:
            # ftfy took a space for a lost byte 0xA0. Letters gain by that; daggers and Braille are made up.
            if not all(c.isalpha() or c.isspace() for c in inserted):
                continue
            if inserted == "\xa0" and at and old[at - 1] == " ":
                inserted = ""
        if (
            inserted[:1] == "à"
            and _SENTENCE_START.search(old, max(0, at - 3), at)
            and old[stop : stop + 1] in " à"
        ):
            # À, É or another capital whose second byte is gone: ftfy says à.
            yield (
                Finding(start + at, start + at, evidence="a capital that has lost a byte", review=True),
                False,
            )
        else:
            repair = Finding(
                start + at, start + stop, inserted, evidence=evidence, review="\ufffd" in inserted
            )
            yield repair, _shown(old, at, stop, inserted)


def _shown(line: str, at: int, stop: int, inserted: str) -> bool:
    """Say whether the word stands near by in good form, too: `MÃ¼ller instead of Müller` is about the damage."""
    if not inserted.isalpha():
        return False
    before = _LETTERS.match(line[max(0, at - 20) : at][::-1])
    after = _LETTERS.match(line, stop, stop + 20)
    word = (before.group()[::-1] if before else "") + inserted + (after.group() if after else "")
    near = line[max(0, at - _NEAR) : at] + " " + line[stop : stop + _NEAR]
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", near) is not None


def _step(step: ExplanationStep) -> str:
    return f"{step.action} {step.parameter}"
