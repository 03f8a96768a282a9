"""How long a law takes: evaluation and the ten shortest missing sets, on Marsad's laws and on random ones.

``python bench/assess.py [--laws N] [--elements N] [--bar MS]``: prints the median, the 99th of a hundred and the
longest in milliseconds of processor time; exit code 1 where one of the laws is over the bar. The random laws name up to
half of their elements twice (as Marsad's own do), through ``all``, ``any``, ``at_least`` and ``not`` and up to three
exceptions; every element is unknown, which is the hardest. Those that name up to all of them twice, in any place, are
shown for what they cost, without a bar: no law that was seen is like that.
"""

from __future__ import annotations

import argparse
import gc
import random
import sys
from collections.abc import Iterable
from datetime import date
from time import process_time

from marsad.assess.evaluate import evaluate
from marsad.assess.missing import missing
from marsad.knowledge.instruments import instruments
from marsad.types import Name
from marsad.types.law import Citation, Condition, Element, ElementKind, Relief, Version

BAR = 50.0
SHORTEST = 10
#: The share of elements that a law names a second time at most; it is less than half in the provisions on exposure.
AGAIN = 0.5
NAME = Name(ar="شيء", en="thing")


def element(key: str, kind: ElementKind) -> Element:
    return Element(id=key, name=NAME, kind=kind, cite=Citation(section=key), ask=NAME)


def leaf(key: str) -> Condition:
    return Condition(op="leaf", id=key)


def law(rng: random.Random, count: int, again: float = AGAIN) -> Version:
    """A law of ``count`` elements: rules over up to six parts, put together to one, and reliefs as its exceptions."""
    names = [f"e{n}" for n in range(count)]
    kinds = tuple(ElementKind)
    parts = [leaf(key) for key in (*names, *rng.sample(names, rng.randint(0, round(count * again))))]
    rng.shuffle(parts)
    reliefs: dict[str, Relief] = {}
    for n in range(rng.randint(0, 3)):
        own = [parts.pop() for _ in range(rng.randint(1, 5))]
        condition = Condition(op=rng.choice(("all", "any")), parts=tuple(own))
        reliefs[f"w{n}"] = Relief(
            id=f"w{n}", name=NAME, kind="waiver", condition=condition, cite=Citation(section=f"w{n}")
        )
    rules: dict[str, Condition] = {}
    while len(parts) > 1:
        taken = [parts.pop(rng.randrange(len(parts))) for _ in range(min(len(parts), rng.randint(2, 6)))]
        op = rng.choice(("all", "all", "any", "any", "at_least", "not"))
        node = Condition(op="all" if op == "not" else op, n=rng.randint(1, len(taken)), parts=tuple(taken))
        rules[f"r{len(rules)}"] = Condition(op="not", parts=(node,)) if op == "not" else node
        parts.append(leaf(f"r{len(rules) - 1}"))
    rules["duty"] = Condition(op="all", parts=tuple(parts), unless=tuple(reliefs))
    return Version(
        valid_from=date(2020, 1, 1),
        valid_to=None,
        known_from=date(2020, 1, 1),
        elements={key: element(key, rng.choice(kinds)) for key in names},
        rules=rules,
        reliefs=reliefs,
    )


def spent(version: Version, rule: str) -> float:
    """Milliseconds of one evaluation and the ten shortest sets of each question, the best of three."""
    best = float("inf")
    for _ in range(3):
        gc.collect()
        start = process_time()
        evaluate(version, rule, {})
        missing(version, rule, {}, SHORTEST)
        best = min(best, process_time() - start)
    return best * 1000


def told(name: str, times: Iterable[float]) -> float:
    """Print the figures; the longest."""
    ordered = sorted(times)
    middle, late = ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]
    print(f"{name:44} n {len(ordered):4}  median {middle:7.2f} ms  99% {late:7.2f} ms  longest {ordered[-1]:7.2f} ms")
    return ordered[-1]


def worst(count: int) -> tuple[Version, str]:
    """The hardest shapes at once: at least half of half of the elements, and a choice of two for each other pair."""
    names = [f"e{n}" for n in range(count)]
    half = count // 2
    some = Condition(op="at_least", n=half // 2, parts=tuple(map(leaf, names[:half])))
    pairs = [
        Condition(op="any", parts=(leaf(a), leaf(b)))
        for a, b in zip(names[half::2], names[half + 1 :: 2], strict=False)
    ]
    rules = {"duty": Condition(op="all", parts=(some, *pairs))}
    elements = {key: element(key, ElementKind.FACT) for key in names}
    day = date(2020, 1, 1)
    return Version(valid_from=day, valid_to=None, known_from=day, elements=elements, rules=rules), "duty"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--laws", type=int, default=200)
    parser.add_argument("--elements", type=int, default=40)
    parser.add_argument("--bar", type=float, default=BAR)
    given = parser.parse_args()
    for of, instrument in instruments().items():
        version = instrument.versions[-1]
        for rule in ("exposure", "duty", "sanctioned", "may_act"):
            if rule in version.rules:
                told(f"{of} {rule} ({len(version.elements)} elements)", [spent(version, rule)])
    rng = random.Random(231)
    laws = [(law(rng, given.elements), "duty") for _ in range(given.laws)]
    longest = told(f"random laws of {given.elements} elements", [spent(*one) for one in laws])
    tangled = [(law(rng, given.elements, again=1.0), "duty") for _ in range(given.laws)]
    told("the same, up to all named twice (no bar)", [spent(*one) for one in tangled])
    hardest = told(f"half of half, and pairs ({given.elements} elements)", [spent(*worst(given.elements))])
    ok = max(longest, hardest) < given.bar
    print(f"bar {given.bar:g} ms: {'kept' if ok else 'missed'}")
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
