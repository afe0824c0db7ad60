"""What was counted, on disk: a file for each shard, in which every bucket of sources has its own place.

A source belongs to one bucket, by its hash; a bucket is what is held in memory at a time. A file is its buckets' tables
behind one another, as Arrow streams; where each begins is handed on, so that a bucket is read from many files without
opening any of them as a whole.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from cleanse.learning.counting import ARTICLES, LINES, Observed
from cleanse.output.ledger import LEARNING
from cleanse.output.store import Store

FOLDER = LEARNING
TEXTS = pl.Schema({"line": pl.UInt64, "text": pl.String})

# Of a source with more articles than this those with the lowest hashes are learned from: a sample that does not
# depend on their order, and enough to find what one story in ten thousand has. It bounds what a bucket takes.
MOST = 100_000


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted in a shard.

    Attributes:
        path: Its file.
        records: Records read.
        articles: Different articles that were learned from.
        bounds: By bucket, where its articles, lines and texts begin, and where the last ends: four offsets in bytes.
    """

    path: str
    records: int
    articles: int
    bounds: tuple[tuple[int, int, int, int], ...]


def write(store: Store, path: str, observed: Observed, buckets: int, records: int) -> Counted:
    """Write what was counted in a shard."""
    of = _buckets(observed.articles, buckets)
    articles = observed.articles.join(of, on="source").unique(["article", "id"], keep="any")
    lines = observed.lines.join(articles.select("article", "bucket").unique(), on="article")
    lines = lines.unique(["article", "place"], keep="any")
    texts = lines.filter(pl.col("line") != 0).group_by("bucket", "line").agg(pl.col("text").min())
    parts = [
        {
            bucket: frame.drop("bucket")
            for (bucket,), frame in table.partition_by("bucket", as_dict=True).items()
        }
        for table in (articles.sort("article"), lines.drop("text").sort("article", "place"), texts)
    ]
    sink, bounds = io.BytesIO(), []
    for bucket in range(buckets):
        at = [sink.tell()]
        for frames in parts:
            if bucket in frames:
                frames[bucket].write_ipc_stream(sink, compression="lz4", compat_level=pl.CompatLevel.oldest())
            at.append(sink.tell())
        bounds.append((at[0], at[1], at[2], at[3]))
    store.write(path, sink.getbuffer())
    return Counted(path, records, articles["article"].n_unique(), tuple(bounds))


def bucket_of(source: str, buckets: int) -> int:
    """Give the bucket of a source."""
    return int.from_bytes(hashlib.sha256(source.encode()).digest()[-8:], "big") % buckets


def _buckets(articles: pl.DataFrame, buckets: int) -> pl.DataFrame:
    sources = articles["source"].unique()
    found = [bucket_of(source, buckets) for source in sources]
    return pl.DataFrame(
        {"source": sources, "bucket": found}, schema={"source": pl.String, "bucket": pl.Int32}
    )


Part = tuple[str, tuple[int, int, int, int]]  # a file and the bounds of a bucket in it


def articles(store: Store, parts: Sequence[Part]) -> pl.DataFrame:
    """Read the articles of a bucket, of each source as many as are learned from."""
    kept = ARTICLES.to_frame()
    for frame in _frames(store, parts, 0):
        kept = pl.concat([kept, frame])
        if kept.height > 2 * MOST:
            kept = _lowest(kept)
    return _lowest(kept)


def _lowest(frame: pl.DataFrame) -> pl.DataFrame:
    frame = frame.unique(["article", "id", "first_seen", "last_seen"], keep="any")
    return frame.filter(pl.col("article").rank("dense").over("source") <= MOST)


def lines(store: Store, parts: Sequence[Part], of: pl.DataFrame) -> pl.DataFrame:
    """Read the lines of these articles, without their texts."""
    wanted = of.select("article").unique()
    none = pl.Schema({name: kind for name, kind in LINES.items() if name != "text"}).to_frame()
    frames = (frame.join(wanted, on="article", how="semi") for frame in _frames(store, parts, 1))
    return pl.concat([none, *frames])


def texts(store: Store, parts: Sequence[Part], of: pl.Series) -> pl.DataFrame:
    """Read the texts of these lines; one may be there several times."""
    wanted = pl.DataFrame({"line": of})
    frames = (frame.join(wanted, on="line", how="semi") for frame in _frames(store, parts, 2))
    return pl.concat([TEXTS.to_frame(), *frames])


def _frames(store: Store, parts: Iterable[Part], which: int) -> Iterator[pl.DataFrame]:
    for path, bounds in parts:
        if bounds[which] < bounds[which + 1]:
            with store.open(path) as file:
                file.seek(bounds[which])
                yield pl.read_ipc_stream(file.read(bounds[which + 1] - bounds[which]))
