"""Reads a policy file and says everything in it that makes no sense, all at once."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from pathlib import Path as FilePath
from typing import Any, TypeVar

import re2
import tomli

from cleanse.defect import Defect
from cleanse.policy import Delete, Pattern, Phrase, Policy, Where, gate_of
from cleanse.policy.error import Fault, PolicyError
from cleanse.policy.places import Path, Place, places
from cleanse.rule import Family, rules

_KEYS = ("thresholds", "off", "phrase", "pattern")
_PHRASE = ("text", "where", "defect")
_PATTERN = ("regex", "delete", "defect")
_SYNTAX = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
# These would make the bounds of a line mean something else, or cut a character in two.
_UNFIT = re.compile(r"(?<!\\)(?:\\\\)*(\\[AzC]|\(\?P?<\w+>|\(\?[a-zA-Z]*-[a-zA-Z]*m)")
_RE2 = "patterns run on RE2, in linear time: no look-around, no back-references (github.com/google/re2/wiki/Syntax)"

Choice = TypeVar("Choice", bound=StrEnum)


def load(path: FilePath) -> Policy:
    """Read a policy file; see :meth:`cleanse.policy.Policy.load`."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = data.decode(errors="replace")
        at = len(data[: error.start].decode())
        fault = Fault(at, at + 1, f"byte 0x{data[error.start]:02x} is not UTF-8", "save the file as UTF-8")
        raise PolicyError(str(path), text, [fault]) from error
    return parse(text, str(path))


def parse(text: str, name: str) -> Policy:
    """Read the text of a policy file; see :meth:`cleanse.policy.Policy.parse`."""
    text = text.replace("\r\n", "\n")
    try:
        said = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise PolicyError(name, text, [_syntax_fault(text, str(error))]) from error
    check = _Check(places(text))
    policy = check.policy(said)
    if check.faults:
        raise PolicyError(name, text, check.faults)
    return policy


def _syntax_fault(text: str, message: str) -> Fault:
    match = _SYNTAX.search(message)
    at = len(text.rstrip())
    if match and match["line"]:
        lines = text.split("\n")
        at = sum(len(line) + 1 for line in lines[: int(match["line"]) - 1]) + int(match["column"]) - 1
    wrong = message[: match.start()] if match else message
    return Fault(
        at, at + 1, f"this is no TOML: {wrong[:1].lower()}{wrong[1:]}", 'texts need quotes: off = ["layout"]'
    )


class _Check:
    """Makes a policy of what a file says, and collects what makes no sense."""

    def __init__(self, where: Mapping[Path, Place]) -> None:
        self.faults: list[Fault] = []
        self._where = where
        self._rules = [rule.name for rule in rules()]
        self._names = [*map(str, Family), *self._rules]

    def policy(self, said: Mapping[str, Any]) -> Policy:
        self._known_keys(said, (), (*_KEYS, "source"))
        base = self._section(said, (), Policy())
        sources: dict[str, Policy] = {}
        for name, section in self._table(said.get("source", {}), ("source",)).items():
            path: Path = ("source", name)
            if not name.strip():
                self._wrong_key(path, "a source has no name", 'write it as [source."www.example.org"]')
            elif name.lower() in sources:
                self._wrong_key(
                    path, f"source {name!r} has two sections", "case does not matter: make one of them"
                )
            elif _is_dotted(section):
                self._wrong_key(
                    path, "a source's name has dots", 'put it in quotes: [source."www.example.org"]'
                )
            else:
                section = self._table(section, path)
                self._known_keys(section, path, (*_KEYS, "on"))
                sources[name.lower()] = self._section(section, path, base)
        return Policy(base.thresholds, base.off, base.phrases, base.patterns, sources)

    def _section(self, said: Mapping[str, Any], path: Path, base: Policy) -> Policy:
        """Give ``base`` with what this table adds and changes."""
        thresholds = {**base.thresholds}
        for name, value in self._table(said.get("thresholds", {}), (*path, "thresholds")).items():
            place: Path = (*path, "thresholds", name)
            if name not in self._names:
                self._wrong_key(place, f"there is no family or rule {name!r}", self._meant(name, self._names))
            elif isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
                self._wrong(
                    place,
                    f"{value!r} is no threshold",
                    "it is a number from 0 (take all) to 1 (only what is certain)",
                )
            else:
                thresholds[name] = float(value)
        off = frozenset(self._switches(said, (*path, "off")))
        on = set(self._switches(said, (*path, "on")))
        for index, name in enumerate(said.get("on", []) if on else []):
            if name in on and name not in base.off:
                self._wrong(
                    (*path, "on", index),
                    f"{name!r} is not off",
                    "`on` switches on again what the file's own `off` names",
                )
            if name in off:
                self._wrong(
                    (*path, "on", index), f"{name!r} is both on and off", "take it out of one of the two"
                )
        return Policy(
            thresholds,
            (base.off | off) - on,
            base.phrases + tuple(self._each(said, (*path, "phrase"), _PHRASE, self._phrase)),
            base.patterns + tuple(self._each(said, (*path, "pattern"), _PATTERN, self._pattern)),
        )

    def _switches(self, said: Mapping[str, Any], path: Path) -> list[str]:
        value = said.get(str(path[-1]), [])
        if not isinstance(value, list):
            self._wrong(path, f"`{path[-1]}` is no list", f'write {path[-1]} = ["layout"]')
            return []
        good = []
        for index, name in enumerate(value):
            if name in self._names:
                good.append(name)
            else:
                self._wrong(
                    (*path, index), f"there is no family or rule {name!r}", self._meant(name, self._names)
                )
        return good

    def _each(
        self,
        said: Mapping[str, Any],
        path: Path,
        keys: tuple[str, ...],
        make: Callable[[Mapping[str, Any], Path], Any],
    ) -> Iterable[Any]:
        value = said.get(str(path[-1]), [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            header = ".".join(f'"{p}"' if "." in str(p) else str(p) for p in path)
            self._wrong_key(path, f"`{path[-1]}` is no list of tables", f"begin each with [[{header}]]")
            return
        for index, table in enumerate(value):
            place = (*path, index)
            self._known_keys(table, place, keys)
            required = table.get(keys[0])
            if keys[0] not in table:
                self._wrong_key(place, f"this {path[-1]} has no `{keys[0]}`", f"add {keys[0]} = '...'")
            elif not isinstance(required, str) or not required.strip():
                self._wrong((*place, keys[0]), f"`{keys[0]}` is no text", f"write {keys[0]} = '...'")
            else:
                made = make(table, place)
                if made is not None:
                    yield made

    def _phrase(self, table: Mapping[str, Any], path: Path) -> Phrase | None:
        text, where = table["text"], self._choice(table, (*path, "where"), Where, Where.LINE)
        defect = self._choice(table, (*path, "defect"), Defect, Defect.LISTED_BOILERPLATE)
        if not text.strip().isprintable():
            self._wrong((*path, "text"), "a phrase is on one line", "make one phrase of each line")
        elif where is not Where.LINE and sum(c.isalnum() for c in text) < 2:
            self._wrong(
                (*path, "text"),
                f"too little to know a line by that has it at `{where}`",
                'with fewer than two letters or digits only where = "line" is possible',
            )
        elif where and defect:
            return Phrase(" ".join(text.split()), where, defect)
        return None

    def _pattern(self, table: Mapping[str, Any], path: Path) -> Pattern | None:
        regex, delete = table["regex"], self._choice(table, (*path, "delete"), Delete, Delete.SPAN)
        defect = self._choice(table, (*path, "defect"), Defect, Defect.LISTED_BOILERPLATE)
        wrong = _regex_fault(regex)
        if wrong is not None:
            self._wrong((*path, "regex"), *wrong)
        elif delete and defect:
            return Pattern(regex, delete, defect)
        return None

    def _choice(
        self, table: Mapping[str, Any], path: Path, of: type[Choice], default: Choice
    ) -> Choice | None:
        value = table.get(str(path[-1]), default)
        try:
            return of(value)
        except ValueError:
            self._wrong(
                path, f"there is no {path[-1]} {value!r}", self._meant(value, [str(one) for one in of])
            )
            return None

    def _table(self, value: Any, path: Path) -> Mapping[str, Any]:
        if isinstance(value, dict):
            return value
        self._wrong(path, f"`{path[-1]}` is no table", f"begin it with [{'.'.join(map(str, path))}]")
        return {}

    def _known_keys(self, table: Mapping[str, Any], path: Path, keys: tuple[str, ...]) -> None:
        for key in table:
            if key not in keys:
                advice = self._meant(key, keys)
                if not path and key in self._names:
                    advice = f"a threshold goes below [thresholds], a switch into off = [{key!r}]"
                self._wrong_key((*path, key), f"there is no key {key!r} here", advice)

    def _meant(self, name: object, among: Iterable[str]) -> str:
        names = list(among)
        close = difflib.get_close_matches(str(name), names, n=1)
        if close:
            return f"did you mean {close[0]!r}?"
        return "`cleanse rules` lists them" if names == self._names else f"there are {', '.join(names)}"

    def _wrong(self, path: Path, wrong: str, remedy: str) -> None:
        self.faults.append(Fault(*self._where[path].value, wrong, remedy))

    def _wrong_key(self, path: Path, wrong: str, remedy: str) -> None:
        self.faults.append(Fault(*self._where[path].key, wrong, remedy))


def _is_dotted(section: object) -> bool:
    """Say whether this came of ``[source.www.example.org]``, where TOML takes each dot for a table."""
    return (
        isinstance(section, dict)
        and bool(section)
        and all(isinstance(value, dict) for value in section.values())
        and not any(difflib.get_close_matches(key, (*_KEYS, "on"), n=1) for key in section)
    )


def _regex_fault(regex: str) -> tuple[str, str] | None:
    options = re2.Options()
    options.log_errors = False
    try:
        compiled = re2.compile(regex, options)
    except re2.error as error:
        said = error.args[0]
        return f"this is no pattern: {said.decode() if isinstance(said, bytes) else said}", _RE2
    unfit = _UNFIT.search(regex)
    if unfit:
        return (
            f"{unfit.group(1)} is not possible here",
            "a pattern sees one line at a time: ^ and $ are its bounds, and groups need no names",
        )
    try:
        re2.compile(gate_of(regex), options)
    except re2.error:
        return "this cannot stand in a group", r"end what \Q begins with \E"
    if compiled.search("") is not None:
        return (
            "this is found in every line, even an empty one",
            "make some part of it obligatory: x+ instead of x*",
        )
    return None
