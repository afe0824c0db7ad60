"""Reads Parquet by row groups."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from cleanse.inputs.extra import to_json
from cleanse.inputs.model import Check
from cleanse.inputs.rows import Place, Rows, unique_names
from cleanse.inputs.streams import stored

_MOST_ROWS = 4096
_UNREADABLE = object()


class Malformed(ValueError):
    """A file is no Parquet, or its footer makes no sense."""


def open_parquet(file: BinaryIO) -> pq.ParquetFile:
    """Read a file's footer.

    Raises:
        Malformed: It makes no sense.
        OSError: The file cannot be read.
    """
    try:
        parquet = pq.ParquetFile(file)
        counts = [parquet.metadata.row_group(number).num_rows for number in range(parquet.num_row_groups)]
    except (pa.ArrowException, OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno:  # the system's; Arrow's own have no number
            raise
        raise Malformed(f"this is no Parquet file, or a damaged one: {_brief(error)}") from error
    if min(counts, default=0) < 0:
        raise Malformed("this is a damaged Parquet file: it says that it has fewer than no rows")
    return parquet


def read_parquet(parquet: pq.ParquetFile, groups: range, index: int, rows: Rows) -> Iterator[None]:
    """Add each row of these row groups to ``rows``, and yield after each so that the caller can take a batch.

    A row has no bytes of its own: where one is rejected its ``raw`` is the row as a JSON object. What is left of
    a row group that is damaged is one rejected row.
    """
    names = unique_names(parquet.schema_arrow.names)
    for group in groups:
        end = index + parquet.metadata.row_group(group).num_rows
        try:
            for values in _group(parquet, group, end - index, rows.limits.batch_bytes):
                record = dict(zip(names, values, strict=True))
                if any(value is _UNREADABLE for value in values):
                    broken = [name for name, value in record.items() if value is _UNREADABLE]
                    record |= dict.fromkeys(broken)
                    message = f"field {broken[0]!r} holds what is not valid UTF-8"
                    rows.reject(Check.INVALID_UTF8, message, to_json(record).encode(), Place(index))
                else:
                    rows.add(record, None, index, None, None)
                index += 1
                yield
            why = "they are not there"
        except (pa.ArrowException, OSError, ValueError) as error:
            if isinstance(error, OSError) and error.errno:
                raise
            why = _brief(error)
        if index < end:
            message = f"rows {index:,} to {end - 1:,} of the file cannot be read: {why}"
            rows.reject(Check.MALFORMED_PARQUET, message, b"", Place(index))
            yield
        index = end


def group_place(parquet: pq.ParquetFile, number: int) -> tuple[int, int] | None:
    """Give the bytes of the file, from and to, in which a row group is stored; None if that cannot be had.

    Arrow ends the whole process where it is asked for the place of a column whose entry in the footer makes no
    sense (seen with pyarrow 26). Reading the column raises an exception instead, so a row is read first.
    """
    try:
        next(parquet.iter_batches(batch_size=1, row_groups=[number], use_threads=False), None)
    except (pa.ArrowException, OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        return None
    group = parquet.metadata.row_group(number)
    start, end = None, 0
    for column in map(group.column, range(group.num_columns)):
        first = column.data_page_offset
        if column.has_dictionary_page and 0 < column.dictionary_page_offset < first:
            first = column.dictionary_page_offset
        start = first if start is None else min(start, first)
        end = max(end, first + column.total_compressed_size)
    return (start or 0, end) if 0 <= (start or 0) <= end else None


def digest_of(file: BinaryIO, parquet: pq.ParquetFile, groups: range) -> str:
    """Give SHA-256 over the schema and the stored bytes of row groups, or over the file if these are not known."""
    digest = hashlib.sha256(parquet.schema_arrow.serialize())
    places = [group_place(parquet, number) for number in groups]
    for number, place in zip(groups, places, strict=True):
        digest.update(b"%d\n" % parquet.metadata.row_group(number).num_rows)
        start, end = place or (0, 0)
        deque(stored(file, start, end, digest), maxlen=0)
    if None in places:
        deque(stored(file, 0, file.seek(0, os.SEEK_END), digest), maxlen=0)
    return digest.hexdigest()


def _group(parquet: pq.ParquetFile, number: int, count: int, batch_bytes: int) -> Iterator[tuple[Any, ...]]:
    """Give the values of each row, but no more rows than the footer says there are."""
    size = max(1, parquet.metadata.row_group(number).total_byte_size // max(1, count))
    batch_rows = max(1, min(_MOST_ROWS, batch_bytes // size))
    batches = parquet.iter_batches(batch_size=batch_rows, row_groups=[number], use_threads=False)
    rows = (row for batch in batches for row in zip(*map(_values, batch.columns), strict=True))
    return islice(rows, count)


def _values(column: pa.Array) -> list[Any]:
    """Give a column's values as Python's; dates and times as text, bytes as text where they are valid UTF-8."""
    if isinstance(column, pa.ExtensionArray):
        column = column.storage
    plain = _plain(column.type)
    if plain != column.type:
        try:
            column = column.cast(plain)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
            if pa.types.is_string(plain):  # bytes that are not valid UTF-8
                return [_decoded(value) for value in column.cast(pa.large_binary()).to_pylist()]
    try:
        return column.to_pylist()  # type: ignore[no-any-return]
    except ValueError:  # invalid UTF-8 in a column that says it is text, or what Python cannot hold
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            return [_decoded(value) for value in column.cast(pa.large_binary()).to_pylist()]
        return [_one(value) for value in column]


def _decoded(value: bytes | None) -> str | bytes | None:
    try:
        return None if value is None else value.decode()
    except UnicodeDecodeError:
        return value


def _one(value: pa.Scalar) -> Any:
    try:
        return value.as_py()
    except ValueError:
        return _UNREADABLE


def _plain(kind: pa.DataType) -> pa.DataType:
    """Give the type that a column is cast to: nanoseconds have no Python form, and a text is a text."""
    t = pa.types
    if t.is_dictionary(kind):
        return _plain(kind.value_type)
    if t.is_binary(kind) or t.is_large_binary(kind) or t.is_fixed_size_binary(kind) or t.is_binary_view(kind):
        return pa.string()
    if t.is_string_view(kind) or t.is_timestamp(kind) or t.is_time(kind) or t.is_date(kind):
        return pa.string()
    if t.is_duration(kind):
        return pa.int64()
    if t.is_list(kind) or t.is_large_list(kind) or t.is_fixed_size_list(kind):
        return pa.large_list(_plain(kind.value_type))
    if t.is_struct(kind):
        return pa.struct([field.with_type(_plain(field.type)) for field in kind])
    return kind


def _brief(error: Exception) -> str:
    return str(error).strip().partition("\n")[0][:500]
