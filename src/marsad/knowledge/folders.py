"""A user's folders of knowledge: ``actors.csv``, ``holders.csv`` and ``places.csv`` that add to the built-in tables.

A row whose id a built-in table has stands in its place; another is added. What is wrong with a row is told with file,
line, column and mend; two actors that have one name at one time are told with both lines, since nobody could say which
is meant. Nothing here changes a table: :func:`load` gives what was read, and the tables take it in by their own
``extended`` (:meth:`marsad.knowledge.holders.Table.extended`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from marsad.errors import KnowledgeError
from marsad.knowledge import files, holders, schema
from marsad.knowledge.holders import Holder
from marsad.knowledge.named import key
from marsad.knowledge.schema import Column, Row
from marsad.types import Actor, Kind, Name, Sector

_ID = re.compile(r"[A-Z0-9]+(?:[-.][A-Z0-9]+)*")
_NUMBER = re.compile(r"-?\d{1,3}(?:\.\d{1,9})?", re.ASCII)
_LINK = re.compile(r"[a-z-]+:[A-Z0-9]+(?:[-.][A-Z0-9]+)*")
_COUNTRY = Column(name="country", required=True, pattern=re.compile("[A-Z]{3}"), words="three letters, IGO or INT")
_NAMES = (
    Column(name="name_ar"),
    Column(name="name_en"),
    Column(name="forms_ar", kind="forms"),
    Column(name="forms_en", kind="forms"),
)
_WIKIDATA = Column(name="wikidata", pattern=re.compile(r"Q[1-9]\d*"), words="a Wikidata id like Q7747")

#: The columns of a user's ``actors.csv``, as of the built-in one.
ACTORS = (
    Column(name="id", required=True, pattern=_ID, words="an id like RUS.ROSTEC"),
    *_NAMES,
    Column(name="kind", required=True, allowed=frozenset(kind.value for kind in Kind)),
    _COUNTRY,
    Column(name="sector", allowed=frozenset(sector.value for sector in Sector)),
    Column(name="since", kind="day"),
    Column(name="until", kind="day"),
    _WIKIDATA,
    Column(name="links", kind="forms", pattern=_LINK, words="a link like part-of:RUS.ROSTEC"),
    Column(name="conditions"),
    Column(name="source", required=True),
    Column(name="confidence", allowed=frozenset({"found", "known", "unsure"})),
)
#: The columns of a user's ``places.csv``.
PLACES = (
    Column(name="id", required=True, pattern=_ID, words="an id like IRQ.SINJAR"),
    *_NAMES,
    _COUNTRY,
    Column(name="latitude", pattern=_NUMBER, words="degrees north, like 36.32"),
    Column(name="longitude", pattern=_NUMBER, words="degrees east, like 41.87"),
    Column(name="source", required=True),
)


@dataclass(frozen=True, slots=True)
class NamedActor:
    """An actor with every form by which it is called, and ``where`` (``file:line``) it is said.

    ``conditions`` is the cell of that name, in the words of :mod:`marsad.knowledge.actors`.
    """

    actor: Actor
    forms: tuple[str, ...]
    where: str
    conditions: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a user's: degrees north and east, None where they are not given."""

    id: str
    name: Name
    forms: tuple[str, ...]
    country: str
    latitude: float | None
    longitude: float | None
    where: str


@dataclass(frozen=True, slots=True)
class Added:
    """What the folders of a user add to the built-in tables, in the order of folders and lines."""

    actors: tuple[NamedActor, ...] = ()
    holders: tuple[Holder, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class _Bearer:
    """Who bears a name, when, where that is said, and whether the user says it."""

    id: str
    since: date
    until: date
    where: str
    mine: bool


def load(folders: Iterable[Path | str], known: Iterable[NamedActor] | None = None) -> Added:
    """What ``folders`` add; a later folder stands over an earlier one.

    ``known`` are the actors with whose names those of the user must not clash, :func:`built_in` if not given. A form on
    which a row sets a condition clashes with none. A folder is read again only when a file of it has changed.

    Raises :class:`~marsad.errors.KnowledgeError` for a folder without tables, a bad row, and two actors with one name
    at one time.

    >>> load([])
    Added(actors=(), holders=(), places=())
    """
    stamps = []
    for folder in map(Path, folders):
        stamps += [(str(file), stat.st_mtime_ns, stat.st_size) for file in _tables(folder) for stat in (file.stat(),)]
    added, told = _read(tuple(stamps))
    if added.actors or added.holders:
        _apart(added, told, built_in() if known is None else known)
    return added


@cache
def built_in() -> tuple[NamedActor, ...]:
    """The actors that come with Marsad, with the lines where they stand."""
    columns = [Column(name=column.name, kind=column.kind) for column in ACTORS]
    return tuple(
        NamedActor(
            Actor(
                id=row["id"],
                name=Name(row["name_ar"], row["name_en"]),
                kind=Kind(row["kind"]),
                since=row.first("since"),
                until=row.last("until"),
            ),
            tuple(filter(None, (row["name_ar"], row["name_en"], *row.forms("forms_ar"), *row.forms("forms_en")))),
            row.where,
            row["conditions"],
        )
        for row in schema.rows(files.read("actors.csv"), "actors.csv", columns)
        if not row["id"].startswith("@")  # those are lists of words
    )


def _tables(folder: Path) -> list[Path]:
    """The tables of a folder."""
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix == ".csv" and path.is_file())
    except OSError as error:
        raise KnowledgeError(
            f"the folder cannot be read ({error.strerror or error})",
            where=str(folder),
            do="give `knowledge` the path of a folder with " + ", ".join(_READERS),
        ) from None
    for path in found:
        if path.name not in _READERS:
            raise KnowledgeError("no table is called so", where=str(path), do="call it one of " + ", ".join(_READERS))
    if not found:
        raise KnowledgeError(
            "the folder holds no table", where=str(folder), do="put one of these in: " + ", ".join(_READERS)
        )
    return found


@lru_cache(maxsize=8)
def _read(stamps: tuple[tuple[str, int, int], ...]) -> tuple[Added, tuple[str, ...]]:
    """What the files hold, and where each row of holders is said; the times and sizes are the key of the cache."""
    actors: dict[str, NamedActor] = {}
    places: dict[str, Place] = {}
    held: dict[object, tuple[Holder, str]] = {}
    for file, _, _ in stamps:
        path = Path(file)
        try:
            text = path.read_text(encoding="utf-8")
        except OSError as error:
            raise KnowledgeError(
                f"the table cannot be read ({error.strerror or error})",
                where=file,
                do="mend its permissions, or remove it",
            ) from None
        except UnicodeDecodeError:
            raise KnowledgeError("the table is no UTF-8", where=file, do="save it as CSV in UTF-8") from None
        twice: dict[object, str] = {}
        for row in schema.rows(text, file, _READERS[path.name]):
            if path.name == "holders.csv":
                holder = holders.holder(row)
                name: object = (holder.person_id, holder.actor, holder.role, holder.since)
                held[name] = holder, row.where
            elif path.name == "actors.csv":
                name = row["id"]
                actors[row["id"]] = _actor(row)
            else:
                name = row["id"]
                places[row["id"]] = _place(row)
            if name in twice:
                column = "person_id" if path.name == "holders.csv" else "id"
                raise row.fault(column, f"{row[column]} stands at {twice[name]} already", "keep one of the two rows")
            twice[name] = row.where
    rows = tuple(holder for holder, _ in held.values())
    return Added(tuple(actors.values()), rows, tuple(places.values())), tuple(where for _, where in held.values())


def _names(row: Row) -> tuple[Name, tuple[str, ...]]:
    """The name of an entry and every form of it."""
    name = Name(ar=row["name_ar"], en=row["name_en"])
    if not (name.ar or name.en):
        raise row.fault("name_en", "there is no name in either language", "fill name_ar or name_en")
    forms = (name.ar, name.en, *row.forms("forms_ar"), *row.forms("forms_en"))
    for form in forms:
        if form and not key(form):
            raise row.fault("forms_ar", f"{form[:40]!r} holds no letter", "write a name, or leave it out")
    return name, tuple(dict.fromkeys(form for form in forms if form))


def _actor(row: Row) -> NamedActor:
    name, forms = _names(row)
    since, until = row.first("since"), row.last("until")
    if since and until and since > until:
        raise row.fault("until", f"{row['until']} is before since, {row['since']}", "mend one of the two days")
    actor = Actor(
        id=row["id"],
        name=name,
        kind=Kind(row["kind"]),
        country=row["country"],
        sector=Sector(row["sector"]) if row["sector"] else None,
        since=since,
        until=until,
        wikidata=row["wikidata"] or None,
        links=row.forms("links"),
    )
    return NamedActor(actor, forms, row.where, row["conditions"])


def _place(row: Row) -> Place:
    name, forms = _names(row)
    degrees = []
    for column, most in (("latitude", 90.0), ("longitude", 180.0)):
        value = float(row[column]) if row[column] else None
        if value is not None and abs(value) > most:
            raise row.fault(column, f"{row[column]} is not on the globe", f"give degrees from -{most:g} to {most:g}")
        degrees.append(value)
    if (degrees[0] is None) != (degrees[1] is None):
        empty = "latitude" if degrees[0] is None else "longitude"
        raise row.fault(empty, "is empty where the other is not", "give both, or neither")
    return Place(row["id"], name, forms, row["country"], degrees[0], degrees[1], row.where)


_READERS: dict[str, Sequence[Column]] = {"actors.csv": ACTORS, "holders.csv": holders.COLUMNS, "places.csv": PLACES}


# ---------------------------------------------------------------- one name, two actors


def _apart(added: Added, told: tuple[str, ...], known: Iterable[NamedActor]) -> None:
    """Raises where two actors, or two persons with their full names, have one name at one time."""
    mine = {entry.actor.id for entry in added.actors}
    actors: defaultdict[str, list[_Bearer]] = defaultdict(list)
    for entry in (*(entry for entry in known if entry.actor.id not in mine), *added.actors):
        one = entry.actor
        bearer = _Bearer(one.id, one.since or date.min, one.until or date.max, entry.where, one.id in mine)
        asked = {part.partition(": ")[0].strip() for part in entry.conditions.split("|")} if entry.conditions else set()
        for name in dict.fromkeys(" ".join(key(form)) for form in entry.forms if form not in asked):
            actors[name].append(bearer)
    persons: defaultdict[str, list[_Bearer]] = defaultdict(list)
    for row, where in zip(added.holders, told, strict=True):
        bearer = _Bearer(row.person_id, row.since or date.min, row.until or date.max, where, True)
        for name in dict.fromkeys(" ".join(called) for form in row.forms if len(called := key(form)) > 1):
            if name not in persons:
                persons[name] = [
                    _Bearer(one.person_id, one.since or date.min, one.until or date.max, holders.FILE, False)
                    for one in holders.table().of_person(name)
                    if any(" ".join(key(form)) == name for form in one.forms)
                ]
            persons[name].append(bearer)
    for names in (actors, persons):
        for name, bearers in names.items():
            if len(bearers) > 1:
                _alone(name, bearers)


def _alone(name: str, bearers: Sequence[_Bearer]) -> None:
    """Raises where two bearers of a name, one of them the user's, bear it at the same time.

    They are passed once by their first day, with the two that last the longest in hand, of different ids: one of them
    is there still when a third comes, or nobody is.
    """
    lasting: dict[bool, list[_Bearer]] = {True: [], False: []}
    for bearer in sorted(bearers, key=lambda one: (one.since, one.until, one.id)):
        for whose in (True, False) if bearer.mine else (True,):
            for other in lasting[whose]:
                if other.id != bearer.id and bearer.since <= other.until:
                    here, there = (bearer, other) if bearer.mine else (other, bearer)
                    raise KnowledgeError(
                        f"{here.id} and {there.id} ({there.where}) are both called «{name}» at one time",
                        where=here.where,
                        do="give both rows one id, set since and until, or take the name from one of them",
                    )
        kept = {one.id: one for one in sorted((*lasting[bearer.mine], bearer), key=lambda one: one.until)}
        lasting[bearer.mine] = sorted(kept.values(), key=lambda one: one.until)[-2:]
