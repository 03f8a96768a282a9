"""Values as they stand in columns: there and back is the same, and what sorts in Python sorts in the column."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql, sqlite

from marsad.store import columns

DIALECTS = [sqlite.dialect(), postgresql.dialect()]
ids = st.text("0123456789abcdef", min_size=16, max_size=16)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def there_and_back(kind, value, dialect):
    return kind.process_result_value(kind.process_bind_param(value, dialect), dialect)


@given(ids)
def test_an_id_is_a_number_of_64_bits(one: str):
    assert -(2**63) <= columns.number(one) < 2**63
    assert columns.hexadecimal(columns.number(one)) == one


@given(ids, ids)
def test_ids_sort_as_their_numbers_do(one: str, other: str):
    assert (one < other) == (columns.number(one) < columns.number(other))


@given(st.dates())
def test_a_day_comes_back(day: date):
    for dialect in DIALECTS:
        assert there_and_back(columns.Day(), day, dialect) == day


@given(st.dates(min_value=date(1, 1, 2)) | st.none(), st.dates(min_value=date(1, 1, 2)) | st.none())
def test_no_day_comes_before_all_days(one: date | None, other: date | None):
    kind = columns.SomeDay()
    for dialect in DIALECTS:
        assert there_and_back(kind, one, dialect) == one
        held = kind.process_bind_param(one, dialect) < kind.process_bind_param(other, dialect)
        assert held == ((one or date.min) < (other or date.min))


moments = st.datetimes(
    min_value=datetime(1000, 1, 2), max_value=datetime(9999, 12, 30), timezones=st.sampled_from([UTC])
).map(lambda at: at.astimezone(timezone(timedelta(hours=at.minute % 12))))


@given(moments, moments)
def test_a_time_comes_back_in_utc_and_sorts_as_times_do(one: datetime, other: datetime):
    kind = columns.Moment()
    for dialect in DIALECTS:
        back = there_and_back(kind, one, dialect)
        assert (back, back.utcoffset()) == (one, timedelta(0))
        assert (kind.process_bind_param(one, dialect) < kind.process_bind_param(other, dialect)) == (one < other)


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        columns.written(datetime(2026, 3, 1))


@given(values)
def test_what_is_packed_comes_back_and_what_is_empty_is_nothing(value: object):
    for dialect in DIALECTS:
        back = there_and_back(columns.Packed(), value, dialect)
        assert back == value or (not value and back is None)


@pytest.mark.parametrize("value", [True, False, None])
def test_yes_and_no_come_back(value: bool | None):
    for dialect in DIALECTS:
        assert there_and_back(columns.Flag(), value, dialect) is value
