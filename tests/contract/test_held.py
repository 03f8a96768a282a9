"""What people hold of elements of laws about bodies."""

from __future__ import annotations

import pytest
from kept import NOW, at

from marsad.errors import FormatError, NotFoundError
from marsad.store import Store, judgements
from marsad.types import Judgement

DATED = "us/caatsa/231:dated"


def test_of_each_element_the_last_stands_and_can_be_taken_back(store: Store):
    with store.writing() as db:
        first = judgements.hold(db, "TUR.SSB", DATED, "true", "L", "r", NOW)
        other = judgements.hold(db, "IRQ.?", DATED, "false", "L", "r", NOW)
        last = judgements.hold(db, "TUR.SSB", DATED, "contested", "M", "s", at(1))
        assert last == Judgement(id=3, target="TUR.SSB", field=DATED, value="contested", name="M", reason="s", at=at(1))
        assert sorted(judgements.held(db), key=lambda one: one.id) == [other, last]
        assert judgements.listed(db, "TUR.SSB") == [first, last]
        judgements.withdraw(db, last.id, "M", "no", at(2))
        assert sorted(judgements.held(db), key=lambda one: one.id) == [first, other]
        with pytest.raises(NotFoundError):
            judgements.withdraw(db, 99, "M", "no", at(2))


def test_a_reason_and_a_name_are_needed(store: Store):
    with store.writing() as db, pytest.raises(FormatError):
        judgements.hold(db, "TUR.SSB", DATED, "true", "L", " ", NOW)


def test_other_judgements_are_not_of_bodies(store: Store):
    with store.reading() as db:
        assert judgements.held(db) == [] and judgements.same(db) == (frozenset(), frozenset())
