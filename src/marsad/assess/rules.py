"""What the names in a version of a law stand for: which rules and reliefs a rule rests on, in what order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from marsad.errors import KnowledgeError, NotFoundError
from marsad.types.law import Condition, Version

_OPERATORS = ("all", "any", "at_least", "not", "leaf")


def needed(condition: Condition) -> int:
    """How many of the parts of an ``all``, an ``any`` or an ``at_least`` must hold."""
    return {"all": len(condition.parts), "any": 1}.get(condition.op, condition.n)


def defined(version: Version, name: str) -> Condition | None:
    """The condition of the rule or the relief of that name; None where there is neither."""
    if name in version.rules:
        return version.rules[name]
    return version.reliefs[name].condition if name in version.reliefs else None


def reached(version: Version, rule: str) -> Mapping[str, Condition]:
    """The rules and reliefs that ``rule`` rests on, itself among them, each after those that it names.

    Raises :class:`~marsad.errors.NotFoundError` where the version has no such rule or relief, and
    :class:`~marsad.errors.KnowledgeError` where rules lead back to themselves (the message names the circle), where a
    name leads nowhere, or where a condition is none.
    """
    if defined(version, rule) is None:
        known = ", ".join((*version.rules, *version.reliefs))
        raise NotFoundError(f"{rule!r} is no rule and no relief", where=_where(version), do=f"one of: {known}")
    found: dict[str, Condition] = {}
    path: dict[str, Iterator[str]] = {}
    _enter(version, rule, path)
    while path:
        name, names = next(reversed(path.items()))
        following = next((one for one in names if one not in found), None)
        if following is None:
            condition = defined(version, name)
            assert condition is not None  # _enter has looked
            found[name] = condition
            del path[name]
        elif following in path:
            circle = [*list(path)[list(path).index(following) :], following]
            raise KnowledgeError(
                f"the rules lead back to themselves: {' -> '.join(circle)}",
                where=_where(version),
                do="let one of them no longer name the next",
            )
        else:
            _enter(version, following, path)
    return found


def named(version: Version, condition: Condition) -> Iterator[str]:
    """The rules and reliefs that a condition names, in the order of its parts, the exceptions last.

    Raises :class:`~marsad.errors.KnowledgeError` for a name that leads nowhere, and for a condition that is none.
    """
    _sound(version, condition)
    if condition.op == "leaf" and condition.id not in version.elements:
        yield str(condition.id)
    for part in condition.parts:
        yield from named(version, part)
    yield from condition.unless


def elements(version: Version, conditions: Mapping[str, Condition], rule: str) -> tuple[str, ...]:
    """The elements that a rule rests on, each once, in the order in which it comes to them.

    ``conditions`` are those that :func:`reached` gives.
    """
    found: dict[str, None] = {}
    seen: set[str] = set()

    def walk(condition: Condition) -> None:
        name = str(condition.id)
        if condition.op == "leaf" and name in version.elements:
            found[name] = None
        elif condition.op == "leaf":
            enter(name)
        for part in condition.parts:
            walk(part)
        for label in condition.unless:
            enter(label)

    def enter(name: str) -> None:
        if name not in seen:
            seen.add(name)
            walk(conditions[name])

    enter(rule)
    return tuple(found)


def _enter(version: Version, name: str, path: dict[str, Iterator[str]]) -> None:
    condition = defined(version, name)
    assert condition is not None  # _sound has looked
    path[name] = iter(tuple(named(version, condition)))


def _sound(version: Version, condition: Condition) -> None:
    def fault(what: str, do: str) -> KnowledgeError:
        return KnowledgeError(what, where=_where(version), do=do)

    if condition.op not in _OPERATORS:
        raise fault(f"{condition.op!r} is no operator", f"use one of {', '.join(_OPERATORS)}")
    if condition.op == "not" and len(condition.parts) != 1:
        raise fault(f"a not has {len(condition.parts)} parts", "give it one")
    if condition.op == "leaf" and condition.id not in version.elements and defined(version, str(condition.id)) is None:
        raise fault(f"{condition.id!r} is no element and no rule", "define it, or mend the name")
    for label in condition.unless:
        if defined(version, label) is None:
            raise fault(f"the exception {label!r} is no rule and no relief", "define it, or mend the name")
    for name in (condition.id, *condition.unless):
        if name is not None and name in version.elements and defined(version, name) is not None:
            raise fault(f"{name!r} is an element and a rule or a relief too", "give one of them another name")


def _where(version: Version) -> str:
    return f"version of {version.valid_from}"
