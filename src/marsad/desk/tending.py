"""What persons say of what is in a store, and its care: judging, forgetting, pruning, copying, health."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from marsad.store import Store, backup, forget, health, judgements
from marsad.store.forget import Forgotten, Pruned
from marsad.store.health import Health
from marsad.types import Judgement


class Tending:
    """Takes care of ``store``; ``now`` is the clock, in UTC."""

    store: Store
    now: Callable[[], datetime]

    def judge(self, target: str, field: str, value: str, *, name: str, reason: str) -> Judgement:
        """Keep what a person holds of an event, an article or an occurrence, beside the machine's value."""
        return self.judge_all(target, {field: value}, name=name, reason=reason)[0]

    def judge_all(self, target: str, values: Mapping[str, str], *, name: str, reason: str) -> list[Judgement]:
        """Keep what a person holds of several fields of one thing: all of it, or nothing where one will not do."""
        with self.store.writing() as db:
            now = self.now()
            return [judgements.add(db, target, field, value, name, reason, now) for field, value in values.items()]

    def withdraw(self, number: int, *, name: str, reason: str) -> Judgement:
        """Take a judgement back, by its number: the one before it stands again."""
        with self.store.writing() as db:
            return judgements.withdraw(db, number, name, reason, self.now())

    def forget(self, what: str, *, name: str, reason: str = "") -> Forgotten:
        """Remove an article, or all of a source, with everything made from it; it stays away."""
        return forget.forget(self.store, what, name=name, now=self.now(), reason=reason)

    def would_forget(self, what: str) -> Forgotten:
        """What :meth:`forget` would remove."""
        with self.store.reading() as db:
            return forget.ahead(db, what)

    def prune(self) -> Pruned:
        """Remove what newer runs have superseded. Raises :class:`BusyError` beside a command that codes."""
        with self.store.alone("code"), self.store.writing() as db:
            return forget.prune(db)

    def backup(self, path: str | Path, *, force: bool = False) -> int:
        """Write one state of the store into a file, while others go on writing; gives its size in bytes."""
        return backup.backup(self.store, path, force=force)

    def health(self, *, whole: bool = False) -> Health:
        """Whether the store is whole, and what it follows alive; ``whole`` counts all again."""
        return health.health(self.store, self.now(), whole=whole)
