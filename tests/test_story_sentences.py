"""Sentences of stories that begin as furniture does: `Subscribe to the theory ...`, `Folgen Sie dem Fluss ...`.

Each stands as the first, a middle and the last paragraph and inside one, and stays there.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import cleanse

SENTENCES = (Path(__file__).parent / "cases" / "sentences.txt").read_text(encoding="utf8").splitlines()
ABOVE = (
    "The harbour board met on Monday to hear what the islanders had to say about the ferry, the fares and the long "
    "winter ahead."
)
BELOW = (
    "Nobody from the company was there to answer, and the meeting ended after two hours without a vote on the new "
    "timetable."
)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_story_s_sentence_stays(sentence: str) -> None:
    for text in (
        f"{sentence}\n\n{ABOVE}\n\n{BELOW}",
        f"{ABOVE}\n\n{sentence}\n\n{BELOW}",
        f"{ABOVE}\n\n{BELOW}\n\n{sentence}",
        f"{ABOVE} {sentence} {BELOW}",
        f"{ABOVE}\n{BELOW} {sentence}",
    ):
        article = cleanse.clean(text)
        assert sentence in f"{article.title}\n{article.text}", text
