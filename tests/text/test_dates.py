"""What `dates` reads, what it leaves, and that nothing it is given makes it raise or slow."""

from datetime import date

import pytest
from cost import grows_less
from hypothesis import given
from hypothesis import strategies as st

from marsad.text.dates import dates
from marsad.types import Precision

ON = date(2025, 9, 18)  # a Thursday
YEAR = "2025-01-01..2025-12-31 year"

READ = [
    # days of a month, in every region's names
    ("16 سبتمبر 2025", "2025-09-16 day"),
    ("١٦ أيلول/سبتمبر ٢٠٢٥", "2025-09-16 day"),
    ("۱۶ ايلول ۲۰۲۵", "2025-09-16 day"),
    ("16 شتنبر 2025", "2025-09-16 day"),
    ("5 جويلية 1962", "1962-07-05 day"),
    ("8 ماي 1945", "1945-05-08 day"),
    ("في 3 يوليه 2013", "2013-07-03 day"),
    ("في 12ابريل 2024م", "2024-04-12 day"),
    ("أيلول (سبتمبر) 2001", "2001-09-01..2001-09-30 month"),
    ("الخامس والعشرين من كانون الثاني 2011", "2011-01-25 day"),
    ("الثاني عشر من تشرين الأول 2024", "2024-10-12 day"),
    ("أول مايو 2024", "2024-05-01 day"),
    ("السادس من شهر آب من العام الماضي", "2024-08-06 day"),
    ("سِبْتَمْبَر ٢٠٢٤", "2024-09-01..2024-09-30 month"),
    # counted from the day of the text
    ("أمس", "2025-09-17 day"),
    ("أول أمس", "2025-09-16 day"),
    ("أمس الأول", "2025-09-16 day"),
    ("قبل أمس", "2025-09-16 day"),
    ("بعد غد", "2025-09-20 day"),
    ("الأحد الماضي", "2025-09-14 day"),
    ("الأحد المقبل", "2025-09-21 day"),
    ("الخميس الماضي", "2025-09-11 day"),
    ("الخميس المقبل", "2025-09-25 day"),
    ("سيصل الأحد", "2025-09-21 day"),
    ("وصل الأحد", "2025-09-14 day"),
    ("قبل ثلاثة أيام", "2025-09-15 day"),
    ("منذ عامين", "2023-01-01..2023-12-31 year"),
    ("قبل 48 ساعة", "2025-09-16 day"),
    ("العام الماضي", "2024-01-01..2024-12-31 year"),
    ("العام قبل الماضي", "2023-01-01..2023-12-31 year"),
    ("الأسبوع بعد المقبل", "2025-09-29..2025-10-05 week"),
    ("الأسبوع اللي فات", "2025-09-08..2025-09-14 week"),
    ("ديسمبر الماضي", "2024-12-01..2024-12-31 month"),
    ("سبتمبر الماضي", "2024-09-01..2024-09-30 month"),
    ("مارس المقبل", "2026-03-01..2026-03-31 month"),
    ("مطلع العام", "2025-01-01..2025-04-30 year"),
    ("أواخر التسعينيات", "1997-01-01..1999-12-31 decade"),
    ("عشرينيات القرن الحالي", "2020-01-01..2029-12-31 decade"),
    # ranges
    ("من 3 إلى 5 مايو", "2025-05-03..2025-05-05 day"),
    ("من 28 ديسمبر 2024 إلى 3 يناير 2025", "2024-12-28..2025-01-03 day"),
    ("بين 22 و25 سبتمبر", "2025-09-22..2025-09-25 day"),
    ("من السبت إلى الاثنين المقبل", "2025-09-20..2025-09-22 day"),
    ("2014-2017", "2014-01-01..2017-12-31 year"),
    ("بين عامي 2014 و2017", "2014-01-01..2017-12-31 year"),
    ("موسم 2024/25", "2024-01-01..2025-12-31 year"),
    # Hijri
    ("10 محرم 1445", "2023-07-28 day"),
    ("غرة رمضان 1446", "2025-03-01 day"),
    ("سنة 1446 هـ", "2024-07-07..2025-06-25 year"),
    ("سنة 61 هـ", "0680-10-04..0681-09-22 year"),
    ("15/9/1446", "2025-03-15 day"),
    ("القرن الرابع الهجري", "0913-08-12..1010-08-20 century"),
    # figures
    ("2025-09-16", "2025-09-16 day"),
    ("16.9.2025", "2025-09-16 day"),
    ("يوم 16/9", "2025-09-16 day"),
    ("after 9/11", "2001-09-11 day"),
    ("9/16/2025", "2025-09-16 day"),
    # longer than months
    ("في آب", "2025-08-01..2025-08-31 month"),
    ("منذ جوان", "2025-06-01..2025-06-30 month"),
    ("خلال الربع الأخير من العام", "2025-10-01..2025-12-31 quarter"),
    ("the last quarter of 2024", "2024-10-01..2024-12-31 quarter"),
    ("آخر 48 ساعة", "2025-09-16..2025-09-18 day"),
    ("الربع الثالث من 2024", "2024-07-01..2024-09-30 quarter"),
    ("النصف الثاني من القرن العشرين", "1950-01-01..1999-12-31 century"),
    ("شتاء 2022", "2022-12-01..2023-02-28 season"),
    ("القرن الحادي والعشرين", "2000-01-01..2099-12-31 century"),
    # English
    ("on Tuesday, Sept. 16, 2025", "2025-09-16 day"),
    ("the 16th of September", "2025-09-16 day"),
    ("September 16-18", "2025-09-16..2025-09-18 day"),
    ("the day before yesterday", "2025-09-16 day"),
    ("will visit on Monday", "2025-09-22 day"),
    ("said on Monday", "2025-09-15 day"),
    ("last May", "2025-05-01..2025-05-31 month"),
    ("the week before last", "2025-09-01..2025-09-07 week"),
    ("in the early 1990s", "1990-01-01..1993-12-31 decade"),
    ("H1 2024", "2024-01-01..2024-06-30 half"),
    ("the past two weeks", "2025-09-04..2025-09-18 week"),
    ("at 10:30", "2025-09-18 day"),
    # a verb or a noun after a year is not what it counts
    ("انتخب في 2017 رئيسا", "2017-01-01..2017-12-31 year"),
    ("في مايو 2024 صوت البرلمان", "2024-05-01..2024-05-31 month"),
]
LEFT = [
    "2017 مقاتلا", "2017 رئيسا", "في 2017 مقاتلا", "السيد مايو", "القرار 2254", "القانون رقم 2011", "الصفحة 1998",
    "ماي", "مارس ضغوطا", "24/7", "فاز 16/9",
    "أب الطفل", "رجب طيب أردوغان", "جسر 14 تموز", "حركة 20 فبراير", "المصري اليوم", "ذلك اليوم", "الأمين العام الحالي",
    "في الثمانينيات من عمره", "الربيع العربي", "ربع مليار", "لمدة عامين", "قبل يومين من الهجوم", "قبل أيام", "الآن",
    "صلاة الجمعة", "كل أحد", "31 فبراير", "32/13/2025", "العام نفسه",
    "you may go", "Theresa May", "march on", "in his eighties", "2017 fighters", "Sunday Times", "recently",
    "USA Today",     "two days before the raid", "10.9.2025.1", "0599-12-2014", "", " ", "1999 ليرة",
]  # fmt: skip


def shown(text: str, on: date = ON, language: str | None = None) -> list[str]:
    """Each time found, as the tables above write it."""
    return [
        f"{m.first}{f'..{m.last}' if m.last != m.first else ''} {m.precision.value}" for m in dates(text, on, language)
    ]


@pytest.mark.parametrize(("text", "time"), READ)
def test_what_is_read(text: str, time: str) -> None:
    assert shown(text) == [time]


@pytest.mark.parametrize("text", LEFT)
def test_what_is_no_date(text: str) -> None:
    assert shown(text) == []


@pytest.mark.parametrize(
    ("on", "text", "day"),
    [
        (date(2026, 1, 10), "اعتقل في 28 ديسمبر", "2025-12-28"),
        (date(2025, 11, 20), "ستعقد القمة في 15 يناير", "2026-01-15"),
        (date(2025, 11, 20), "انعقدت القمة في 15 مارس", "2025-03-15"),
        (date(2025, 9, 18), "يوم الجمعة 16 يناير", "2026-01-16"),  # a Friday in 2026 only
        (date(2025, 9, 18), "هجمات 11 سبتمبر", "2001-09-11"),
        (date(2000, 9, 18), "هجمات 11 سبتمبر", "2000-09-11"),
        (date(2025, 9, 18), "في 5 مايو 1999 وقع الانفجار، وبعد 5 مايو تغير كل شيء", "1999-05-05"),
    ],
)
def test_a_day_without_its_year(on: date, text: str, day: str) -> None:
    assert dates(text, on)[-1].first.isoformat() == day


def test_the_span_is_that_of_the_text_without_its_clitics() -> None:
    for text, phrase in [
        ("وبالأمسِ القريةُ", "الأمسِ"),
        ("وفي أيـلول/سبتمبرَ ٢٠٢٤، قال", "أيـلول/سبتمبرَ ٢٠٢٤"),
        ("the talks of Sept. 16, 2025, failed", "Sept. 16, 2025"),
        ("the raid (Sept. 16, 2025) failed", "Sept. 16, 2025"),
        ("للعام الماضي", "لعام الماضي"),
    ]:
        assert [m.span.of(text) for m in dates(text, ON)] == [phrase]


def test_days_of_a_list_are_one_mention_each() -> None:
    text = "يومي 10 و11 أبريل"
    assert [(m.span.of(text), m.first.day) for m in dates(text, ON)] == [("10", 10), ("11 أبريل", 11)]


def test_a_month_of_a_list_takes_the_year_of_the_later() -> None:
    assert shown("in June and July 2024")[0] == "2024-06-01..2024-06-30 month"


def test_a_clock_time_takes_the_day_beside_it() -> None:
    first, second = dates("الساعة العاشرة من مساء الثلاثاء", ON)
    assert first.rule == "clock" and first.first == second.first == date(2025, 9, 16)


def test_other_languages_have_dates_in_figures_only() -> None:
    text = "روز 2025-09-16 و العام الماضي"
    assert shown(text, language="fa") == ["2025-09-16 day"]
    assert len(shown(text)) == 2


WORDS = """16 31 2025 1446 61 ٣ سبتمبر أيلول / - – ( ) ، . و من إلى بين في يوم شهر عام العام القرن الربع النصف الأول
الثاني العشرين عشر ثلاثة أيام عامين قبل منذ بعد الماضي المقبل الجاري أمس غدا اليوم الأحد محرم رمضان هـ م نهاية مطلع صيف
التسعينيات الساعة 10:30 2025-09-16 last next week May March 1990s century of ago two days Q3"""
PIECES = st.sampled_from([*WORDS.split(), "\n"])
TEXTS = st.one_of(st.lists(PIECES, max_size=14).map(" ".join), st.text(max_size=40))


@given(TEXTS, st.dates())
def test_mentions_stand_in_order_within_the_text(text: str, on: date) -> None:
    found = dates(text, on)
    last = 0
    for mention in found:
        assert last <= mention.span.start < mention.span.stop <= len(text)
        assert mention.first <= mention.last and mention.rule
        if mention.precision is Precision.DAY and mention.rule.startswith("day."):
            assert mention.rule in ("day.calendar", "day.relative") or mention.first == mention.last
        last = mention.span.stop


@given(TEXTS)
def test_the_same_text_gives_the_same(text: str) -> None:
    assert dates(text, ON) == dates(text, ON)


MONTHS = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"


@given(st.dates(date(1950, 1, 1), date(2070, 12, 31)), st.dates(date(1950, 1, 1), date(2070, 12, 31)))
def test_a_full_date_does_not_depend_on_the_day_of_the_text(day: date, on: date) -> None:
    name, english = MONTHS.split()[day.month - 1], f"{day:%B}"
    for text in (
        f"في {day.day} {name} {day.year}",
        day.isoformat(),
        f"{day:%d/%m/%Y}",
        f"on {english} {day.day}, {day.year}",
    ):
        [found] = dates(text, on)
        assert (found.first, found.last) == (day, day)


BAD = {
    "figures": "1", "commas": "1,", "stops": "1.", "dashes": "3-", "slashes": "1/2/", "days": "و5 ", "lists": "5 و6 و",
    "prepositions": "من ", "ordinals": "الأول و", "years": "2003 ", "ranges": "2014-2017 ", "months": "أيلول/",
    "dates": "5 مايو ", "Hijri": "15 رمضان ", "weekdays": "الأحد ", "units": "قبل عام ", "tens": "خمسة و",
    "May": "May ",
    "tashkeel": "\u064e", "surrogates": "\ud800. ", "ligatures": "ﷺ", "lines": "كلمة\n", "brackets": "(", "NUL": "\0",
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_time_grows_with_the_text(kind: str) -> None:
    text = BAD[kind] * (5_000 // len(BAD[kind]))
    assert grows_less(10, lambda: dates(text, ON), lambda: dates(text * 4, ON), floor=0.1)
