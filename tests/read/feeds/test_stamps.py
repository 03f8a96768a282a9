from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.read.feeds.stamps import stamp

MONTHS = {1: "كانون الثاني", 5: "أيار", 6: "حزيران", 9: "أيلول", 12: "كانون الأول"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Tue, 16 Sep 2025 23:30:00 +0300", "2025-09-16T23:30:00+03:00"),
        ("Tue,16 Sep 2025 23:30+0300", "2025-09-16T23:30:00+03:00"),
        ("16 Sep 25 23:30:05 GMT", "2025-09-16T23:30:05+00:00"),
        ("Tue, 16 September 2025 23:30:00 GMT+3", "2025-09-16T23:30:00+03:00"),
        ("Tue, 16 Sep 2025 23:30:00 UTC+03:00", "2025-09-16T23:30:00+03:00"),
        ("Tue, 16 Sep 2025 23:30:00 AST", "2025-09-16T23:30:00"),
        ("Tue, 16 Sep 2025 23:30:00 EST", "2025-09-16T23:30:00-05:00"),
        ("Tue, 16 Sep 2025 23:30:00 +9900", "2025-09-16T23:30:00"),
        ("Tue, 16 Sep 2025 23:30:00 -0000", "2025-09-16T23:30:00+00:00"),
        ("Tue Sep 16 23:30:00 2025", "2025-09-16T23:30:00"),
        ("Sep 16, 2025 11:30 PM", "2025-09-16T23:30:00"),
        ("Tue, 16 Sep 2025", "2025-09-16"),
        ("Tue, 16 Sep 2025 99:00:00 GMT", "2025-09-16"),
        ("Tue, 16 Sep 2025 24:00:00 GMT", "2025-09-17T00:00:00+00:00"),
        ("2025-09-16T23:30:00.123456+03:00", "2025-09-16T23:30:00+03:00"),
        ("2025-09-16 23:30:00 +0300", "2025-09-16T23:30:00+03:00"),
        ("2025-09-16T23:30Z", "2025-09-16T23:30:00+00:00"),
        ("20250916T233000Z", "2025-09-16T23:30:00+00:00"),
        ("1757970000", "2025-09-15T21:00:00+00:00"),
        ("2025/09/16 23:30", "2025-09-16T23:30:00"),
        ("16/09/2025 11:30:00 PM", "2025-09-16T23:30:00"),
        ("03/09/2025 23:30", "2025-09-03T23:30:00"),
        ("الثلاثاء، 16 سبتمبر 2025 23:30:00 +0300", "2025-09-16T23:30:00+03:00"),
        ("الثلاثاء 16 أيلول 2025 - 14:30", "2025-09-16T14:30:00"),
        ("١٦ سبتمبر/أيلول ٢٠٢٥ ١١:٣٠ م", "2025-09-16T23:30:00"),
        ("16 شتنبر 2025", "2025-09-16"),
        ("24 ربيع الأول 1447هـ", "2025-09-16"),
        ("03/09/2025 11:30:00 PM", None),
        ("Tue, 31 Feb 2025 10:00:00 GMT", None),
        ("Thu, 01 Jan 1970 00:00:00 +0000", None),
        ("0001-01-01T00:00:00Z", None),
        ("9999-12-31T24:00:00Z", None),
        ("2025-09", None),
        ("16 سبتمبر", None),
        ("أمس", None),
        ("منذ ساعتين", None),
        ("now", None),
        ("", None),
        ("2025-09-16 " + "x" * 200, None),
    ],
)
def test_dates_keep_the_offset_that_was_written(written, expected):
    assert stamp(written) == expected


@given(st.datetimes(min_value=datetime(1971, 1, 3), max_value=datetime(2099, 1, 1)), st.integers(-12, 14))
def test_every_manner_of_writing_gives_the_same_day(moment, hours):
    offset = f"{'-' if hours < 0 else '+'}{abs(hours):02d}"
    expected = f"{moment:%Y-%m-%dT%H:%M:%S}{offset}:00"
    rfc = f"{moment:%a, %d %b} {moment.year:04d} {moment:%H:%M:%S} {offset}00"
    assert stamp(rfc) == stamp(f"{moment:%Y-%m-%d %H:%M:%S}{offset}:00") == expected
    if moment.month in MONTHS:
        assert stamp(f"{moment.day} {MONTHS[moment.month]} {moment.year} {moment:%H:%M:%S} {offset}:00") == expected
