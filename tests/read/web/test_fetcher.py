import gzip
import re
import shutil
import ssl
import subprocess
import threading
import time
import tracemalloc
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from loopback import START, Clock, RealClock, Reply, Site, bomb, page, text

from marsad.about import __version__
from marsad.errors import AddressError, FetchError, RobotsError, SizeError, WriteError
from marsad.read.web.fetcher import Fetcher, World
from marsad.settings import Settings
from marsad.types import FetchState

A, B = "http://news-a.example", "http://news-b.example"


@pytest.fixture
def site():
    with Site(Clock()) as found:
        yield found


@pytest.fixture
def live():
    """A site with the real clock."""
    with Site() as found:
        yield found


def fetcher(site: Site, keep=None, world=None, **given) -> Fetcher:
    return Fetcher(Settings(**{"fetchers": 1} | given), world or site.world(), keep=keep)


# --- what comes -------------------------------------------------------------------------------------------------------


def test_a_page_comes_with_what_is_said_of_it(site):
    found = fetcher(site).fetch(f"{A}/news/7#part")
    assert found.body == page("news-a.example", 7).encode()
    assert (found.url, found.final) == (f"{A}/news/7#part", f"{A}/news/7")
    assert (found.status, found.content_type, found.charset, found.error) == (200, "text/html", "utf-8", None)
    assert (found.unchanged, found.redirected_permanently) == (False, None)
    assert found.at == START + timedelta(seconds=5)
    assert found.state == FetchState(url=found.url, fetched=found.at, succeeded=found.at, status=200)


def test_we_say_who_we_are_and_what_we_would_like(site):
    fetcher(site, contact="https://desk.example/robot").fetch(f"{A}/rss.xml")
    fetcher(site).fetch(f"{B}/rss.xml")
    headers = site.seen[1].headers
    assert headers["user-agent"] == f"Marsad/{__version__} (+https://desk.example/robot)"
    assert headers["accept"].startswith("application/atom+xml")
    assert "text/html" in headers["accept"]
    assert site.seen[-1].headers["user-agent"] == f"Marsad/{__version__}"
    assert not {"cookie", "authorization", "referer", "from"} & headers.keys()


def test_a_compressed_page_is_unpacked(site):
    site.routes["/br"] = lambda *_: Reply(__import__("brotli").compress(b"<p>br"), headers={"Content-Encoding": "br"})
    with fetcher(site, delay=0) as web:
        assert web.fetch(f"{A}/gzip").body == page("news-a.example", 1).encode()
        assert web.fetch(f"{A}/br").body == b"<p>br"


def test_a_charset_that_is_not_true_is_handed_on_as_it_is(site):
    found = fetcher(site).fetch(f"{A}/charset")
    assert found.charset == "utf-8"
    assert "الخبر" in found.body.decode("windows-1256")


def test_arabic_addresses_are_fetched(site):
    site.routes["/%D8%AE%D8%A8%D8%B1"] = lambda host, query: Reply(f"{host} {query}".encode())
    found = fetcher(site).fetch("http://أخبار.example/خبر?س=1")
    assert found.body == b"xn--igbicxr.example %D8%B3=1"


# --- what has not changed ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["rss.xml", "atom.xml"])
def test_what_has_not_changed_is_not_sent_again(site, path):
    web = fetcher(site)
    if path == "atom.xml":
        made = site.answer("news-a.example", "/atom.xml", "", {})
        site.routes["/atom.xml"] = lambda *_: (
            Reply(status=304)
            if site.seen[-1].headers.get("if-modified-since") == made.headers["Last-Modified"]
            else made
        )
    first = web.fetch(f"{A}/{path}")
    second = web.fetch(f"{A}/{path}", first.state)
    assert first.body
    assert (second.unchanged, second.body, second.status, second.error) == (True, None, 304, None)
    assert (second.state.etag, second.state.last_modified) == (first.state.etag, first.state.last_modified)
    assert second.state.succeeded == second.at > first.at
    site.round += 1
    site.routes.clear()
    third = web.fetch(f"{A}/{path}", second.state)
    assert text("news-a.example", 3) in third.body.decode()
    assert not third.unchanged


def test_marks_are_not_kept_of_a_page_behind_a_redirect_that_may_change(site):
    web = fetcher(site)
    assert web.fetch(f"{A}/to/302?/rss.xml").state.etag is None
    moved = web.fetch(f"{A}/to/301?/rss.xml")
    assert moved.state.etag == '"round-0"'
    assert web.fetch(f"{A}/to/301?/rss.xml", moved.state).unchanged
    sent = len(site.seen)
    assert not web.fetch(f"{A}/to/302?/rss.xml", moved.state).unchanged
    assert "if-none-match" not in site.seen[sent + 1].headers


@pytest.mark.parametrize("mark", ["x" * 2_000, "\u00e9", "a\x7fb"])
def test_a_mark_that_cannot_be_sent_back_is_dropped(site, mark):
    site.routes["/"] = lambda *_: Reply(b"<p>x", headers={"ETag": mark})
    found = fetcher(site).fetch(f"{A}/")
    assert (found.state.etag, found.error) == (None, None)


# --- redirects --------------------------------------------------------------------------------------------------------


def test_redirects_are_followed_as_far_as_the_settings_allow(site):
    web = fetcher(site, redirects=3)
    found = web.fetch(f"{A}/chain/2")
    assert (found.final, found.redirected_permanently) == (f"{A}/news/0", None)
    far = web.fetch(f"{A}/chain/3")
    assert "more than 3 redirects" in str(far.error)
    assert "circle" in str(web.fetch(f"{A}/circle/a").error)
    assert fetcher(site, redirects=0).fetch(f"{B}/chain/0").error


def test_a_permanent_move_is_told_as_far_as_it_is_permanent(site):
    web = fetcher(site)
    assert web.fetch(f"{A}/chain/2?301").redirected_permanently == f"{A}/news/0"
    assert web.fetch(f"{A}/to/308?{B}/to/302?/news/1").redirected_permanently == f"{B}/to/302?/news/1"
    assert web.fetch(f"{A}/to/302?{B}/to/301?/news/1").redirected_permanently is None
    assert web.fetch(f"{A}/to/301?/status/500").redirected_permanently is None


def test_a_redirect_to_another_host_waits_for_it_and_asks_for_its_rules(site):
    site.robots["news-b.example"] = "User-agent: *\nDisallow: /news/2"
    web = fetcher(site)
    assert web.fetch(f"{A}/to?{B}/news/1").body
    refused = web.fetch(f"{A}/to?{B}/news/2")
    assert isinstance(refused.error, RobotsError)
    assert site.asked("news-b.example") == ["/robots.txt", "/news/1"]


# --- what must not be connected to ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "to",
    [
        "http://169.254.169.254/latest/meta-data", "http://127.0.0.1/", "http://localhost/", "http://[::1]/",
        "http://2130706433/", "http://0x7f.1/", "http://[::ffff:10.0.0.1]/", "//10.0.0.1/", "http://inner.example/",
        "ftp://news-a.example/", "file:///etc/passwd", "http://user:secret@news-a.example/", "http://[",
    ],
)  # fmt: skip
def test_a_redirect_to_what_must_not_be_fetched_is_refused_without_a_connection(site, to):
    site.names["inner.example"] = ["10.0.0.7"]
    for status in (301, 302):
        found = fetcher(site).fetch(f"{A}/to/{status}?{to}")
        assert isinstance(found.error, AddressError)
        assert (found.body, found.redirected_permanently, found.final) == (None, None, f"{A}/to/{status}?{to}")
    assert {address for address, _ in site.connected} == set(site.resolve("news-a.example"))


@pytest.mark.parametrize("inner", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fe80::1%lo"])
def test_a_name_with_any_inner_address_is_refused(site, inner):
    site.names["news-a.example"] = ["93.184.216.34", inner]
    found = fetcher(site).fetch(f"{A}/news/1")
    assert isinstance(found.error, AddressError)
    assert inner in str(found.error)
    assert (site.connected, site.seen) == ([], [])


def test_a_name_that_changes_its_address_is_never_followed_inside(site):
    turn = count()

    def rebinding(host: str) -> list[str]:
        return ["93.184.216.34"] if next(turn) % 2 == 0 else ["127.0.0.1"]

    web = fetcher(site, world=site.world(resolve=rebinding))
    found = [web.fetch(f"{A}/news/{n}") for n in range(20)]
    assert any(isinstance(one.error, AddressError) for one in found)
    assert any(one.body for one in found)
    assert {address for address, _ in site.connected} == {"93.184.216.34"}
    assert next(turn) == 21, "a name was resolved more than once for a request"


def test_the_robots_txt_of_a_site_is_held_against_the_same_rules(site):
    site.routes["/robots.txt"] = lambda *_: Reply(status=302, headers={"Location": "http://169.254.169.254/"})
    found = fetcher(site).fetch(f"{A}/news/1")
    assert isinstance(found.error, AddressError)
    assert site.asked() == ["/robots.txt"]
    assert len(site.connected) == 1


def test_the_loopback_is_reached_only_if_the_settings_allow_it(live):
    world = World(resolve=lambda host: ["127.0.0.1"])
    for url in (f"http://127.0.0.1:{live.port}/news/1", f"http://news-a.example:{live.port}/news/1"):
        assert isinstance(fetcher(live, world=world).fetch(url).error, AddressError)
    assert live.seen == []
    for url in (f"http://127.0.0.1:{live.port}/news/1", f"http://news-a.example:{live.port}/news/1"):
        assert fetcher(live, world=world, private=True, delay=0).fetch(url).body
    assert {one.headers["host"] for one in live.seen} == {f"127.0.0.1:{live.port}", f"news-a.example:{live.port}"}


def test_what_the_environment_says_of_proxies_is_not_looked_at(site, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    assert fetcher(site).fetch(f"{A}/news/1").body
    assert {address for address, _ in site.connected} == set(site.resolve("news-a.example"))


def test_another_address_is_tried_if_one_does_not_answer(site):
    site.names["news-a.example"] = ["93.184.216.1", "93.184.216.2"]
    tried = []

    def connect(address, port, seconds):
        tried.append(address)
        if address.endswith(".1"):
            raise __import__("httpcore2").ConnectError("no route")
        return site.connect(address, port, seconds)

    assert fetcher(site, world=site.world(connect=connect)).fetch(f"{A}/news/1").body
    assert tried == ["93.184.216.1", "93.184.216.2"] * 2


def test_a_name_that_is_not_known_or_has_no_address_is_a_fault(site):
    site.names["empty.example"] = []
    for host in ("news.invalid", "empty.example"):
        found = fetcher(site).fetch(f"http://{host}/")
        assert type(found.error) is FetchError
        assert host in str(found.error)


@pytest.fixture
def certificate(tmp_path):
    if not shutil.which("openssl"):
        pytest.skip("needs the openssl command to make a certificate")
    key, file = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=test", "-addext", "subjectAltName=DNS:secure.example", "-keyout", key, "-out", file],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, key)
    return context, file


def test_https_is_verified_by_the_name_though_the_connection_is_to_a_number(certificate):
    context, file = certificate
    with Site(tls=context) as site:
        world = site.world(tls=lambda: ssl.create_default_context(cafile=str(file)))
        web = fetcher(site, world=world, delay=0)
        assert web.fetch("https://secure.example/news/1").body
        assert site.connected[-1] == (*site.resolve("secure.example"), 443)
        for one in (web.fetch("https://other.example/news/1"), fetcher(site).fetch("https://secure.example/news/1")):
            assert type(one.error) is FetchError
            assert "certificate" in str(one.error).lower()
        assert site.asked("other.example") == []


# --- what breaks ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", Site.RAW)
def test_what_breaks_off_or_is_no_http_is_a_fault(site, name):
    found = fetcher(site).fetch(f"{A}/raw/{name}")
    assert isinstance(found.error, FetchError)
    assert (found.body, found.state.failures) == (None, 1)
    assert found.state.after > found.at
    assert found.state.error == str(found.error)
    assert len(str(found.error)) < 500
    assert str(found.error).isprintable()
    assert found.error.__traceback__ is None, "it would hold on to the page"


@given(
    head=st.sampled_from(
        [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 302 Found\r\nLocation: ", b"HTTP/1.1 200 OK\r\nETag: "]
    )
    | st.sampled_from([b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Type: "])
    | st.sampled_from([b"HTTP/1.1 503 x\r\nRetry-After: ", b"HTTP/1.1 200 OK\r\nContent-Length: "]),
    rest=st.binary(max_size=60) | st.sampled_from([gzip.compress(b"a" * 100)[:40], b"\r\n\r\n" + b"<" * 50]),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_raise(site, head, rest):
    site.routes["/any"] = lambda *_: Reply(raw=head + rest + b"\r\n\r\n")
    found = fetcher(site).fetch(f"{A}/any")
    assert (found.body is None) == (found.error is not None)


@pytest.mark.parametrize("path", ["big", "long", "bomb/gzip", "bomb/br", "bomb/gzip,gzip"])
def test_what_is_too_large_is_cut_off_as_it_comes(site, path):
    if path.startswith("bomb"):
        bomb(path.partition("/")[2])  # made beforehand: it takes memory of its own
    web = fetcher(site, max_page=1_000_000)
    tracemalloc.start()
    found = web.fetch(f"{A}/{path}")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(found.error, SizeError)
    assert "max_page" in str(found.error)
    assert peak < 8_000_000
    assert web.fetch(f"{A}/news/1").body


def test_a_robots_txt_without_end_is_cut_and_obeyed(site):
    rules = b"User-agent: *\nDisallow: /news/1\n"
    body = gzip.compress(rules + b"#\n" * 9_000_000)
    site.routes["/robots.txt"] = lambda *_: Reply(body, headers={"Content-Encoding": "gzip"})
    web = fetcher(site)
    assert isinstance(web.fetch(f"{A}/news/1").error, RobotsError)
    assert web.fetch(f"{A}/news/2").body


@pytest.mark.parametrize("path", ["drip", "slowly"])
def test_a_page_that_comes_too_slowly_is_given_up(site, path):
    found = fetcher(site, timeout=30).fetch(f"{A}/{path}")
    assert "within 30 seconds" in str(found.error)


def test_a_host_that_does_not_answer_is_given_up(live):
    found = fetcher(live, timeout=0.3, delay=0).fetch(f"{A}/silent")
    assert "within 0.3 seconds" in str(found.error)


def test_a_resolver_that_does_not_answer_is_given_up(live):
    world = live.world(resolve=lambda host: live.closing.wait(20) or [])
    found = fetcher(live, timeout=0.3, world=world).fetch(f"{A}/news/1")
    assert "within 0.3 seconds" in str(found.error)


# --- when it may be asked ---------------------------------------------------------------------------------------------


def test_what_is_not_due_is_not_asked(site):
    web = fetcher(site)
    state = FetchState(url=f"{A}/rss.xml", etag='"x"', after=START + timedelta(hours=1), failures=3)
    early = web.fetch(state.url, state)
    assert "not to be asked before 2026-03-01 07:00:00" in str(early.error)
    assert (early.state, early.status, site.seen) == (state, None, [])
    site.clock.sleep(3_600)
    assert web.fetch(state.url, state).state.failures == 0


def test_failures_in_a_row_make_the_wait_longer_and_a_success_ends_them(site):
    web, state, waits = fetcher(site), None, []
    for _ in range(5):
        found = web.fetch(f"{A}/status/500", state)
        state = found.state
        waits.append((state.after - found.at).total_seconds())
        site.clock.sleep(waits[-1])
    assert waits == [60, 120, 240, 480, 960]
    assert (state.failures, state.status, state.succeeded) == (5, 500, None)
    site.routes["/status/500"] = lambda *_: Reply(b"<p>back")
    assert web.fetch(f"{A}/status/500", state).state.failures == 0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("Sun, 01 Mar 2026 07:00:05 GMT", 3_600),
        ("-5", 60),
        ("soon", 60),
        ("9" * 90, 86_400),
        ("\u0661", 60),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_site_that_asks_to_be_left_alone_is(site, value, seconds, status):
    site.retry_after = value
    web = fetcher(site)
    found = web.fetch(f"{A}/busy/{status}")
    assert (found.state.after - found.at).total_seconds() == seconds
    if seconds > 300:  # the whole host is left alone, without holding anybody up
        other = web.fetch(f"{A}/news/1")
        assert "not to be asked before" in str(other.error)
        assert other.state.after == found.state.after
        assert (other.state.failures, site.asked()) == (0, ["/robots.txt", f"/busy/{status}"])
    elif seconds == 120:
        assert web.fetch(f"{A}/news/1").at >= found.at + timedelta(seconds=120)


def test_a_robots_txt_is_asked_for_once_a_day(site):
    web = fetcher(site)
    for _ in range(9):
        web.fetch(f"{A}/news/1")
        site.clock.sleep(4 * 3600)
    assert site.asked().count("/robots.txt") == 2
    web.fetch("http://news-a.example:8080/news/1")
    assert site.asked().count("/robots.txt") == 3, "another port is another site"


def test_a_site_whose_rules_cannot_be_had_is_left_alone_for_a_while(site):
    site.robots["news-a.example"] = 503
    web = fetcher(site)
    for n in (1, 2, 1):
        found = web.fetch(f"{A}/news/{n}")
        assert isinstance(found.error, RobotsError)
        site.clock.sleep(61)
    assert site.asked() == ["/robots.txt"]
    site.robots["news-a.example"] = "User-agent: *\nAllow: /"
    site.clock.sleep(3_600)
    assert web.fetch(f"{A}/news/1", found.state).body


def test_the_wait_that_the_robots_txt_asks_for_is_kept(site):
    site.robots["news-a.example"] = "User-agent: *\nCrawl-delay: 42"
    web = fetcher(site)
    for n in range(3):
        web.fetch(f"{A}/news/{n}")
    assert site.gaps() == {"news-a.example": 42.0}


def test_a_host_that_was_asked_by_another_run_is_not_asked_at_once(site):
    state = FetchState(url=f"{A}/rss.xml", fetched=START - timedelta(seconds=2), succeeded=START)
    fetcher(site).fetch(state.url, state)
    assert site.seen[0].at == 3.0


# --- many -------------------------------------------------------------------------------------------------------------


def test_hosts_are_asked_in_turns_while_each_waits(site):
    items = [(f"{host}/news/{n}", None) for host in (A, B, "http://news-c.example") for n in range(3)]
    done = [one.url for one in fetcher(site).fetch_all(iter(items))]
    assert sorted(done) == sorted(url for url, _ in items)
    assert site.clock.time() == 15.0, "as long as one host alone: four requests, five seconds apart"
    assert min(site.gaps().values()) == 5.0
    again = Site(Clock())
    with again:
        assert [one.url for one in fetcher(again).fetch_all(iter(items))] == done


def test_a_slow_host_holds_nobody_up(live):
    items = [(f"{A}/silent", None), *((f"{B}/news/{n}", None) for n in range(5))]
    done = []
    with fetcher(live, fetchers=2, delay=0, timeout=20) as web:
        for one in web.fetch_all(items):
            done.append(one.url)
            if len(done) == 5:
                live.closing.set()
    assert done == [f"{B}/news/{n}" for n in range(5)] + [f"{A}/silent"]


def test_threads_keep_to_the_delay_and_ask_one_host_at_a_time(live):
    under_way, most, lock = {}, [], threading.Lock()

    def busy(host, query):
        with lock:
            under_way[host] = under_way.get(host, 0) + 1
            most.append((under_way[host], sum(under_way.values())))
        time.sleep(0.02)
        with lock:
            under_way[host] -= 1
        return Reply(b"<p>x")

    live.routes["/x"] = busy
    hosts = [f"http://h{n}.example" for n in range(5)]
    items = [(f"{host}/x?{n}", None) for n in range(4) for host in hosts]
    found = list(fetcher(live, fetchers=4, delay=0.05).fetch_all(items))
    assert len(found) == 20
    assert all(one.body for one in found)
    assert min(live.gaps().values()) >= 0.05
    assert max(own for own, _ in most) == 1
    assert max(together for _, together in most) <= 4


def test_nothing_is_asked_before_it_is_wanted_and_what_is_not_wanted_ends(live):
    items = ((f"http://h{n}.example/news/{n}" if n else f"{A}/silent", None) for n in count())
    found = fetcher(live, fetchers=2, delay=0, timeout=60).fetch_all(items)
    assert live.seen == []
    assert next(found).body
    start = time.monotonic()
    found.close()
    assert time.monotonic() - start < 20
    seen = len(live.seen)
    assert seen < 20
    assert next(items)[0].endswith(tuple("0123456789"))


def test_a_host_without_end_of_faults_does_not_hold_up_the_round(site):
    site.robots["news-a.example"] = "User-agent: *\nCrawl-delay: 100000"
    items = [(f"{A}/news/{n}", None) for n in range(50)] + [(f"{B}/raw/nothing?{n}", None) for n in range(50)]
    found = list(fetcher(site).fetch_all(items))
    assert len(found) == 100
    assert all(one.error for one in found)
    assert len(site.asked("news-a.example")) == 1
    assert len(site.asked("news-b.example")) < 10
    assert site.clock.time() < 1_000


# --- copies -----------------------------------------------------------------------------------------------------------


def test_each_whole_exchange_is_kept(site):
    kept = []
    web = fetcher(site, kept.append, delay=0)
    for path in ("to?/gzip", "status/404", "raw/short", "raw/gzip", "big"):
        web.fetch(f"{A}/{path}")
    web.fetch(f"{A}/rss.xml", FetchState(url=f"{A}/rss.xml", etag='"round-0"'))
    assert [(one.url.removeprefix(A), one.status, one.reason) for one in kept] == [
        ("/robots.txt", 404, "Not Found"),
        ("/to?/gzip", 302, "Found"),
        ("/gzip", 200, "OK"),
        ("/status/404", 404, "Not Found"),
        ("/rss.xml", 304, "Not Modified"),
    ]
    gzipped = kept[2]
    assert gzipped.body == page("news-a.example", 1).encode()
    assert ("Content-Encoding", "gzip") in gzipped.response_headers
    assert gzipped.request_headers[0] == ("Host", "news-a.example")
    assert (kept[1].body, kept[3].body) == (b"<p>over there", b"<p>sorry")
    assert kept[-1].body == b""
    assert all(re.fullmatch(r"[!-~]+", name) for one in kept for name, _ in one.response_headers)


def test_a_copy_that_cannot_be_kept_is_raised(site):
    def full(exchange):
        raise WriteError("no room")

    with pytest.raises(WriteError):
        fetcher(site, full).fetch(f"{A}/news/1")
    for fetchers in (1, 3):
        with pytest.raises(WriteError):
            list(fetcher(site, full, fetchers=fetchers, delay=0).fetch_all([(f"{B}/news/1", None)]))


# --- the whole --------------------------------------------------------------------------------------------------------

LINK = re.compile(r"<link>(.*?)</link>")


def test_four_sites_are_followed_for_fifty_rounds(site):
    """Every article once, no host faster than it allows, nothing that is forbidden, no address that is not public."""
    site.robots = {
        "news-b.example": "User-agent: *\nCrawl-delay: 20\nDisallow: /private",
        "news-c.example": "User-agent: *\nDisallow: /",
        "news-d.example": 404,
    }
    site.routes["/private/1"] = lambda *_: Reply(b"<p>private")
    feeds = [f"http://news-{x}.example/rss.xml" for x in "abcd"] + [f"{B}/private/1", f"{A}/to?http://10.0.0.1/"]
    states, articles = dict.fromkeys(feeds), {}
    web = fetcher(site)
    for number in range(50):
        site.round = number // 2
        if number == 20:
            site.routes["/rss.xml"] = lambda *_: Reply(status=503, headers={"Retry-After": "100"})
        if number == 22:
            site.routes.pop("/rss.xml")
        links = []
        for found in web.fetch_all(states.items()):
            states[found.url] = found.state
            links += LINK.findall((found.body or b"").decode())
        for found in web.fetch_all((link, None) for link in dict.fromkeys(links) if link not in articles):
            assert found.body, found.error
            assert found.url not in articles
            articles[found.url] = found.body
        site.clock.sleep(1_800)
    assert sorted(articles) == sorted(f"http://news-{x}.example/news/{n}" for x in "abd" for n in range(50))
    assert all(text(url.split("/")[2], int(url.split("/")[-1])) in body.decode() for url, body in articles.items())
    gaps = site.gaps()
    assert gaps["news-b.example"] >= 20
    assert min(gaps.values()) >= 5
    assert not [path for path in site.asked("news-b.example") if path.startswith("/private")]
    assert set(site.asked("news-c.example")) == {"/robots.txt"}
    assert {address for address, _ in site.connected} == {site.resolve(f"news-{x}.example")[0] for x in "abcd"}


def test_a_site_can_be_followed_with_the_real_clock(live):
    assert isinstance(live.clock, RealClock)
    found = list(fetcher(live, delay=0.01, fetchers=3).fetch_all([(f"{A}/rss.xml", None), (f"{B}/atom.xml", None)]))
    assert all(one.body and one.state.succeeded for one in found)
