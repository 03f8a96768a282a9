"""Payloads through every page in both languages: each appears as text, and as nothing else."""

# ruff: noqa: E501
from __future__ import annotations

import re
from urllib.parse import quote

import hostile
import parsed
import pytest
from fastapi.testclient import TestClient

from marsad.desk import Desk

LISTS = (
    "/", "/alerts", "/watches", "/sources", "/map?of=IRQ", "/search?q=" + quote("انتهى"), "/search?type=CONSULT",
    "/relation/IRQ/RUS?since=2024-11", "/relation/IRQ/RUS?part=evidence", "/triangle/IRQ/RUS/USA", "/about", "/law",
    "/brief/IRQ/RUS?since=2025-09-01", "/actor/RUS.GOV.MFA", "/actor/IRQ", "/finding/IRQ", "/precedents",
)  # fmt: skip


def looked(reader: TestClient, path: str, status: int = 200) -> str:
    """A page, of which everything is ours."""
    answer = reader.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    found = parsed.faults(answer.text)
    assert not found, (path, found[:5])
    return answer.text


def test_there_are_200_of_many_kinds() -> None:
    every = hostile.payloads()
    assert len({one.text for one in every}) == len(every) >= 200
    assert len({one.kind for one in every}) >= 20


def test_an_article_says_all_of_it(reader: TestClient) -> None:
    for piece in hostile.pieces():
        lang = ("ar", "en")[piece.number % 2]
        page = looked(reader, f"/article/{piece.article.id}?lang={lang}")
        text, parts = parsed.said(page), 1
        while f"part={parts + 1}" in page:
            parts += 1
            text += parsed.said(looked(reader, f"/article/{piece.article.id}?part={parts}"))
        for one in piece.payloads:
            if one.kind != "long":
                assert parsed.squeezed(one.line) in text, (one.number, one.text)
            assert one.mark in text, one.number


def test_what_is_made_of_it(reader: TestClient) -> None:
    for piece in hostile.pieces():
        event, lang = piece.coding.events[piece.number % 5 % len(piece.coding.events)], ("en", "ar")[piece.number % 2]
        act = reader.get(f"/event/{event.id}").headers.get("location", f"/event/{event.id}").partition("#")[0]
        text = parsed.said(looked(reader, f"{act}?lang={lang}"))
        assert any(one.mark in text for one in piece.payloads)
        looked(reader, f"/article/{piece.article.id}?judge={event.id}")
        story = reader.get(f"/search?q={piece.payloads[0].mark}").text
        assert not parsed.faults(story)
        assert f"/article/{piece.article.id}" in story


def test_each_watch(reader: TestClient) -> None:
    pages, after = [looked(reader, "/watches")], ""
    while more := re.search(r'rel="next" href="/watches\?after=([^"&]+)"', pages[-1]):
        assert more[1] != after
        after = more[1]
        pages.append(looked(reader, f"/watches?after={after}"))
    every = "".join(map(parsed.said, pages))
    assert all(parsed.squeezed(one.line[:200]) in every for one in hostile.payloads())
    for one in hostile.payloads()[::4]:
        lang = ("en", "ar")[one.number % 2]
        text = looked(reader, f"/watches/w{one.number}?lang={lang}")
        assert parsed.squeezed(one.line[:200]) in parsed.said(text), one


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("path", LISTS)
def test_lists(reader: TestClient, path: str, lang: str) -> None:
    looked(reader, f"{path}{'&' if '?' in path else '?'}lang={lang}")


def test_stories(reader: TestClient) -> None:
    for piece in hostile.pieces()[::5]:
        page = reader.get(f"/article/{piece.article.id}").text
        at = page.find("/story/")
        if at >= 0:
            looked(reader, page[at : at + 23])


def test_alerts_page_after_page(reader: TestClient, desk: Desk) -> None:
    after = None
    for _ in range(4):
        after = desk.alerts(after=after, limit=20).after
        looked(reader, f"/alerts?after={after}")


# --- what an address says ------------------------------------------------------------------------------------------

ASKED = (
    "/search?q={}", "/search?actor={}", "/search?source={}", "/search?after={}&q=x", "/search?since={}", "/search?language={}",
    "/search?type={}", "/alerts?watch={}", "/alerts?after={}", "/watches?name={}&channels={}&near={}", "/watches/{}", "/article/{}",
    "/event/{}", "/story/{}", "/actor/{}", "/law/{}", "/finding/{}", "/finding/IRQ/{}", "/relation/{}/IRQ",
    "/relation/IRQ/RUS?status={}", "/relation/IRQ/RUS?rung={}", "/relation/IRQ/RUS?since={}", "/relation/IRQ/RUS?by={}",
    "/triangle/IRQ/{}/USA", "/brief/IRQ/{}", "/brief/IRQ/RUS?since={}&as=page", "/precedents/{}", "/precedents?case={}",
    "/map?of={}", "/map?until={}", "/sources?{}", "/{}", "/about?lang={}&theme={}", "/static/{}", "/parts/pair/IRQ/{}",
    "/article/x?part={}", "/watches/all?test={}",
)  # fmt: skip


def test_whatever_stands_in_an_address_is_text_too(reader: TestClient) -> None:
    for one in hostile.payloads():
        for number in (one.number, one.number + 17):
            path = ASKED[number % len(ASKED)].replace("{}", quote(one.text[:1500], safe=""))
            answer = reader.get(path)
            assert answer.status_code < 500, (path, answer.status_code)
            if answer.headers.get("content-type", "").startswith("text/html"):
                assert not parsed.faults(answer.text), (path, parsed.faults(answer.text)[:5])
            where = answer.headers.get("location", "/")
            assert where.startswith("/") and not where.startswith(("//", "/\\")), (path, where)


def test_numbers_without_end_in_an_address(reader: TestClient) -> None:
    article = hostile.pieces()[0].article.id
    for path in ("/article/{}?part={n}", "/article/{}?s={n}", "/article/{}?e={n}", "/alerts?after={n}",
                 "/search?q=x&after={n}", "/relation/IRQ/RUS?rung={n}", "/map?until={n}", "/sources?after={n}"):  # fmt: skip
        answer = reader.get(path.format(article, n="9" * 20_000))
        assert answer.status_code < 500, path


@pytest.mark.parametrize("path", ["//evil.example/", "///evil.example", "/\\evil.example", "//evil.example/%2e%2e"])
def test_no_switch_leads_to_another_site(reader: TestClient, path: str) -> None:
    answer = reader.request("GET", "http://127.0.0.1" + path)
    assert "evil" not in answer.headers.get("location", "")
    assert not [one for one in parsed.faults(answer.text) if "leads away" in one]
