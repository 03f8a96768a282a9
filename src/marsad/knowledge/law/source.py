"""A YAML file as plain values that know their lines, so that a fault can name file, line and key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

#: The way to a value: keys of mappings, places in lists.
Way = tuple[str | int, ...]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: A file has fewer values than this; more are a mistake, or a trick with aliases.
_MOST = 50_000
_TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong with a file of law, and where: ``line`` from 1, ``key`` the way to it (``rules.duty``)."""

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key + ': ' if self.key else ''}{self.message}"


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds: ``data`` in plain values, ``lines`` by the way to each, ``faults`` of the YAML itself."""

    file: str
    data: Any
    lines: Mapping[Way, int]
    faults: tuple[Problem, ...] = ()

    def problem(self, way: Way, message: str) -> Problem:
        """A problem at ``way``, or at the nearest value around it that the file has."""
        near = way
        while near and near not in self.lines:
            near = near[:-1]
        return Problem(self.file, self.lines.get(near, 1), ".".join(map(str, way)), message)


def parse(text: str, file: str) -> Document:
    r"""The values of a YAML ``text``; ``file`` is what problems call it. Never raises: faults are in the document.

    >>> parse("a:\n  - 1\n  - b", "x.yaml").lines[("a", 1)]
    3
    >>> [str(one) for one in parse("a: 1\na: 2", "x.yaml").faults]
    ['x.yaml:2: a: the key stands twice']
    """
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        told = str(getattr(error, "problem", None) or error).splitlines()[0]
        return Document(file, None, {}, (Problem(file, mark.line + 1 if mark else 1, "", f"broken YAML ({told})"),))
    except RecursionError:
        return Document(file, None, {}, (Problem(file, 1, "", "the YAML is nested too deeply"),))
    made = _Made(file)
    data = made.value(node, (), frozenset()) if node is not None else None
    return Document(file, data, made.lines, tuple(made.faults))


class _Made:
    """Plain values out of nodes."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Way, int] = {}
        self.faults: list[Problem] = []
        self.constructor = yaml.constructor.SafeConstructor()

    def value(self, node: Any, way: Way, above: frozenset[int]) -> Any:
        self.lines.setdefault(way, node.start_mark.line + 1)
        if len(self.lines) >= _MOST or id(node) in above or len(above) > 100:
            self.fault(node, way, "the file is too large, too deep, or an alias holds itself")
            return None
        inside = above | {id(node)}
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*way, place), inside) for place, item in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return dict(self.entries(node, way, inside))
        return self.scalar(node, way)

    def entries(self, node: Any, way: Way, inside: frozenset[int]) -> Iterator[tuple[str, Any]]:
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
            place = (*way, name)
            if not name:
                self.fault(key, way, "a key must be a word")
            elif name in seen:
                self.fault(key, place, "the key stands twice")
            else:
                seen.add(name)
                self.lines[place] = key.start_mark.line + 1
                yield name, self.value(value, place, inside)

    def scalar(self, node: Any, way: Way) -> Any:
        kind = node.tag.removeprefix(_TAG)
        try:
            if kind == "null":
                return None
            if kind == "bool":
                return self.constructor.construct_yaml_bool(node)
            if kind == "int":
                return self.constructor.construct_yaml_int(node)
            if kind == "timestamp":
                return self.constructor.construct_yaml_timestamp(node)
        except ValueError as error:
            self.fault(node, way, f"{node.value!r} cannot be read ({error})")
        return node.value

    def fault(self, node: Any, way: Way, message: str) -> None:
        self.faults.append(Problem(self.file, node.start_mark.line + 1, ".".join(map(str, way)), message))
