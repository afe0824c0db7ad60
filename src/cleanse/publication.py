"""What a run publishes: which parts come into the dataset, which stay, and which go."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from cleanse.inputs import Plan
from cleanse.ledger import STAGING, Ledger
from cleanse.removed_inputs import carry_over
from cleanse.shard_work import SCHEMAS, Outcome, shard_name
from cleanse.store import Store


@dataclass(frozen=True, slots=True)
class Publication:
    """What the dataset becomes, and how.

    Attributes:
        ledger: Its ledger.
        moves: Staged parts and where they go.
        removes: Parts of retired shards.
        retired: Names of shards that are no longer part of it.
        removed_inputs: Published inputs that are no longer there.
    """

    ledger: Ledger
    moves: Mapping[str, str]
    removes: list[str]
    retired: list[str]
    removed_inputs: set[str]


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
    # A file that cannot be read today is as good as removed: what came of it before is kept.
    present = {p.name for shard in planned.shards for p in shard.pieces if p.problem is None}
    shards = {name: published.shards[name] for name in wanted & published.shards.keys()}
    moves: dict[str, str] = {}
    retired, removed_inputs = [], set()
    for name, entry in published.shards.items():
        if name in wanted:
            continue
        # That a file could not be read once is no news any more, unless it is planned again.
        gone = entry.read_inputs - present
        removed_inputs |= gone
        if gone and gone == entry.inputs and not prune:
            shards[name] = entry
            continue
        retired.append(name)
        if gone and not prune:
            carried, carried_moves = carry_over(store, entry, gone)
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
    return Publication(Ledger(shards=shards), moves, removes, retired, removed_inputs)


# What a run may leave behind in a dataset's folder; a person's own files there are none of our business.
_ASIDE = re.compile(r"(?:^|/)\.aside-[0-9a-f]{32}$")
_OURS = re.compile(rf"/part-[0-9a-f]{{32}}\.parquet$|{_ASIDE.pattern}")


def sweep(store: Store, published: Ledger) -> None:
    """Remove what the ledger does not name: staged leftovers, parts of runs that were broken off."""
    with contextlib.suppress(OSError):  # nobody reads it, and the next run tries again
        store.remove_folder(STAGING)
    named = published.parts()
    strays = [path for dataset in SCHEMAS for path in store.list(dataset)]
    store.remove(*(path for path in strays if path not in named and _OURS.search(path)))
    with contextlib.suppress(OSError):
        store.remove(*filter(_ASIDE.search, store.list("", depth=1)))
