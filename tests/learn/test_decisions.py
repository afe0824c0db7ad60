"""What a person said stays said, and what is cleaned by it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import cleanse
from cleanse.cli import main
from cleanse.learned import UNNAMED
from cleanse.learning.decisions import PATH, decide, load
from cleanse.learning.published import PublishedBoilerplate
from cleanse.learning.run import learn_run
from cleanse.output.store import Store
from cleanse.runs.engines import InProcess
from cleanse.runs.run import run
from cleanse.setting import Setting
from schemas.validation import PanderaContracts
from tests.learn.stories import rows, story

SLOGAN = "The islands wake up with the Harbour Gazette every single morning"
COLUMN = "Notes from the Pier"


def write(folder: Path, records: list[dict[str, Any]]) -> str:
    folder.mkdir(exist_ok=True)
    text = "\n".join(json.dumps(record, default=str) for record in records)
    (folder / "in.jsonl").write_text(text, encoding="utf8")
    return str(folder)


def stories(count: int = 9, **facts: Any) -> list[dict[str, Any]]:
    return [story(n, head=[COLUMN], tail=[SLOGAN]) | facts for n in range(count)]


@pytest.fixture
def learned(tmp_path: Path) -> str:
    output = str(tmp_path / "learned")
    learn_run([write(tmp_path / "in", stories())], output, engine=InProcess())
    return output


def by_text(folder: str, text: str) -> dict[str, Any]:
    (row,) = rows(load(Store(folder)), example_text=text)
    return row


def test_table_keeps_its_contract(learned: str) -> None:
    table = load(Store(learned))
    assert not PanderaContracts().failures("boilerplate", table)
    row = by_text(learned, SLOGAN)
    assert (row["articles_seen"], row["articles_of_source"], row["usual_position"]) == (9, 9, "last")
    assert (str(row["first_seen"]), str(row["last_seen"])) == ("2024-01-01", "2024-01-09")
    assert len(row["article_ids"]) == 5
    assert by_text(learned, COLUMN)["status"] == "proposed"
    metadata = pq.read_metadata(Path(learned) / PATH).metadata
    assert metadata[b"cleanse.dataset"] == b"boilerplate"


def test_a_persons_word_survives_learning_again(
    learned: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    slogan, column = by_text(learned, SLOGAN)["pattern_id"], by_text(learned, COLUMN)["pattern_id"]
    assert main(["boilerplate", "reject", learned, slogan[:9], "--by", "Lena"]) == 0
    assert main(["boilerplate", "approve", learned, column, "--by", "Lena"]) == 0
    learn_run([write(tmp_path / "more", stories(12))], learned, engine=InProcess())
    assert (by_text(learned, SLOGAN)["status"], by_text(learned, SLOGAN)["decided_by"]) == (
        "rejected",
        "Lena",
    )
    assert by_text(learned, SLOGAN)["articles_seen"] == 12
    # Not seen any more, and said all the same.
    learn_run([write(tmp_path / "other", [story(n) for n in range(5)])], learned, engine=InProcess())
    assert by_text(learned, COLUMN)["status"] == "approved"
    article = cleanse.clean(
        stories()[0]["text"], source="www.harbour.example", learned=PublishedBoilerplate(learned)
    )
    assert COLUMN not in article.text
    assert SLOGAN in article.text
    (edit,) = (e for e in article.edits if e.rule == "learned_boilerplate")
    assert edit.score == 1.0
    assert edit.evidence.endswith(f"pattern {column}; approved by Lena")
    capsys.readouterr()


def test_deciding_needs_a_pattern_and_a_person(learned: str) -> None:
    table = load(Store(learned))
    with pytest.raises(ValueError, match="there is no pattern 'zz'"):
        decide(table, "zz", "approved", "Lena")
    with pytest.raises(ValueError, match="nobody's name"):
        decide(table, table["pattern_id"][0].as_py(), "approved", "policy")
    with pytest.raises(ValueError, match="2 patterns begin with"):
        decide(
            table.set_column(0, "pattern_id", [["aa00000000000000", "aa11111111111111"]]).slice(0, 2),
            "aa",
            "approved",
            "L",
        )


def test_commands(learned: str, capsys: pytest.CaptureFixture[str]) -> None:
    name = by_text(learned, SLOGAN)["pattern_id"]
    assert main(["boilerplate", "list", learned, "--status", "approved"]) == 0
    assert (
        capsys.readouterr().out
        == f"www.harbour.example\n  {name}  approved  1.00     9 of 9     last  {SLOGAN}\n"
    )
    assert main(["boilerplate", "show", learned, name[:6], "--color", "never"]) == 0
    shown = capsys.readouterr().out
    assert f"{name}  approved by policy" in shown
    assert "seen      in 9 of 9 stories (100%), from 2024-01-01 to 2024-01-09" in shown
    assert main(["boilerplate", "list", learned, "--json", "--source", "nobody"]) == 0
    assert capsys.readouterr().out == ""
    for wrong, said in (
        (["boilerplate", "show", learned], "needs a PATTERN"),
        (["boilerplate", "list", learned, name], "takes no PATTERN"),
        (["boilerplate", "list", f"{learned}/nowhere"], "nothing was learned"),
        (["clean", "--boilerplate", f"{learned}/nowhere", "-"], "nothing was learned"),
    ):
        assert main(wrong) != 0
        assert said in capsys.readouterr().err


def test_learn_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path / "in", stories())
    assert main(["learn", folder, "--output", str(tmp_path / "out"), "--processes", "1"]) == 0
    assert "9 articles of 9 records" in capsys.readouterr().out
    text = tmp_path / "a.txt"
    text.write_text(stories()[1]["text"], encoding="utf8")
    options = ["--source", "www.harbour.example", "--boilerplate", str(tmp_path / "out")]
    assert main(["clean", str(text), *options]) == 0
    assert SLOGAN not in capsys.readouterr().out
    assert main(["explain", "-v", "--color", "never", str(text), *options]) == 0
    assert (
        "in 9 of 9 stories of www.harbour.example, always as the last line; pattern"
        in capsys.readouterr().out
    )


def edits(output: Path) -> list[dict[str, Any]]:
    return [e for e in pq.read_table(output / "edits").to_pylist() if e["rule"] == "learned_boilerplate"]


def test_runs_clean_by_what_is_approved(learned: str, tmp_path: Path) -> None:
    folder, output = write(tmp_path / "in", stories()), tmp_path / "clean"
    first = run([folder], str(output), engine=InProcess())
    assert not edits(output)
    second = run(
        [folder], str(output), engine=InProcess(), setting=Setting(learned=PublishedBoilerplate(learned))
    )
    assert first.fingerprint != second.fingerprint
    name = by_text(learned, SLOGAN)["pattern_id"]
    assert len(edits(output)) == 9
    assert all(f"pattern {name}" in e["evidence"] and e["removed"].strip() == SLOGAN for e in edits(output))
    # More of the same is learned: the evidence grows, and nothing has to be cleaned again.
    learn_run([write(tmp_path / "more", stories(20))], learned, engine=InProcess())
    third = run(
        [folder], str(output), engine=InProcess(), setting=Setting(learned=PublishedBoilerplate(learned))
    )
    assert third.fingerprint == second.fingerprint
    assert third.shards["cleaned"] == 0


def test_a_source_that_is_not_named_is_the_host(tmp_path: Path) -> None:
    records = [r | {"url": f"https://tide.example/{r['id']}"} for r in stories(source=None)]
    output = str(tmp_path / "learned")
    learn_run([write(tmp_path / "in", records)], output, engine=InProcess())
    assert by_text(output, SLOGAN)["source"] == "tide.example"
    learned = PublishedBoilerplate(output)
    assert (
        SLOGAN not in cleanse.clean(records[0]["text"], url="https://tide.example/new", learned=learned).text
    )
    assert SLOGAN in cleanse.clean(records[0]["text"], url="https://other.example/new", learned=learned).text
    run([str(tmp_path / "in")], str(tmp_path / "clean"), engine=InProcess(), setting=Setting(learned=learned))
    assert len(edits(tmp_path / "clean")) == 9


def test_no_source_at_all_is_learned_from_only_when_told_to(tmp_path: Path) -> None:
    records, output = stories(source=None), str(tmp_path / "learned")
    folder = write(tmp_path / "in", records)
    assert learn_run([folder], output, engine=InProcess()).articles == 0
    assert load(Store(output)).num_rows == 0
    learn_run([folder], output, engine=InProcess(), unnamed=True)
    assert by_text(output, SLOGAN)["source"] == UNNAMED
    assert SLOGAN not in cleanse.clean(records[0]["text"], learned=PublishedBoilerplate(output)).text
    assert SLOGAN in cleanse.clean(records[0]["text"], source="x", learned=PublishedBoilerplate(output)).text


def test_hostile_sources_and_ids(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    records = [story(n, tail=[SLOGAN]) | {"source": "a\x1b[2J\nb", "id": f"../{n}"} for n in range(6)]
    records += [story(n, tail=[SLOGAN]) | {"source": "../../'x'", "id": f"\x1b[31m{n}"} for n in range(6)]
    output = str(tmp_path / "learned")
    report = learn_run([write(tmp_path / "in", records)], output, engine=InProcess())
    assert [row["source"] for row in load(Store(output)).to_pylist()] == ["../../'x'"]
    assert any("source: has no control character" in problem for problem in report.problems)
    assert main(["boilerplate", "show", output, load(Store(output))["pattern_id"][0].as_py()]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_a_changed_table_is_not_taken_for_the_old_one(learned: str, tmp_path: Path) -> None:
    before = PublishedBoilerplate(learned)
    learn_run([write(tmp_path / "more", stories(20))], learned, engine=InProcess())
    function, arguments = before.__reduce__()
    with pytest.raises(ValueError, match="has changed since this run began"):
        function(*arguments)


def test_an_article_of_nothing_else_is_left_alone(learned: str) -> None:
    article = cleanse.clean(
        f"{SLOGAN}\n", source="www.harbour.example", learned=PublishedBoilerplate(learned)
    )
    assert SLOGAN in article.text
