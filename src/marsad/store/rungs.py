"""The rungs of the ladders that a coding gives, kept under it, and back again as they were.

The rules that make them change more often than the model: what other rules have made is made anew from the coding, when
its article is grouped the next time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from marsad.store import work
from marsad.store.rows import parts
from marsad.store.schema import CURRENT, WITHDRAWN, about, article, coding, rung
from marsad.types import Rung

#: The key in ``about`` of the version of the rules.
RUNG = "rung"
_COLUMNS = ("id", "ladder", "level", "turn", "near", "counterpart", "sanctioner", "event", "day")


def bare(value: Any) -> Any:
    """Plain values without the fields that say nothing: None, False, nothing in a list.

    >>> bare({"a": None, "b": [{"c": False, "d": 0}], "e": []})
    {'b': [{'d': 0}]}
    """
    if isinstance(value, dict):
        return {
            key: bare(one)
            for key, one in value.items()
            if one is not None and one is not False and one not in ([], (), {})
        }
    return [bare(one) for one in value] if isinstance(value, (list, tuple)) else value


def write(db: Connection, made: Mapping[int, Sequence[Rung]]) -> None:
    """The rungs of each coding (by seq), in the place of those that it had."""
    if not made:
        return
    for some in parts(list(made)):
        db.execute(delete(rung).where(rung.c.coding.in_(some)))
    if rows := [_row(seq, n, one) for seq, some in made.items() for n, one in enumerate(some)]:
        db.execute(insert(rung), rows)
    counts = [{"_seq": seq, "rungs": len(some)} for seq, some in made.items()]
    db.execute(update(coding).where(coding.c.seq == bindparam("_seq")).values(rungs=bindparam("rungs")), counts)


def _row(seq: int, n: int, one: Rung) -> dict[str, Any]:
    plain = bare(msgspec.to_builtins(one))
    body = {name: value for name, value in plain.items() if name not in _COLUMNS}
    columns = {name: getattr(one, name) for name in _COLUMNS}
    told = {"ladder": one.ladder.value, "turn": one.turn.value}
    return {"coding": seq, "n": n, **columns, **told, "body": body}


def _of_row(row: Row[Any]) -> Rung:
    columns = {name: getattr(row, name) for name in _COLUMNS}
    return msgspec.convert({**row.body, **columns}, Rung)


def missing(db: Connection, codings: Sequence[int]) -> list[int]:
    """Those of the codings whose rungs have not been made by the rules of now."""
    found: list[int] = []
    for some in parts(codings):
        found.extend(db.execute(select(coding.c.seq).where(coding.c.seq.in_(some), coding.c.rungs.is_(None))).scalars())
    return found


def of_articles(db: Connection, articles: Sequence[int], *, withdrawn: bool = False) -> list[Rung]:
    """The rungs that count of the articles (by seq), in the order of their days, their ids and their texts.

    With ``withdrawn`` those of replaced articles too.
    """
    states = (CURRENT, WITHDRAWN) if withdrawn else (CURRENT,)
    found: list[tuple[Any, Rung]] = []
    for some in parts(articles):
        asked = (
            select(rung, article.c.published)
            .join(coding, coding.c.seq == rung.c.coding)
            .join(article, article.c.seq == coding.c.article)
            .where(coding.c.article.in_(some), coding.c.state.in_(states))
        )
        for row in db.execute(asked):
            one = _of_row(row)
            found.append(((row.published is not None, row.published, one.article, row.n), one))
    return [one for _, one in sorted(found, key=lambda held: held[0])]


def by_id(db: Connection, ids: Sequence[str]) -> list[Rung]:
    """The rungs with these whole ids that count; two that the same words give have the same id."""
    found: list[Rung] = []
    for some in parts(ids):
        asked = select(rung).join(coding, coding.c.seq == rung.c.coding)
        asked = asked.where(rung.c.id.in_(some), coding.c.state == CURRENT)
        found.extend(map(_of_row, db.execute(asked.order_by(rung.c.coding, rung.c.n))))
    return found


def stale(db: Connection, version: str) -> bool:
    """Whether what is kept was made by another ``version`` of the rules."""
    return db.execute(select(about.c.value).where(about.c.key == RUNG)).scalar() != version


def renew(db: Connection, version: str) -> int:
    """Have all that another ``version`` of the rules has made made anew; gives of how many articles."""
    if not stale(db, version):
        return 0
    other = select(coding.c.seq).where(coding.c.state != CURRENT)
    db.execute(delete(rung).where(rung.c.coding.in_(other)))
    db.execute(update(coding).where(coding.c.rungs.is_not(None)).values(rungs=None))
    counting = list(db.execute(select(coding.c.article).where(coding.c.state == CURRENT)).scalars())
    work.put(db, "grouped", counting)
    db.execute(delete(about).where(about.c.key == RUNG))
    db.execute(insert(about).values(key=RUNG, value=version))
    return len(counting)


def unmake(db: Connection, source: int) -> None:
    """What is known of a source (by seq) has changed: its articles' rungs are to be made anew."""
    mine = select(article.c.seq).where(article.c.source == source)
    db.execute(update(coding).where(coding.c.article.in_(mine)).values(rungs=None))
    counting = select(coding.c.article).where(coding.c.article.in_(mine), coding.c.state == CURRENT)
    work.put(db, "grouped", list(db.execute(counting).scalars()))
