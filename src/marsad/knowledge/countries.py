"""States, territories, historic states and bodies of states: their codes, names, demonyms and metonyms.

Four files make the table. ``countries.csv`` is built by ``tools/build_countries.py`` (the names of CLDR, Arabic
demonyms, capitals); ``bodies.csv`` adds what ISO 3166-1 does not list; ``spellings.csv`` adds every further form,
and is the file to edit; ``notes.yaml`` states what is said about contested places. A code means two things:

* ``Country.code`` names the entry: ISO 3166-1 alpha-3, ISO 3166-3 or the usual letters for a state of the past
  (``SUN``, ``DDR``), and a short name for a body (``UN``, ``EU``, ``IRQ.KRG``).
* ``Country.country`` is what a mention carries: the entry's own code for states, ``IGO`` for bodies of states, the
  state for a body inside one (``IRQ`` for the Kurdistan Region).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Literal

from marsad.errors import KnowledgeError
from marsad.knowledge import files
from marsad.text import fold_text

Status = Literal["state", "territory", "historic", "region", "body"]
FormKind = Literal["name", "demonym", "metonym", "body"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A state or a body, with every form that the press uses for it.

    ``name`` and ``note`` have the keys ``ar`` and ``en``. ``names`` are full and short forms in both languages,
    ``demonyms`` masculine singular and irregular plurals (the gazetteer adds the endings), ``metonyms`` capitals,
    palaces and other seats that stand for the government. ``since`` and ``until`` bound a state of the past, and
    ``successor`` is the code of the state that continues it, where there is one.
    """

    code: str
    country: str
    status: Status
    name: Mapping[str, str]
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    successor: str | None = None
    note: Mapping[str, str] | None = None

    def forms(self) -> Iterator[tuple[FormKind, str]]:
        """Every form with its kind; the names of a body or a region are of kind ``body``."""
        name: FormKind = "body" if self.status in ("body", "region") else "name"
        yield from ((name, form) for form in self.names)
        yield from (("demonym", form) for form in self.demonyms)
        yield from (("metonym", form) for form in self.metonyms)


@cache
def countries() -> Mapping[str, Country]:
    """Every entry by its code, in the order of the codes.

    >>> countries()["PSE"].name["ar"]
    'فلسطين'
    >>> countries()["IRQ.KRG"].country
    'IRQ'
    """
    entries: dict[str, dict[str, str]] = {}
    for file in ("countries.csv", "bodies.csv"):
        for row in files.rows(file):
            if row["code"] in entries:
                raise KnowledgeError(f"{row['code']} stands twice", where=file, do="keep one of the two rows")
            entries[row["code"]] = row
    more: dict[str, dict[str, list[str]]] = {code: {} for code in entries}
    for row in files.rows("spellings.csv"):
        if row["code"] not in entries or row["kind"] not in ("name", "demonym", "metonym"):
            raise KnowledgeError(
                f"no entry {row['code']!r} of kind {row['kind']!r}",
                where="spellings.csv",
                do="use a code of bodies.csv",
            )
        more[row["code"]].setdefault(row["kind"], []).extend(files.forms(row["forms"]))
    notes = files.document("notes.yaml")["countries"]
    return MappingProxyType({code: _country(entries[code], more[code], notes.get(code)) for code in sorted(entries)})


def _country(row: Mapping[str, str], more: Mapping[str, list[str]], note: Mapping[str, str] | None) -> Country:
    """One entry, from its row and the further forms of ``spellings.csv``, each form once."""

    def every(column: str, kind: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*files.forms(row.get(column, "")), *more.get(kind, ()))))

    names = tuple(dict.fromkeys((row["name_ar"], row["name_en"], *every("names", "name"))))
    status: Status = row.get("status") or "state"  # type: ignore[assignment]
    return Country(
        code=row["code"],
        country=row.get("country") or row["code"],
        status=status,
        name=MappingProxyType({"ar": row["name_ar"], "en": row["name_en"]}),
        names=names,
        demonyms=every("demonyms", "demonym"),
        metonyms=every("metonyms", "metonym"),
        since=date.fromisoformat(row["since"]) if row.get("since") else None,
        until=date.fromisoformat(row["until"]) if row.get("until") else None,
        successor=row.get("successor") or None,
        note=MappingProxyType(dict(note)) if note else None,
    )


@cache
def _names() -> Mapping[str, str]:
    """Folded names to ``Country.country``; English ones in small letters, but for acronyms (US, and not us)."""
    found: dict[str, str] = {}
    for entry in countries().values():
        for kind, form in entry.forms():
            if kind in ("name", "body"):
                found[_key(form)] = entry.country
    return MappingProxyType(found)


def _key(name: str) -> str:
    folded = " ".join(fold_text(name).split())
    return folded if folded.isupper() and len(folded) <= 4 else folded.lower()


def country_of(name: str) -> str | None:
    """The country of exactly this name, short form or press spelling; None where it is none.

    The code is what ``Mention.country`` takes. Demonyms and metonyms are no names: :mod:`~marsad.knowledge.gazetteer`
    finds them in their context.

    >>> country_of("أميركا"), country_of("أمريكا"), country_of("the moon")
    ('USA', 'USA', None)
    """
    return _names().get(_key(name))
