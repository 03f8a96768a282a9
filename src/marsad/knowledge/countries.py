"""States, territories, historic states and bodies of states: their codes, names, demonyms and metonyms.

Five files make the table. ``countries.csv`` is built by ``tools/build_countries.py`` (names of CLDR, Arabic
demonyms); ``bodies.csv`` adds what ISO 3166-1 does not list; ``spellings.csv`` every further form, and is the file to
edit; ``places.csv`` towns and regions; ``notes.yaml`` says how contested places are handled. A code means two things:

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

#: What mentions carry that belong to no one state, and whose they are.
BODIES_OF_STATES, NO_ONE_STATE = "IGO", "INT"
NO_STATE: Mapping[str, str] = MappingProxyType(
    {BODIES_OF_STATES: "bodies of states", NO_ONE_STATE: "blocs and those of no one state"}
)

Status = Literal["state", "territory", "historic", "region", "body"]
FormKind = Literal["name", "demonym", "metonym", "body", "place"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A state or a body, with every form that the press uses for it.

    ``name`` and ``note`` have the keys ``ar`` and ``en``. ``names`` are full and short forms in both languages,
    ``demonyms`` masculine singular and irregular plurals (the gazetteer adds the endings), ``metonyms`` capitals,
    palaces and other seats that stand for the government, ``places`` towns and regions. ``since`` and ``until`` bound
    a state of the past, and ``successor`` is the code of the state that continues it, where there is one.
    """

    code: str
    country: str
    status: Status
    name: Mapping[str, str]
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
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
        yield from (("place", form) for form in self.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    """A place whose state is in dispute: what code it carries (None: none by itself), and why.

    ``name`` and ``note`` have the keys ``ar`` and ``en``.
    """

    name: Mapping[str, str]
    forms: tuple[str, ...]
    country: str | None
    note: Mapping[str, str]


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
    for file in ("spellings.csv", "places.csv"):
        for row in files.rows(file):
            code, kind = row["code"], row.get("kind", "place")
            if code not in entries or kind not in ("name", "demonym", "metonym", "place"):
                raise KnowledgeError(
                    f"no entry {code!r} of kind {kind!r}", where=file, do="use a code of countries.csv or bodies.csv"
                )
            more[code].setdefault(kind, []).extend(files.forms(row["forms"]))
    notes = files.document("notes.yaml")["countries"]
    return MappingProxyType({code: _country(entries[code], more[code], notes.get(code)) for code in sorted(entries)})


def _country(row: Mapping[str, str], more: Mapping[str, list[str]], note: Mapping[str, str] | None) -> Country:
    """One entry, from its row and the further forms of the other files, each form once."""

    def every(kind: str, *given: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*given, *more.get(kind, ()))))

    status: Status = row["status"]  # type: ignore[assignment]
    return Country(
        code=row["code"],
        country=row.get("country") or row["code"],
        status=status,
        name=MappingProxyType({"ar": row["name_ar"], "en": row["name_en"]}),
        names=every("name", row["name_ar"], row["name_en"]),
        demonyms=every("demonym", *files.forms(row.get("demonyms", ""))),
        metonyms=every("metonym"),
        places=every("place"),
        since=date.fromisoformat(row["since"]) if row.get("since") else None,
        until=date.fromisoformat(row["until"]) if row.get("until") else None,
        successor=row.get("successor") or None,
        note=MappingProxyType(dict(note)) if note else None,
    )


def is_arabic(form: str) -> bool:
    """Whether a form is written in Arabic letters."""
    return any("\u0600" <= letter <= "\u06ff" for letter in form)


@cache
def _names() -> Mapping[str, Country]:
    """Folded names to entries; English ones in small letters, but for those of two letters (US, and not us)."""
    return MappingProxyType({_key(form): entry for entry in countries().values() for form in entry.names})


def _key(name: str) -> str:
    folded = " ".join(fold_text(name).split())
    return folded if folded.isupper() and len(folded) <= 2 else folded.lower()


def country_of(name: str) -> str | None:
    """The country of exactly this name, short form or press spelling; None where it is none.

    The code is what ``Mention.country`` takes. Demonyms and metonyms are no names: :mod:`~marsad.knowledge.gazetteer`
    finds them in their context.

    >>> country_of("أميركا"), country_of("أمريكا"), country_of("the moon")
    ('USA', 'USA', None)
    """
    entry = _names().get(_key(name))
    return entry.country if entry else None


def entry_of(name: str) -> Country | None:
    """The entry of exactly this code or name; None where it is none.

    >>> entry_of("ussr").code, entry_of("IRQ.KRG").name["en"]
    ('SUN', 'Kurdistan Region')
    """
    return countries().get(name.strip().upper()) or _names().get(_key(name))


@cache
def contested() -> tuple[Contested, ...]:
    """The places whose state is in dispute, and the policy on each.

    >>> [place.country for place in contested() if place.name["en"] == "Jerusalem"]
    [None]
    """
    return tuple(
        Contested(
            name=MappingProxyType(item["name"]),
            forms=tuple(item["forms"]),
            country=item["country"],
            note=MappingProxyType(item["note"]),
        )
        for item in files.document("notes.yaml")["contested"].values()
    )


def policy(name: str) -> Contested | None:
    """The contested place of exactly this name, None where there is none.

    >>> policy("القدس").country is None
    True
    """
    wanted = _key(name)
    return next((place for place in contested() if wanted in map(_key, place.forms)), None)
