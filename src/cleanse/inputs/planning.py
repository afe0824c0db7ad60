"""Plans what is read: finds the files, hashes them in one pass, and cuts and groups them into shards.

Where shards begin and end depends on what is near and on nothing else, so that a new or a grown file changes
the shard that it is in and leaves the others, which a run then skips:

- JSON Lines are cut at the first line end behind each multiple of the shard size.
- Parquet is cut between row groups.
- Small files are grouped in the order of their names. A group ends behind a file whose name's hash says so
  (the larger the file, the likelier), and where it would grow beyond the shard size.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from cleanse.inputs.cutting import Cut, cut
from cleanse.inputs.fields import USUAL, FieldMap
from cleanse.inputs.finding import find
from cleanse.inputs.found import Found
from cleanse.inputs.model import Check, Limits, Piece, Plan, Problem, Shard
from cleanse.inputs.parquet import Malformed
from cleanse.inputs.reading import field_names
from cleanse.inputs.streams import is_url, open_file

# A group of small files ends on average at a third of the shard size, so that only one in 20 is cut where it
# reaches the shard size: such a cut moves when a file before it is added.
_GROUPS_PER_SHARD = 3
_FILES_AT_ONCE = 64  # that a thread takes on: handing one over costs as much as hashing a small one
_LEAST_WEIGHT = 4096  # bytes: what opening a file costs, however small it is


def plan(
    inputs: Sequence[str],
    *,
    fields: FieldMap = USUAL,
    shard_bytes: int = 32 << 20,
    limits: Limits = Limits(),  # noqa: B008 - it is frozen
    exclude: Sequence[str] = (),
) -> Plan:
    """Say what there is to read, in shards of bounded size.

    Args:
        inputs: Folders (with all below), globs and files, by path or by address for fsspec.
        fields: Which field fills which column.
        shard_bytes: Size of a shard, of stored bytes; a single line, row group or compressed file may be larger.
        limits: As for :func:`~cleanse.inputs.read`.
        exclude: Folders and files that are not read, such as the output where it lies inside the input.

    Raises:
        InputError: An input does not exist or matches nothing, or the mapping names a field that no file has.
    """
    found, problems, passed_over = find(inputs, exclude)
    workers = min(4, os.cpu_count() or 1)  # threads: hashing lets go of the interpreter's lock
    size = max(1, min(_FILES_AT_ONCE, len(found) // (4 * workers)))
    lots = [found[at : at + size] for at in range(0, len(found), size)]
    with ThreadPoolExecutor(workers) as pool:
        planned = pool.map(lambda lot: [_cuts(file, shard_bytes, limits) for file in lot], lots)
        results = [result for lot in planned for result in lot]
    files = [result for result in results if isinstance(result, list)]
    if fields.explicit:
        _check_mapping(fields, [cuts[0].piece for cuts in files if cuts], limits)
    problems += [result for result in results if isinstance(result, Problem)]
    problems.sort(key=lambda problem: problem.name)
    shards = [Shard.of((c.piece,), c.bytes) for cuts in files if len(cuts) > 1 for c in cuts]
    shards += _groups([cuts[0] for cuts in files if len(cuts) == 1], shard_bytes)
    shards.sort(key=lambda shard: (shard.pieces[0].name, shard.pieces[0].start))
    if problems:
        shards.append(Shard.of(tuple(map(_problem_piece, problems)), 0))
    return Plan(tuple(shards), tuple(problems), passed_over)


def _cuts(found: Found, shard_bytes: int, limits: Limits) -> list[Cut] | Problem:
    try:
        with open_file(found.url) as file:
            return cut(file, found, shard_bytes, limits.line_bytes)
    except Malformed as error:
        return Problem(found.name, found.url, Check.MALFORMED_PARQUET, str(error))
    except OSError as error:
        # A store that does not answer is no property of the file: the run fails, and can be tried again.
        if is_url(found.url) and not isinstance(error, (PermissionError, FileNotFoundError)):
            raise
        message = f"the file cannot be read: {error.strerror or error}"
        return Problem(found.name, found.url, Check.UNREADABLE, message)


def _check_mapping(fields: FieldMap, pieces: Sequence[Piece], limits: Limits) -> None:
    tables = [piece for piece in pieces if piece.format != "text"]
    seen: set[str] = set()
    for piece in tables:
        seen.update(field_names(piece, limits))
        if {name for _, name in fields.explicit} <= seen:
            return
    if seen:
        fields.check(seen, f"the input ({tables[0].name}{', ...' if len(tables) > 1 else ''})")


def _groups(cuts: Sequence[Cut], shard_bytes: int) -> Iterator[Shard]:
    group: list[Cut] = []
    size = weight = 0
    for item in cuts:
        more = max(item.bytes, _LEAST_WEIGHT)
        if group and weight + more > shard_bytes:
            yield Shard.of(tuple(c.piece for c in group), size)
            group, size, weight = [], 0, 0
        group.append(item)
        size += item.bytes
        weight += more
        if _chance(item.piece.name) < _GROUPS_PER_SHARD * more / shard_bytes:
            yield Shard.of(tuple(c.piece for c in group), size)
            group, size, weight = [], 0, 0
    if group:
        yield Shard.of(tuple(c.piece for c in group), size)


def _chance(name: str) -> float:
    """Give a number from 0 to 1 that is any with the same chance and depends on the name alone."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big") / 2**64


def _problem_piece(problem: Problem) -> Piece:
    digest = hashlib.sha256(
        f"{problem.check} {problem.message}".encode(errors="backslashreplace")
    ).hexdigest()
    return Piece(problem.url, problem.name, "problem", None, 0, 0, 0, None, digest, problem)
