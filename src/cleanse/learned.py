"""Boilerplate that was learned for a source, as the cleaner uses it."""

from __future__ import annotations


class LearnedBoilerplate:
    """The approved patterns of one source."""
