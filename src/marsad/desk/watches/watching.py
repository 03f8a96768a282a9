"""What is watched: adding, muting and removing watches, looking for them, what they told, and who has seen it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from marsad.alert.channels import check
from marsad.desk.answers import ALERTS, Answer
from marsad.desk.intake.stages import Bench, Done, Idle, Told
from marsad.desk.laws.assessing import Assessing
from marsad.desk.watches.looked import begin, look_around
from marsad.desk.watches.watched import watch as watched
from marsad.errors import SettingsError
from marsad.identity import state_of
from marsad.knowledge.ladders import LEVELS
from marsad.settings import Settings
from marsad.store import Store, alerts, articles, watches
from marsad.store.queries import query
from marsad.types import Alert, AlertTrigger, Watch

if TYPE_CHECKING:
    from marsad.desk.laws.found import Found

#: Most days that a watch is rehearsed over.
LONGEST = 3_660


class Watching(Assessing):
    """Watches over ``store``; ``now`` is the clock, in UTC."""

    store: Store
    settings: Settings
    now: Callable[[], datetime]

    # --- what is watched ----------------------------------------------------------------------------------------------

    def watch(self, watch: Watch) -> Watch:
        """Watch from now on, or change the watch of this id; gives it as it is kept.

        Without an id one is made of the name. Raises :class:`SettingsError` for a watch that makes no sense, with what
        to give, :class:`FormatError` for words that are no question, :class:`NotFoundError` for a law there is not,
        :class:`DeliveryError` or :class:`AddressError` for a channel that nothing can be sent to.
        """
        made, found = self._checked(watch)
        for channel in made.channels:
            check(channel, self.settings)
        with self.store.writing() as db:
            kept = watches.put(db, made, self.now())
            if found is not None and not articles.number(db):
                # Before anything is read, what is found is known: nothing, but for known cases.
                begin(db, kept, found)
            return kept

    def watches(self) -> list[Watch]:
        """What is watched, in the order of the ids."""
        with self.store.reading() as db:
            return watches.listed(db)

    def find_watch(self, id: str) -> Watch:  # noqa: A002 (the field's word)
        """The watch of this id. Raises :class:`NotFoundError`."""
        with self.store.reading() as db:
            return watches.find(db, id)

    def twin(self, watch: Watch) -> Watch | None:
        """The watch that has the same name, asks the same and sends it the same way, if there is one already."""
        plain = replace(watch, id="", created=None, muted=None)
        return next((one for one in self.watches() if replace(one, id="", created=None, muted=None) == plain), None)

    def mute(self, id: str, until: datetime | None) -> Watch:  # noqa: A002
        """Have a watch send nothing until then (None: let it send again). What it tells meanwhile is never sent."""
        with self.store.writing() as db:
            return watches.mute(db, id, until)

    def unwatch(self, id: str) -> None:  # noqa: A002
        """Watch this no longer. What it told stays. Raises :class:`NotFoundError`."""
        with self.store.writing() as db:
            watches.remove(db, id, self.now())

    def _checked(self, watch: Watch) -> tuple[Watch, Sequence[Found] | None]:
        """A watch that can be asked; what is found now, if it is about findings."""
        asked = watch.query
        made = replace(watch, id=watch.id or watch_id(watch.name))
        if not watch.name.strip():
            raise SettingsError("the watch has no name", do="give one")
        _check_query(watch)
        if watch.trigger is AlertTrigger.FINDING:
            # The law, and that it is not about the side itself, is looked at where findings are made.
            return made, self.assess(asked.near or "", asked.law, likes=False).found
        return made, None

    # --- looking ------------------------------------------------------------------------------------------------------

    def look(self, limit: int | None = None) -> list[Alert]:
        """Hold what is new (at most ``limit`` articles) against the watches; gives what was told.

        :meth:`Desk.code` does it behind its own stages. Raises :class:`BusyError` beside another command that codes.
        """
        with self.store.alone("code"):
            return self._look(limit)

    def _look(
        self,
        limit: int | None = None,
        done: Done | None = None,
        told: Told | None = None,
        stop: Callable[[], bool] = lambda: False,
    ) -> list[Alert]:
        with self.store.reading() as db:
            if not watches.listed(db):
                return []
        bench = Bench(self.store, Idle(), "", self.now, told, stop)
        raised = watched(bench, done or Done(), limit)
        return raised if stop() else raised + look_around(self)

    def rehearse(self, watch: Watch, days: int = 90) -> list[Alert]:
        """What a watch would have told over the last days, as if each article had come on its day; writes nothing.

        Raises what :meth:`watch` raises.
        """
        from marsad.desk.watches.rehearsing import rehearse

        if not 1 <= days <= LONGEST:
            raise SettingsError(f"{days} days cannot be replayed", do=f"give 1 to {LONGEST}")
        return rehearse(self, self._checked(watch)[0], days)

    # --- what was told ------------------------------------------------------------------------------------------------

    def alerts(
        self,
        *,
        since: datetime | None = None,
        watch: str | None = None,
        unacked: bool = False,
        after: str | None = None,
        limit: int = 50,
    ) -> Answer[Alert]:
        """What was told, the newest first: since then, by a watch, seen by nobody yet."""
        with self.store.reading() as db:
            page = alerts.listed(db, since=since, watch=watch, unacked=unacked, after=after, limit=limit)
            return Answer(page.items, ALERTS, page.after)

    def alert(self, id: str) -> Alert:  # noqa: A002
        """The alert with this id, or the beginning of it. Raises :class:`NotFoundError`."""
        with self.store.reading() as db:
            return alerts.find(db, id)

    def ack(self, ids: Iterable[str], name: str) -> list[Alert]:
        """Note that ``name`` has seen alerts; gives them. Raises :class:`NotFoundError`, and then notes none."""
        with self.store.writing() as db:
            return alerts.ack(db, list(ids), name, self.now())

    def ack_all(self, name: str, *, watch: str | None = None) -> list[Alert]:
        """Note that ``name`` has seen all alerts (of a watch) that nobody has seen yet; gives them."""
        found: list[Alert] = []
        with self.store.writing() as db:
            now = self.now()
            while some := alerts.listed(db, watch=watch, unacked=True, limit=500).items:
                found += alerts.ack(db, [one.id for one in some], name, now)
        return found

    def count_alerts(self, *, unacked: bool = True) -> int:
        """How many alerts there are that nobody has seen yet, or in all."""
        with self.store.reading() as db:
            return alerts.count(db, unacked=unacked)


def watch_id(name: str) -> str:
    """An id made of a name: small Latin letters, digits and hyphens; ``watch-…`` with a digest for any other script.

    >>> watch_id("Arms: Iraq & Russia")
    'arms-iraq-russia'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-")
    if words and not re.search(r"[^\W\d_a-zA-Z]", unicodedata.normalize("NFKD", name)):
        return words
    return f"watch-{sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def _check_query(watch: Watch) -> None:
    """Raise for what makes no sense together, or is no value at all."""
    asked, trigger = watch.query, watch.trigger
    named = [one for one in (asked.near, asked.counterpart, asked.sanctioner) if one]
    if len({state_of(one) for one in named}) < len(named):
        raise SettingsError(f"{' and '.join(named)} are not different sides", do="name each side once")
    if trigger in (AlertTrigger.CHANGE, AlertTrigger.FINDING) and not asked.near:
        raise SettingsError(f"a watch on a {trigger} is about somebody", do="give a side, or the pair")
    if asked.words:
        query(asked.words)
    if asked.level is not None:
        levels = LEVELS[asked.ladder] if asked.ladder else range(-1, 11)
        if asked.level not in levels:
            raise SettingsError(f"there is no level {asked.level}", do=f"give {min(levels)} to {max(levels)}")
    if trigger is AlertTrigger.RUNG and not watch.stages:
        raise SettingsError("no stage of a rung is told", do="give first, confirmed or higher")
    for name, value, most in (("within", watch.within, 36_500), ("silent", watch.silent, 3_650),
                              ("cooldown", watch.cooldown, 525_600)):  # fmt: skip
        if not (1 if name == "silent" else 0) <= value <= most:
            raise SettingsError(f"{name} = {value} is out of range", do=f"give at most {most}")
    try:
        ZoneInfo(watch.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise SettingsError(f"no time zone {watch.zone!r}", do="give one such as Asia/Baghdad") from None
    if watch.quiet and watch.quiet[0] == watch.quiet[1]:
        raise SettingsError("quiet hours that begin when they end are the whole day", do="mute the watch instead")
