"""What persons hold of events, articles and occurrences, beside what the machine says, which stays as it is.

A judgement is never changed: a later one on the same field of the same thing stands over it, and one that is withdrawn
is marked so by a further row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from marsad.errors import FormatError, NotFoundError
from marsad.store import articles, codings, events, groups, work
from marsad.store.rows import next_seq, parts
from marsad.store.schema import article, event, judgement
from marsad.store.values import OF_ARTICLE, OF_EVENT, Judged
from marsad.types import Judgement

#: That two things are one: articles (or the stories they stand in) one story, occurrences one act; and that not.
SAME = ("same-as", "not-same-as")
#: The field of a row that withdraws another, whose number is the value.
WITHDRAWN = "withdrawn"
#: What is held of an element of a law about a body, whose id stands before the field.
ENTITY = "entity"
FIELDS = (*OF_EVENT, *OF_ARTICLE, *SAME)


@dataclass(frozen=True, slots=True)
class _By:
    """Who judges, why, and when."""

    name: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class _Thing:
    """What a judgement is about: its kind, its id, and (by seq) the article that it was first told in."""

    what: str
    id: str
    article: int


def add(db: Connection, target: str, field: str, value: str, name: str, reason: str, now: datetime) -> Judgement:
    """Keep what ``name`` holds of ``target`` (an id or its beginning), and why.

    ``field`` is one of :data:`FIELDS`: those of an event take labels of the code book, ids of actors and countries,
    days; ``actors`` and ``recipients`` several with commas; ``none`` for nothing; ``event=no`` says that it is none.
    ``same-as`` and ``not-same-as`` take the id of another article, story or occurrence. Raises :class:`NotFoundError`
    or :class:`FormatError` for what there is not, or is no such value.
    """
    field, value, by = field.strip().lower(), value.strip(), _By(name.strip(), reason.strip(), now)
    if not (value and by.reason and by.name):
        raise FormatError(
            "a judgement has a value, a reason and the name of who judges", do='write field=value --because "…"'
        )
    if field in SAME:
        thing, other = _thing(db, target), _thing(db, value)
        if thing.id == other.id or (thing.article == other.article and thing.what != "occurrence"):
            raise FormatError(f"{target} and {value} are one and the same", do="give the ids of two")
        made = _write(db, thing, field, other.id, by)
        work.put(db, "grouped", [thing.article, other.article])
        return made
    thing, of = _judged(db, target, field)
    given = (OF_EVENT if thing.what == "event" else OF_ARTICLE)[field](value, of)
    return _write(db, thing, field, given, by)


def hold(db: Connection, entity: str, element: str, value: str, name: str, reason: str, now: datetime) -> Judgement:
    """Keep what ``name`` holds of an element of a law (``us/caatsa/231:significant``) about a body, by its id, and why.

    That there is such a body, element and value is for the caller to know. Raises :class:`FormatError` without a name
    or a reason.
    """
    by = _By(name.strip(), reason.strip(), now)
    if not (by.reason and by.name):
        raise FormatError(
            "a judgement has a reason and the name of who judges", do='write law:element=value --because "…"'
        )
    seq = next_seq(db, judgement)
    row = {"target": _key(entity), "field": f"{entity} {element}", "name": by.name, "reason": by.reason, "at": now}
    db.execute(insert(judgement).values(seq=seq, what=ENTITY, article=None, value=value, **row))
    return Judgement(id=seq, target=entity, field=element, value=value, name=by.name, reason=by.reason, at=now)


def held(db: Connection) -> list[Judgement]:
    """What stands of elements of laws about bodies, the earliest first: of each element the last."""
    rows = [row for row in _rows(db) if row.what == ENTITY]
    return list({row.field: of_row(row) for row in rows}.values())


def _key(entity: str) -> str:
    """A target has 16 digits; the id of a body is as long as it is."""
    return blake2b(entity.encode(), digest_size=8).hexdigest()


def withdraw(db: Connection, number: int, name: str, reason: str, now: datetime) -> Judgement:
    """Take a judgement back, by its number: the one before it stands again. Raises :class:`NotFoundError`."""
    row = db.execute(select(judgement).where(judgement.c.seq == number, judgement.c.field != WITHDRAWN)).first()
    if row is None:
        raise NotFoundError(f"no judgement {number}", do="`marsad judge --list` shows them")
    if row.field in SAME:
        work.put(db, "grouped", [one for one in (row.article, _told_in(db, [row.value]).get(row.value)) if one])
    return _write(db, _Thing(row.what, row.target, row.article), WITHDRAWN, str(number), _By(name, reason, now))


def _write(db: Connection, thing: _Thing, field: str, value: str, by: _By) -> Judgement:
    seq = next_seq(db, judgement)
    row = {"target": thing.id, "field": field, "value": value, "name": by.name, "reason": by.reason, "at": by.at}
    db.execute(insert(judgement).values(seq=seq, what=thing.what, article=thing.article, **row))
    return Judgement(id=seq, target=thing.id, field=field, value=value, name=by.name, reason=by.reason, at=by.at)


def _judged(db: Connection, target: str, field: str) -> tuple[_Thing, Judged]:
    """What a judgement of ``field`` is about."""
    if field in OF_ARTICLE:
        seq, text = articles.find(db, target)
        return _Thing("article", text.id, seq), Judged(db, text)
    if field not in OF_EVENT:
        raise NotFoundError(f"{field!r} cannot be judged", do="give one of " + ", ".join(FIELDS))
    number, found, _ = events.find(db, target)[0]
    row = db.execute(select(event.c.article, event.c.coding).where(event.c.seq == number)).one()
    text = articles.by_seq(db, [row.article])[row.article]
    before = standing(db, [found.id]).get(found.id, {})
    stands = before["type"].value if "type" in before else found.type.value
    said = codings.mentions(db, [row.coding]).get(row.coding, ())
    return _Thing("event", found.id, row.article), Judged(db, text, found, said, stands)


def _thing(db: Connection, written: str) -> _Thing:
    """The article, story, occurrence or event that ``written`` names, with the article that it was first told in."""
    found: dict[str, _Thing] = {}
    for look in (_article, _story, _act, _event):
        try:
            one = look(db, written)
        except NotFoundError as error:
            if articles.is_ambiguous(error, written):
                raise
        else:
            found.setdefault(one.id, one)
    if not found:
        raise NotFoundError(
            f"no article, story or occurrence {written!r}", do="copy its id from `marsad search` or `marsad events`"
        )
    if written in found:  # its whole id, which may have been that of a story too before this was merged
        return found[written]
    if len(found) > 1:
        named = ", ".join(f"{one.what} {one.id}" for one in found.values())
        raise NotFoundError(f"{written!r} begins {named}", do="write more of it")
    return next(iter(found.values()))


def _article(db: Connection, written: str) -> _Thing:
    seq, one = articles.find(db, written)
    return _Thing("article", one.id, seq)


def _story(db: Connection, written: str) -> _Thing:
    one = groups.find(db, written)
    return _Thing("story", one.id, articles.seqs(db, one.articles[:1])[one.articles[0]])


def _act(db: Connection, written: str) -> _Thing:
    one = groups.find_act(db, written)
    return _Thing("occurrence", one.id, _told_in(db, one.reports[:1])[one.reports[0]])


def _event(db: Connection, written: str) -> _Thing:
    one = events.find(db, written)[0][1]
    return _Thing("event", one.id, articles.seqs(db, [one.article])[one.article])


def _told_in(db: Connection, ids: Sequence[str]) -> dict[str, int]:
    """The article (by seq) that each id is that of, or in which the event with this id stands."""
    found: dict[str, int] = {}
    for some in parts(ids):
        found.update(db.execute(select(event.c.id, event.c.article).where(event.c.id.in_(some))).all())
    return found | articles.seqs(db, ids)


def _rows(db: Connection, targets: Sequence[str] | None = None, fields: Sequence[str] = ()) -> Iterator[Row[Any]]:
    """The judgements that stand or stood, in their order, without those that were withdrawn."""
    asked = select(judgement).order_by(judgement.c.seq)
    if fields:
        asked = asked.where(judgement.c.field.in_([*fields, WITHDRAWN]))
    rows = (
        db.execute(asked).all()
        if targets is None
        else [row for some in parts(targets) for row in db.execute(asked.where(judgement.c.target.in_(some)))]
    )
    back = {int(row.value) for row in rows if row.field == WITHDRAWN}
    return (row for row in rows if row.field != WITHDRAWN and row.seq not in back)


def of_row(row: Row[Any]) -> Judgement:
    """The judgement of a row of its table."""
    entity, _, element = row.field.partition(" ") if row.what == ENTITY else ("", "", "")
    return Judgement(
        id=row.seq,
        target=entity if element else row.target,
        field=element or row.field,
        value=row.value,
        name=row.name,
        reason=row.reason,
        at=row.at,
    )


def listed(db: Connection, target: str | None = None, since: datetime | None = None) -> list[Judgement]:
    """Every judgement, the earliest first: of the thing with the whole id ``target``; made at ``since`` or later."""
    asked = select(judgement).order_by(judgement.c.seq)
    if target is not None:
        asked = asked.where(judgement.c.target == (_key(target) if "." in target else target))
    if since is not None:
        asked = asked.where(judgement.c.at >= since)
    return [of_row(row) for row in db.execute(asked)]


def standing(db: Connection, targets: Iterable[str]) -> dict[str, dict[str, Judgement]]:
    """What stands of each thing (by whole id), by field; of pairs that are the same :func:`same` tells more."""
    found: dict[str, dict[str, Judgement]] = {}
    for row in _rows(db, list(dict.fromkeys(targets))):
        found.setdefault(row.target, {})[row.field] = of_row(row)
    return found


Pairs = frozenset[tuple[str, str]]


def same(db: Connection) -> tuple[Pairs, Pairs]:
    """The pairs of articles, each sorted, that are one story, and those that are not.

    What was judged of stories and occurrences is told of the articles that came first in them then.
    """
    rows = list(_rows(db, fields=SAME))
    numbers = _told_in(db, list({row.value for row in rows}))
    wanted = {row.article for row in rows} | set(numbers.values())
    ids: dict[int, str] = {}
    for some in parts(sorted(wanted)):
        ids.update(db.execute(select(article.c.seq, article.c.id).where(article.c.seq.in_(some))).all())
    last: dict[tuple[str, str], str] = {}
    for row in rows:
        one, other = ids.get(row.article), ids.get(numbers.get(row.value, 0))
        if one and other and one != other:
            last[min(one, other), max(one, other)] = row.field
    return (
        frozenset(pair for pair, field in last.items() if field == SAME[0]),
        frozenset(pair for pair, field in last.items() if field == SAME[1]),
    )
