"""The code book: what each label of an event or a mention means, with names and examples in both languages.

``plover.yaml`` holds it, and is read when it is first asked for. A label is written as the line format writes it; a
mode with its type before it (``CONSULT/visit``).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from marsad.errors import KnowledgeError, NotFoundError
from marsad.knowledge import files
from marsad.types import EventType, Kind, Sector, Status, Voice

Part = Literal["type", "mode", "context", "status", "voice", "kind", "sector", "code"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a label means. ``name``, ``definition``, ``examples`` and ``note`` have the keys ``ar`` and ``en``.

    ``part`` says what of an event or a mention carries the label. ``plover`` is the label of PLOVER to export, None
    for what PLOVER does not have (statuses, voices, kinds); ``ours`` is True where it differs from this label, which
    is then our addition or our spelling.
    ``cameo`` are the codes of CAMEO that belong here; a code stands for every longer one that no other entry names.
    """

    label: str
    part: Part
    name: Mapping[str, str]
    definition: Mapping[str, str]
    examples: Mapping[str, tuple[str, ...]]
    note: Mapping[str, str] | None = None
    plover: str | None = None
    ours: bool = False
    cameo: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeEntry(Entry):
    """An event type, with its modes by their short name.

    ``quad`` is the quad class (verbal or material, cooperation or conflict), ``intensity`` its place between
    conflict (-10) and cooperation (10); :func:`intensity_source` says whose figure that is.
    """

    quad: str
    intensity: float
    modes: Mapping[str, Entry] = field(default_factory=dict)


@cache
def _book() -> Mapping[str, Any]:
    book: Mapping[str, Any] = files.document("plover.yaml")
    for part, labels in (
        ("types", EventType),
        ("statuses", Status),
        ("voices", Voice),
        ("kinds", Kind),
        ("sectors", Sector),
    ):
        if list(book[part]) != [label.value for label in labels]:
            raise KnowledgeError(f"the labels of {part} are not those of marsad.types", where="plover.yaml")
    return book


def _entry(label: str, part: Part, item: Mapping[str, Any], plover: str | None) -> Entry:
    return Entry(**_common(label, part, item, plover))


def _common(label: str, part: Part, item: Mapping[str, Any], plover: str | None) -> dict[str, Any]:
    """The fields that entries of every part have. ``plover`` is the label to export where the item names none."""
    return {
        "label": label,
        "part": part,
        "name": MappingProxyType(item["name"]),
        "definition": MappingProxyType(item["definition"]),
        "examples": MappingProxyType({lang: tuple(given) for lang, given in item["examples"].items()}),
        "note": MappingProxyType(item["note"]) if "note" in item else None,
        "plover": item.get("plover", plover),
        "ours": item.get("plover", plover) != plover,
        "cameo": tuple(item.get("cameo", ())),
    }


@cache
def types() -> Mapping[str, TypeEntry]:
    """The sixteen event types, from the most cooperative to the most conflictual.

    >>> types()["CONSULT"].name["ar"], types()["CONSULT"].quad
    ('تشاور', 'verbal-cooperation')
    """
    found = {}
    for label, item in _book()["types"].items():
        modes = {
            mode: _entry(f"{label}/{mode}", "mode", given, f"{label}/{mode}")
            for mode, given in item.get("modes", {}).items()
        }
        found[label] = TypeEntry(
            **_common(label, "type", item, label),
            quad=item["quad"],
            intensity=item["intensity"],
            modes=MappingProxyType(modes),
        )
    return MappingProxyType(found)


def modes(event_type: str) -> Mapping[str, Entry]:
    """The modes of a type by their short name; empty where it has none.

    >>> list(modes("CONSULT"))
    ['visit', 'phone', 'third-party', 'multilateral']
    """
    if event_type not in types():
        raise _unknown(event_type, list(types()))
    return types()[event_type].modes


@cache
def _part(part: Part, key: str) -> Mapping[str, Entry]:
    mapped = part == "context"
    return MappingProxyType(
        {label: _entry(label, part, item, label if mapped else None) for label, item in _book()[key].items()}
    )


def contexts() -> Mapping[str, Entry]:
    """The contexts that an event can have, any number of them."""
    return _part("context", "contexts")


def statuses() -> Mapping[str, Entry]:
    """Whether it happened: the four values of an event's status."""
    return _part("status", "statuses")


def voices() -> Mapping[str, Entry]:
    """In whose words: the five values of an event's voice."""
    return _part("voice", "voices")


def kinds() -> Mapping[str, Entry]:
    """The kinds of mentions."""
    return _part("kind", "kinds")


def sectors() -> Mapping[str, Entry]:
    """The sectors of acting mentions."""
    return _part("sector", "sectors")


def codes() -> Mapping[str, Entry]:
    """What stands for a country where there is none: IGO and INT."""
    return _part("code", "codes")


def quads() -> Mapping[str, Mapping[str, str]]:
    """The names of the four quad classes, in ``ar`` and ``en``."""
    return MappingProxyType(_book()["quads"])


def words() -> Mapping[str, Mapping[str, str]]:
    """The words beside a label, such as the names of the parts, in ``ar`` and ``en``."""
    return MappingProxyType(_book()["words"])


def intensity_source() -> Mapping[str, str]:
    """Whose figures the intensities are, in ``ar`` and ``en``."""
    return MappingProxyType(_book()["intensity_source"])


def entries() -> Iterator[Entry]:
    """Every entry of the code book: types, each followed by its modes, then contexts and the rest."""
    for entry in types().values():
        yield entry
        yield from entry.modes.values()
    for part in (contexts, statuses, voices, kinds, sectors, codes):
        yield from part().values()


def find(label: str) -> tuple[Entry, ...]:
    """The entries that carry this label, in any case of letters; a bare mode gives those of every type that has it.

    A label may stand in more than one part: ``intelligence`` is a context, ``territory`` a context and a mode.
    Raises :class:`~marsad.errors.NotFoundError` with near labels where there is none.

    >>> [entry.label for entry in find("deny")]
    ['REJECT/deny']
    """
    wanted = label.strip().casefold()
    found = [entry for entry in entries() if entry.label.casefold() == wanted]
    found += [entry for entry in entries() if entry.part == "mode" and entry.label.partition("/")[2] == wanted]
    if not found:
        raise _unknown(label, [entry.label for entry in entries()])
    return tuple(found)


def explain(label: str) -> Entry:
    """The entry of a label, the first where several carry it.

    Raises :class:`~marsad.errors.NotFoundError` with near labels where there is none.

    >>> explain("DENIED").name["en"]
    'denied'
    """
    return find(label)[0]


def _unknown(label: str, labels: list[str]) -> NotFoundError:
    """The error for a label that does not exist, with those that look like it, whole or after their type."""
    known = {label.casefold(): label for label in labels}
    known |= {label.partition("/")[2].casefold(): label for label in labels if "/" in label}
    near = [known[match] for match in difflib.get_close_matches(label.strip().casefold(), known, n=4, cutoff=0.6)]
    hint = "did you mean " + ", ".join(dict.fromkeys(near)) + "?" if near else "`marsad explain` lists every label"
    return NotFoundError(f"no label is called {label!r}", do=hint)
