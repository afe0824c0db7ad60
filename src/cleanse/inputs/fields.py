"""Which field of a record fills which column."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import tomli

from cleanse.inputs.model import InputError

COLUMNS = ("text", "title", "url", "source", "published_on", "author", "language", "id")

_IGNORED = re.compile(r"[\s_.\-]+")


@cache
def usual_names() -> Mapping[str, tuple[str, ...]]:
    """Give the usual names of each column's field, folded, best first."""
    table = tomli.loads(files(__package__).joinpath("fields.toml").read_text(encoding="utf8"))
    return {column: tuple(dict.fromkeys(fold(name) for name in table[column])) for column in COLUMNS}


def fold(name: str) -> str:
    """Give a field's name as it is compared: without case and without ``_``, ``-``, ``.`` and white space."""
    return _IGNORED.sub("", name).casefold()


@dataclass(frozen=True, slots=True)
class FieldMap:
    """How the fields of records are named.

    Attributes:
        explicit: Pairs of column and field. The column is filled from that field and no other; columns that are
            not named are filled from fields with the usual names.
    """

    explicit: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, mapping: Mapping[str, str]) -> FieldMap:
        """Make the map from ``{"text": "main_story"}``: column to field.

        Raises:
            InputError: There is no such column.
        """
        for column, name in mapping.items():
            if column not in COLUMNS:
                hint = _hint(column, COLUMNS)
                raise InputError(
                    f"field mapping {column}={name}: there is no column {column!r}{hint}; "
                    f"columns are {', '.join(COLUMNS)}"
                )
        return cls(tuple(sorted(mapping.items())))

    def check(self, seen: Iterable[str], where: str) -> None:
        """Make sure that each field which is named was ``seen``.

        Raises:
            InputError: One was not: most likely a typing error.
        """
        seen = set(seen)
        for column, name in self.explicit:
            if name not in seen:
                listed = ", ".join(sorted(seen)[:20]) or "none at all"
                raise InputError(
                    f"field mapping {column}={name}: {where} has no field {name!r}{_hint(name, seen)}; "
                    f"its fields are {listed}"
                )

    def layout(self, names: Sequence[str]) -> Layout:
        """Say what becomes of the fields of a record that has exactly these, in this order."""
        explicit = dict(self.explicit)
        folded: dict[str, list[str]] = {}
        for name in names:
            folded.setdefault(fold(name), []).append(name)
        candidates: dict[str, tuple[str, ...]] = {}
        for column, usual in usual_names().items():
            if column in explicit:
                found = [explicit[column]] if explicit[column] in names else []
            else:
                claimed = set(explicit.values())
                # Of "Title" and "title" the one that is spelt as usual comes first, then the earlier.
                found = [name for key in usual for name in sorted(folded.get(key, ()), key=lambda n: n != key)
                         if name not in claimed]  # fmt: skip
            candidates[column] = tuple(found)
        taken = {name for found in candidates.values() for name in found}
        return Layout(
            tuple((COLUMNS.index(column), found) for column, found in candidates.items() if found),
            candidates["text"],
            tuple(name for name in names if name not in taken),
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """What becomes of the fields of records that have the same names.

    Attributes:
        columns: Number of a column in :data:`COLUMNS` with the fields that may fill it, best first; no column
            that has none.
        text: The fields that may be the text, best first.
        unknown: The fields that have no column.
    """

    columns: tuple[tuple[int, tuple[str, ...]], ...]
    text: tuple[str, ...]
    unknown: tuple[str, ...]


USUAL = FieldMap()


def _hint(name: str, known: Iterable[str]) -> str:
    by_fold = {fold(k): k for k in known}
    near = difflib.get_close_matches(fold(name), by_fold, n=1, cutoff=0.6)
    return f" (did you mean {by_fold[near[0]]!r}?)" if near else ""
