"""What a rule of a law comes to on some facts, and why: a tree of steps, each with its clause and its facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from marsad.assess.logic import at_least, decided, negate, unless
from marsad.assess.rules import needed, reached
from marsad.types.law import Citation, Condition, Fact, Step, Truth, Version


def held(facts: Mapping[str, Fact], as_of: date, known_on: date) -> dict[str, Fact]:
    """The facts that count: those of the day ``as_of``, as far as they were known on ``known_on``.

    A fact counts from ``since`` to ``until``, both inside, and as soon as it was known; None is no bound. One that does
    not count is as absent, and what is absent is unknown: that something was not so needs a fact of its own.
    """
    return {
        key: fact
        for key, fact in facts.items()
        if (fact.since is None or fact.since <= as_of)
        and (fact.until is None or as_of <= fact.until)
        and (fact.known is None or fact.known <= known_on)
    }


def evaluate(version: Version, rule: str, facts: Mapping[str, Fact]) -> Step:
    """What ``rule`` (a rule or a relief of the version) comes to, as a tree.

    ``facts`` are by the id of their element; an element without one is unknown. The values follow the tables of
    :mod:`marsad.assess.logic`. The ``facts`` of a step are those that its value rests on: for a true one those of its
    true parts, for a false one those of its false parts and of the exceptions that hold, else those of the undecided.

    Raises as :func:`marsad.assess.rules.reached` does.
    """
    tree = _Tree(version, facts, {})
    for name, condition in reached(version, rule).items():
        relief = None if name in version.rules else version.reliefs[name]
        tree.made[name] = tree.step(condition, name, cite=relief.cite if relief else None)
    return tree.made[rule]


@dataclass(frozen=True, slots=True)
class _Tree:
    """The steps ``made`` of the rules so far, each once, wherever it is named."""

    version: Version
    facts: Mapping[str, Fact]
    made: dict[str, Step]

    def step(self, condition: Condition, place: str, cite: Citation | None = None) -> Step:
        """The step of a condition that has a name or an exception of its own, or parts."""
        parts = tuple(self._part(part, f"{place}.{n}") for n, part in enumerate(condition.parts, 1))
        if condition.op == "leaf":
            parts = (self._leaf(str(condition.id)),)
        exceptions = tuple(self.made[label] for label in condition.unless)
        value, negated = parts[0].truth if parts else Truth.FALSE, condition.op == "not"
        if negated:
            value = negate(value)
        elif condition.op != "leaf":
            value = at_least(needed(condition), [part.truth for part in parts])
        truth = unless(value, [one.truth for one in exceptions])
        # What the value before the exceptions rests on counts where that value is one of those that decide.
        grounds = _resting(negate(value) if negated else value, parts) if _same(value, truth) else ()
        return Step(
            id=place,
            op=condition.op,
            truth=truth,
            n=condition.n if condition.op == "at_least" else 0,
            cite=cite,
            facts=_once(grounds, _resting(negate(truth), exceptions)),
            parts=parts,
            exceptions=exceptions,
        )

    def _part(self, condition: Condition, place: str) -> Step:
        if condition.op == "leaf" and not condition.unless:
            return self._leaf(str(condition.id))
        return self.step(condition, place)

    def _leaf(self, name: str) -> Step:
        element = self.version.elements.get(name)
        if element is None:
            return self.made[name]
        fact = self.facts.get(name)
        return Step(
            id=name,
            op="element",
            truth=fact.truth if fact else Truth.UNKNOWN,
            cite=element.cite,
            facts=(fact,) if fact else (),
        )


def _same(one: Truth, other: Truth) -> bool:
    """Whether both are true, both false, or both undecided."""
    return one == other or not (decided(one) or decided(other))


def _resting(truth: Truth, steps: Iterable[Step]) -> tuple[Fact, ...]:
    return tuple(fact for step in steps if _same(step.truth, truth) for fact in step.facts)


def _once(*given: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts, that of each element once, in their order."""
    found = {fact.element: fact for facts in given for fact in facts}
    return tuple(found.values())
