"""A user's folders of knowledge: ``actors.csv``, ``holders.csv`` and ``places.csv`` that add to the built-in tables.

A row whose id a built-in table has stands in its place; another is added. What is wrong with a row is told with file,
line, column and mend; two actors that have one name at one time are told with both lines, since nobody could say which
is meant. Nothing here changes a table: :func:`load` gives what was read, and inside :func:`marsad.knowledge.using` the
tables take it in by their own ``extended`` (:meth:`marsad.knowledge.holders.Table.extended`,
:meth:`marsad.knowledge.places.Places.extended`).
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
from marsad.knowledge import SETS, actors, holders, schema, within
from marsad.knowledge.actors import NamedActor
from marsad.knowledge.holders import Holder
from marsad.knowledge.named import key
from marsad.knowledge.places import KINDS, Place
from marsad.knowledge.schema import Column, Row
from marsad.types import Kind, Name, Sector

_ID = re.compile(r"[A-Z0-9]+(?:[-.][A-Z0-9]+)*")
_PLACE_ID = re.compile(rf"{_ID.pattern}|geonames:[1-9]\d*", re.ASCII)
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
    Column(name="id", required=True, pattern=_PLACE_ID, words="an id like IRQ.SINJAR or geonames:448149"),
    *_NAMES,
    Column(name="country", pattern=re.compile("[A-Z]{3}"), words="three letters"),
    Column(name="kind", allowed=frozenset(KINDS)),
    Column(name="population", pattern=re.compile(r"\d{1,9}", re.ASCII), words="a whole number, like 88023"),
    Column(name="latitude", pattern=_NUMBER, words="degrees north, like 36.32"),
    Column(name="longitude", pattern=_NUMBER, words="degrees east, like 41.87"),
    Column(name="source", required=True),
)


@dataclass(frozen=True, slots=True, eq=False)
class Added:
    """What the folders of a user add to the built-in tables, in the order of folders and lines.

    Compared by identity: what was read from unchanged files is one object, by which tables are kept.
    """

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


#: What no folder adds.
NOTHING = Added()


def load(folders: Iterable[Path | str], known: Iterable[NamedActor] | None = None) -> Added:
    """What ``folders`` add; a later folder stands over an earlier one. ``~`` is the user's home.

    ``known`` are the actors with whose names those of the user must not clash, :func:`built_in` if not given. A form on
    which a row sets a condition clashes with none. A folder is read again only when a file of it has changed.

    Raises :class:`~marsad.errors.KnowledgeError` for a folder without tables, a bad row, and two actors with one name
    at one time.

    >>> load([])
    Added(actors=(), holders=(), places=())
    """
    stamps: list[_Stamp] = []
    for folder in map(_home, folders):
        stamps += map(_stamp, _tables(folder))
    if not stamps:
        return NOTHING
    return _checked(tuple(stamps)) if known is None else _apart(*_read(tuple(stamps)), known)


#: The folder in a folder that holds laws of one's own (:mod:`marsad.knowledge.instruments`).
LAWS = "instruments"
#: A file with the time of its last change and its size.
_Stamp = tuple[str, int, int]


def _stamp(file: Path) -> _Stamp:
    try:
        stat = file.stat()
    except OSError as error:
        raise _unreadable(str(file), error) from None
    return str(file), stat.st_mtime_ns, stat.st_size


def _unreadable(file: str, error: OSError) -> KnowledgeError:
    return KnowledgeError(
        f"the table cannot be read ({error.strerror or error})", where=file, do="mend its permissions, or remove it"
    )


def _home(folder: Path | str) -> Path:
    try:
        return Path(folder).expanduser()
    except RuntimeError:  # nobody's home
        return Path(folder)


@lru_cache(maxsize=SETS)
def _checked(stamps: tuple[_Stamp, ...]) -> Added:
    """What the files hold, none of it at odds with the built-in tables or with itself."""
    added = _apart(*_read(stamps), built_in())
    with within(added):
        actors.table()  # reads the conditions, and tells what is wrong with them
    return added


@cache
def built_in() -> tuple[NamedActor, ...]:
    """The actors that come with Marsad, with the lines where they stand."""
    return tuple(actors.built_in())


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
    if not found and not (folder / LAWS).is_dir():
        raise KnowledgeError(
            "the folder holds no table", where=str(folder), do="put one of these in: " + ", ".join(_READERS)
        )
    return found


@lru_cache(maxsize=SETS)
def _read(stamps: tuple[_Stamp, ...]) -> tuple[Added, tuple[str, ...]]:
    """What the files hold, and where each row of holders is said; the times and sizes are the key of the cache."""
    named: dict[str, NamedActor] = {}
    places: dict[str, Place] = {}
    held: dict[object, tuple[Holder, str]] = {}
    for file, _, _ in stamps:
        path = Path(file)
        try:
            text = path.read_text(encoding="utf-8")
        except OSError as error:
            raise _unreadable(file, error) from None
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
                named[row["id"]] = _actor(row)
            else:
                name = row["id"]
                places[row["id"]] = _place(row)
            if name in twice:
                column = "person_id" if path.name == "holders.csv" else "id"
                raise row.fault(column, f"{row[column]} stands at {twice[name]} already", "keep one of the two rows")
            twice[name] = row.where
    rows = tuple(holder for holder, _ in held.values())
    return Added(tuple(named.values()), rows, tuple(places.values())), tuple(where for _, where in held.values())


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
    _names(row)
    since, until = row.first("since"), row.last("until")
    if since and until and since > until:
        raise row.fault("until", f"{row['until']} is before since, {row['since']}", "mend one of the two days")
    return actors.entry(row)


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
    return Place(
        id=row["id"],
        name=name,
        country=row["country"] or None,
        latitude=degrees[0],
        longitude=degrees[1],
        population=int(row["population"] or 0),
        kind=row["kind"] or "town",  # type: ignore[arg-type]  # one of the column's values
        forms=forms,
    )


_READERS: dict[str, Sequence[Column]] = {"actors.csv": ACTORS, "holders.csv": holders.COLUMNS, "places.csv": PLACES}


# ---------------------------------------------------------------- one name, two actors


def _apart(added: Added, told: tuple[str, ...], known: Iterable[NamedActor]) -> Added:
    """``added``. Raises where two actors, or two persons with their full names, have one name at one time."""
    mine = {entry.actor.id for entry in added.actors}
    bearers_of: defaultdict[str, list[_Bearer]] = defaultdict(list)
    for entry in (*(entry for entry in known if entry.actor.id not in mine), *added.actors):
        one = entry.actor
        bearer = _Bearer(one.id, one.since or date.min, one.until or date.max, entry.where, one.id in mine)
        asked = {part.partition(": ")[0].strip() for part in entry.conditions.split("|")} if entry.conditions else set()
        for name in dict.fromkeys(" ".join(key(form)) for form in entry.forms if form not in asked):
            bearers_of[name].append(bearer)
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
    for names in (bearers_of, persons):
        for name, bearers in names.items():
            if len(bearers) > 1:
                _alone(name, bearers)
    return added


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
