"""The picture of a course: well-formed, a mark for each dated rung, a line that falls, nothing that words could do."""

import re
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from courses import HOSTILE, STORY, UNTIL, cited, made, reached
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.export.labels import level
from marsad.export.picture import MOST, ROOM, SIDE, WIDTH, apart
from marsad.export.plot import plot
from marsad.relate.course import stays
from marsad.types import Change, Ladder

NAMESPACE = "{http://www.w3.org/2000/svg}"
CHANGE = Change(
    source="IRQ", target="RUS", quad="material-cooperation", day=date(2024, 6, 1), found=date(2024, 6, 8), before=0.1,
    after=0.9, strength=0.98,
)  # fmt: skip


def drawn(course, lang="en", **more) -> ElementTree.Element:
    time = {ladder: stays(course, ladder, course.since) for ladder in course.standing}
    text = plot(course, lambda ladder, number: level(ladder, number, lang), lang=lang, stays=time, **more)
    return ElementTree.fromstring(text)


def marks(svg: ElementTree.Element) -> list[ElementTree.Element]:
    """The groups with a title: one a rung."""
    return [one for one in svg.iter(f"{NAMESPACE}g") if one.find(f"{NAMESPACE}title") is not None]


def titles(svg: ElementTree.Element) -> list[str]:
    return [one.find(f"{NAMESPACE}title").text for one in marks(svg)]


def lines(svg: ElementTree.Element, colour: str) -> list[str]:
    return [
        one.get("d")
        for one in svg.findall(f"{NAMESPACE}path")
        if one.get("stroke") == colour and one.get("stroke-opacity") == "0.35"
    ]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_it_is_a_picture_with_a_mark_for_each_dated_rung(lang):
    svg = drawn(made(*STORY), lang, cited=cited(STORY))
    assert svg.tag == f"{NAMESPACE}svg"
    assert len(marks(svg)) == len(STORY) - 1
    assert svg.find(f"{NAMESPACE}title").text == {"en": "Iraq – Russia · United States",
                                                  "ar": "العراق – روسيا · الولايات المتحدة"}[lang]  # fmt: skip


def test_what_a_mark_tells():
    told = titles(drawn(made(*STORY), cited=cited(STORY)))
    (threat,) = (one for one in told if "W5" in one)
    assert threat == ("2024-07-01 · W5 explicit threat · paraphrased · confirmed\n«Some words of the paper.»\nA paper")
    assert any(one.startswith("2024 · L1 ") for one in told)
    assert any("W8" in one and "recalled" in one for one in told)
    assert any("called off" in one for one in told) and any("put off" in one for one in told)


def test_voices_have_shapes_and_what_is_not_confirmed_is_hollow():
    svg = drawn(made(*STORY))
    shapes = {re.search(r"[LWR]-?\d", title)[0] + title[:10]: one for one, title in zip(marks(svg), titles(svg),
                                                                                          strict=True)}  # fmt: skip

    def tags(key: str) -> list[str]:
        return [child.tag.removeprefix(NAMESPACE) for child in shapes[key]]

    assert tags("W12024-03-06")[0] == "circle" and tags("L32024-03-05")[0] == "rect"
    assert tags("L82024-10-01") == ["path", "path", "title"]  # the mark, and the bar of what is put off
    assert shapes["W32024-03-06"].get("fill") == "#fff" and shapes["W12024-03-06"].get("fill") != "#fff"
    assert shapes["W82024-11-01"].get("opacity") and not shapes["W52024-07-01"].get("opacity")


def test_the_line_climbs_with_what_is_confirmed_and_falls_when_it_is_called_off():
    (line,) = lines(drawn(made(*STORY)), "#1f5fa8")
    heights = [float(y) for y in re.findall(r"(?:V|M[\d.]+ )([\d.]+)", line)]
    ups = [one > other for one, other in pairwise(heights)]
    assert ups == [True, True, True, False]  # L1, L3, L4, L6, and back to L4; upwards is smaller


def test_a_gap_is_left_where_nothing_stands():
    story = (reached("W5", "2024-01-01"), reached("R4", "2024-03-01"), reached("W1", "2024-06-01"))
    (line,) = lines(drawn(made(*story)), "#b3361b")
    assert line.count("M") == 2


def test_what_was_before_the_first_day_still_stands_in_the_line():
    since = date(2024, 7, 1)
    whole = stays(made(*STORY), Ladder.L, since)
    text = plot(made(*STORY, since=since), lambda ladder, number: f"{ladder}{number}", stays={Ladder.L: whole})
    svg = ElementTree.fromstring(text)
    assert len(marks(svg)) == len([one for one in STORY if one.rung.day and one.rung.day >= since])
    (line,) = lines(svg, "#1f5fa8")
    # From L6, which was signed before, down to L4.
    first, then = re.fullmatch(r"M[\d.]+ ([\d.]+)H[\d.]+V([\d.]+)H[\d.]+", line).groups()
    assert float(first) < float(then)


def test_changes_are_bands_that_say_what_turned():
    svg = drawn(made(*STORY), changes=[CHANGE, Change(**{f: getattr(CHANGE, f) for f in CHANGE.__slots__}
                                                     | {"day": date(2030, 1, 1)})])  # fmt: skip
    bands = [one for one in svg.findall(f"{NAMESPACE}rect") if one.find(f"{NAMESPACE}title") is not None]
    assert [one.find(f"{NAMESPACE}title").text for one in bands] == ["2024-06-01 · cooperation in deeds · 0.1 → 0.9"]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_words_from_outside_stay_words(lang):
    svg = drawn(made(*STORY), lang, cited=cited(STORY, HOSTILE, HOSTILE))
    assert {one.tag.removeprefix(NAMESPACE) for one in svg.iter()} <= {"svg", "title", "rect", "g", "path", "text",
                                                                       "circle"}  # fmt: skip
    everything = "".join(svg.itertext())
    assert "<script>alert(1)</script>" in everything
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe]", everything)
    assert not any(name.startswith("on") or "href" in name for one in svg.iter() for name in one.attrib)


def test_a_course_without_a_dated_rung_is_a_picture_still():
    for course in (made(), made(reached("L2", None))):
        svg = drawn(course)
        assert marks(svg) == []
    assert "without a day, not drawn: 1" in "".join(svg.itertext())


def test_without_a_sanctioner_there_is_no_ladder_of_warnings():
    text = "".join(drawn(made(*STORY, sanctioner=None)).itertext())
    assert "Rapprochement" in text and "Warning" not in text


def test_arabic_runs_from_right_to_left_and_codes_do_not():
    svg = drawn(made(*STORY), "ar")
    words = {one.text: one.get("direction") for one in svg.iter(f"{NAMESPACE}text")}
    assert words["سلّم التقارب"] == "rtl" and words["L3"] is None
    assert svg.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"


def places(svg: ElementTree.Element) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for one in marks(svg):
        x, y = re.fullmatch(r"translate\(([\d.]+) ([\d.]+)\)", one.get("transform")).groups()
        found.setdefault(y, []).append(float(x))
    return found


def test_marks_of_one_day_and_level_do_not_hide_each_other():
    # Nothing joins them: each is a visit of another day, and all stand within a few pixels.
    same = [reached("L3", f"2024-03-0{day}") for day in (1, 4, 7)]
    found = places(drawn(made(reached("L1", "2010-01-01"), *same)))
    (row,) = (sorted(xs) for xs in found.values() if len(xs) > 1)
    assert len(row) == 3 and all(round(b - a, 1) >= ROOM for a, b in pairwise(row))


@given(st.lists(st.floats(SIDE, WIDTH), max_size=40))
@settings(deadline=None)
def test_marks_keep_their_order_and_stay_near_their_day(xs):
    xs = [round(x, 1) for x in sorted(xs)]
    moved = apart(xs)
    assert len(moved) == len(xs) and moved == sorted(moved)
    assert all(abs(x - y) <= MOST + 0.05 for x, y in zip(xs, moved, strict=True))
    if len(xs) == 1 or all(b - a >= ROOM for a, b in pairwise(xs)):
        assert moved == xs


def test_two_marks_in_one_place_are_moved_apart():
    assert apart([500.0, 500.0]) == [495.0, 505.0]
    assert apart([500.0, 504.0, 700.0]) == [497.0, 507.0, 700.0]


@pytest.mark.parametrize("days", [1, 30, 200, 2000, 20000])
def test_the_axis_has_ticks_for_any_span(days):
    first = UNTIL - timedelta(days)
    svg = drawn(made(reached("L3", first.isoformat())))
    ticks = [one for one in svg.iter(f"{NAMESPACE}text") if one.get("fill") == "#55555a"]
    assert 1 <= len(ticks) <= 16
    for ladder in (Ladder.L, Ladder.W):
        assert any(one.text == f"{ladder}3" for one in svg.iter(f"{NAMESPACE}text"))
