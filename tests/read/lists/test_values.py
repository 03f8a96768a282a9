from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.read.lists.values import Draft, birth, clean, country, day
from marsad.types.lists import Birth, NameKind


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("1961-06-19", "1961-06-19"), ("1961-06", "1961-06"), ("1961", "1961"), ("19/06/1961", "1961-06-19"),
        ("dd/mm/1961", "1961"), ("dd/06/1961", "1961-06"), ("00/00/1961", "1961"), ("19 Jun 1961", "1961-06-19"),
        ("Jun 1961", "1961-06"), ("June 1961", "1961-06"), ("circa 1961", "~1961"), ("Approximately 1961", "~1961"),
        ("1961 to 1963", "1961/1963"), ("Between 1961 and 1963", "1961/1963"), ("1961/1963", "1961/1963"),
        ("2018-04-05T00:00:00", "2018-04-05"), ("13-Feb-2026", "2026-02-13"), ("Nov. 1973 ", "1973-11"),
        ("01 Jan 1960 to 31 Dec 1962", "1960/1962"),
    ],
)  # fmt: skip
def test_a_date_of_birth_is_read_as_lists_write_it(written, shown):
    assert str(birth(written)) == shown


@pytest.mark.parametrize("written", ["", None, "unknown", "31/02/1961", "1961-13-01", "99", "19.6", "0000", "x" * 500])
def test_what_is_no_date_is_none(written):
    assert birth(written) is None


def test_americans_write_the_month_first():
    assert day("03/09/2026", month_first=True) == date(2026, 3, 9)
    assert day("03/09/2026") == date(2026, 9, 3)


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)))
@settings(deadline=None)
def test_a_day_is_the_same_in_every_writing(found):
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %b %Y", "%d-%b-%Y", "%d %B %Y"):
        assert birth(found.strftime(form)) == Birth(found, found), form
    assert birth(str(Birth(found, found))) == Birth(found, found)


@given(st.text(max_size=80))
@settings(deadline=None)
def test_no_text_is_too_odd(written):
    birth(written)
    country(written)
    assert "\n" not in clean(written)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Korea, North", "PRK"), ("Korea, Republic of", "KOR"), ("KOREA (DEMOCRATIC PEOPLE'S REPUBLIC OF)", "PRK"),
        ("Congo, Democratic Republic of the", "COD"), ("IRAN (ISLAMIC REPUBLIC OF)", "IRN"), ("Iran", "IRN"),
        ("RUSSIAN FEDERATION", "RUS"), ("RU", "RUS"), ("rus", "RUS"), ("Burma", "MMR"), ("سوريا", "SYR"),
        ("Syrian", "SYR"), ("The Gambia", "GMB"), ("XK", "XKX"),
    ],
)  # fmt: skip
def test_a_country_is_found_in_the_writings_of_lists(written, code):
    assert country(written) == code


def test_the_better_kind_of_a_name_stands():
    made = Draft(uid="1", where="x")
    made.name("Abu Najm", NameKind.WEAK)
    made.name("Abu  Najm", NameKind.STRONG)
    made.name("ABU NAJM", NameKind.WEAK)
    entry = made.entry()
    assert entry is not None
    assert [(name.text, name.kind) for name in entry.names] == [
        ("Abu Najm", NameKind.PRIMARY),
        ("ABU NAJM", NameKind.WEAK),
    ]


def test_an_entry_without_a_name_is_none():
    made = Draft(uid="1", where="x")
    made.name(" -0- ")
    made.name("...")
    assert made.entry() is None
