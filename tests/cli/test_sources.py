import json

import pytest
from click.testing import CliRunner
from loopback import Clock, Site

from marsad.cli import cli

pytestmark = pytest.mark.usefixtures("folder")

FEED = "https://news.example/rss.xml"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(*arguments: str):
    return CliRunner().invoke(cli, list(arguments))


def run(*arguments: str):
    return call("sources", *arguments)


def known(*arguments: str) -> list[dict]:
    result = run("--json", *arguments)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_feed_is_followed_with_what_is_said_of_it():
    result = run(
        "add", FEED, "--name", "أخبار", "--country", "العراق", "--kind", "state", "--owner", "IRQ.GOV",
        "--zone", "Asia/Baghdad",
    )  # fmt: skip
    assert (result.exit_code, result.output) == (0, "news.example: followed from now on\n")
    assert known() == [
        {
            "id": "news.example", "name": "أخبار", "country": "IRQ", "kind": "state", "owner": "IRQ.GOV",
            "zone": "Asia/Baghdad", "url": None, "feed": FEED, "followed": True, "articles": 0,
            "last_success": None, "last_new": None, "error": None,
        }
    ]  # fmt: skip


def test_more_can_be_said_later_by_feed_or_by_name_and_the_rest_stays():
    run("add", FEED, "--name", "News")
    assert run("add", FEED, "--country", "IRQ").output == "news.example: brought up to date\n"
    assert run("add", "news.example", "--kind", "paper").output == "news.example: brought up to date\n"
    [source] = known()
    assert (source["name"], source["country"], source["kind"]) == ("News", "IRQ", "paper")


def test_a_source_without_a_feed_can_be_told_of(folder):
    (folder / "a.jsonl").write_text('{"text": "زار الوزير بغداد.", "url": "https://paper.example/1"}')
    call("add", "a.jsonl")
    assert run("add", "paper.example", "--country", "IRQ").output == "paper.example: brought up to date\n"
    [source] = known()
    assert (source["country"], source["followed"], source["articles"]) == ("IRQ", False, 1)
    assert run("add", "https://paper.example/feed").output == "paper.example: followed from now on\n"
    assert [one["followed"] for one in known()] == [True]


def test_a_second_feed_of_a_site_has_a_name_of_its_own():
    run("add", FEED)
    second = "https://news.example/sport.xml"
    assert run("add", second).output == f"news.example {second}: followed from now on\n"
    assert [one["feed"] for one in known()] == [FEED, second]


def test_what_is_disabled_is_not_followed_and_stays():
    run("add", FEED)
    assert run("disable", "news.example").output == "news.example: followed no longer\n"
    assert [one["followed"] for one in known()] == [False]
    assert run("enable", FEED).output == "news.example: followed\n"
    assert [one["followed"] for one in known()] == [True]
    run("disable", FEED)
    assert run("add", FEED).output == "news.example: followed from now on\n"


def test_a_list_goes_out_as_it_came_in(folder):
    (folder / "in.opml").write_text(
        '<opml version="2.0"><body><outline text="A" xmlUrl="https://a.example/rss" htmlUrl="https://a.example/"/>'
        '<outline text="B"><outline text="C" xmlUrl="https://c.example/rss"/></outline>'
        '<outline text="D" xmlUrl="ftp://d.example/rss"/></body></opml>'
    )
    result = run("import", "in.opml")
    assert (result.exit_code, result.stdout) == (0, "marsad.db: feeds followed: 2\n")
    assert "'ftp://d.example/rss' is no address of the web" in result.stderr
    exported = run("export").stdout
    assert exported.endswith("</opml>\n") and not exported.endswith("\n\n")
    (folder / "out.opml").write_text(exported)
    assert run("import", "out.opml", "--store", "other.db").stdout == "other.db: feeds followed: 2\n"
    assert [(one["name"], one["url"], one["feed"]) for one in known("--store", "other.db")] == [
        ("A", "https://a.example/", "https://a.example/rss"),
        ("C", None, "https://c.example/rss"),
    ]


def test_the_store_may_be_named_before_or_behind():
    assert run("add", FEED, "--store", "one.db").exit_code == 0
    assert run("--store", "one.db", "disable", FEED).exit_code == 0
    assert run("enable", FEED, "--store", "one.db").exit_code == 0
    assert len(known("--store", "one.db")) == 1


def test_people_get_a_table_with_both_clocks(folder, monkeypatch):
    with Site(Clock()) as site:
        monkeypatch.setattr("marsad.read.web.fetcher.World", site.world)
        call("add", "http://news.example/rss.xml", "http://bad.example/news/1")
        run("add", "http://bad.example/status/500")
        call("run")
    head, *rows = run().stdout.splitlines()
    second, first = sorted(rows)
    assert head.split() == ["SOURCE", "COUNTRY", "FOLLOWED", "ARTICLES", "LAST", "ANSWER", "LAST", "NEW", "FAULT"]
    assert first.split()[:4] == ["news.example", "–", "yes", "2"] and first.count(":") == 2
    assert second.split()[:4] == ["bad.example", "–", "yes", "1"]
    assert "the site answers with status 500" in second


def test_without_a_source_it_says_so():
    call("add", "-")
    assert run().output == "no source yet\n"


@pytest.mark.parametrize(
    ("arguments", "says", "status"),
    [
        (["add", "https://"], "is no address of a feed", 2),
        (["add", "ftp://a.example/rss"], "is no address of a feed", 2),
        (["add", FEED, "--zone", "Mars/Base"], "is no time zone", 2),
        (["add", FEED, "--zone", "../../etc/passwd"], "is no time zone", 2),
        (["add", FEED, "--country", "Atlantis"], "is no country", 2),
        (["add", "nobody"], "no source 'nobody'", 3),
        (["disable", "news"], "did you mean news.example?", 3),
        (["import", "missing.opml"], "no such file", 3),
        (["import", "text.opml"], "", 3),
        (["--store", "missing.db"], "no such store", 4),
        (["disable", "x", "--store", "missing.db"], "no such store", 4),
    ],
)
def test_what_is_wrong_is_told(folder, arguments, says, status):
    run("add", FEED)
    (folder / "text.opml").write_text("no list")
    result = run(*arguments)
    assert result.exit_code == status and says in " ".join(result.stderr.split())
