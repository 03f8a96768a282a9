"""Which watches an act, a rung, a denial, a change, a finding or a silent source concerns. Pure.

Watches are found by what they ask for that is seldomest (:mod:`.index`), so that a thousand of them cost little more
than those that match.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from marsad.alert.asks import Asks
from marsad.alert.climbs import takes_rung
from marsad.alert.index import Index
from marsad.alert.news import Denied, Risen, Told
from marsad.alert.views import View
from marsad.alert.words import Text, Words
from marsad.identity import state_of
from marsad.types import AlertTrigger, Change, Ladder, Watch


class Watches:
    """Watches, to be asked which of them something concerns. ``parse`` reads words as search does.

    Raises what ``parse`` raises for words that are no question.
    """

    def __init__(self, watches: Iterable[Watch], parse: Callable[[str], Words]) -> None:
        self.asks: dict[AlertTrigger, list[Asks]] = {trigger: [] for trigger in AlertTrigger}
        self._acts: dict[AlertTrigger, Index] = {one: Index() for one in (AlertTrigger.EVENT, AlertTrigger.DENIAL)}
        self._rungs: dict[str | None, list[Asks]] = defaultdict(list)
        self._text = Text()
        for watch in watches:
            asks = Asks.of(watch, parse)
            self.asks[watch.trigger].append(asks)
            if watch.trigger in self._acts:
                self._acts[watch.trigger].put(asks)
            elif watch.trigger is AlertTrigger.RUNG:
                named = watch.query.near or watch.query.counterpart or watch.query.sanctioner
                self._rungs[state_of(named) if named else None].append(asks)

    def of(self, trigger: AlertTrigger) -> list[Watch]:
        """The watches with this trigger."""
        return [one.watch for one in self.asks[trigger]]

    def events(self, told: Told) -> list[Watch]:
        """The watches that an act concerns."""
        view = View.of(told)
        found = self._acts[AlertTrigger.EVENT].near(view, told.reports, self._text)
        return [asks.watch for asks in found if asks.takes(view, self._text)]

    def denials(self, denied: Denied) -> list[Watch]:
        """The watches that a denial concerns."""
        view = View.of(denied.claim)
        found = self._acts[AlertTrigger.DENIAL].near(view, denied.denials, self._text)
        return [asks.watch for asks in found if asks.takes_denial(denied, view, self._text)]

    def rungs(self, risen: Risen) -> list[Watch]:
        """The watches that a rung concerns, by its level and those that tell of it; :mod:`.stages` says whether now."""
        rung = risen.reached.rung
        named = {None, rung.near, rung.counterpart, rung.sanctioner}
        if rung.ladder is not Ladder.L and None in (rung.near, rung.counterpart):
            found: Iterable[Asks] = self.asks[AlertTrigger.RUNG]
        else:
            found = [asks for one in named for asks in self._rungs.get(one, ())]
        return [asks.watch for asks in found if takes_rung(asks, risen, self._text)]

    def changes(self, change: Change) -> list[Watch]:
        """The watches that a change concerns."""
        return [asks.watch for asks in self.asks[AlertTrigger.CHANGE] if asks.takes_change(change)]
