"""What laws come to for whom a store has read about: findings on a state, on a body, and what people hold of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from marsad.assess.entities import UNNAMED, is_body
from marsad.assess.finding import RULES
from marsad.desk.laws.found import Asked, Assumed, Found, found, under
from marsad.desk.laws.known import Known, known
from marsad.errors import FormatError, NotFoundError, SettingsError
from marsad.export.finding import finding_record, state_record
from marsad.export.finding_page import finding_page, state_page
from marsad.export.finding_shown import Shown, by_label
from marsad.identity import state_of
from marsad.knowledge.countries import countries
from marsad.knowledge.instruments import Law, instrument, instruments
from marsad.knowledge.instruments import law as law_of
from marsad.settings import Settings
from marsad.store import Store, judgements
from marsad.types import Judgement, Name
from marsad.types.law import Claim, Fact, Instrument, Label, Truth


@dataclass(frozen=True, slots=True)
class Assessment:
    """The findings on ``of``: a state, whose bodies each have their own, or one body. Those furthest come first.

    Of a state nothing is added up. Without any, no law that was asked about is engaged.
    """

    of: str
    found: tuple[Found, ...]

    @property
    def findings(self) -> tuple[Shown, ...]:
        """Each finding with what is shown beside it."""
        return tuple(one.shown for one in self.found)

    @property
    def of_state(self) -> bool:
        """Whether a state was asked about, or several laws."""
        return "." not in self.of or len(self.findings) != 1

    def record(self, lang: str = "en") -> dict[str, Any]:
        """The object of JSON."""
        return state_record(self.of, self.findings, lang) if self.of_state else finding_record(self.findings[0], lang)

    def page(self, lang: str = "en") -> str:
        """One page of HTML that prints."""
        return state_page(self.of, self.findings, lang) if self.of_state else finding_page(self.findings[0], lang)


class Assessing:
    """Findings from ``store``."""

    store: Store
    settings: Settings
    now: Callable[[], datetime]

    def assess(
        self,
        of: str,
        law: str | None = None,
        *,
        on: date | str | None = None,
        known_on: date | str | None = None,
        what_if: Iterable[str] = (),
        counterpart: str | None = None,
        lang: str | None = None,
        likes: bool = True,
    ) -> Assessment:
        """What ``law`` comes to for ``of``: a state (each of its bodies), a body (TUR.SSB), or one that nobody names.

        ``on`` is the day that it is assessed as of (today without it), ``known_on`` that whose knowledge counts (today,
        or ``on`` where that is later). Without a law: every one of the setting ``sanctioner`` that is engaged.
        ``what_if`` are steps to assume (``delivery:s-400@2026-03-01:RUS.ROSOBORONEXPORT``); both days are then no
        earlier. With ``counterpart``, of every law only those about dealings with that side. ``lang`` is that of the
        lines of known cases. Without ``likes`` no case is compared, which takes most of the time.

        Raises :class:`NotFoundError` for a law or a state that is not known, :class:`SettingsError` for days that are
        none, for steps that cannot be read, and for a law that is about other sides.
        """
        near, given, language = self._side(of), list(what_if), lang or self.settings.lang
        made: list[Found] = []
        seen: dict[tuple[date, date, str, str], Known] = {}  # many laws ask about the same pair
        for one in self._laws(law):
            if law is None and counterpart not in (None, one.instrument.counterpart):
                continue
            assumed = _assumed(given, of, one.instrument)
            days = self._days(_day(on, "on"), _day(known_on, "known_on"), assumed)
            if near not in (one.instrument.counterpart, one.instrument.sanctioner):
                made += self._of_law(of, one, assumed, days, language, seen, likes)
            elif law is not None:
                raise SettingsError(f"{one.instrument.id} is about others than {near}", do="give a third side")
        if law is None:
            made = [one for one in made if one.shown.finding.label is not Label.NOT_ENGAGED]
        places = {id(shown): place for place, shown in enumerate(by_label(one.shown for one in made))}
        return Assessment(of, tuple(sorted(made, key=lambda one: places[id(one.shown)])))

    def _days(self, on: date | None, known_on: date | None, assumed: Iterable[Assumed]) -> tuple[date, date]:
        """The day asked about, and that whose knowledge counts; both no earlier than what is assumed."""
        today = self.now().astimezone(UTC).date()
        as_of = on or today
        known_day = known_on or max(today, as_of)
        supposed_days = [one.reached.rung.day for one in assumed if one.reached.rung.day]
        if supposed_days:
            as_of = max(as_of, *supposed_days)
            known_day = max(known_day, as_of)
        return as_of, known_day

    def _of_law(
        self,
        of: str,
        law: Law,
        assumed: Sequence[Assumed],
        days: tuple[date, date],
        lang: str,
        before: dict[tuple[date, date, str, str], Known],
        likes: bool,
    ) -> list[Found]:
        near, instrument = state_of(of), law.instrument
        as_of, known_on = days
        with self.store.reading() as db:
            seen = Known()
            if instrument.counterpart:
                key = (*days, instrument.counterpart, instrument.sanctioner)
                if key not in before:
                    today = self.now().astimezone(UTC).date()
                    before[key] = known(db, near, instrument.counterpart, instrument.sanctioner, *days, today)
                seen = before[key]
            judged = list(_judged(judgements.held(db), instrument))
        whom = (of,) if "." in of else under(near, law, seen, as_of, known_on, judged)
        if "." not in of:
            whom = tuple(dict.fromkeys((*whom, *(one.entity for one in assumed))))
        made = [
            Asked(
                law=law,
                entity=entity,
                as_of=as_of,
                known_on=known_on,
                judged=tuple(fact for fact in judged if fact.entity == entity),
                assumed=tuple(one for one in assumed if one.entity == entity),
                folders=self.settings.knowledge,
            )
            for entity in whom
        ]
        return [Found(asked=asked, seen=seen, shown=found(asked, seen, lang, likes)) for asked in made]

    def _laws(self, law: str | None) -> Iterator[Law]:
        """The law asked about; else every one of the sanctioner that binds somebody who can be assessed."""
        folders = self.settings.knowledge
        if law is not None:
            yield law_of(law, folders)
            return
        for key, one in instruments(folders).items():
            binds = all(name in version.rules for version in one.versions for name in RULES)
            if one.sanctioner == self.settings.sanctioner and binds:
                yield law_of(key, folders)

    def _side(self, of: str) -> str:
        near, dot, rest = of.partition(".")
        if near not in countries():
            raise NotFoundError(f"no state {near!r}", do="give its code (IRQ), or the id of a body (TUR.SSB)")
        if dot and rest != UNNAMED and not is_body(of):
            raise SettingsError(
                f"{of} is no body, but all of a branch of {near}", do=f"give {near}, or {near}.{UNNAMED}"
            )
        return near

    # --- what people hold ------------------------------------------------------------------------------------------

    def judge_entity(self, entity: str, values: Mapping[str, str], *, name: str, reason: str) -> list[Judgement]:
        """Keep what a person holds of elements of laws about a body: all of it, or nothing where one will not do.

        ``values`` has ``true``, ``false``, ``unknown`` or ``contested`` by ``us/caatsa/231:significant``, from a day on
        as ``true@2020-01-16``. Raises :class:`NotFoundError` and :class:`FormatError` for what there is not.
        """
        self._side(entity)
        if "." not in entity:
            raise SettingsError(f"{entity} is a state", do=f"judge a body under it, or {entity}.{UNNAMED}")
        for field, value in values.items():
            law, _, element = field.partition(":")
            known_ones = {
                key for version in instrument(law, self.settings.knowledge).versions for key in version.elements
            }
            if element not in known_ones:
                raise NotFoundError(f"{law} has no element {element!r}", do=f"one of: {', '.join(sorted(known_ones))}")
            _truth(value)
        with self.store.writing() as db:
            now = self.now()
            return [judgements.hold(db, entity, field, value, name, reason, now) for field, value in values.items()]


def _day(given: date | str | None, field: str) -> date | None:
    if given is None or isinstance(given, date):
        return given
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise SettingsError(f"{field} = {given!r} is no day", do="write it as 2025-09-20") from None


def _assumed(given: Iterable[str], of: str, law: Instrument) -> list[Assumed]:
    entity = of if "." in of else f"{of}.{UNNAMED}"
    return [Assumed.of(words, entity, law.counterpart or "") for words in given]


def _truth(value: str) -> tuple[Truth, date | None]:
    """What a judgement says, and since when."""
    word, mark, day = value.strip().partition("@")
    if word.lower() not in [one.value for one in Truth]:
        raise FormatError(f"{value!r} is no value", do="give true, false, unknown or contested, with @DATE since when")
    return Truth(word.lower()), _day(day, "since") if mark else None


def _judged(given: Iterable[Judgement], law: Instrument) -> Iterator[Fact]:
    """The facts that people hold about the elements of a law."""
    for one in given:
        of, _, element = one.field.partition(":")
        if of != law.id:
            continue
        truth, since = _truth(one.value)
        note = f"{one.name}: {one.reason}"
        claim = Claim(holds=truth is Truth.TRUE, evidence=(f"judgement:{one.id}",), speaker=one.name, day=one.at.date())
        yield Fact(
            element=element,
            entity=one.target,
            truth=truth,
            by="judgement",
            since=since,
            known=one.at.date(),
            claims=(claim,),
            note=Name(ar=note, en=note),
        )
