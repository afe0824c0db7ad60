"""Reads Parquet by row groups."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from cleanse.inputs.extra import to_json
from cleanse.inputs.model import Check
from cleanse.inputs.rows import Place, Rows, unique_names
from cleanse.inputs.streams import stored

_MOST_ROWS = 4096
_UNREADABLE = object()


def read_parquet(file: BinaryIO, groups: range, index: int, rows: Rows) -> Iterator[None]:
    """Add each row of these row groups to ``rows``, and yield after each so that the caller can take a batch.

    A row has no bytes of its own: where one is rejected its ``raw`` is the row as a JSON object.
    """
    try:
        parquet = pq.ParquetFile(file)
    except (pa.ArrowException, OSError) as error:
        rows.reject(Check.MALFORMED_PARQUET, _brief(error), b"", Place(index))
        yield
        return
    names = unique_names(parquet.schema_arrow.names)
    for group in groups:
        metadata = parquet.metadata.row_group(group)
        end = index + metadata.num_rows
        size = max(1, metadata.total_byte_size // max(1, metadata.num_rows))
        count = max(1, min(_MOST_ROWS, rows.limits.batch_bytes // size))
        try:
            for batch in parquet.iter_batches(batch_size=count, row_groups=[group], use_threads=False):
                for values in zip(*map(_values, batch.columns), strict=True):
                    record = dict(zip(names, values, strict=True))
                    if _UNREADABLE in values:
                        broken = [name for name, value in record.items() if value is _UNREADABLE]
                        record |= dict.fromkeys(broken)
                        message = f"field {broken[0]!r} holds what is not valid UTF-8"
                        rows.reject(Check.INVALID_UTF8, message, to_json(record).encode(), Place(index))
                    else:
                        rows.add(record, None, index, None, None)
                    index += 1
                    yield
        except (pa.ArrowException, OSError) as error:
            message = f"rows {index:,} to {end - 1:,} of the file cannot be read: {_brief(error)}"
            rows.reject(Check.MALFORMED_PARQUET, message, b"", Place(index))
            yield
        index = end


def group_bytes(group: Any) -> tuple[int, int]:
    """Give the bytes of the file, from and to, in which a row group's columns are stored."""
    start, end = None, 0
    for number in range(group.num_columns):
        column = group.column(number)
        first = column.data_page_offset
        if column.has_dictionary_page and 0 < column.dictionary_page_offset < first:
            first = column.dictionary_page_offset
        start = first if start is None else min(start, first)
        end = max(end, first + column.total_compressed_size)
    return start or 0, end


def digest_of(file: BinaryIO, parquet: pq.ParquetFile, groups: range) -> str:
    """Give SHA-256 over the schema and the stored bytes of these row groups."""
    digest = hashlib.sha256(parquet.schema_arrow.serialize())
    for group in groups:
        metadata = parquet.metadata.row_group(group)
        digest.update(b"%d\n" % metadata.num_rows)
        for _ in stored(file, *group_bytes(metadata), digest):
            pass
    return digest.hexdigest()


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
