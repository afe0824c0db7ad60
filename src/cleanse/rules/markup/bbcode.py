"""Markup in square brackets: bulletin boards and page builders."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.gate import Gate
from cleanse.phrases import vocabulary
from cleanse.rule import Family, rule
from cleanse.rules.markup.gaps import cut
from cleanse.rules.markup.subject import mentions_markup

_WORDS = vocabulary("bbcode")
_WHOLE = set(_WORDS["whole"])
_LETTERS = {"b", "i", "u", "s"}
_NAMES = "|".join(sorted(map(re.escape, _WORDS["paired"]), key=len, reverse=True))
_CODE = re.compile(
    rf"[\[\]](?P<slash>/?)(?P<name>{_NAMES})(?:=(?P<value>[^\[\]\n]{{1,300}}+))?\]|(?P<item>\[\*\])",
    re.I | re.A,
)
# A help page names what a code does between its tags.
_SHOWN = re.compile(
    rf"\[([bius])\](?:\w+ )?(?:{'|'.join(map(re.escape, _WORDS['shown']))})(?: \w+)?\[/\1\]", re.I
)
_SHORTCODE = re.compile(
    r"\[(?P<name>/?[A-Za-z][\w-]{1,40}+)(?P<attributes>(?:\s++[\w-]{1,40}+\s?=\s?(?:\"[^\"\[\]]{0,500}+\"|'[^'\[\]]{0,500}+'|"
    r"[“”″][^“”″\[\]]{0,500}+[“”″]|&quot;[^\[\]&]{0,500}+&quot;))*+)\s*+/?\]",
    re.A,
)


@rule(
    family=Family.MARKUP,
    gate=r"(?i)[\[\]][/a-z0-9*]+\]|[\[\]][a-z0-9]+=",
    reason="Posts copied from a bulletin board keep its codes, whole or torn.",
    changes=[
        ("23:07 ]b]Third note[/b] from the pier", "23:07 Third note from the pier"),
        ("See [url=https://x.example]the map[/url] and [i]wait[/i].", "See the map and wait."),
        ("Look: [img]https://x.example/boat.png[/img] a boat.", "Look: a boat."),
    ],
    leaves=[
        "The vote [b] was counted twice [1], he said [sic].",
        "“[I]ch danke Ihnen”, he wrote [...] and left.",
        "In BBCode, [b]bold[/b] text is written so.",
    ],
    defect=Defect.BBCODE,
    order=50,
)
def bbcode(draft: Draft) -> Iterator[Finding]:
    """Take out codes that are opened and closed; an address stays only where it is what is linked."""
    text = draft.text
    codes = list(_CODE.finditer(text))
    ends: dict[str, list[int]] = {}
    for k, code in enumerate(codes):
        if code["slash"]:
            ends.setdefault(code["name"].lower(), []).append(k)
    if not ends or _SHOWN.search(text) or mentions_markup(text, _spans(codes)):
        return
    opened: dict[str, list[int]] = {}
    gone: set[int] = set()
    whole: list[tuple[int, int]] = []  # first and last code of what goes with all that is in it
    for k, code in enumerate(codes):
        name = (code["name"] or "*").lower()
        if name == "*":
            if "list" in ends:
                gone.add(k)
        elif not code["slash"]:
            opened.setdefault(name, []).append(k)
        elif opened.get(name):
            begin = opened[name].pop()
            gone |= {begin, k}
            if name in _WHOLE:
                whole.append((begin, k))
        elif name not in _LETTERS and code.group().startswith("["):
            gone.add(k)  # its beginning is lost
    for begin, k in whole:
        yield Finding(*cut(text, codes[begin].start(), codes[k].end()), "", 0.85, "an object of a board")
        gone -= {begin, k}
    for k in sorted(gone):
        code = codes[k]
        if not code["item"]:
            yield Finding(*_trimmed(text, code), "", 0.8, f"code {code.group()[:40]}")
        elif _at_line_start(text, codes, k):
            yield Finding(code.start(), code.end(), "- ", 0.8, "an item")
        else:
            yield Finding(code.start(), code.end(), "\n- ", 0.8, "an item")


@rule(
    family=Family.MARKUP,
    gate=Gate(
        r"=[ ]?[\"'“”″&]|\[/?(?:gallery|caption|embed|toc|contact-form-7|audio|video|playlist)\b|"
        r"(?i)\[/?(?:vc_|et_pb_|fusion_|su_|av_|wpv-|wp_|mk_|nectar_|cs_|ux_|tatsu_|elementor-)",
    ),
    reason="Page builders replace these when they render; a feed or another theme does not.",
    changes=[
        ('[caption id="a_7" width="300"]The boat at noon.[/caption] It left.', "The boat at noon. It left."),
        ("Before.\n[gallery ids='1,2,3']\nAfter.", "Before.\nAfter."),
    ],
    leaves=[
        "[Video call from the harbour. Fee waived.]",
        'Write [name="x"] as the selector in CSS.',
        "if [[ -f boat ]]; then echo yes; fi",
    ],
    defect=Defect.BBCODE,
    order=52,
)
def shortcode(draft: Draft) -> Iterator[Finding]:
    """Take out shortcodes; what stands between two of them stays."""
    text = draft.text
    found = [m for m in _SHORTCODE.finditer(text) if _is_shortcode(m)]
    if not found or mentions_markup(text, _spans(found)):
        return
    for match in found:
        start, end = cut(text, *match.span())
        if match["name"] == "gallery" and not match["attributes"] and text[end - 1] == "]":
            continue  # a gallery is a line of its own; within one it is a stage direction
        yield Finding(start, end, "", 0.8, f"shortcode {match['name']}")


def _is_shortcode(match: re.Match[str]) -> bool:
    name = match["name"].lower()
    if match["attributes"] or (
        name in _WORDS["shortcode"] and (name != "gallery" or match.group().islower())
    ):
        return True
    return name.lstrip("/").startswith(_WORDS["prefix"])


def _spans(matches: list[re.Match[str]]) -> list[tuple[int, int]]:
    return [m.span() for m in matches]


def _at_line_start(text: str, codes: list[re.Match[str]], k: int) -> bool:
    """Say whether nothing but the beginning of its list stands before an item on its line."""
    at = codes[k].start()
    if k and codes[k - 1].end() == at and (codes[k - 1]["name"] or "").lower() == "list":
        at = codes[k - 1].start()
    return at == 0 or text[at - 1] == "\n"


def _trimmed(text: str, code: re.Match[str]) -> tuple[int, int]:
    """A code that fills its line goes with it; within a line white space stays as it is."""
    start, end = code.span()
    left, right = text[max(0, start - 1) : start], text[end : end + 1]
    return cut(text, start, end) if left in ("", "\n") and right in ("", "\n") else (start, end)
