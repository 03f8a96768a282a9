"""Who may ask, from where, how much: what a page of another site, a stranger on the network and a slow client can do."""

# ruff: noqa: E501
from __future__ import annotations

import json
import logging
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import desks
import pytest
from browser import HTML, token
from fastapi.testclient import TestClient

from marsad.api.options import Options
from marsad.api.server import bound, server
from marsad.desk import Desk
from marsad.errors import FormatError, MarsadError
from marsad.net import addresses
from marsad.store import keys
from marsad.types import AlertTrigger, Query, Watch
from marsad.web.app import app
from marsad.web.guard import HEADERS, SEAT

SECRET = "webhook:https://hooks.example/T0/a-secret"
FORM = {"name": "t", "on": "event", "near": "IRQ"}


@pytest.fixture(scope="session")
def _small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = desks.made(tmp_path_factory.mktemp("requests") / "store.db")
    with Desk(str(path)) as desk, desk.store.database.raw() as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def own(_small: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk on a small store of its own, with a watch that has a secret."""
    path = shutil.copy(_small, tmp_path / "store.db")
    with Desk(str(path), coder=desks.Coder(), now=lambda: desks.NOW) as one:
        one.watch(Watch(id="w", name="w", trigger=AlertTrigger.EVENT, query=Query(near="IRQ"), channels=(SECRET,)))
        yield one


def client(desk: Desk, headers: dict[str, str] | None = None, **options: object) -> TestClient:
    """Somebody who asks."""
    served = app(desk, Options(**options))  # type: ignore[arg-type]
    return TestClient(served, base_url="http://127.0.0.1", headers=headers or {}, follow_redirects=False,
                      raise_server_exceptions=False)  # fmt: skip


def key(desk: Desk, name: str, *scopes: str) -> dict[str, str]:
    """The header with a new key."""
    with desk.store.writing() as db:
        return {"authorization": f"Bearer {keys.add(db, name, scopes, desks.NOW)}"}


# --- from where -----------------------------------------------------------------------------------------------------

FOREIGN = (
    {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"},
    {"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors", "origin": "https://evil.example"},
    {"sec-fetch-site": "same-site", "sec-fetch-mode": "navigate"},
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "http://127.0.0.1:9999"},
    {"origin": "http://127.0.0.1.evil.example"},
    {"origin": "http://evil.example@127.0.0.1"},
)


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("path", ["/api/read", "/api/match", "/api/watches/rehearse", "/api/watches", "/watches",
                                  "/alerts/ack", "/example", "/watches/w/remove"])  # fmt: skip
def test_nothing_is_posted_from_another_site(own: Desk, headers: dict[str, str], path: str) -> None:
    one = client(own, HTML | {"sec-fetch-site": ""})
    right = token(one.get("/watches").text)
    answer = one.post(path, data={**FORM, "token": right}, headers={"x-marsad-token": right, **headers})
    assert answer.status_code == 403, answer.text[:200]
    assert len(own.watches()) == 1


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_json_is_taken_for_json_alone(own: Desk, kind: str) -> None:
    body = json.dumps({"text": "x", "queries": {"a": {}}})
    for path in ("/api/read", "/api/match"):
        assert client(own).post(path, content=body, headers={"content-type": kind}).status_code in (400, 415, 422)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "EVIL"])
def test_no_other_method_does_what_a_form_does(own: Desk, method: str) -> None:
    one = client(own, HTML)
    right = token(one.get("/watches").text)
    for override in ("x-http-method-override", "x-method-override", "x-http-method"):
        one.request(method, "/watches/w/remove", params={"_method": "POST", "token": right}, headers={override: "POST"})
    assert [watch.id for watch in own.watches()] == ["w"]


@pytest.mark.parametrize("path", ["/", "/search?q=x", "/api/events", "/static/css/base.css", "/metrics"])
def test_no_page_of_another_site_loads_ours_into_it(own: Desk, path: str) -> None:
    for site in ("cross-site", "same-site"):
        asked = {"sec-fetch-site": site, "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"}
        assert client(own).get(path, headers=asked).status_code == 403
        assert client(own).get(path, headers=asked | {"sec-fetch-mode": "navigate"}).status_code == 200


def test_no_site_is_let_in_by_cors(own: Desk) -> None:
    one = client(own)
    asked = {"origin": "https://evil.example", "access-control-request-method": "POST"}
    for answer in (one.options("/api/read", headers=asked), one.get("/api/events", headers={"origin": "null"})):
        assert not [name for name in answer.headers if name.startswith("access-control")]


# --- every answer -----------------------------------------------------------------------------------------------------


def test_every_answer_has_its_headers(own: Desk) -> None:
    one = client(own, HTML)
    tag = one.get("/about").headers["etag"]
    answers = [one.get(path) for path in ("/", "/nothing", "/api/nothing", "/watches/none", "/static/none", "/api/events?x=1",
                                          "/healthz", "/metrics", "/feeds/events.atom", "/api/docs", "/article/zz", "/example")]  # fmt: skip
    answers += [one.get("/about", headers={"if-none-match": tag}), one.post("/watches"), one.put("/watches"),
                one.get("/", headers={"host": "evil.example"}), one.post("/api/read", content=b"x" * 2_000_000)]  # fmt: skip
    assert {200, 303, 304, 403, 404, 405, 413, 421, 422} <= {one.status_code for one in answers}
    for answer in answers:
        for name, value in HEADERS.items():
            given = answer.headers[name]
            assert given == value or (name == "content-security-policy" and given.startswith("default-src 'none'"))
        assert "unsafe" not in answer.headers["content-security-policy"]


def test_the_api_alone_has_them_too(own: Desk) -> None:
    from marsad.api.app import app as api

    answer = TestClient(api(own), base_url="http://localhost").get("/nothing", headers=HTML)
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_cookies_are_for_no_script_and_no_other_site(own: Desk) -> None:
    one = client(own, HTML)
    answer = one.get("/?lang=ar&theme=dark")
    for cookie in answer.headers.get_list("set-cookie"):
        assert "httponly" in cookie.lower() and "samesite=" in cookie.lower() and "domain" not in cookie.lower()
    assert SEAT in one.cookies


def test_a_made_up_method_is_no_label_that_is_kept(own: Desk) -> None:
    one = client(own)
    for number in range(20):
        one.request(f"EVIL{number}", "/api/events")
        one.request(f"EVIL{number}", "/watches")
    assert "EVIL" not in one.get("/metrics").text


def test_no_line_of_the_log_is_made_up(
    own: Desk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(Desk, "find_watch", fail)
    with caplog.at_level(logging.ERROR):
        for headers in (HTML, {}):
            client(own, headers).get("/watches/x%0d%0aERROR%20made%20up%1b[2J")
            client(own, headers).get("/api/watches/x%0d%0aERROR%20made%20up%1b[2J")
    told = [record.getMessage() for record in caplog.records]
    assert len(told) >= 3
    assert not [one for one in told if "\n" in one or "\x1b" in one]


# --- with which key ---------------------------------------------------------------------------------------------------


def test_a_stranger_sees_nothing(own: Desk) -> None:
    one = client(own, HTML, host="0.0.0.0", keys_needed=True, fault_rate=10_000)
    for route in one.app.routes:  # type: ignore[attr-defined]
        for path in (getattr(route, "path", "/"), "/static/css/base.css", "/api/openapi.json", "/"):
            if path != "/healthz":
                assert one.get(path.replace("{", "").replace("}", "")).status_code == 401, path
    assert one.get("/healthz").json() == {"ok": True}
    assert SEAT not in one.cookies


def test_who_only_reads_learns_no_secret_of_a_channel_and_no_kept_answer_tells_it(own: Desk) -> None:
    reads, writes = key(own, "reads", "read"), key(own, "writes", "read", "write")
    one = client(own, host="0.0.0.0", keys_needed=True)
    for path in ("/api/watches", "/api/watches/w", "/api/watches.ndjson", "/watches/w", "/watches"):
        for given in (writes, reads, writes, reads):
            answer = one.get(path, headers=given)
            assert answer.status_code == 200
            if given is reads:
                assert "a-secret" not in answer.text, path
                tag = answer.headers["etag"]
            elif path != "/watches":
                assert "a-secret" in answer.text, path
        assert one.get(path, headers=writes | {"if-none-match": tag}).status_code == 200 or path == "/watches"


def test_no_kept_page_has_another_language_or_another_browsers_token(own: Desk) -> None:
    served = app(own)
    one, other = (TestClient(served, base_url="http://127.0.0.1", headers=HTML) for _ in range(2))
    for path in ("/", "/relation/IRQ/RUS", "/brief/IRQ/RUS", "/finding/IRQ", "/sources", "/watches/w"):
        mine, theirs = one.get(path, params={"lang": "ar"}), other.get(path, params={"lang": "en"})
        assert '<html lang="ar"' in mine.text and '<html lang="en"' in theirs.text
        tokens = [page.text.partition('name="marsad-token" content="')[2][:64] for page in (mine, theirs)]
        assert tokens[0] != tokens[1]
        assert tokens[0] not in theirs.text and tokens[1] not in mine.text
        again = other.get(path, headers={"if-none-match": mine.headers["etag"]}, params={"lang": "en"})
        assert again.status_code == 200


@pytest.mark.parametrize("name", ["a\x1b[2J", "a\r\nb", "a\u202eb", "", " "])
def test_a_name_of_a_key_is_one_that_can_be_shown(own: Desk, name: str) -> None:
    with own.store.writing() as db, pytest.raises(FormatError):
        keys.add(db, name, ["read"], desks.NOW)


def test_a_key_is_in_no_log_and_no_answer(own: Desk, caplog: pytest.LogCaptureFixture) -> None:
    given = key(own, "reads", "read")
    secret = given["authorization"].partition(" ")[2]
    one = client(own, host="0.0.0.0", keys_needed=True)
    with caplog.at_level(logging.DEBUG, logger="marsad"):
        answers = [one.get("/api/events", headers=given), one.post("/api/watches", json={}, headers=given),
                   one.get("/nothing", headers=given), one.get(f"/api/events?key={secret}")]  # fmt: skip
    assert answers[-1].status_code == 401  # an address carries no key
    assert secret not in caplog.text
    assert not [one for one in answers[:3] if secret in one.text + str(one.headers)]


# --- what is set up from afar -----------------------------------------------------------------------------------------

INNER = (
    "http://127.0.0.1:8765/", "http://localhost/", "http://localhost./", "http://127.1/", "http://2130706433/",
    "http://0x7f000001/", "http://0/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/",
    "http://169.254.169.254/latest", "http://10.0.0.1/", "http://192.168.1.1/", "http://printer/", "http://a.internal/",
    "http://user@93.184.216.34/", "ftp://news.example/", "file:///etc/passwd", "http://127.0.0.1%2f@news.example/",
    "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/",
)  # fmt: skip


@pytest.mark.parametrize("address", INNER)
def test_no_page_has_this_machine_ask_inner_addresses(own: Desk, address: str) -> None:
    with pytest.raises(MarsadError):
        addresses.target(address, private=False)
    one = client(own, HTML)
    right = token(one.get("/watches").text)
    assert one.post("/watches", data={**FORM, "token": right, "channels": f"webhook:{address}"}).status_code == 400
    assert len(own.watches()) == 1


@pytest.mark.parametrize("found", [["10.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["fe80::1%eth0"], ["::ffff:10.0.0.1"]])
def test_a_name_that_leads_to_an_inner_address(found: list[str]) -> None:
    with pytest.raises(MarsadError):
        addresses.check_found("hooks.example", found, "x")


@pytest.mark.parametrize("channel", ["file:/tmp/evil.jsonl", "file:../evil.jsonl", "stdout", "notify:json://news.example",
                                     "notify:slack://a/b/c", "file:~/x.jsonl", "file:x.sh", "FILE:x.jsonl"])  # fmt: skip
def test_no_page_writes_elsewhere_or_starts_anything(own: Desk, channel: str) -> None:
    one = client(own, HTML)
    right = token(one.get("/watches").text)
    assert one.post("/watches", data={**FORM, "token": right, "channels": channel}).status_code == 400
    assert one.post("/watches/w", data={**FORM, "token": right, "channels": channel}).status_code == 400
    assert own.find_watch("w").channels == (SECRET,)


def test_over_the_network_no_page_writes_a_file(own: Desk) -> None:
    writes = key(own, "writes", "read", "write")
    for needed, status in ((False, 303), (True, 400)):
        one = client(own, HTML | writes, keys_needed=needed)
        right = token(one.get("/watches").text)
        given = {**FORM, "token": right, "channels": f"{SECRET}\nfile:alerts.jsonl"}
        assert one.post("/watches", data=given).status_code == status


def test_a_channel_that_stands_may_stay(own: Desk) -> None:
    from dataclasses import replace

    own.watch(replace(own.find_watch("w"), channels=("stdout",)))
    one = client(own, HTML)
    right = token(one.get("/watches").text)
    assert one.post("/watches/w", data={**FORM, "token": right, "channels": "stdout"}).status_code == 303


# --- where one is led -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
                                "javascript:alert(1)", "/%0d%0aSet-Cookie:x=y", "/\r\nSet-Cookie: x=y", "", "evil.example",
                                "/\n/evil.example", " //evil.example"])  # fmt: skip
def test_a_form_leads_to_no_other_site(own: Desk, to: str) -> None:
    one = client(own, HTML)
    right = token(one.get("/watches").text)
    for path in ("/watches/w/mute", "/alerts/ack"):
        answer = one.post(path, data={"token": right, "back": to, "days": "1", "id": "", "name": "x"})
        where = answer.headers.get("location", "/")
        assert where.startswith("/") and where[1:2] not in ("/", "\\") and not set(where) & set("\t\r\n")
        assert "x=y" not in str(answer.cookies)


# --- paths -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["../view.py", "%2e%2e/view.py", "..%2fview.py", "css/../../view.py", "%2fetc%2fpasswd",
                                  "....//view.py", "..%5cview.py", "css/%00", "//etc/passwd", "css/base.css%00.html"])  # fmt: skip
def test_no_path_leads_out_of_a_folder(own: Desk, path: str) -> None:
    one = client(own)
    for root in ("/static/", "/law/", "/api/laws/", "/api/instruments/", "/finding/IRQ/", "/actor/", "/precedents/"):
        answer = one.get(f"{root}{path}")
        assert answer.status_code in (400, 404, 405, 422), (root, answer.status_code)
        assert "root:" not in answer.text and "import " not in answer.text


# --- how much -----------------------------------------------------------------------------------------------------------

COSTLY = (
    "/api/events?" + "&".join(f"actor=IRQ.X{n}" for n in range(200)), "/api/events?limit=100000000", "/api/events?limit=-1",
    "/api/events?after=" + "9" * 5_000, "/api/search?q=" + "(" * 2_000, "/api/search?q=" + "a*+" * 400,
    "/api/relations/IRQ/RUS?by=day&since=0001-01-01", "/api/who?name=" + "a" * 5_000, "/search?q=" + "a*+" * 3_000,
    "/api/search?q=" + "%22a+" * 90, "/brief/IRQ/RUS?since=0001-01-01", "/triangle/IRQ/RUS/USA?since=0001-01-01", "/map?until=9999-12-31", "/api/events?" + "x=1&" * 8_000, "/relation/IRQ/RUS?by=day&since=0001-01-01",
)  # fmt: skip


@pytest.mark.parametrize("path", COSTLY, ids=range(len(COSTLY)))
def test_what_costs_is_bounded(own: Desk, path: str) -> None:
    answer = client(own, HTML).get(path)
    assert answer.status_code in (200, 400, 404, 422), answer.status_code
    assert len(answer.content) < 400_000


def test_screening_keeps_nobody_else_waiting(own: Desk) -> None:
    one = client(own)
    screens = one.app.state.screens  # type: ignore[attr-defined]
    from marsad.api.matching import ATONCE

    for _ in range(ATONCE):
        assert screens.places.acquire(blocking=False)
    answer = one.post("/api/match", json={"queries": {"a": {"properties": {"name": ["x"]}}}})
    assert answer.status_code == 503 and answer.headers["retry-after"]
    for _ in range(ATONCE):
        screens.places.release()


def test_the_example_is_told_by_one_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from marsad.desk.intake import example

    begun, go_on = [], threading.Event()

    def tell(*_: object) -> None:
        begun.append(1)
        go_on.wait(30)

    monkeypatch.setattr(example, "tell", tell)
    with Desk(str(tmp_path / "bare.db"), now=lambda: desks.NOW) as bare:
        one = client(bare, HTML)
        right = token(one.get("/watches").text)
        try:
            assert {one.post("/example", data={"token": right}).status_code for _ in range(100)} == {303}
            assert len(begun) == 1
        finally:
            go_on.set()


# --- a real socket -------------------------------------------------------------------------------------------------------


@pytest.fixture
def port(own: Desk) -> Iterator[int]:
    """A server with short times."""
    options = Options(port=0, request_time=0.6, write_time=1.0, keep_alive=1.0)
    listening = bound(options)
    one = server(app(own, options), options)
    thread = threading.Thread(target=one.run, kwargs={"sockets": [listening]})
    thread.start()
    yield int(listening.getsockname()[1])
    one.end()
    thread.join()
    listening.close()


def said(port: int, *parts: bytes, pause: float = 0.0) -> bytes:
    """What the server answers to bytes, sent one part after another."""
    with socket.create_connection(("127.0.0.1", port), 20) as one:
        heard = b""
        try:
            for part in parts:
                one.sendall(part)
                time.sleep(pause)
            while some := one.recv(65_536):
                heard += some
                if len(heard) > 1_000_000:
                    break
        except OSError:  # it has hung up
            pass
        return heard


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0


HEAD = b"GET /api/ladders HTTP/1.1\r\nConnection: close\r\nHost: "


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (HEAD + b"127.0.0.1\r\n\r\n", {200}),
        (HEAD + b"evil.example\r\n\r\n", {421}),
        (HEAD + b"localhost.\r\n\r\n", {421}),
        (HEAD + b"127.0.0.1@evil.example\r\n\r\n", {421}),
        (HEAD + b"evil.example@127.0.0.1\r\n\r\n", {421}),
        (HEAD + b"127.0.0.1:80:80\r\n\r\n", {421}),
        (HEAD + b"[::1\r\n\r\n", {400, 421}),
        (HEAD + b"127.0.0.1\r\nHost: evil.example\r\n\r\n", {400}),
        (b"GET http://evil.example/api/ladders HTTP/1.1\r\nConnection: close\r\nHost: evil.example\r\n\r\n", {421}),
        (b"GET http://evil.example/api/ladders HTTP/1.1\r\nConnection: close\r\nHost: 127.0.0.1\r\n\r\n", {404}),
        (b"GET /api/ladders HTTP/1.0\r\n\r\n", {400}),
        (b"GET /api/ladders HTTP/1.1\r\nConnection: close\r\n\r\n", {400}),
        (b"POST /api/read HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n12345", {400}),
        (
            b"POST /api/read HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999999\r\nConnection: close\r\n\r\n",
            {413},
        ),
        (b"POST /api/read HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -5\r\n\r\n", {400}),
        (b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", {400, 404, 0}),
        (HEAD + b"127.0.0.1\r\nX-Evil: a\r\n b: c\r\n\r\n", {200, 400}),
        (b"\x16\x03\x01\x02\x00", {400, 408}),
    ],
)
def test_odd_requests(port: int, head: bytes, expected: set[int]) -> None:
    answer = said(port, head)
    assert status(answer) in expected, answer[:200]
    assert b"evil.example/" not in answer.lower().split(b"\r\n\r\n")[0]
    assert status(answer) == 200 or len(answer) < 10_000


def test_a_body_without_length_is_bounded_too(port: int) -> None:
    head = (b"POST /api/read HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
            b"Connection: close\r\n\r\n")  # fmt: skip
    chunk = b"10000\r\n" + b"x" * 65_536 + b"\r\n"
    assert status(said(port, head, *[chunk] * 20)) in (413, 0)


@pytest.mark.parametrize("parts", [
    [b"GET / HT", b"TP/1.1\r\n", b"Host: 127", b".0.0.1\r\n", b"X-A: 1\r\n", b"X-B: 2\r\n"],
    [b"POST /api/read HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 50\r\n\r\n", b"{", b" ", b" ", b" ", b" "],
])  # fmt: skip
def test_who_sends_a_byte_now_and_then_is_let_go(port: int, parts: list[bytes]) -> None:
    # It says so, unless what is still sent to it undoes its answer; in any case it hangs up.
    assert status(said(port, *parts, pause=0.3)) in (408, 0)


def test_slow_ones_keep_nobody_waiting(port: int) -> None:
    slow: list[socket.socket] = []
    try:
        for _ in range(60):
            one = socket.create_connection(("127.0.0.1", port), 10)
            one.sendall(b"GET / HTTP/1.1\r\n")
            slow.append(one)
        assert status(said(port, HEAD + b"127.0.0.1\r\n\r\n")) == 200
    finally:
        for one in slow:
            one.close()
