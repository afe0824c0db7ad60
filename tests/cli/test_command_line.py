"""What all commands promise: help that teaches, one clear line for an error, exit codes, a quick start."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from cleanse.cli import _terminal, commands, main
from cleanse.cli._problem import Problem


def run_script(code: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, timeout=60, env={**os.environ, **env}
    )


def test_overview_names_every_command(cleanse) -> None:
    result = cleanse("--help")
    assert result.code == 0
    for command in commands():
        assert re.search(rf"\n    {command}\s", result.out)  # a long name stands on a line of its own
    assert cleanse().out == result.out


@pytest.mark.parametrize("command", commands())
def test_help_of_each_command_shows_examples_of_it(cleanse, command: str) -> None:
    result = cleanse(command, "--help")
    assert result.code == 0
    assert f"cleanse {command}" in result.out.split("examples:\n")[1]


def test_version(cleanse) -> None:
    assert cleanse("--version").out == "cleanse 0.1.0\n"


WRONG = [
    (["claen"], "did you mean `cleanse clean`?"),
    (["xyzzy"], "there are boilerplate, clean, "),
    (["clean"], "the following arguments are required: FILE"),
    (["clean", "a", "b"], "add --json"),
    (["clean", "--published-on", "5/3/24", "a"], "write it as 2024-03-05"),
    (["rules", "space_before_punktuation\x1b[2J"], "there is no rule 'space_before_punktuation\\x1b[2J'"),
    (["explain", "--colour-me-sad", "a"], "`cleanse explain --help`"),
]


@pytest.mark.parametrize(("argv", "said"), WRONG, ids=[" ".join(argv) for argv, _ in WRONG])
def test_wrong_usage_is_one_line_and_exit_code_2(cleanse, argv: list[str], said: str) -> None:
    result = cleanse(*argv)
    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert result.err.count("\n") == 1
    assert "\x1b" not in result.err


def test_missing_file_is_one_line_and_exit_code_1(cleanse, tmp_path: Path) -> None:
    result = cleanse("clean", tmp_path / "no\x1b[2Jsuch.txt")
    assert result.code == 1
    assert result.err == f"cleanse: {tmp_path}/no␛[2Jsuch.txt: No such file or directory\n"


def test_folder_is_one_line_and_exit_code_1(cleanse, tmp_path: Path) -> None:
    assert cleanse("clean", tmp_path).err == f"cleanse: {tmp_path}: Is a directory\n"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            b"fine\nnot f\xfcr us",
            "stdin: line 2: byte 0xfc at offset 10 is not UTF-8; convert the file first",
        ),
        ("text".encode("utf-16"), "stdin: this is UTF-16LE, not UTF-8; `iconv -f UTF-16LE -t UTF-8`"),
    ],
)
def test_what_is_not_utf8_is_refused_with_advice(cleanse, data: bytes, said: str) -> None:
    result = cleanse("clean", "-", stdin=data)
    assert result.code == 1
    assert said in result.err
    assert result.err.count("\n") == 1


def test_fault_of_ours_shows_no_traceback(cleanse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleanse.cli.clean.clean", lambda *_, **__: 1 / 0)
    result = cleanse("clean", "-", stdin=b"text")
    assert result.code == 1
    assert "a fault in cleanse" in result.err
    assert result.err.count("\n") == 1
    monkeypatch.setenv("CLEANSE_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        main(["clean", "-"])


def test_problem_keeps_its_exit_code(cleanse, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str) -> str:
        raise Problem(f"{name}: no good")

    monkeypatch.setattr("cleanse.cli._input.read", fail)
    assert cleanse("clean", "x").err == "cleanse: x: no good\n"


def test_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    article = tmp_path / "long.txt"
    article.write_text("The harbour board met again on Monday and agreed.\n" * 20_000)
    process = subprocess.Popen(
        [sys.executable, "-m", "cleanse", "explain", str(article)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=60) == 128 + 13


def test_explain_answers_at_once_and_imports_nothing_heavy(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("The talks ended , he said .")
    code = (
        "import sys; from cleanse.cli import main; "
        f"main(['explain', {str(article)!r}]); "
        "print([m for m in ('prefect', 'pandera', 'polars', 'pandas', 'pyarrow', 'dask', 'sqlalchemy')"
        " if m in sys.modules], file=sys.stderr)"
    )
    seconds = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert run_script(code).stderr.decode() == "[]\n"
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        # Of the processor, not of the clock: other work on this machine does not count.
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(seconds) < 1.0


@pytest.mark.parametrize(
    ("choice", "env", "terminal", "coloured"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),  # https://no-color.org: only when not empty
        ("auto", {"TERM": "dumb"}, True, False),
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {}, True, False),
    ],
)
def test_when_to_colour(
    monkeypatch: pytest.MonkeyPatch, choice: str, env: dict[str, str], terminal: bool, coloured: bool
) -> None:
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal, raising=False)
    assert _terminal.wants_colour(choice) is coloured
