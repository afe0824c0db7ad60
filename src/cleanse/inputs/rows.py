"""Records become rows: each is a row of the batch's records, or, with its bytes and the reason, a rejected one."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from cleanse.datasets import RECORDS, REJECTED
from cleanse.inputs.dates import is_whole, to_date
from cleanse.inputs.extra import to_json
from cleanse.inputs.fields import COLUMNS, FieldMap, Layout
from cleanse.inputs.model import Batch, Check, Limits

_LAYOUTS = 1024  # distinct sets of fields that are remembered; a file that has more is slow, not large
_PUBLISHED_ON, _AUTHOR, _ID = map(COLUMNS.index, ("published_on", "author", "id"))
_SHOWN = 200  # characters of a value that a reason quotes


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands in its file: see the origin columns of :data:`cleanse.datasets.RECORDS`."""

    index: int
    offset: int | None = None
    line: int | None = None


class Rows:
    """Collects rows until there are enough for a batch.

    Attributes:
        limits: When a batch is full, and how much of an oversized record is kept.
        file: Name of the file that the records are from.
    """

    def __init__(self, fields: FieldMap, limits: Limits) -> None:
        self.limits = limits
        self._fields = fields
        self._layouts: dict[tuple[str, ...], Layout] = {}
        self._records: list[tuple[Any, ...]] = []
        self._rejected: list[dict[str, Any]] = []
        self._size = 0
        self._ready: deque[Batch] = deque()
        self.file = ""
        self._seed = hashlib.sha256()

    def begin(self, name: str) -> None:
        """Go on with the records of the file ``name``."""
        self.file = name
        self._seed = hashlib.sha256(name.encode() + b"\0")

    @property
    def full(self) -> bool:
        """Whether it is time to :meth:`take` a batch."""
        return (
            bool(self._ready)
            or self._size >= self.limits.batch_bytes
            or len(self._records) + len(self._rejected) >= self.limits.batch_rows
        )

    def __bool__(self) -> bool:
        return bool(self._ready or self._records or self._rejected)

    @property
    def seen(self) -> set[str]:
        """The names of fields that records had."""
        return {name for names in self._layouts for name in names}

    def layout(self, names: tuple[str, ...]) -> Layout:
        """Say what becomes of the fields of records that have these."""
        layout = self._layouts.get(names)
        if layout is None:
            if len(self._layouts) >= _LAYOUTS:
                self._layouts.clear()
            layout = self._layouts[names] = self._fields.layout(names)
        return layout

    def derived_id(self, index: int, text: bytes) -> str:
        """Give the id of a record that has none: of its file, its number and its text in UTF-8."""
        digest = self._seed.copy()
        digest.update(b"%d\0" % index)
        digest.update(text)
        return digest.hexdigest()[:32]

    def has_text(self, names: Sequence[str]) -> bool:
        """Say whether one of the fields ``names`` is the text."""
        return bool(self.layout(tuple(names)).text)

    def put(self, records: pa.Table) -> None:
        """Add records that are a table already."""
        if self._records or self._rejected:
            self._ready.append(self._batch())
        most = self.limits.batch_rows
        empty = REJECTED.empty_table()
        self._ready += [Batch(records.slice(at, most), empty) for at in range(0, len(records), most)]

    def take(self) -> Batch:
        """Give what was collected first, and go on without it."""
        return self._ready.popleft() if self._ready else self._batch()

    def _batch(self) -> Batch:
        columns: list[Any] = list(zip(*self._records, strict=True)) or [()] * len(RECORDS)
        records = pa.Table.from_arrays(
            [pa.array(column, field.type) for column, field in zip(columns, RECORDS, strict=True)],
            schema=RECORDS,
        )
        batch = Batch(records, pa.Table.from_pylist(self._rejected, schema=REJECTED))
        self._records, self._rejected, self._size = [], [], 0
        return batch

    def reject(
        self,
        check: Check,
        message: str,
        raw: bytes,
        place: Place,
        *,
        column: str | None = None,
        value: str | None = None,
        id: str | None = None,
    ) -> None:
        """Add a rejected row."""
        reason = {"stage": "read", "check": check.value, "column": column, "value": value, "message": message}
        self._rejected.append(
            {
                "id": id,
                "raw": raw,
                "reasons": [reason],
                "origin_file": self.file,
                "origin_index": place.index,
                "origin_offset": place.offset,
                "origin_line": place.line,
            }
        )
        self._size += len(raw)

    def add(
        self, record: Mapping[str, Any], raw: bytes | None, index: int, offset: int | None, line: int | None
    ) -> None:
        """Add a record: a row of the records where its text can be used, else a rejected one with ``raw``.

        Without ``raw`` the rejected row has the record as a JSON object.
        """
        layout = self.layout(tuple(record))
        values: list[Any] = [None] * len(COLUMNS)
        kept = list(layout.unknown)
        for number, candidates in layout.columns:
            for name in candidates:
                value = record[name]
                if type(value) is str:
                    if not value or value.isspace():
                        continue  # holds nothing
                    if values[number] is not None:
                        kept.append(name)
                    elif number != _PUBLISHED_ON:
                        values[number] = value
                    else:
                        values[number], whole = _convert(number, value)
                        if not whole:
                            kept.append(name)
                elif value is not None:
                    whole = False
                    if values[number] is None:
                        values[number], whole = _convert(number, value)
                    if not whole:
                        kept.append(name)
        text, title, url, source, published_on, author, language, id = values
        if text is None:
            raw = to_json(record).encode() if raw is None else raw
            self._reject_text(record, layout.text, raw, Place(index, offset, line), id)
            return
        if id is None:
            id = self.derived_id(index, text.encode())
        extra = to_json({name: record[name] for name in kept}) if kept else None
        self._records.append(
            (
                id, text, title, url, source, published_on, author, language, extra,
                self.file, index, offset, line,
            )
        )  # fmt: skip
        self._size += len(text)

    def _reject_text(
        self, record: Mapping[str, Any], candidates: tuple[str, ...], raw: bytes, place: Place, id: str | None
    ) -> None:
        for name in candidates:
            value = record[name]
            if isinstance(value, bytes):
                message = f"field {name!r} is not valid UTF-8"
                self.reject(Check.INVALID_UTF8, message, raw, place, column="text", id=id)
                return
            if value is not None and not isinstance(value, str):
                self.reject(
                    Check.TEXT_NOT_A_STRING,
                    f"field {name!r} should hold the text and holds no string",
                    raw, place, column="text", value=str(value)[:_SHOWN], id=id,
                )  # fmt: skip
                return
        held = next((name for name in candidates if record[name] is not None), None)
        if held is not None:
            message = f"field {held!r} holds no text, or white space only"
            self.reject(Check.EMPTY_TEXT, message, raw, place, column="text", id=id)
            return
        names = ", ".join(map(repr, list(record)[:20])) or "none"
        message = (
            f"field {candidates[0]!r}, which should hold the text, is null"
            if candidates
            else f"no field holds a text (fields: {names}); name it in the field mapping if it is one of these"
        )
        self.reject(Check.MISSING_TEXT, message[:1000], raw, place, column="text", id=id)


def _convert(column: int, value: Any) -> tuple[Any, bool]:
    """Give what goes into the column, and whether that is all there was to the value."""
    if column == _PUBLISHED_ON:
        day = to_date(value)
        return day, is_whole(day, value)
    if column == _AUTHOR and isinstance(value, list) and value and all(isinstance(v, str) for v in value):
        return ", ".join(value), not any("," in v for v in value)
    if column == _ID and type(value) is int and value.bit_length() <= 64:  # a database's key; true is none
        return str(value), True
    return None, False


def unique_names(names: Sequence[str]) -> list[str]:
    """Give the names of a table's columns, so that none is empty and none stands twice."""
    unique: list[str] = []
    for number, name in enumerate(names, 1):
        name = name or f"column {number}"
        while name in unique:
            name = f"{name} ({number})"
        unique.append(name)
    return unique
