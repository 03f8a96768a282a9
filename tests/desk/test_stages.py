from datetime import UTC, datetime

import pytest
import world

from marsad.desk import Desk
from marsad.desk.intake.stages import TAKEN, WRITTEN
from marsad.errors import MarsadError
from marsad.identity import article_id
from marsad.pool import side_by_side
from marsad.store import articles, work
from marsad.types import Article

NOW = datetime(2026, 3, 5, tzinfo=UTC)


def texts(count: int) -> list[Article]:
    return [
        Article(id=article_id(text), text=text)
        for number in range(count)
        for text in [f"الخبر رقم {number}. زارت روسيا العراق. " + f"كلمة{number} " * 9]
    ]


def desk(count: int, coder=None) -> Desk:
    found = Desk("sqlite://", coder=coder or world.Coder(), now=lambda: NOW)
    with found.store.writing() as db:
        articles.add(db, [articles.draft(one) for one in texts(count)], NOW)
    return found


def waiting(desk: Desk) -> dict[str, int]:
    return {one.stage: one.waiting for one in desk.waiting()}


def test_all_that_waits_goes_through_one_pipe(monkeypatch):
    """A coder with processes starts them for each pipe: there is one, however many articles are taken at a time."""
    monkeypatch.setattr("marsad.desk.intake.stages.TAKEN", 4)
    pipes = []

    class Counting(world.Coder):
        def pipe(self, items, batch_size=64):
            pipes.append(self)
            yield from super().pipe(items)

    with desk(10, Counting()) as found:
        assert found.code().stages == {"coded": 10, "grouped": 10, "watched": 0}
    assert len(pipes) == 1


def _coding():
    return world.Coder()


def test_a_coder_that_reads_ahead_in_a_thread_gets_each_its_own(tmp_path, monkeypatch):
    monkeypatch.setattr("marsad.desk.intake.stages.TAKEN", 4)

    class Many(world.Coder):
        def pipe(self, items, batch_size=64):
            yield from side_by_side(items, _coding, 2, 3)

    with Desk(str(tmp_path / "a.db"), coder=Many(), now=lambda: NOW) as found:
        with found.store.writing() as db:
            articles.add(db, [articles.draft(one) for one in texts(11)], NOW)
        assert found.code().stages == {"coded": 11, "grouped": 11, "watched": 0}
        assert [found.coding(one.id).article.id for one in texts(11)] == [one.id for one in texts(11)]


def test_asked_to_stop_it_keeps_what_is_done_and_goes_on_there():
    coded = []

    class Seen(world.Coder):
        def __call__(self, item):
            coded.append(item)
            return super().__call__(item)

    with desk(10, Seen()) as found:
        done = found.code(stop=lambda: len(coded) == 3)
        assert done.stages == {"coded": 3, "grouped": 0, "watched": 0}
        assert waiting(found) == {"coded": 7, "grouped": 3, "watched": 0}
        assert found.code().stages == {"coded": 7, "grouped": 10, "watched": 0}
        assert len(coded) == 10


def test_asked_to_stop_before_it_has_begun_it_loads_no_coder():
    def load():
        raise AssertionError

    with desk(1) as found:
        found._coder = None
        assert found.code(stop=lambda: True).stages == {"coded": 0, "grouped": 0, "watched": 0}


def test_a_coder_that_breaks_down_loses_what_was_not_written_only():
    class Weak(world.Coder):
        def pipe(self, items, batch_size=64):
            for number, made in enumerate(super().pipe(items)):
                if number == WRITTEN + 3:
                    raise MarsadError("a process has ended")
                yield made

    with desk(WRITTEN + 10, Weak()) as found:
        with pytest.raises(MarsadError):
            found.code()
        assert waiting(found)["coded"] == 10
        found._coder = world.Coder()
        assert found.code().stages == {"coded": 10, "grouped": WRITTEN + 10, "watched": 0}


def test_an_article_that_is_forgotten_while_it_is_coded_stays_away():
    class Slow(world.Coder):
        def __call__(self, item):
            if "رقم 2." in item.text:
                found.forget(item.id, name="a")
            return super().__call__(item)

    with desk(4, Slow()) as found:
        found.code()
        assert waiting(found) == {"coded": 0, "grouped": 0, "watched": 0}
        assert found.code().stages == {"coded": 0, "grouped": 0, "watched": 0}


def test_progress_is_told():
    told = []
    with desk(5) as found:
        found.code(told=lambda *step: told.append(step))
    # On a busy machine a stage may tell more often; what it tells last is the whole.
    assert {stage: rest for stage, *rest in told} == {"coded": [5, 0], "grouped": [5, 0]}


def test_a_limit_holds_for_coding():
    with desk(5) as found:
        assert found.code(limit=2).stages == {"coded": 2, "grouped": 2, "watched": 0}
        assert waiting(found)["coded"] == 3
        assert TAKEN > 5 and work.STAGES == ("coded", "grouped", "watched")


def test_what_other_rules_have_grouped_is_grouped_anew(monkeypatch):
    with desk(5) as found:
        assert found.code().stages == {"coded": 5, "grouped": 5, "watched": 0}
        assert found.code().stages == {"coded": 0, "grouped": 0, "watched": 0}
        monkeypatch.setattr("marsad.stories.VERSION", "another")
        assert found.code().stages == {"coded": 0, "grouped": 5, "watched": 0}
        assert found.code().stages == {"coded": 0, "grouped": 0, "watched": 0}
