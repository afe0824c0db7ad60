"""The ledger: which shards are published, what was in them, and which parts hold what came of them.

It is one JSON file, ``ledger.json``, written last. A part that the ledger does not name is not part of the dataset.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from cleanse.store import Store

PATH = "ledger.json"
JOURNAL = "_publish.json"
STAGING = "_staging"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Part:
    """A Parquet file of the dataset: its path below the output, rows, size in bytes and SHA-256 in hex."""

    path: str
    rows: int
    bytes: int
    sha256: str


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
        """The names of the files it holds pieces of."""
        return {piece["name"] for piece in self.pieces}


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is published.

    Attributes:
        shards: The published shards by name.
        generation: How many times this output was published.
        run: Which run published it, and when.
        fingerprint: The rules' fingerprint of that run.
        contracts: The contracts' versions by dataset.
        files: Files of the dataset that belong to no shard: the empty parts that carry each dataset's schema.
    """

    shards: dict[str, ShardEntry] = field(default_factory=dict)
    generation: int = 0
    run: dict[str, str] = field(default_factory=dict)
    fingerprint: str = ""
    contracts: dict[str, str] = field(default_factory=dict)
    files: dict[str, Part] = field(default_factory=dict)

    def to_json(self) -> bytes:
        """Give the ledger as JSON, shards by name."""
        said = {"format": FORMAT, **asdict(self)}
        said["shards"] = dict(sorted(said["shards"].items()))
        return json.dumps(said, ensure_ascii=False, indent=1).encode()

    @classmethod
    def of(cls, content: bytes, where: str) -> Ledger:
        """Make a ledger of its JSON.

        Raises:
            ValueError: It is no ledger, or one of another format.
        """
        try:
            said = json.loads(content)
            number = said.pop("format")
        except (ValueError, KeyError, AttributeError) as error:
            raise ValueError(f"{where} is no ledger of cleanse: {error}") from error
        if number != FORMAT:
            raise ValueError(f"{where} has format {number}; this release of cleanse reads format {FORMAT}")
        said["shards"] = {name: ShardEntry.of(row) for name, row in said["shards"].items()}
        said["files"] = {name: Part(**row) for name, row in said["files"].items()}
        return cls(**said)

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


def publish(store: Store, ledger: Ledger, moves: Mapping[str, str], removes: list[str]) -> None:
    """Make ``ledger`` what is published: move staged parts into place, remove retired ones, write the ledger.

    What is to be done is first written to a journal; whoever finds one finishes it (:func:`finish`). So a
    crash at any instant leaves either the old dataset or one that the next run completes.
    """
    journal = {"moves": dict(moves), "removes": removes, "ledger": ledger.to_json().decode()}
    store.write(JOURNAL, json.dumps(journal, ensure_ascii=False).encode())
    finish(store)


def finish(store: Store) -> bool:
    """Finish a publication that was begun; say whether there was one."""
    content = store.read(JOURNAL)
    if content is None:
        return False
    journal = json.loads(content)
    for source, target in journal["moves"].items():
        store.move(source, target)
    for path in journal["removes"]:
        store.remove(path)
    store.write(PATH, journal["ledger"].encode())
    store.remove(JOURNAL)
    return True
