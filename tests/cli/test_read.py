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


def rows(*arguments: str, told: tuple[str, ...] = (), **options) -> list[dict]:
    result = run("--json", *arguments, **options)
    assert result.exit_code == 0, result.output
    assert result.stderr in ("", *told)
    return [json.loads(line) for line in result.stdout.splitlines()]


def types(made: list[dict]) -> list[list[str]]:
    return [[event["type"] for event in row["events"]] for row in made]


def test_json_lines_in_json_lines_out_in_order():
    made = rows("-", stdin=LINES)
    assert [row["id"] for row in made] == ["a", "b", "c"]
    assert types(made) == [["CONSULT"], ["ASSAULT"], ["AID", "ASSAULT"]]
    assert made == rows("news.jsonl")


def test_a_broken_line_gives_an_error_object_in_its_place_and_no_failure():
    stdin = '{"id": "1", "text": "a b"}\n{"id": 2\n{"id": "3", "text": "c d"}\n'
    made = rows("-", stdin=stdin, told=("marsad: 1 of 3 could not be read\n",))
    assert [row.get("error", {}).get("code") for row in made] == [None, "format", None]
    assert made[1]["line"] == 2
    assert run("--json", "-", "--quiet", stdin=stdin).stderr == ""
    assert run("--json", "-", "--lang", "ar", stdin=stdin).stderr == "marsad: تعذّرت قراءة 1 من 3\n"


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


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (["--country", "Atlantis"], "'Atlantis' is no country"),
        (["--country", "UN"], "bodies of states carry IGO; use --country IGO"),
        (["--country", "الناتو"], "use --country IGO"),
        (["--country", "GULF"], "use --country INT"),
        (["--language", "zz"], "'zz' is no code of a language"),
        (["--type", "WAR"], "'WAR' is not one of 'AGREE', 'CONSULT'"),
        (["--status", "war"], "'WAR' is not one of 'ACTUAL', 'PLANNED'"),
    ],
)
def test_a_wrong_filter_is_wrong_usage(wrong, says):
    result = run("news.jsonl", *wrong)
    assert result.exit_code == 2
    assert f"Invalid value for '{wrong[0]}'" in result.stderr and says in " ".join(result.stderr.split())


def test_bodies_of_states_are_asked_for_by_their_code():
    assert rows("news.jsonl", "--country", "IGO", "--language", "ckb", "--language", "kmr") == []


def test_articles_without_an_event_left_are_left_out_and_counted(folder):
    table = run("news.jsonl", "--type", "AID").output
    assert "No event found." not in table
    assert table.splitlines()[-1] == "Left out, without such an event: 2"
    run("news.jsonl", "--type", "AID", "--html", "page.html")
    page = (folder / "page.html").read_text(encoding="utf-8")
    assert page.count('<article class="piece"') == 1 and "without such an event: 2" in page
    assert len(rows("news.jsonl", "--type", "AID")) == 3


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


def test_a_page_that_fails_leaves_the_old_one(folder, monkeypatch):
    (folder / "page.html").write_text("old")

    def pipe(self, items, size):
        yield self(next(iter(items)))
        raise KeyboardInterrupt

    monkeypatch.setattr(world.Coder, "pipe", pipe)
    result = run("news.jsonl", "--html", "page.html")
    assert (result.exit_code, result.stderr) == (130, "marsad: interrupted\n")
    assert (folder / "page.html").read_text() == "old"
    assert sorted(file.name for file in folder.iterdir()) == ["news.jsonl", "page.html"]


@pytest.mark.parametrize("page", ["missing/page.html", "."])
def test_a_page_that_cannot_be_written_is_told_before_anything_is_read(page):
    result = run("news.jsonl", "--json", "--html", page)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"marsad: {page}: cannot be written") and result.stderr.count("\n") == 1


def test_an_input_is_never_an_output(folder):
    before = (folder / "news.jsonl").read_text(encoding="utf-8")
    result = run("news.jsonl", "--html", str(folder / "news.jsonl"))
    assert result.exit_code == 2 and "news.jsonl is read and would be written to" in result.stderr
    assert (folder / "news.jsonl").read_text(encoding="utf-8") == before


def test_the_page_of_a_folder_is_not_read_with_it(folder):
    for _ in range(2):
        assert len(rows(str(folder), "--html", str(folder / "page.html"))) == 3


def test_the_text_of_an_article_is_written_where_nobody_has_it_or_it_is_asked_for(folder):
    (folder / "a.html").write_text("<p>زارت روسيا العراق.</p>", encoding="utf-8")
    made = rows("news.jsonl", "a.html")
    assert ["text" in row for row in made] == [False, False, False, True]
    assert made[3]["text"] == "زارت روسيا العراق."
    assert all(row["text"] for row in rows("news.jsonl", "a.html", "--text"))
    assert run("news.jsonl", "--text").exit_code == 2


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
    assert (made.exit_code, made.stderr) == (3, "marsad: 1 of 4 could not be read\n")
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
    assert run("-", "--format", "rtf", stdin=LINES).exit_code == 2


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
