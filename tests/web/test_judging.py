"""A judgement's round trip through the page: given, shown beside the machine's value, taken back."""

from __future__ import annotations

import re

import desks
import pytest
from browser import browse
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.desk import Desk
from marsad.errors import MarsadError
from marsad.web import judging

ONE, EVENT = desks.article("one").id, desks.event("one")
BY = {"name": "Layla", "reason": "the paper says planned"}


def _token(reader: TestClient, path: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', reader.get(path).text)
    assert found
    return found[1]


def _by_layla(desk: Desk) -> int:
    """How many judgements there are beside those that the store begins with."""
    return sum(one.field != "same-as" for one in desk.judgements())


def _sent(reader: TestClient, **given: str) -> object:
    token = _token(reader, f"/article/{ONE}?judge={EVENT}")
    form = {"token": token, "target": EVENT, **BY, **given}
    return reader.post(f"/article/{ONE}/judge", data=form, follow_redirects=False)


def test_the_form_has_every_status_but_that_which_stands(reader: TestClient) -> None:
    page = reader.get(f"/article/{ONE}?judge={EVENT}&lang=en").text
    offered = re.findall(r'<option value="status=(\w+)"', page)
    assert offered == ["PLANNED", "POSSIBLE", "DENIED"]
    assert 'value="event=no"' in page and 'value="type=ASSAULT"' in page and 'value="voice=reading"' in page


def test_round_trip(reader: TestClient, desk: Desk) -> None:
    answer = _sent(reader, choice="status=PLANNED")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/article/{ONE}#e1")
    page = reader.get(f"/article/{ONE}?lang=en").text
    assert "whether it happened: <bdi>planned</bdi>" in page and "<s><bdi>actual</bdi></s>" in page
    assert "Layla" in page and "the paper says planned" in page
    held = desk.judged([EVENT])[EVENT]["status"]
    assert (held.value, held.name) == ("PLANNED", "Layla")
    token = _token(reader, f"/article/{ONE}")
    back = reader.post(
        f"/article/{ONE}/withdraw", data={"token": token, "number": str(held.id), **BY}, follow_redirects=False
    )
    assert back.status_code == 303
    assert desk.judged([EVENT]) == {}
    assert "the paper says planned" not in reader.get(f"/article/{ONE}").text


def test_the_name_is_remembered(reader: TestClient) -> None:
    _sent(reader, choice="event=no", name="ليلى")
    assert 'value="ليلى"' in reader.get(f"/article/{ONE}?judge={EVENT}").text


def test_two_fields_at_once_or_nothing(reader: TestClient, desk: Desk) -> None:
    assert _sent(reader, choice="status=DENIED", field="actors", value="nobody at all").status_code == 422
    assert desk.judged([EVENT]) == {}
    assert _sent(reader, choice="status=DENIED", field="actors", value="RUS").status_code == 303
    assert set(desk.judged([EVENT])[EVENT]) == {"status", "actors"}


@pytest.mark.parametrize(
    "given_",
    [{}, {"choice": "status=MAYBE"}, {"choice": "same-as=x"}, {"field": "day", "value": "soon"},
     {"choice": "event=no", "reason": "  "}, {"choice": "event=no", "name": ""}, {"choice": "event=no", "target": ONE},
     {"choice": "event=no", "target": desks.event("two")}],
)  # fmt: skip
def test_what_will_not_do_is_told_and_not_kept(reader: TestClient, desk: Desk, given_: dict[str, str]) -> None:
    answer = _sent(reader, **given_)
    assert answer.status_code == 422 and 'role="alert"' in answer.text
    assert _by_layla(desk) == 0


def test_a_form_of_another_site_is_refused(desk: Desk) -> None:
    reader = browse(desk)
    form = {"target": EVENT, "choice": "event=no", **BY}
    headers = {"accept": "text/html"}
    assert reader.post(f"/article/{ONE}/judge", data=form, headers=headers, follow_redirects=False).status_code == 403
    token = _token(reader, f"/article/{ONE}?judge={EVENT}")
    foreign = {**headers, "sec-fetch-site": "cross-site"}
    assert reader.post(f"/article/{ONE}/judge", data={**form, "token": token}, headers=foreign).status_code == 403
    assert _by_layla(desk) == 0


def test_the_article_itself_is_judged(reader: TestClient, desk: Desk) -> None:
    answer = _sent(reader, target=ONE, field="published", value="2026-02-28")
    assert answer.headers["location"] == f"/article/{ONE}#judged"
    assert desk.judged([ONE])[ONE]["published"].value == "2026-02-28"


def test_a_judgement_of_another_article_is_not_withdrawn_here(reader: TestClient, desk: Desk) -> None:
    other = desk.judge(desks.event("denied"), "status", "ACTUAL", name="N", reason="R")
    form = {"token": _token(reader, f"/article/{ONE}?judge={ONE}"), "number": str(other.id), **BY}
    assert reader.post(f"/article/{ONE}/withdraw", data=form, follow_redirects=False).status_code == 422
    assert desk.judged([desks.event("denied")])


def test_hostile_reasons_are_text(reader: TestClient) -> None:
    _sent(reader, choice="event=no", name="<b>N</b>", reason="<script>alert(1)</script>")
    page = reader.get(f"/article/{ONE}").text
    assert "<script>alert" not in page and "<b>N</b>" not in page and "&lt;script&gt;alert" in page


def test_an_act_is_said_to_be_another(reader: TestClient, desk: Desk) -> None:
    one, other = (next(iter(desk.told([desks.event(name)]).values())).occurrence for name in ("one", "quoted"))
    assert one and other
    form = {"token": _token(reader, f"/event/{one}"), "choice": "not-same-as", "value": other, **BY}
    answer = reader.post(f"/event/{one}/judge", data=form, follow_redirects=False)
    assert answer.headers["location"] == f"/event/{one}#judged"
    assert [judged.value for judged in desk.judgements(one)] == [other]
    bad = reader.post(f"/event/{one}/judge", data={**form, "value": one}, follow_redirects=False)
    assert bad.status_code == 422


@settings(deadline=None, max_examples=200)
@given(choice=st.text(max_size=20), field=st.text(max_size=12), value=st.text(max_size=20))
def test_a_form_gives_fields_that_are_known_or_says_why_not(choice: str, field: str, value: str) -> None:
    try:
        found = judging.given(choice, field, value)
    except MarsadError as error:
        assert error.code == "format"
    else:
        assert found
