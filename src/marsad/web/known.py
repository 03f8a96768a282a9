"""What the tables know of an actor or a person: names, what stands above and below, offices over time, lists."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from marsad.assess.screen import Decision
from marsad.export.acts_table import called
from marsad.identity import state_of
from marsad.knowledge import SETS, holders, kept, listed
from marsad.knowledge.actors import actors, forms
from marsad.knowledge.countries import NO_STATE, countries
from marsad.knowledge.holders import Holder
from marsad.knowledge.organs import organs
from marsad.types import Actor, Name
from marsad.types.lists import Asked, ListEntry, ListVersion

#: Offices of a state that are shown on its own page.
HEADS = ("HEAD_OF_STATE", "HEAD_OF_GOVERNMENT", "FOREIGN", "DEFENCE")
#: Bodies below one that are shown, office-holders, other spellings.
BELOW, OFFICES, FORMS = 60, 60, 12
_PART, _LIST = "part-of:", "caatsa231:"


@dataclass(frozen=True, slots=True)
class OnList:
    """An entry of a list that an actor is, or may be: ``sure`` where the tables tie them, else by a name that is near.

    ``since`` is None where the list does not tell the day.
    """

    list: str
    uid: str
    name: str
    since: date | None
    sure: bool
    score: float
    as_of: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An actor as the tables have it; ``person`` are the rows of a person, who is no actor but holds offices."""

    id: str
    name: Name
    actor: Actor | None = None
    person: Sequence[Holder] = ()
    above: Sequence[str] = ()
    below: Sequence[str] = ()
    forms: Sequence[str] = ()
    offices: Sequence[Holder] = ()
    lists: Sequence[OnList] = ()
    warning: Name = field(default_factory=Name)

    @property
    def is_state(self) -> bool:
        """Whether it is a state, or a body that stands for itself."""
        return "." not in self.id


def person(id: str) -> tuple[Holder, ...]:  # noqa: A002 (the field's word)
    """The offices of the person with this id, the latest first; nothing for no such person."""
    return tuple(sorted(_persons().get(id, ()), key=_latest))


@kept(SETS)
def _persons() -> dict[str, tuple[Holder, ...]]:
    found: dict[str, tuple[Holder, ...]] = {}
    for row in holders.holders():
        found[row.person_id] = (*found.get(row.person_id, ()), row)
    return found


def _latest(row: Holder) -> tuple[int, int, str]:
    """Those in office first, then who came last."""
    last = (row.until or date.max).toordinal()
    return -last, -(row.since or date.min).toordinal(), row.person_id


def known(id: str, met: Sequence[str], screen: Callable[[Asked], Any] | None) -> Known:  # noqa: A002
    """What the tables say of the actor with this id; ``met`` are ids under it that the store has, ``screen`` asks the
    lists in use."""
    if rows := person(id):
        name = rows[0].person
        return Known(
            id=id, name=name, person=rows, above=tuple(dict.fromkeys(row.actor for row in rows)),
            forms=_others(rows[0].forms, name), offices=rows, **_lists(None, name, screen),
        )  # fmt: skip
    actor = actors().get(id)
    name = actor.name if actor else Name(ar=called(id, "ar"), en=called(id, "en"))
    return Known(
        id=id,
        name=name,
        actor=actor,
        above=_above(id, actor),
        below=_below(id, met),
        forms=_others(forms(id), name),
        offices=_offices(id),
        **(_lists(actor, name, screen) if actor else {}),
    )


def _others(given: Iterable[str], name: Name) -> tuple[str, ...]:
    return tuple(one for one in dict.fromkeys(given) if one not in (name.ar, name.en))[:FORMS]


def _above(id: str, actor: Actor | None) -> tuple[str, ...]:  # noqa: A002
    """What it is a part of, the nearest first."""
    parts = id.split(".")
    found = [link.removeprefix(_PART) for link in (actor.links if actor else ()) if link.startswith(_PART)]
    for length in range(len(parts) - 1, 0, -1):
        one = ".".join(parts[:length])
        if called(one, "en") and one not in NO_STATE:
            found.append(one)
    if actor and actor.country and actor.country != id and actor.country not in NO_STATE:
        found.append(actor.country)
    return tuple(dict.fromkeys(found))


def _below(id: str, met: Sequence[str]) -> tuple[str, ...]:  # noqa: A002
    """What stands under it: by its id, or as a part of it; of those that no table names, the ones that were met."""
    named = (key for key, one in actors().items() if key.startswith(f"{id}.") or f"{_PART}{id}" in one.links)
    under = {row.actor for row in _rows(id) if row.actor != id}
    found = dict.fromkeys((*named, *(one for one in met if one != id), *sorted(under)))
    return tuple(one for one in found if called(one, "en"))[:BELOW]


def _rows(id: str) -> list[Holder]:  # noqa: A002
    table = holders.table()
    return [table.rows[at] for at in table.offices.get(id, ())]


def _offices(id: str) -> tuple[Holder, ...]:  # noqa: A002
    """Who held the offices of an actor: of a state its highest, of a body its own; by office, the latest first."""
    rows = _rows(id)
    if "." not in id and id in countries():
        rows = [row for row in rows if row.role in HEADS]
        order = {role: at for at, role in enumerate(HEADS)}
    else:
        rows = [row for row in rows if row.actor == id] or rows
        order = {}
        for row in sorted(rows, key=_latest):
            order.setdefault(row.role, len(order))
    return tuple(sorted(rows, key=lambda row: (order[row.role], *_latest(row))))[: OFFICES * 2]


def _lists(actor: Actor | None, name: Name, screen: Callable[[Asked], Any] | None) -> dict[str, Any]:
    """The lists that it stands on, or that have a name near its own, and what that does not mean."""
    found: dict[tuple[str, str], OnList] = {}
    for link in actor.links if actor else ():
        if link.startswith(_LIST):
            for one in listed.listed():
                if one.id == link.removeprefix(_LIST):
                    found["us/caatsa/231", one.id] = OnList(
                        "us/caatsa/231", one.id, one.name.en or one.name.ar, one.since, True, 1.0, None, one.source
                    )
    for form in dict.fromkeys(one for one in (name.en, name.ar) if one) if screen else ():
        assert screen
        for hit in screen(Asked(form)).hits:
            key = (hit.version.list.removeprefix("shipped:"), hit.entry.uid)
            if hit.decision is not Decision.NONE and key not in found:
                found[key] = _of_hit(hit.version, hit.entry, hit.counted)
    lists = sorted(found.values(), key=lambda one: (not one.sure, -one.score, one.list, one.uid))[:8]
    told = any(one.list == "us/caatsa/231" for one in lists)
    return {"lists": lists, "warning": listed.warning() if told else Name()}


def _of_hit(version: ListVersion, entry: ListEntry, score: float) -> OnList:
    as_of = None if version.shipped else version.as_of
    return OnList(
        version.list.removeprefix("shipped:"), entry.uid, entry.names[0].text, entry.listed, False, score, as_of,
        entry.remarks if version.shipped else "",
    )  # fmt: skip


def near(id: str, met: Sequence[str], most: int = 6) -> list[str]:  # noqa: A002
    """The ids and persons that come near an id that nobody has."""
    word = id.upper()
    side = state_of(word)
    pool = [*actors(), *countries(), *met]
    if side in countries():
        pool += [f"{side}.{organ}" for organ in organs()]
    pool += _persons()
    found = difflib.get_close_matches(word, list(dict.fromkeys(pool)), n=most, cutoff=0.6)
    return found or ([side] if side in countries() else [])
