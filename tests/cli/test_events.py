import csv
import io
import json

import desks
import pytest
from click.testing import CliRunner

from marsad.cli import cli

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return desks.made(tmp_path_factory.mktemp("store") / "marsad.db")


@pytest.fixture
def store(built, tmp_path, monkeypatch):
    monkeypatch.chdir(built.parent)
    return built


def run(*arguments: str):
    return CliRunner().invoke(cli, ["events", *arguments])


def rows(*arguments: str) -> list[dict]:
    result = run("--json", *arguments)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def told(*arguments: str) -> list[tuple[str, str]]:
    return [(row["type"], row["status"]) for row in rows(*arguments)]


ALL = [("ASSAULT", "DENIED"), ("REJECT", "ACTUAL"), ("SANCTION", "PLANNED"), ("CONSULT", "CONTESTED")]


def test_each_act_once_the_latest_first_with_its_reports_in_full():
    made = rows()
    assert [(row["type"], row["status"]) for row in made] == ALL
    visit = made[-1]
    assert (visit["reports"], visit["actors"], visit["recipients"], visit["day"]) == (
        3, ["RUS.GOV.MFA"], ["IRQ"], "2026-03-01",
    )  # fmt: skip
    assert {row["source"] for row in visit["events"]} == {"one.example", "two.example", "three.example"}
    first = visit["events"][0]
    assert first["url"] in {"https://one.example/1", "https://two.example/a"}
    assert {"sentence", "article", "voice", "speaker", "quotation"} <= set(first)
    assert all(row["occurrence"] == visit["occurrence"] and row["reports"] == 3 for row in visit["events"])


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (["--actor", "RUS"], [ALL[1], ALL[3]]),
        (["--actor", "روسيا", "--recipient", "Iraq"], [ALL[3]]),
        (["--actor", "rus.gov.mfa", "--quiet"], [ALL[1], ALL[3]]),
        (["--actor", "Lavrov", "--until", "2026-03-31", "--quiet"], [ALL[1], ALL[3]]),
        (["--party", "TUR"], ALL[:2]),
        (["--party", "USA.GOV.STATE"], [ALL[2]]),
        (["--speaker", "روسيا"], [ALL[1]]),
        (["--country", "العراق"], [ALL[0], ALL[3]]),
        (["--type", "assault", "--type", "SANCTION"], [ALL[0], ALL[2]]),
        (["--mode", "visit"], [ALL[3]]),
        (["--status", "contested"], [ALL[3]]),
        (["--status", "DENIED"], [ALL[0]]),
        (["--voice", "verbatim"], [ALL[1]]),
        (["--since", "2026-03-06"], ALL[:2]),
        (["--until", "2026-03-05"], ALL[2:]),
        (["--since", "2026-03", "--until", "2026-03"], ALL),
        (["--until", "2025"], []),
        (["--source", "one.example"], ALL[2:]),
        (["--source", "الرابعة"], [ALL[1]]),
        (["--language", "en"], [ALL[3]]),
        (["--limit", "2"], ALL[:2]),
    ],
)
def test_filters(filters, expected):
    assert told(*filters) == expected


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (["--actor", "Atlantis"], "'Atlantis' is no actor that is known"),
        (["--actor", "RUS.GOV.MFX"], "RUS.GOV.MFA, "),
        (["--party", "الحكومة"], "is no actor that is known"),
        (["--country", "Atlantis"], "'Atlantis' is no country"),
        (["--country", "IRQ", "--country", "SYR"], "give one"),
        (["--mode", "vist"], "visit"),
        (["--status", "war"], "'CONTESTED'"),
        (["--about", "ffff"], "no event 'ffff'"),
        (["--since", "yesterday"], "'yesterday' is no day"),
        (["--source", "five"], "did you mean five.example"),
        (["--reports", "--quotations"], "one of --reports and --quotations"),
        (["--json", "--csv"], "one of --json and --csv"),
        (["--withdrawn"], "give --reports"),
        (["--quotations", "--csv"], "quotations are a table or --json"),
        (["--quotations", "--voice", "report"], "leave out --voice"),
    ],
)
def test_a_wrong_question_is_wrong_usage(wrong, says):
    result = run(*wrong)
    assert result.exit_code == 2, result.output
    assert says in " ".join(result.stderr.split())


def test_whom_a_name_is_taken_for_is_told():
    assert run("--actor", "لافروف").stderr == "marsad: --actor لافروف: RUS.GOV.MFA\n"
    assert run("--actor", "لافروف", "--quiet").stderr == ""
    assert run("--actor", "RUS.GOV.MFA").stderr == ""


def test_the_table_tells_at_once_who_did_what_and_whether_it_was():
    table = run().output
    lines = table.splitlines()
    assert lines[0].split()[:4] == ["2026-03-07", "✕", "denied", "ASSAULT"]
    assert "TUR Turkey → IRQ Iraq" in table
    assert "◐ planned    SANCTION · sanctions" in table
    assert "≠ contested  CONSULT · visit" in table
    assert "RUS.GOV.MFA foreign ministry, Russia → IRQ Iraq" in table
    assert "[زار] لافروف بغداد" in table or "Lavrov [visited] Baghdad" in table
    assert "Reports: 3 · Articles: 3 · Sources: 3" in table
    assert lines[-1] == "4 of 4"
    assert "\x1b" not in table


def test_the_table_in_arabic():
    table = run("--lang", "ar", "--status", "CONTESTED").output
    assert "≠ متنازَع فيه" in table and "RUS.GOV.MFA وزارة الخارجية، روسيا ← IRQ العراق" in table
    assert table.splitlines()[-1] == "1 من 1"
    assert run("--lang", "ar", "--since", "2030").output == "ليس في المخزن شيء من هذا.\n"


def test_reports_say_who_says_so_and_where():
    made = rows("--reports", "--type", "CONSULT")
    assert [row["status"] for row in made].count("ACTUAL") == 2 and len(made) == 3
    table = run("--reports", "--speaker", "RUS").output
    assert "quoted: RUS.GOV.MFA Sergei Lavrov · " in table and "· الرابعة ·" in table
    assert len(rows("--reports", "--status", "CONTESTED")) == 3
    assert len(rows("--reports", "--status", "DENIED")) == 2


def test_withdrawn_reports_are_shown_when_they_are_asked_for():
    assert len(rows("--reports", "--type", "ASSAULT")) == 1
    both = rows("--reports", "--type", "ASSAULT", "--withdrawn")
    assert {row["status"]: row["withdrawn"] for row in both} == {"ACTUAL": True, "DENIED": False}
    assert "withdrawn" in run("--reports", "--type", "ASSAULT", "--withdrawn").output


def test_quotations_stand_under_their_speakers():
    (one,) = rows("--quotations")
    assert (one["speaker"], one["person"], one["quotation"]) == ("RUS.GOV.MFA", "Sergei Lavrov", "لن نقبل العقوبات")
    assert one["events"] == [desks.event("quoted")] and one["url"] == "https://four.example/q"
    assert run("--quotations", "--lang", "ar").output.splitlines()[:2][0] == "RUS.GOV.MFA  سيرغي لافروف"
    assert "«لن نقبل العقوبات»" in run("--quotations").output


def test_csv_and_parquet_have_the_columns_of_the_library(tmp_path):
    table = list(csv.DictReader(io.StringIO(run("--csv").stdout)))
    assert [(row["type"], row["status"]) for row in table] == ALL
    assert table[-1]["actors"] == "RUS.GOV.MFA" and table[-1]["reports"] == "3"
    reports = list(csv.DictReader(io.StringIO(run("--csv", "--reports").stdout)))
    assert len(reports) == 6 and {row["reports"] for row in reports} == {"1", "3"}
    polars = pytest.importorskip("polars")
    file = tmp_path / "acts.parquet"
    assert run("--parquet", str(file)).output == ""
    assert polars.read_parquet(file)["status"].to_list() == [status for _, status in ALL]


def test_the_store_is_never_written_over(store):
    before = store.read_bytes()
    assert run("--parquet", str(store)).exit_code == 2
    assert store.read_bytes() == before


def test_pages_give_each_act_once():
    seen, after = [], []
    for _ in range(4):
        result = run("--json", "--limit", "1", *after)
        seen += [json.loads(line)["occurrence"] for line in result.stdout.splitlines()]
        assert result.stderr.startswith("marsad: 1 of 4 · --after ")
        after = ["--after", result.stderr.split()[-1]]
    assert len(set(seen)) == 4
    table = run("--limit", "3").output.splitlines()[-1]
    assert table.startswith("3 of 4 · --after ")
    assert run("--json", "--limit", "1", "--quiet").stderr == ""
    assert run("--after", "soon").exit_code == 3


def test_what_is_about_an_event_is_asked_for_by_the_beginning_of_its_id():
    assert told("--about", desks.event("planned")[:8]) == []


def test_a_store_that_is_not_there(tmp_path):
    result = run("--store", str(tmp_path / "no.db"))
    assert result.exit_code == 4 and "no such store" in result.stderr
    assert not (tmp_path / "no.db").exists()
