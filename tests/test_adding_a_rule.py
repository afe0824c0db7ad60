"""To add a rule is to add one file: the one that CONTRIBUTING.md shows, to a copy of the package."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_one_file_is_all(tmp_path: Path) -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf8")
    (name,) = re.findall(r"Make one file, `src/(\S+)`", guide)
    (code,) = re.findall(r"```python\n(.*?)```", guide, re.DOTALL)
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "src" / name).write_text(code, encoding="utf8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "src")}

    def run(*arguments: str, given: str = "") -> str:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment,
            input=given,
            text=True,
            capture_output=True,
            check=True,
        ).stdout

    assert "sponsor of the weather box" in run("-m", "cleanse", "rules", "weather_sponsor")
    page = "The ferry was late again , they said.\nWeather brought to you by Marsh Boats.\n"
    assert run("-m", "cleanse", "clean", "-", given=page).strip() == "The ferry was late again, they said."
    # Its own examples, its gate and all that every rule promises are tested without another word.
    tested = run(
        "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_rules.py", "-k", "weather_sponsor"
    )
    assert re.search(r"[3-9] passed", tested), tested
