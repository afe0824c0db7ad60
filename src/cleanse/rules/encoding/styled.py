"""Sentences in mathematical or full-width letters: `𝐓𝐡𝐞 𝐭𝐚𝐥𝐤𝐬 𝐞𝐧𝐝𝐞𝐝`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule

# Bold, italic, script, double-struck, sans-serif and typewriter alphabets of mathematics, with the letters that
# have older code points (ℎ, ℬ, ℝ ...), and the full-width forms of ASCII.
_MATHEMATICAL = "\U0001d400-\U0001d7ff\u2102\u210a-\u2115\u2118-\u211d\u2124\u2128\u212c\u212d\u212f-\u2134"
_WIDE = "\uff01-\uff5e"
_STYLED = f"[{_MATHEMATICAL}{_WIDE}]"
_WORD = re.compile(f"[{_MATHEMATICAL}]{{2,}}|[\uff10-\uff5a]{{2,}}")
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_RUN = re.compile(f"{_STYLED}(?:{_STYLED}|[\\s.,;:!?'’“”\"()–—-]|\\d)*{_STYLED}|{_STYLED}")

FEWEST_WORDS = 5  # in a row: a sentence, where a word or a name is emphasis


def _re2(letters: str) -> str:
    return re.sub(r"[^\x00-\x7f]", lambda m: f"\\x{{{ord(m.group()):x}}}", letters)


@rule(
    family=Family.ENCODING,
    gate=f"[{_re2(_MATHEMATICAL)}]{{2}}|[\\x{{ff10}}-\\x{{ff5a}}]{{2}}",
    reason="Whole sentences are set in letters of mathematics so that they stand out, or so that copies are not found.",
    changes=[("𝐓𝐡𝐞 𝐭𝐚𝐥𝐤𝐬 𝐞𝐧𝐝𝐞𝐝 𝐥𝐚𝐬𝐭 𝐧𝐢𝐠𝐡𝐭. All slept.", "The talks ended last night. All slept.")],
    leaves=[
        "We are 𝐬𝐨 𝐠𝐥𝐚𝐝 to see you.",
        "Let 𝑥 ∈ ℝ and 𝑓 = 𝑎𝑏𝑐.",
        "ＮＨＫは９日、ＡＢＣ放送のニュースを伝えた。",
    ],
    defect=Defect.HOMOGLYPHS,
    order=75,
)
def styled_letters(draft: Draft) -> Iterator[Finding]:
    """Write runs of five words and more in plain letters.

    Left alone: single words, which are emphasis; formulas, whose letters stand alone; full-width letters in a text
    in Chinese, Japanese or Korean, where they are typography.
    """
    text = draft.text
    if not _WORD.search(text):
        return
    east_asian: bool | None = None
    for match in _RUN.finditer(text):
        run = match.group()
        words = [w.group() for w in _WORD.finditer(run)]
        if len(words) < FEWEST_WORDS or 2 * sum(map(len, words)) < len(run):
            continue
        if "\uff01" <= words[0][0] <= "\uff5e":
            east_asian = _EAST_ASIAN.search(text) is not None if east_asian is None else east_asian
            if east_asian:
                continue
        for styled in re.finditer(f"{_STYLED}+", run):
            at = match.start() + styled.start()
            plain = unicodedata.normalize("NFKC", styled.group())
            yield Finding(
                at,
                at + len(styled.group()),
                plain,
                score=0.8,
                evidence="a sentence in letters of mathematics",
            )
