"""Gates of phrases are never wrong: whatever folds to a phrase opens its gate."""

from __future__ import annotations

import sys
from collections import defaultdict

import re2

from cleanse.phrases import fold, gate


def test_every_code_point_that_folds_to_another_opens_its_gate() -> None:
    spellings = defaultdict(list)
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        if not 0xD800 <= code <= 0xDFFF and fold(character) != character:
            spellings[fold(character)].append(character)
    for folded, characters in spellings.items():
        pattern = re2.compile(gate([f"x{folded}x"]))
        for character in characters:
            assert pattern.search(f"x{character}x"), (folded, hex(ord(character)))


def test_marks_of_patterns_are_plain_characters_in_phrases() -> None:
    phrase = "".join(map(chr, range(0x21, 0x7F)))
    pattern = re2.compile(gate([fold(phrase), "other"], "^", "$"))
    assert pattern.search(phrase) and pattern.search("OTHER") and not pattern.search("oth.r")


def test_phrase_that_begins_with_another_is_found_with_it() -> None:
    assert gate(["read more", "read", "red"]) == gate(["read", "red"])
    assert gate(["read more", "read"], after="$") != gate(["read"], after="$")
