"""Errors as pages, what browsers keep, and the words that every page needs."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest
from browser import HTML
from fastapi.testclient import TestClient

from marsad.desk import Desk
from marsad.errors import BusyError
from marsad.settings import INTERFACE
from marsad.web.cache import Cache, Key
from marsad.web.words import book

PAGES = ("/", "/alerts", "/watches", "/watches/irq-rus", "/sources", "/about")
WEB = Path(str(files("marsad.web")))


@pytest.mark.parametrize("lang", INTERFACE)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_there_in_both_languages(reader: TestClient, path: str, lang: str) -> None:
    answer = reader.get(path, params={"lang": lang})
    assert answer.status_code == 200
    assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}"' in answer.text
    assert len(answer.content) < 150_000


def test_an_unknown_address_is_a_page_for_a_browser(reader: TestClient) -> None:
    answer = reader.get("/nothing?lang=ar")
    assert answer.status_code == 404
    assert "لا شيء هنا" in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_programs_get_their_own_errors(reader: TestClient) -> None:
    for path, headers in (("/api/nothing", HTML), ("/nothing", {"accept": "application/json"})):
        answer = reader.get(path, headers=headers)
        assert answer.status_code == 404
        assert "json" in answer.headers["content-type"], path


def test_what_is_not_known_says_what_to_do(reader: TestClient) -> None:
    answer = reader.get("/watches/none?lang=en")
    assert answer.status_code == 404
    assert "no watch" in answer.text


def test_a_value_that_is_none_is_told(reader: TestClient) -> None:
    answer = reader.get("/parts/pair/IRQ/RUS?year=when&lang=en")
    assert answer.status_code == 400
    assert "year" in answer.text


def test_a_store_that_is_busy_is_no_fault_of_ours(
    reader: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object) -> None:
        raise BusyError("another is at work", do="wait")

    monkeypatch.setattr(desk, "count_alerts", busy)
    answer = reader.get("/alerts?lang=en")
    assert answer.status_code == 503
    assert "another is at work" in answer.text


def test_a_fault_of_ours_is_a_page_that_tells_nothing_of_it(
    reader: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(desk, "count_alerts", broken)
    answer = reader.get("/alerts?lang=ar")
    assert answer.status_code == 500
    assert "وقع خطأ عندنا" in answer.text
    assert "secret" not in answer.text
    assert "ZeroDivision" not in answer.text


def test_a_page_that_has_not_changed_is_not_sent_again(reader: TestClient, desk: Desk) -> None:
    reader.get("/sources")
    first = reader.get("/sources")
    again = reader.get("/sources", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert not again.content
    desk.mute("irq-rus", desk.now().replace(year=2027))
    assert reader.get("/watches", headers={"if-none-match": first.headers["etag"]}).status_code == 200


def test_files_are_kept_by_browsers(reader: TestClient) -> None:
    for path, kept in (("fonts/IBMPlexSansArabic-Regular.woff2", "immutable"), ("css/base.css", "no-cache")):
        answer = reader.get(f"/static/{path}")
        assert answer.status_code == 200
        assert kept in answer.headers["cache-control"]
    assert reader.get("/static/../words/shared.toml").status_code == 404
    assert reader.get("/static/%2e%2e/app.py").status_code == 404


def test_no_file_asks_for_anything_elsewhere() -> None:
    for file in [*WEB.glob("static/css/*.css"), *WEB.glob("static/*.js"), *WEB.glob("templates/*.html")]:
        if file.name.startswith("htmx"):
            continue
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"url\(\s*[\"']?(?:https?:)?//|src=[\"'](?:https?:)?//|@import", text), file.name


def test_every_word_is_there_in_both_languages() -> None:
    for file in sorted(WEB.glob("words/*.toml")):
        for key, named in book(file.stem).items():
            assert set(named) == set(INTERFACE), (file.name, key)
            places = [set(re.findall(r"{(\w+)}", word)) for word in named.values()]
            assert places[0] == places[1], (file.name, key)
            if "|" in named["en"]:
                assert (named["en"].count("|"), named["ar"].count("|")) == (1, 5), (file.name, key)


def test_every_word_of_a_template_is_known() -> None:
    shared = book("shared")
    for file in sorted(WEB.glob("templates/*.html")):
        text = file.read_text(encoding="utf-8")
        for key in re.findall(r'shared\("(\w+)"[,)]', text):
            assert key in shared, (file.name, key)


def test_the_cache_makes_each_once_and_is_bounded() -> None:
    cache, made = Cache(most=40), list[int]()

    def ask(question: int, revision: int = 1, size: int = 8) -> int:
        def make() -> int:
            made.append(question)
            return question

        return cache.get(Key(question, "", None, revision), make, lambda _: size)  # type: ignore[arg-type]

    assert [ask(1), ask(1), ask(2)] == [1, 1, 2]
    assert made == [1, 2]
    assert ask(1, revision=2) == 1
    assert made == [1, 2, 1]
    assert len(cache) == 1  # what was made of the state before is gone
    for n in range(10):
        ask(n, revision=2)
    assert cache.size <= 40
    assert ask(99, revision=2, size=1000) == 99  # larger than what is kept at all
    assert cache.size <= 40


def test_what_fails_is_not_kept() -> None:
    cache = Cache()
    key = Key("x", "", None, 1)  # type: ignore[arg-type]
    with pytest.raises(ZeroDivisionError):
        cache.get(key, lambda: 1 // 0, lambda _: 1)
    assert cache.get(key, lambda: 7, lambda _: 1) == 7
