"""The first page: rows of pairs, what is new, who is silent, and a store that has nothing yet."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from browser import browse, token
from desks import NOW
from fastapi.testclient import TestClient

from marsad.desk import Desk
from marsad.desk.intake import example as story
from marsad.desk.pairs.overview import Pair, busiest, newest, overview, watched
from marsad.store.sources import Followed
from marsad.types import AlertTrigger, Query, Source, Watch
from marsad.web.pages.observatory import VISIT, clocks, silent
from marsad.web.pictures import spark


def test_a_watched_pair_has_a_row_with_its_sentence(reader: TestClient) -> None:
    page = reader.get("/?whole=1&lang=en").text
    assert 'href="/relation/IRQ/RUS"' in page
    assert "Watched pairs" in page
    assert 'class="spark"' in page
    assert 'class="quotation' in page


def test_without_watches_the_busiest_pairs_stand_there_and_it_says_so(reader: TestClient, desk: Desk) -> None:
    desk.unwatch("irq-rus")
    page = reader.get("/?whole=1&lang=en").text
    assert "The busiest pairs" in page
    assert "Nothing is watched yet." in page
    assert "/relation/" in page


def test_what_is_not_ready_in_time_is_asked_for_row_by_row(reader: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marsad.web.pages.observatory.PATIENCE", -1.0)
    page = reader.get("/?lang=en").text
    late = re.findall(r'hx-get="([^"]+)"', page)
    assert late
    assert "<noscript>" in page
    row = reader.get(late[0].replace("&amp;", "&")).text
    assert row.strip().startswith("<li")
    assert "hx-get" not in row
    assert "hx-get" not in reader.get("/?whole=1").text


def test_what_is_new_since_the_last_visit(reader: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = reader.get("/?lang=en")
    assert "New since you were here" not in first.text
    assert first.cookies[VISIT]
    monkeypatch.setattr(desk, "now", lambda: NOW + timedelta(hours=3))
    page = reader.get("/?lang=en").text
    assert "New since you were here (3 hours ago)" in page
    assert "0 articles" in page
    # Loaded again within the visit it says the same.
    assert "New since you were here (3 hours ago)" in reader.get("/?lang=en").text


@pytest.mark.parametrize("cookie", ["", "x", "1.2.3", "9" * 30 + ".1.1.1", "-1.0.0.0", "1.1.1.1.1"])
def test_any_cookie_is_a_visit(reader: TestClient, cookie: str) -> None:
    assert reader.get("/", headers={"cookie": f"{VISIT}={cookie}"}).status_code == 200


def test_silent_sources() -> None:
    def one(name: str, days: int | None, feed: bool = True, enabled: bool = True) -> Followed:
        source = Source(id=name, feed=f"https://{name}/feed" if feed else None, enabled=enabled)
        renewed = None if days is None else NOW - timedelta(days)
        return Followed(source=source, articles=1, added=NOW - timedelta(400), succeeded=NOW, renewed=renewed)

    every = [one("new", 1), one("old", 8), one("older", 30), one("never", None), one("file", 90, feed=False),
             one("off", 90, enabled=False)]  # fmt: skip
    assert [each.source.id for each in silent(every, NOW)] == ["never", "older", "old"]
    assert clocks(every) == (NOW, NOW - timedelta(1))
    assert clocks([]) == (None, None)


def test_an_empty_store_teaches_three_ways(bare: Desk) -> None:
    page = browse(bare).get("/?lang=en").text
    assert len(re.findall(r'<li class="card"><h2>', page)) == 3
    assert 'action="/example"' in page
    assert "marsad add" in page


def test_the_example_is_told_on_a_click(bare: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Desk] = []
    monkeypatch.setattr(story, "tell", lambda desk, _: told.append(desk))
    reader = browse(bare)
    answer = reader.post("/example", data={"token": token(reader.get("/").text)})
    assert (answer.status_code, answer.headers["location"]) == (303, "/example")
    reader.get("/example")
    assert told == [bare]


def test_the_example_is_not_mixed_with_what_is_there(reader: TestClient) -> None:
    right = token(reader.get("/alerts").text)
    answer = reader.post("/example", data={"token": right})
    assert answer.status_code == 503
    assert "--demo" in answer.text


def test_the_example_that_breaks_off_says_so(bare: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(story, "tell", broken)
    reader = browse(bare)
    reader.post("/example", data={"token": token(reader.get("/").text)})
    for _ in range(100):
        page = reader.get("/example?lang=en").text
        if "broke off" in page:
            break
    assert "broke off" in page


# --- what stands behind the rows -------------------------------------------------------------------------------------


def test_the_story_is_all_there_and_goes_again(bare: Desk) -> None:
    every = story.articles()
    assert every == sorted(every, key=lambda one: (one.published or date.min, str(one.given)))
    assert {one.url.split("/")[2] for one in every if one.url} <= {one.id for one in story.publishers()}
    assert not story.holds(bare)
    end = story.tell(bare)
    assert bare.now() == NOW  # the clock of the desk goes on as it went
    assert end.date() == every[-1].published
    assert bare.size() == len(every)
    assert story.holds(bare)
    assert {one.id for one in bare.watches()} == {one.id for one in story.WATCHES}
    story.forget(bare)
    assert bare.size() == 0
    assert bare.watches() == []


def test_an_overview_of_a_pair(desk: Desk) -> None:
    seen = overview(desk.store, Pair("IRQ", "RUS", "USA"), date(2026, 3, 10))
    assert len(seen.months) == 13
    assert seen.months[-1] == 1  # one act, however many papers
    assert seen.said is not None
    assert seen.said.words
    # Nothing of it was there before.
    before = overview(desk.store, Pair("IRQ", "RUS", "USA"), date(2026, 2, 1))
    assert sum(before.months) == 0
    assert before.said is None


def test_pairs_of_watches_each_once() -> None:
    one = Watch(id="a", name="a", trigger=AlertTrigger.RUNG, query=Query(near="JOR", counterpart="RUS"))
    same = replace(one, id="b", trigger=AlertTrigger.CHANGE)
    alone = replace(one, id="c", query=Query(near="JOR"))
    own = replace(one, id="d", query=Query(near="JOR.GOV", counterpart="JOR"))
    assert watched([one, same, alone, own], "USA") == [Pair("JOR", "RUS", "USA")]


def test_busiest_and_newest(desk: Desk) -> None:
    pairs = busiest(desk.store, "USA", None, 5)
    assert pairs
    assert len({frozenset(one[:2]) for one in pairs}) == len(pairs)
    assert newest(desk.store, pairs, date(2026, 3, 10)) == date(2026, 3, 10)
    assert newest(desk.store, pairs, date(2029, 3, 10)) == date(2026, 3, 31)
    assert newest(desk.store, [], date(2029, 3, 10)) == date(2029, 3, 10)


def test_a_spark_says_itself_in_words_and_is_safe() -> None:
    made = str(spark([0, 4, 2], 'a "<b>"'))
    assert "<title>a &#34;&lt;b&gt;&#34;</title>" in made
    assert made.count("<rect") == 3
    assert str(spark([], "nothing")).startswith("<svg")
