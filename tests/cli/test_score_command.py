"""``cleanse score``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

ROWS = [
    {"id": "padded", "raw": "The talks ended , he said .", "gold": "The talks ended, he said.",
     "category": "damage", "language": "en"},
    {"id": "sound", "raw": "Nothing is wrong here.", "gold": "Nothing is wrong here.", "category": "control"},
    {"id": "beyond", "raw": "One .\nOnly a person knows", "gold": "One.", "category": "damage", "language": "de",
     "given": {"source": "www.example.org", "published_on": "2024-03-05"}},
]  # fmt: skip
JSONL = "\n".join(map(json.dumps, ROWS)).encode() + b"\n\n"


def test_figures_by_category_and_language_and_the_worst_cases(cleanse) -> None:
    result = cleanse("score", "-", stdin=JSONL)
    assert (result.code, result.err) == (0, "")
    lines = result.out.splitlines()
    assert lines[0].split() == ["articles", "error_reduction", "pooled", "exact", "untouched", "lost_per_10k"]
    assert lines[1].split()[:2] == ["all", "3"]
    for name in ("by category", "control", "damage", "by language", "de", "en"):
        assert any(line.split("  ")[0].rstrip() == name for line in lines), name
    assert "beyond: 4 tokens differ, 6 did before\nOne.[- Only a person knows-]\n" in result.out


def test_json_has_the_same_figures(cleanse) -> None:
    row = json.loads(cleanse("score", "--json", "-", stdin=JSONL).out)
    assert list(row) == ["all", "by_category", "by_language", "worst"]
    assert row["by_category"]["control"]["untouched"] == 1.0
    assert row["by_language"]["en"]["exact"] == 1.0
    assert row["worst"] == [{"id": "beyond", "distance": 4}]


def test_policy_and_what_is_given_are_used(cleanse, tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text('[[source."www.example.org".phrase]]\ntext = "Only a person knows"\n')
    row = json.loads(cleanse("score", "--json", "--policy", policy, "-", stdin=JSONL).out)
    assert row["all"]["exact"] == 1.0
    assert row["worst"] == []


def test_without_a_family_its_share_is_missing(cleanse) -> None:
    row = json.loads(cleanse("score", "--json", "--by-family", "-", stdin=JSONL).out)
    assert row["without_family"]["spacing"]["error_reduction"] == 0.0
    assert row["without_family"]["markup"] == row["all"]
    assert "without the family" in cleanse("score", "--by-family", "-", stdin=JSONL).out


def test_long_agreement_is_cut_short_and_control_sequences_are_shown(cleanse) -> None:
    story = " ".join(["word"] * 200)
    row = {"raw": f"{story} extra \x1b[2J {story}", "gold": f"{story} {story}"}
    out = cleanse("score", "-", stdin=json.dumps(row).encode()).out
    assert "\x1b" not in out
    assert "line 1: " in out
    assert out.count("word") < 30
    assert "…" in out


def test_worst_none(cleanse) -> None:
    assert "tokens differ" not in cleanse("score", "--worst", "0", "-", stdin=JSONL).out


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "there is no example in it"),
        ('{"raw": "a"}', "line 1: 'gold' should be a text; each line needs raw and gold"),
        ('{"raw": 1, "gold": "a"}', "line 1: 'raw' should be a text"),
        ('{"raw": "a", "gold": "a", "category": 3}', "line 1: 'category' should be a text, or left out"),
        ('{"raw": "a", "gold": "a", "given": {"name": "x"}}', "line 1: 'given' should be an object"),
        (
            '{"raw": "a", "gold": "a", "given": {"published_on": "5/3"}}',
            "line 1: 'published_on' should be a date",
        ),
        ("nonsense", "line 1: this is no JSON"),
    ],
)
def test_examples_that_make_no_sense_are_refused(cleanse, line: str, said: str) -> None:
    result = cleanse("score", "-", stdin=line.encode())
    assert (result.code, result.out) == (1, "")
    assert said in result.err
    assert result.err.count("\n") == 1
