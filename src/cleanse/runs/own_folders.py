"""What of an output is the run's own, and so never its input."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cleanse.datasets import DATASETS
from cleanse.inputs import InputError
from cleanse.output.ledger import LEARNING, STAGING
from cleanse.output.store import Store

_OWN = (*DATASETS, STAGING, LEARNING)


def own_folders(store: Store, inputs: Sequence[str]) -> list[str]:
    """Give the folders of an output that a run writes to; other files may lie beside them, inputs too.

    Raises:
        InputError: One of the inputs is such a folder, or lies in it: what a run wrote would be read by the next.
    """
    own = [store.where(name) for name in _OWN]
    for given in inputs:
        place = given.rstrip("/") if "://" in given else str(Path(given).expanduser().resolve())
        for folder in own:
            folder = folder if "://" in folder else str(Path(folder).resolve())
            if f"{place}/".startswith(f"{folder}/"):
                raise InputError(
                    f"the input {given} is part of the dataset in {store.url}: choose another output"
                )
    return own
