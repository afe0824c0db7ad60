"""Planning: which files are found, what they are called, and that shards stay what they were."""

from __future__ import annotations

import os
import pickle
import random
from pathlib import Path

import fsspec
import pytest

import cleanse.inputs.local
import cleanse.inputs.planning
from cleanse.inputs import FieldMap, InputChanged, InputError, Limits, Plan, plan, read
from tests.inputs.reads import checks, read_all, read_plan


def names(planned: Plan) -> list[str]:
    return list(dict.fromkeys(p.name for shard in planned.shards for p in shard.pieces if p.problem is None))


def keys(planned: Plan) -> set[str]:
    return {shard.key for shard in planned.shards}


def test_a_folder(file, tmp_path: Path) -> None:
    for name in ["b.txt", "a/z.JSONL", "a/y.ndjson", "c.csv", "d.tsv", "e.txt.gz"]:
        file(name, b"")
    for name in [
        "readme.md",
        ".hidden.txt",
        ".git/x.txt",
        "page.html",
        "old.txt~",
        "x.parquet.gz",
        "notes.json",
    ]:
        file(name, b"x")
    for name in ["out/articles/a.txt", "out/edits/a.txt", "out/rejected/a.txt", "articles/b.txt"]:
        file(name, b"x")
    planned = plan([str(tmp_path)])
    assert names(planned) == [
        "a/y.ndjson",
        "a/z.JSONL",
        "articles/b.txt",
        "b.txt",
        "c.csv",
        "d.tsv",
        "e.txt.gz",
    ]
    assert (
        planned == plan([f"{tmp_path}/"]) == plan([f"file://{tmp_path}"]) == plan([os.path.relpath(tmp_path)])
    )
    assert pickle.loads(pickle.dumps(planned)) == planned
    assert names(plan([str(tmp_path)], exclude=[str(tmp_path / "a"), f"file://{tmp_path}/c.csv"])) == [
        "articles/b.txt", "b.txt", "d.tsv", "e.txt.gz"
    ]  # fmt: skip


def test_an_empty_folder(tmp_path: Path) -> None:
    assert plan([str(tmp_path)]) == Plan((), ())


def test_globs(file, tmp_path: Path) -> None:
    for name in ["x/a/1.txt", "x/b/2.txt", "x/b/2.csv", "y/3.txt"]:
        file(name, b"text")
    assert names(plan([f"{tmp_path}/x/*/*.txt"])) == ["a/1.txt", "b/2.txt"]
    assert names(plan([f"{tmp_path}/**/*.txt"])) == ["x/a/1.txt", "x/b/2.txt", "y/3.txt"]
    assert names(plan([f"{tmp_path}/?"])) == ["x/a/1.txt", "x/b/2.csv", "x/b/2.txt", "y/3.txt"]
    assert names(plan([f"{tmp_path}/x/a/1.txt", f"{tmp_path}/x/*/1.txt"])) == ["1.txt"]


def test_the_same_name_from_two_inputs(file) -> None:
    one, two = file("x/a.txt", b"one"), file("y/a.txt", b"two")
    other = file("y/b.txt", b"three")
    assert names(plan([str(one), str(two), str(other)])) == [str(one), str(two), "b.txt"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("nothing", "no such file or folder: '.*nothing'"),
        ("nothing/at/all.txt", "there is no folder .*nothing/at either"),
        ("*.txt", "no file matches '.*txt'; read are"),
        ("memory://nothing/there", "no such file or folder: 'memory://nothing/there'"),
        ("memory://nothing/*.txt", "no file matches"),
        ("nosuch://a/b", "cannot open 'nosuch://a/b': "),
    ],
)
def test_wrong_calls(tmp_path: Path, given: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        plan([given if "://" in given else f"{tmp_path}/{given}"])


def test_an_unknown_kind_of_file_is_a_problem_where_it_is_named(file) -> None:
    planned = plan([str(file("page.html", b"<p>"))])
    assert [(p.name, p.check) for p in planned.problems] == [("page.html", "not_read")]
    assert checks(read_plan(planned)[1]) == ["not_read"]


def test_links(file, tmp_path: Path) -> None:
    file("in/real/a.txt", b"a")
    file("elsewhere/b.txt", b"b")
    root = tmp_path / "in"
    (root / "loop").symlink_to(root)
    (root / "real/up").symlink_to("..")
    (root / "self.txt").symlink_to("self.txt")
    (root / "broken.txt").symlink_to("nowhere.txt")
    (root / "broken").symlink_to("nowhere")
    (root / "again").symlink_to("real")
    (root / "again.txt").symlink_to("real/a.txt")
    (root / "there").symlink_to(tmp_path / "elsewhere")
    planned = plan([str(root)])
    assert names(planned) == ["real/a.txt", "there/b.txt"]
    assert [(problem.name, problem.check) for problem in planned.problems] == [
        ("broken.txt", "broken_link"),
        ("loop", "link_loop"),
        ("real/up", "link_loop"),
        ("self.txt", "link_loop"),
    ]
    records, rejected = read_plan(planned)
    assert [row["text"] for row in records] == ["a", "b"]
    assert checks(rejected) == ["broken_link", "link_loop", "link_loop", "link_loop"]


def test_a_pipe_does_not_hold_us_up(file, tmp_path: Path) -> None:
    file("a.txt", b"a")
    os.mkfifo(tmp_path / "pipe.txt")
    assert [problem.check for problem in plan([str(tmp_path)]).problems] == ["not_a_file"]


def test_unreadable_files_and_folders(file, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file("a.txt", b"a")
    file("locked.txt", b"b")
    file("shut/c.txt", b"c")

    # The tests may run as root, whom no permission stops.
    def refuse(path: str) -> None:
        if "locked" in path or path.endswith("shut"):
            raise PermissionError(13, "Permission denied", path)

    real_open, real_scandir = cleanse.inputs.planning.open_file, os.scandir
    monkeypatch.setattr(cleanse.inputs.planning, "open_file", lambda url: refuse(url) or real_open(url))
    monkeypatch.setattr(cleanse.inputs.local.os, "scandir", lambda path: refuse(path) or real_scandir(path))
    planned = plan([str(tmp_path)])
    assert [(problem.name, problem.check) for problem in planned.problems] == [
        ("locked.txt", "unreadable"),
        ("shut/", "unreadable"),
    ]
    records, rejected = read_plan(planned)
    assert [row["text"] for row in records] == ["a"]
    assert checks(rejected) == ["unreadable"] * 2


def test_names_that_are_no_text(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(path)).write_bytes(b"text")
    except OSError:
        pytest.skip("this file system takes no such names")
    records, rejected = read_all(tmp_path)
    assert not rejected
    assert [(row["origin_file"], row["text"]) for row in records] == [("caf\\xe9.txt", "text")]


def test_a_file_that_has_changed_since(file) -> None:
    path = file("a.jsonl", '{"text": "a"}\n')
    planned = plan([str(path)])
    path.write_text('{"text": "b"}\n')
    with pytest.raises(InputChanged, match="has changed since"):
        read_plan(planned)
    path.write_text('{"text": "a"}\n{"text": "more"}\n')  # has grown: what was planned is still there
    assert [row["text"] for row in read_plan(planned)[0]] == ["a"]


def test_mapping_errors_name_the_likely_typing_error(file, tmp_path: Path) -> None:
    file("a.jsonl", '{"main_story": "a"}\n')
    file("b.csv", "main_story,when\nb,x\n")
    fields = FieldMap.of({"text": "main_story", "published_on": "when"})
    assert [row["text"] for row in read_all(tmp_path, fields=fields)[0]] == ["a", "b"]
    with pytest.raises(
        InputError, match=r"text=mainstory: .*a\.jsonl.* \(did you mean 'main_story'\?\).*main_story, when"
    ):
        plan([str(tmp_path)], fields=FieldMap.of({"text": "mainstory"}))
    plan([str(file("only/a.txt", b"a").parent)], fields=fields)  # a text file has no fields to be mapped


def test_a_file_that_has_grown_keeps_its_shards(file) -> None:
    lines = [b'{"text": "%d"}\n' % (n * n) for n in range(1000)]
    path = file("a.jsonl", b"".join(lines))
    before = plan([str(path)], shard_bytes=2000)
    path.write_bytes(b"".join([*lines, *lines]))
    after = plan([str(path)], shard_bytes=2000)
    assert len(before.shards) > 8
    assert len(keys(before) - keys(after)) == 1
    assert [row["origin_index"] for row in read_plan(after)[0]] == list(range(2000))


def test_a_folder_that_has_moved_keeps_its_shards(file, tmp_path: Path) -> None:
    file("in/a.txt", b"a")
    file("in/b.jsonl", b'{"text": "b"}')
    before = plan([str(tmp_path / "in")])
    (tmp_path / "in").rename(tmp_path / "moved")
    after = plan([str(tmp_path / "moved")])
    assert keys(before) == keys(after)
    assert [row["id"] for row in read_plan(after)[0]] == [
        row["id"] for row in read_all(tmp_path / "moved")[0]
    ]


def test_a_new_or_changed_small_file_disturbs_its_group_alone(file, tmp_path: Path) -> None:
    chance = random.Random(7)
    for number in range(400):
        file(f"in/{chance.random()}.txt", b"x" * chance.randrange(1, 20_000) + b"%d" % number)
    before = plan([str(tmp_path / "in")], shard_bytes=200_000)
    assert 20 < len(before.shards) < 150
    assert all(shard.bytes <= 200_000 for shard in before.shards)
    disturbed = []
    for number in range(30):
        path = file(f"in/{chance.random()}.txt", b"new %d" % number)
        after = plan([str(tmp_path / "in")], shard_bytes=200_000)
        disturbed.append(len(keys(before) - keys(after)))
        path.unlink()
    assert sum(disturbed) / len(disturbed) < 1.5
    path = next((tmp_path / "in").iterdir())
    path.write_bytes(b"changed")
    assert len(keys(before) - keys(plan([str(tmp_path / "in")], shard_bytes=200_000))) <= 3


def test_one_large_line_spans_cuts(file) -> None:
    content = b'{"text": "a"}\n{"text": "' + b"x" * 1000 + b'"}\n{"text": "b"}\n{"text": "c"}'
    planned = plan([str(file("a.jsonl", content))], shard_bytes=100)
    assert [shard.bytes for shard in planned.shards] == [14 + 1013, len(content) - 1027]
    assert len(read_plan(planned)[0]) == 4


def test_blank_lines_count_the_same_in_planning_and_in_reading(file) -> None:
    content = b'\n\n \t\r\n{"text": "a"}\n' + b"\n" * 50 + b" " * 300 + b"\n" + b'{"text": "b"}\n \n' * 30
    path = file("a.jsonl", content)
    for limits in (Limits(), Limits(line_bytes=100)):
        whole = read_all(path, limits=limits)
        for size in (7, 64, 100, 333):
            assert read_plan(plan([str(path)], shard_bytes=size, limits=limits), limits=limits) == whole


def test_batches_are_bounded(file) -> None:
    path = file("a.jsonl", b"".join(b'{"text": "%s"}\n' % (b"x" * 1000) for _ in range(1000)))
    shard = plan([str(path)]).shards[0]
    sizes = [len(batch.records) for batch in read(shard, limits=Limits(batch_bytes=100_000))]
    assert sum(sizes) == 1000
    assert max(sizes) == 100
    assert max(len(b.records) for b in read(shard, limits=Limits(batch_rows=10))) == 10


def test_a_store_that_is_no_file_system() -> None:
    store = fsspec.filesystem("memory")
    store.pipe({
        "/inputs-test/a.txt": b"a",
        "/inputs-test/deep/b.jsonl": b'{"text": "b"}\n{"text": "c"}\n' * 50,
        "/inputs-test/deep/.hidden.txt": b"x",
        "/inputs-test/out/articles/x.txt": b"x",
        "/inputs-test/out/edits/x.txt": b"x",
        "/inputs-test/out/rejected/x.txt": b"x",
        "/inputs-test/skip/x.txt": b"x",
    })  # fmt: skip
    try:
        planned = plan(
            ["memory://inputs-test"],
            shard_bytes=200,
            exclude=["memory://inputs-test/skip/"],
        )
        assert names(planned) == ["a.txt", "deep/b.jsonl"]
        assert len(read_plan(planned)[0]) == 101
        assert names(plan(["memory://inputs-test/deep/*.jsonl"])) == ["b.jsonl"]
        assert names(plan(["memory://inputs-test/a.txt"])) == ["a.txt"]
    finally:
        store.rm("/inputs-test", recursive=True)
