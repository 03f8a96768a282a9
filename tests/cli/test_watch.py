"""The commands over watches and alerts."""

import json

import pytest
from click.testing import CliRunner
from watching import DAY, Act, Days, article, watch

from marsad.cli import cli


@pytest.fixture
def store(tmp_path):
    path = str(tmp_path / "news.db")
    with Days(path) as days:
        days.desk.watch(watch(id="visits", near="IRQ", counterpart="RUS"))
        days.read(article(1, "لافروف في بغداد\n\nزار لافروف بغداد وبحث النفط."), Act())
    return path


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(cli, words)
    assert result.exit_code == code, result.output
    return result.output


def test_a_watch_is_added_listed_muted_and_removed(store):
    told = run("watch", "add", "Arms: Iraq", "--pair", "العراق", "RUS", "--sanctioner", "USA", "--on", "rung",
               "--ladder", "L", "--level", "3", "--quiet", "22:00-07:00", "--zone", "Asia/Baghdad",
               "--store", store)  # fmt: skip
    assert told == "arms-iraq: rung, IRQ RUS USA; from L3\n"
    rows = [json.loads(line) for line in run("watch", "--store", store, "list", "--json").splitlines()]
    assert [(one["id"], one["query"]["level"]) for one in rows] == [("arms-iraq", 3), ("visits", None)]
    assert rows[0]["quiet"] == ["22:00:00", "07:00:00"]
    assert "muted until" in run("watch", "mute", "arms-iraq", "--until", "3d", "--store", store)
    assert "muted until" in run("watch", "--store", store)
    run("watch", "remove", "arms-iraq", "--store", store)
    assert "arms-iraq" not in run("watch", "list", "--store", store)


def test_a_name_does_not_change_another_watch_and_the_same_watch_is_added_once(store):
    first = ("watch", "add", "Denials", "--party", "IRQ", "--on", "denial", "--store", store)
    assert run(*first) == run(*first)
    other = run("watch", "add", "Denials", "--party", "RUS", "--on", "denial", "--store", store, code=2)
    assert "--id denials changes that one" in other
    rows = [json.loads(line) for line in run("watch", "list", "--json", "--store", store).splitlines()]
    assert [(one["id"], one["query"]["parties"]) for one in rows] == [("denials", ["IRQ"]), ("visits", [])]
    assert "RUS" in run(
        "watch", "add", "Denials", "--id", "denials", "--party", "RUS", "--on", "denial", "--store", store
    )


@pytest.mark.parametrize(
    "channel", ["ftp:x", "webhook:http://127.0.0.1:1/", "file:../../x.jsonl", "mail:desk", "mail:desk@example.org"]
)
def test_a_watch_whose_alerts_can_never_be_sent_is_not_added(store, channel):
    result = CliRunner().invoke(cli, ["watch", "add", "X", "--on", "event", "--to", channel, "--store", store])
    assert result.exit_code, result.output
    assert [json.loads(line)["id"] for line in run("watch", "list", "--json", "--store", store).splitlines()] == [
        "visits"
    ]


def test_a_source_is_asked_for_by_its_name_and_one_that_is_not_known_is_told(store):
    assert "nowhere" in run("watch", "add", "X", "--on", "event", "--source", "nowhere", "--store", store, code=2)


@pytest.mark.parametrize(
    "words",
    [
        ("add", "x", "--pair", "IRQ", "RUS"),
        ("add", "x", "--on", "event", "--quiet", "late"),
        ("add", "x", "--on", "event", "--pair", "IRQ", "RUS", "--side", "IRQ"),
        ("add", "x", "--on", "change"),
        ("mute", "visits"),
        ("mute", "visits", "--until", "2001-01-01"),
    ],
)
def test_wrong_usage_ends_in_two(store, words):
    run("watch", *words, "--store", store, code=2)


def test_alerts_are_shown_and_seen(store):
    (row,) = [json.loads(line) for line in run("alerts", "--store", store, "--json").splitlines()]
    assert row["because"][0]["quotation"].startswith("زار لافروف")
    assert row["said"]["ar"].startswith("وزارة الخارجية في روسيا تجاه العراق: تشاور (زيارة)، أمر واقع")
    assert "Russia's foreign ministry" in run("alerts", "--store", store, "--new")
    assert run("alerts", "--store", store, "--csv").startswith("id,watch,trigger")
    assert run("alerts", "--store", store, "--ack", row["id"][:6], "--name", "Layla") == "1 seen by Layla\n"
    assert run("alerts", "--store", store, "--new", "--json") == ""
    assert run("alerts", "--store", store, "--since", str(DAY.year + 1), "--json") == ""


def test_a_watch_is_tested_without_keeping_anything(store):
    run("watch", "test", "visits", "--store", store, "--days", "3000", "--json")
    run("watch", "test", "--pair", "IRQ", "TUR", "--on", "event", "--store", store)
    assert len(run("watch", "--store", store, "--json").splitlines()) == 1
