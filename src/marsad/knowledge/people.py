"""Which country a named person serves or served, by the names of office-holders in ``people.csv``.

Without dates: who held which office when is another question. A name that two countries share is not in the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from marsad.knowledge import files
from marsad.knowledge.countries import BODIES_OF_STATES, countries
from marsad.text import fold_text, units

#: Words of the longest name in the table.
_LONGEST = 6


def key(name: str) -> tuple[str, ...]:
    """The folded words of a name, by which it is looked up.

    >>> key("سيرغي لافروف") == key("سيرغي  لافروف")
    True
    """
    folded = fold_text(name).lower()
    return tuple(word for unit in units(folded) if (word := unit.of(folded))[0].isalnum())


@cache
def _people() -> Mapping[tuple[str, ...], str]:
    found = {}
    for row in files.rows("people.csv"):
        code = row["country"]
        known = countries().get(code)
        country = known.country if known else BODIES_OF_STATES
        found.update({tuple(form.split(" ")): country for form in files.forms(row["forms"])})
    return MappingProxyType(found)


def country_of(phrase: str) -> str | None:
    """The country of the person that ``phrase`` names, with or without a title before the name; None if unknown.

    The longest name in the phrase decides; a single word counts only as the last of the phrase, where a family name
    stands.

    >>> country_of("وزير الخارجية الروسي سيرغي لافروف"), country_of("المواطن أحمد")
    ('RUS', None)
    """
    words, table = key(phrase), _people()
    for length in range(min(_LONGEST, len(words)), 1, -1):
        for start in range(len(words) - length, -1, -1):
            country = table.get(words[start : start + length])
            if country:
                return country
    return table.get(words[-1:])
