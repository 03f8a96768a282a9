"""What changed: between two versions of a law, and between two findings about one entity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from marsad.errors import FormatError
from marsad.types.law import Condition, Consequence, Element, Fact, Finding, Label, Relief, Step, Truth, Version

#: What a version is made of.
Part = Element | Condition | Relief | Consequence | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that two versions have differently: an ``element``, a ``rule``, a ``relief``, the ``consequence`` or
    the knowledge ``standard``. None where a version has none of it."""

    part: str
    id: str
    before: Part | None
    after: Part | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactChange:
    """A fact that is another in the later finding: its value, its days, who says so. None where there was none."""

    element: str
    before: Fact | None
    after: Fact | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepChange:
    """An element, a rule or a relief whose value is another; None where the tree has no such step."""

    id: str
    op: str
    before: Truth | None
    after: Truth | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What is another in the later of two findings; all empty, and ``label`` None, where nothing is."""

    label: tuple[Label, Label] | None = None
    facts: tuple[FactChange, ...] = ()
    steps: tuple[StepChange, ...] = ()
    given: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    deadline: tuple[date | None, date | None] | None = None

    def __bool__(self) -> bool:
        return self != Changed()


def diff(version_a: Version, version_b: Version) -> tuple[Difference, ...]:
    """What the second version has otherwise than the first: elements, rules, reliefs, consequence, standard.

    What one version lacks comes in the order of the version that has it, after what both have.
    """
    found: list[Difference] = []
    groups: tuple[tuple[str, Mapping[str, Any], Mapping[str, Any]], ...] = (
        ("element", version_a.elements, version_b.elements),
        ("rule", version_a.rules, version_b.rules),
        ("relief", version_a.reliefs, version_b.reliefs),
        ("consequence", {"consequence": version_a.consequence}, {"consequence": version_b.consequence}),
        ("standard", {"standard": version_a.standard}, {"standard": version_b.standard}),
    )
    for part, before, after in groups:
        found += [
            Difference(part=part, id=key, before=before.get(key), after=after.get(key))
            for key in dict.fromkeys((*before, *after))
            if before.get(key) != after.get(key)
        ]
    return tuple(found)


def changed(before: Finding, after: Finding) -> Changed:
    """What is another in ``after``, a finding on the same instrument and entity at another day or from other facts.

    ``steps`` has the elements, rules and reliefs whose value changed; parts without a name are left out, for a name
    above them or below them changes too. ``given`` and ``ended`` are reliefs. Raises
    :class:`~marsad.errors.FormatError` for findings on two things.
    """
    if (before.instrument, before.entity) != (after.instrument, after.entity):
        raise FormatError(
            f"one finding is on {before.instrument} for {before.entity}, the other on {after.instrument} for "
            f"{after.entity}",
            do="compare findings on one provision for one entity",
        )
    old, new = ({fact.element: fact for fact in one.facts} for one in (before, after))
    steps_old, steps_new = _steps(before.tree), _steps(after.tree)
    return Changed(
        label=None if before.label is after.label else (before.label, after.label),
        facts=tuple(
            FactChange(element=key, before=old.get(key), after=new.get(key))
            for key in dict.fromkeys((*old, *new))
            if old.get(key) != new.get(key)
        ),
        steps=tuple(
            StepChange(id=key, op=one.op, before=_truth(steps_old.get(key)), after=_truth(steps_new.get(key)))
            for key, one in {**steps_old, **steps_new}.items()
            if _truth(steps_old.get(key)) is not _truth(steps_new.get(key))
        ),
        given=tuple(key for key in after.reliefs if key not in before.reliefs),
        ended=tuple(key for key in before.reliefs if key not in after.reliefs),
        deadline=None if before.deadline == after.deadline else (before.deadline, after.deadline),
    )


def _truth(step: Step | None) -> Truth | None:
    return step.truth if step else None


def _steps(root: Step) -> dict[str, Step]:
    """The steps with a name, below the root, each once."""
    found: dict[str, Step] = {}

    def walk(step: Step) -> None:
        for one in (*step.parts, *step.exceptions):
            # A place has a point; no id of a rule, a relief or an element has one.
            if one.id not in found:
                if "." not in one.id:
                    found[one.id] = one
                walk(one)

    walk(root)
    return found
