"""What the README shows is what happens."""

from __future__ import annotations

import doctest
import re
from importlib import import_module
from pathlib import Path

import cleanse
from cleanse.cli import commands

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf8")


def test_every_command_is_there_with_what_it_does() -> None:
    rows = "".join(
        f"| `cleanse {name}` | {import_module(f'cleanse.cli.{name}').HELP} |\n" for name in commands()
    )
    table = f"<!-- commands -->\n| command | what it does |\n| --- | --- |\n{rows}<!-- /commands -->"
    assert table in README, f"put this into the README:\n{table}"


def test_the_python_example_runs() -> None:
    failed, tried = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert (failed, tried > 3) == (0, True)


def test_before_and_after() -> None:
    before, after = re.findall(r"```text\n(.*?)```", README, re.DOTALL)[:2]
    story = (
        "The council met on Monday and heard what the islanders had to say about the ferry and its fares.\n"
    )
    assert cleanse.clean(story + before).text == story + after.rstrip("\n")


def test_links_lead_somewhere() -> None:
    for page in [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        *(ROOT / "docs").glob("*.md"),
        ROOT / "data" / "README.md",
    ]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf8")
    for target in set(re.findall(r"\$ make ([a-z]+)", README)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
