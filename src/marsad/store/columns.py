"""How Marsad's values stand in a column, the same on both engines: compact, sorted as they are meant, STRICT in SQLite.

Ids are 64-bit digests and stand as whole numbers; days as ``yyyymmdd``, so that ``day / 100`` is the month; times as
ISO 8601 text in UTC; nested values as JSON.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Boolean, Double, Integer, LargeBinary, SmallInteger, Text
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

#: Whole numbers of 64 bits and of 32 (a long text has more mentions than 16 count), real numbers, text and bytes.
#: STRICT tables of SQLite know no other type names. The migrations make text sort by code points on both engines.
Whole = BigInteger().with_variant(Integer(), "sqlite")
Small = Integer()
Real: TypeEngine[float] = Double().with_variant(sqlite.REAL(), "sqlite")
Words = Text()
Bytes = LargeBinary()

_SIGN = 1 << 63


def number(id: str) -> int:  # noqa: A002 (the field's word)
    """The signed 64-bit number of an id of 16 hexadecimal digits.

    >>> number("0000000000000000"), number("ffffffffffffffff")
    (-9223372036854775808, 9223372036854775807)
    """
    return int(id, 16) - _SIGN


def hexadecimal(number: int) -> str:
    """The id whose number it is: the reverse of :func:`number`."""
    return f"{number + _SIGN:016x}"


def day_number(day: date) -> int:
    """A day as ``yyyymmdd``."""
    return day.year * 10_000 + day.month * 100 + day.day


def day_of(number: int) -> date:
    """The day of ``yyyymmdd``."""
    return date(number // 10_000, number // 100 % 100, number % 100)


def written(moment: datetime) -> str:
    """A time as text in UTC that sorts as times do. Raises :class:`ValueError` for one without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no zone: give it one")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Digest(TypeDecorator[str]):
    """An id of 16 hexadecimal digits as a signed 64-bit number."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """INTEGER in SQLite, BIGINT elsewhere."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else BigInteger())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> int | None:
        """The number of an id."""
        return None if value is None else number(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> str | None:
        """The id of a number."""
        return None if value is None else hexadecimal(value)


class Day(TypeDecorator[date]):
    """A calendar day as the number ``yyyymmdd``."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> int | None:
        """The number of a day."""
        return None if value is None else day_number(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> date | None:
        """The day of a number."""
        return None if value is None else day_of(value)


#: What stands for no day: it comes before all others, on both engines.
NO_DAY = date(1, 1, 1)


class SomeDay(Day):
    """A calendar day, or none, which stands as 10101 so that both engines sort it first and find it by an index."""

    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> int | None:
        """The number of a day, 10101 for none."""
        return day_number(value or NO_DAY)

    def process_result_value(self, value: int | None, dialect: Dialect) -> date | None:
        """The day of a number, None for 10101."""
        day = None if value is None else day_of(value)
        return None if day == NO_DAY else day


class Moment(TypeDecorator[datetime]):
    """A time in UTC as ISO 8601 text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """The text of a time."""
        return None if value is None else written(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """The time of a text."""
        return None if value is None else datetime.fromisoformat(value)


class Flag(TypeDecorator[bool]):
    """Yes or no: 1 or 0 in SQLite, whose STRICT tables have no BOOLEAN."""

    impl = SmallInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """INTEGER in SQLite, BOOLEAN elsewhere."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else Boolean())

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | bool | None:
        """As the engine has it."""
        return int(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        """True or False."""
        return None if value is None else bool(value)


class Packed(TypeDecorator[Any]):
    """A list or an object as JSON text; None and an empty one are NULL, which reads as None."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """The JSON of a value."""
        return msgspec.json.encode(value).decode() if value or value == 0 else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """The value of JSON."""
        return None if value is None else msgspec.json.decode(value)
