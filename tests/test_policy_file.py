"""The policy file: its documentation, and how one that makes no sense is refused."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from cleanse.policy import Policy, Where
from cleanse.policy.error import PolicyError
from cleanse.policy.places import places

DOCUMENTED = Path(__file__).parents[1] / "docs" / "policy.md"


def test_the_documented_example_is_a_policy() -> None:
    (example,) = re.findall(
        r"```toml\n(# policy\.toml\n.*?)```", DOCUMENTED.read_text(encoding="utf8"), re.DOTALL
    )
    policy = Policy.parse(example)
    said = tomllib.loads(example)
    assert set(said) == {"off", "thresholds", "phrase", "pattern", "source"}, "the example shows every key"
    for table, keys in (("phrase", {"text", "where", "defect"}), ("pattern", {"regex", "delete", "defect"})):
        assert {key for one in said[table] for key in one} == keys
    assert {p.where for p in policy.phrases} == set(Where)
    assert policy.sources and policy.gates()


def test_documentation_names_every_key_and_defect_source() -> None:
    text = DOCUMENTED.read_text(encoding="utf8")
    for word in (
        "thresholds",
        "off",
        "on",
        "phrase",
        "pattern",
        "source",
        "text",
        "where",
        "defect",
        "regex",
        "delete",
    ):
        assert f"`{word}`" in text, word


def test_load_reads_a_file_with_a_byte_order_mark_and_carriage_returns(tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_bytes(b'\xef\xbb\xbfoff = [\r\n  "layout",\r\n]\r\n')
    assert Policy.load(file).off == {"layout"}


def test_error_points_at_the_place() -> None:
    with pytest.raises(PolicyError) as caught:
        Policy.parse("# mine\n[thresholds]\nboilerplat = 0.7\n", "my.toml")
    assert str(caught.value) == (
        "my.toml:3: there is no family or rule 'boilerplat'\n"
        "    3 | boilerplat = 0.7\n"
        "      | ^^^^^^^^^^\n"
        "        did you mean 'boilerplate'?"
    )


def test_all_errors_come_at_once_in_the_order_of_the_file() -> None:
    with pytest.raises(PolicyError) as caught:
        Policy.parse('of = []\noff = ["layuot"]\n[[phrase]]\ntxt = "a"\n[thresholds]\nlayout = 2\n')
    said = [
        (line, caret)
        for line, caret in re.findall(r"^policy:(\d+):.*\n.*\n *\| ( *\^+)$", str(caught.value), re.M)
    ]
    assert said == [
        ("1", "^^"),
        ("2", "       ^^^^^^^^"),
        ("3", "  ^^^^^^"),
        ("4", "^^^"),
        ("6", "         ^"),
    ]


def test_caret_stands_below_wide_characters_and_tabs() -> None:
    with pytest.raises(PolicyError) as caught:
        Policy.parse('off = ["layout",\t"報道"]')
    assert "      |        " in str(caught.value)
    line, caret = str(caught.value).splitlines()[1:3]
    assert line.split("|", 1)[1][: line.split("|", 1)[1].index('"報')].replace(" ", "").count("\t") == 1
    assert caret.endswith("\t^^^^^^")


NONSENSE = [
    ("off = [", 1, "this is no TOML", "texts need quotes"),
    ("off = layout", 1, "this is no TOML", "texts need quotes"),
    ("a = 1\na = 2", 2, "this is no TOML", ""),
    ('off = "layout"', 1, "`off` is no list", 'off = ["layout"]'),
    ("off = [1]", 1, "there is no family or rule 1", "`cleanse rules` lists them"),
    ('layout = 0.4', 1, "there is no key 'layout' here", "below [thresholds]"),
    ('threshold = 0.4', 1, "there is no key 'threshold' here", "did you mean 'thresholds'?"),
    ('[thresholds]\nlayout = "high"', 2, "'high' is no threshold", "a number from 0"),
    ("[thresholds]\nlayout = true", 2, "True is no threshold", ""),
    ("[thresholds]\nlayout = nan", 2, "nan is no threshold", ""),
    ("[thresholds]\nlayout = -0.1", 2, "-0.1 is no threshold", ""),
    ("thresholds = 0.5", 1, "`thresholds` is no table", "begin it with [thresholds]"),
    ('phrase = "Read on"', 1, "`phrase` is no list of tables", "begin each with [[phrase]]"),
    ('[phrase]\ntext = "a"', 1, "`phrase` is no list of tables", "begin each with [[phrase]]"),
    ("[[phrase]]\nwhere = 'start'", 1, "this phrase has no `text`", "add text"),
    ("[[phrase]]\ntext = ' '", 2, "`text` is no text", ""),
    ("[[phrase]]\ntext = 7", 2, "`text` is no text", ""),
    ('[[phrase]]\ntext = "a\\nb"', 2, "a phrase is on one line", "one phrase of each line"),
    ("[[phrase]]\ntext = '.'\nwhere = 'inside'", 2, "too little to know a line by", 'where = "line"'),
    ("[[phrase]]\ntext = 'ab'\nwhere = 'begin'", 3, "there is no where 'begin'", "line, start, end, inside"),
    ("[[phrase]]\ntext = 'ab'\ndefect = 'newsleter'", 3, "no defect 'newsleter'", "did you mean 'newsletter'?"),
    ("[[phrase]]\ntext = 'ab'\n[[phrase]]\ntext = 'b'\nwehre = 'line'", 5, "no key 'wehre'", "did you mean 'where'?"),
    ("[[pattern]]\nregex = 'a('", 2, "this is no pattern: missing )", "RE2"),
    ("[[pattern]]\nregex = '(?=a)b'", 2, "this is no pattern: invalid perl operator", "no look-around"),
    ("[[pattern]]\nregex = 'x*'", 2, "found in every line", "x+ instead of x*"),
    ("[[pattern]]\nregex = '\\Aab'", 2, "\\A is not possible here", "one line at a time"),
    ("[[pattern]]\nregex = '(?P<n>a)'", 2, "(?P<n> is not possible here", "no names"),
    ("[[pattern]]\nregex = 'a\\Qb'", 2, "cannot stand in a group", "\\E"),
    ("[[pattern]]\nregex = 'a'\ndelete = 'word'", 3, "there is no delete 'word'", "there are span, line"),
    ("[source]\n'' = {off = ['layout']}", 2, "a source has no name", "[source.\"www.example.org\"]"),
    ("[source.www.example.org]\noff = ['layout']", 1, "a source's name has dots", "put it in quotes"),
    ("[source.a]\n[source.A]\noff = ['layout']", 2, "has two sections", "case does not matter"),
    ("[source]\na = 1", 2, "`a` is no table", "[source.a]"),
    ("[source.a]\non = ['layout']", 2, "'layout' is not off", "`on` switches on again"),
    ("off = ['layout']\n[source.a]\non = ['layout']\noff = ['layout']", 3, "both on and off", "one of the two"),
    ("[source.a]\nthreshold = {}", 2, "no key 'threshold' here", "did you mean 'thresholds'?"),
    ("[source.a]\nphrase = [{txt = 'a'}]", 2, "no key 'txt' here", "did you mean 'text'?"),
    ("on = ['layout']", 1, "there is no key 'on' here", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "wrong", "remedy"), NONSENSE, ids=[row[0] for row in NONSENSE])
def test_policy_that_makes_no_sense_is_refused(text: str, line: int, wrong: str, remedy: str) -> None:
    with pytest.raises(PolicyError) as caught:
        Policy.parse(text)
    first = str(caught.value).split("\n")[:4]
    assert first[0].startswith(f"policy:{line}: ")
    assert wrong in str(caught.value)
    assert remedy in str(caught.value)
    assert first[1] == f"{line:>5} | {text.splitlines()[line - 1]}"


def test_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_bytes("# höflich\noff = ['layüut']".encode("latin-1"))
    with pytest.raises(PolicyError, match=r"policy\.toml:1: byte 0xf6 is not UTF-8"):
        Policy.load(file)


def flat(value: object, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    found = {path} if path else set()
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in items:
        found |= flat(one, (*path, key))
    return found


TOML = [
    "",
    "a = 1 # b = 2\n# c = 3\n\n'd e' = '''x]\n[y]'''\n",
    'a.b."c.d" = [1, [2, "]"], {e = 3, f.g = "}" }, # no\n 4,\n]\n',
    '[a]\nb = """x"" \\" [c]"""\n[a.d]\n[[a.e]]\nf = 1\n[[a.e]]\n[a.e.g]\nh = {}\n[[a.e.i]]\nj = []\n',
    "a = 1979-05-27 07:32:00\nb = inf\nc = ''''quoted''''\nd = \"\\u00e9\\\\\"\n\"\\u00e9\" = true",
    "[ a . 'b' ]\nc=1\n[[ d ]]\n",
]


@pytest.mark.parametrize("text", TOML)
def test_every_key_and_value_of_a_file_has_its_place(text: str) -> None:
    said = tomllib.loads(text)
    found = places(text)
    assert set(found) == flat(said)
    for path, place in found.items():
        value = said
        for part in path:
            value = value[part]  # type: ignore[index]
        if not isinstance(value, (dict, list)):
            assert tomllib.loads(f"v = {text[slice(*place.value)]}") == {"v": value}
        if isinstance(path[-1], str):
            key = text[slice(*place.key)]
            assert path[-1] == (tomllib.loads(f"v = {key}")["v"] if key[0] in "\"'" else key)
