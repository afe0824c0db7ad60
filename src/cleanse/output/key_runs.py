"""Which records of each file a dataset holds, over all its shards: none twice, and none left out.

A record's key is its file and its number in it, from 0 and without gaps. So the keys of a shard are a run of numbers
for each file, and that is all that has to be kept of them: some 100 bytes for each file of a shard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from itertools import groupby

Key = tuple[str, int]  # of a record: origin_file and origin_index
MOST = 5  # findings of each file that are told


class KeyRuns:
    """Runs of record numbers by file, each with the shard that holds it."""

    def __init__(self) -> None:
        self._runs: dict[str, list[tuple[int, int, str]]] = {}

    def add(self, shard: str, keys: Iterable[Key]) -> None:
        """Add the keys of a shard, in any order; one that is there twice in it counts once."""
        for file, group in groupby(sorted(set(keys)), key=lambda key: key[0]):
            runs = self._runs.setdefault(file, [])
            begin = end = -1
            for _, number in group:
                if number != end:
                    if end >= 0:
                        runs.append((begin, end, shard))
                    begin = number
                end = number + 1
            runs.append((begin, end, shard))

    def problems(self, but: Set[str]) -> Iterator[str]:
        """Say which records are in two shards, and which are in none.

        Args:
            but: Files of which something could not be read: what of them is missing is known already.
        """
        for file, runs in sorted(self._runs.items()):
            told, end, last = 0, 0, ""
            for begin, stop, shard in sorted(runs):
                if told == MOST:
                    break
                if begin > end and file not in but:
                    told += 1
                    yield f"{_records(end, begin)} of {file} {_are(begin - end)} in no shard"
                if begin < end:
                    told += 1
                    twice = f"{_records(begin, min(stop, end))} of {file} {_are(min(stop, end) - begin)}"
                    yield f"{twice} in shard {last} and in shard {shard}"
                if stop > end:
                    end, last = stop, shard


def _records(begin: int, end: int) -> str:
    return f"record {begin}" if end - begin == 1 else f"records {begin} to {end - 1}"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
