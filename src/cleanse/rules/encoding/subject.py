"""Is the damage what the text is about? Articles on encodings and on look-alike letters show it on purpose."""

from __future__ import annotations

import re

import re2

from cleanse.gate import PatternSet
from cleanse.phrases import fold, vocabulary

# Left-over markup names a charset as well, and addresses do (`?utf8=1`); neither talks about it.
_DECLARED = re.compile(r"""charset\s*=\s*["']?[\w-]*|(?:https?://|www\.)\S+""", re.IGNORECASE)

_OPENING = "\"'“”„‘’‚«»‹›「『《〈([{`‛′"
_CLOSING = "\"'“”„‘’‚«»‹›」』》〉)]}`‛′"


def _pattern(use: str) -> re.Pattern[str]:
    phrases = sorted(vocabulary("about_encoding")[use], key=len, reverse=True)
    # Scripts with spaces need the phrase to begin a word ("ascii", not "fascist").
    return re.compile("|".join(rf"(?<!\w){re.escape(p)}" if p.isascii() else re.escape(p) for p in phrases))


def _somewhere(use: str) -> PatternSet:
    """Give the phrases wherever they stand: RE2 rules most texts out, where Python's engine needs 1 ms a kilobyte."""
    return PatternSet([(0, "|".join(map(re2.escape, vocabulary("about_encoding")[use])))])


_ENCODING, _ENCODING_SOMEWHERE = _pattern("encoding"), _somewhere("encoding")
_LOOK_ALIKE, _LOOK_ALIKE_SOMEWHERE = _pattern("look_alike"), _somewhere("look_alike")


def _names(phrases: re.Pattern[str], somewhere: PatternSet, text: str) -> bool:
    return somewhere.possible(fold(text)) and phrases.search(fold(_DECLARED.sub(" ", text))) is not None


def about_encoding(text: str) -> bool:
    """Say whether ``text`` names encodings, or damage to them."""
    return _names(_ENCODING, _ENCODING_SOMEWHERE, text)


def about_look_alikes(text: str) -> bool:
    """Say whether ``text`` names look-alike or invisible letters as a trick, or encodings."""
    return _names(_LOOK_ALIKE, _LOOK_ALIKE_SOMEWHERE, text) or about_encoding(text)


def quoted(text: str, start: int, end: int) -> bool:
    """Say whether ``text[start:end]`` stands alone between quotes or brackets, as a thing shown does."""
    return start > 0 and end < len(text) and text[start - 1] in _OPENING and text[end] in _CLOSING
