"""Messages of a server that failed while it made the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule
from cleanse.rules.markup.gaps import cut
from cleanse.rules.markup.subject import mentions_markup

_BOLD = r"(?:<[ ]?/?[ ]?b[ ]?>)?"
_PHP = re.compile(
    rf"(?:<br ?/?>\s{{0,4}})?{_BOLD}\b(?:PHP )?(?:Warning|Notice|Fatal error|Parse error|Deprecated|Strict Standards|"
    rf"Catchable fatal error|Recoverable fatal error){_BOLD}[ ]?:[ ]{{0,3}}{_BOLD}[^\n]{{1,400}}? in {_BOLD}"
    rf"(?:/|[A-Za-z]:[\\/])[^\s<>]{{1,300}}{_BOLD} on line {_BOLD}\d{{1,6}}{_BOLD}(?:\s{{0,4}}<br ?/?>)?"
)
_OTHER = re.compile(
    r"^[^\S\n]*(?:You have an error in your SQL syntax; check the manual\b[^\n]{0,300}|"
    r"Microsoft OLE DB Provider for \w+[^\n]{0,40} error '[0-9a-f]{8}'[^\n]{0,200}|"
    r"Error establishing a database connection\.?|"
    r"(?:ADODB|Microsoft VBScript)[.\w ]{0,30} error '[0-9a-f]{8}'[^\n]{0,200}|"
    r"\[(?:an error occurred while processing this directive)\])[^\S\n]*$",
    re.M,
)


@rule(
    family=Family.MARKUP,
    gate=r" on line |error in your SQL syntax| error '|a database connection|processing this directive",
    reason="A server that fails half-way prints its complaint, with a path on its own disk, into the page.",
    changes=[
        (
            "The boats came home.\nWarning: fopen(tide.txt): no such file in /srv/tide.php on line 14\nAll.",
            "The boats came home.\nAll.",
        ),
    ],
    leaves=[
        "Warning: the path in the dunes is closed, as the board says on line 3 of its notice.",
        "PHP then says Warning: Undefined variable $tide in /srv/www/tide.php on line 14, and goes on.",
    ],
    defect=Defect.SERVER_MESSAGE,
    order=12,
)
def server_message(draft: Draft) -> Iterator[Finding]:
    """Take out the message; an article that speaks of PHP or its like keeps it."""
    text = draft.text
    spans = sorted(m.span() for pattern in (_PHP, _OTHER) for m in pattern.finditer(text))
    if not spans or mentions_markup(text, spans):
        return
    for start, end in spans:
        yield Finding(*cut(text, start, end), "", 0.9, "a server's message")
