import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from loopback import Clock, Reply, Site

from marsad.cli import cli
from marsad.cli.run import Duration
from marsad.desk import Desk
from marsad.errors import StoreError
from marsad.store import Store

pytestmark = pytest.mark.usefixtures("fake_coder", "folder")

TESTS = Path(__file__).parents[1]
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def site(monkeypatch):
    """The command line's network is the loopback site."""
    with Site(Clock()) as found:
        monkeypatch.setattr("marsad.read.web.fetcher.World", found.world)
        monkeypatch.setattr("marsad.desk.stop.time.sleep", found.clock.sleep)
        yield found


def call(*arguments: str):
    return CliRunner().invoke(cli, list(arguments))


def run(*arguments: str):
    return call("run", *arguments)


def follow(*feeds: str) -> None:
    for feed in feeds:
        assert call("sources", "add", feed).exit_code == 0


def told(result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_round_fetches_adds_codes_and_groups(site):
    follow("http://news.example/rss.xml")
    result = run()
    assert (result.exit_code, result.stderr) == (0, "")
    [line] = told(result)
    assert line.pop("at") and line.pop("seconds") >= 0
    none = {"coded": 0, "grouped": 0, "watched": 0}
    assert line == {
        "feeds": 1, "answered": 1, "unchanged": 0, "pages": 2, "new": 2, "version": 0, "older": 0, "again": 0,
        "known": 0, "forgotten": 0, "skipped": 0, "faults": 0, "first_faults": [], "coded": 2, "grouped": 2,
        "failed": none, "waiting": none, "watched": 0, "sent": 0, "unsent": 0,
    }  # fmt: skip
    assert told(run())[0]["unchanged"] == 1


def test_rounds_begin_as_often_as_is_asked(site):
    follow("http://news.example/rss.xml")
    result = run("--every", "1h", "--rounds", "3")
    assert result.exit_code == 0
    assert [line["new"] for line in told(result)] == [2, 0, 0]


def test_faults_are_told_and_the_rest_goes_on(site):
    follow("http://news.example/rss.xml", "http://bad.example/status/500", "http://odd.example/news/1")
    result = run()
    [line] = told(result)
    assert (result.exit_code, line["answered"], line["faults"], line["new"]) == (0, 1, 2, 2)
    # Hosts are asked side by side: whichever answers first stands first.
    assert {one["url"]: one["code"] for one in line["first_faults"]} == {
        "http://bad.example/status/500": "fetch",
        "http://odd.example/news/1": "format",
    }


def test_where_no_feed_answers_the_status_says_so(site, folder):
    follow("http://bad.example/status/500")
    result = run("--health", "health.json")
    assert (result.exit_code, result.stderr) == (
        5, "marsad: marsad.db: no feed answered. check the network, and the feeds\n"
    )  # fmt: skip
    [line] = told(result)
    assert line["error"]["code"] == "fetch"
    health = json.loads((folder / "health.json").read_text())
    assert (health["ok"], health["every"], health["error"]["code"]) == (False, None, "fetch")


def test_nothing_to_follow_is_told(folder):
    assert run().exit_code == 4
    (folder / "a.txt").write_text("زار الوزير بغداد.")
    call("add", "a.txt")
    result = run()
    assert (result.exit_code, result.stderr) == (
        3, "marsad: marsad.db: no feed is followed. add one: marsad add FEED\n"
    )  # fmt: skip


def test_a_store_that_fails_in_one_round_does_not_end_the_others(site, folder, monkeypatch):
    follow("http://news.example/rss.xml")
    rounds = []
    real = Desk.round

    def failing(desk, stop=None):
        rounds.append(desk)
        if len(rounds) == 2:
            raise StoreError("the disk is full", where="marsad.db", do="make room")
        return real(desk, stop)

    monkeypatch.setattr(Desk, "round", failing)
    result = run("--every", "15m", "--rounds", "3")
    lines = told(result)
    assert result.exit_code == 0 and len(lines) == 3
    assert lines[1]["error"] == {"code": "store", "message": "marsad.db: the disk is full. make room"}
    # The status is that of the last.
    rounds.clear()
    assert run("--every", "15m", "--rounds", "2").exit_code == 4


def test_a_round_waits_for_another_command_that_fetches(site, monkeypatch):
    follow("http://news.example/rss.xml")
    real, tries = Desk.round, []

    def busy(desk, stop=None):
        tries.append(stop)
        if len(tries) < 5:
            with Store("marsad.db") as other, other.alone("round"):
                return real(desk, stop)
        return real(desk, stop)

    monkeypatch.setattr(Desk, "round", busy)
    assert told(run())[0]["new"] == 2 and len(tries) == 5
    with Store("marsad.db") as other, other.alone("round"):
        tries.extend(range(5))
        result = run()
    assert result.exit_code == 4 and told(result)[0]["error"]["code"] == "busy"


def test_a_health_file_that_cannot_be_written_is_told_at_once_and_later_is_no_end(site, folder, monkeypatch):
    follow("http://news.example/rss.xml")
    result = run("--health", "no/folder/health.json")
    assert result.exit_code == 1 and "health.json: cannot be written" in result.stderr
    (folder / "at").mkdir()
    real = Desk.round

    def gone(desk, stop=None):
        if (folder / "at" / "health.json").exists():
            (folder / "at" / "health.json").unlink()
            (folder / "at").rmdir()
        return real(desk, stop)

    monkeypatch.setattr(Desk, "round", gone)
    result = run("--every", "1m", "--rounds", "2", "--health", "at/health.json")
    assert result.exit_code == 0 and len(told(result)) == 2
    assert "at/health.json: cannot be written" in result.stderr


def test_a_second_one_is_refused_and_beside_one_that_codes_it_fetches(site):
    follow("http://news.example/rss.xml")
    with Store("marsad.db") as store:
        with store.alone("run"):
            result = run()
            assert result.exit_code == 4 and "another command is at work on it (run)" in result.stderr
        with store.alone("code"):
            [line] = told(run())
            assert line["new"] == 2 and line["busy"] == "another command codes"
    assert told(run())[0]["coded"] == 2


@pytest.mark.parametrize(("given", "seconds"), [("90", 90), ("90s", 90), ("1.5m", 90), ("6h", 21_600), ("1d", 86_400)])
def test_times(given, seconds):
    assert Duration().convert(given, None, None) == seconds


@pytest.mark.parametrize("given", ["", "0", "-1m", "15 m", "m", "1w", "1e9"])
def test_what_is_no_time_is_wrong_usage(given):
    result = run("--every", given)
    assert result.exit_code == 2 and "is no time" in result.stderr


# --- signals ------------------------------------------------------------------------------------------------------


@contextmanager
def running(folder: Path, *arguments: str, **settings: str):
    """`marsad run` in a process of its own, which is ended at the end."""
    code = f"import sys; sys.path.insert(0, {str(TESTS)!r}); import world; world.main()"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MARSAD_")}
    environment |= {"MARSAD_PRIVATE": "1", **settings}
    process = subprocess.Popen(
        [sys.executable, "-c", code, "run", *arguments],
        cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_for(condition) -> None:
    until = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


def ended(process: subprocess.Popen, number: int) -> tuple[list[dict], float]:
    """What it told, and how long it took to end once it got the signal."""
    process.send_signal(number)
    began = time.monotonic()
    out, err = process.communicate(timeout=120)
    assert (process.returncode, err) == (0, "")
    return [json.loads(line) for line in out.splitlines()], time.monotonic() - began


@pytest.fixture
def here():
    """A site with the real clock at an address of this machine, whose feed has one entry."""
    with Site() as site:
        at = f"http://127.0.0.1:{site.port}"
        entry = f"<item><title>خبر</title><link>{at}/news/1</link><description>زار الوزير بغداد.</description></item>"
        feed = f"<rss version='2.0'><channel><title>n</title>{entry}</channel></rss>".encode()
        site.routes["/feed.xml"] = lambda *_: Reply(feed, kind="application/rss+xml")
        yield site


@posix
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_between_two_rounds_a_signal_ends_it_at_once(folder, here, number):
    follow(f"http://127.0.0.1:{here.port}/feed.xml")
    with running(folder, "--every", "1h", "--health", "health.json", MARSAD_DELAY="0") as process:
        wait_for((folder / "health.json").exists)
        lines, seconds = ended(process, number)
    assert [line["coded"] for line in lines] == [1] and "stopped" not in lines[0]
    assert seconds < 60


@posix
@pytest.mark.parametrize(("delay", "path"), [("600", "/feed.xml"), ("0", "/silent")])
def test_while_it_waits_for_a_host_a_signal_ends_it_at_once(folder, here, delay, path):
    """It waits for its turn after robots.txt, or for an answer that does not come."""
    follow(f"http://127.0.0.1:{here.port}{path}")
    with running(folder, "--every", "1h", MARSAD_DELAY=delay) as process:
        wait_for(lambda: here.asked()[-1:] == ["/robots.txt" if delay == "600" else path])
        time.sleep(0.2)
        [line], seconds = ended(process, signal.SIGTERM)
    assert line["stopped"] is True and (line["answered"], line["faults"]) == (0, 0)
    assert seconds < 60
    # What was given up counts as no failure of the host.
    [source] = json.loads(f"[{call('sources', '--json').stdout}]")
    assert source["error"] is None
