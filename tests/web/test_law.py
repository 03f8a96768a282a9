"""The pages of the laws: every provision readable in both languages, its history, and what an amendment changed."""

import re

import pytest

from marsad.knowledge.instruments import law, laws
from marsad.web.pages.law import dated
from marsad.web.view import digits

LAW = "/law/us/caatsa/231"


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_the_list_leads_to_every_law(reader, lang):
    page = reader.get(f"/law?lang={lang}").text
    for of in laws():
        assert f'href="/law/{of}"' in page and digits(law(of).instrument.name.shown(lang), lang).split(":")[0] in page


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("of", sorted(laws()))
def test_each_law_is_readable(reader, of, lang):
    answer = reader.get(f"/law/{of}?lang={lang}")
    assert answer.status_code == 200 and len(answer.content) < 150_000
    for one in law(of).instrument.versions[-1].elements.values():
        assert f'id="element-{one.id}"' in answer.text
    assert "checked-text" in answer.text and " style=" not in answer.text


def test_as_of_a_day_the_version_of_that_day_stands(reader):
    before, after = (reader.get(f"{LAW}?lang=en&on={day}").text for day in ("2018-08-12", "2018-08-13"))
    assert "Modified waiver" in after and "Modified waiver" not in before
    assert "No version was in force" in reader.get(f"{LAW}?lang=en&on=2010-01-01").text


def test_what_an_amendment_changed_is_marked_by_more_than_colour(reader):
    page = reader.get(f"{LAW}?lang=en&from=2018-08-12&to=2018-08-13").text
    part = page[page.index('id="differences"') : page.index('id="elements"')]
    assert "became-added" in part and "added" in part and 'aria-hidden="true">+' in part
    same = reader.get(f"{LAW}?lang=en&from=2019-01-01&to=2019-02-01").text
    assert "Nothing changed between these two days." in same


def test_known_cases_and_worked_cases_stand_beside(reader):
    page = reader.get(f"{LAW}?lang=en").text
    assert 'href="/precedents/TUR-SSB-2020"' in page and 'id="trials"' in page


@pytest.mark.parametrize(
    ("address", "status"), [("/law/us/nothing", 404), (f"{LAW}?on=x", 400), ("/law/../../etc", 404)]
)
def test_what_there_is_not_is_said(reader, address, status):
    assert reader.get(address).status_code == status


def test_markup_in_an_address_is_text(reader):
    page = reader.get("/law/<script>alert(1)</script>").text
    assert "<script>alert" not in page


def test_days_and_rungs_of_a_sentence_are_set_apart():
    told = dated("<b>W8</b> في 2020-12-14", "ar")
    assert "<b>" not in told and '<bdi dir="ltr">W8</bdi>' in told and "كانون الأول" in told
    assert dated(None, "en") == "" and "2020-99-99" in dated("2020-99-99", "en")


def test_the_footer_is_not_the_version_of_a_law(reader):
    assert re.search(r"Marsad \d+\.\d+", reader.get(LAW).text)
