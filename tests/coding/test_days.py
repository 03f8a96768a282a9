"""The day of an event: the date tied to it, the narrative's, the article's."""

from datetime import date

import pytest
from build import annotation

from marsad.coding import events
from marsad.types import Precision

TUESDAY = date(2025, 9, 16)


def days(text, triggers, **kwargs):
    found = events(annotation(text, (), triggers, **kwargs), "test")
    return [(event.day.isoformat() if event.day else None, str(event.precision)) for event in found]


@pytest.mark.parametrize(
    ("text", "trigger", "day", "precision"),
    [
        ("زار الوزير بغداد أمس.", ("زار", "CONSULT"), "2025-09-15", "day"),
        ("وقّع البلدان الاتفاق في يوليو/تموز 2017.", ("وقّع", "SUPPORT"), "2017-07-01", "month"),
        ("The two sides signed the accord in 2016.", ("signed", "SUPPORT"), "2016-01-01", "year"),
        ("يزور الوزير بغداد الأسبوع المقبل.", ("يزور", "CONSULT", "PLANNED"), "2025-09-22", "week"),
        ("اندلعت احتجاجات في العاصمة.", ("احتجاجات", "PROTEST"), "2025-09-16", "article"),
    ],
)
def test_an_event_takes_the_date_of_its_sentence_else_that_of_the_article(text, trigger, day, precision):
    assert days(text, [trigger]) == [(day, precision)]


def test_each_event_takes_the_date_of_its_own_clause():
    text = "قصفت الطائرات المعسكر أمس، وكان المتمردون هاجموا القاعدة في 3 مايو 2024."
    assert days(text, [("قصفت", "ASSAULT"), ("هاجموا", "ASSAULT")]) == [("2025-09-15", "day"), ("2024-05-03", "day")]


def test_a_verb_of_saying_keeps_its_own_date():
    text = "قال المتحدث أمس إن الطائرات الحربية التابعة للتحالف قصفت المعسكر."
    assert days(text, [("قصفت", "ASSAULT")]) == [("2025-09-16", "article")]


def test_coordinated_acts_share_a_date():
    text = "زار بغداد والتقى الرئيس أمس."
    assert days(text, [("زار", "CONSULT"), ("التقى", "CONSULT")])[1] == ("2025-09-15", "day")


def test_a_narrative_goes_on_with_the_day_of_the_sentence_before():
    text = "هاجم مسلحون القاعدة في 3 مايو 2024. وقتلوا خمسة جنود."
    assert days(text, [("هاجم", "ASSAULT"), ("قتلوا", "ASSAULT")]) == [("2024-05-03", "day")] * 2
    apart = "هاجم مسلحون القاعدة في 3 مايو 2024. اندلعت احتجاجات في العاصمة."
    assert days(apart, [("هاجم", "ASSAULT"), ("احتجاجات", "PROTEST")])[1] == ("2025-09-16", "article")


def test_a_year_is_no_narrative():
    text = "فرضت لندن عقوبات في عام 2022. ورغم الضغط نفت موسكو ذلك."
    got = days(text, [("فرضت", "SANCTION"), ("نفت", "REJECT")])
    assert got == [("2022-01-01", "year"), ("2025-09-16", "article")]


def test_what_is_only_planned_does_not_date_what_follows():
    text = "يزور الوزير بغداد غدا. وقتلت القوات خمسة مسلحين."
    got = days(text, [("يزور", "CONSULT", "PLANNED"), ("قتلت", "ASSAULT")])
    assert got == [("2025-09-17", "day"), ("2025-09-16", "article")]


def test_the_evidence_of_a_day_is_the_phrase_and_the_rule():
    text = "زار الوزير بغداد أمس."
    (event,) = events(annotation(text, (), [("زار", "CONSULT")]), "test")
    (found,) = [part for part in event.evidence if part.part == "day"]
    assert (found.span.of(text), found.why) == ("أمس", "day.relative")


def test_without_the_article_s_day_only_whole_dates_count():
    text = "زار الوزير بغداد أمس، وهاجم مسلحون دمشق في 3 مايو 2024."
    got = days(text, [("زار", "CONSULT"), ("هاجم", "ASSAULT")], published=None)
    assert got == [(None, str(Precision.UNKNOWN)), ("2024-05-03", "day")]


def test_two_visits_on_two_days_are_two():
    text = "زار الوزير بغداد أمس، وزار دمشق في 3 مايو 2024."
    assert days(text, [("زار", "CONSULT"), ("وزار", "CONSULT")]) == [("2025-09-15", "day"), ("2024-05-03", "day")]
