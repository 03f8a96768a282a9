"""A press of the tests is followed for fifty rounds: every article once, every change a version, every host at ease.

Time is simulated: the site, the fetcher and the desk have one clock. What each paper has published is worked out from
the number of the round, and compared with what stands in the store.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import unquote

import pytest
from loopback import START, Clock, Reply, Site
from sqlalchemy import text as sql

from marsad.desk import Desk
from marsad.desk.stop import Stop
from marsad.errors import StoreError
from marsad.identity import article_id
from marsad.settings import Settings
from marsad.store import fetches
from marsad.types import Source

ROUNDS, EVERY = 50, 900.0
#: Entries that a feed holds, and seconds that a host is left alone between two requests.
HELD, DELAY = 6, 5.0
WHOLE = "وقال بيان صدر في ختام اللقاء إن الجانبين اتفقا على مواصلة المشاورات في الأسابيع المقبلة. " * 20


def written(at: datetime) -> str:
    return at.strftime("%a, %d %b %Y %H:%M:%S GMT")


@dataclass
class Paper:
    """A paper of one host: one article a round, the newest ``HELD`` in its feed, each with a summary and a page."""

    host: str
    feed: str = "/rss.xml"
    whole: bool = False  # the feed has the full text
    robots: str | int = 404
    #: By the number of an article: the rounds from which on its text is another.
    changed: dict[int, int] | None = None

    def version(self, number: int, round_: int) -> int:
        return int(number in (self.changed or {}) and round_ >= self.changed[number])

    def text(self, number: int, round_: int) -> str:
        """What its article says, the third word of which is its number, and the fifth its version."""
        version = self.version(number, round_)
        tail = WHOLE if self.whole else ""
        return f"الخبر رقم {number} طبعة {version} من {self.host} عن زيارة الوزير إلى بغداد ولقائه نظيره هناك. {tail}"

    def updated(self, number: int, round_: int) -> datetime:
        since = self.changed[number] if self.version(number, round_) else number
        return START + timedelta(seconds=since * EVERY - 60)

    def link(self, number: int) -> str:
        return f"http://{self.host}/news/{number}"

    def entries(self, round_: int) -> Iterator[int]:
        yield from range(round_, max(-1, round_ - HELD), -1)

    def item(self, number: int, round_: int) -> str:
        content = f"<content type='text'>{self.text(number, round_)}</content>" if self.whole else ""
        return (
            f"<entry><title>عنوان الخبر رقم {number}</title><link href='{self.link(number)}'/><id>{self.host}-{number}"
            f"</id><updated>{self.updated(number, round_).isoformat()}</updated>"
            f"<summary>موجز الخبر رقم {number} طبعة موجزة من {self.host}.</summary>{content}</entry>"
        )

    def answer(self, press: Press, path: str) -> Reply:
        if path == "/robots.txt":
            if isinstance(self.robots, int):
                return Reply(status=self.robots)
            return Reply(self.robots.encode(), kind="text/plain")
        if path == self.feed:
            return self.of_feed(press.round)
        if path.startswith("/news/"):
            return self.of_page(int(path.rpartition("/")[2]), press.round)
        return Reply(status=404)

    def of_feed(self, round_: int) -> Reply:
        items = "".join(self.item(number, round_) for number in self.entries(round_))
        body = (
            f"<feed xmlns='http://www.w3.org/2005/Atom'><title>{self.host}</title>"
            f"<link href='http://{self.host}/'/>{items}</feed>"
        )
        # Articles come in two rounds of three; in the third nothing is new.
        return Reply(body.encode(), headers={"ETag": f'"{hash(body)}"'}, kind="application/atom+xml")

    def of_page(self, number: int, round_: int) -> Reply:
        title = f"عنوان الخبر رقم {number}"
        body = (
            f'<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>{title}</title></head>'
            f"<body><article><h1>{title}</h1><p>{self.text(number, round_)}</p></article></body></html>"
        )
        return Reply(body.encode())

    def published(self, round_: int) -> Counter[tuple[str, int]]:
        """The articles that it has published up to a round: host and number, each with how many versions."""
        return Counter({(self.host, n): 1 + self.version(n, round_) for n in range(round_ + 1)})


class Seldom(Paper):
    """Has something new in each third round only."""

    def entries(self, round_: int) -> Iterator[int]:
        yield from (n for n in range(round_, max(-1, round_ - HELD), -1) if n % 3 == 0)

    def published(self, round_: int) -> Counter[tuple[str, int]]:
        return Counter({(self.host, n): 1 for n in range(0, round_ + 1, 3)})


class Moved(Paper):
    """Its feed and its pages have moved, and its feed calls each address with marks that differ each time."""

    def link(self, number: int) -> str:
        return f"http://{self.host}/go/{number}?utm_source=rss&amp;utm_term={random.random()}"

    def answer(self, press: Press, path: str) -> Reply:
        if path == "/old.xml":
            return Reply(status=301, headers={"Location": self.feed})
        if path.startswith("/go/"):
            return Reply(status=302, headers={"Location": f"/news/{path.rpartition('/')[2]}"})
        return super().answer(press, path)


class Broken(Paper):
    """Answers with a status of its own, or with what is no feed, from one round to another."""

    out: tuple[int, int] = (8, 14)
    wrong = Reply(b"<p>sorry", 500)

    def of_feed(self, round_: int) -> Reply:
        return self.wrong if self.out[0] <= round_ < self.out[1] else super().of_feed(round_)

    def entries(self, round_: int) -> Iterator[int]:
        yield from range(round_, -1, -1)  # it has all that it has published in the meantime


class Busy(Broken):
    wrong = Reply(status=429, headers={"Retry-After": "1500"})


class Odd(Broken):
    wrong = Reply(b"<!DOCTYPE html><html><body><p>We are working on it")


class Flaky(Paper):
    """Each page fails the first time that it is asked for, and the feed has moved on by the next."""

    def __init__(self, host: str) -> None:
        super().__init__(host)
        self.asked: Counter[int] = Counter()

    def entries(self, round_: int) -> Iterator[int]:
        yield round_

    def of_page(self, number: int, round_: int) -> Reply:
        self.asked[number] += 1
        return super().of_page(number, round_) if self.asked[number] > 1 else Reply(status=503)


class Gone(Paper):
    """Has no pages: what its feed says of them is all that there is."""

    def of_page(self, number: int, round_: int) -> Reply:
        return Reply(status=404)


class Slow(Paper):
    """Its feed comes byte by byte and never ends."""

    def __init__(self, host: str, clock: Clock) -> None:
        super().__init__(host)
        self.clock = clock

    def of_feed(self, round_: int) -> Reply:
        def drip(send) -> None:
            for number in range(1_000):
                send(b"<")
                # Who asked gives up after twenty seconds. From then on this thread must not move the clock for others.
                if number < 21:
                    self.clock.sleep(1.0)
                else:
                    time.sleep(0.01)

        return Reply(parts=drip, headers={"Content-Length": "1000"})

    def published(self, round_: int) -> Counter[tuple[str, int]]:
        return Counter()


class Evil(Paper):
    """Its entries lead to where nobody may go, by themselves, by their names or by redirects."""

    LINKS = (
        "http://127.0.0.1/{}", "http://169.254.169.254/latest/meta-data/{}", "http://[::1]/{}",
        "http://localhost/{}", "http://inside.example/{}", "http://evil.example/to/http%3A%2F%2F10.0.0.1%2F{}",
        "http://2130706433/{}", "http://evil.example/to/http%3A%2F%2Finside.example%2F{}",
    )  # fmt: skip

    def link(self, number: int) -> str:
        return self.LINKS[number % len(self.LINKS)].format(number)

    def answer(self, press: Press, path: str) -> Reply:
        if path.startswith("/to/"):
            return Reply(status=302, headers={"Location": unquote(path.removeprefix("/to/"))})
        return super().answer(press, path)


class Press(Site):
    """All papers behind one loopback site."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.names["inside.example"] = ["10.0.0.5"]
        self.papers = {one.host: one for one in self.made(clock)}

    @staticmethod
    def made(clock: Clock) -> list[Paper]:
        return [
            Paper("daily.example"),
            Seldom("seldom.example"),
            Paper("edits.example", changed={3: 4, 10: 12, 30: 30 + HELD - 1}),
            Paper("full.example", whole=True, changed={5: 7, 20: 21}),
            Moved("moved.example"),
            Broken("broken.example"),
            Busy("busy.example"),
            Odd("odd.example"),
            Flaky("flaky.example"),
            Gone("gone.example"),
            Slow("slow.example", clock),
            Paper("closed.example", robots="User-agent: *\nDisallow: /news/\nCrawl-delay: 20"),
            Evil("evil.example"),
        ]

    def answer(self, host: str, path: str, query: str, headers: dict[str, str]) -> Reply:
        reply = self.papers[host].answer(self, path)
        if reply.headers.get("ETag") and headers.get("if-none-match") == reply.headers["ETag"]:
            return Reply(status=304, headers=reply.headers)
        return reply

    def feeds(self) -> list[Source]:
        return [
            Source(id=host, feed=f"http://{host}{'/old.xml' if host == 'moved.example' else one.feed}")
            for host, one in self.papers.items()
        ]


@pytest.fixture
def press():
    with Press(Clock()) as found:
        yield found


@contextmanager
def opened(press: Press, address: str, **given) -> Iterator[Desk]:
    settings = Settings(**{"fetchers": 1, "delay": DELAY, "timeout": 20.0} | given)
    with Desk(address, settings, world=press.world(), now=press.clock.now) as desk:
        yield desk


def next_round(press: Press) -> None:
    """Time goes on to the beginning of the next round."""
    press.round += 1
    press.clock.seconds = max(press.clock.seconds, press.round * EVERY)


def stored(desk: Desk) -> dict[tuple[str, int], list[str]]:
    """What stands in the store: for each host and number the versions, as far as their texts tell; "short" for one
    that is of a summary."""
    found: dict[tuple[str, int], list[str]] = {}
    with desk.store.reading() as db:
        rows = db.execute(sql("SELECT text FROM article WHERE current ORDER BY seq")).scalars().all()
        old = db.execute(sql("SELECT text FROM article WHERE NOT current ORDER BY seq")).scalars().all()
    for text in [*old, *rows]:
        words = text.partition("\n\n")[2].replace("موجز ", "").split()
        found.setdefault((words[6].rstrip("."), int(words[2])), []).append(words[4])
    return found


def expected(press: Press) -> dict[tuple[str, int], int]:
    return dict(sum((one.published(press.round) for one in press.papers.values()), Counter()))


def clocks(desk: Desk) -> dict[str, tuple[datetime | None, datetime | None]]:
    return {one.source.id: (one.succeeded, one.renewed) for one in desk.sources() if one.source.feed}


def at_round(number: int) -> datetime:
    return START + timedelta(seconds=number * EVERY)


def test_fifty_rounds_keep_every_article_once_and_hurt_nobody(press):
    with opened(press, "sqlite://") as desk:
        for source in press.feeds():
            desk.follow(source)
        for number in range(ROUNDS):
            assert press.round == number
            desk.round()
            next_round(press)
        # Three more without anything new: what was late is made up for.
        press.round = ROUNDS - 1
        for _ in range(4):
            press.clock.sleep(EVERY)
            desk.round()

        found = stored(desk)
        assert {place: len(versions) for place, versions in found.items()} == expected(press)
        for (host, number), versions in found.items():
            if host in ("gone.example", "closed.example", "evil.example"):
                assert versions == ["موجزة"]
            else:
                assert versions == [str(n) for n in range(len(versions))], (host, number)

        # The hosts were left alone as long as they may be, a crawl-delay included.
        assert all(gap >= DELAY for gap in press.gaps().values())
        assert press.gaps()["closed.example"] >= 20
        assert not [path for path in press.asked("closed.example") if path.startswith("/news/")]
        # Nothing was asked of who is inside; all connections went to public addresses.
        assert {address.partition(".")[0] for address, _ in press.connected} == {"93"}
        assert not {"127.0.0.1", "inside.example", "10.0.0.1", "localhost"} & {one.host for one in press.seen}
        # No page was asked for without need: once, and again where it has changed.
        pages = Counter((one.host, one.path) for one in press.seen if one.path.startswith("/news/"))
        assert all(count == 1 for (host, _), count in pages.items() if host in ("daily.example", "moved.example"))
        assert not [one for one in pages if one[0] == "full.example"]
        assert sum(count for (host, _), count in pages.items() if host == "edits.example") == ROUNDS + 3
        # A feed that has not changed is not sent again.
        assert not [path for path in press.asked("slow.example") if path not in ("/robots.txt", "/rss.xml")]


def test_the_two_clocks_of_each_source_go_on_by_themselves(press):
    for host in ("flaky.example", "moved.example", "evil.example", "closed.example", "gone.example", "odd.example"):
        del press.papers[host]
    with opened(press, "sqlite://") as desk:
        for source in press.feeds():
            desk.follow(source)
        for _ in range(12):
            desk.round()
            next_round(press)
        found = clocks(desk)

        def near(at: datetime | None, number: int) -> bool:
            return at is not None and at_round(number) <= at < at_round(number + 1)

        assert near(found["daily.example"][0], 11) and near(found["daily.example"][1], 11)
        assert near(found["seldom.example"][0], 11) and near(found["seldom.example"][1], 9)
        # Its feed is out from round 8 on; a page that the feed led to in round 7 may come a round later.
        assert near(found["broken.example"][0], 7)
        assert near(found["broken.example"][1], 7) or near(found["broken.example"][1], 8)
        assert near(found["busy.example"][0], 7) and near(found["busy.example"][1], 7)
        assert found["slow.example"] == (None, None)
        # What recovers is followed again.
        for _ in range(20):
            desk.round()
            next_round(press)
        found = clocks(desk)
        assert near(found["broken.example"][0], 31) and near(found["busy.example"][1], 31)


class Fault(Exception):
    """Stands for a process that is killed: nothing after it is done."""


@pytest.mark.parametrize("way", ["killed", "stopped", "store"])
def test_a_round_that_ends_in_the_middle_is_made_up_for(press, tmp_path, monkeypatch, way):
    """Each round ends at a point that is drawn: nothing is lost, nothing is there twice."""
    for host in ("slow.example", "busy.example", "odd.example", "gone.example", "closed.example", "seldom.example"):
        del press.papers[host]
    press.papers["broken.example"].out = (3, 5)
    chance = random.Random(7)
    address = str(tmp_path / "a.db")
    with opened(press, address) as desk:
        for source in press.feeds():
            desk.follow(source)
    ended = 0
    rounds = 7
    for number in range(rounds):
        left = [chance.randrange(1, 14)]

        def count(fault: Exception | None, left=left) -> None:
            left[0] -= 1
            if left[0] <= 0 and fault is not None:
                raise fault

        class Drawn(Stop):
            def __call__(self, left=left) -> bool:
                left[0] -= 1
                return left[0] <= 0

        with opened(press, address) as desk, monkeypatch.context() as patch:
            if way != "stopped":
                fault = Fault() if way == "killed" else StoreError("the disk is full")
                keep, write = fetches.keep, desk.store.writing
                patch.setattr("marsad.store.fetches.keep", lambda *a, keep=keep, f=fault: (count(f), keep(*a)))

                @contextmanager
                def writing(write=write, f=fault):
                    count(f)
                    with write() as db:
                        yield db

                patch.setattr(desk.store, "writing", writing)
            try:
                desk.round(Drawn() if way == "stopped" else None)
                ended += left[0] <= 0
            except (Fault, StoreError):
                ended += 1
        # The next try comes soon, with half of the feed still there.
        press.clock.sleep(EVERY / 3)
        with opened(press, address) as desk:
            desk.round()
        assert number == press.round
        next_round(press)
    press.round = rounds - 1
    with opened(press, address) as desk:
        for _ in range(5):
            press.clock.sleep(EVERY)
            desk.round()
        found = stored(desk)
    assert ended > rounds / 2
    assert {place: len(versions) for place, versions in found.items()} == expected(press)


@pytest.mark.parametrize("fetchers", [3, 8])
def test_hosts_that_are_asked_side_by_side_give_the_same(press, fetchers):
    for host in ("slow.example", "busy.example", "broken.example", "odd.example"):
        del press.papers[host]
    with opened(press, "sqlite://", fetchers=fetchers) as desk:
        for source in press.feeds():
            desk.follow(source)
        for _ in range(6):
            desk.round()
            next_round(press)
        press.round = 5
        for _ in range(4):
            press.clock.sleep(EVERY)
            desk.round()
        assert {place: len(versions) for place, versions in stored(desk).items()} == expected(press)
        assert all(gap >= DELAY for gap in press.gaps().values())


# --- single things ------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(press):
    with opened(press, "sqlite://") as found:
        yield found


def texts(desk: Desk) -> list[str]:
    with desk.store.reading() as db:
        return list(db.execute(sql("SELECT text FROM article ORDER BY seq")).scalars())


def test_a_page_that_is_wanted_outlives_its_entry_and_its_round(press, desk):
    """Its host fails; by the next round the feed has moved on, and is unchanged after that."""
    desk.follow(Source(id="flaky.example", feed="http://flaky.example/rss.xml"))
    assert desk.round().pages == 1 and texts(desk) == []
    press.papers["flaky.example"].of_feed = lambda round_: Reply(status=500)
    press.clock.sleep(EVERY)
    made = desk.round()
    assert made.pages == 1 and len(texts(desk)) == 1
    with desk.store.reading() as db:
        assert fetches.outstanding(db, 4) == []


def test_what_two_feeds_of_one_site_have_is_kept_once(press, desk):
    paper, other = press.papers["daily.example"], press.papers["full.example"]
    other.link = paper.link  # the same addresses, with all of the text in the feed
    for host in ("daily.example", "full.example"):
        desk.follow(Source(id=host, feed=f"http://{host}/rss.xml"))
    for _ in range(4):
        desk.round()
        next_round(press)
    assert len(texts(desk)) == 4
    with desk.store.reading() as db:
        assert db.execute(sql("SELECT count(*) FROM article WHERE current")).scalar() == 4
        assert db.execute(sql("SELECT count(*) FROM article WHERE replaces IS NOT NULL")).scalar() == 0


def test_a_feed_on_another_host_than_its_site_ticks_and_owns_what_it_leads_to(press, desk):
    press.papers["feeds.example"] = Paper("daily.example")
    desk.follow(Source(id="The Daily", feed="http://feeds.example/rss.xml", country="IRQ"))
    desk.round()
    [source] = desk.sources()
    assert (source.source.id, source.source.country, source.articles) == ("The Daily", "IRQ", 1)
    assert source.source.url == "http://daily.example/" and source.source.name == "daily.example"
    assert source.renewed is not None


def test_a_second_feed_of_a_site_has_clocks_of_its_own(press, desk):
    press.papers["daily.example"].feed = "/sport.xml"
    desk.follow(Source(id="daily.example", feed="http://daily.example/rss.xml"))
    desk.follow(Source(id="daily.example", feed="http://daily.example/sport.xml"))
    desk.round()
    first, second = desk.sources()
    assert (first.succeeded, first.renewed is None) == (None, False)  # an article of the site has come
    assert second.succeeded is not None and second.renewed is not None
    assert first.articles == 1


def test_entries_without_an_address_are_told_by_what_the_feed_calls_them(press, desk):
    press.papers["full.example"].item = lambda n, r, item=press.papers["full.example"].item: item(n, r).replace(
        f"<link href='http://full.example/news/{n}'/>", ""
    )
    desk.follow(Source(id="full.example", feed="http://full.example/rss.xml"))
    for _ in range(9):
        desk.round()
        next_round(press)
    found = stored(desk)
    assert {place: len(versions) for place, versions in found.items()} == dict(
        press.papers["full.example"].published(8)
    )
    assert [one.source.id for one in desk.sources()] == ["full.example"]


def test_a_text_that_comes_back_counts_again(press, desk):
    paper = press.papers["full.example"]
    paper.changed = {0: 1}
    desk.follow(Source(id="full.example", feed="http://full.example/rss.xml"))
    for number in range(3):
        if number == 2:
            paper.changed = {}
        desk.round()
        next_round(press)
    with desk.store.reading() as db:
        rows = db.execute(sql("SELECT text, current FROM article WHERE url LIKE '%/news/0' ORDER BY seq")).all()
    assert [("طبعة 0" in text, bool(current)) for text, current in rows] == [(True, True), (False, False)]


def test_a_page_is_kept_under_the_address_that_it_has_without_marks_of_the_way(press, desk):
    desk.add("http://daily.example/news/0?utm_source=x#top")
    desk.add("http://daily.example/news/0")
    with desk.store.reading() as db:
        urls = list(db.execute(sql("SELECT url FROM article")).scalars())
    assert urls == ["http://daily.example/news/0"]
    assert desk.article("http://daily.example/news/0").id == article_id(
        desk.article("http://daily.example/news/0").text, "http://daily.example/news/0"
    )


def test_a_robots_txt_that_cannot_be_had_for_now_is_no_reason_to_take_the_summary(press, desk):
    paper = press.papers["daily.example"]
    desk.follow(Source(id="daily.example", feed="http://feeds.example/rss.xml"))
    press.papers["feeds.example"] = Paper("daily.example")
    paper.robots = 503
    desk.round()
    assert texts(desk) == []
    paper.robots = 404
    press.clock.sleep(EVERY)
    desk.round()
    [text] = texts(desk)
    assert "موجزة" not in text


# --- addresses that are given -------------------------------------------------------------------------------------


def test_a_feed_that_is_added_is_asked_once_and_followed(press, desk):
    added = desk.add("http://daily.example/rss.xml")
    assert (added.feeds, added.new, added.faults) == (1, 1, 0)
    assert press.asked() == ["/robots.txt", "/rss.xml", "/news/0"]
    next_round(press)
    assert desk.round().added.new == 1
    [source] = desk.sources()
    assert source.source.enabled and source.source.name == "daily.example"


def test_a_feed_that_is_taken_once_is_not_followed_until_it_is_added(press, desk):
    assert desk.add("http://daily.example/rss.xml", follow=False).new == 1
    assert desk.round().asked == 0
    press.clock.sleep(60)
    # It has not changed since; it is followed all the same.
    assert desk.add("http://daily.example/rss.xml").feeds == 1
    assert [one.source.enabled for one in desk.sources()] == [True]
    press.clock.sleep(60)
    # Taking it once more is no reason to leave it.
    assert desk.add("http://daily.example/rss.xml", follow=False).feeds == 0
    assert [one.source.enabled for one in desk.sources()] == [True]


def test_a_page_that_is_added_twice_is_known(press, desk):
    from marsad.store.articles import Kept

    press.papers["daily.example"].of_page = lambda n, r, page=press.papers["daily.example"].of_page: Reply(
        page(n, r).body, headers={"ETag": '"1"'}
    )
    assert desk.add("http://daily.example/news/0").kept == {Kept.NEW: 1}
    assert desk.add("http://daily.example/news/0").kept == {Kept.KNOWN: 1}


def test_what_cannot_be_had_is_told_and_the_rest_is_kept(press, desk, tmp_path):
    (tmp_path / "a.txt").write_text("زار الوزير بغداد.")
    added = desk.add(
        "http://broken.example/x", str(tmp_path / "a.txt"), "http://10.0.0.1/", "http://daily.example/news/0"
    )
    assert added.new == 2
    assert [one.code for one in added.skipped] == ["address", "fetch"]


def test_the_feeds_of_a_list_are_followed(press, desk, tmp_path):
    (tmp_path / "mine.xml").write_text(
        '<?xml version="1.0"?><opml version="2.0"><body><outline text="D" xmlUrl="http://daily.example/rss.xml"/>'
        '<outline text="B" xmlUrl="http://broken.example/none.xml"/><outline text="none" xmlUrl="x:y"/></body></opml>'
    )
    added = desk.add(str(tmp_path / "mine.xml"))
    assert (added.feeds, added.new) == (2, 1)
    assert [one.code for one in added.skipped] == ["format"]
    assert [one.source.name for one in desk.sources()] == ["D", "B"]
    missing = desk.add(str(tmp_path / "no.opml"))
    assert [one.code for one in missing.skipped] == ["not-found"]


def test_beside_a_round_addresses_are_refused_and_files_are_kept(press, tmp_path):
    (tmp_path / "a.txt").write_text("زار الوزير بغداد.")
    address = str(tmp_path / "a.db")
    with opened(press, address) as desk, opened(press, address) as other, other.store.alone("round"):
        added = desk.add(str(tmp_path / "a.txt"), "http://daily.example/rss.xml")
    assert added.new == 1 and [one.code for one in added.skipped] == ["busy"]
    assert press.seen == []
