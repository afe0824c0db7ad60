"""The fields that have no column, as one JSON object: keys sorted, compact, numbers as they were written."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from typing import Any


class Number:
    """A JSON number that Python would write otherwise: ``1.10``, ``1e400``, 5,000 digits; or ``NaN``."""

    __slots__ = ("literal",)

    def __init__(self, literal: str) -> None:
        self.literal = literal

    def __repr__(self) -> str:
        return self.literal


def parse_float(literal: str) -> float | Number:
    """Read a JSON number with a point or an exponent."""
    value = float(literal)
    return value if repr(value) == literal else Number(literal)


def parse_int(literal: str) -> int | Number:
    """Read a JSON integer. Python refuses those of more than 4,300 digits, and has no ``-0``."""
    return int(literal) if len(literal) < 4000 and literal != "-0" else Number(literal)


_encode = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False, check_circular=False
).encode


def to_json(fields: Mapping[str, Any]) -> str:
    """Write fields as one JSON object."""
    try:
        return _encode(fields)
    except (TypeError, ValueError):  # a value that JSON has no form for: rare, and some ten times as slow
        return _write(fields)


def _write(value: Any) -> str:
    match value:
        case Mapping():
            items = sorted(((str(k), v) for k, v in value.items()), key=lambda item: item[0])
            return "{" + ",".join(f"{_encode(k)}:{_write(v)}" for k, v in items) + "}"
        case list() | tuple():
            return "[" + ",".join(map(_write, value)) + "]"
        case Number():
            # Python and JavaScript write NaN and Infinity, JSON has no such thing.
            return _encode(value.literal) if value.literal.lstrip("-")[0] in "NI" else value.literal
        case float() if not isfinite(value):
            return _encode({"inf": "Infinity", "-inf": "-Infinity"}.get(repr(value), "NaN"))
        case Decimal() if value.is_finite():
            return format(value, "f")
        case datetime() | date() | time():
            return _encode(value.isoformat())
        case bytes():
            try:
                return _encode(value.decode())
            except UnicodeDecodeError:
                return _encode(base64.b64encode(value).decode())
        case None | bool() | int() | float() | str():
            return _encode(value)
        case _:
            return _encode(str(value))
