"""Template tags and format strings that were never rendered: `{{name}}`, `{% if %}`, `%d people like this:`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.phrases import fold, vocabulary
from cleanse.rule import Family, rule
from cleanse.rules.placeholders.reading import about_placeholders, is_quoted, value, with_break, without
from cleanse.rules.spacing.conventions import is_code

_NAME = r"[ ]?[A-Za-z_$@.'\"][\w.$ |:'\"(),/-]{0,60}"
_TAG = re.compile(
    rf"\{{\{{\{{?(?P<section>[#/^!>][^{{}}\n]{{0,60}}|[ ]?(?:else|end|/)[ ]?\w*[ ]?)\}}\}}\}}?"
    rf"|\{{\{{\{{?(?P<variable>{_NAME})\}}\}}\}}?"
    rf"|\$\{{(?P<dollar>{_NAME})\}}"
    r"|\{%(?P<block>[^{}%\n]{1,80})%\}|<%(?P<server>[^<>%\n]{1,80})%>|\{\{(?P<empty>[ ]*)\}\}"
    r"|\{\{(?P<wiki>(?i:cite|citation|sfn|efn|reflist|refn|webarchive|dead link|cn|clarify)[^{}\n]{0,400})\}\}"
    r"|%%(?P<percent>[a-z_]{2,30})%%"
)
_SHORTCODE = re.compile(r"\[\[(?P<tag>[A-Za-z]\w{0,9}): ?(?P<inside>[^\[\]\n]{1,300})\]\]")
# An object that the content system was to put here: its number, address or settings, no words for readers.
_OBJECT = re.compile(
    r"^[ \t]*(?:\[\[\{[^\n]{1,4000}?\}\]\]|\[\[?(?P<kind>[A-Za-z][A-Za-z_-]{1,20})"
    r"(?: ?[:=] ?[\w./:?&=%#@+-]*\d[\w./:?&=%#@+-]*|:https?://[^\s\[\]]+|[_-]?\d{1,9})\]\]?)[ \t]*$",
    re.M | re.A,
)
_FORMAT = re.compile(r"(?<![\w%{$])(?:%(?:\d\$)?[sd](?!\w)|\{\d\})")
_OBJECTS = frozenset(vocabulary("placeholders")["objects"])
_WIKI = re.compile(
    r"(?i) ?(?:citation needed|cn|clarify|when|who|dubious|dead link|reflist|cite .*|sfn.*|efn.*)"
)
_WIDGET = 40  # code points of what a widget says beside its tags
_LONGEST = 100  # code points of a line that may go as a whole
_BEFORE = re.compile(r"[.!?。！？][\"”’»)]?[ \t]+$")
_AFTER = re.compile(r"[ \t]*(?:\n|\Z)")
_ENDS = re.compile(r"[.!?。！？؟।…][\"”’»)]?\s+\S")


@rule(
    family=Family.PLACEHOLDERS,
    order=30,
    gate=r"\{\{|\$\{|\{%|<%|%%[a-z_]{2}",
    reason="Pages saved before their script ran, and broken templates, show the tags of their template engine.",
    changes=[
        (
            "- Manage your berth {{/id}}\n- Discover the harbour",
            "- Manage your berth\n- Discover the harbour",
        ),
        ("The gates stay open. {{ article.summary }}\n\nAll night.", "The gates stay open.\n\nAll night."),
        ("One story.\nHello {{first_name}}, do you like what you read?\nIts end.", "One story.\nIts end."),
    ],
    leaves=[
        "In a Jinja template {{ title }} is replaced by the title and {% if x %} opens a block.",
        "The set {{1, 2}, {3}} has two members.",
        "for (const a of b) { out.push(`${a.name}`); }",
    ],
    defect=Defect.TEMPLATE,
)
def template_tag(draft: Draft) -> Iterator[Finding]:
    """Take out template tags, or fill them from the record; a greeting or a line of nothing else goes as a line.

    Tags that only open and close blocks carry no text. A variable in the middle of a sentence did: it stays, and
    the article is to be reviewed.
    """
    text = draft.text
    tags = [m for m in _TAG.finditer(text) if not is_quoted(text, *m.span()) and not _in_code(text, m)]
    if not tags or about_placeholders(draft):
        return
    for match in tags:
        start, end = match.span()
        name = match["variable"] or match["dollar"] or match["percent"] or ""
        begin, stop = _line(text, start, end)
        rest = "" if stop < 0 else _TAG.sub("", text[begin:stop]).strip(" \t-*•·|:,.")
        if stop >= 0 and not rest:
            yield Finding(begin, with_break(text, begin, stop), "", 0.8, "a line of template tags")
        elif not name or _WIKI.fullmatch(name):
            space = start > 0 and text[start - 1] == " " and (end == len(text) or not text[end].isalnum())
            yield Finding(start - space, end, "", 0.8, "a tag that carries no text")
        elif filled := value("template", name, draft.context):
            yield Finding(start, end, filled, 0.7, "filled from the record")
        elif _BEFORE.search(text, max(0, start - 4), start) and _AFTER.match(text, end):
            before = text[max(0, start - 4) : start]
            padding = len(before) - len(before.rstrip(" \t"))
            yield Finding(start - padding, end, "", 0.7, "a tag in place of a sentence")
        elif stop >= 0 and (_greets(text[begin:start]) or _is_widget(text[begin:stop], rest)):
            yield Finding(begin, with_break(text, begin, stop), "", 0.8, "a line of a template")
        else:
            yield Finding(start, start, score=0.8, evidence=f"value missing: {match.group()}", review=True)


@rule(
    family=Family.PLACEHOLDERS,
    order=32,
    gate=r"\[\[[A-Za-z][0-9A-Za-z_]{0,9}:",
    reason="Content systems mark headings and quotes with double brackets that their page would have rendered.",
    changes=[("They are back.\n[[H3:The second song]]\nIt was slow.", "They are back.\nThe second song\nIt was slow.")],
    leaves=["The wiki links [[harbour]] and [[File:harbour.jpg]] by name."],
    defect=Defect.TEMPLATE,
)  # fmt: skip
def heading_shortcode(draft: Draft) -> Iterator[Finding]:
    """Keep the text of a `[[H3:...]]` that is a line of its own, without its marks."""
    text = draft.text
    for match in _SHORTCODE.finditer(text):
        start, end = match.span()
        own_line = (start == 0 or text[start - 1] == "\n") and (end == len(text) or text[end] == "\n")
        if own_line and re.fullmatch(
            r"(?i)h[1-6]|p|quote|title|subtitle|cita|zitat|intro|lead", match["tag"]
        ):
            yield Finding(start, match.start("inside"), "", 0.8, "mark of a content system")
            yield Finding(match.end("inside"), end, "", 0.8, "mark of a content system")


@rule(
    family=Family.PLACEHOLDERS,
    order=33,
    gate=r"(?m)^[ \t]*\[\[?[{A-Za-z]",
    reason="Content systems mark where a picture, video or advertisement goes; feeds keep the mark.",
    changes=[
        ("They are back.\n\n[[image:1]]\n\nIt was slow.", "They are back.\n\nIt was slow."),
        ('They are back.\n[[{"fid":"88","type":"media"}]]\nIt was slow.', "They are back.\nIt was slow."),
    ],
    leaves=["He read\n[page 12]\naloud.", "[Image: a boat at noon]", "[video: the band, 1971]", "[Chorus 2]"],
    defect=Defect.TEMPLATE,
)
def object_mark(draft: Draft) -> Iterator[Finding]:
    """Take out a line that names an object of the content system by number or address."""
    text = draft.text
    found = [m for m in _OBJECT.finditer(text) if m["kind"] is None or fold(m["kind"]) in _OBJECTS]
    if found and not about_placeholders(draft):
        for match in found:
            yield Finding(
                match.start(), with_break(text, *match.span()), "", 0.8, "object of a content system"
            )


@rule(
    family=Family.PLACEHOLDERS,
    order=34,
    gate=r"%(?:\d\$)?[sd]|\{\d\}",
    reason="Widgets (likes, breadcrumbs, counters) print the format string that a script was to fill.",
    changes=[
        ("The market opens in May.\n\n%d people like this:", "The market opens in May."),
        ("You are here: {0}\nThe harbour has a new crane.", "The harbour has a new crane."),
    ],
    leaves=[
        "Use %d for a number and %s for a string: printf(\"%d boats\", n);",
        "In C, the sequence\n%d boats\nis printed as it is.",
        "Prices rose by 5%s in March.",
    ],
    defect=Defect.WIDGET,
)  # fmt: skip
def format_string(draft: Draft) -> Iterator[Finding]:
    """Take out a short line with an unfilled format string, unless the text is about programming."""
    text = draft.text
    found = list(_FORMAT.finditer(text))
    if (
        not found
        or about_placeholders(draft)
        or re.search(r"\b(?:C|C\+\+|Java|code|Code|código|PHP|Bash|shell)\b", text)
    ):
        return
    last = -1
    for match in found:
        begin, stop = _line(text, match.start(), match.end())
        if stop < 0 or begin == last:
            continue
        line = text[begin:stop]
        words = re.findall(r"[^\W\d_]{2,}", line)
        if (
            not words
            or any(c in line for c in "\"'=;`\\<>")
            or _ENDS.search(line)
            or is_code(_FORMAT.sub("", line))
        ):
            continue
        last = begin
        yield Finding(
            begin, with_break(text, begin, stop), "", 0.75, f"unfilled {match.group()} in a short line"
        )


def _in_code(text: str, match: re.Match[str]) -> bool:
    """Say whether what surrounds a tag is code, other tags not counted."""
    return is_code(_TAG.sub("", without(text, *match.span())))


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """Give a line's bounds without its break if it is short enough to go as a whole, else an end of -1."""
    begin = text.rfind("\n", max(0, start - _LONGEST), start) + 1
    stop = text.find("\n", end, end + _LONGEST)
    if stop < 0:
        stop = len(text) if end + _LONGEST >= len(text) else -1
    whole = begin > 0 or start < _LONGEST
    return (begin, stop) if whole and 0 <= stop - begin <= _LONGEST else (begin, -1)


def _is_widget(line: str, rest: str) -> bool:
    """Say whether a line with a tag is a counter or a path: short, without an end, with the tag at an end."""
    tag = _TAG.search(line)
    at_an_end = tag is not None and (not line[: tag.start()].strip() or not line[tag.end() :].strip())
    return (
        at_an_end
        and len(rest) <= _WIDGET
        and not line.rstrip().endswith((".", "!", "?", "。"))
        and not _ENDS.search(line)
    )


def _greets(before: str) -> bool:
    return fold(before).strip(" ,!*-") in vocabulary("placeholders")["greetings"]
