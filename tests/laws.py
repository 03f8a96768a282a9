"""Small laws for tests, and random ones; what they come to by trying out everything."""

import random
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations, product

from marsad.types import Name
from marsad.types.law import Citation, Condition, Element, ElementKind, Fact, Relief, Truth, Version

DAY = date(2020, 1, 1)
NAME = Name(ar="شيء", en="thing")
KINDS = tuple(ElementKind)
TRUTHS = tuple(Truth)


def element(key: str, kind: ElementKind = ElementKind.FACT, can: bool = True) -> Element:
    return Element(id=key, name=NAME, kind=kind, cite=Citation(section=key), ask=NAME, can_become_true=can)


def leaf(key: str, *unless: str) -> Condition:
    return Condition(op="leaf", id=key, unless=unless)


def node(op: str, *parts: Condition | str, n: int = 0, unless: tuple[str, ...] = ()) -> Condition:
    return Condition(op=op, n=n, parts=tuple(leaf(p) if isinstance(p, str) else p for p in parts), unless=unless)


def version(
    elements: Mapping[str, Element] | str,
    rules: Mapping[str, Condition],
    reliefs: Mapping[str, Condition | Relief] | None = None,
) -> Version:
    """A version; ``elements`` as words stand for facts of these ids, conditions among ``reliefs`` for waivers."""
    if isinstance(elements, str):
        elements = {key: element(key) for key in elements.split()}
    made = {
        key: one
        if isinstance(one, Relief)
        else Relief(id=key, name=NAME, kind="waiver", condition=one, cite=Citation(section=key))
        for key, one in (reliefs or {}).items()
    }
    return Version(valid_from=DAY, valid_to=None, known_from=DAY, elements=elements, rules=rules, reliefs=made)


def fact(key: str, truth: Truth | bool, **more: object) -> Fact:
    truth = truth if isinstance(truth, Truth) else Truth.TRUE if truth else Truth.FALSE
    return Fact(element=key, entity="IRQ.?", truth=truth, by="curated", **more)  # type: ignore[arg-type]


def facts(**truths: Truth | bool) -> dict[str, Fact]:
    return {key: fact(key, truth) for key, truth in truths.items()}


# ---------------------------------------------------------------- random laws


def random_law(rng: random.Random, most: int = 12) -> tuple[Version, dict[str, Fact]]:
    """A law of up to four rules and two reliefs, and facts; at most ``most`` elements may still change."""
    names = [f"e{n}" for n in range(rng.randint(2, most + 4))]
    elements = {key: element(key, rng.choice(KINDS), rng.random() < 0.7) for key in names}
    rules: dict[str, Condition] = {}
    reliefs: dict[str, Condition] = {}
    for n in range(rng.randint(0, 2)):
        reliefs[f"w{n}"] = _condition(rng, names, [], [], 1)
    for n in range(rng.randint(0, 3)):
        rules[f"r{n}"] = _condition(rng, names, list(rules), [*reliefs, *rules], 2)
    parts = [_condition(rng, names, list(rules), [*reliefs, *rules], 2) for _ in range(rng.randint(2, 5))]
    chosen = tuple(rng.sample([*reliefs, *rules], min(len(reliefs), rng.randint(0, 2))))
    rules["top"] = node(rng.choice(("all", "any", "at_least")), *parts, n=rng.randint(1, len(parts)), unless=chosen)
    given = {key: fact(key, rng.choice(TRUTHS)) for key in names if rng.random() < 0.6}
    made = version(elements, rules, reliefs)
    free = [key for key in names if changes(made, given, key)]
    for key in free[most:]:  # what cannot become true and is not argued about stays as it is
        elements[key] = element(key, ElementKind.FACT, can=False)
        given[key] = fact(key, rng.random() < 0.5)
    return made, given


def _condition(rng: random.Random, names: list[str], rules: list[str], exceptions: list[str], depth: int) -> Condition:
    chosen = tuple(rng.sample(exceptions, min(len(exceptions), rng.choice((0, 0, 0, 1, 2)))))
    if depth == 0 or rng.random() < 0.25:
        return leaf(rng.choice(names + rules), *chosen)
    op = rng.choice(("all", "all", "any", "any", "at_least", "not"))
    if op == "not":
        return node("not", _condition(rng, names, rules, exceptions, depth - 1), unless=chosen)
    parts = [_condition(rng, names, rules, exceptions, depth - 1) for _ in range(rng.choice((0, 1, 2, 3, 3, 4, 5)))]
    n = rng.randint(0, len(parts) + rng.randint(0, 1)) if op == "at_least" else 0
    return node(op, *parts, n=n, unless=chosen)


# ---------------------------------------------------------------- by trying out everything


def truth_of(made: Version, given: Mapping[str, Fact], key: str) -> Truth:
    return given[key].truth if key in given else Truth.UNKNOWN


def changes(made: Version, given: Mapping[str, Fact], key: str) -> tuple[bool, ...]:
    """What an element may become, written apart from what is tested."""
    truth, one = truth_of(made, given, key), made.elements[key]
    return {
        Truth.UNKNOWN: (True, False),
        Truth.CONTESTED: (True, False),
        Truth.FALSE: (True,) * one.can_become_true,
        Truth.TRUE: (False,) * (one.kind is ElementKind.OPEN_TEXTURE),
    }[truth]


def possible(made: Version, rule: str, values: Mapping[str, frozenset[bool]]) -> frozenset[bool]:
    """What a rule may be where each element may be what ``values`` says, each place where it is named by itself."""

    def of(condition: Condition) -> frozenset[bool]:
        if condition.op == "leaf":
            key = str(condition.id)
            found = values[key] if key in made.elements else named(key)
        else:
            parts = [of(part) for part in condition.parts]
            if condition.op == "not":
                found = frozenset(not value for value in parts[0])
            else:
                n = {"all": len(parts), "any": 1}.get(condition.op, condition.n)
                found = frozenset(sum(picked) >= n for picked in product(*parts))
        for label in condition.unless:
            found = frozenset(one and not other for one in found for other in named(label))
        return found

    def named(key: str) -> frozenset[bool]:
        return of(made.rules[key] if key in made.rules else made.reliefs[key].condition)

    return named(rule)


BOTH = frozenset({True, False})
VALUES = {
    Truth.TRUE: frozenset({True}), Truth.FALSE: frozenset({False}), Truth.UNKNOWN: BOTH, Truth.CONTESTED: BOTH,
}  # fmt: skip


def tried(made: Version, rule: str, given: Mapping[str, Fact], value: bool) -> set[frozenset[tuple[str, bool]]]:
    """All minimal sets of changes that make ``rule`` have the ``value``, by trying out all of them."""
    today = {key: VALUES[truth_of(made, given, key)] for key in made.elements}
    may = [(key, one) for key in made.elements for one in changes(made, given, key)]
    found: set[frozenset[tuple[str, bool]]] = set()
    for size in range(len(made.elements) + 1):
        for chosen in _sets(may, size):
            if any(one <= chosen for one in found):
                continue
            if possible(made, rule, today | {key: frozenset({one}) for key, one in chosen}) == {value}:
                found.add(chosen)
    return found


def _sets(may: list[tuple[str, bool]], size: int) -> Iterator[frozenset[tuple[str, bool]]]:
    for chosen in combinations(may, size):
        if len({key for key, _ in chosen}) == size:
            yield frozenset(chosen)
