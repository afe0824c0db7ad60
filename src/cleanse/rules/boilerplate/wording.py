"""What a line says, wherever it stands: reported speech, the terms of notices, a page's parts, titles."""

from __future__ import annotations

import re
from functools import cache

from cleanse.lines import HEADLINE_WIDTH, width
from cleanse.phrases import any_of, vocabulary
from cleanse.rules.boilerplate.openings import UNSPACED, Opening


def headline(text: str) -> bool:
    """Say whether ``text`` could be the title of another story: begun with a capital, without a full stop."""
    if width(text) > HEADLINE_WIDTH or (
        text.endswith((".", "。", ",", ";", "،", "।", "۔")) and text[-2:] != ".."
    ):
        return False
    first = next((c for c in text if c.isalnum()), "")
    return first != "" and not first.islower() and (" " in text or width(text) > 12)


@cache
def speech() -> re.Pattern[str]:
    """Give what reports speech: a story quotes prompts, and prompts quote nobody."""
    phrases = vocabulary("boilerplate_author_bio")["speech"]
    spaced = any_of(p for p in phrases if not UNSPACED.search(p))
    return re.compile(rf"(?<!\w)(?:{spaced})(?!\w)|{any_of(p for p in phrases if UNSPACED.search(p))}")


@cache
def terms() -> re.Pattern[str]:
    """Give what notices on cookies, privacy and terms name, one of them at least."""
    uses = vocabulary("boilerplate_consent")
    spaced = {p for p in (*uses["terms"], *uses["contains"]) if not UNSPACED.search(p)}
    return re.compile(
        rf"(?<!\w)(?:{any_of(spaced)})|{any_of(p for p in uses['terms'] if UNSPACED.search(p))}"
    )


def is_shouted(opening: Opening) -> bool:
    """Say whether a label of several words stands in capitals before a title that does not: `SEE ALSO: Who left?`."""
    lead = opening.lead
    return opening.sign in (":", "|") and " " in lead and lead.isupper() and not opening.rest.isupper()


@cache
def of_pages() -> re.Pattern[str]:
    """Give what pages speak of and stories seldom do."""
    names = vocabulary("boilerplate_page")["names"]
    spaced = any_of(n for n in names if not UNSPACED.search(n))
    return re.compile(rf"(?<!\w)(?:{spaced})|{any_of(n for n in names if UNSPACED.search(n))}")
