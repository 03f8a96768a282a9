"""What alembic runs for a migration: inside the transaction that :func:`marsad.store.migrate.upgrade` hands over."""

from __future__ import annotations

from alembic import context

from marsad.store.schema import meta

# The search tables are made by hand in their migrations and are no part of the schema.
context.configure(connection=context.config.attributes["connection"], target_metadata=meta)
context.run_migrations()
