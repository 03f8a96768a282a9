"""The page of a story: who reports what, and wherein the reports differ."""

from __future__ import annotations

import desks
from fastapi.testclient import TestClient

from marsad.desk import Desk
from marsad.desk.questions import around
from marsad.web.pages.story import _meet


def _story(desk: Desk) -> str:
    found = desk.story_of(desks.article("one").id)
    assert found
    return found.id


def test_articles_with_source_day_and_language(reader: TestClient, desk: Desk) -> None:
    page = reader.get(f"/story/{_story(desk)}?lang=en").text
    for name, language in (("one", "Arabic"), ("two", "English"), ("denied", "Arabic")):
        assert f'href="/article/{desks.article(name).id}"' in page and language in page
    assert "3 articles" in page


def test_denials_stand_beside_claims(reader: TestClient, desk: Desk) -> None:
    page = reader.get(f"/story/{_story(desk)}?lang=en").text
    assert "What some report and others deny" in page
    assert "status-CONTESTED" in page and "status-DENIED" in page


def test_a_story_of_one_article(reader: TestClient, desk: Desk) -> None:
    found = desk.story_of(desks.article("quoted").id)
    assert found
    page = reader.get(f"/story/{found.id}?lang=ar").text
    assert "ما ترويه" in page and "من سكت عنه" not in page


def test_a_beginning_leads_to_the_whole(reader: TestClient, desk: Desk) -> None:
    id = _story(desk)  # noqa: A001 (the field's word)
    assert reader.get(f"/story/{id[:10]}", follow_redirects=False).headers["location"] == f"/story/{id}"


def test_silence_is_told(desk: Desk) -> None:
    seen = around.news(desk.store, _story(desk))
    assert all(not one.silent for one in seen.acts if len(one.reports) == 3)
    assert seen.papers() == ["الأولى", "الثانية", "الثالثة"]


def test_a_part_of_an_actor_is_no_other_actor() -> None:
    assert _meet({"RUS"}, {"RUS.GOV.MFA"}) and _meet({"RUS.GOV.MFA"}, {"RUS.GOV"})
    assert not _meet({"RUS.GOV"}, {"RUS.GOVERNOR"}) and not _meet({"RUS"}, {"IRQ"})
