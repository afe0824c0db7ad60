"""How sure it is that a candidate is a leftover tag.

`strong >` in one sentence is a comparison, in a text with ten spaced tags it is the end of an element. So each
candidate is weighed by its form and name, by where it stands, by its partner, and by how many others of the text
leave no doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cleanse.draft import Draft
from cleanse.rules.markup.names import CERTAIN, LETTERS, NOUNS, PLAIN
from cleanse.rules.markup.scan import Form, Tag, scan
from cleanse.rules.markup.subject import is_about_markup

SURE = 0.5  # from here on a candidate counts as a tag
_PARTNER = 1500  # code points between the tags of an element within a line
_ALONE = 4  # torn ends that are believed without any tag that has its beginning
_TWIN = 200
_QUANTITY = tuple("0123456789=€$£")
_STOPS = tuple(".,;:!?…”’\"')。！？")
_SUBJECT = 0.2  # the most that a tag scores where markup is the subject


class Judged(
    NamedTuple
):  # here and below: a page may have a million, and a frozen dataclass takes four times as long
    """A tag and how likely it is a leftover, 0 to 1."""

    tag: Tag
    score: float


class _Place(NamedTuple):
    """Where a candidate stands.

    Attributes:
        first: Nothing but a bullet is before it on its line.
        last: Nothing is behind it on its line.
        beside: Another candidate touches it.
        opened: A candidate before it opens an element of its name.
        closed: A candidate behind it may close one.
        twin: Another of its name that lost its beginning too is within reach: the two may be one element's.
        paired: Its element's other tag is within reach and has lost its beginning too, but for the slash of the end.
        number: A digit or sign of equality follows.
        stopped: Punctuation is before it.
    """

    first: bool
    last: bool
    beside: bool
    opened: bool
    closed: bool
    twin: bool
    paired: bool
    number: bool
    stopped: bool

    @property
    def edge(self) -> bool:
        return self.first or self.last or self.beside


def judge(draft: Draft) -> list[Judged]:
    """Give the text's candidates with their scores; worked out once for a draft."""
    kept: dict[str, list[Judged]] = draft.__dict__
    if "markup_judged" not in kept:
        kept["markup_judged"] = _judge(draft)
    return kept["markup_judged"]


def _judge(draft: Draft) -> list[Judged]:
    tags = scan(draft)
    if not tags:
        return []
    places = _places(draft.text, tags)
    firm = [_is_firm(tag, place) for tag, place in zip(tags, places, strict=True)]
    support = sum(firm)
    if (
        support < _ALONE
        and not any(map(_is_torn_end, tags, places))
        and not any(place.paired for place in places)
        and sum(place.last for place in places) < 2
        and all(t.form is Form.BEHEADED for t in tags)
    ):
        return [Judged(tag, 0.0) for tag in tags]  # `ul > li > a` is a path
    scores = [_score(t, p, support - f) for t, p, f in zip(tags, places, firm, strict=True)]
    likely = [tag for tag, score in zip(tags, scores, strict=True) if score >= SURE]
    most = _SUBJECT if likely and is_about_markup(draft, likely) else 1.0
    return [Judged(tag, round(min(score, most), 3)) for tag, score in zip(tags, scores, strict=True)]


def _places(text: str, tags: Sequence[Tag]) -> list[_Place]:
    far = len(text) + _PARTNER
    closed_at: dict[str, int] = {}
    next_twin: dict[str, int] = {}
    closed: list[bool] = []
    twinned: list[bool] = []
    for tag in reversed(tags):
        # A whole tag is closed by a whole one: `x<b>y` and `b>y` are comparisons.
        nearest = closed_at.get(tag.name, far)
        other = closed_at.get(tag.padded * tag.name + ">", far)
        closed.append((nearest if nearest < other else other) - tag.end < _PARTNER)
        twinned.append(next_twin.get(tag.name, len(text) + _TWIN) - tag.end < _TWIN)
        if tag.closing is not False:
            closed_at[tag.name if tag.closing else tag.name + ">"] = tag.start
        if tag.closing is None:
            next_twin[tag.name] = tag.start
    closed.reverse()
    twinned.reverse()
    paired = _paired(text, tags)
    opened_at: dict[str, int] = {}
    twin_at: dict[str, int] = {}
    places: list[_Place] = []
    last_end, size = 0, len(text)
    for i, tag in enumerate(tags):
        next_start = tags[i + 1].start if i + 1 < len(tags) else size
        whole = tag.form is Form.FULL  # of which less is asked
        if whole and last_end == tag.start and tag.end == next_start:
            opened = tag.start - opened_at.get(tag.name, -_PARTNER - 1) < _PARTNER
            first, last = tag.start == 0, tag.end == size
            places.append(
                _Place(first, last, not (first and last), opened, closed[i], False, False, False, False)
            )
            last_end = tag.end
            if not tag.closing:
                opened_at[tag.name] = tag.end
            continue
        before, after = (
            text[max(last_end, tag.start - 60) : tag.start],
            text[tag.end : min(next_start, tag.end + 60)],
        )
        line_before, line_after = before.rpartition("\n"), after.partition("\n")
        blank_before, blank_after = not line_before[2].strip("-*•·▪‣– \t\xa0"), not line_after[0].strip()
        places.append(
            _Place(
                first=blank_before and (bool(line_before[1]) or tag.start == len(before)),
                last=blank_after and (bool(line_after[1]) or tag.end + len(after) == size),
                beside=(i > 0 and tag.start - last_end < 60 and not before.strip())
                or (i + 1 < len(tags) and next_start - tag.end < 60 and not after.strip()),
                opened=tag.start - opened_at.get(tag.name, -_PARTNER - 1) < _PARTNER,
                closed=closed[i],
                paired=i in paired,
                twin=not whole and (tag.start - twin_at.get(tag.name, -_TWIN - 1) < _TWIN or twinned[i]),
                number=not whole and line_after[0].lstrip()[:1] in _QUANTITY,
                stopped=not whole
                and before.rstrip()[-1:] in _STOPS
                and not before.endswith((" .", " ..", "\n.")),  # of a path
            )
        )
        last_end = tag.end
        if tag.closing is False:
            opened_at[tag.name] = tag.end
        elif tag.closing is None:
            twin_at[tag.name] = tag.end
    return places


def _reach(tag: Tag) -> int:
    return _PARTNER if tag.name == "p" else _TWIN


def _ends(text: str, at: int) -> bool:
    return text[max(0, at - 4) : at].rstrip()[-1:] in tuple('.!?…”’"。！？')


def _paired(text: str, tags: Sequence[Tag]) -> set[int]:
    """Give the indexes of the tags in `strong>Both torn/strong>`: neither a path nor a comparison looks so."""
    found: set[int] = set()
    opened: dict[str, int] = {}
    for i, tag in enumerate(tags):
        if tag.form is not Form.BEHEADED or tag.capital or tag.glued:
            continue
        if tag.name in LETTERS and not (tag.name == "p" and (tag.closing is None or _ends(text, tag.start))):
            continue  # `a>b/a>` compares; a paragraph ends with a sentence
        if tag.closing is None:
            opened[tag.name] = i
        elif tag.closing and tag.start - tags[first := opened.pop(tag.name, i)].start in range(
            1, _reach(tag)
        ):
            found |= {first, i}
    return found


def _is_firm(tag: Tag, place: _Place) -> bool:
    if tag.form is Form.FULL:
        if tag.attributes:
            return True
        return (tag.name in CERTAIN | PLAIN and not (tag.padded and tag.capital)) or (
            tag.closing is True and tag.name != ""
        )
    if _is_torn_end(tag, place) or place.paired:
        return True
    if tag.glued:
        return False
    if tag.form is Form.TAILLESS:
        return tag.attributes or (tag.closing is True and tag.name in CERTAIN | PLAIN)
    return tag.attributes or (tag.name in CERTAIN and not tag.capital and (place.edge or place.stopped))


def _is_torn_end(tag: Tag, place: _Place) -> bool:
    """Say whether it is a `/font>` behind a sentence: nobody writes that, but for paths, which a word goes before."""
    return (
        tag.form is Form.BEHEADED
        and tag.closing is True
        and not tag.capital
        and tag.name not in LETTERS
        and (place.stopped or place.first)
    )


def _score(tag: Tag, place: _Place, others: int) -> float:
    some, several, many = others >= 1, others >= 2, others >= 4
    if tag.form is Form.FULL:
        return _score_of_whole(tag, place, some, several)
    if tag.capital:
        return 0.0
    if tag.form is Form.BEHEADED:
        if tag.attributes:
            return 0.85 if tag.name else 0.7
        if _is_torn_end(tag, place) or place.paired:
            return 0.7 + 0.2 * some
        return _score_of_beheaded(tag, place, some, several, many)
    if tag.attributes:
        return 0.6 + 0.2 * some
    if tag.glued:
        return 0.6 * many
    sure = tag.name in CERTAIN or tag.name in PLAIN
    if tag.closing:
        return 0.2 + 0.3 * some + 0.1 * many + 0.1 * place.edge + 0.1 * sure
    if sure:
        return 0.1 + 0.25 * place.edge + 0.2 * place.closed + 0.2 * several + 0.2 * many
    inline = 0.3 * (many and tag.padded and not place.number and tag.name in "bipu")
    return 0.05 + inline + 0.25 * place.edge + 0.15 * place.closed + 0.1 * several + 0.1 * many


def _score_of_whole(tag: Tag, place: _Place, some: bool, several: bool) -> float:
    if not tag.name:
        return 0.2 + 0.4 * several
    if tag.attributes:
        return 0.9
    if tag.padded and tag.capital and tag.name not in CERTAIN:
        return 0.1  # `< Title >` is how some write a title
    if tag.closing:
        return 0.8 if tag.name in CERTAIN or tag.name in PLAIN or place.opened or some else 0.6
    if tag.name in CERTAIN or tag.name in PLAIN:
        return 0.75
    return 0.2 + 0.4 * place.closed + 0.15 * some + 0.15 * several + 0.1 * place.edge


def _score_of_beheaded(tag: Tag, place: _Place, some: bool, several: bool, many: bool) -> float:
    if tag.glued:
        return 0.6 * many
    support = 0.2 * some + 0.1 * several
    slash = 0.3 * (tag.closing is True)
    if tag.name in CERTAIN:
        return min(1.0, 0.2 + slash + 0.2 * place.edge + support + 0.2 * some)
    partner = max(0.25 * place.opened, 0.25 * (place.twin and many))
    if tag.name in PLAIN:
        return min(1.0, 0.1 + slash + 0.2 * place.edge + partner + support + 0.2 * many)
    if place.number and not partner:
        slash -= 0.4  # a quantity is compared
    if tag.name in NOUNS:
        return max(0.0, 0.05 + slash + 0.25 * place.edge + partner + support)
    assert tag.name in LETTERS
    if tag.name == "p":  # ends a sentence
        edge = 0.25 * (place.edge or place.stopped) + 0.1 * place.stopped
    else:
        # Among many torn tags these letters are tags too; `a >` may still be an article before a lost word.
        edge = 0.25 * (place.edge or (many and tag.name in "biu"))
    return max(0.0, edge + slash + partner + support)
