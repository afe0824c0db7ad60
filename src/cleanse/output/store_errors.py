"""Errors of stores, as the operating system tells them."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator


@contextlib.contextmanager
def as_os_errors(where: str) -> Iterator[None]:
    """Raise what a store's own library raises (no route, no credentials, a broken answer) as an ``OSError``.

    fsspec translates most of what a store answers, but not what keeps it from answering: botocore's and aiohttp's
    errors come through as they are, and would look like faults of this program instead of something to try again.

    Args:
        where: The address, for the message.
    """
    try:
        yield
    except OSError as error:
        if error.filename is None and error.errno is None:
            raise type(error)(errno.EIO, str(error) or type(error).__name__, where) from error
        raise
    except Exception as error:
        if type(error).__module__ == "builtins":
            raise
        raise OSError(errno.EIO, f"{type(error).__name__}: {error}", where) from error
