"""``--policy`` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

RAW = b"One.\nJoin us\nThe talks ended , he said."


@pytest.mark.parametrize("command", ["clean", "explain"])
def test_policy_is_used(cleanse, tmp_path: Path, command: str) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text('off = ["spacing"]\n[[phrase]]\ntext = "join us"\n')
    out = cleanse(command, "--policy", policy, "-", stdin=RAW).out
    if command == "clean":
        assert out == "One.\nThe talks ended , he said."
    else:
        assert out.startswith("One.\n[-Join us⏎\n-]<own_phrases>\nThe talks ended , he said.")


def test_policy_that_makes_no_sense_is_shown_where_it_does_not(cleanse, tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text('[thresholds]\nspacin = 0.2\nmarkup = "\x07"\n'.replace("\x07", "\\u0007"))
    result = cleanse("clean", "--policy", policy, "-", stdin=RAW)
    assert (result.code, result.out) == (1, "")
    assert f"{policy}:2: there is no family or rule 'spacin'" in result.err
    assert "\n      | ^^^^^^\n        did you mean 'spacing'?\n" in result.err
    assert f"{policy}:3: " in result.err
    assert "\x07" not in result.err


def test_missing_policy_file_is_one_line(cleanse, tmp_path: Path) -> None:
    result = cleanse("clean", "--policy", tmp_path / "none.toml", "-", stdin=RAW)
    assert result.err == f"cleanse: {tmp_path}/none.toml: No such file or directory\n"
