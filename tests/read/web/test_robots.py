from datetime import UTC, datetime, timedelta

import pytest
from cost import within
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import AddressError, EmptyError, RobotsError
from marsad.read.web.robots import AGAIN, GOOD, LIMIT, LONGEST, REMEMBERED, Known, Robots, answered, parsed, unreachable

AT = datetime(2026, 3, 1, tzinfo=UTC)
WHERE = "https://news.example/robots.txt"
PAGE = "https://news.example/private/1"


def allowed(text: str | bytes, url: str = PAGE) -> bool:
    return parsed(text if isinstance(text, bytes) else text.encode(), AT).refusal(url) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", True),
        ("User-agent: *\nDisallow: /private", False),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /\nAllow: /private/1", True),
        ("User-agent: marsad\nDisallow: /", False),
        ("User-agent: Marsad/2.0\nDisallow: /", False),
        ("USERAGENT : MARSAD # us\nDisallow: /", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Marsad\nDisallow: /other", True),
        ("User-agent: Mars\nDisallow: /", True),
        ("User-agent: Marsadbot\nDisallow: /", True),
        ("User-agent: another\nUser-agent: Marsad\nDisallow: /", False),
        ("User-agent: another\nDisallow: /", True),
        ("User-agent: *\nDisallow: /*/1$", False),
        ("<html><p>User-agent: *</p> no such page</html>", True),
        ("Disallow: /", True),
    ],
)
def test_the_rules_for_us(text, expected):
    assert allowed(text) is expected
    assert allowed(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()) is expected


def test_arabic_paths_are_the_same_however_they_are_written():
    rules = "User-agent: *\nDisallow: /خاص"
    assert not allowed(rules, "https://news.example/%D8%AE%D8%A7%D8%B5/1")
    assert not allowed("User-agent: *\nDisallow: /%d8%ae%D8%A7%D8%B5", "https://news.example/%D8%AE%D8%A7%D8%B5")
    assert allowed(rules, "https://news.example/%D8%AE%D8%A7")


@pytest.mark.parametrize(
    ("lines", "delay"),
    [
        ("Crawl-delay: 7", 7.0),
        ("Crawl-delay: 0.5", 0.5),
        ("Crawl-delay: -1", 0.0),
        ("Crawl-delay: nan", 0.0),
        ("Crawl-delay: soon", 0.0),
        ("Crawl-delay: 999999999999", LONGEST),
        ("Request-rate: 1/10", 10.0),
        ("Request-rate: 2/1m", 30.0),
        (f"Request-rate: 1/{'9' * 400}", LONGEST),
        ("Crawl-delay: 5\nRequest-rate: 1/2s", 5.0),
    ],
)
def test_the_wait_that_it_asks_for(lines, delay):
    assert parsed(f"User-agent: *\n{lines}".encode(), AT).delay == delay


def test_a_site_without_rules_may_be_read_and_one_that_cannot_say_is_left_alone():
    for status in (400, 401, 403, 404, 410, 304):
        assert answered(status, None, AT, 0, WHERE) == Robots(AT + GOOD)
    for status in (429, 500, 503):
        robots = answered(status, None, AT, 0, WHERE)
        assert robots.until == AT + AGAIN
        assert isinstance(robots.refusal(PAGE), RobotsError)
    assert answered(503, None, AT, 7_200, WHERE).until == AT + timedelta(hours=2)
    assert answered(200, b"User-agent: *\nDisallow: /", AT, 0, WHERE).until == AT + GOOD


def test_no_answer_is_the_same_fault_for_every_page():
    fault = AddressError("private", where=WHERE)
    assert unreachable(fault, AT).refusal(PAGE) is fault
    assert isinstance(unreachable(EmptyError("odd"), AT).refusal(PAGE), RobotsError)


def test_a_file_that_names_thousands_of_robots_takes_no_longer():
    many = "".join(f"User-agent: r{n}\n" for n in range(15_000)) + "".join(f"Disallow: /{n}\n" for n in range(15_000))
    wild = "User-agent: *\n" + "Disallow: /*a*a*a*a*a*a*a*a*b\n" * 15_000
    assert allowed(many)
    assert within(10, lambda: allowed(wild, "https://news.example/" + "a" * 8_000))


def test_what_is_beyond_the_limit_is_not_looked_at():
    text = b"User-agent: *\nDisallow: /other\n" + b"# " + b"a" * LIMIT + b"\nDisallow: /private"
    assert allowed(text)
    assert not allowed(text, "https://news.example/other")


@given(st.binary(max_size=300) | st.text("User-agent:*\n Disallow/$#%", max_size=200).map(str.encode))
def test_any_bytes_are_rules_or_none(body):
    robots = parsed(b"User-agent: *\n" + body, AT)
    assert 0 <= robots.delay <= LONGEST
    robots.refusal(PAGE)


def test_what_is_known_is_good_for_its_time_and_the_oldest_goes_first():
    known = Known()
    known.put("https://a.example", Robots(AT + GOOD, size=REMEMBERED // 2))
    known.put("https://b.example", Robots(AT + GOOD))
    assert known.get("https://a.example", AT)
    assert known.get("https://a.example", AT + GOOD) is None
    known.put("https://c.example", Robots(AT + GOOD, size=REMEMBERED // 2))
    assert known.get("https://a.example", AT) is None
    assert known.get("https://b.example", AT)
    assert known.get("https://c.example", AT)
