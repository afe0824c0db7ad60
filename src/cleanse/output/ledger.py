"""The ledger: which shards are published, what was in them, and which parts hold what came of them.

It is one JSON file, ``ledger.json``, written when all parts that it names are in place. A part that it does not name is
not part of the dataset.
"""

from __future__ import annotations

import errno
import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from cleanse.output.store import Store

PATH = "ledger.json"
JOURNAL = "_publish.json"
STAGING = "_staging"
LEARNING = "_learning"  # where learning puts what it has counted, while it is at work
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Part:
    """A Parquet file of the dataset: its path below the output, rows, size in bytes and SHA-256 in hex."""

    path: str
    rows: int
    bytes: int
    sha256: str

    @classmethod
    def of(cls, path: str, rows: int, content: memoryview) -> Part:
        """Describe a file with this content."""
        return cls(path, rows, len(content), hashlib.sha256(content).hexdigest())


@dataclass(frozen=True, slots=True)
class ShardEntry:
    """A shard that was cleaned.

    Attributes:
        name: Its name: what is in it and the rules' fingerprint, hashed.
        key: What is in it, hashed.
        fingerprint: The rules' fingerprint.
        pieces: Its pieces of files, as rows of ``Piece``.
        counts: ``records``, ``articles``, ``rejected``, ``edits``, ``touched``, ``review``, ``raw_length`` and
            ``text_length`` (the lengths in code points, of the articles).
        rules: Edits by rule.
        reasons: Rejected records by ``stage.check``.
        defects: Articles by defect.
        parts: Its parts by dataset; a dataset without rows has none.
    """

    name: str
    key: str
    fingerprint: str
    pieces: list[dict[str, Any]]
    counts: dict[str, int]
    rules: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)
    defects: dict[str, int] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> ShardEntry:
        """Make an entry of its JSON."""
        parts = {dataset: Part(**part) for dataset, part in row["parts"].items()}
        return cls(**{**row, "parts": parts})

    @property
    def inputs(self) -> set[str]:
        """The names of the files it holds pieces of, or the news that they cannot be read."""
        return {piece["name"] for piece in self.pieces}

    @property
    def read_inputs(self) -> set[str]:
        """The names of the files it holds pieces of."""
        return {piece["name"] for piece in self.pieces if piece["problem"] is None}


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is published.

    Attributes:
        shards: The published shards by name.
        generation: How many times this output was published.
        run: Which run published it, and when.
        fingerprint: The rules' fingerprint of that run.
        contracts: The contracts' versions by dataset.
        fields: Which fields of records that run took for which columns, where it was told.
        files: Files of the dataset that belong to no shard: the empty parts that carry each dataset's schema.
    """

    shards: dict[str, ShardEntry] = field(default_factory=dict)
    generation: int = 0
    run: dict[str, str] = field(default_factory=dict)
    fingerprint: str = ""
    contracts: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    files: dict[str, Part] = field(default_factory=dict)

    def to_json(self) -> bytes:
        """Give the ledger as JSON, shards by name."""
        said = {"format": FORMAT, **asdict(self)}
        said["shards"] = dict(sorted(said["shards"].items()))
        return json.dumps(said, indent=1).encode()  # in ASCII: a file's name may hold what has no UTF-8

    @classmethod
    def of(cls, content: bytes, where: str) -> Ledger:
        """Make a ledger of its JSON.

        Raises:
            ValueError: It is no ledger, or one of another format.
        """
        try:
            said = json.loads(content)
            number = said.pop("format")
            if number == FORMAT:
                said["shards"] = {name: ShardEntry.of(row) for name, row in said["shards"].items()}
                said["files"] = {name: Part(**row) for name, row in said["files"].items()}
                return cls(**said)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{where} is no ledger of cleanse: {error!r}") from error
        raise ValueError(f"{where} has format {number}; this release of cleanse reads format {FORMAT}")

    def parts(self) -> dict[str, Part]:
        """Give all files of the dataset by path."""
        of_shards = (part for entry in self.shards.values() for part in entry.parts.values())
        return {part.path: part for part in (*of_shards, *self.files.values())}

    def total(self) -> Counter[str]:
        """Give the sums of all shards' counts."""
        return sum_counts(entry.counts for entry in self.shards.values())


def sum_counts(of: Any) -> Counter[str]:
    """Add counts up."""
    total: Counter[str] = Counter()
    for counts in of:
        total.update(counts)
    return total


def load(store: Store) -> Ledger:
    """Give the store's ledger; one that is empty if nothing was published there."""
    content = store.read(PATH)
    return Ledger() if content is None else Ledger.of(content, store.where(PATH))


def incomplete(store: Store, ledger: Ledger) -> list[str]:
    """Give the names of the shards of which a part is no longer there, or has another size."""
    lost = set(store.missing({path: part.bytes for path, part in ledger.parts().items()}))
    return [
        name
        for name, entry in ledger.shards.items()
        if any(part.path in lost for part in entry.parts.values())
    ]


def publish(store: Store, ledger: Ledger, moves: Mapping[str, str], removes: Sequence[str]) -> None:
    """Make ``ledger`` what is published: move staged parts into place, write the ledger, remove retired parts.

    What is to be done is first written to a journal; whoever finds one finishes it (:func:`finish`). At any instant
    every part that the ledger names is there, whole: who reads by the ledger sees the old dataset or the new one.

    Raises:
        OSError: The store failed (then the next run finishes this), or staged parts are gone.
    """
    journal = {"moves": dict(moves), "removes": list(removes), "ledger": ledger.to_json().decode()}
    store.write(JOURNAL, json.dumps(journal).encode())
    if not finish(store):
        raise OSError(
            errno.ENOENT, "parts that were about to be published are gone; run again", store.where(STAGING)
        )


def finish(store: Store) -> bool:
    """Finish a publication that was begun; say whether there was one that could be finished.

    One whose parts are gone, because someone has emptied the staging folder, is given up: the old ledger holds, and
    what it does not name is cleaned again.

    Raises:
        ValueError: There is a journal that cannot be read.
    """
    content = store.read(JOURNAL)
    if content is None:
        return False
    try:
        journal = json.loads(content)
        moves, removes, written = journal["moves"], journal["removes"], journal["ledger"].encode()
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(
            f"{store.where(JOURNAL)} cannot be read ({error!r}): nothing that cleanse wrote. Remove it to run again"
        ) from error
    parts = Ledger.of(written, store.where(JOURNAL)).parts()
    store.move(moves)
    if store.missing({path: parts[path].bytes for path in moves.values() if path in parts}):
        store.remove(JOURNAL)
        return False
    store.write(PATH, written)
    store.remove(*removes)
    store.remove(JOURNAL)
    return True
