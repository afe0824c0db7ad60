"""The Arrow schemas of what comes in and what goes out: the same from the first record to the last.

Every dataset of cleanse has exactly these columns in this order, also when it holds no row.
Offsets and lengths of text are Unicode code points, offsets in files and sizes are bytes.
"""

from __future__ import annotations

import pyarrow as pa

_TEXTS = pa.list_(pa.field("element", pa.string(), nullable=False))

BLOCK = pa.struct(
    [
        pa.field("kind", pa.string(), nullable=False),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("rows", pa.list_(pa.field("element", _TEXTS, nullable=False)), nullable=False),
    ]
)

REASON = pa.struct(
    [
        pa.field("stage", pa.string(), nullable=False),  # read, clean or contract
        pa.field("check", pa.string(), nullable=False),  # what it failed, an enumerated word
        pa.field("column", pa.string()),
        pa.field("value", pa.string()),
        pa.field("message", pa.string(), nullable=False),
    ]
)

# Where a record came from. (origin_file, origin_index) is the key of a record.
_ORIGIN = [
    pa.field("origin_file", pa.string(), nullable=False),  # path below the input, or the URL
    pa.field("origin_index", pa.int64(), nullable=False),  # which record of the file, from 0
    pa.field("origin_offset", pa.int64()),  # byte at which the record begins, of the decompressed file
    pa.field("origin_line", pa.int64()),  # line on which it begins, from 1, in formats that have lines
]

# A record as it was read. `extra` holds the fields that have no column, as one JSON object.
RECORDS = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
        pa.field("title", pa.string()),
        pa.field("url", pa.string()),
        pa.field("source", pa.string()),
        pa.field("published_on", pa.date32()),
        pa.field("author", pa.string()),
        pa.field("language", pa.string()),
        pa.field("extra", pa.string()),
        *_ORIGIN,
    ]
)

ARTICLES = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("title", pa.string()),
        pa.field("text", pa.string(), nullable=False),
        pa.field("blocks", pa.list_(pa.field("element", BLOCK, nullable=False)), nullable=False),
        pa.field("language", pa.string()),
        pa.field("author", pa.string()),
        pa.field("published_on", pa.date32()),
        pa.field("dateline_place", pa.string()),
        pa.field("source", pa.string()),
        pa.field("url", pa.string()),
        pa.field("source_name", pa.string()),
        pa.field("source_url", pa.string()),
        pa.field("agency", pa.string()),
        pa.field("topics", _TEXTS, nullable=False),
        pa.field("rights", pa.string()),
        pa.field("licence", pa.string()),
        pa.field("defects", _TEXTS, nullable=False),
        pa.field("needs_review", pa.bool_(), nullable=False),
        pa.field("review_reasons", _TEXTS, nullable=False),
        pa.field("edit_count", pa.int32(), nullable=False),
        pa.field("raw_length", pa.int32(), nullable=False),
        pa.field("extra", pa.string()),
        *_ORIGIN,
    ]
)

EDITS = pa.schema(
    [
        pa.field("article_id", pa.string(), nullable=False),
        pa.field("origin_file", pa.string(), nullable=False),
        pa.field("origin_index", pa.int64(), nullable=False),
        pa.field("number", pa.int32(), nullable=False),  # place in the article's log, from 0
        pa.field("rule", pa.string(), nullable=False),
        pa.field("rule_version", pa.int32(), nullable=False),
        pa.field("family", pa.string(), nullable=False),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("removed", pa.string(), nullable=False),
        pa.field("inserted", pa.string(), nullable=False),
        pa.field("raw_start", pa.int32(), nullable=False),
        pa.field("raw_end", pa.int32(), nullable=False),
        pa.field("score", pa.float64(), nullable=False),
        pa.field("evidence", pa.string(), nullable=False),
    ]
)

REJECTED = pa.schema(
    [
        pa.field("id", pa.string()),
        pa.field(
            "raw", pa.binary(), nullable=False
        ),  # the record's own bytes; once it was read, its text in UTF-8
        pa.field(
            "fields", pa.string()
        ),  # what else the record said, as one JSON object; null if it was not read
        pa.field("reasons", pa.list_(pa.field("element", REASON, nullable=False)), nullable=False),
        *_ORIGIN,
    ]
)

# What recurs in the articles of a source. (source, pattern) is the key.
BOILERPLATE = pa.schema(
    [
        pa.field("pattern_id", pa.string(), nullable=False),
        pa.field("source", pa.string(), nullable=False),
        pa.field("pattern", pa.string(), nullable=False),
        pa.field("example_text", pa.string(), nullable=False),
        pa.field("articles_seen", pa.int64(), nullable=False),
        pa.field("articles_of_source", pa.int64(), nullable=False),
        pa.field("share", pa.float64(), nullable=False),
        pa.field("first_seen", pa.date32()),
        pa.field("last_seen", pa.date32()),
        pa.field("usual_position", pa.string(), nullable=False),
        pa.field("articles_at_position", pa.int64(), nullable=False),
        pa.field("usually_after", pa.string()),
        pa.field("usually_before", pa.string()),
        pa.field("article_ids", _TEXTS, nullable=False),
        pa.field("removed_where", pa.string(), nullable=False),
        pa.field("closes_story", pa.bool_(), nullable=False),
        pa.field("score", pa.float64(), nullable=False),
        pa.field("status", pa.string(), nullable=False),
        pa.field("decided_by", pa.string()),
    ]
)

# The datasets that are published, by name.
DATASETS = {"articles": ARTICLES, "edits": EDITS, "rejected": REJECTED, "boilerplate": BOILERPLATE}
