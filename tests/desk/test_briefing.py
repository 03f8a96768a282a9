"""What a brief of a pair shows: where it stands and what moved, what was said and denied, and what was read."""

from datetime import date

import pairs
import pytest

from marsad.desk import Desk
from marsad.desk.intake.adding import add
from marsad.desk.pairs.briefing import MONTH, brief, statements
from marsad.errors import SettingsError
from marsad.export.rows import Sentences
from marsad.identity import article_id
from marsad.store.where import Where
from marsad.types import Article, Ladder, Voice

SPRING = {"since": date(2025, 1, 1), "until": date(2025, 3, 31)}


@pytest.fixture(scope="module")
def asked():
    with pairs.desk() as desk:
        yield desk


@pytest.fixture(autouse=True)
def changes(monkeypatch):
    pairs.stand_in(monkeypatch)


def rungs(found):
    return [one.rung.name for one in found.course.reached]


def test_the_rungs_of_the_time_stand_with_their_sentences(asked):
    found = brief(asked, "IRQ", "RUS", **SPRING)
    assert rungs(found) == ["L3", "W0", "L4", "L6", "W5"]
    assert all(found.cited[one.rung.id].words for one in found.course.reached)


def test_where_they_stood_the_day_before_is_told_beside(asked):
    found = brief(asked, "IRQ", "RUS", since=date(2025, 3, 1), until=date(2025, 3, 31))
    assert rungs(found) == ["L6", "W5"]
    before, now = found.before[Ladder.L], found.course.standing[Ladder.L]
    assert (before.highest.rung.name, now.highest.rung.name) == ("L4", "L6")


def test_the_standing_has_its_sentence_though_its_rung_is_older(asked):
    found = brief(asked, "IRQ", "RUS", since=date(2025, 4, 1), until=date(2025, 4, 30))
    highest = found.course.standing[Ladder.L].highest
    assert found.is_quiet and found.cited[highest.rung.id].words


def test_without_a_time_it_is_the_last_thirty_days(asked):
    found = brief(asked, "IRQ", "RUS")
    assert (found.until, found.days) == (asked.today(), MONTH)


def test_the_sanctioner_of_the_settings_is_left_out_where_it_is_one_of_the_two(asked):
    assert brief(asked, "IRQ", "RUS", **SPRING).sanctioner == "USA"
    found = brief(asked, "IRQ", "USA", **SPRING)
    assert found.sanctioner is None and found.findings == ()


@pytest.mark.parametrize(
    ("pair", "more"),
    [
        (("IRQ", "IRQ.GOV.MOD"), {}),
        (("IRQ", "RUS"), {"since": date(2025, 3, 1), "until": date(2025, 2, 1)}),
        (("IRQ", "RUS"), {"sanctioner": "RUS"}),
    ],
)
def test_what_cannot_be_asked_is_refused(asked, pair, more):
    with pytest.raises(SettingsError) as raised:
        brief(asked, *pair, **more)
    assert raised.value.do


def test_coverage_counts_the_time_alone_and_says_who_was_not_read(asked):
    found = brief(asked, "IRQ", "RUS", since=date(2025, 1, 10), until=date(2025, 1, 10))
    assert found.coverage.articles and "USA" in found.coverage.missing
    nothing = brief(asked, "IRQ", "RUS", since=date(2024, 1, 1), until=date(2024, 1, 31))
    assert nothing.coverage.articles == 0 and nothing.is_quiet


def test_statements_are_those_of_articles_about_both(asked):
    found = brief(asked, "IRQ", "RUS", **SPRING)
    told = {one.quoted.first.article.id for one in found.statements}
    every = {one.article.id for one in asked.reports(Where(parties=("IRQ", "RUS")), limit=200)}
    assert told <= every
    assert all(SPRING["since"] <= one.quoted.first.article.published <= SPRING["until"] for one in found.statements)


def test_words_themselves_come_before_what_is_retold_and_officials_before_others(asked):
    reports = [one for one in asked.reports(limit=200) if one.event.speaker]
    made = statements(reports)
    order = [(one.quoted.first.event.voice is not Voice.VERBATIM, not one.official) for one in made]
    assert order == sorted(order)
    sentences = [one.quoted.quotation for one in made]
    assert len(sentences) == len(set(sentences))


def test_a_denial_stands_once_beside_reports_of_other_articles_that_hold_it(tmp_path):
    told = {
        date(2026, 3, 2): "أعلنت وزارة الدفاع العراقية أنها وقعت عقدا مع روسيا لشراء رادارات.",
        date(2026, 3, 4): "نفت وزارة الدفاع العراقية أن تكون قد وقعت عقدا مع روسيا لشراء رادارات.",
    }
    articles = [Article(id=article_id(text), text=text, published=day) for day, text in told.items()]
    with Desk(str(tmp_path / "news.db")) as desk:
        add(desk.store, iter(articles), desk.now)
        desk.code()
        found = brief(desk, "IRQ", "RUS", since=date(2026, 3, 1), until=date(2026, 3, 31))
    assert [Sentences().of(one.denial) for one in found.denials] == [told[date(2026, 3, 4)].rstrip()]
    assert found.denials[0].denial.event.status == "DENIED"
    assert all(claim.article.id != articles[1].id for claim in found.denials[0].claims)


def test_findings_are_of_laws_about_the_pair(asked):
    found = brief(asked, "IRQ", "RUS", since=date(2025, 3, 1), until=date(2025, 3, 31))
    laws = {one.law.instrument.counterpart for one in found.findings}
    assert laws <= {"RUS"} and all(one.finding.as_of == date(2025, 3, 31) for one in found.findings)
    assert found.findings


def test_a_body_has_the_rungs_that_it_takes_part_in(asked):
    whole = brief(asked, "IRQ", "RUS", **SPRING)
    body = brief(asked, "IRQ.GOV.MOD", "RUS", **SPRING)
    assert {one.id for one in body.course.reached} <= {one.id for one in whole.course.reached}
