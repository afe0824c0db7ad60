"""Numbers as people read them."""

from __future__ import annotations


def counted(number: int, what: str) -> str:
    """Give ``1 shard``, ``12,345 shards``."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def size(number: float) -> str:
    """Give a size in bytes as ``512 bytes``, ``34 kB``, ``1.2 GB``."""
    if number < 1000:
        return counted(int(number), "byte")
    units = iter(("kB", "MB", "GB", "TB"))
    unit = "bytes"
    while number >= 1000 and unit != "TB":
        number, unit = number / 1000, next(units)
    return f"{number:.3g} {unit}"
