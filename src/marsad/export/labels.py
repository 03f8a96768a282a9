"""The words of the interface in Arabic and English: labels from the code book, the rest from ``labels.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from marsad.knowledge import ontology
from marsad.knowledge.countries import countries
from marsad.types import EventType

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
