"""What planning hands to reading: pieces of files, shards of pieces, and what is wrong with a file.

Sizes, offsets and limits are bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import pyarrow as pa


class InputError(ValueError):
    """A call that cannot be right: no such path, nothing that matches, a mapping onto a field that is not there."""


class Check(StrEnum):
    """Why a record, or a whole file, could not be read: the ``check`` of a rejected row of stage ``read``."""

    INVALID_UTF8 = "invalid_utf8"
    INVALID_UTF16 = "invalid_utf16"
    LONE_SURROGATE = "lone_surrogate"
    MALFORMED_JSON = "malformed_json"
    NESTED_TOO_DEEPLY = "nested_too_deeply"
    DUPLICATE_KEY = "duplicate_key"
    NOT_AN_OBJECT = "not_an_object"
    MALFORMED_CSV = "malformed_csv"
    MISSING_TEXT = "missing_text"
    TEXT_NOT_A_STRING = "text_not_a_string"
    EMPTY_TEXT = "empty_text"
    LINE_TOO_LONG = "line_too_long"
    TRUNCATED_FILE = "truncated_file"
    MALFORMED_COMPRESSION = "malformed_compression"
    DECOMPRESSION_LIMIT = "decompression_limit"
    MALFORMED_PARQUET = "malformed_parquet"
    UNREADABLE = "unreadable"
    BROKEN_LINK = "broken_link"
    LINK_LOOP = "link_loop"
    NOT_A_FILE = "not_a_file"
    NOT_READ = "not_read"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a hostile or broken file may cost. A record beyond a limit is rejected; the others are read.

    Attributes:
        line_bytes: Longest line, CSV record or text file. A longer one is rejected as ``line_too_long``.
        raw_bytes: How much of a record beyond a limit, or cut off by the end of a broken file, is kept as ``raw``.
        nesting: Deepest nesting of a JSON record, counted in brackets.
        decompressed_bytes: What one compressed file may grow to.
        decompression_ratio: What a compressed file may grow to, as a multiple of its own size. Articles
            compress 3 to 10 times, the same line again and again some 1,000 times.
        ratio_free_bytes: Output up to which the ratio is not looked at: a small file does no harm.
        batch_bytes: Size of the text at which a batch is handed on.
        batch_rows: Rows at which a batch is handed on, however short.
    """

    line_bytes: int = 64 << 20
    raw_bytes: int = 1 << 20
    nesting: int = 200
    decompressed_bytes: int = 64 << 30
    decompression_ratio: int = 250
    ratio_free_bytes: int = 64 << 20
    batch_bytes: int = 8 << 20
    batch_rows: int = 16_384


@dataclass(frozen=True, slots=True)
class Problem:
    """A file or folder that cannot be read at all.

    Attributes:
        name: As in :attr:`Piece.name`.
        url: As in :attr:`Piece.url`.
        check: What is wrong.
        message: The same for people, with what to do where that is known.
    """

    name: str
    url: str
    check: Check
    message: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A bounded part of one file, or the news that the file cannot be read.

    Attributes:
        url: Absolute path, or address for fsspec.
        name: Path below the input that was given: the same when the folder has moved.
        format: ``text``, ``jsonl``, ``csv``, ``tsv``, ``parquet``, or ``problem``.
        compression: ``gzip``, ``zstd`` or None.
        start: First byte in the stored file; of Parquet the first row group.
        end: One past the last.
        first_index: Number of the first record in the file, from 0.
        first_line: Number of the first line in the file, from 1; of Parquet None.
        digest: SHA-256 of the content of the piece as it is stored.
        problem: What is wrong with the file, in pieces of format ``problem``.
    """

    url: str
    name: str
    format: str
    compression: str | None
    start: int
    end: int
    first_index: int
    first_line: int | None
    digest: str
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Shard:
    """Pieces that are read together.

    Attributes:
        key: SHA-256 over the pieces' names, ranges and digests: named by what is in it and where that stands.
        pieces: In the order in which they are read.
        bytes: Stored size of all pieces.
    """

    key: str
    pieces: tuple[Piece, ...]
    bytes: int

    @classmethod
    def of(cls, pieces: tuple[Piece, ...], size: int) -> Shard:
        """Make the shard of these pieces; ``size`` is their stored size in bytes."""
        key = hashlib.sha256()
        for p in pieces:
            place = (p.name, p.format, p.compression, p.start, p.end, p.first_index, p.first_line, p.digest)
            key.update(repr(place).encode("ascii", "backslashreplace") + b"\n")
        return cls(key.hexdigest(), pieces, size)


@dataclass(frozen=True, slots=True)
class Plan:
    """What there is to read.

    Attributes:
        shards: In the order of the names. Where there are problems the last shard holds a piece for each, so
            that reading it yields their rejected rows.
        problems: The files that cannot be read, for the report.
        passed_over: How many files of the folders are of kinds that are not read, by how their names end.
    """

    shards: tuple[Shard, ...]
    problems: tuple[Problem, ...]
    passed_over: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some records in the order in which they stand in the input.

    Attributes:
        records: What could be read; schema :data:`cleanse.datasets.RECORDS`.
        rejected: What could not; schema :data:`cleanse.datasets.REJECTED`.
    """

    records: pa.Table
    rejected: pa.Table
