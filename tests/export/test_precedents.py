"""Precedents as lines for a terminal and as objects of JSON: reasons, what came next, counts with n, no shares."""

import re
from dataclasses import replace
from datetime import date

import msgspec
import pytest
from rich.console import Console

from marsad.export.labels import label
from marsad.export.precedents import lines, precedent_record, table
from marsad.export.table import Layout
from marsad.knowledge.precedents import ItemClass, Tie, precedents
from marsad.relate.cases import course_of
from marsad.relate.precedents import after, like

CONSOLE = Console(width=100)


@pytest.fixture(scope="module")
def likes():
    asked = course_of(next(one for one in precedents() if one.id == "IRQ-SHOIGU-2025"))
    return like(asked, {ItemClass.AIR_DEFENCE}, Tie.STRATEGIC_PARTNER, precedents())


@pytest.fixture(scope="module")
def afters(likes):
    return after(likes), after(likes, exact=False)


def shown(likes, afters, lang="en", terminal=False, width=100):
    layout = Layout(lang=lang, width=width, terminal=terminal)
    return [line.plain for line in table(likes, afters, layout, CONSOLE)]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_case_is_told_with_name_reasons_and_what_came_next(likes, afters, lang):
    text = "\n".join(shown(likes, afters, lang))
    for one in likes:
        assert one.precedent.name.shown(lang) in text and one.precedent.id in text
    for key in ("why", "next_stage", "next_signal", "outcome"):
        assert text.count(f"{label('precedent', key, lang)}: ") >= len(likes)
    assert text.splitlines()[-1].strip() in label("precedent", "small", lang)


def test_a_case_is_told_with_its_rung_its_days_and_their_number(likes):
    told = " ".join(" ".join(line.split()) for line in shown([likes[1]], []))
    assert "IRQ-SAM-2018-2021 13.1 / 16" in told
    assert "L4 · 2018-03-27" in told
    assert "W5 · 2020-01-15 (659 days)" in told and "L0 · 2024-09-19" in told


def test_a_day_is_told_only_as_far_as_it_is_known(likes):
    next_signal = likes[0].next_signal
    assert next_signal.step.day == date(2025, 9, 20)
    told = "\n".join(shown([likes[0]], []))
    assert "2025-09 (" in told and "2025-09-20" not in told


def test_a_case_without_a_rung_says_so(likes):
    mali = next(one for one in likes if one.precedent.id == "MLI-WAGNER")
    told = "\n".join(shown([mali], []))
    assert label("precedent", "no_rung_then", "en") in told and told.count(label("precedent", "none_known", "en")) == 2


def test_nothing_in_common_is_said(likes):
    none = replace(likes[0], why=tuple(replace(part, points=0.0) for part in likes[0].why))
    assert label("precedent", "nothing", "en") in "\n".join(shown([none], []))


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_counts_have_their_n_and_are_no_shares(likes, afters, lang):
    text = "\n".join(shown(likes, afters, lang))
    assert "n = 3" in text and "n = 19" in text
    assert "%" not in text and "٪" not in text
    assert not re.search(r"\b0\.\d", "\n".join(shown([], afters, lang)))


def test_no_line_is_wider_than_asked(likes, afters):
    # The head of a case is one line, whatever its name.
    assert max(len(line) for line in shown(likes, afters, width=60) if not re.match(r" ?\d+\. ", line)) <= 60


def test_arabic_on_a_terminal_isolates_what_is_not(likes, afters):
    told = "\n".join(shown(likes, afters, "ar", terminal=True))
    assert "\u2066IRQ-SAM-2018-2021\u2069" in told and "\u2066L4\u2069" in told and "\u20662018-03-27\u2069" in told
    assert told.count("\u2066") + told.count("\u2067") == told.count("\u2069")


def test_lines_of_json_rank_the_cases_and_end_with_the_counts(likes, afters):
    records = [msgspec.json.decode(msgspec.json.encode(one)) for one in lines(likes, afters, "ar")]
    assert [one["kind"] for one in records] == ["precedent"] * len(likes) + ["after"] * 2
    assert [one["rank"] for one in records[: len(likes)]] == list(range(1, len(likes) + 1))
    second = records[1]
    assert second["id"] == "IRQ-SAM-2018-2021" and second["name"]["ar"].startswith("العراق")
    assert second["points"] == pytest.approx(sum(part["points"] for part in second["why"]))
    assert second["next_signal"]["rung"] == "W5" and second["next_signal"]["days"] == 659
    assert second["next_signal"]["sources"] and second["next_signal"]["text"]["ar"]
    exact, wide = records[-2:]
    assert (exact["rung"], exact["exact"], exact["n"]) == ("L4", True, 3)
    assert exact["next_stage"] == {"unknown": 1, "L0": 1, "postponed": 1}
    assert wide["next_signal"] is None and wide["n"] == len(wide["cases"])
    assert exact["note"] == label("precedent", "small", "ar")


def test_a_whole_case_has_every_step_with_voice_and_sources():
    for one in precedents():
        made = msgspec.json.decode(msgspec.json.encode(precedent_record(one)))
        assert len(made["steps"]) == len(one.steps) and len(made["lessons"]) == len(one.lessons)
        assert made["highest"]["stage"] == f"L{one.stage}"
    doubted = [
        step["rung"] for one in precedents() for step in precedent_record(one)["steps"] if step["doubted"] is not None
    ]
    assert doubted == ["L8", "L5", "L6"]
