"""When a run fails rather than publish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq

from cleanse.output.ledger import STAGING, ShardEntry, sum_counts
from cleanse.output.store import Store

_SHOWN = 200  # code points of a reason's message


class BreakerError(RuntimeError):
    """The run would have published a dataset that cannot be right; the old one stays."""


@dataclass(frozen=True, slots=True)
class Breaker:
    """How much may go wrong.

    Attributes:
        rejected_share: More than this share of the records read may not be rejected, 0 to 1.
        shrink_share: The articles of inputs that were published before may not lose more than this share of their
            text, 0 to 1.
        floor: Fewer rejected records, or fewer articles that were there before, never break a run: one bad file of
            three is no disaster.
    """

    rejected_share: float = 0.2
    shrink_share: float = 0.5
    floor: int = 10

    def __post_init__(self) -> None:
        for name in ("rejected_share", "shrink_share"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} is a share, from 0 to 1, not {getattr(self, name)}")

    def check(
        self, entries: Sequence[ShardEntry], retired: Sequence[ShardEntry], store: Store | None = None
    ) -> None:
        """Fail if too much was rejected, or if articles that were published before have shrunk too much.

        Args:
            entries: The shards that are to be published.
            retired: The published shards that they replace.
            store: Where the shards are staged, for an example of what was rejected.

        Raises:
            BreakerError: The message says how much, and which reasons led.
        """
        total = sum_counts(entry.counts for entry in entries)
        records, rejected = total["records"], total["rejected"]
        if rejected >= self.floor and rejected > self.rejected_share * records:
            reasons = sum_counts(entry.reasons for entry in entries)
            led = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))[:5]
            raise BreakerError(
                f"{rejected} of {records} records were rejected, more than the {self.rejected_share:.0%} that may be; "
                f"what led: {', '.join(f'{why} ({n})' for why, n in led)}{_example(store, entries, led[0][0])}. The "
                "dataset is as it was. If this is right, allow more with --max-rejected SHARE."
            )
        # Only inputs that stand on both sides are compared: a shard may hold others beside them.
        again = {name for e in retired for name in e.inputs} & {name for e in entries for name in e.inputs}
        old = sum_counts(e.counts for e in retired if e.inputs <= again)
        before, after = old["text_length"], sum(e.counts["text_length"] for e in entries if e.inputs & again)
        if old["articles"] >= self.floor and after < (1 - self.shrink_share) * before:
            raise BreakerError(
                f"the articles of inputs that were published before shrink from {before} to {after} characters, by "
                f"more than the {self.shrink_share:.0%} that may be. The dataset is as it was. If this is right, allow "
                "more with --max-shrink SHARE."
            )

    def check_pruned(self, pruned: int, published: int) -> None:
        """Fail if too many articles are about to go because their inputs are gone: a missing mount looks like that.

        Args:
            pruned: How many articles would go.
            published: How many there are.

        Raises:
            BreakerError: More than the share by which articles may shrink.
        """
        if pruned >= self.floor and pruned > self.shrink_share * published:
            raise BreakerError(
                f"pruning would take out {pruned} of {published} articles, more than the {self.shrink_share:.0%} that "
                "may go: are the inputs where they should be? The dataset is as it was. If this is right, allow more "
                "with --max-shrink SHARE."
            )


def _example(store: Store | None, entries: Sequence[ShardEntry], reason: str) -> str:
    """Give the first record that was rejected for ``reason``: the dataset, which would show it, is not published."""
    entry = next((e for e in entries if reason in e.reasons), None)
    if store is None or entry is None:
        return ""
    try:
        with store.open(f"{STAGING}/{entry.name}/rejected.parquet") as file:
            rows = pq.read_table(file, columns=["origin_file", "origin_line", "reasons"]).to_pylist()
    except (OSError, pa.ArrowException):
        return ""  # it is a courtesy
    for row in rows:
        for said in row["reasons"]:
            if f"{said['stage']}.{said['check']}" == reason:
                line = f", line {row['origin_line']}" if row["origin_line"] else ""
                return f"; the first of these: {row['origin_file']}{line}: {said['message'][:_SHOWN]}"
    return ""
