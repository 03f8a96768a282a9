"""Search: words are marked, filters ask for acts, names and ids lead on, and bad input teaches."""

from __future__ import annotations

import re
from urllib.parse import quote

import desks
import pytest
from browser import browse
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad.desk import Desk


def test_words_are_marked(reader: TestClient) -> None:
    page = reader.get("/search?q=العقوبات&lang=en").text
    assert "<mark>العقوبات</mark>" in page
    assert f'href="/article/{desks.article("one").id}"' in page


def test_counted(reader: TestClient) -> None:
    page = reader.get("/search?q=لافروف&lang=en").text
    told = re.search(r"(\d+) articles", page)
    assert told and int(told[1]) == page.count('<li class="card"')


def test_acts_by_filters_without_words(reader: TestClient) -> None:
    page = reader.get("/search?actor=RUS&status=CONTESTED&lang=en").text
    assert page.count('class="deed"') == 1 and "status-CONTESTED" in page
    none = reader.get("/search?actor=RUS&status=PLANNED&lang=en").text
    assert 'class="deed"' not in none and "Nothing was found" in none


@pytest.mark.parametrize(
    "asked", ["voice=verbatim", "source=الرابعة", "language=ar&type=REJECT", "since=2026-03-06&until=2026-03-06"]
)
def test_each_filter_finds_the_quoted_act(reader: TestClient, asked: str) -> None:
    page = reader.get(f"/search?{asked}").text
    assert "لن نقبل العقوبات" in page and page.count('class="deed"') == 1


def test_a_name_leads_to_the_actor(reader: TestClient) -> None:
    assert 'href="/actor/IRQ"' in reader.get("/search?q=العراق").text
    assert 'href="/actor/RUS.GOV.MFA"' in reader.get("/search?q=RUS.GOV.MFA").text


def test_an_id_leads_to_its_thing(reader: TestClient) -> None:
    one = desks.article("quoted").id
    assert reader.get(f"/search?q={one}", follow_redirects=False).status_code == 302
    event = reader.get(f"/search?q={desks.event('quoted')}", follow_redirects=False)
    assert event.headers["location"].startswith("/event/")
    assert f'href="/article/{one}"' in reader.get(f"/search?q={one[:9]}").text


def test_empty_search_teaches(reader: TestClient) -> None:
    page = reader.get("/search?lang=en").text
    assert "What can be asked" in page and "/search?q=oil%20OR%20gas" in page


@pytest.mark.parametrize(
    "asked",
    [
        "since=soon",
        "since=2026-03-02&until=2026-03-01",
        "type=PARTY",
        "actor=nobodyatall",
        "source=none.example",
        "q=a&after=xx",
        "status=x",
        "q=%22",
    ],
)
def test_bad_input_says_what_to_do(reader: TestClient, asked: str) -> None:
    answer = reader.get(f"/search?{asked}")
    assert answer.status_code == 422 and 'role="alert"' in answer.text


def test_hostile_questions_are_text(reader: TestClient) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x>"
    for name in ("q", "actor", "source", "since", "language", "type", "after"):
        page = reader.get(f"/search?{name}={quote(evil)}").text
        assert "<script>alert" not in page and "<img src=x" not in page


def test_pages_go_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marsad.web.pages.search.SHOWN", 2)
    reader = browse(desk)
    seen: list[str] = []
    path: str | None = "/search?q=لافروف"
    while path:
        page = reader.get(path).text
        seen += re.findall(r'<h2[^>]*><a href="/article/(\w{16})"', page)
        more = re.search(r'rel="next" href="([^"]+)"', page)
        path = more[1].replace("&amp;", "&") if more else None
    assert len(seen) == len(set(seen)) == desk.count_hits("لافروف") > 2


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(q=st.text(max_size=30), actor=st.text(max_size=12), since=st.text(max_size=8), after=st.text(max_size=8))
def test_whatever_is_asked_is_answered(reader: TestClient, q: str, actor: str, since: str, after: str) -> None:
    written = {"q": q, "actor": actor, "since": since, "after": after}
    asked = {name: value.encode("utf-8", "replace").decode() for name, value in written.items()}
    assert reader.get("/search", params=asked).status_code in (200, 302, 404, 422)
