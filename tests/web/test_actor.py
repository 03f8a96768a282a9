"""The page of an actor: names, offices over time, relations, lists; nobody leads to whoever comes near."""

from __future__ import annotations

from datetime import date

import pytest
from fastapi.testclient import TestClient

from marsad.desk import Desk
from marsad.desk.questions import acting
from marsad.store import around as near_it
from marsad.store.where import Where
from marsad.types import Outcome
from marsad.web.pages.actor import _day_of


def test_names_in_both_languages_and_what_it_is_part_of(reader: TestClient) -> None:
    page = reader.get("/actor/RUS.GOV.MFA?lang=ar").text
    assert "وزارة الخارجية" in page and "foreign ministry" in page and 'href="/actor/RUS"' in page


def test_offices_over_time(reader: TestClient) -> None:
    page = reader.get("/actor/RUS.GOV.MFA?lang=en").text
    assert "Sergey Lavrov" in page or "Sergei Lavrov" in page
    assert "in office" in page and "left it" in page


def test_acts_and_words_lead_to_their_sentences(reader: TestClient) -> None:
    page = reader.get("/actor/RUS?lang=en").text
    assert "لن نقبل العقوبات" in page and 'href="/relation/RUS/IRQ"' in page and "#s1" in page


def test_a_listed_body_has_the_warning_and_the_day(reader: TestClient) -> None:
    page = reader.get("/actor/RUS.ROSOBORONEXPORT?lang=en").text
    assert "To be on this list is no sanction" in page and "27 Oct 2017" in page and "lsp-020" in page


def test_an_unlisted_body_is_not_cleared(reader: TestClient) -> None:
    assert "That is no clearance" in reader.get("/actor/GBR.REUTERS?lang=en").text


@pytest.mark.parametrize(
    ("written", "to"), [("irq", "/actor/IRQ"), ("العراق", "/actor/IRQ"), ("rus.gov.mfa", "/actor/RUS.GOV.MFA")]
)
def test_names_and_small_letters_lead_to_the_id(reader: TestClient, written: str, to: str) -> None:
    assert reader.get(f"/actor/{written}", follow_redirects=False).headers["location"] == to


def test_nobody_is_told_with_who_comes_near(reader: TestClient) -> None:
    answer = reader.get("/actor/RUS.GOV.MFAX?lang=en")
    assert answer.status_code == 404 and 'href="/actor/RUS.GOV.MFA"' in answer.text


def test_hostile_ids_are_text(reader: TestClient) -> None:
    answer = reader.get("/actor/%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    assert answer.status_code == 404 and "<script>alert" not in answer.text


def test_a_person_has_offices_and_words(reader: TestClient) -> None:
    page = reader.get("/actor/RUS.SERGEY-LAVROV?lang=en", follow_redirects=True)
    if page.status_code == 404:
        page = reader.get("/actor/RUS.SERGEI-LAVROV?lang=en")
    assert page.status_code == 200 and 'href="/actor/RUS.GOV.MFA"' in page.text


def test_acts_on_either_side_once_each_page_by_page(desk: Desk) -> None:
    with desk.store.reading() as db:
        whole = near_it.of_party(db, "RUS", Where()).items
        first = near_it.of_party(db, "RUS", Where(), limit=1)
        second = near_it.of_party(db, "RUS", Where(), after=first.after, limit=1)
    assert [one.id for one in (*first.items, *second.items)] == [one.id for one in whole[:2]]
    assert {one.id for one in whole} == {
        one.id for one in desk.every_event() if any("RUS" in who for who in (*one.actors, *one.recipients))
    }


def test_a_page_that_looked_far_enough_goes_on_behind_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near_it, "SCANNED", 10)
    with desk.store.reading() as db:
        asked = Where(statuses=(Outcome.CONTESTED,))
        after, found, pages = None, [], 0
        while True:
            page = near_it.of_party(db, "RUS", asked, after=after, limit=5)
            found += page.items
            pages += 1
            if (after := page.after) is None:
                break
    assert [one.status for one in found] == [Outcome.CONTESTED] and pages > 1


def test_partners_are_those_of_either_direction(desk: Desk) -> None:
    with desk.store.reading() as db:
        of = {side: {(one.target, one.n) for one in near_it.partners(db, side)} for side in ("RUS", "TUR", "IRQ")}
    assert ("IRQ", 1) in of["RUS"] and ("RUS", 1) in of["IRQ"] and ("IRQ", 1) in of["TUR"]
    assert all(side not in {name for name, _ in some} for side, some in of.items())


def test_a_body_counts_in_its_latest_acts(desk: Desk) -> None:
    seen = acting.deeds(desk.store, "RUS.GOV.MFA")
    assert seen.of == len(seen.acts) > 0 and "IRQ" in {one.target for one in seen.partners}


def test_a_day_is_written_as_exactly_as_it_is_known() -> None:
    assert _day_of(date(2017, 1, 1), date(2017, 12, 31), "en") == "2017"
    assert _day_of(date(2017, 3, 1), date(2017, 3, 31), "ar") == "٣/٢٠١٧"
    assert _day_of(date(2017, 3, 5), date(2017, 3, 5), "en") == "5 Mar 2017"
    assert _day_of(None, None, "en") == ""
