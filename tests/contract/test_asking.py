"""What the commands ask of a store, the same on both engines, over the small store of tests/desks.py."""

from dataclasses import replace

import desks
import pytest

from marsad.desk import Desk
from marsad.errors import NotFoundError
from marsad.store import events, forget, named, occurrences, search
from marsad.store.occurrences import Spread
from marsad.store.where import Where
from marsad.types import Outcome, Status


@pytest.fixture
def made(address):
    """The store with the articles of :data:`desks.TEXTS`, coded and grouped."""
    with Desk(address, coder=desks.Coder(), now=lambda: desks.NOW) as desk:
        desks.fill(desk)
        yield desk.store


def told(db, **asked) -> list[str]:
    return sorted(one.event.status.value for one in events.listed(db, Where(**asked)).items)


def test_reports_of_contested_acts_are_asked_for_by_that_status(made):
    with made.reading() as db:
        assert told(db, statuses=(Outcome.CONTESTED,)) == ["ACTUAL", "ACTUAL", "DENIED"]
        assert told(db, statuses=(Outcome.CONTESTED, Status.PLANNED)) == ["ACTUAL", "ACTUAL", "DENIED", "PLANNED"]
        assert told(db, statuses=(Outcome.CONTESTED,), actors=("RUS",), recipients=("IRQ",)) == [
            "ACTUAL", "ACTUAL", "DENIED",
        ]  # fmt: skip
        assert events.count(db, Where(statuses=(Outcome.CONTESTED,), sources=("one.example",))) == 1
        assert search.count(db, "لافروف", Where(statuses=(Outcome.CONTESTED,))) == 2


def test_how_widely_an_act_is_told_and_by_whom(made):
    with made.reading() as db:
        acts = occurrences.listed(db, Where()).items
        spread = occurrences.spread(db, [one.id for one in acts] + ["0" * 16])
        assert sorted(spread.values(), key=lambda one: one.reports) == [Spread(1, 1, 1)] * 3 + [Spread(3, 3, 3)]
        ids = [told for one in acts for told in one.reports]
        found = events.by_id(db, [*ids, "0" * 16])
        assert set(found) == set(ids) and all(not one.withdrawn for one in found.values())
        assert desks.event("before") not in events.by_id(db, [desks.event("before")])


def test_the_actors_that_the_store_has_met(made):
    with made.reading() as db:
        assert named.actors(db, "RUS") == ["RUS.GOV.MFA"]
        assert named.actors(db, "RUS.GOV") == ["RUS.GOV.MFA"]
        assert named.actors(db, "RUS.GO") == [] and named.actors(db, "FRA") == []


@pytest.mark.parametrize(
    ("what", "articles", "acts"),
    [("one.example", 2, 2), ("https://five.example/v", 2, 1), ("الرابعة", 1, 1)],
)
def test_what_forgetting_would_remove_is_what_it_removes(made, what, articles, acts):
    with made.reading() as db:
        ahead = forget.ahead(db, what)
    assert (ahead.articles, ahead.events) == (articles, acts)
    done = forget.forget(made, what, name="me", now=desks.NOW, reason="why")
    assert replace(done, erased=True) == ahead
    with made.reading() as db, pytest.raises(NotFoundError):
        forget.ahead(db, what)
