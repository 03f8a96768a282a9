"""The ids of actors that the store has met."""

from __future__ import annotations

from sqlalchemy import Connection, or_, select

from marsad.store.schema import actor


def actors(db: Connection, under: str, most: int = 1_000) -> list[str]:
    """The ids of ``under`` itself and of what stands under it (``RUS``: ``RUS.GOV.MFA`` …), in their order."""
    asked = select(actor.c.id).where(or_(actor.c.id == under, actor.c.id.between(f"{under}.", f"{under}/")))
    return list(db.execute(asked.order_by(actor.c.id).limit(most)).scalars())
