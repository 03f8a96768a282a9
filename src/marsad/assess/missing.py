"""What is missing: the smallest sets of facts that would make a rule true, and those that would make it false.

Which elements may still change, and to what, follows from what they are today:

==========  =========================================  ==========================================================
today       may become                                 because
==========  =========================================  ==========================================================
unknown     true, or false                             nobody has told
contested   true, or false                             it is settled for one side
false       true, where ``can_become_true``            it is *not yet* so: a deal can be made, an act performed
true        false, where it is of open texture         an argument can be met; what happened, the names that a list
                                                       had on the day and what an official did stay as they are
==========  =========================================  ==========================================================

The same holds for both questions: a waiver that has not been given yet makes a duty fail when it is given, just as a
deal that has not been made yet brings it about. Facts are taken as they stand: that one was told wrongly is a matter of
judgements. What undoes an act of an official is always another act, an element of its own (a waiver, a termination).

A set makes a rule true where :func:`~marsad.assess.evaluate.evaluate` says so as soon as the elements in it have the
values that it gives them and all others stay as they are. It is minimal where no part of it does so too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from marsad.assess.diagrams import Choices, Sets
from marsad.assess.logic import decided
from marsad.assess.rules import elements, needed, reached
from marsad.types.law import Condition, Element, ElementKind, Fact, Missing, Truth, Version

#: At most so many sets are given for each question.
MOST = 1000


def may_become(element: Element, truth: Truth) -> tuple[bool, ...]:
    """The values that an element may still take, other than the one that it has; see the table of the module."""
    if not decided(truth):
        return (True, False)
    if truth is Truth.FALSE:
        return (True,) if element.can_become_true else ()
    return (False,) if element.kind is ElementKind.OPEN_TEXTURE else ()


def missing(version: Version, rule: str, facts: Mapping[str, Fact], most: int = MOST) -> Missing:
    """All minimal sets of facts that decide ``rule``, a rule or a relief of the version; the shortest first.

    Equally short ones come in the order in which the rule names their elements. ``cut`` says that a question had more
    than ``most``. Of a rule that is true ``to_hold`` has the empty set alone, of a false one ``to_fail``; a question
    without any set cannot come about by what may still change.

    Raises as :func:`marsad.assess.rules.reached` does, and :class:`ValueError` for ``most`` below 1.
    """
    if most < 1:
        raise ValueError(f"most is {most}: ask for one set at least")
    conditions = reached(version, rule)
    order = elements(version, conditions, rule)
    values = _Values(conditions, Choices(), {})
    for place, key in enumerate(order):
        truth = facts[key].truth if key in facts else Truth.UNKNOWN
        values.decide(place, key, truth, may_become(version.elements[key], truth))
    to_hold, more = _told(values, rule, True, order, most)
    to_fail, more_fail = _told(values, rule, False, order, most)
    return Missing(rule=rule, to_hold=to_hold, to_fail=to_fail, cut=more or more_fail)


def _told(
    values: _Values, rule: str, value: bool, order: tuple[str, ...], most: int
) -> tuple[tuple[dict[str, bool], ...], bool]:
    """The first ``most`` sets that make ``rule`` have the ``value``, and whether there are more."""
    sets = Sets()
    found = list(islice(sets.each(sets.smallest(values.choices, values.named(rule, value))), most + 1))
    return tuple({order[place]: one for place, one in given} for given in found[:most]), len(found) > most


@dataclass(frozen=True, slots=True)
class _Values:
    """For which choices a condition has a value; those of what has a name are ``made`` once."""

    conditions: Mapping[str, Condition]
    choices: Choices
    made: dict[tuple[str, bool], int]

    def decide(self, place: int, key: str, truth: Truth, changes: tuple[bool, ...]) -> None:
        """Those of an element, which may become what ``changes`` says."""
        for value in (True, False):
            today = truth is (Truth.TRUE if value else Truth.FALSE)
            # A decision that may not be made leaves the element as it is.
            self.made[key, value] = self.choices.element(
                place, today, value if True in changes else today, not value if False in changes else today
            )

    def named(self, name: str, value: bool) -> int:
        """Those of an element, a rule or a relief."""
        if (name, value) not in self.made:
            self.made[name, value] = self.of(self.conditions[name], value)
        return self.made[name, value]

    def of(self, condition: Condition, value: bool) -> int:
        """Those of a condition: with its exceptions it is true where none of them is, false where one is."""
        found = self._bare(condition, value)
        join = self.choices.both if value else self.choices.either
        for label in condition.unless:
            found = join(found, self.named(label, not value))
        return found

    def _bare(self, condition: Condition, value: bool) -> int:
        if condition.op == "leaf":
            return self.named(str(condition.id), value)
        if condition.op == "not":
            return self.of(condition.parts[0], not value)
        n = needed(condition)
        # It is false where so many of the parts are: one more than may be spared.
        n = n if value else len(condition.parts) - n + 1
        return self.choices.at_least(n, [self.of(part, value) for part in condition.parts])
