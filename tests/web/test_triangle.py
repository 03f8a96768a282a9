"""The page of three sides: each pair over the same time, the third as the one that warns."""

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
    with pairs.desk(str(tmp_path_factory.mktemp("three") / "three.db")) as made:
        yield made


@pytest.fixture(scope="module")
def reader(desk: Desk) -> TestClient:
    return browse(desk)


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_three_pairs_stand_over_one_time_with_their_sums(reader, desk, lang):
    text = reader.get("/triangle/IRQ/RUS/USA", params={"lang": lang, "since": "2025-01"}).text
    assert text.count('class="counts"') == 3 and text.count('class="course"') == 1
    assert text.count('<pattern id="p-vc"') == 1
    whole = desk.triangle("IRQ", "RUS", "USA", since=pairs.date(2025, 1, 1))
    digits = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
    table = text.partition('id="sums-h"')[2].partition("</table>")[0].translate(digits)
    acts = [int(row) for row in re.findall(r'</td><td class="number">(\d+)</td><td class="number"><bdi', table)]
    assert acts == [sum(one.acts or 0 for one in pair) for pair in whole.pairs]


def test_its_marks_lead_to_the_page_of_the_pair(reader):
    text = reader.get("/triangle/IRQ/RUS/USA").text
    links = re.findall(r'<a class="mark [^"]*" href="([^"]*)"', text)
    assert links and all(link.startswith("/relation/IRQ/RUS?sanctioner=USA&amp;rung=") for link in links)


def test_another_may_be_the_one_that_warns(reader):
    text = reader.get("/triangle/IRQ/RUS/USA").text
    assert 'href="/triangle/RUS/USA/IRQ"' in text and 'href="/triangle/USA/IRQ/RUS"' in text


@pytest.mark.parametrize(
    ("path", "status"),
    [("/triangle/IRQ/RUS/IRQ.GOV", 400), ("/triangle/IRQ/RUS/USA?by=x", 400), ("/triangle/IRQ/RUS/the-moon", 404)],
)
def test_what_cannot_be_asked_is_told(reader, path, status):
    assert reader.get(path, headers={"accept": "text/html"}).status_code == status
