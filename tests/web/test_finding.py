"""The pages of findings: a label with every reason, its sentence, and what would change it; never a likelihood."""

import json

import pytest

from marsad.desk.laws.frozen import differences
from marsad.types.law import Label
from marsad.web.pages.finding import Page, kind

SSB = "/finding/TUR.SSB/us/caatsa/231"


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_finding_says_its_label_in_words_with_the_tree_and_what_is_missing(reader, lang):
    answer = reader.get(f"{SSB}?on=2020-12-20&lang={lang}")
    page = answer.text
    assert answer.status_code == 200 and len(answer.content) < 150_000
    said = "فُرضت عقوبات" if lang == "ar" else "sanctions imposed"
    assert f'class="verdict sanctions-imposed">{said}' in page
    for part in ("tree", "dispute", "missing", "undo", "calendar", "precedents", "measures"):
        assert f'id="{part}"' in page
    assert "<details open><summary>" in page and "22 USC" in page


def test_the_day_asked_about_changes_the_label(reader):
    before, after = (reader.get(f"{SSB}?on={day}&known_on={day}&lang=en").text for day in ("2020-12-13", "2020-12-14"))
    assert "sanctions-imposed" not in before.split("</header>")[1] and "sanctions-imposed" in after


def test_a_step_may_be_assumed(reader):
    step = "delivery:s-400@2027-03-01:RUS.ROSOBORONEXPORT"
    page = reader.get("/finding/IRQ.%3F/us/caatsa/231", params={"what_if": step, "lang": "en"}).text
    assert step in page and "supposed (what if)" in page


def test_a_state_is_told_body_by_body(reader):
    page = reader.get("/finding/TUR/us/caatsa/231?on=2020-12-20&lang=en").text
    assert 'href="/finding/TUR.SSB/us/caatsa/231?on=2020-12-20"' in page and "nothing is added up" in page
    nothing = reader.get("/finding/BRN?lang=en").text
    assert 'class="empty"' in nothing and "/finding/BRN/us/caatsa/231" in nothing


def test_the_files_to_keep_are_those_of_the_command_line(reader, desk):
    page = reader.get(f"{SSB}?on=2020-12-20&as=page&lang=en")
    frozen = reader.get(f"{SSB}?on=2020-12-20&as=freeze&lang=en")
    assert page.text.startswith("<!doctype html>")
    assert all("attachment" in one.headers["content-disposition"] for one in (page, frozen))
    assert json.loads(frozen.content) and differences(frozen.content, desk.settings.knowledge) == []


@pytest.mark.parametrize(
    ("address", "status"),
    [("/finding/XXX", 404), ("/finding/TUR.SSB/us/none", 404), (f"{SSB}?on=tomorrow", 400), (f"{SSB}?what_if=x", 400)],
)
def test_what_cannot_be_asked_is_said(reader, address, status):
    assert reader.get(address).status_code == status


def test_a_sentence_stands_once_and_then_by_its_number():
    page = Page()
    one, other = ({"words": words, "article": "a"} for words in ("x", "y"))
    assert [page.number(each) for each in (one, other, one)] == [(1, True), (2, True), (1, False)]
    assert page.first("delay") and not page.first("delay")


def test_each_label_has_its_own_mark():
    assert len({kind(one.value) for one in Label}) == len(Label)
