"""Contracts, as the work sees them: something that says which rows of a table may not be published, and why.

The contracts themselves are pandera models in the package ``schemas``, which this package does not import. They are
named in the entry points of an installed distribution, so that workers find them wherever they run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import pyarrow as pa

GROUP = "cleanse.contracts"


class ContractError(Exception):
    """A table, or the way it is checked, is wrong as a whole: no record is to blame for that."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row may not be published.

    Attributes:
        check: Name of the check that the row failed.
        column: Column that the check stands with.
        value: What the row has in that column, as Python would write it, at most 200 characters.
        message: What should have been, for people.
    """

    check: str
    column: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Failures:
    """The rows of a table that break the contract, by row number from 0, each with all its reasons."""

    rows: Mapping[int, list[Reason]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.rows)


class Contracts(Protocol):
    """Contracts of datasets. Whatever implements it can be pickled: it travels to the workers."""

    @property
    def versions(self) -> Mapping[str, str]:
        """The semantic version of each dataset's contract."""

    def failures(self, dataset: str, table: pa.Table, *, today: date | None = None) -> Failures:
        """Give the rows of ``table`` that may not be published.

        Args:
            dataset: Name of the dataset: articles, edits, rejected or boilerplate.
            table: Its rows, in the dataset's own schema.
            today: The day of the run, which bounds every date; the day of the clock where it is not given.

        Raises:
            ContractError: No such dataset, columns or types that are not the dataset's, or checks switched off.
        """


@dataclass(frozen=True, slots=True)
class InstalledContracts:
    """The contracts that an entry point names; they are imported when they are first asked."""

    entry_point: str = "default"

    @property
    def versions(self) -> Mapping[str, str]:
        """The semantic version of each dataset's contract."""
        return _load(self.entry_point).versions

    def failures(self, dataset: str, table: pa.Table, *, today: date | None = None) -> Failures:
        """Give the rows of ``table`` that may not be published; see :meth:`Contracts.failures`."""
        return _load(self.entry_point).failures(dataset, table, today=today)


def installed() -> Contracts:
    """Give the contracts that are installed beside this package; cheap, for nothing is imported yet."""
    return InstalledContracts()


@cache
def _load(name: str) -> Contracts:
    found = [point for point in entry_points(group=GROUP) if point.name == name]
    if not found:
        raise ContractError(
            f"no contracts are installed under the name {name!r} in the entry points {GROUP!r}: "
            "install the distribution that has them (in a checkout: make setup)"
        )
    contracts: Contracts = found[0].load()()
    return contracts
