"""The map: the states that one has to do with, as links, in words and as a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pairs
import pytest
from browser import browse
from fastapi.testclient import TestClient

from marsad.desk import Desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with pairs.desk(str(tmp_path_factory.mktemp("map") / "map.db")) as made:
        yield made


@pytest.fixture(scope="module")
def reader(desk: Desk) -> TestClient:
    return browse(desk)


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_what_the_map_shows_the_table_tells(reader, desk, lang):
    text = reader.get("/map", params={"of": "IRQ", "lang": lang}).text
    picture, _, table = text.partition('id="table-h"')
    drawn = set(re.findall(r'href="/relation/IRQ/(\w+)"', picture))
    told = re.findall(r'href="/relation/IRQ/(\w+)"', table)
    bonds = desk.around("IRQ")
    assert told == [bond.other for bond in bonds]
    assert drawn == {bond.other for bond in bonds} - {"EU"}  # a body of states has no outline
    for bond in bonds:
        assert f'class="is {bond.word}"' in table


def test_without_a_state_that_of_the_latest_acts_is_in_the_middle(reader, desk):
    assert f'<option value="{desk.lately()}" selected>' in reader.get("/map").text


def test_a_name_is_understood_and_a_body_stands_for_its_state(reader):
    for of in ("العراق", "Iraq", "IRQ.GOV.MOD"):
        assert '<option value="IRQ" selected>' in reader.get("/map", params={"of": of}).text


def test_a_state_of_which_nothing_was_read_says_so(reader):
    text = reader.get("/map", params={"of": "NPL"}).text
    assert 'class="empty"' in text and 'id="table-h"' not in text


@pytest.mark.parametrize(("query", "status"), [({"of": "the-moon"}, 404), ({"until": "soon"}, 400)])
def test_what_cannot_be_asked_is_told(reader, query, status):
    assert reader.get("/map", params=query, headers={"accept": "text/html"}).status_code == status


def test_it_is_small_and_asks_nothing_of_the_world(reader):
    text = reader.get("/map", params={"of": "IRQ"}).text
    assert len(text.encode()) < 150_000
    assert not re.search(r'(?:src|href)="(?:https?:)?//', text)
