"""Which rows of a table break their contract, and why.

The failing rows are read from what each check said of each row, in one lazy validation of a polars DataFrame. pandera
would also drop them by itself (``drop_invalid_rows``), but that loses rows it should keep; and of a polars LazyFrame it
looks at the schema alone.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from datetime import date
from importlib import import_module
from typing import Any

import pandera.polars as pa
import polars as pl
import pyarrow
from pandera.config import ValidationDepth, get_config_context, get_config_global
from pandera.errors import SchemaError, SchemaErrorReason, SchemaErrors

from cleanse.contracts import ContractError, Failures, Reason
from schemas import CONTRACTS
from schemas.columns import TODAY

SHOWN = 200  # characters of a value that a reason shows
_ROW_REASONS = {SchemaErrorReason.DATAFRAME_CHECK, SchemaErrorReason.SERIES_CONTAINS_NULLS}


class PanderaContracts:
    """The contracts of this package, as the run asks them. It has no state, so it can be pickled."""

    @property
    def versions(self) -> Mapping[str, str]:
        """The semantic version of each dataset's contract."""
        return {dataset: import_module(model.__module__).VERSION for dataset, model in CONTRACTS.items()}

    def failures(self, dataset: str, table: pyarrow.Table, *, today: date | None = None) -> Failures:
        """Give the rows of ``table`` that may not be published; see ``cleanse.contracts.Contracts.failures``."""
        _refuse_if_switched_off()
        model = _contract(dataset)
        frame = pl.from_arrow(table, rechunk=False)
        assert isinstance(frame, pl.DataFrame)
        _compare(dataset, model, frame)
        of_the_run = TODAY.set(today)
        try:
            model.validate(frame, lazy=True)
        except SchemaErrors as found:
            return _by_row(dataset, table, found.schema_errors)
        finally:
            TODAY.reset(of_the_run)
        return Failures()


def _refuse_if_switched_off() -> None:
    for config in (get_config_global(), get_config_context(validation_depth_default=None)):
        if not config.validation_enabled:
            raise ContractError(
                "pandera's validation is switched off, so bad rows would pass unseen: "
                "unset PANDERA_VALIDATION_ENABLED (or set it to True)"
            )
        if config.validation_depth not in (None, ValidationDepth.SCHEMA_AND_DATA):
            raise ContractError(
                f"pandera's validation depth is {config.validation_depth.value}, so bad rows would pass unseen: "
                "unset PANDERA_VALIDATION_DEPTH (or set it to SCHEMA_AND_DATA)"
            )
        if config.use_narwhals_backend:
            raise ContractError(
                "the contracts are checked with pandera's own backend for polars: unset PANDERA_USE_NARWHALS_BACKEND"
            )


def _contract(dataset: str) -> type[pa.DataFrameModel]:
    if dataset not in CONTRACTS:
        near = difflib.get_close_matches(dataset, CONTRACTS, n=1)
        meant = f"; did you mean {near[0]!r}?" if near else ""
        raise ContractError(f"no contract for a dataset {dataset!r}, only for {', '.join(CONTRACTS)}{meant}")
    return CONTRACTS[dataset]


def _compare(dataset: str, model: type[pa.DataFrameModel], frame: pl.DataFrame) -> None:
    """Compare names, order and types of the columns: no record is to blame for those."""
    wanted = {name: column.dtype.type for name, column in model.to_schema().columns.items()}
    given = dict(frame.schema)
    wrong = [f"column {name!r} is missing" for name in wanted if name not in given]
    wrong += [f"column {name!r} is not in the contract" for name in given if name not in wanted]
    wrong += [
        f"column {name!r} is of type {given[name]} instead of {dtype}"
        for name, dtype in wanted.items()
        if name in given and given[name] != dtype
    ]
    if not wrong and list(given) != list(wanted):
        wrong.append(f"columns stand in the order {', '.join(given)} instead of {', '.join(wanted)}")
    if wrong:
        raise ContractError(f"a table of {dataset} does not have the contract's columns: {'; '.join(wrong)}")


def _by_row(dataset: str, table: pyarrow.Table, errors: list[SchemaError]) -> Failures:
    rows: dict[int, list[Reason]] = {}
    for error in errors:
        if error.reason_code not in _ROW_REASONS or not isinstance(error.check_output, pl.DataFrame):
            raise ContractError(f"the contract of {dataset} could not be checked: {error}") from error
        column = str(error.schema.name)
        if isinstance(error.check, pa.Check):
            check, message = str(error.check.name), f"{column}: {error.check.error}"
        else:
            check, message = "not_null", f"{column}: has a value"
        values = table[column]
        held = error.check_output.to_series().fill_null(True)
        for row in (~held).arg_true():
            rows.setdefault(row, []).append(Reason(check, column, shown(values[row]), message))
    return Failures(dict(sorted(rows.items())))


def shown(scalar: Any) -> str:
    """Write a value as Python would, without what lies behind the first 200 characters, and without ever making it."""
    if isinstance(scalar, pyarrow.ListScalar) and scalar.is_valid:
        return repr(scalar.values[:SHOWN].to_pylist())[:SHOWN]
    value = scalar.as_py()
    return repr(value[:SHOWN] if isinstance(value, str | bytes) else value)[:SHOWN]
