"""The number of a state of a store: what has been answered under one number may be answered so again.

Every transaction that changed anything raises it. It begins at random, so that a store that was made anew or restored
does not come by the numbers of the one before, which caches of others still know.
"""

from __future__ import annotations

from secrets import randbits

from sqlalchemy import BigInteger, Connection, cast, select, text

from marsad.store.columns import Words
from marsad.store.rows import upserting
from marsad.store.schema import about

_NAME = "revision"
#: What gives the number as text, for :meth:`marsad.store.engine.Database.value`.
ASKED = f"SELECT value FROM about WHERE key = '{_NAME}'"


def read(db: Connection) -> int:
    """The number of the state that ``db`` sees; 0 where nothing was ever written."""
    return int(db.execute(select(about.c.value).where(about.c.key == _NAME)).scalar() or 0)


def changes(db: Connection) -> int:
    """A number that is another once the transaction has changed anything."""
    if db.dialect.name == "sqlite":
        done: int = db.connection.driver_connection.total_changes  # type: ignore[union-attr]
        return done
    # The server numbers a transaction when it first writes.
    return int(db.execute(text("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")).scalar_one())


def advance(db: Connection) -> None:
    """Raise the number by one."""
    more = cast(cast(about.c.value, BigInteger) + 1, Words)
    new = upserting(db, about).values(key=_NAME, value=_start())
    db.execute(new.on_conflict_do_update(index_elements=["key"], set_={"value": more}))


def renew(db: Connection) -> None:
    """Begin anew: what the store holds now has nothing to do with what it held."""
    start = _start()
    new = upserting(db, about).values(key=_NAME, value=start)
    db.execute(new.on_conflict_do_update(index_elements=["key"], set_={"value": start}))


def _start() -> str:
    # Room for a million transactions before the next start; below 2**53, which JavaScript counts to.
    return str((1 + randbits(32)) << 20)
