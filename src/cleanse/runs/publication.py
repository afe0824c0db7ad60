"""What a run publishes: which parts come into the dataset, which stay, and which go."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cleanse.inputs import Plan, Shard
from cleanse.output.ledger import LEARNING, STAGING, Ledger
from cleanse.output.store import Store
from cleanse.runs.removed_inputs import carry_over
from cleanse.shard_work import SCHEMAS, Outcome, shard_name


@dataclass(frozen=True, slots=True)
class Publication:
    """What the dataset becomes, and how.

    Attributes:
        ledger: Its ledger.
        moves: Staged parts and where they go.
        removes: Parts of retired shards.
        retired: Names of shards that are no longer part of it.
        removed_inputs: Published inputs that are no longer there.
        pruned: How many articles go because none of their shard's inputs is there any longer.
    """

    ledger: Ledger
    moves: Mapping[str, str]
    removes: list[str]
    retired: list[str]
    removed_inputs: set[str]
    pruned: int

    def is_as(self, published: Ledger) -> bool:
        """Say whether the dataset stays as it is published."""
        same = self.ledger.shards == published.shards and self.ledger.files == published.files
        return same and published.generation > 0 and not self.moves and not self.removes


def decide(
    store: Store,
    planned: Plan,
    published: Ledger,
    outcomes: Mapping[str, Outcome],
    fingerprint: str,
    *,
    prune: bool,
) -> Publication:
    """Say what the dataset becomes when the outcomes of a plan's new shards join what is published.

    Args:
        store: The output.
        planned: What there is to read.
        published: The ledger as it is.
        outcomes: What became of the shards that were cleaned, by name.
        fingerprint: The rules' fingerprint.
        prune: Also retire what came of inputs that are gone.
    """
    wanted = {shard_name(shard.key, fingerprint) for shard in planned.shards}
    present = {p.name for shard in planned.shards for p in shard.pieces if p.problem is None}
    unreadable = [problem.name for problem in planned.problems]
    shards = {name: published.shards[name] for name in wanted & published.shards.keys()}
    moves: dict[str, str] = {}
    retired, removed_inputs, pruned = [], set(), 0
    for name, entry in published.shards.items():
        if name in wanted:
            continue
        # That a file could not be read once is no news any more, unless it is planned again.
        gone = entry.read_inputs - present
        # A file that cannot be read today may be there tomorrow: what came of it stays, whoever prunes.
        there = {name for name in gone if _among(name, unreadable)}
        removed_inputs |= gone - there
        kept = there if prune else gone
        if kept and kept == entry.inputs:
            shards[name] = entry
            continue
        retired.append(name)
        pruned += entry.counts["articles"] if gone and not kept and gone == entry.inputs else 0
        if kept:
            carried, carried_moves = carry_over(store, entry, kept)
            shards[carried.name] = carried
            moves |= carried_moves
    for name, outcome in outcomes.items():
        shards[name] = outcome.entry
        moves |= {
            f"{STAGING}/{name}/{dataset}.parquet": part.path for dataset, part in outcome.entry.parts.items()
        }
    keep = {part.path for entry in shards.values() for part in entry.parts.values()}
    removes = [
        part.path
        for name in retired
        for part in published.shards[name].parts.values()
        if part.path not in keep
    ]
    return Publication(Ledger(shards=shards), moves, removes, retired, removed_inputs, pruned)


def without_old_news(planned: Plan, published: Ledger) -> Plan:
    """Leave out problems of files whose articles are published, and stay: a record is an article or rejected, not both.

    They are problems of the run still, and its report tells of them.
    """
    known = {name for entry in published.shards.values() for name in entry.read_inputs}
    shards = []
    for shard in planned.shards:
        news = tuple(p for p in shard.pieces if p.problem is None or p.name not in known)
        if news == shard.pieces:
            shards.append(shard)
        elif news:
            shards.append(Shard.of(news, shard.bytes))
    return replace(planned, shards=tuple(shards))


def _among(name: str, unreadable: Sequence[str]) -> bool:
    return any(name == other or (other.endswith("/") and name.startswith(other)) for other in unreadable)


# What a run may leave behind in a dataset's folder; a person's own files there are none of our business.
_ASIDE = re.compile(r"(?:^|/)\.aside-[0-9a-f]{32}$")
_OURS = re.compile(rf"/part-[0-9a-f]{{32}}\.parquet$|{_ASIDE.pattern}")


def sweep(store: Store, published: Ledger) -> None:
    """Remove what the ledger does not name: staged leftovers, parts of runs that were broken off."""
    for folder in (
        STAGING,
        LEARNING,
    ):  # learning holds the output, too: what is there now is left of one that died
        with contextlib.suppress(OSError):  # nobody reads it, and the next run tries again
            store.remove_folder(folder)
    named = published.parts()
    strays = [path for dataset in SCHEMAS for path in store.sizes(dataset)]
    store.remove(*(path for path in strays if path not in named and _OURS.search(path)))
    with contextlib.suppress(OSError):
        store.remove(*filter(_ASIDE.search, store.sizes("", depth=1)))
