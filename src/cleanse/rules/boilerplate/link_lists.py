"""Lists of links: where the titles and teasers that stand under a label end."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from itertools import accumulate

from cleanse.draft import Draft
from cleanse.lines import layout
from cleanse.rules.boilerplate.wording import headline

TEASER_WIDTH = 260  # the summary of another story under its title; paragraphs run wider sooner or later
FOOTED_WIDTH = 300  # how much of a story there has to be for a footer to stand below it
MOST_TITLES = 12  # of one block under a label
TITLE_WIDTH = 15  # of a title in such a block
TOPIC_WIDTH = 30  # of a topic in one
LINKS = 0.6  # this share of the lines down to the end has to look like a list of links


class LinkLists:
    """The lists of links in a draft."""

    def __init__(self, draft: Draft, flagged: Callable[[int], bool]) -> None:
        """Look at ``draft``; ``flagged`` says which filled lines look like page furniture by themselves."""
        self._draft, self._layout, self._flagged = draft, layout(draft), flagged

    def _links(self, index: int) -> bool:
        """Say whether filled line ``index`` is what stands in a list of links: a title, a teaser or furniture."""
        shape = self._layout.shapes[index]
        return shape.prose or self._flagged(index) or (shape.words >= 4 and headline(shape.content))

    @cached_property
    def prose_above(self) -> list[int]:
        """How wide the prose above each line is, in all; summed up once, for each line may ask."""
        return list(accumulate((s.width if s.prose else 0 for s in self._layout.shapes), initial=0))

    @cached_property
    def _links_below(self) -> dict[int, tuple[int, int]]:
        """How wide the lines from each line to the end are in all, and how many of them are like links.

        Only of lines below which no line is wider than a teaser and no two lines of prose follow each other.
        """
        shapes, found = self._layout.shapes, dict[int, tuple[int, int]]()
        wide = links = 0
        for index in range(len(shapes) - 1, -1, -1):
            shape = shapes[index]
            if shape.width > TEASER_WIDTH or (
                shape.prose and index + 1 < len(shapes) and shapes[index + 1].prose
            ):
                break
            wide, links = wide + shape.width, links + self._links(index)
            found[index] = (wide, links)
        return found

    def end(self, index: int, use: str) -> int:
        """Give the last line of the list of links that line ``index`` heads; ``index`` itself if there is none."""
        shapes = self._layout.shapes
        before, below = self.prose_above[index], self._links_below.get(index + 1)
        if (
            below is not None
            and before >= FOOTED_WIDTH
            and before >= below[0] / 2
            and not shapes[index + 1].prose
            and below[1] >= LINKS * (len(shapes) - index - 1)
        ):
            return len(shapes) - 1
        end = index
        if index < self._layout.first_prose:
            return end  # the titles below may be the story's own
        if (adjoining := self._adjoining(index, loose=use in ("also", "block"))) > index:
            return adjoining
        while end + 1 < len(shapes) and end - index < 8:
            shape = shapes[end + 1]
            if shape.prose or not headline(shape.content) or shape.words < 6:
                break
            end += 1
        if end > index + 1 and end + 1 < len(shapes) and shapes[end].words < 8:
            end -= 1  # as like as not the heading of what follows
        return end

    def _adjoining(self, index: int, *, loose: bool) -> int:
        """Give the last of the titles that stand under line ``index`` as one block with it, apart from the rest.

        A block that closes the text may have blank lines within and, if ``loose``, topics of a word.
        """
        shapes, lines = self._layout.shapes, self._draft.lines
        end = index
        while end + 1 < len(shapes) and end - index < MOST_TITLES and self._titles(end + 1, loose=loose):
            end += 1
        if end + 1 == len(shapes):
            return end if loose or self._is_apart(index) else index
        block = index
        while block < end and self._follows(block + 1) and self._titles(block + 1, loose=False):
            block += 1
        if block == index or not (self._is_apart(index) or (loose and shapes[index - 1].ended)):
            return index
        return block if not lines[shapes[block].line.index + 1].content else index

    def _is_apart(self, index: int) -> bool:
        start = self._layout.shapes[index].line.index
        return start == 0 or not self._draft.lines[start - 1].content

    def _follows(self, index: int) -> bool:
        """Say whether no blank line stands above filled line ``index``."""
        shapes = self._layout.shapes
        return shapes[index].line.index == shapes[index - 1].line.index + 1

    def _titles(self, index: int, *, loose: bool) -> bool:
        shape = self._layout.shapes[index]
        if shape.prose or shape.ended:
            return not shape.prose and self._flagged(index)
        titled = shape.width >= TITLE_WIDTH and headline(shape.content)
        return titled or self._flagged(index) or (loose and shape.width <= TOPIC_WIDTH)
