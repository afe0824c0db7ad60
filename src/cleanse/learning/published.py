"""The published table of patterns, as a run takes it to its workers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import lru_cache

import pyarrow as pa
import pyarrow.parquet as pq

from cleanse.datasets import BOILERPLATE
from cleanse.learned import LearnedBoilerplate
from cleanse.learning.decisions import PATH
from cleanse.learning.table import approved
from cleanse.output.store import Store


class PublishedBoilerplate(Mapping[str, LearnedBoilerplate]):
    """The approved patterns of a published table, by source.

    It travels as the table's address and is read again where it arrives, once in a process: a table of a thousand
    sources is larger than all else that goes to a worker with a shard.
    """

    def __init__(self, url: str, digest: str | None = None) -> None:
        """Read the table below ``url``; with ``digest`` it must be the same that was read before.

        Raises:
            ValueError: There is none, it is not of this dataset, or it has changed since.
        """
        self.url = url
        self.digest, self._by_source = _read(url, digest)

    def __reduce__(self) -> tuple[type[PublishedBoilerplate], tuple[str, str]]:
        return PublishedBoilerplate, (self.url, self.digest)

    def __getitem__(self, source: str) -> LearnedBoilerplate:
        return self._by_source[source]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_source)

    def __len__(self) -> int:
        return len(self._by_source)


def _read(url: str, digest: str | None) -> tuple[str, Mapping[str, LearnedBoilerplate]]:
    return _read_anew(url, None) if digest is None else _read_once(url, digest)


@lru_cache(maxsize=2)
def _read_once(url: str, digest: str) -> tuple[str, Mapping[str, LearnedBoilerplate]]:
    return _read_anew(url, digest)


def _read_anew(url: str, digest: str | None) -> tuple[str, Mapping[str, LearnedBoilerplate]]:
    store = Store(url)
    content = store.read(PATH)
    if content is None:
        raise ValueError(
            f"nothing was learned in {url}: there is no {store.where(PATH)}; see `cleanse learn --help`"
        )
    found = hashlib.sha256(content).hexdigest()
    if digest not in (None, found):
        raise ValueError(
            f"{store.where(PATH)} has changed since this run began; run again with it as it is now"
        )
    try:
        rows = pq.read_table(pa.BufferReader(content), schema=BOILERPLATE)
    except (pa.ArrowException, KeyError) as error:
        raise ValueError(f"{store.where(PATH)} does not hold learned boilerplate: {error}") from error
    return found, approved(rows)
