"""What a migration is: one chain of versions, each of which can be read without the present schema."""

from __future__ import annotations

import ast
from pathlib import Path

from alembic.migration import MigrationContext

from marsad.store import Store, migrate

VERSIONS = Path(migrate.__file__).parent / "migrations" / "versions"


def test_the_versions_are_one_chain_in_the_order_of_their_names():
    files = sorted(path.stem for path in VERSIONS.glob("[0-9]*.py"))
    assert list(migrate.known()) == [name.partition("_")[0] for name in files]


def test_a_migration_stands_on_its_own():
    """A change of the schema must not change what a former migration does."""
    for path in VERSIONS.glob("[0-9]*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        names += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
        assert not [name for name in names if name.startswith("marsad")], path.name


def test_migrating_what_is_up_to_date_changes_nothing():
    with Store("sqlite://") as store, store.writing() as db:
        migrate.upgrade(db)
        assert MigrationContext.configure(db).get_current_revision() == migrate.known()[-1]
