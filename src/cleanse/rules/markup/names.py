"""Names of elements and attributes, read from ``vocabulary/tags.toml``."""

from __future__ import annotations

from cleanse.phrases import vocabulary

_TAGS = {group: frozenset(names) for group, names in vocabulary("tags").items()}

LETTERS = _TAGS["letter"]
NOUNS = _TAGS["noun"]
PLAIN = _TAGS["plain"]
CERTAIN = _TAGS["certain"]
BLOCK = _TAGS["block"]
TABLE = _TAGS["table"]
ATTRIBUTES = _TAGS["attribute"]
FLAGS = _TAGS["flag"]
KNOWN = LETTERS | NOUNS | PLAIN | CERTAIN
