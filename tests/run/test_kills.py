"""Runs that are killed, and resumed, come out as if nothing had happened; `benchmarks.kills` does it more often."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.kills import cycles


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_runs_that_are_killed_are_resumed(tmp_path: Path) -> None:
    for tally in cycles(10, processes=3, seed=3, folder=tmp_path):
        assert (tally.problems, tally.lost, tally.doubled) == ([], 0, 0), tally
    assert tally.kills >= 10 and {"cleaning", "publication"} <= tally.stages.keys()
