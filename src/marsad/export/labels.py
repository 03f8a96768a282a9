"""The words of the interface in Arabic and English: labels from the code book, the rest from ``labels.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from marsad.knowledge import ontology
from marsad.knowledge.countries import countries
from marsad.knowledge.ladders import ladders
from marsad.types import EventType, Ladder

#: Languages that are written from right to left.
RIGHT_TO_LEFT = frozenset({"ar", "fa", "ur", "ckb", "ps", "ug", "he"})


@cache
def _table() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Group, key, language: the word."""
    words = tomllib.loads(files("marsad.export").joinpath("labels.toml").read_text(encoding="utf-8"))
    book = {
        "type": ontology.types(),
        "mode": {mode: entry for one in ontology.types().values() for mode, entry in one.modes.items()},
        "context": ontology.contexts(),
        "status": ontology.statuses(),
        "voice": ontology.voices(),
        "kind": ontology.kinds(),
        "sector": ontology.sectors(),
    }
    named = {group: {key: entry.name for key, entry in entries.items()} for group, entries in book.items()}
    return {**words, **named, "quad": ontology.quads()}


def label(group: str, key: str, lang: str) -> str:
    """The word for ``key`` of ``group`` in the interface's language; ``key`` itself where there is none.

    >>> label("status", "DENIED", "en"), label("status", "DENIED", "ar")
    ('denied', 'منفي')
    """
    return _table().get(group, {}).get(key, {}).get(lang, key)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the output that is no label of the code book: what it is, and what it means (None: the name says it).

    ``group`` is what it is (``word``, ``part`` of an event, ``precision`` or ``quad`` class). ``name``, ``means`` and
    ``kind``, the words for the group, have the keys ``ar`` and ``en``.
    """

    key: str
    group: str
    name: Mapping[str, str]
    means: Mapping[str, str] | None
    kind: Mapping[str, str]


def words() -> Iterator[Word]:
    """Every word that the output shows beside the labels of the code book.

    >>> next(word.means["en"] for word in words() if word.name["ar"] == "أسلحة وقوانين")
    'The weapons and laws tied to it: `items` in the line format.'
    """
    table = _table()
    for group, kind in table["shown"].items():
        for key, name in table[group].items():
            if group == "part" and name in table["word"].values():
                continue  # an actor is shown by the word for actors
            shown = {lang: word or key for lang, word in name.items()}
            yield Word(key, group, shown, table.get(f"means-{group}", {}).get(key), kind)


def country(code: str, lang: str) -> str:
    """The name of the country, or of what stands in its place, with the code ``code``.

    >>> country("IRQ", "ar"), country("INT", "en")
    ('العراق', 'no single state')
    """
    entry = countries().get(code)
    return entry.name[lang] if entry else label("country", code, lang)


def direction(language: str) -> str:
    """``rtl`` or ``ltr``: how text in ``language`` runs."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def act(event_type: EventType, mode: str | None, lang: str) -> str:
    """Type and mode in one: ``CONSULT · visit``. In English the type is its code, as in the line format."""
    word = event_type.value if lang == "en" else label("type", event_type, lang)
    return f"{word} · {label('mode', mode, lang)}" if mode else word


def quad(event_type: EventType) -> str:
    """The quad class of a type: words or deeds, cooperation or conflict."""
    return ontology.types()[event_type].quad


def level(ladder: Ladder, number: int, lang: str) -> str:
    """What a level of a ladder is called.

    >>> level(Ladder.W, 1, "en"), level(Ladder.L, 8, "ar")
    ('reservation', 'تسليم')
    """
    return ladders().level(ladder, number).name[lang]
