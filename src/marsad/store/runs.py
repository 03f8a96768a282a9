"""Which coder made what, with which knowledge."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from marsad.store.rows import next_seq
from marsad.store.schema import coding, run
from marsad.types import Run


def ensure(db: Connection, coder: str, knowledge: str, now: datetime) -> Run:
    """The run of this coder with this knowledge; a new one where there was none."""
    asked = select(run).where(run.c.coder == coder, run.c.knowledge == knowledge)
    row = db.execute(asked).first()
    if row is None:
        seq = next_seq(db, run)
        db.execute(insert(run).values(seq=seq, coder=coder, knowledge=knowledge, started=now))
        return Run(id=seq, coder=coder, knowledge=knowledge, started=now)
    return Run(id=row.seq, coder=row.coder, knowledge=row.knowledge, started=row.started)


def listed(db: Connection) -> list[tuple[Run, int, int]]:
    """Every run, the oldest first, with how many codings it has made and how many of them count."""
    asked = (
        select(run, func.count(coding.c.seq), func.count().filter(coding.c.current))
        .outerjoin(coding, coding.c.run == run.c.seq)
        .group_by(run.c.seq)
        .order_by(run.c.seq)
    )
    return [
        (Run(id=seq, coder=coder, knowledge=knowledge, started=started), made, counting)
        for seq, coder, knowledge, started, made, counting in db.execute(asked)
    ]
