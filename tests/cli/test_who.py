import json
from datetime import date

import pytest
from click.testing import CliRunner

from marsad.cli.who import who

KEYS = {
    "actor", "person", "person_ar", "office", "office_ar", "role", "country", "sector", "since", "until", "former",
    "stale", "score", "why", "source",
}  # fmt: skip


def run(*arguments, stdin=None):
    return CliRunner().invoke(who, arguments, input=stdin)


def lines(stdin):
    result = run("--json", "-", stdin=stdin)
    return result, [json.loads(line) for line in result.stdout.splitlines()]


def test_a_name_at_two_days():
    for day, actor in (("2023-06-01", "RUS.GOV.MOD"), ("2025-09-16", "RUS.GOV.SECURITY-COUNCIL")):
        result = run("شويغو", "--on", day, "--json")
        assert result.exit_code == 0
        made = json.loads(result.stdout)
        assert made["text"] == "شويغو"
        assert set(made["answers"][0]) == KEYS
        best = made["answers"][0]
        assert (best["actor"], best["person"], best["person_ar"]) == (actor, "Sergei Shoigu", "سيرغي شويغو")
        assert best["since"] <= day
        assert best["former"] is False


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("who        Sergei Shoigu", "RUS Russia", "SPY intelligence", "former Minister of Defence", "source")),
        ("ar", ("مَن        سيرغي شويغو", "RUS روسيا", "SPY استخبارات", "سابقًا", "المصدر")),
    ],
)
def test_for_people_in_both_languages(lang, words):
    result = run("شويغو", "--on", "2025-09-16", "--lang", lang)
    assert result.exit_code == 0
    assert result.stdout.startswith("RUS.GOV.SECURITY-COUNCIL")
    assert all(word in result.stdout for word in words)


def test_the_context_counts():
    asked = ("الحكومة", "--on", "2024-01-01", "--json")
    assert json.loads(run(*asked).stdout)["answers"][0]["country"] is None
    context = json.loads(run(*asked, "--context", "في بغداد قالت الحكومة ذلك").stdout)
    assert context["answers"][0]["actor"] == "IRQ.GOV"


def test_nobody():
    result = run("كرسي", "--on", "2024-01-01")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "كرسي" in result.stderr
    result = run("a chair", "--on", "2024-01-01", "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (3, {"text": "a chair", "answers": []})


def test_nobody_in_arabic_and_without_what_a_terminal_obeys():
    result = run("كرسي\x1b[2J", "--lang", "ar")
    assert result.exit_code == 3
    assert "لا جهة معروفة بهذا الاسم" in result.stderr and "\x1b" not in result.stderr


def test_without_a_day_it_is_today(monkeypatch):
    def asked(name, day, context):
        days.append(day)
        return []

    days = []
    monkeypatch.setattr("marsad.resolve.who.who", asked)
    run("x", "--json")
    run("--json", "-", stdin='{"text": "x"}\n{"text": "x", "on": null}\n{"text": "x", "on": "2020-01-02T10:00:00Z"}\n')
    assert len(days) == 4 and (date.today() - days[0]).days in (0, 1)
    assert days[1] == days[2] and days[3] == date(2020, 1, 2)


def test_a_folder_of_ones_own_counts(tmp_path):
    (tmp_path / "actors.csv").write_text(
        "id,name_ar,name_en,forms_ar,kind,country,sector,since,source\n"
        "IRQ.RIVER-LEAGUE,رابطة النهرين,River League,عصبة النهرين,ORG,IRQ,NGO,2019-03,mine\n",
        encoding="utf-8",
    )
    asked = ("عصبة النهرين", "--on", "2024-01-01", "--json")
    assert json.loads(run(*asked, "--knowledge", str(tmp_path)).stdout)["answers"][0]["actor"] == "IRQ.RIVER-LEAGUE"
    line = '{"text": "عصبة النهرين", "on": "2024-01-01"}\n'
    result = run("--json", "-", "--knowledge", str(tmp_path), stdin=line)
    assert (result.exit_code, json.loads(result.stdout)["answers"][0]["country"]) == (0, "IRQ")
    assert "IRQ.RIVER-LEAGUE" not in run(*asked).stdout


def test_wrong_usage():
    assert run("-").exit_code == 2
    assert run("شويغو", "--on", "yesterday").exit_code == 2
    assert run().exit_code == 2


def test_json_lines():
    stdin = "".join(
        json.dumps(each) + "\n"
        for each in (
            {"text": "the FSB", "on": "2024-01-01"},
            {"text": "الحكومة", "on": "2024-01-01", "context": "قالت الحكومة العراقية، ثم أضافت الحكومة"},
            {"text": "كرسي", "on": "2024-01-01"},
        )
    )
    result, made = lines(stdin)
    assert result.exit_code == 0
    assert [row["text"] for row in made] == ["the FSB", "الحكومة", "كرسي"]
    assert [row["answers"][0]["actor"] if row["answers"] else None for row in made] == ["RUS.FSB", "IRQ.GOV", None]


@pytest.mark.parametrize(
    "broken", ["{", '{"on": "2024-01-01"}', '{"text": 3}', '{"text": "a", "on": "soon"}', "[]", '{"text": "\\ud800"}']
)
def test_a_broken_line_is_told_on_its_line(broken):
    good = '{"text": "العراق", "on": "2024-01-01"}\n'
    result, made = lines(f"{good}{broken}\n\n{good}")
    assert result.exit_code == 0
    assert [row.get("error", {}).get("code") for row in made] == [None, "format", None]
    assert made[1]["line"] == 2


def test_only_broken_lines():
    result, made = lines("{\n")
    assert result.exit_code == 3
    assert made[0]["error"]["code"] == "format"
    assert run("--json", "-", stdin="").exit_code == 0


def test_what_a_name_leaves_open_is_judged_in_its_sentence():
    sentence = "وقال الوزير علي بن صالح إن الحكومة التونسية مستعدة للحوار مع الاتحاد."
    asked = ("الوزير علي بن صالح", "--on", "2020-01-01", "--context", sentence, "--json")
    (answer, *_) = json.loads(run(*asked).stdout)["answers"]
    assert (answer["country"], answer["sector"]) == ("TUN", "GOV")
