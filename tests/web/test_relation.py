"""The page of a pair: the sentence behind the highest rung, the evidence of a mark, filters, files."""

from __future__ import annotations

import csv
import html
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pairs
import pytest
from browser import browse
from fastapi.testclient import TestClient

from marsad.desk import Desk
from marsad.types import Ladder
from marsad.web import words

PAGE = "/relation/IRQ/RUS"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    path: Path = tmp_path_factory.mktemp("pair") / "pair.db"
    with pairs.desk(str(path)) as made:
        yield made


@pytest.fixture(scope="module")
def reader(desk: Desk) -> TestClient:
    return browse(desk)


def page(reader, path=PAGE, **query):
    answer = reader.get(path, params=query or None)
    assert answer.status_code == 200, answer.text[:500]
    return answer.text


def marks(text):
    return re.findall(r'<a class="mark [^"]*" href="([^"]*)"', text)


def standing(desk, ladder):
    return desk.glance("IRQ", "RUS", sanctioner="USA").course.standing[ladder].highest


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_the_sentence_behind_the_highest_rung_stands_on_top(reader, desk, lang):
    text = page(reader, lang=lang)
    top = text[text.index('class="standing"') : text.index('class="the-course"')]
    for ladder in (Ladder.L, Ladder.W):
        highest = standing(desk, ladder)
        assert desk.cited([highest])[highest.rung.id].words in html.unescape(top)
        assert f"rung={highest.id}#evidence" in html.unescape(top)


def test_each_mark_leads_to_its_evidence_without_a_script(reader, desk):
    found = marks(page(reader))
    course = desk.glance("IRQ", "RUS", sanctioner="USA").course
    assert len(found) == sum(one.rung.day is not None for one in course.reached)
    for link, one in zip(found, sorted(course.reached, key=lambda each: (each.rung.day, each.id)), strict=True):
        address, _, anchor = html.unescape(link).partition("#")
        assert anchor == "evidence"
        text = page(reader, PAGE + address)
        shown = text[text.index('id="evidence"') : text.index('id="rungs-h"')]
        assert f'<b dir="ltr">{one.rung.name}</b>' in shown
        assert '<mark class="rung">' in shown and "/article/" in shown
        assert f'rung={one.id}#evidence" aria-current="true"' in text


def test_a_piece_alone_is_what_a_script_puts_into_the_page(reader, desk):
    text = page(reader, rung=standing(desk, Ladder.L).id, part="evidence")
    assert text.lstrip().startswith('<section id="evidence"') and "<html" not in text
    assert '<figure id="course"' in page(reader, part="course")
    assert 'id="precedents"' in page(reader, part="precedents")


def test_what_is_dear_is_asked_for_apart_and_then_known(reader):
    first = page(reader, since="2025-02")
    assert "part=course" in first
    assert "part=course" not in page(reader, since="2025-02", changes="1")
    assert "part=course" not in page(reader, since="2025-02")


@pytest.mark.parametrize(
    ("query", "keeps"),
    [
        ({"voice": "paraphrase"}, lambda one: one.rung.voice == "paraphrase"),
        ({"status": "PLANNED"}, lambda one: one.rung.status == "PLANNED"),
        ({"source": "dijla.example"}, lambda one: "dijla.example" in one.origins),
        ({"since": "2025-03", "until": "2025-04"}, lambda one: "2025-03" <= f"{one.rung.day}" < "2025-05"),
    ],
)
def test_filters_keep_what_they_say(reader, desk, query, keeps):
    reached = desk.glance("IRQ", "RUS", sanctioner="USA").course.reached
    kept = [one.id for one in reached if keeps(one)]
    assert 0 < len(kept) < len(reached)
    found = re.findall(r"rung=(\w+)", " ".join(marks(page(reader, **query))))
    assert sorted(found) == sorted(kept)


def test_a_type_keeps_the_rungs_of_such_acts(reader, desk):
    reached = desk.glance("IRQ", "RUS", sanctioner="USA").course.reached
    types = desk.types(reached)
    kept = {one.id for one in reached if one.rung.event and types[one.rung.event] == "AGREE"}
    assert kept and kept == set(re.findall(r"rung=(\w+)", " ".join(marks(page(reader, type="AGREE")))))


def test_without_a_sanctioner_nobody_warns(reader):
    text = page(reader, sanctioner="-")
    assert "ladder-W" not in text and "/triangle/" not in text


def test_the_rungs_go_into_a_table_and_the_picture_into_a_file(reader, desk):
    answer = reader.get(PAGE, params={"as": "csv"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode().lstrip("\ufeff"))))
    assert len(rows) == len(desk.glance("IRQ", "RUS", sanctioner="USA").course.reached)
    picture = reader.get(PAGE, params={"as": "svg"})
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert ET.fromstring(picture.text).tag.endswith("svg")


def test_names_in_either_language_are_understood(reader):
    assert marks(page(reader, "/relation/العراق/Russia"))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/relation/IRQ/the-moon", 404),
        ("/relation/IRQ/IRQ", 400),
        (f"{PAGE}?by=century", 400),
        (f"{PAGE}?since=tomorrow", 400),
        (f"{PAGE}?since=2025-06&until=2025-01", 400),
        (f"{PAGE}?voice=loud", 400),
        (f"{PAGE}?rung=0000&part=evidence", 404),
    ],
)
def test_what_cannot_be_asked_is_told(reader, path, status):
    assert reader.get(path, headers={"accept": "text/html"}).status_code == status


def test_a_rung_that_is_gone_leaves_the_page(reader):
    assert 'class="voice-' not in page(reader, rung="0" * 16).partition('id="evidence"')[2].partition("</section>")[0]


def test_two_that_nothing_is_known_of_are_told_what_to_do(reader):
    text = page(reader, "/relation/CHL/NPL")
    assert 'class="empty"' in text and "/map?of=CHL" in text


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_words_of_an_article_are_never_markup(reader, lang):
    text = page(reader, lang=lang)
    assert "<script>alert" not in text and "\x1b" not in text
    hostile = re.search(r"rung=(\w+)", next(link for link in reversed(marks(text))))[1]
    assert "<script>alert" not in page(reader, rung=hostile)
    assert re.search(r"""\sstyle=|<script(?![^>]*src=)|\son\w+=["']""", text) is None


def test_every_word_stands_in_both_languages():
    for name in ("relation", "triangle", "map"):
        for key, said in words.book(name).items():
            assert set(said) == {"ar", "en"} and all(said.values()), key
            assert re.findall(r"{\w+}", said["ar"].split("|")[-1]).sort() == re.findall(r"{\w+}", said["en"]).sort()


def test_each_law_beside_leads_on_and_to_a_finding_where_it_binds_somebody(reader):
    links = set(re.findall(r'href="(/(?:law|finding)/[^"]+)"', page(reader)))
    assert {"/finding/IRQ/us/caatsa/231", "/law/us/caatsa/235"} <= links
    assert all(reader.get(link).status_code == 200 for link in links)
