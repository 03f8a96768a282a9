"""The page of an act: both sides of what is contested, by independent source."""

from __future__ import annotations

import re

import desks
import pytest
from fastapi.testclient import TestClient

from marsad.desk import Desk
from marsad.desk.questions import around
from marsad.errors import NotFoundError
from marsad.types import Outcome


def _act(desk: Desk, name: str) -> str:
    found = next(iter(desk.told([desks.event(name)]).values())).occurrence
    assert found
    return found


def test_contested_is_shown_as_both_sides(reader: TestClient, desk: Desk) -> None:
    page = reader.get(f"/event/{_act(desk, 'one')}?lang=en").text
    assert "status-CONTESTED" in page
    claims, denials = page.split('id="denials"')
    assert "Lavrov visited Baghdad" in claims and "زار لافروف بغداد" in claims
    assert "لم يزر لافروف بغداد" in denials and "لم يزر" not in claims
    assert "3 independent sources" in page


def test_sentences_lead_to_their_place(reader: TestClient, desk: Desk) -> None:
    page = reader.get(f"/event/{_act(desk, 'one')}").text
    assert f'href="/article/{desks.article("one").id}#s1"' in page
    assert 'href="/relation/RUS/IRQ"' in page
    assert re.search(r'href="/story/[0-9a-f]{16}"', page)


def test_the_id_of_an_event_leads_to_its_act(reader: TestClient, desk: Desk) -> None:
    answer = reader.get(f"/event/{desks.event('denied')}", follow_redirects=False)
    assert answer.headers["location"] == f"/event/{_act(desk, 'one')}"


def test_voice_and_speaker_are_told(reader: TestClient, desk: Desk) -> None:
    page = reader.get(f"/event/{_act(desk, 'quoted')}?lang=ar").text
    assert "voice-verbatim" in page and '<span class="speaker"><bdi>لافروف</bdi></span>' in page


def test_judgements_of_its_reports_are_shown(reader: TestClient, desk: Desk) -> None:
    desk.judge(desks.event("one"), "status", "PLANNED", name="Layla", reason="only announced")
    page = reader.get(f"/event/{_act(desk, 'one')}?lang=en").text
    assert "<bdi>planned</bdi>" in page and "only announced" in page


def test_no_such_act(reader: TestClient) -> None:
    assert reader.get("/event/0000000000000000", headers={"accept": "text/html"}).status_code == 404


def test_copies_count_with_the_source_they_copy(desk: Desk) -> None:
    seen = around.act(desk.store, _act(desk, "one"))
    assert seen.act.status is Outcome.CONTESTED and seen.origins == 3
    reports = [one.report for origin in seen.claims for one in origin.told]
    ids = {one.article.id: reports[0].article.id for one in reports}
    together = around.by_origin(reports, ids)
    assert len(together) == 1 and [one.is_copy for one in together[0].told] == [False, True]


def test_an_event_of_no_act_is_told_as_such(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="part of no act"):
        around.act(desk.store, desks.event("before"))
