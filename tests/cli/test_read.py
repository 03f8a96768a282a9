import json

import pytest
import world
from click.testing import CliRunner

from marsad.cli import cli

pytestmark = pytest.mark.usefixtures("fake_coder", "folder")

ARTICLES = [
    {"id": "a", "text": "زارت روسيا العراق اليوم."},
    {"id": "b", "text": "Iran attacked Iraq today."},
    {"id": "c", "text": "ستدعم واشنطن العراق غدا. لم يقل إن روسيا هاجمت إيران."},
]
LINES = "".join(json.dumps(article) + "\n" for article in ARTICLES)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news.jsonl").write_text(LINES, encoding="utf-8")
    return tmp_path


def run(*arguments: str, stdin: str | bytes | None = None, env: dict[str, str] | None = None):
    return CliRunner().invoke(cli, ["read", *arguments], input=stdin, env=env)


def rows(*arguments: str, **options) -> list[dict]:
    result = run("--json", *arguments, **options)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return [json.loads(line) for line in result.stdout.splitlines()]


def types(made: list[dict]) -> list[list[str]]:
    return [[event["type"] for event in row["events"]] for row in made]


def test_json_lines_in_json_lines_out_in_order():
    made = rows("-", stdin=LINES)
    assert [row["id"] for row in made] == ["a", "b", "c"]
    assert types(made) == [["CONSULT"], ["ASSAULT"], ["AID", "ASSAULT"]]
    assert made == rows("news.jsonl")


def test_a_broken_line_gives_an_error_object_in_its_place_and_no_failure():
    made = rows("-", stdin='{"id": "1", "text": "a b"}\n{"id": 2\n{"id": "3", "text": "c d"}\n')
    assert [row.get("error", {}).get("code") for row in made] == [None, "format", None]
    assert made[1]["line"] == 2


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (["--min-score", "0.8"], [["CONSULT"], ["ASSAULT"], []]),
        (["--type", "assault"], [[], ["ASSAULT"], ["ASSAULT"]]),
        (["--type", "AID", "--type", "CONSULT"], [["CONSULT"], [], ["AID"]]),
        (["--status", "DENIED", "--status", "planned"], [[], [], ["AID", "ASSAULT"]]),
        (["--country", "irn"], [[], ["ASSAULT"], ["ASSAULT"]]),
        (["--country", "روسيا"], [["CONSULT"], [], ["ASSAULT"]]),
        (["--country", "Iraq", "--status", "ACTUAL"], [["CONSULT"], ["ASSAULT"], []]),
        (["--language", "en"], [["ASSAULT"]]),
        (["--limit", "2"], [["CONSULT"], ["ASSAULT"]]),
        (["--language", "ar", "--limit", "1"], [["CONSULT"]]),
    ],
)
def test_filters(filters, expected):
    assert types(rows("news.jsonl", *filters)) == expected


def test_a_filter_may_stand_in_the_settings(folder):
    (folder / "marsad.toml").write_text("min_score = 0.85\n")
    assert types(rows("news.jsonl")) == [["CONSULT"], [], []]
    assert types(rows("news.jsonl", "--min-score", "0")) == [["CONSULT"], ["ASSAULT"], ["AID", "ASSAULT"]]


def test_a_country_that_does_not_exist_is_told():
    result = run("news.jsonl", "--country", "Atlantis")
    assert result.exit_code == 3
    assert result.stderr.startswith("marsad: no country 'Atlantis'")


def test_the_table_is_what_people_get():
    result = run("news.jsonl")
    assert result.exit_code == 0 and result.stderr == ""
    assert "● actual     CONSULT · visit" in result.output
    assert "[زارت]¹ روسيا العراق" in result.output
    assert "● واقع" in run("news.jsonl", "--lang", "ar").output
    assert "● واقع" in run("news.jsonl", env={"MARSAD_LANG": "ar"}).output


def test_a_page_is_written_and_nothing_printed(folder):
    result = run("news.jsonl", "--html", "page.html", "--lang", "ar")
    assert (result.exit_code, result.output) == (0, "")
    page = (folder / "page.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>") and page.count('<article class="piece"') == 3
    assert '<html lang="ar" dir="rtl">' in page


def test_a_page_and_lines_at_once(folder):
    assert len(rows("news.jsonl", "--html", "page.html")) == 3
    assert (folder / "page.html").exists()
    assert run("news.jsonl", "--html", "-").output.startswith("<!doctype html>")
    both = run("news.jsonl", "--html", "-", "--json")
    assert both.exit_code == 2 and "standard output" in both.stderr


def test_what_cannot_be_read_is_told_and_the_rest_is_read(folder):
    result = run("missing.txt", "news.jsonl", "--type", "AID")
    assert result.exit_code == 3
    assert result.stderr == "marsad: missing.txt: no such file. check the name; - is standard input\n"
    assert "PLANNED" not in result.stderr and "◐ planned" in result.stdout
    made = run("--json", "missing.txt", "news.jsonl")
    assert made.exit_code == 3 and made.stderr == ""
    assert [json.loads(line)["id"] for line in made.stdout.splitlines()] == ["missing.txt", "a", "b", "c"]


@pytest.mark.parametrize("stdin", ["", " \n", b"\xff\xfe\x00", '{"id": 1}\n'])
def test_nothing_that_could_be_read_is_a_failure(stdin):
    result = run("-", stdin=stdin)
    assert result.exit_code == 3
    assert result.stderr.count("\n") == 1


def test_strict_language():
    line = '{"id": "r", "text": "Президент прибыл сегодня утром в столицу.", "language": "ru"}\n'
    assert rows("-", stdin=line)[0]["measured"] is False
    result = run("--json", "-", "--strict-language", stdin=line + LINES)
    assert result.exit_code == 0
    refused = json.loads(result.stdout.splitlines()[0])
    assert (refused["id"], refused["line"], refused["error"]["code"]) == ("r", 1, "language")


def test_format_forces():
    assert rows("-", "--format", "text", stdin=LINES)[0]["sentences"] == [[0, len(LINES)]]
    assert run("-", "--format", "docx", stdin=LINES).exit_code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--min-score", "2", "-"],
        ["--threads", "0", "-"],
        ["--lang", "fr", "-"],
        ["--type", "WAR", "-"],
        ["--limit", "0", "-"],
    ],
)
def test_wrong_usage(arguments):
    result = run(*arguments, stdin=LINES)
    assert result.exit_code == 2


def test_a_folder_of_mixed_files(folder):
    (folder / "a.txt").write_text("زارت روسيا العراق.", encoding="utf-8")
    (folder / "b.html").write_text("<h1>عنوان</h1><p>هاجمت إيران العراق.</p>", encoding="utf-8")
    (folder / "c.md").write_bytes(b"\xff\xff")
    (folder / "d.png").write_bytes(b"\x89PNG")
    result = run("--json", str(folder))
    made = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row.get("error", {}).get("code") for row in made] == [None, None, "encoding", None, None, None]
    assert result.exit_code == 3


def test_threads_and_processes_reach_the_coder(monkeypatch):
    seen = []
    monkeypatch.setattr("marsad.coder.load", lambda settings: seen.append(settings) or world.Coder())
    run("news.jsonl", "--threads", "2", "--processes", "3")
    assert [(one.threads, one.processes) for one in seen] == [(2, 3)]


class Terminal:
    """Makes standard error a terminal for the command that runs."""

    @pytest.fixture(autouse=True)
    def terminal(self, monkeypatch):
        monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda self: self.name == "<stderr>")


class TestProgress(Terminal):
    def test_progress_is_told_at_a_terminal_and_ends_with_the_sum(self):
        result = run("--json", "news.jsonl")
        assert "Articles: 3 · Events: 4 · " in result.stderr.splitlines()[-1]
        assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["a", "b", "c"]

    def test_it_is_told_in_the_language_of_the_interface(self):
        assert "المقالات: 3 · الأحداث: 4 · " in run("--json", "news.jsonl", "--lang", "ar").stderr

    def test_quiet_means_quiet(self):
        assert run("--json", "news.jsonl", "--quiet").stderr == ""

    def test_what_was_not_read_is_counted(self):
        assert "Articles: 0 · Events: 0 · Not read: 1 · " in run("missing.txt").stderr


def test_many_articles_come_out_in_order():
    stdin = "".join(json.dumps(article) + "\n" for article in world.articles(300))
    made = rows("-", stdin=stdin)
    assert [row["id"] for row in made] == [article["id"] for article in world.articles(300)]
    assert all(types([row]) == [["CONSULT"]] for row in made)
