"""The ``blocks`` column of many articles at once.

Most articles have neither list nor table: each of their lines is a paragraph, and where it stands is
computed for a whole column by Arrow kernels.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cleanse.article import Block
from cleanse.blocks import blocks
from cleanse.datasets import ARTICLES, BLOCK

# A text in which this is not found has no list, no table, and no line break but \n and \r\n.
_STRUCTURE = r"(?m)\||^[ \t]*(?:[-*•·▪‣–]|[0-9]{1,3}[.)])[ \t]+\S|\r[^\n]|\r\z"
_TYPE = ARTICLES.field("blocks").type


def block_column(texts: Any) -> pa.Array:
    """Give the blocks of each text."""
    texts = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    structured = pc.match_substring_regex(texts, _STRUCTURE).to_numpy(zero_copy_only=False)
    rows = np.flatnonzero(structured)
    special = pa.array([_as_rows(blocks(texts[row].as_py())) for row in rows.tolist()], _TYPE)
    plain = paragraph_column(texts.filter(pa.array(~structured)))
    if not len(rows):
        return plain
    if len(rows) == len(texts):
        return special
    order = np.empty(len(texts), np.int64)
    order[~structured] = np.arange(len(plain))
    order[structured] = np.arange(len(plain), len(texts))
    return pa.concat_arrays([plain, special]).take(pa.array(order))


def paragraph_column(texts: pa.Array) -> pa.Array:
    """Give a paragraph block for each line that is not blank; line breaks are LF or CR LF."""
    split = pc.split_pattern(texts, "\n")
    lines = split.flatten()
    lengths = pc.utf8_length(lines).to_numpy()
    # Where each line starts: all lengths and line breaks before it, less those of earlier texts.
    starts = np.cumsum(lengths + 1) - (lengths + 1)
    first = split.offsets.to_numpy()
    of = np.repeat(np.arange(len(texts)), np.diff(first))
    starts -= np.append(starts, 0)[first[:-1]][of] if len(of) else 0
    shown = pc.utf8_length(pc.utf8_rtrim(lines, "\r")).to_numpy()
    filled = pc.match_substring_regex(lines, r"[^\s\v\x{1c}-\x{1f}\x{85}\p{Z}]").to_numpy(
        zero_copy_only=False
    )
    offsets = np.concatenate(([0], np.cumsum(filled)))[first].astype(np.int32)
    starts, ends = starts[filled].astype(np.int32), (starts + shown)[filled].astype(np.int32)
    count = len(starts)
    struct = pa.StructArray.from_arrays(
        [
            pa.array(np.full(count, "paragraph", dtype=object), pa.string()),
            pa.array(starts),
            pa.array(ends),
            pa.ListArray.from_arrays(
                pa.array(np.zeros(count + 1, np.int32)),
                pa.array([], BLOCK.field("rows").type.value_type),
                type=BLOCK.field("rows").type,
            ),
        ],
        fields=list(BLOCK),
    )
    return pa.ListArray.from_arrays(pa.array(offsets), struct, type=_TYPE)


def _as_rows(found: Sequence[Block]) -> list[dict[str, Any]]:
    return [{"kind": b.kind, "start": b.start, "end": b.end, "rows": b.rows} for b in found]
