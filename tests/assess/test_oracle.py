"""Values and minimal sets against other ways to the same: an answer set solver, and trying out everything.

The solver (clingo, a development dependency) is asked for 2,000 random laws; where it is not installed, those tests are
skipped, and the 300 that are tried out stand alone. Both oracles work on the law's text as it stands, by rules of their
own, and know nothing of how Marsad does it.
"""

import random

import pytest
from laws import VALUES, changes, possible, random_law, tried, truth_of

from marsad.assess.evaluate import evaluate
from marsad.assess.missing import missing
from marsad.types.law import Condition, Fact, Missing, Truth, Version

SEED = 9525
ALL = 10**9

#: Strong Kleene logic over nodes. ask(hold) and ask(fail) look for changes, ask(value) for what is without any.
PROGRAM = """
#external ask(hold).  #external ask(fail).  #external ask(value).
may(nothing,true).  % lest there be nothing to choose
{ change(E,V) : may(E,V) }.
:- change(E,true), change(E,false).
:- ask(value), change(E,V).
changed(E) :- change(E,V).
holds(E) :- change(E,true).
fails(E) :- change(E,false).
holds(E) :- now(E,true), not changed(E).
fails(E) :- now(E,false), not changed(E).
contested(E) :- now(E,contested), not changed(E).

base_holds(N) :- least(N,K), K <= #count { I : part(N,I,M), holds(M) }.
base_fails(N) :- least(N,K), size(N,T), T - K + 1 <= #count { I : part(N,I,M), fails(M) }.
base_holds(N) :- negates(N,M), fails(M).
base_fails(N) :- negates(N,M), holds(M).
holds(N) :- base_holds(N), fails(M) : except(N,M).
fails(N) :- base_fails(N).
fails(N) :- except(N,M), holds(M).
base_contested(N) :- node(N), not base_holds(N), not base_fails(N), part(N,I,M), contested(M).
base_contested(N) :- negates(N,M), contested(M).
contested(N) :- node(N), not holds(N), not fails(N), base_contested(N).
contested(N) :- node(N), not holds(N), not fails(N), except(N,M), contested(M).

:- ask(hold), not holds(top).
:- ask(fail), not fails(top).
#heuristic change(E,V) : may(E,V). [1,false]
#show change/2.  #show holds/1.  #show fails/1.  #show contested/1.
"""


def written(made: Version, given: dict[str, Fact]) -> str:
    """A law and its facts for the solver: an id for every node, names for what has one."""
    lines: list[str] = []
    count = 0

    def write(condition: Condition, name: str) -> str:
        nonlocal count
        lines.append(f"node({name}).")
        parts = [condition.id] if condition.op == "leaf" else []
        for part in condition.parts:
            count += 1
            parts.append(write(part, f"n{count}"))
        if condition.op == "not":
            lines.append(f"negates({name},{parts[0]}).")
        else:
            n = {"all": len(parts), "any": 1, "leaf": 1}.get(condition.op, condition.n)
            lines.append(f"least({name},{n}). size({name},{len(parts)}).")
            lines.extend(f"part({name},{number},{part})." for number, part in enumerate(parts))
        lines.extend(f"except({name},{label})." for label in condition.unless)
        return name

    for name, condition in made.rules.items():
        write(condition, name)
    for name, relief in made.reliefs.items():
        write(relief.condition, name)
    for key in made.elements:
        lines.append(f"now({key},{truth_of(made, given, key).value}).")
        lines.extend(f"may({key},{str(value).lower()})." for value in changes(made, given, key))
    return "\n".join(lines)


class Solver:
    """One law in the solver."""

    def __init__(self, made: Version, given: dict[str, Fact]) -> None:
        import clingo

        self.clingo = clingo
        self.control = clingo.Control(["0", "--heuristic=Domain", "--enum-mode=domRec", "--warn=none"])
        self.control.add("base", [], PROGRAM + written(made, given))
        self.control.ground([("base", [])])

    def models(self, question: str) -> list[set[str]]:
        ask = self.clingo.Function("ask", [self.clingo.Function(question)])
        self.control.assign_external(ask, True)
        found: list[set[str]] = []
        self.control.solve(on_model=lambda model: found.append({str(one) for one in model.symbols(shown=True)}))
        self.control.assign_external(ask, False)
        return found

    def value(self) -> Truth:
        (model,) = self.models("value")
        for word, truth in (("holds", Truth.TRUE), ("fails", Truth.FALSE), ("contested", Truth.CONTESTED)):
            if f"{word}(top)" in model:
                return truth
        return Truth.UNKNOWN

    def sets(self, question: str) -> list[frozenset[str]]:
        return [frozenset(one for one in model if one.startswith("change(")) for model in self.models(question)]


def as_written(given: Missing, which: str) -> list[frozenset[str]]:
    sets = given.to_hold if which == "hold" else given.to_fail
    return [frozenset(f"change({key},{str(value).lower()})" for key, value in one.items()) for one in sets]


@pytest.mark.parametrize("block", range(10))
def test_two_thousand_laws_come_to_what_the_solver_says(block: int) -> None:
    pytest.importorskip("clingo")
    rng = random.Random(SEED + block)
    values, most = set(), 0
    for number in range(200):
        made, given = random_law(rng)
        solver, told = Solver(made, given), missing(made, "top", given, ALL)
        assert evaluate(made, "top", given).truth is solver.value(), f"law {number} of block {block}"
        for which in ("hold", "fail"):
            sets = as_written(told, which)
            assert len(sets) == len(set(sets))
            assert [len(one) for one in sets] == sorted(len(one) for one in sets)
            assert set(sets) == set(solver.sets(which)), f"law {number} of block {block}, {which}"
            most = max(most, len(sets))
        values.add(evaluate(made, "top", given).truth)
    assert values == set(Truth), "the laws do not come to every value"
    assert most > 10, "no law has many sets"


@pytest.mark.parametrize("block", range(3))
def test_three_hundred_laws_come_to_what_trying_out_says(block: int) -> None:
    rng = random.Random(SEED * 2 + block)
    for number in range(100):
        made, given = random_law(rng, most=5)
        told = missing(made, "top", given, ALL)
        for value, sets in ((True, told.to_hold), (False, told.to_fail)):
            found = [frozenset(one.items()) for one in sets]
            assert len(found) == len(set(found))
            assert set(found) == tried(made, "top", given, value), f"law {number} of block {block}, {value}"
        today = {key: VALUES[truth_of(made, given, key)] for key in made.elements}
        truth = evaluate(made, "top", given).truth
        assert VALUES[truth] == possible(made, "top", today), f"law {number} of block {block}"
