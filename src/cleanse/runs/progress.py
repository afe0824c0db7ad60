"""A progress bar, for runs that last, on a terminal only."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

from cleanse.runs.run import Progress


@contextlib.contextmanager
def progress_bar() -> Iterator[Callable[[Progress], None]]:
    """Give an observer for :func:`cleanse.runs.run.run` that draws on stderr, if that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda progress: None
        return
    from rich import progress as bars
    from rich.console import Console

    columns = (
        bars.TextColumn("cleaning"),
        bars.BarColumn(),
        bars.DownloadColumn(),
        bars.TransferSpeedColumn(),
        bars.TextColumn("{task.fields[records]:,} records"),
        bars.TimeRemainingColumn(),
    )
    with bars.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("cleaning", total=None, records=0)

        def observe(progress: Progress) -> None:
            bar.update(task, total=progress.bytes, completed=progress.bytes_done, records=progress.records)

        yield observe
