"""The contracts as a whole: the same as the Arrow schemas, described, and found through the entry point."""

from __future__ import annotations

import json
import pickle
import re
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from cleanse.contracts import ContractError, InstalledContracts, installed
from cleanse.datasets import DATASETS
from schemas import CONTRACTS
from schemas.describe import columns_table, with_columns
from schemas.validation import PanderaContracts

ROOT = Path(__file__).parents[2]
HISTORY = Path(__file__).with_name("history.json")


def test_there_is_a_contract_for_each_dataset():
    assert list(CONTRACTS) == list(DATASETS)


@pytest.mark.parametrize("dataset", DATASETS)
def test_contract_equals_arrow_schema(dataset):
    schema = DATASETS[dataset]
    columns = CONTRACTS[dataset].to_schema().columns
    assert {name: column.dtype.type for name, column in columns.items()} == dict(
        pl.from_arrow(schema.empty_table()).schema
    )
    assert list(columns) == schema.names
    assert {name: column.nullable for name, column in columns.items()} == {
        field.name: field.nullable for field in schema
    }


@pytest.mark.parametrize("dataset", CONTRACTS)
def test_every_column_is_described(dataset):
    for name, column in CONTRACTS[dataset].to_schema().columns.items():
        assert column.description and column.description.endswith("."), name
    assert CONTRACTS[dataset].__doc__


def history() -> dict:
    """What is fixed by a version: columns, types, nulls and checks."""
    return {
        dataset: {
            "version": PanderaContracts().versions[dataset],
            "columns": {
                name: f"{column.dtype.type}{'?' * column.nullable}: {', '.join(str(c.name) for c in column.checks)}"
                for name, column in CONTRACTS[dataset].to_schema().columns.items()
            },
        }
        for dataset in CONTRACTS
    }


def test_a_changed_contract_has_a_new_version():
    recorded = json.loads(HISTORY.read_text(encoding="utf8"))
    for dataset, now in history().items():
        before = recorded.get(dataset, {})
        assert now == before, (
            f"the contract of {dataset} changed: raise its VERSION if {before.get('version')} was ever released, "
            f"then record it with: python {Path(__file__).relative_to(ROOT)}"
        )


def test_versions_are_semantic():
    versions = PanderaContracts().versions
    assert list(versions) == list(CONTRACTS)
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions.values())


@pytest.mark.parametrize("dataset", DATASETS)
def test_table_of_columns_names_them_all(dataset):
    lines = columns_table(dataset).splitlines()
    assert [line.split("`")[1] for line in lines[2:]] == DATASETS[dataset].names
    assert all(len(re.findall(r"(?<!\\)\|", line)) == 5 for line in lines)


def test_documents_are_brought_up_to_date():
    stale = "# Read\n<!-- columns:edits -->\nstale\n<!-- /columns -->\nand on\n"
    fresh = with_columns(stale)
    assert fresh == f"# Read\n<!-- columns:edits -->\n{columns_table('edits')}<!-- /columns -->\nand on\n"
    assert with_columns(fresh) == fresh
    with pytest.raises(KeyError, match="lamps"):
        with_columns("<!-- columns:lamps -->\n<!-- /columns -->")


@pytest.mark.parametrize("document", sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("docs/**/*.md")), ids=str)
def test_documents_say_what_the_contracts_say(document):
    text = document.read_text(encoding="utf8")
    if document.name == "README.md":
        assert all(f"<!-- columns:{dataset} -->" in text for dataset in ("articles", "edits", "rejected"))
    assert text == with_columns(text), f"run: python -m schemas.describe {document.relative_to(ROOT)}"


def test_installed_contracts_are_found_and_travel():
    contracts = pickle.loads(pickle.dumps(installed()))
    assert contracts.versions == PanderaContracts().versions
    assert not contracts.failures("edits", DATASETS["edits"].empty_table())
    pickle.loads(pickle.dumps(PanderaContracts()))


def test_nothing_heavy_is_imported_before_it_is_needed():
    code = (
        "import sys; from cleanse.contracts import installed; installed();"
        "sys.exit(', '.join({'pandera', 'polars', 'pandas', 'pyarrow', 'schemas'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stderr.strip() == ""


def test_missing_contracts_say_what_to_do():
    with pytest.raises(ContractError, match="make setup"):
        InstalledContracts("no such").failures("edits", DATASETS["edits"].empty_table())


if __name__ == "__main__":
    HISTORY.write_text(json.dumps(history(), indent=1) + "\n", encoding="utf8")
