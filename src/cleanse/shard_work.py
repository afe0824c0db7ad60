"""The work on one shard: read, clean, check against the contracts, write its parts to the staging folder.

It is a function of its task alone, so it can run anywhere and any number of times: the parts are named by what is in
the shard and by the rules' fingerprint, and the same task writes the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import socket
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cleanse.batch import CleanedBatch, Reason, clean_batch, reject, without_rows
from cleanse.cleaner import cleaner
from cleanse.contracts import Contracts
from cleanse.datasets import ARTICLES, EDITS, REJECTED
from cleanse.fingerprint import code_fingerprint
from cleanse.inputs import FieldMap, InputChanged, Limits, Shard, read
from cleanse.output.ledger import STAGING, Part, ShardEntry, sum_counts
from cleanse.output.store import Store
from cleanse.setting import Setting

SCHEMAS: Mapping[str, pa.Schema] = {"articles": ARTICLES, "edits": EDITS, "rejected": REJECTED}
EXAMPLES = 3  # before/after examples that a shard contributes to the report, at most
ATTEMPTS = 4  # tries at a shard whose input or output fails as disks and networks do


@dataclass(frozen=True, slots=True)
class Task:
    """All that is needed to clean a shard, wherever that happens.

    Attributes:
        fingerprint: The rules' fingerprint, by which the outcome is named.
        seconds: How long cleaning one record may take.
        retry_seconds: How long to wait before another try; each further time twice as long.
        code: Fingerprint of the code that the run was started with.
    """

    shard: Shard
    output: str
    setting: Setting
    fingerprint: str
    contracts: Contracts
    fields: FieldMap
    limits: Limits
    seconds: float
    retry_seconds: float
    code: str

    @property
    def name(self) -> str:
        """The shard's name: what is in it, and the rules' fingerprint."""
        return shard_name(self.shard.key, self.fingerprint)


@dataclass(frozen=True, slots=True)
class Example:
    """An edit for the report, with some text on both sides of it."""

    article_id: str
    rule: str
    before: str
    removed: str
    inserted: str
    after: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a shard: its entry for the ledger, and a few examples for the report."""

    entry: ShardEntry
    examples: tuple[Example, ...] = ()

    @staticmethod
    def examples_of(outcomes: Iterable[Outcome], most: int = 8) -> tuple[Example, ...]:
        """Give examples of different rules."""
        by_rule: dict[str, Example] = {}
        for outcome in outcomes:
            for example in outcome.examples:
                by_rule.setdefault(example.rule, example)
        return tuple(by_rule[rule] for rule in sorted(by_rule))[:most]


class ConservationError(AssertionError):
    """Records were lost or doubled. Nothing is published."""


class OtherCodeError(RuntimeError):
    """A worker has other code than the process that started the run: what it makes would go by a wrong name."""


def shard_name(key: str, fingerprint: str) -> str:
    """Name the outcome of a shard under rules: 32 hex digits."""
    return hashlib.sha256(f"{key}\n{fingerprint}".encode()).hexdigest()[:32]


def clean_shard(task: Task) -> Outcome:
    """Clean a shard into the staging folder; try again, ever later, where the input or output fails in passing.

    Raises:
        OtherCodeError: The code here is not the one that the run was started with. It happens where a release is
            installed under a run, for workers import it when they start, and on clusters that have another one.
    """
    if code_fingerprint() != task.code:
        raise OtherCodeError(
            f"a worker on {socket.gethostname()} has other rules than this run was started with: install the same "
            "release everywhere, and run again"
        )
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _clean_shard(task)
        except OSError as error:
            if attempt == ATTEMPTS or not may_pass(error):
                raise
            time.sleep(task.retry_seconds * 2 ** (attempt - 1))
    raise AssertionError("unreachable")


def _clean_shard(task: Task) -> Outcome:
    store = Store(task.output)
    parts = {name: _Part(name, task) for name in SCHEMAS}
    tallies: dict[str, Counter[str]] = {name: Counter() for name in ("counts", "rules", "reasons", "defects")}
    examples: list[Example] = []
    using = cleaner(task.setting.policy.gates())
    for batch in read(task.shard, fields=task.fields, limits=task.limits):
        cleaned = clean_batch(batch.records, task.setting.context, seconds=task.seconds, using=using)
        cleaned = keep_contracts(cleaned, batch.records, task)
        rejected = pa.concat_tables([batch.rejected, cleaned.rejected])
        read_rows = batch.records.num_rows + batch.rejected.num_rows
        if read_rows != cleaned.articles.num_rows + rejected.num_rows:
            raise ConservationError(
                f"shard {task.name}: {read_rows} records were read, but {cleaned.articles.num_rows} articles and "
                f"{rejected.num_rows} rejected records came of them; nothing is published, please report this"
            )
        tables = {"articles": cleaned.articles, "edits": cleaned.edits, "rejected": rejected}
        for name, table in tables.items():
            parts[name].write(table)
        for name, counted in count_rows(tables).items():
            tallies[name].update(counted)
        if len(examples) < EXAMPLES:
            examples += _examples(cleaned, EXAMPLES - len(examples))
    folder = f"{STAGING}/{task.name}"
    written = {name: made for name, part in parts.items() if (made := part.close(store, folder)) is not None}
    entry = ShardEntry(
        task.name, task.shard.key, task.fingerprint, [asdict(p) for p in task.shard.pieces],
        parts=written, **{name: dict(counted) for name, counted in tallies.items()},
    )  # fmt: skip
    outcome = Outcome(entry, tuple(examples))
    # Last: a staging folder with this file is whole, and a later run takes it up instead of cleaning again.
    store.write(f"{folder}/shard.json", json.dumps(asdict(outcome)).encode())
    return outcome


def staged(store: Store, name: str) -> Outcome | None:
    """Give the outcome of a shard that an earlier run has left in the staging folder, if it is there whole."""
    folder = f"{STAGING}/{name}"
    content = store.read(f"{folder}/shard.json")
    if content is None:
        return None
    try:
        said = json.loads(content)
        outcome = Outcome(ShardEntry.of(said["entry"]), tuple(Example(**e) for e in said["examples"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None  # nothing that we wrote: clean the shard
    sizes = {f"{folder}/{dataset}.parquet": part.bytes for dataset, part in outcome.entry.parts.items()}
    there = store.sizes(folder)
    return outcome if all(there.get(path) == size for path, size in sizes.items()) else None


def assert_conserved(outcomes: Mapping[str, Outcome]) -> None:
    """Make sure that every record read became an article or a rejected record.

    Raises:
        ConservationError: Some did not, or became more than one.
    """
    total = sum_counts(outcome.entry.counts for outcome in outcomes.values())
    if total["records"] != total["articles"] + total["rejected"]:
        raise ConservationError(
            f"{total['records']} records were read, but {total['articles']} articles and {total['rejected']} rejected "
            "records came of them; nothing is published, please report this"
        )


_FINAL = (FileNotFoundError, InputChanged, IsADirectoryError, NotADirectoryError, PermissionError)
_FINAL_NUMBERS = {28, 30, 122}  # no space left, read-only file system, quota exceeded


def may_pass(error: OSError) -> bool:
    """Say whether to do the same again may succeed, as it does when a disk or network has failed in passing."""
    return not isinstance(error, _FINAL) and error.errno not in _FINAL_NUMBERS


# --------------------------------------------------------------------------------------------- contracts


def keep_contracts(cleaned: CleanedBatch, records: pa.Table, task: Task) -> CleanedBatch:
    """Move articles that break a contract, or whose edits do, to the rejected records."""
    broken = _failures(task, "articles", cleaned.articles)
    by_edit = _failures(task, "edits", cleaned.edits)
    if not broken and not by_edit:
        return cleaned
    rows = dict(zip(_keys(cleaned.articles), range(cleaned.articles.num_rows), strict=True))
    of_edits = _keys(cleaned.edits)
    for edit, reasons in by_edit.items():
        found = [{**reason, "column": f"edits.{reason['column']}"} for reason in reasons]
        broken.setdefault(rows[of_edits[edit]], []).extend(found)
    keys = _keys(records)
    failed = {n: broken[rows[key]] for n, key in enumerate(keys) if rows.get(key) in broken}
    gone = {keys[n] for n in failed}
    lost_edits = {n: None for n, key in enumerate(of_edits) if key in gone}
    return replace(
        cleaned,
        articles=without_rows(cleaned.articles, broken),
        edits=without_rows(cleaned.edits, lost_edits) if lost_edits else cleaned.edits,
        rejected=pa.concat_tables([cleaned.rejected, reject(records, failed, stage="contract")]),
    )


def _failures(task: Task, dataset: str, table: pa.Table) -> dict[int, list[Reason]]:
    found = task.contracts.failures(dataset, table, today=task.setting.today)
    return {row: [asdict(reason) for reason in reasons] for row, reasons in found.rows.items()}


def _keys(table: pa.Table) -> list[tuple[str, int]]:
    return list(zip(table["origin_file"].to_pylist(), table["origin_index"].to_pylist(), strict=True))


# ------------------------------------------------------------------------------------------------- parts


class _Part:
    """Collects a dataset's rows of one shard as Parquet, in memory: a shard is small."""

    def __init__(self, dataset: str, task: Task) -> None:
        self.dataset, self._task = dataset, task
        self._sink = pa.BufferOutputStream()
        self._writer: pq.ParquetWriter | None = None
        self._rows = 0

    def write(self, table: pa.Table) -> None:
        if not table.num_rows:
            return
        if self._writer is None:
            schema = with_metadata(self.dataset, self._task.fingerprint, self._task.contracts.versions)
            self._writer = writer(self._sink, schema)
        self._rows += table.num_rows
        self._writer.write_table(table.replace_schema_metadata(self._writer.schema.metadata))

    def close(self, store: Store, folder: str) -> Part | None:
        if self._writer is None:
            return None
        self._writer.close()
        content = memoryview(self._sink.getvalue())
        store.write(f"{folder}/{self.dataset}.parquet", content)
        path = f"{self.dataset}/part-{self._task.name}.parquet"
        return Part.of(path, self._rows, content)


def writer(sink: Any, schema: pa.Schema) -> pq.ParquetWriter:
    """Open a Parquet writer as all parts are written: zstd, with statistics, a row group a batch."""
    return pq.ParquetWriter(sink, schema, compression="zstd", compression_level=1, write_statistics=True)


def with_metadata(dataset: str, fingerprint: str, versions: Mapping[str, str]) -> pa.Schema:
    """Give a dataset's schema with what a part says of itself: creator, contract version, rules' fingerprint."""
    return SCHEMAS[dataset].with_metadata(
        {
            "cleanse.creator": f"cleanse {_version()}",
            "cleanse.dataset": dataset,
            "cleanse.contract_version": versions.get(dataset, ""),
            "cleanse.rules_fingerprint": fingerprint,
        }
    )


@lru_cache
def _version() -> str:
    from cleanse import __version__

    return __version__


# ------------------------------------------------------------------------------------------------- counts


def count_rows(tables: Mapping[str, pa.Table]) -> dict[str, dict[str, int]]:
    """Count what the tables of a shard hold, as a :class:`~cleanse.output.ledger.ShardEntry` says it."""
    articles = tables.get("articles", ARTICLES.empty_table())
    edits = tables.get("edits", EDITS.empty_table())
    rejected = tables.get("rejected", REJECTED.empty_table())
    counts = {
        "records": articles.num_rows + rejected.num_rows,
        "articles": articles.num_rows,
        "rejected": rejected.num_rows,
        "edits": edits.num_rows,
        "touched": _sum(pc.greater(articles["edit_count"], 0)),
        "review": _sum(articles["needs_review"]),
        "raw_length": _sum(articles["raw_length"]),
        "text_length": _sum(pc.utf8_length(articles["text"])),
    }
    reasons = Counter(f"{r['stage']}.{r['check']}" for row in rejected["reasons"].to_pylist() for r in row)
    return {
        "counts": counts,
        "rules": _tally(edits["rule"]),
        "reasons": dict(reasons),
        "defects": _tally(pc.list_flatten(articles["defects"])),
    }


def _sum(column: Any) -> int:
    return int(pc.sum(column, min_count=0).as_py() or 0)


def _tally(column: Any) -> dict[str, int]:
    return {row["values"]: row["counts"] for row in pc.value_counts(column).to_pylist()}


def _examples(cleaned: CleanedBatch, most: int, around: int = 60) -> list[Example]:
    """Give edits of different rules, with some text of the article on both sides."""
    found: dict[str, Example] = {}
    rows = dict(zip(_keys(cleaned.articles), range(cleaned.articles.num_rows), strict=True))
    for edit in cleaned.edits.slice(0, 200).to_pylist():
        if edit["rule"] in found or len(edit["removed"]) > 400:
            continue
        row = rows[edit["origin_file"], edit["origin_index"]]
        if cleaned.articles["edit_count"][row].as_py() > 20:
            continue  # later edits have moved what stood around this one
        text = cleaned.articles["text"][row].as_py()
        at, end = edit["start"], edit["start"] + len(edit["inserted"])
        found[edit["rule"]] = Example(
            edit["article_id"], edit["rule"], text[max(0, at - around) : at], edit["removed"], edit["inserted"],
            text[end : end + around],
        )  # fmt: skip
        if len(found) == most:
            break
    return list(found.values())
