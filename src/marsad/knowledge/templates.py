"""Sentences in Arabic and English, with places to fill: nothing that a finding or an alert says is free text.

A book is two files with the same groups and keys: ``data/templates/finding.ar.toml`` and ``finding.en.toml``, and the
same of ``alert``. Arabic sentences are written so that no ending depends on what is filled in.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from string import Formatter

from marsad.errors import KnowledgeError
from marsad.knowledge import files
from marsad.types import Name

LANGUAGES = ("ar", "en")


@cache
def book(lang: str, of: str = "finding") -> Mapping[str, Mapping[str, str]]:
    """Group, key: the sentence in ``lang``.

    Raises :class:`~marsad.errors.KnowledgeError` for a file that cannot be read.
    """
    name = f"templates/{of}.{lang}.toml"
    try:
        made: Mapping[str, Mapping[str, str]] = tomllib.loads(files.read(name))
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(f"broken TOML ({error})", where=name, do="install Marsad again, or restore it") from None
    return made


#: What stands for a day that nobody tells.
UNTOLD = Name(ar="يوم غير مذكور", en="an untold day")


def sentence(group: str, key: str, lang: str, **given: object) -> str:
    """The sentence ``key`` of ``group`` in ``lang``; names among what is ``given`` are shown in that language.

    Raises :class:`~marsad.errors.KnowledgeError` for a sentence that the file lacks, and for a place without a value.

    >>> sentence("claim", "planned", "en")
    'announced, not done'
    """
    return filled("finding", group, key, lang, given)


def filled(of: str, group: str, key: str, lang: str, given: Mapping[str, object]) -> str:
    """The same of any book.

    >>> filled("alert", "word", "and", "en", {"one": "Iraq", "other": Name("روسيا", "Russia")})
    'Iraq and Russia'
    """
    where = f"templates/{of}.{lang}.toml: {group}.{key}"
    found = book(lang, of).get(group, {}).get(key)
    if found is None:
        raise KnowledgeError("the sentence is missing", where=where, do="add it in both languages")
    try:
        return found.format(**{name: _shown(value, lang) for name, value in given.items()})
    except (KeyError, IndexError):
        raise KnowledgeError("a place of the sentence has no value", where=where, do="mend the name") from None


def named(group: str, key: str, **given: object) -> Name:
    """The sentence in both languages."""
    ar, en = (sentence(group, key, lang, **given) for lang in LANGUAGES)
    return Name(ar=ar, en=en)


def places(group: str, key: str, lang: str, of: str = "finding") -> frozenset[str]:
    """The names of the places that a sentence has.

    >>> sorted(places("fact", "listed", "en"))
    ['day', 'who']
    """
    return frozenset(name for _, name, _, _ in Formatter().parse(book(lang, of)[group][key]) if name)


def _shown(value: object, lang: str) -> str:
    if isinstance(value, Name):
        return value.shown(lang)
    return value.isoformat() if isinstance(value, date) else str(value)
