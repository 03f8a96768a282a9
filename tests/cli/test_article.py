import json

import desks
import pytest
from click.testing import CliRunner

from marsad.cli import cli
from marsad.desk import Desk
from marsad.desk.intake.adding import add
from marsad.export.lines import record


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return desks.made(tmp_path_factory.mktemp("store") / "marsad.db")


@pytest.fixture(autouse=True)
def folder(built, monkeypatch):
    monkeypatch.chdir(built.parent)


def run(*arguments: str):
    return CliRunner().invoke(cli, ["article", *arguments])


def made(*arguments: str) -> dict:
    result = run("--json", *arguments)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_text_its_facts_its_events_and_its_story():
    shown = run(desks.article("one").id[:8]).output
    assert shown.splitlines()[0] == "لافروف في بغداد"
    for word in (
        "author          ن. ن.",
        "2026-03-01 (json-ld)",
        "https://one.example/1",
        "● actual     CONSULT · visit",
    ):
        assert word in shown
    assert desks.event("one") in shown
    assert desks.article("two").id in shown and "Lavrov in Baghdad" in shown
    arabic = run(desks.article("one").id, "--lang", "ar").output
    assert "الكاتب" in arabic and "● واقع" in arabic and "القصة نفسها" in arabic


def test_json_is_the_line_format_with_text_and_what_the_store_knows():
    one = made(desks.article("one").id)
    line = json.loads(json.dumps(record(desks.coding("one"), text=True), default=str))
    assert {key: one[key] for key in line} == line
    assert (one["published"], one["published_from"], one["url"]) == ("2026-03-01", "json-ld", "https://one.example/1")
    others = {each["article"]: each for each in one["story"]["articles"]}
    assert set(others) == {desks.article("two").id, desks.article("denied").id}
    assert one["versions"][0]["current"] is True


def test_an_address_finds_the_version_that_counts_and_tells_of_the_other():
    one = made("https://five.example/v")
    assert one["article"] == desks.article("after").id
    assert [each["current"] for each in one["versions"]] == [False, True]
    shown = run("https://five.example/v").output
    assert f"✕ {desks.article('before').id}" in shown and f"● {desks.article('after').id}" in shown


def test_a_page(tmp_path):
    page = tmp_path / "page.html"
    assert run(desks.article("one").id, "--html", str(page), "--lang", "ar").output == ""
    assert '<html lang="ar" dir="rtl">' in page.read_text(encoding="utf-8")
    assert run(desks.article("one").id, "--html", "-").output.startswith("<!doctype html>")
    assert run(desks.article("one").id, "--html", "-", "--json").exit_code == 2


def test_one_that_waits_to_be_coded(tmp_path):
    store = str(tmp_path / "new.db")
    with Desk(store) as desk:
        add(desk.store, [desks.article("one")], desk.now)
    assert "Waits to be coded" in run("https://one.example/1", "--store", store).output
    one = made("https://one.example/1", "--store", store)
    assert (one["coder"], one["events"], one["story"]) == (None, [], None)


@pytest.mark.parametrize("asked", ["ffff", "ff", "https://nowhere.example/", "no id"])
def test_one_that_is_not_there(asked):
    result = run(asked)
    assert result.exit_code == 3 and result.stderr.count("\n") == 1
