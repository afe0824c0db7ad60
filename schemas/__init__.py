"""The contracts of what comes out: one pandera model a dataset, every column described."""

from __future__ import annotations

from collections.abc import Mapping

import pandera.polars as pa

from schemas.articles import Articles
from schemas.boilerplate import Boilerplate
from schemas.edits import Edits
from schemas.rejected import Rejected

CONTRACTS: Mapping[str, type[pa.DataFrameModel]] = {
    "articles": Articles,
    "edits": Edits,
    "rejected": Rejected,
    "boilerplate": Boilerplate,
}

__all__ = ["CONTRACTS", "Articles", "Boilerplate", "Edits", "Rejected"]
