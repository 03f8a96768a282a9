"""The migrations make the tables of the schema, and a store says what it is and what it is not."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select

from marsad.errors import StoreError, VersionError
from marsad.store import Store, schema
from marsad.store.migrate import known


def made_by_hand(_, name: str | None, kind: str, reflected: bool, __) -> bool:
    return not (kind == "table" and reflected and (name or "").startswith("search"))


def test_the_migrations_make_the_tables_of_the_schema(store: Store):
    with store.reading() as db:
        context = MigrationContext.configure(db, opts={"include_object": made_by_hand, "compare_type": True})
        assert compare_metadata(context, schema.meta) == []
        assert context.get_current_revision() == known()[-1]


def test_text_sorts_by_code_points(store: Store):
    words = ["b", "A.", "A/", "a", "A", "ا", "é", "B"]
    with store.writing() as db:
        db.execute(schema.actor.insert(), [{"seq": n, "id": word} for n, word in enumerate(words)])
        assert db.execute(select(schema.actor.c.id).order_by(schema.actor.c.id)).scalars().all() == sorted(words)


def test_opening_twice_changes_nothing(address: str):
    for _ in range(2):
        with Store(address) as store, store.reading() as db:
            assert set(schema.meta.tables) <= set(inspect(db).get_table_names())


def test_a_new_store_is_made_with_its_tables(bare: str):
    with Store(bare) as store, store.reading() as db:
        assert set(schema.meta.tables) <= set(inspect(db).get_table_names())


def test_a_store_of_a_newer_marsad_is_refused(store: Store, address: str):
    with store.writing() as db:
        db.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    try:
        with pytest.raises(VersionError, match="newer"):
            Store(address)
    finally:
        with store.writing() as db:
            db.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{known()[-1]}'")


def test_a_database_with_a_table_of_that_name_is_refused(bare: str):
    from marsad.store.engine import connect

    database = connect(bare)
    with database.writing() as db:
        db.exec_driver_sql("CREATE TABLE article (id INTEGER)")
    with pytest.raises(StoreError, match="'article' that is not Marsad's"):
        Store(bare)
    with database.reading() as db:
        assert inspect(db).get_table_names() == ["article"]
    database.close()


def test_what_is_gone_takes_with_it_all_that_was_made_from_it(store: Store):
    """Every table but those that stand for themselves leads to an article, by references that cascade."""
    alone = {"about", "actor", "alias", "article", "fetch", "forgotten", "run", "source", "story"}
    alone |= {
        "tally",
        "daily",
        "mix",
        "covered",
        "reached_tally",
    }  # counts: whoever takes out what they count mends them
    # What is watched and told stays: of an article an alert keeps no more than `because`, which goes with it.
    alone |= {"watch", "remembered", "told", "alert", "message", "message_alert", "delivery", "api_key"}
    leads = {"article", "story"}
    for table in schema.meta.sorted_tables:
        if any(key.column.table.name in leads and key.ondelete == "CASCADE" for key in table.foreign_keys):
            leads.add(table.name)
    assert set(schema.meta.tables) == leads | alone
