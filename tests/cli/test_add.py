import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from loopback import Clock, Site

from marsad.cli import cli

pytestmark = pytest.mark.usefixtures("fake_coder", "folder")

TESTS = Path(__file__).parents[1]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text("زارت روسيا العراق اليوم.", encoding="utf-8")
    (news / "b.txt").write_text("Iran attacked Iraq today.", encoding="utf-8")
    return tmp_path


@pytest.fixture
def site(monkeypatch):
    """The command line's network is the loopback site."""
    with Site(Clock()) as found:
        monkeypatch.setattr("marsad.read.web.fetcher.World", found.world)
        yield found


def run(*arguments: str, stdin: str | None = None):
    return CliRunner().invoke(cli, ["add", *arguments], input=stdin)


def added(*arguments: str, stdin: str | None = None, exit_code: int = 0) -> dict[str, int]:
    """The counts that are not nothing."""
    result = run("--json", *arguments, stdin=stdin)
    assert result.exit_code == exit_code, result.output
    made = json.loads(result.stdout)
    assert made.pop("store") == "marsad.db"
    return {name: count for name, count in made.items() if count}


def lines(count: int) -> str:
    return "".join(f'{{"id": "n{n}", "text": "الخبر رقم {n}. زارت روسيا العراق."}}\n' for n in range(count))


def count(folder: Path, what: str = "*") -> int:
    with sqlite3.connect(folder / "marsad.db") as db:
        return db.execute(f"SELECT count({what}) FROM article").fetchone()[0]


# --- what is kept -------------------------------------------------------------------------------------------------


def test_a_folder_a_file_and_the_standard_input_are_kept_once(folder):
    assert added("news") == {"new": 2}
    assert added("news", "news/a.txt") == {"known": 3}
    assert added("-", stdin=lines(3)) == {"new": 3}
    (folder / "same.jsonl").write_text(lines(3), encoding="utf-8")
    assert added("same.jsonl") == {"known": 3}
    assert count(folder) == 5


def test_people_get_a_line_of_counts():
    assert run("news").output == "marsad.db: new: 2\n"
    assert run("news").output == "marsad.db: known: 2\n"


def test_a_changed_file_is_a_version_and_one_that_is_as_it_was_counts_again(folder):
    added("news")
    file = folder / "news" / "a.txt"
    before = file.read_text(encoding="utf-8")
    file.write_text("زارت روسيا العراق أمس.", encoding="utf-8")
    assert added("news") == {"version": 1, "known": 1}
    file.write_text(before, encoding="utf-8")
    assert added("news/a.txt") == {"again": 1}
    assert added("news/a.txt") == {"known": 1}
    with sqlite3.connect(folder / "marsad.db") as db:
        assert db.execute("SELECT current FROM article ORDER BY seq").fetchall() == [(1,), (1,), (0,)]


def test_a_file_is_the_same_by_whatever_path(folder, monkeypatch):
    added("news/a.txt")
    (folder / "news" / "a.txt").write_text("زارت روسيا العراق أمس.", encoding="utf-8")
    assert added(str(folder / "news" / "a.txt")) == {"version": 1}
    (folder / "news" / "a.txt").write_text("زارت روسيا العراق غدا.", encoding="utf-8")
    assert added(".") == {"version": 1, "new": 1}


def test_a_file_of_another_ending_is_the_article_of_its_file_where_the_format_is_given(folder):
    (folder / "a.story").write_text("زارت روسيا العراق.", encoding="utf-8")
    assert added("a.story", "--format", "text") == {"new": 1}
    (folder / "a.story").write_text("زارت روسيا العراق أمس.", encoding="utf-8")
    assert added("a.story", "--format", "text") == {"version": 1}


@pytest.mark.parametrize("name", ["news/a.txt", "x" * 5_000, "a\0b", "/root/secret/file.txt", "../" * 2_000])
def test_an_id_of_an_object_is_no_file_whatever_it_looks_like(name):
    objects = "".join(json.dumps({"id": name, "text": f"الخبر {n}."}) + "\n" for n in range(2))
    assert added("-", stdin=objects) == {"new": 2}
    assert added("-", stdin=objects) == {"known": 2}


def test_entries_of_a_feed_in_a_file_are_articles_of_their_own(folder):
    items = "".join(f"<item><description>الخبر رقم {n}: زار الوزير بغداد.</description></item>" for n in range(3))
    (folder / "feed.xml").write_text(f"<rss version='2.0'><channel><title>F</title>{items}</channel></rss>")
    assert added("feed.xml") == {"new": 3}


def test_what_cannot_be_read_is_told_and_the_rest_is_kept():
    result = run("missing.txt", "news")
    assert (result.exit_code, result.stdout) == (0, "marsad.db: new: 2 · skipped: 1\n")
    assert result.stderr == "marsad: missing.txt: no such file. check the name; - is standard input\n"


def test_of_many_faults_the_first_are_told():
    result = run("-", stdin='{"id": "1", "text": "a b"}\n' + "{broken\n" * 30)
    assert result.stdout == "marsad.db: new: 1 · skipped: 30\n"
    assert len(result.stderr.splitlines()) == 21
    assert result.stderr.splitlines()[-1] == "marsad: and 10 more could not be read"


@pytest.mark.parametrize(("paths", "status"), [(["missing.txt"], 3), (["missing.opml"], 3), (["http://10.0.0.1/"], 5)])
def test_where_nothing_can_be_read_the_status_says_why(paths, status):
    assert added(*paths, exit_code=status) == {"skipped": 1}


def test_strict_language_leaves_out_what_is_neither_arabic_nor_english(folder):
    (folder / "c.txt").write_text("Le ministre est arrivé hier soir dans la capitale pour une visite.", "utf-8")
    assert added("c.txt", "news", "--strict-language") == {"new": 2, "skipped": 1}


def test_with_code_it_is_coded_too():
    result = run("news", "--code")
    assert result.output == "marsad.db: new: 2\nmarsad.db: coded: 2 · grouped: 2\n"


# --- the web ------------------------------------------------------------------------------------------------------


def test_a_feed_is_followed_and_a_page_is_kept(site):
    result = run("http://news.example/rss.xml", "http://other.example/news/7")
    assert (result.exit_code, result.stdout) == (0, "marsad.db: feeds followed: 1 · new: 3\n")
    assert run("http://news.example/rss.xml").stdout == "marsad.db: feeds followed: 1\n"


def test_a_feed_that_is_taken_once_is_not_followed(site):
    assert run("--once", "http://news.example/rss.xml").stdout == "marsad.db: new: 2\n"
    assert "no feed is followed" in CliRunner().invoke(cli, ["run"]).stderr


def test_a_host_that_cannot_be_had_is_told(site):
    result = run("http://news.example/status/500")
    assert result.exit_code == 5 and "status 500" in result.stderr


def test_copies_are_kept_if_they_are_asked_for(site, folder):
    run("--archive", "copies", "http://news.example/news/1")
    assert list((folder / "copies").glob("*.warc*"))


# --- in the middle ------------------------------------------------------------------------------------------------


def process(folder: Path, *arguments: str, **options) -> subprocess.Popen:
    code = f"import sys; sys.path.insert(0, {str(TESTS)!r}); import world; world.main()"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MARSAD_")}
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        **options,
    )  # fmt: skip


def half_added(folder: Path) -> subprocess.Popen:
    """A process that has kept some of six hundred articles, and waits for more."""
    adding = process(folder, "add", "-")
    adding.stdin.write(lines(600))
    adding.stdin.flush()
    until = time.monotonic() + 180
    while time.monotonic() < until:
        try:
            if count(folder):
                return adding
        except sqlite3.OperationalError:
            pass
        time.sleep(0.05)
    raise AssertionError("nothing was kept")


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_keeps_what_was_read(folder):
    adding = half_added(folder)
    adding.send_signal(signal.SIGINT)
    out, err = adding.communicate(timeout=120)
    assert (adding.returncode, out) == (130, "")
    kept = count(folder)
    assert err.splitlines() == [f"marsad: kept so far: new: {kept}", "marsad: interrupted"]
    assert added("-", stdin=lines(700)) == {"known": kept, "new": 700 - kept}


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_killed_in_the_middle_it_goes_on_where_it_stood(folder):
    adding = half_added(folder)
    adding.kill()
    adding.communicate(timeout=120)
    kept = count(folder)
    assert 0 < kept <= 600
    assert added("-", stdin=lines(700)) == {"known": kept, "new": 700 - kept}


def test_two_at_once_share_the_store(folder):
    (folder / "many.jsonl").write_text(lines(1_200), encoding="utf-8")
    both = [process(folder, "add", "--json", "many.jsonl") for _ in range(2)]
    made = [json.loads(one.communicate(timeout=180)[0]) for one in both]
    assert [one.returncode for one in both] == [0, 0]
    assert sum(one["new"] for one in made) == sum(one["known"] for one in made) == 1_200
    assert count(folder) == count(folder, "DISTINCT id") == 1_200


def test_a_store_that_cannot_be_used_is_told(folder):
    (folder / "text.db").write_text("no database at all, but some words that are long enough to be looked at" * 20)
    result = run("news", "--store", "text.db")
    assert result.exit_code == 4 and result.stderr.startswith("marsad: text.db: is damaged or no store")
    result = run("news", "--store", "no/such/folder/a.db")
    assert result.exit_code == 4 and "cannot be opened" in result.stderr
