"""Who may ask over the network: a secret each, of which the store keeps a digest.

The digest is plain SHA-256: a secret is 256 random bits, which nobody finds by trying, so that a slow hash, made for
passwords that people think of, would only slow down every request.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from marsad.errors import FormatError, NotFoundError
from marsad.store.alerting import api_key
from marsad.store.rows import next_seq

#: What a key may do.
SCOPES = ("read", "write")
#: The random bytes of a secret, and what it begins with, so that one that is lying about is known for what it is.
BYTES, PREFIX = 32, "marsad_"
#: When a key was last used is written at most so often.
OFTEN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key, without its secret. ``rate`` is how many requests a minute it may make; times are in UTC."""

    name: str
    scopes: tuple[str, ...]
    added: datetime
    rate: int | None = None
    used: datetime | None = None
    revoked: datetime | None = None

    def may(self, scope: str) -> bool:
        """Whether it may do what ``scope`` names."""
        return self.revoked is None and scope in self.scopes

    def is_stale(self, now: datetime) -> bool:
        """Whether :func:`used` has something to write."""
        return self.used is None or now - self.used >= OFTEN


def _digest(secret: str) -> bytes:
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()


def add(db: Connection, name: str, scopes: Sequence[str], now: datetime, rate: int | None = None) -> str:
    """Make a key; gives its secret, which nobody can ask for again.

    Raises :class:`FormatError` for a name that is empty or has a key already, scopes not of :data:`SCOPES`, and a rate
    below 1.
    """
    name = name.strip()
    if not name or not name.isprintable() or len(name) > 100:
        raise FormatError("a key has a name of up to 100 letters", do="say what it is for: `dashboard`")
    if not scopes or set(scopes) - set(SCOPES):
        raise FormatError("a key may do nothing, or what there is not", do=f"give one or more of {', '.join(SCOPES)}")
    if rate is not None and rate < 1:
        raise FormatError(f"a rate of {rate} requests a minute", do="give 1 or more, or no rate")
    live = select(api_key.c.seq).where(api_key.c.name == name, api_key.c.revoked.is_(None))
    if db.execute(live).first():
        raise FormatError(f"there is a key {name!r}", do="give another name, or revoke that one first")
    secret = PREFIX + token_urlsafe(BYTES)
    row = {"name": name, "scopes": " ".join(one for one in SCOPES if one in scopes), "rate": rate, "added": now}
    db.execute(insert(api_key).values(seq=next_seq(db, api_key), digest=_digest(secret), **row))
    return secret


def check(db: Connection, secret: str) -> Key | None:
    """The key of ``secret``; None where there is none, or it was revoked. Changes nothing: see :func:`used`."""
    digest = _digest(secret)
    # Found by its digest, of which a guesser knows and chooses nothing; compared once more in constant time.
    row = db.execute(select(api_key).where(api_key.c.digest == digest)).first()
    if row is None or not compare_digest(bytes(row.digest), digest) or row.revoked is not None:
        return None
    return of_row(row)


def used(db: Connection, name: str, now: datetime) -> bool:
    """Note that the key was used now, unless that was noted within a minute; gives whether it was noted.

    Ask :meth:`Key.is_stale` first, and write with ``store.writing(shown=False)``: no cache is stale for it.
    """
    row = db.execute(select(api_key).where(api_key.c.name == name, api_key.c.revoked.is_(None))).first()
    if row is None or not of_row(row).is_stale(now):
        return False
    db.execute(update(api_key).where(api_key.c.seq == row.seq).values(used=now))
    return True


def of_row(row: Row[Any]) -> Key:
    """The key of a row of its table."""
    return Key(
        name=row.name,
        scopes=tuple(row.scopes.split()),
        added=row.added,
        rate=row.rate,
        used=row.used,
        revoked=row.revoked,
    )


def listed(db: Connection) -> list[Key]:
    """Every key in the order in which they were made, also those that were revoked."""
    return [of_row(row) for row in db.execute(select(api_key).order_by(api_key.c.seq))]


def revoke(db: Connection, name: str, now: datetime) -> None:
    """Let a key open nothing any more. Raises :class:`NotFoundError`."""
    mine = (api_key.c.name == name.strip()) & api_key.c.revoked.is_(None)
    if not db.execute(update(api_key).where(mine).values(revoked=now)).rowcount:
        raise NotFoundError(f"no key {name[:100]!r}", do="`marsad key list` shows them")
