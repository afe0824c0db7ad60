"""Runs of blank lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule
from cleanse.rules.spacing.conventions import BLANK

RUN = re.compile(r"(?<=\n)(?:[^\S\n]*\n){2,}")
GATE = rf"\n{BLANK}*\n{BLANK}*\n"


@rule(
    family=Family.SPACING,
    order=5,
    gate=GATE,
    reason="Templates leave runs of blank lines where a picture, an advertisement or an empty element stood.",
    changes=[("One story.\n\n\n\nIts end.", "One story.\n\nIts end.")],
    leaves=["One paragraph.\n\nAnother one.", "One line.\nAnother line."],
    defect=Defect.BLANK_LINES,
)
def surplus_blank_lines(draft: Draft) -> Iterator[Finding]:
    """Make one blank line of two and more.

    It runs before the families that take out lines, so that what they leave behind is not reported as damage.
    """
    for match in RUN.finditer(draft.text):
        if match.start() > 1:  # blank lines at the very beginning are no gap between paragraphs
            yield Finding(
                match.start(), match.end(), "\n", 1.0, f"{match.group().count(chr(10))} blank lines"
            )
