"""A step beside the others: keeps what was read and found, in SQLite or PostgreSQL, and finds it again.

:class:`Store` opens a database and brings its tables up to date; the other modules are functions over one of its
connections, one module a kind of datum: ``sources``, ``articles``, ``fetches``, ``work``, ``codings``, ``events``,
``rungs``, ``groups``, ``reached``, ``tallies``, ``days``, ``coverage``, ``judgements``, ``search``, ``watches``,
``alerts``, ``outbox``, ``keys``.
"""

from sqlalchemy import Connection

from marsad.store.store import Store

__all__ = ["Connection", "Store"]
