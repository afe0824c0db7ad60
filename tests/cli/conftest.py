"""Runs the command line in this process, as a shell would see it."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from cleanse.cli import main


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


Cleanse = Callable[..., Result]


@pytest.fixture
def cleanse(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Cleanse:
    """``cleanse("clean", "-", stdin=b"...")``; the output is decoded with its line ends as they are."""

    def run(*argv: object, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main([str(arg) for arg in argv])
        out, err = capsysbinary.readouterr()
        return Result(code, out.decode(), err.decode())

    return run
