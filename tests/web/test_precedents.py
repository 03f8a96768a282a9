"""The pages of the known cases: all of them, and each with its course and the page of each step."""

import pytest

from marsad.knowledge.precedents import precedents


def test_the_list_leads_to_every_case(reader):
    page = reader.get("/precedents?lang=en").text
    assert all(f'href="/precedents/{one.id}"' in page for one in precedents())


def test_the_list_may_be_cut_by_law_and_outcome(reader):
    page = reader.get("/precedents?lang=en&outcome=sanctioned").text
    for one in precedents():
        assert (f'href="/precedents/{one.id}"' in page) is (one.outcome == "sanctioned")


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("case", [one.id for one in precedents()])
def test_each_case_has_its_steps_with_their_sources(reader, case, lang):
    one = next(one for one in precedents() if one.id == case)
    answer = reader.get(f"/precedents/{case}?lang={lang}")
    assert answer.status_code == 200 and len(answer.content) < 150_000
    assert all(f'id="step-{n}"' in answer.text for n in range(1, len(one.steps) + 1))
    assert all(source in answer.text for step in one.steps for source in step.sources if "&" not in source)


def test_a_case_that_there_is_not_is_said_with_what_comes_near(reader):
    answer = reader.get("/precedents/TUR-SSB?lang=en")
    assert answer.status_code == 404 and "TUR-SSB-2020" in answer.text
