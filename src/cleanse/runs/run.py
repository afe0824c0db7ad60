"""A run: from inputs to a published dataset.

plan ──▶ what is new ──▶ shards to workers ──▶ staged parts ──▶ conservation, breaker ──▶ publish, ledger last
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from cleanse.contracts import Contracts, installed
from cleanse.fingerprint import code_fingerprint, rules_fingerprint
from cleanse.inputs import USUAL, FieldMap, InputChanged, Limits, Plan, Shard, plan
from cleanse.output import ledger
from cleanse.output.ledger import STAGING, Ledger, sum_counts
from cleanse.output.lock import Held, locked
from cleanse.output.schema_parts import schema_parts
from cleanse.output.store import Store
from cleanse.runs.breaker import Breaker
from cleanse.runs.engines import Engine, Processes
from cleanse.runs.own_folders import own_folders
from cleanse.runs.publication import Publication, decide, sweep, without_old_news
from cleanse.setting import Setting
from cleanse.shard_work import Example, Outcome, Task, assert_conserved, clean_shard, shard_name, staged

DATASETS = ("articles", "edits", "rejected")
SHARD_BYTES = 32 << 20


@dataclass(frozen=True, slots=True)
class Options:
    """How a run goes about it; but for records that take too long, none of this changes what comes out.

    Attributes:
        full: Clean everything, also what is published already.
        prune: Take articles of removed inputs out of the dataset.
        wait: Seconds to wait for another run on the same output to end.
        shard_bytes: Size of a shard, in bytes of (decompressed) input.
        record_seconds: How much processor time cleaning one record may take; see :func:`cleanse.batch.clean_batch`.
        retry_seconds: How long to wait before a shard whose input or output failed is tried again; each further time
            twice as long.
    """

    full: bool = False
    prune: bool = False
    wait: float = 0.0
    shard_bytes: int = SHARD_BYTES
    record_seconds: float = 60.0
    retry_seconds: float = 0.5


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
        passed_over: Files of the input folders that are of kinds that are not read, by how their names end.
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
    passed_over: Mapping[str, int] = field(default_factory=dict)
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


@dataclass(frozen=True, slots=True)
class Planned:
    """What there is to do.

    Attributes:
        shards: All shards of the input.
        todo: Of these, how many are not published yet with these rules.
        todo_bytes: Their size, in bytes as they are stored.
        problems: Inputs that cannot be read, each with why.
    """

    shards: int
    todo: int
    todo_bytes: int
    problems: tuple[str, ...]


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
    stages = Run(
        inputs, output, setting=setting, fields=fields, limits=limits, contracts=contracts, breaker=breaker,
        options=options,
    )  # fmt: skip
    with stages.hold():
        stages.plan()
        stages.clean(engine, observe)
        return stages.publish()


class Run:
    """The stages of a run: plan, clean and publish, in this order while the output is held.

    A stage that failed as disks and networks do can be called again; it goes on where it stopped.

    Attributes:
        id: The run's id.
        output: Where the dataset is.
        fingerprint: The rules' fingerprint.
    """

    def __init__(
        self,
        inputs: Sequence[str],
        output: str,
        *,
        setting: Setting | None = None,
        fields: FieldMap = USUAL,
        limits: Limits | None = None,
        contracts: Contracts | None = None,
        breaker: Breaker | None = None,
        options: Options | None = None,
    ) -> None:
        """Say what is wanted, as in :func:`run`; nothing is read or written yet."""
        self.id, self.output = uuid.uuid4().hex, output
        self._began = datetime.now(UTC)
        self._inputs, self._fields = inputs, fields
        self._setting, self._limits = setting or Setting(), limits or Limits()
        self._breaker, self._options = breaker or Breaker(), options or Options()
        self._contracts, self._store = contracts or installed(), Store(output)
        self._versions = {name: self._contracts.versions[name] for name in DATASETS}
        self.fingerprint = rules_fingerprint(
            self._setting.fingerprint(), repr(self._versions), repr(fields), repr(self._limits)
        )
        self._published, self._planned = Ledger(), Plan((), ())
        self._todo: list[Shard] = []
        self._outcomes: dict[str, Outcome] = {}
        self._resumed = 0
        self._decided: Publication | None = None
        self._held: Held | None = None

    def hold(self) -> AbstractContextManager[None]:
        """Hold the output while the stages run.

        Raises:
            LockedError: Another run is at work on this output, and still was after ``wait`` seconds.
        """
        return self._hold()

    @contextmanager
    def _hold(self) -> Iterator[None]:
        with locked(self._store, wait=self._options.wait) as self._held:
            yield

    def plan(self) -> Planned:
        """See what there is to read and what of it is not published yet, with these rules.

        Raises:
            ValueError: An input does not exist, or cannot be meant.
        """
        ledger.finish(self._store)
        self._published = ledger.load(self._store)
        planned = plan(
            self._inputs, fields=self._fields, shard_bytes=self._options.shard_bytes, limits=self._limits,
            exclude=own_folders(self._store, self._inputs),
        )  # fmt: skip
        self._planned = without_old_news(planned, self._published)
        shards = self._planned.shards
        if self._options.full:
            self._store.remove_folder(STAGING)
            self._todo = list(shards)
        else:
            # A record that took too long yesterday, on a busy machine perhaps, gets another chance.
            late = {n for n, e in self._published.shards.items() if "clean.time_limit" in e.reasons}
            whole = self._published.shards.keys() - ledger.incomplete(self._store, self._published) - late
            self._todo = [s for s in shards if shard_name(s.key, self.fingerprint) not in whole]
        return Planned(
            shards=len(shards),
            todo=len(self._todo),
            todo_bytes=sum(shard.bytes for shard in self._todo),
            problems=self._problems(),
        )

    def clean(
        self, engine: Engine | None = None, observe: Callable[[Progress], None] = _ignore
    ) -> Counter[str]:
        """Clean what is not published into the staging folder; what a broken run has left there whole is taken up.

        Args:
            engine: What works on the shards; processes of this machine by default.
            observe: Called after every shard.

        Returns:
            What came of it: ``records``, ``articles``, ``rejected``, ``edits``...

        Raises:
            ConservationError: Records were lost or doubled.
            InputChanged: A file is no longer what it was; another try takes it as it is now.
            OtherCodeError: A worker runs other rules than this process.
        """
        try:
            self._outcomes, self._resumed = _clean(
                self._store, self._todo, engine or Processes(), observe,
                lambda shard: Task(
                    shard, self.output, self._setting, self.fingerprint, self._contracts, self._fields, self._limits,
                    self._options.record_seconds, self._options.retry_seconds, code_fingerprint(),
                ),
            )  # fmt: skip
        except InputChanged:
            self.plan()  # so that another try cleans what is there now
            raise
        assert_conserved(self._outcomes)
        return sum_counts(outcome.entry.counts for outcome in self._outcomes.values())

    def publish(self) -> Report:
        """Make what was cleaned the dataset, or fail and leave the old one as it is.

        Where nothing was new nothing is written: the dataset is still what the last run has published.

        Raises:
            BreakerError: Too much was rejected, or the articles shrank too much.
            LockedError: Another run has taken the output over meanwhile, because this one seemed dead.
        """
        if self._decided is None:
            self._decided = self._decide()
        decided = self._decided
        if self._held is not None:
            self._held.check()
        if not decided.is_as(self._published):
            ledger.publish(self._store, decided.ledger, decided.moves, decided.removes)
        sweep(self._store, decided.ledger)
        return self._report(decided)

    def _decide(self) -> Publication:
        store, published = self._store, self._published
        decided = decide(
            store, self._planned, published, self._outcomes, self.fingerprint, prune=self._options.prune
        )
        self._breaker.check(
            [outcome.entry for outcome in self._outcomes.values()],
            [published.shards[name] for name in decided.retired],
            store,
        )
        self._breaker.check_pruned(decided.pruned, published.total()["articles"])
        files, moves = schema_parts(store, self.fingerprint, self._versions, published.files)
        return replace(
            decided,
            moves={**decided.moves, **moves},
            ledger=replace(
                decided.ledger,
                generation=published.generation + 1,
                run={
                    "id": self.id,
                    "began": self._began.isoformat(),
                    "published": datetime.now(UTC).isoformat(),
                },
                fingerprint=self.fingerprint,
                contracts=self._versions,
                fields=dict(self._fields.explicit),
                files=files,
            ),
        )

    def _problems(self) -> tuple[str, ...]:
        return tuple(f"{problem.name}: {problem.message}" for problem in self._planned.problems)

    def _report(self, decided: Publication) -> Report:
        entries = [outcome.entry for outcome in self._outcomes.values()]
        return Report(
            run_id=self.id,
            output=self.output,
            fingerprint=self.fingerprint,
            totals=dict(decided.ledger.total()),
            cleaned=dict(sum_counts(e.counts for e in entries)),
            rules=dict(sum_counts(e.rules for e in entries)),
            reasons=dict(sum_counts(e.reasons for e in entries)),
            defects=dict(sum_counts(e.defects for e in entries)),
            shards={
                "cleaned": len(entries) - self._resumed,
                "resumed": self._resumed,
                "kept": len(decided.ledger.shards) - len(entries),
                "retired": len(decided.retired),
            },
            removed_inputs=tuple(sorted(decided.removed_inputs)),
            problems=self._problems(),
            passed_over=dict(self._planned.passed_over),
            examples=Outcome.examples_of(self._outcomes.values()),
            seconds=(datetime.now(UTC) - self._began).total_seconds(),
        )


def _clean(
    store: Store,
    todo: Sequence[Shard],
    engine: Engine,
    observe: Callable[[Progress], None],
    task: Callable[[Shard], Task],
) -> tuple[dict[str, Outcome], int]:
    """Clean the shards, but for those that a broken run has left whole; count those, and give all outcomes by name."""
    outcomes: dict[str, Outcome] = {}
    tasks = []
    for made in map(task, todo):
        left = staged(store, made.name)
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
