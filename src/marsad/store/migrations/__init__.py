"""The migrations of the store, the first first; alembic runs them."""
