"""An alert is kept once, with its quotations, which go with their article; pages, and who has seen it."""

from __future__ import annotations

import threading

import pytest
from kept import NOW, add, article, at
from raised import alert, quotation, raised, watch
from sqlalchemy import func, select

from marsad.errors import FormatError, NotFoundError
from marsad.store import Store, alerting, alerts, forget, watches
from marsad.types import AlertTrigger, Name


@pytest.fixture
def watched(store: Store) -> Store:
    """A store with articles and two watches."""
    with store.writing() as db:
        add(db, *(article(n) for n in range(6)))
        for id in ("iraq", "jordan"):  # noqa: A001
            watches.put(db, watch(id), NOW)
    return store


def test_an_alert_is_kept_as_it_was_raised(watched: Store):
    full = alert(1, because=(2, 1), stage="confirmed", held=True)
    bare = alert(2, at(1), trigger=AlertTrigger.SILENCE, subject="a.example", day=None, link="/sources", stage=None)
    with watched.writing() as db:
        assert alerts.add(db, full, ["a"]) and alerts.add(db, bare, [])
    with watched.reading() as db:
        assert alerts.find(db, full.id) == alerts.find(db, full.id[:7].upper()) == full
        assert alerts.listed(db).items == [bare, full]
        assert [one.article for one in alerts.find(db, full.id).because] == [article(2).id, article(1).id]


def test_what_has_a_key_that_was_told_is_not_told_again(watched: Store):
    with watched.writing() as db:
        assert alerts.add(db, alert(1), ["event 1", "act 1"])
        assert not alerts.add(db, alert(2), ["act 1", "event 2", "event 2"])
        assert not alerts.add(db, alert(3), ["event 2"]), "the keys of what was not told are remembered too"
        assert alerts.known(db, "iraq", ["event 1", "act 1", "event 2", "event 3"]) == {"event 1", "act 1", "event 2"}
        assert alerts.known(db, "jordan", ["event 1"]) == alerts.known(db, "none", ["event 1"]) == set()
        assert alerts.add(db, alert(1, of="jordan"), ["event 1"]), "another watch tells its own users"
        assert alerts.count(db) == 2


def test_the_same_id_is_the_same_alert(watched: Store):
    with watched.writing() as db:
        assert alerts.add(db, alert(1), [])
        assert not alerts.add(db, alert(1), ["new"])
        assert alerts.count(db) == 1


def test_what_is_told_of_no_watch_is_refused(watched: Store):
    with watched.writing() as db, pytest.raises(NotFoundError, match="no watch"):
        alerts.add(db, alert(1, of="nobody"), [])


def test_a_transaction_that_fails_leaves_neither_alert_nor_key(watched: Store):
    with pytest.raises(KeyError), watched.writing() as db:
        alerts.add(db, alert(1, because=(1,)), ["a"])
        raise KeyError
    with watched.reading() as db:
        assert alerts.known(db, "iraq", ["a"]) == set()
        assert alerts.count(db, unacked=False) == 0


def test_of_many_that_tell_the_same_at_once_one_does(watched: Store):
    told: list[bool] = []
    begin = threading.Barrier(4)

    def tell(number: int) -> None:
        begin.wait()
        with watched.writing() as db:
            told.append(alerts.add(db, alert(number), ["act 1", f"event {number}"]))

    threads = [threading.Thread(target=tell, args=(n,)) for n in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(told) == [False, False, False, True]
    with watched.reading() as db:
        assert alerts.count(db) == 1
        assert len(alerts.known(db, "iraq", [f"event {n}" for n in range(4)])) == 4


def test_pages_are_the_whole_the_newest_first(watched: Store):
    with watched.writing() as db:
        # The clock is put back once: the order is that in which they came.
        made = [one for n in range(7) for one in raised(db, n, found=at(n if n != 4 else -9))]
        made += raised(db, 7, of="jordan", found=at(7))
    ids = [one.id for one in reversed(made)]
    with watched.reading() as db:
        seen: list[str] = []
        after = None
        while True:
            page = alerts.listed(db, after=after, limit=3)
            seen += [one.id for one in page.items]
            if (after := page.after) is None:
                break
        assert seen == ids
        assert [one.id for one in alerts.listed(db, watch="jordan").items] == ids[:1]
        assert alerts.listed(db, watch="nobody").items == []
        assert [one.id for one in alerts.listed(db, since=at(5)).items] == ids[:3]


def test_a_page_goes_on_where_it_ended_whatever_has_come(watched: Store):
    with watched.writing() as db:
        made = raised(db, 1, 2, 3)
        page = alerts.listed(db, limit=1)
        raised(db, 4)
        assert [one.id for one in alerts.listed(db, after=page.after).items] == [made[1].id, made[0].id]


@pytest.mark.parametrize("after", ["x", "1.2.3", "20260301", "99999999.1", "٢٠٢٦.x"])
def test_a_cursor_that_is_none_is_refused(watched: Store, after: str):
    with watched.reading() as db, pytest.raises(FormatError, match="cursor"):
        alerts.listed(db, after=after)


def test_who_saw_it_first_is_noted(watched: Store):
    with watched.writing() as db:
        one, other, third = raised(db, 1, 2, 3)
        noted = alerts.ack(db, [other.id[:9], one.id, one.id], "سعاد", at(1))
        assert [(each.id, each.acked, each.acked_by) for each in noted] == [
            (other.id, at(1), "سعاد"),
            (one.id, at(1), "سعاد"),
        ]
        assert alerts.ack(db, [one.id], "later", at(2))[0].acked_by == "سعاد"
        assert alerts.listed(db, unacked=True).items == [third]
        assert (alerts.count(db), alerts.count(db, unacked=False)) == (1, 3)


def test_of_several_all_are_noted_or_none(watched: Store):
    with watched.writing() as db:
        one, *_ = raised(db, 1)
        with pytest.raises(NotFoundError):
            alerts.ack(db, [one.id, "f" * 16], "me", NOW)
        with pytest.raises(NotFoundError):
            alerts.find(db, "no id")
        assert alerts.count(db) == 1


def test_a_forgotten_article_takes_its_quotations_with_it(watched: Store):
    with watched.writing() as db:
        both, only, none = alert(1, because=(1, 2)), alert(2, because=(1,)), alert(3)
        for one in (both, only, none):
            alerts.add(db, one, [f"s {article(1).id} {one.id}"])
    forget.forget(watched, article(1).id, name="me", now=NOW)
    with watched.reading() as db:
        assert alerts.find(db, both.id).because == (quotation(2),)
        assert alerts.find(db, both.id).said == both.said
        left = alerts.find(db, only.id)
        assert (left.because, left.said, left.found) == ((), Name(), only.found)
        assert alerts.find(db, none.id) == none
        assert alerts.known(db, "iraq", [f"s {article(1).id} {only.id}"])
        assert db.execute(select(func.count()).select_from(alerting.because)).scalar() == 1


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_nothing_of_a_forgotten_article_is_left_in_the_file(watched: Store, address: str):
    with watched.writing() as db:
        secret = alert(1, because=(1,), said=Name("السر المكتوم", "the untold secret"))
        alerts.add(db, secret, ["s SECRETKEY IRQ,RUS"])
    forget.forget(watched, article(1).id, name="me", now=NOW)
    watched.close()
    with open(address, "rb") as file:  # noqa: PTH123
        data = file.read()
    for word in (quotation(1).quotation, "السر المكتوم", "the untold secret", "SECRETKEY"):
        assert word.encode() not in data


def test_a_quotation_of_what_is_not_in_the_store_is_left_out(watched: Store):
    with watched.writing() as db:
        assert alerts.add(db, alert(1, because=(1, 77)), ["a"])
        assert [one.article for one in alerts.find(db, alert(1).id).because] == [article(1).id]


def test_hostile_words_come_back_as_they_are(watched: Store):
    words = "<script>alert(1)</script>'; DROP TABLE alert;-- ‮"
    with watched.writing() as db:
        one = alert(1, said=Name(words, words), subject=words, link=f"/{words}")
        alerts.add(db, one, [words, "\ud800"])
        assert alerts.find(db, one.id) == one
        assert alerts.known(db, "iraq", [words, "\ud800"]) == {words, "\ud800"}
