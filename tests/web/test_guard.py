"""Nobody else's page may change anything, and nothing runs that is not ours."""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import iter_modules

import pytest
from browser import browse, token
from fastapi import Request
from fastapi.testclient import TestClient

from marsad.desk import Desk
from marsad.web import pages
from marsad.web.guard import HEADER, HEADERS, MOST, SEAT, Guard, foreign

FORM = {"name": "t", "on": "event", "near": "IRQ"}


def test_every_answer_has_the_headers(reader: TestClient) -> None:
    for path in ("/", "/alerts", "/nothing", "/static/css/base.css"):
        answer = reader.get(path)
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, (path, name)


def test_no_page_has_script_or_style_of_its_own(reader: TestClient) -> None:
    for path in ("/", "/alerts", "/watches", "/watches/irq-rus", "/sources", "/about", "/nothing"):
        page = reader.get(path).text
        assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']|javascript:", page), path
        assert all('src="/static/' in one for one in re.findall(r"<script[^>]*>", page)), path
        assert not re.search(r"(?:src|href)=[\"']?//", page), path


def test_a_form_of_ours_is_taken(reader: TestClient, desk: Desk) -> None:
    page = reader.get("/watches").text
    answer = reader.post("/watches", data={**FORM, "token": token(page)})
    assert answer.status_code == 303
    assert {one.name for one in desk.watches()} == {"العراق وروسيا", "t"}


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "", "origin": "http://evil.example"},
        {"sec-fetch-site": "", "origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "", "origin": "null"},
    ],
)
def test_a_form_of_another_site_is_refused_with_the_right_token_too(
    reader: TestClient, desk: Desk, headers: dict[str, str]
) -> None:
    right = token(reader.get("/watches").text)
    answer = reader.post("/watches", data={**FORM, "token": right}, headers=headers)
    assert answer.status_code == 403
    assert len(desk.watches()) == 1


@pytest.mark.parametrize("given", [None, "", "0" * 64, "é"])
def test_a_form_without_the_token_is_refused(reader: TestClient, desk: Desk, given: str | None) -> None:
    reader.get("/watches")
    answer = reader.post("/watches", data=FORM if given is None else {**FORM, "token": given})
    assert answer.status_code == 403
    assert "opened too long ago" in answer.text
    assert len(desk.watches()) == 1


def test_the_token_is_of_one_browser_and_of_one_run(desk: Desk) -> None:
    mine, other = browse(desk), browse(desk)
    right = token(mine.get("/watches").text)
    other.get("/watches")
    assert other.post("/watches", data={**FORM, "token": right}).status_code == 403
    restarted = browse(desk)
    restarted.cookies.set(SEAT, mine.cookies[SEAT])
    assert restarted.post("/watches", data={**FORM, "token": right}).status_code == 403


def test_every_form_that_changes_something_carries_the_token(reader: TestClient) -> None:
    for path in ("/alerts", "/watches", "/watches/irq-rus"):
        for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", reader.get(path).text, re.DOTALL):
            assert 'name="token"' in form, (path, form)


def test_every_address_that_changes_something_is_guarded(reader: TestClient) -> None:
    routers = [import_module(f"{pages.__name__}.{one.name}").router for one in iter_modules(pages.__path__)]
    posts = [route.path for router in routers for route in router.routes if route.methods - {"GET", "HEAD"}]
    assert "/alerts/ack" in posts
    for path in posts:
        assert reader.post(re.sub(r"{[^}]*}", "x", path)).status_code == 403, path


def test_a_form_is_bounded(reader: TestClient, desk: Desk) -> None:
    right = token(reader.get("/watches").text)
    answer = reader.post("/watches", data={**FORM, "token": right, "words": "x" * (MOST + 1)})
    assert answer.status_code == 413
    assert len(desk.watches()) == 1


#: What a browser says of a link of another site that its user has followed.
LED = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}


def test_coming_from_another_site_ends_no_form_that_is_open(desk: Desk) -> None:
    reader = browse(desk)
    right = token(reader.get("/watches").text)
    seat = reader.cookies[SEAT]
    # The browser does not show the cookie then; the page asks for itself again, and gives no new one.
    reader.cookies.delete(SEAT)
    answer = reader.get("/alerts", headers=LED)
    assert SEAT not in answer.cookies
    assert answer.headers["refresh"] == "0"
    reader.cookies.set(SEAT, seat)
    assert reader.post("/watches", data={**FORM, "token": right}).status_code == 303


def test_the_cookie_is_strict_and_no_scripts(reader: TestClient) -> None:
    cookie = next(one for one in reader.get("/").headers.get_list("set-cookie") if one.startswith(SEAT))
    assert "samesite=strict" in cookie.lower()
    assert "httponly" in cookie.lower()


def test_a_script_of_our_page_is_known_to_the_api(reader: TestClient) -> None:
    page = reader.get("/").text
    right = re.findall(r'name="marsad-token" content="([0-9a-f]+)"', page)[0]
    local = reader.app.state.local_token  # type: ignore[attr-defined]

    def asked(token: str, **more: str) -> bool:
        headers = {HEADER: token, "cookie": f"{SEAT}={reader.cookies[SEAT]}", **more}
        raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        return bool(local(Request({"type": "http", "method": "POST", "headers": raw, "path": "/api/x"})))

    assert asked(right)
    assert asked(right, sec_fetch_site="same-origin")
    assert not asked(right, sec_fetch_site="cross-site")
    assert not asked("0" * 64)


def test_foreign() -> None:
    assert not foreign({})
    assert not foreign({"origin": "http://localhost:8765", "host": "LOCALHOST:8765"})
    assert foreign({"origin": "https://evil.example", "host": "localhost:8765"})


def test_two_guards_give_other_tokens() -> None:
    request = Request({"type": "http", "method": "GET", "headers": [(b"cookie", f"{SEAT}=x".encode())], "path": "/"})
    assert Guard(b"1").token(request) != Guard(b"2").token(request)
