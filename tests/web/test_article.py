"""The page of an article: marks and events lead to each other; long texts come in parts; hostile text is text."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import desks
import pytest
from browser import browse
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.desk import Desk
from marsad.desk.intake.adding import add
from marsad.identity import article_id
from marsad.text import sentences
from marsad.types import Article, Coding, Event, EventType, Evidence, Span, Status
from marsad.web.reading import EVENTS, MOST, part_at, parts

ONE = desks.article("one").id


def test_marks_and_events_lead_to_each_other(reader: TestClient) -> None:
    page = reader.get(f"/article/{ONE}?lang=ar").text
    assert 'id="e1"' in page and 'href="#e1"' in page
    assert 'id="t1"' in page and 'href="#t1"' in page
    assert '<span class="s" id="s1">' in page


def test_text_runs_its_own_way_whatever_the_interface(reader: TestClient) -> None:
    assert '<div class="text" lang="ar" dir="rtl">' in reader.get(f"/article/{ONE}?lang=en").text
    assert '<div class="text" lang="en" dir="ltr">' in reader.get(f"/article/{desks.article('two').id}?lang=ar").text


def test_it_tells_who_printed_coded_and_dated_it(reader: TestClient) -> None:
    page = reader.get(f"/article/{ONE}?lang=en").text
    for told in ("الأولى", "ن. ن.", "1 March 2026", "the page&#39;s own data say so", desks.NAME, "run 1"):
        assert told in page
    assert 'href="https://one.example/1"' in page


def test_story_and_versions_are_led_to(reader: TestClient) -> None:
    page = reader.get(f"/article/{ONE}").text
    assert f'href="/article/{desks.article("denied").id}"' in page
    assert re.search(r'href="/story/[0-9a-f]{16}"', page)
    old = reader.get(f"/article/{desks.article('before').id}?lang=en").text
    assert "no longer counts" in old and f'href="/article/{desks.article("after").id}"' in old


def test_a_beginning_of_an_id_leads_to_the_whole(reader: TestClient) -> None:
    answer = reader.get(f"/article/{ONE[:8]}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (302, f"/article/{ONE}")


def test_an_event_is_gone_to_by_its_id(reader: TestClient) -> None:
    answer = reader.get(f"/article/{ONE}?e={desks.event('one')}", follow_redirects=False)
    assert answer.headers["location"] == f"/article/{ONE}#e1"


def test_no_such_article(reader: TestClient) -> None:
    assert reader.get("/article/0000000000000000", headers={"accept": "text/html"}).status_code == 404


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,<script>1</script>", "JaVaScRiPt:x"])
def test_an_address_that_is_none_of_the_web_is_no_link(bare: Desk, address: str) -> None:
    made = _kept(bare, "عنوان\n\nزار الوزير بغداد.", url=address)
    page = browse(bare).get(f"/article/{made.id}").text
    assert f'href="{address}' not in page and "<script>1" not in page


def test_markup_in_text_title_source_and_author_is_text(bare: Desk) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'"
    made = _kept(bare, f"{evil}\n\nزار {evil} بغداد.", source=f"S{evil}", author=f"A{evil}", title=Span(0, len(evil)))
    page = browse(bare).get(f"/article/{made.id}").text
    assert "<script>alert" not in page and "<img" not in page
    assert page.count("&lt;script&gt;alert") >= 4


def test_an_article_that_waits_to_be_coded_says_so(bare: Desk) -> None:
    made = _kept(bare, "عنوان\n\nزار الوزير بغداد.")
    assert "marsad code" in browse(bare).get(f"/article/{made.id}?lang=en").text


def test_a_long_article_comes_in_parts_that_lose_nothing(bare: Desk) -> None:
    body = " ".join(f"زار الوزير رقم {n} مدينة بغداد اليوم." for n in range(1_200))
    made = _kept(bare, f"عنوان\n\n{body}")
    reader = browse(bare)
    first = reader.get(f"/article/{made.id}")
    assert len(first.content) < 150_000
    of = len(parts(Coding(article=made, sentences=tuple(sentences(made.text)), mentions=(), events=(), coder="")))
    assert of > 3
    pages = [reader.get(f"/article/{made.id}?part={n}").text for n in range(1, of + 1)]
    told = [int(n) for page in pages for n in re.findall(r"الوزير رقم (\d+) مدينة", page.split("</header>")[-1])]
    assert [n for n in range(1_200) if n not in told] == []
    last = reader.get(f"/article/{made.id}?s=1190").text
    assert 'id="s1190"' in last


def _kept(desk: Desk, text: str, **given: object) -> Article:
    made = replace(
        Article(id="", text=text, title=Span(0, text.index("\n"))),
        **{"url": "https://a.example/1", "source": "الأولى", **given},
    )
    made = replace(made, id=article_id(made.text, made.url, made.source))
    add(desk.store, [made], desk.now)
    return made


def _event(at: int) -> Event:
    span = Span(at, at + 1)
    return Event(
        id=f"{at:016x}", article="a", sentence=0, trigger=span, type=EventType.CONSULT, status=Status.ACTUAL,
        evidence=(Evidence(part="trigger", span=span, why="test"),),
    )  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(
    lengths=st.lists(st.integers(1, 3 * MOST), min_size=1, max_size=12),
    events=st.lists(st.floats(0, 0.999), max_size=120),
)
def test_parts_cover_the_text_once_and_are_bounded(lengths: list[int], events: list[float]) -> None:
    edges = [0]
    for length in lengths:
        edges.append(edges[-1] + length)
    text = "x" * edges[-1]
    coding = Coding(
        article=Article(id="a", text=text),
        sentences=tuple(Span(a, b) for a, b in pairwise(edges)),
        mentions=(),
        events=tuple(_event(int(at * len(text))) for at in events),
        coder="",
    )
    found = parts(coding)
    assert [found[0].start, found[-1].stop] == [0, len(text)]
    assert all(a.stop == b.start for a, b in pairwise(found))
    assert all(0 < len(part) <= MOST for part in found)
    for n, part in enumerate(found, 1):
        inside = sum(part.start <= event.trigger.start < part.stop for event in coding.events)
        whole = part.start in edges and part.stop in edges and edges.index(part.stop) == edges.index(part.start) + 1
        assert inside <= EVENTS or whole or part.stop not in edges or part.start not in edges
        assert part_at(found, part.start) == n
