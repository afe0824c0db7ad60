"""Reads a shard, in batches of bounded size."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from cleanse.inputs.delimited import read_delimited
from cleanse.inputs.fields import USUAL, FieldMap
from cleanse.inputs.jsonl import read_jsonl
from cleanse.inputs.model import Batch, Limits, Piece, Shard
from cleanse.inputs.parquet import Malformed, digest_of, open_parquet, read_parquet
from cleanse.inputs.plain import read_text
from cleanse.inputs.rows import Place, Rows
from cleanse.inputs.streams import CHUNK, COMPRESSED_CHUNK, decompressed, open_file, stored

_SAMPLED = 1000  # records that are looked at for the names of their fields


class InputChanged(OSError):
    """A file is no longer what it was when the run was planned. To plan and run again puts it right."""


def read(shard: Shard, *, fields: FieldMap = USUAL, limits: Limits = Limits()) -> Iterator[Batch]:  # noqa: B008
    """Read a shard's records, each as a row of one batch's records or of its rejected.

    Args:
        shard: From :func:`~cleanse.inputs.plan`.
        fields: Which field fills which column.
        limits: How large a batch and a record may be.

    Raises:
        InputChanged: A file has changed since the shard was planned. Batches that were read must not be used.
        OSError: A file cannot be read now, although it could when it was planned.
    """
    rows = Rows(fields, limits)
    for piece in shard.pieces:
        rows.begin(piece.name)
        for _ in _read(piece, rows):
            while rows.full:
                yield rows.take()
    while rows:
        yield rows.take()


def _read(piece: Piece, rows: Rows) -> Iterator[None]:
    if piece.problem is not None:
        rows.reject(piece.problem.check, piece.problem.message, b"", Place(0))
        yield
        return
    with open_file(piece.url) as file:
        if piece.format == "parquet":
            groups = range(piece.start, piece.end)
            try:
                parquet = open_parquet(file)
            except Malformed as error:
                raise _changed(piece) from error
            if groups.stop > parquet.num_row_groups or digest_of(file, parquet, groups) != piece.digest:
                raise _changed(piece)
            yield from read_parquet(parquet, groups, piece.first_index, rows)
            return
        digest = hashlib.sha256()

        def chunks() -> Iterator[bytes]:
            nonlocal digest
            digest = hashlib.sha256()
            size = COMPRESSED_CHUNK if piece.compression else min(CHUNK, rows.limits.batch_bytes)
            yield from stored(file, piece.start, piece.end, digest, size)

        content = decompressed(piece.compression, chunks, piece.end - piece.start, rows.limits)
        match piece.format:
            case "jsonl":
                yield from read_jsonl(content, piece.start, piece.first_line or 1, piece.first_index, rows)
            case "csv" | "tsv":
                yield from read_delimited(content, "\t" if piece.format == "tsv" else None, rows)
            case _:
                yield from read_text(content, rows)
        if digest.hexdigest() != piece.digest:
            # What broke off, or was not wanted to its end, has not gone through the digest to its end.
            for _ in chunks():
                pass
            if digest.hexdigest() != piece.digest:
                raise _changed(piece)


def field_names(piece: Piece, limits: Limits) -> set[str]:
    """Give the names of the fields that a file's first records have, as far as they can be read."""
    rows = Rows(USUAL, limits)
    rows.begin(piece.name)
    with suppress(OSError):
        for _ in islice(_read(piece, rows), _SAMPLED):
            if rows.full:
                break
    return rows.seen


def _changed(piece: Piece) -> InputChanged:
    return InputChanged(
        f"{piece.url} has changed since this run was planned; run again to take up what is new"
    )
