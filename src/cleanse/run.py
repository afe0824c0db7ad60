"""A run: from inputs to a published dataset.

plan ──▶ what is new ──▶ shards to workers ──▶ staged parts ──▶ conservation, breaker ──▶ publish, ledger last
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from cleanse import ledger
from cleanse.breaker import Breaker
from cleanse.contracts import Contracts, installed
from cleanse.engines import Engine, Processes
from cleanse.fingerprint import rules_fingerprint
from cleanse.inputs import USUAL, FieldMap, Limits, Plan, Shard, plan
from cleanse.ledger import STAGING, Ledger, sum_counts
from cleanse.lock import locked
from cleanse.removed_inputs import carry_over
from cleanse.schema_parts import schema_parts
from cleanse.setting import Setting
from cleanse.shard_work import ConservationError, Example, Outcome, Task, clean_shard, shard_name, staged
from cleanse.store import Store

DATASETS = ("articles", "edits", "rejected")
SHARD_BYTES = 32 << 20


@dataclass(frozen=True, slots=True)
class Options:
    """How a run goes about it; none of this changes what comes out.

    Attributes:
        full: Clean everything, also what is published already.
        prune: Take articles of removed inputs out of the dataset.
        wait: Seconds to wait for another run on the same output to end.
        shard_bytes: Size of a shard, in bytes of (decompressed) input.
        record_seconds: How long cleaning one record may take.
    """

    full: bool = False
    prune: bool = False
    wait: float = 0.0
    shard_bytes: int = SHARD_BYTES
    record_seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did.

    Attributes:
        run_id: Its id.
        output: Where the dataset is.
        fingerprint: The rules' fingerprint.
        totals: Counts of the whole dataset as published: records, articles, rejected, edits, touched, review...
        cleaned: The same counts, of what this run cleaned.
        rules: Edits by rule, of what this run cleaned.
        reasons: Rejected records by ``stage.check``, of what this run cleaned.
        defects: Articles by defect, of what this run cleaned.
        shards: How many shards were ``cleaned``, taken up from a broken run (``resumed``), ``kept``, ``retired``.
        removed_inputs: Published inputs that are no longer there; their articles are kept unless pruned.
        problems: Inputs that could not be read, each with why.
        examples: A few edits, with the text around them.
        seconds: How long it took.
    """

    run_id: str
    output: str
    fingerprint: str
    totals: Mapping[str, int]
    cleaned: Mapping[str, int]
    rules: Mapping[str, int]
    reasons: Mapping[str, int]
    defects: Mapping[str, int]
    shards: Mapping[str, int]
    removed_inputs: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    seconds: float = 0.0


@dataclass(slots=True)
class Progress:
    """How far a run is; given to the observer after every shard.

    Attributes:
        shards: Shards to clean in this run.
        done: Of these, how many are done.
        bytes: Bytes of input to clean.
        bytes_done: Of these, how many are done.
        records: Records read so far.
    """

    shards: int = 0
    done: int = 0
    bytes: int = 0
    bytes_done: int = 0
    records: int = 0


def _ignore(progress: Progress) -> None:
    pass


def run(
    inputs: Sequence[str],
    output: str,
    *,
    setting: Setting | None = None,
    fields: FieldMap = USUAL,
    limits: Limits | None = None,
    engine: Engine | None = None,
    contracts: Contracts | None = None,
    breaker: Breaker | None = None,
    options: Options | None = None,
    observe: Callable[[Progress], None] = _ignore,
) -> Report:
    """Clean ``inputs`` into the dataset at ``output``; what is published there with the same rules is not redone.

    Args:
        inputs: Folders, globs or files, as paths or URLs.
        output: Folder of the dataset, as path or URL.
        setting: Policy, learned boilerplate and the day of the run.
        fields: Which fields of records are which columns.
        limits: What of an input is too much.
        engine: What works on the shards; processes of this machine by default.
        contracts: What published rows must keep; the installed ones by default.
        breaker: When to fail rather than publish.
        options: How to go about it.
        observe: Called after every shard.

    Raises:
        LockedError: Another run is at work on this output.
        BreakerError: Too much was rejected, or the articles shrank too much; the old dataset stays.
        ConservationError: Records were lost or doubled; the old dataset stays.
        ValueError: An input does not exist, or an argument makes no sense.
        OSError: The input or output failed, and went on failing.
    """
    began = datetime.now(UTC)
    setting, limits, options = setting or Setting(), limits or Limits(), options or Options()
    contracts, store = contracts or installed(), Store(output)
    versions = {name: contracts.versions[name] for name in DATASETS}
    fingerprint = rules_fingerprint(setting.fingerprint(), repr(versions), repr(fields), repr(limits))
    with locked(store, wait=options.wait):
        ledger.finish(store)
        published = ledger.load(store)
        planned = plan(
            inputs, fields=fields, shard_bytes=options.shard_bytes, limits=limits, exclude=[output]
        )
        todo = _todo(planned, published, fingerprint, full=options.full)
        outcomes, resumed = _clean(
            store, todo, engine or Processes(), observe,
            lambda shard: Task(
                shard, output, setting, fingerprint, contracts, fields, limits, options.record_seconds
            ),
            resume=not options.full,
        )  # fmt: skip
        _assert_conserved(outcomes)
        next_ledger, moves, retired, removed_inputs = _reconcile(
            store, planned, published, outcomes, fingerprint, prune=options.prune
        )
        (breaker or Breaker()).check(
            [outcome.entry for outcome in outcomes.values()], [published.shards[name] for name in retired]
        )
        run_id = uuid.uuid4().hex
        next_ledger = replace(
            next_ledger,
            generation=published.generation + 1,
            run={"id": run_id, "began": began.isoformat(), "published": datetime.now(UTC).isoformat()},
            fingerprint=fingerprint,
            contracts=versions,
            files=schema_parts(store, fingerprint, versions, published.files),
        )
        keep = {p.path for e in next_ledger.shards.values() for p in e.parts.values()}
        removes = [
            p.path for name in retired for p in published.shards[name].parts.values() if p.path not in keep
        ]
        ledger.publish(store, next_ledger, moves, removes)
        _sweep(store, next_ledger)
    entries = [outcome.entry for outcome in outcomes.values()]
    return Report(
        run_id=run_id,
        output=output,
        fingerprint=fingerprint,
        totals=next_ledger.total(),
        cleaned=sum_counts(e.counts for e in entries),
        rules=sum_counts(e.rules for e in entries),
        reasons=sum_counts(e.reasons for e in entries),
        defects=sum_counts(e.defects for e in entries),
        shards={
            "cleaned": len(outcomes) - resumed,
            "resumed": resumed,
            "kept": len(next_ledger.shards) - len(outcomes),
            "retired": len(retired),
        },
        removed_inputs=tuple(sorted(removed_inputs)),
        problems=tuple(f"{problem.name}: {problem.message}" for problem in planned.problems),
        examples=_various(outcomes.values()),
        seconds=(datetime.now(UTC) - began).total_seconds(),
    )


def _todo(planned: Plan, published: Ledger, fingerprint: str, *, full: bool) -> list[Shard]:
    return [s for s in planned.shards if full or shard_name(s.key, fingerprint) not in published.shards]


def _clean(
    store: Store,
    todo: Sequence[Shard],
    engine: Engine,
    observe: Callable[[Progress], None],
    task: Callable[[Shard], Task],
    *,
    resume: bool,
) -> tuple[dict[str, Outcome], int]:
    """Clean the shards, but for those that a broken run has left whole; count those, and give all outcomes by name."""
    outcomes: dict[str, Outcome] = {}
    tasks = []
    for made in map(task, todo):
        left = staged(store, made.name) if resume else None
        if left is None:
            tasks.append(made)
        else:
            outcomes[made.name] = left
    resumed = len(outcomes)
    progress = Progress(shards=len(tasks), bytes=sum(t.shard.bytes for t in tasks))
    sizes = {t.name: t.shard.bytes for t in tasks}
    observe(progress)
    for outcome in engine.map(clean_shard, tasks):
        outcomes[outcome.entry.name] = outcome
        progress.done += 1
        progress.bytes_done += sizes[outcome.entry.name]
        progress.records += outcome.entry.counts.get("records", 0)
        observe(progress)
    return dict(sorted(outcomes.items())), resumed


def _assert_conserved(outcomes: Mapping[str, Outcome]) -> None:
    total = sum_counts(outcome.entry.counts for outcome in outcomes.values())
    if total["records"] != total["articles"] + total["rejected"]:
        raise ConservationError(
            f"{total['records']} records were read, but {total['articles']} articles and {total['rejected']} rejected "
            "records came of them; nothing is published, please report this"
        )


def _reconcile(
    store: Store,
    planned: Plan,
    published: Ledger,
    outcomes: Mapping[str, Outcome],
    fingerprint: str,
    *,
    prune: bool,
) -> tuple[Ledger, dict[str, str], list[str], set[str]]:
    """Say what the dataset becomes: its ledger, parts to move, names of retired shards, inputs that are gone."""
    wanted = {shard_name(shard.key, fingerprint) for shard in planned.shards}
    # A file that cannot be read today is as good as removed: what came of it before is kept.
    present = {p.name for shard in planned.shards for p in shard.pieces if p.problem is None}
    shards = {name: published.shards[name] for name in wanted & published.shards.keys()}
    moves: dict[str, str] = {}
    retired, removed_inputs = [], set()
    for name, entry in published.shards.items():
        if name in wanted:
            continue
        gone = entry.inputs - present
        removed_inputs |= gone
        if gone == entry.inputs and not prune:
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
    return Ledger(shards=shards), moves, retired, removed_inputs


# What a run may leave behind in a dataset's folder; a person's own files there are none of our business.
_OURS = re.compile(r"/(?:part-[0-9a-f]{32}\.parquet|\.aside-[0-9a-f]{32})$")


def _sweep(store: Store, published: Ledger) -> None:
    """Remove what the ledger does not name: staged leftovers, parts of runs that were broken off."""
    store.remove(STAGING)
    named = {p.path for e in published.shards.values() for p in e.parts.values()}
    named |= {p.path for p in published.files.values()}
    for dataset in DATASETS:
        for path in store.list(dataset):
            if path not in named and _OURS.search(path):
                store.remove(path)


def _various(outcomes: Any, most: int = 8) -> tuple[Example, ...]:
    by_rule: dict[str, Example] = {}
    for outcome in outcomes:
        for example in outcome.examples:
            by_rule.setdefault(example.rule, example)
    return tuple(by_rule[rule] for rule in sorted(by_rule))[:most]
