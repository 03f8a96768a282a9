"""The pictures of pages: well-formed, linked, nothing told by colour alone, nothing from outside as markup."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta

import pairs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.export.picture import Axis
from marsad.knowledge.countries import countries
from marsad.knowledge.precedents import precedents
from marsad.relate.course import stays
from marsad.store.reached import Rises
from marsad.types import Change, Ladder, Relation
from marsad.web.charts.counts import counts_picture
from marsad.web.charts.course import Drawn, axis_for, course_picture, legend
from marsad.web.charts.small import case_picture, sketch
from marsad.web.charts.world import outlines, world

LANGS = ("ar", "en")
SAID = {"name": "counts", "up": "up", "down": "down", "others": "rest"}
#: A year of days.
AXIS = Axis(date(2025, 1, 1), date(2025, 12, 31))


@pytest.fixture(scope="module")
def course():
    with pairs.desk() as desk:
        return desk.course("IRQ", "RUS", sanctioner="USA")


def drawn(course, **more):
    given = {"stays": {ladder: stays(course, ladder) for ladder in course.standing}, "link": "?rung={}".format}
    return Drawn(course=course, **{**given, **more})


def marks(picture):
    return re.findall(r'<a class="mark ([^"]*)" href="([^"]*)"', picture)


def month(n, acts, quads=None, others=None):
    first = date(2025, n, 1)
    last = (first + timedelta(32)).replace(day=1) - timedelta(1)
    return Relation(
        source="A", target="B", first=first, last=last, acts=acts, reports=None, articles=0 if acts is None else 5,
        quads=quads or {}, others=others or {},
    )  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
def test_every_dated_rung_is_a_mark_that_leads_to_it_in_the_order_of_the_days(course, lang):
    picture = course_picture(drawn(course), lang, "name")
    ET.fromstring(str(picture))
    dated = sorted((one for one in course.reached if one.rung.day), key=lambda one: (one.rung.day, one.id))
    assert [href for _, href in marks(picture)] == [f"?rung={one.id}" for one in dated]


def test_a_mark_that_is_unconfirmed_is_hollow_and_says_so(course):
    kinds = dict((href, kind) for kind, href in marks(course_picture(drawn(course), "en", "name")))
    for one in course.reached:
        if one.rung.day:
            assert ("hollow" in kinds[f"?rung={one.id}"].split()) is not one.confirmed


def test_the_mark_that_is_shown_is_the_current_one(course):
    chosen = next(one.id for one in course.reached if one.rung.day)
    picture = course_picture(drawn(course, chosen=chosen), "en", "name")
    assert re.findall(r'rung=(\w+)" aria-current="true"', picture) == [chosen]


def test_low_rungs_by_month_are_one_ring_a_level_with_their_number(course):
    rises = [
        Rises(Ladder.L, 3, 3, True, 202502, 7, "a1", "a2"),
        Rises(Ladder.L, 3, 3, False, 202502, 2, "b1", "b2"),
        Rises(Ladder.L, 2, 2, False, 202503, 4, "c1", "c2"),
        Rises(Ladder.L, 2, 2, True, None, 4, "d1", "d2"),  # without a day: no place
    ]
    told = []
    picture = course_picture(
        drawn(course, rises=rises, said=lambda key, **given: told.append((key, given["n"])) or f"{given['n']} rungs"),
        "en",
        "name",
    )
    assert told == [("low_rungs", "9"), ("low_rungs", "4")]
    assert picture.count('class="ring"') == 2
    assert [kind for kind, href in marks(picture) if href == "?rung=b2"] == ["in-l"]
    assert [kind for kind, href in marks(picture) if href == "?rung=c2"] == ["in-l hollow"]


def test_a_change_is_a_band_with_words_and_an_edge_of_its_own(course):
    def turn(before, after, day):
        return Change(
            source="IRQ", target="RUS", quad="verbal-conflict", day=day, found=day + timedelta(5), before=before,
            after=after, strength=0.9,
        )  # fmt: skip

    changes = [turn(0.1, 0.9, date(2025, 2, 1)), turn(0.9, 0.1, date(2025, 4, 1)), turn(0, 1, date(1990, 1, 1))]
    picture = course_picture(drawn(course, changes=changes), "en", "name")
    assert re.findall(r'class="band (\w+)"', picture) == ["more", "less"]
    assert "conflict in words" in picture


@pytest.mark.parametrize("lang", LANGS)
def test_a_name_from_outside_stays_text(course, lang):
    evil = '"><script>alert(1)</script>'
    for picture in (
        course_picture(drawn(course, link=lambda _: evil), lang, evil),
        counts_picture([month(1, 1)], AXIS, lang, dict.fromkeys(SAID, evil)),
        sketch([1], evil),
    ):
        assert "<script" not in picture
        ET.fromstring(str(picture))


def test_a_period_of_which_nothing_was_read_is_hatched_and_no_column():
    picture = counts_picture([month(1, 2, {"verbal-cooperation": 2}), month(2, None), month(3, 0)], AXIS, "en", SAID)
    unknown = re.search(r'class="unknown" d="([^"]*)"', picture)[1]
    assert unknown.count("M") == 1
    assert float(unknown[1:].split()[0]) == AXIS.x(date(2025, 2, 1))


def test_cooperation_stands_above_the_line_conflict_below_and_what_did_not_happen_apart():
    picture = counts_picture(
        [month(1, 3, {"material-cooperation": 2, "material-conflict": 1}, {"DENIED": 4})], AXIS, "en", SAID
    )
    ET.fromstring(str(picture))

    def height(kind):
        return float(re.search(rf'class="{kind}" d="[^"]*?v(-?[\d.]+)h', picture)[1])

    assert height("quad mc") < 0 < height("quad mx")
    assert height("quad mc") == pytest.approx(-2 * height("quad mx"), abs=0.2)
    assert "rest (4)" in picture and height("others") < 0


def test_patterns_are_in_the_first_picture_of_a_page_only():
    made = [counts_picture([month(1, 1)], AXIS, "en", SAID, first=first) for first in (True, False)]
    assert ["<pattern" in one for one in made] == [True, False]


@given(st.lists(st.none() | st.integers(0, 10**6), max_size=60))
@settings(deadline=None)
def test_a_sketch_has_a_column_for_what_is_known_and_a_gap_for_what_is_not(values):
    picture = sketch(values, "acts")
    ET.fromstring(str(picture))
    gaps, bars = (re.search(rf'class="{kind}" d="([^"]*)"', picture)[1].count("M") for kind in ("gaps", "bars"))
    assert (gaps, bars) == (values.count(None), len(values) - values.count(None))


@pytest.mark.parametrize("lang", LANGS)
def test_every_known_case_can_be_drawn_at_each_of_its_days(lang):
    for case in precedents():
        for n, step in enumerate(case.rungs, 1):
            picture = case_picture(case.rungs, step.day, n, lang, case.name.shown(lang), ("a", "b", "c"))
            ET.fromstring(str(picture))
            assert f"{step.rung} · {step.day}" in picture


def test_every_outline_is_of_a_known_side_and_lies_on_the_sheet():
    assert {"IRQ", "RUS", "USA", "BHR", "PSE", "ESH", "XKX"} <= outlines().keys() <= countries().keys()
    states = {code for code, entry in countries().items() if entry.status == "state"}
    assert len(states - outlines().keys()) <= 2
    for path in outlines().values():
        assert re.fullmatch(r"[M0-9lazZ .-]+", path)
        for x, y in re.findall(r"M([\d.]+) ([\d.]+)", path):
            assert 0 <= float(x) <= 1000 and 0 <= float(y) <= 434


def test_the_map_links_what_is_known_and_tells_it_in_words_and_patterns():
    made = world(
        "IRQ", {"RUS": "cooperation", "TUR": "conflict", "EGY": "mixed"}, lambda code: f"/to/{code}",
        lambda code: f"told {code}", "en", "map",
    )  # fmt: skip
    ET.fromstring(str(made))
    assert re.findall(r'href="/to/(\w+)"', made) == ["EGY", "RUS", "TUR"]
    assert made.count("told RUS") == 2  # for the eye and for a reader's voice
    assert made.count('class="conflict"') == made.count('class="mixed"') == 1
    assert 'class="of"' in made and 'href="/to/IRQ"' not in made


@pytest.mark.parametrize("lang", LANGS)
def test_the_legend_has_words_for_every_shape(lang):
    assert len({words for _, words in legend(lang)}) == len(legend(lang)) == 10


def test_the_axis_of_a_course_is_that_of_its_picture(course):
    assert axis_for(course).first < min(one.rung.day for one in course.reached if one.rung.day)
