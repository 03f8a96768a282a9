"""Official acts: what an official did is shown by an official source, never by one paper or by somebody's reading.

An act counts where an official source of the sanctioner is quoted or retold in two independent reports, or has printed
it itself. What is told less well is kept as a claim, and stays contested; what nobody stands for stays unknown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from marsad.assess.entities import UNNAMED, body_of, side_of
from marsad.assess.factors import claim
from marsad.identity import state_of
from marsad.knowledge.ladders import ladders
from marsad.knowledge.templates import UNTOLD, named
from marsad.types import Branch, Ladder, Reached, Status, Turn, Voice
from marsad.types.law import Condition, ElementKind, Fact, Instrument, Relief, Truth, Version

DETERMINED, IMPOSED = 7, 8
#: The reliefs that a rung of R stands for.
RELIEFS: Mapping[int, str] = {2: "delay", 3: "waiver", 4: "termination"}
_REPORTS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Acts:
    """What is needed to look for acts against one entity: the law, the version of it, what was signalled.

    ``officials`` are ids of articles, or of origins, that are official publications themselves.
    """

    instrument: Instrument
    version: Version
    entity: str
    signals: tuple[Reached, ...]
    officials: Collection[str] = ()

    def facts(self) -> Iterator[Fact]:
        """The facts of determination, imposition and relief."""
        levels = {"determined": (DETERMINED, IMPOSED, IMPOSED + 1), "imposed": (IMPOSED, IMPOSED + 1)}
        for element, counted in levels.items():
            if element in self.version.elements:
                told = [one for one in self._acts(Ladder.W) if one.rung.level in counted]
                yield from self._fact(element, told)
        yield from self._reliefs()

    def _acts(self, ladder: Ladder) -> list[Reached]:
        """The acts of a ladder that hit the entity under this law."""
        return [
            one
            for one in self.signals
            if one.rung.ladder is ladder
            and one.rung.turn is Turn.REACHED
            and one.rung.status is Status.ACTUAL
            and not one.rung.negated
            and body_of(one.rung.party, state_of(self.entity)) == self.entity
            and (self.of_law(one) or (ladder is Ladder.R and self._unsaid(one)))
        ]

    def _unsaid(self, one: Reached) -> bool:
        """Whether relief is told of without a law, where measures under this one are in force: it is of no other."""
        before = [other for other in self._acts(Ladder.W) if other.rung.level >= IMPOSED and self.shown(other)]
        mine = any(other.rung.day and one.rung.day and other.rung.day <= one.rung.day for other in before)
        return one.rung.law is None and one.rung.counterpart is None and mine

    def of_law(self, one: Reached) -> bool:
        """Whether an act is one under this law: the law is named, or none is, and this is the one for such dealings."""
        rung = one.rung
        if rung.law is not None:
            return rung.law == self.instrument.id
        if state_of(rung.counterpart or "") != self.instrument.counterpart:
            return False
        by, side = rung.sanctioner, self.instrument.counterpart
        known = (law.id for law in ladders().laws if law.issuer == by and law.side == side)
        return next(known, None) == self.instrument.id

    def shown(self, one: Reached) -> bool:
        """Whether an official source shows the act well enough."""
        if not self.official(one):
            return False
        if self.entity.endswith(f".{UNNAMED}") and one.rung.law is None:
            return False  # neither whom it hits is told, nor under which law
        own = {one.rung.article, *one.origins} & set(self.officials)
        return bool(own) or len(one.origins) >= _REPORTS or one.rung.rule == "what-if"

    def official(self, one: Reached) -> bool:
        """Whether an official source of the sanctioner tells of the act."""
        rung = one.rung
        if not one.official or rung.voice in (Voice.READING, Voice.ANONYMOUS) or rung.branch is Branch.ANONYMOUS:
            return False
        return rung.speaker is None or side_of(rung.speaker) == rung.sanctioner

    def may(self, one: Reached, element: str) -> bool:
        """Whether the branch that acts is one that can: Congress determines only where the law lets it."""
        by = self.version.elements[element].by
        house = f"{self.instrument.sanctioner}.LEG"
        return one.rung.branch is not Branch.LEGISLATURE or house in by

    def _fact(self, element: str, told: Sequence[Reached]) -> Iterator[Fact]:
        mine = [one for one in told if self.may(one, element)]
        if not mine:
            return
        sure = [one for one in mine if self.shown(one)]
        claims = tuple(claim(one, True, self._how(one)) for one in (*sure, *(one for one in mine if one not in sure)))
        if sure:
            first = min(sure, key=lambda one: one.rung.day or date.max)
            note = named("fact", "act", day=first.rung.day or UNTOLD, rung=first.rung.name)
            yield Fact(
                element=element, entity=self.entity, truth=Truth.TRUE, by=_by(sure), since=first.rung.day,
                claims=claims, note=note,
            )  # fmt: skip
            return
        stood = any(one.rung.voice not in (Voice.READING, Voice.ANONYMOUS) for one in mine)
        truth = Truth.CONTESTED if stood else Truth.UNKNOWN
        note = named("fact", "act_one_report" if stood else "act_unstood")
        yield Fact(element=element, entity=self.entity, truth=truth, by="events", claims=claims, note=note)

    def _how(self, one: Reached) -> str:
        if one.rung.law is None:
            return "law_unsaid"
        return "official" if self.official(one) else "unofficial"

    # -- relief

    def _reliefs(self) -> Iterator[Fact]:
        imposed = [one for one in self._acts(Ladder.W) if one.rung.level >= IMPOSED and self.shown(one)]
        made: dict[str, Fact] = {}
        for one in sorted(self._acts(Ladder.R), key=lambda one: one.rung.day or date.max):
            kind, day = RELIEFS.get(one.rung.level), one.rung.day
            if kind is None or day is None or not self.shown(one):
                continue
            relief = chosen(self.version, kind, any(other.rung.day and other.rung.day <= day for other in imposed))
            again = [other.rung.day for other in imposed if other.rung.day and other.rung.day > day]
            for fact in self._included(relief, one) if relief else ():
                made[fact.element] = replace(fact, until=min(again) - timedelta(1) if again else None)
        yield from made.values()

    def _included(self, relief: Relief, one: Reached) -> Iterator[Fact]:
        """The facts that an announced relief includes by law: what must have been certified for it to be given."""
        for element, holds in included(relief.condition).items():
            kind = self.version.elements[element].kind if element in self.version.elements else None
            if kind is None or kind is ElementKind.STATUS or element in ("imposed", "determined"):
                continue
            truth = Truth.TRUE if holds else Truth.FALSE
            note = named("fact", "included", relief=relief.name, day=one.rung.day or UNTOLD)
            yield Fact(
                element=element, entity=self.entity, truth=truth, by=_by([one]), since=one.rung.day,
                claims=(claim(one, holds, "included"),), note=note,
            )  # fmt: skip


def chosen(version: Version, kind: str, imposed: bool) -> Relief | None:
    """The relief of a kind that an announced one is: of sanctions in force, else from the duty.

    Of several it is the one that the law names last: the initial waiver of section 231 asks for a certification about
    Russia that can hardly be given.
    """
    of = [relief for relief in version.reliefs.values() if relief.kind == kind]
    fits = [relief for relief in of if ("imposed" in included(relief.condition)) is imposed]
    found = fits or of
    return found[-1] if found else None


def included(condition: Condition, holds: bool = True) -> dict[str, bool]:
    """The elements that a condition rests on, each with the value that lets it hold; of an *any* all of them."""
    if condition.op == "leaf":
        return {str(condition.id): holds}
    made: dict[str, bool] = {}
    for part in condition.parts:
        made |= included(part, holds is not (condition.op == "not"))
    return made


def _by(told: Sequence[Reached]) -> str:
    return "what-if" if all(one.rung.rule == "what-if" for one in told) else "events"
