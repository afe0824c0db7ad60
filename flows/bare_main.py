"""Spares worker processes the module with which this process was started."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def bare_main() -> Iterator[None]:
    """Let processes that are spawned in the block not load ``__main__`` first, as they do in case they need it.

    Here that is a flow's module or Prefect's engine, and with it all of Prefect: a second and 60 MB a worker, for
    nothing, since what workers run is in the package ``cleanse``.
    """
    main = sys.modules["__main__"].__dict__
    hidden: dict[str, object] = {name: main[name] for name in ("__spec__", "__file__") if name in main}
    main.update(dict.fromkeys(hidden))
    try:
        yield
    finally:
        main.update(hidden)
