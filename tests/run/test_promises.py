"""What cleaning promises for every text there can be; `benchmarks.fuzz` and `.adversarial` try more of them."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.adversarial import GROWTH, seconds_for, texts
from benchmarks.fuzz import broken_promise, grow, mutate, sentences

GROWN = st.integers(0, 2**32).map(lambda seed: grow(random.Random(seed)))
MUTATED = st.integers(0, 2**32).map(
    lambda seed: mutate(
        random.Random(seed), random.Random(seed).choice(sentences()), grow(random.Random(~seed))
    )
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(GROWN | MUTATED | st.text(max_size=60))
def test_restored_settled_and_not_cleaned_twice(text: str) -> None:
    promise, _ = broken_promise(text, seconds=10)
    assert not promise


# One of each kind: the benchmark has them all.
SLOW = [
    "repeat '<'", "repeat '< '", "repeat '&'", "repeat '['", "repeat '{{'", "repeat '. '", "repeat ' ,'", "space ' '",
    "space '\\n'", "letters '0'", "mojibake 'Ã©'", "mojibake 'â€™'", "markup '<div>'",
    "markup 'a | b\\n'", "markup '|a|b|\\n|-|-|\\n'", "phrase 'READ MORE: '",
    "phrase 'Read more\\n'", "phrase 'By A B\\n'", "prose in one line", "lines that all differ", "nested divs",
    "marks on one letter", "one word", "alternating scripts", "a table of many rows",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", SLOW)
def test_time_for_a_character_does_not_grow(name: str) -> None:
    made = texts()[name]
    seconds_for(made(1000))
    small, large = seconds_for(made(50_000)), seconds_for(made(200_000))
    assert large < 4 * GROWTH * max(small, 0.1)
