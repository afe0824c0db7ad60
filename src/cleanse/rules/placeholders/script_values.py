"""What a script printed where it had no value: `undefined`, `NaN`, `[object Object]`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule
from cleanse.rules.placeholders.reading import about_placeholders, with_break
from cleanse.rules.spacing.conventions import has_code

_LINE = re.compile(
    r"^[ \t]*(?:[^\W\d_][\w -]{0,30}: ?)?(?:undefined|null|NaN|\[object Object\])(?: [^\W\d_]{1,12}){0,3}[ \t]*$",
    re.M,
)


@rule(
    family=Family.PLACEHOLDERS,
    order=36,
    gate=r"undefined|null|NaN|\[object Object\]",
    reason="Scripts print the name of an empty value where a date, a count or a name was to stand.",
    changes=[
        ("The crane is blue.\nundefined min read\nIt came by sea.", "The crane is blue.\nIt came by sea.")
    ],
    leaves=["The law left the word undefined.", "In JavaScript the answer is\nundefined\nand never null."],
    defect=Defect.WIDGET,
)
def script_value(draft: Draft) -> Iterator[Finding]:
    """Take out a short line that says only that a script had no value."""
    found = list(_LINE.finditer(draft.text))
    if found and not has_code(draft.text) and not about_placeholders(draft):
        for match in found:
            yield Finding(
                match.start(),
                with_break(draft.text, *match.span()),
                "",
                0.75,
                "line with the name of an empty value",
            )
