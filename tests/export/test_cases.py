"""The known cases for a terminal: the list, and one in full."""

import re

import pytest
from rich.cells import cell_len
from rich.console import Console

from marsad.export.cases import case_lines, case_list
from marsad.export.precedents import LIKES, like_rows
from marsad.export.table import LRI, PDI, RLI, Layout
from marsad.knowledge.precedents import ItemClass, Tie, precedents
from marsad.relate.cases import course_of
from marsad.relate.precedents import like

CONSOLE = Console(width=80)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_list_has_every_case_once_with_its_id_and_what_became_of_it(lang):
    text = [line.plain for line in case_list(precedents(), Layout(lang, 80), CONSOLE)]
    for one in precedents():
        assert sum(line.startswith(f"{one.id} ") for line in text) == 1
    assert max(map(cell_len, text)) <= 80
    (turkey,) = (line for line in text if line.startswith("TUR-SSB-2020"))
    assert re.match(r"TUR-SSB-2020 +L9 +W8 ", turkey)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_case_has_every_step_with_its_day_rung_and_pages(lang):
    for case in precedents():
        text = [line.plain for line in case_lines(case, Layout(lang, 80, terminal=True), CONSOLE)]
        whole = "\n".join(text)
        assert case.name.shown(lang) in text[0] and case.id in text[0]
        assert all(source in whole for step in case.steps for source in step.sources)
        assert whole.count(RLI) + whole.count(LRI) == whole.count(PDI)
        assert max(cell_len(line) for line in text if "http" not in line) <= 80
        for lesson in case.lessons:
            assert lesson.shown(lang).split()[0] in whole


def test_a_day_is_told_only_as_far_as_it_is_known_and_context_is_no_rung():
    case = next(one for one in precedents() if one.id == "IRQ-SAM-2018-2021")
    text = [line.plain for line in case_lines(case, Layout("en", 80), CONSOLE)]
    assert any(re.match(r"2019-04 {5}L5 ", line) for line in text)
    assert any(re.match(r"2012-10-09  – ", line) for line in text)


def test_likes_are_flat_rows_for_frames():
    asked = course_of(next(one for one in precedents() if one.id == "IRQ-SHOIGU-2025"))
    likes = like(asked, {ItemClass.AIR_DEFENCE}, Tie.STRATEGIC_PARTNER, precedents())
    rows = list(like_rows(likes, "ar"))
    assert all(list(row) == list(LIKES) for row in rows) and len(rows) == len(likes)
    assert [row["rank"] for row in rows] == list(range(1, len(likes) + 1))
    assert [row["points"] for row in rows] == sorted((row["points"] for row in rows), reverse=True)
    assert rows[1]["id"] == "IRQ-SAM-2018-2021" and rows[1]["next_signal"] == "W5"
    assert len({column.en for column in LIKES.values()}) == len(LIKES)
