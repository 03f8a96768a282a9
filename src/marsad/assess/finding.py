"""What a law comes to for an entity on a day: a label, the tree behind it, what is missing.

The label follows from the values of five rules (``act``, ``counterparty``, ``exposure``, ``duty``, ``sanctioned``), of
two elements (``determined``, ``imposed``) and of the reliefs, which every instrument has by these names. The first line
that fits gives it:

===================================================================================  ==========================
a relief is true that rests on an official act (a waiver, a delay, a termination)    waived or delayed
``imposed`` is true                                                                  sanctions imposed
``determined`` is true                                                               determination made
a relief is true that rests on other facts alone: the law does not reach this        not engaged
``exposure`` is true                                                                 elements arguably met,
                                                                                     no determination
``exposure`` is not false, ``act`` and ``counterparty`` are true, and no element of  elements arguably met,
open texture that is needed is unknown                                               no determination
``act`` or ``counterparty`` is true or contested                                     elements partly present
else, also where no version was in force                                             not engaged
===================================================================================  ==========================

A contested or unknown act of an official decides nothing: it is seen in the tree. An element of open texture *is
needed* where ``exposure`` would be false if it were; so a listed counterparty needs no argument that it is in the
sector.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from marsad.assess.calendar import REVIEWS, counted, deadline
from marsad.assess.evaluate import evaluate, held
from marsad.assess.missing import missing
from marsad.assess.rules import elements, reached
from marsad.errors import NotFoundError
from marsad.types.actors import Name
from marsad.types.law import ElementKind, Fact, Finding, Instrument, Label, Missing, Step, Truth, Version

#: Who sets a fact that is only assumed.
WHAT_IF = "what-if"
#: The rules that a label rests on, in the order in which they are read.
RULES = ("act", "counterparty", "exposure", "duty", "sanctioned")
DETERMINED, IMPOSED = "determined", "imposed"

_NO_VERSION = Name(
    ar="لم تكن للحكم صيغة نافذة معروفة في ذلك اليوم.",
    en="No version of the provision was in force and known on that day.",
)
_ASSUMED = Name(
    ar="تقوم هذه النتيجة على وقائع مفترضة، لا على ما ورد في الأخبار.",
    en="This finding rests on assumed facts, not on reports alone.",
)
_SUPPOSED = Name(
    ar="ما لم يُذكر عنه شيء من الإعفاءات والاستثناءات عُدّ غير قائم عند حساب الناقص.",
    en="In what is missing, reliefs of which nothing was told are taken as not given.",
)


def assess(instrument: Instrument, entity: str, facts: Mapping[str, Fact], as_of: date, known_on: date) -> Finding:
    """What ``instrument`` comes to for ``entity`` on the day ``as_of``, as far as was known on ``known_on``.

    ``facts`` are those about the entity by the id of their element, of whatever days: those that count are chosen here
    (:func:`~marsad.assess.evaluate.held`), and the calendar is followed (:mod:`marsad.assess.calendar`). ``missing`` is
    about the first of ``exposure``, ``duty``, ``sanctioned`` that is not true, the last where all are; in it, what only
    reliefs rest on and nobody has told anything of is taken as not so, lest every set deny each relief.

    Raises :class:`~marsad.errors.NotFoundError` for an instrument that binds nobody (a menu, a calendar).
    """
    version = instrument.at(as_of, known_on)
    if version is None:
        return _outside(instrument, entity, as_of, known_on)
    if absent := [name for name in RULES if name not in version.rules]:
        raise NotFoundError(
            f"{instrument.id} has no rule {absent[0]}: it binds nobody who could be assessed",
            do="give a provision that does, as the list of laws shows them",
        )
    used = counted(version, held(facts, as_of, known_on), as_of)
    stand = _Stand.of(version, used)
    supposed = _supposed(version, used)
    asked = _asked(version, used | supposed)
    notes = (stand.exempt, _ASSUMED if any(fact.by == WHAT_IF for fact in used.values()) else None)
    return Finding(
        instrument=instrument.id,
        entity=entity,
        as_of=as_of,
        known_on=known_on,
        label=stand.label(),
        tree=_tree(instrument, stand),
        missing=asked,
        facts=tuple(
            used[key] for key in (*version.elements, *sorted(REVIEWS - version.elements.keys())) if key in used
        ),
        reliefs=tuple(key for key, step in stand.reliefs.items() if step.truth is Truth.TRUE),
        deadline=deadline(used, as_of),
        notes=(
            *(note for note in notes if note is not None),
            *((_SUPPOSED,) if supposed and asked.rule != "exposure" else ()),
        ),
    )


def with_facts(facts: Mapping[str, Fact], hypothetical: Iterable[Fact]) -> dict[str, Fact]:
    """The facts with some that are assumed in place of those of the same elements: to see what would come of them.

    An assumed fact is marked (``by`` is ``what-if``), counts as known on every day, and keeps its own days.
    """
    return {**facts, **{one.element: replace(one, by=WHAT_IF, known=None) for one in hypothetical}}


@dataclass(frozen=True, slots=True)
class _Stand:
    """What the rules and reliefs of a version come to on the facts that count."""

    version: Version
    facts: Mapping[str, Fact]
    rules: Mapping[str, Step]
    reliefs: Mapping[str, Step]

    @classmethod
    def of(cls, version: Version, facts: Mapping[str, Fact]) -> _Stand:
        """Evaluate them all."""
        return cls(
            version,
            facts,
            {name: evaluate(version, name, facts) for name in RULES},
            {name: evaluate(version, name, facts) for name in version.reliefs},
        )

    def label(self) -> Label:
        """The first line of the table of this module that fits."""
        if any(self._official(step) for step in self.reliefs.values()):
            return Label.WAIVED
        if self._element(IMPOSED):
            return Label.IMPOSED
        if self._element(DETERMINED):
            return Label.DETERMINED
        if self.exempt:
            return Label.NOT_ENGAGED
        act, counterparty = self.rules["act"].truth, self.rules["counterparty"].truth
        both = act is Truth.TRUE and counterparty is Truth.TRUE
        if self.rules["exposure"].truth is Truth.TRUE or (both and self._argued()):
            return Label.ARGUABLY_MET
        if {act, counterparty} & {Truth.TRUE, Truth.CONTESTED}:
            return Label.PARTLY_PRESENT
        return Label.NOT_ENGAGED

    @property
    def exempt(self) -> Name | None:
        """What to say where a relief holds that no official had to grant, and nothing official decides."""
        if self._element(IMPOSED) or self._element(DETERMINED) or any(map(self._official, self.reliefs.values())):
            return None
        for key, step in self.reliefs.items():
            if step.truth is Truth.TRUE:
                name = self.version.reliefs[key].name
                return Name(
                    ar=f"لا يشمله الحكم: {name.ar or name.en}", en=f"The provision does not reach this: {name.en}"
                )
        return None

    def _element(self, key: str) -> bool:
        return key in self.facts and key in self.version.elements and self.facts[key].truth is Truth.TRUE

    def _official(self, step: Step) -> bool:
        """Whether a relief holds, and by an act of an official."""
        kinds = {self.version.elements[fact.element].kind for fact in step.facts if fact.truth is Truth.TRUE}
        return step.truth is Truth.TRUE and ElementKind.OFFICIAL_ACT in kinds

    def _argued(self) -> bool:
        """Whether exposure is not false, even if what is unknown of open texture speaks against it."""
        against = {
            key: _no(key)
            for key in _elements(self.version, "exposure")
            if self.version.elements[key].kind is ElementKind.OPEN_TEXTURE and not _told(self.facts, key)
        }
        return evaluate(self.version, "exposure", {**self.facts, **against}).truth is not Truth.FALSE


def _asked(version: Version, facts: Mapping[str, Fact]) -> Missing:
    questions = ("exposure", "duty", "sanctioned")
    rule = next((one for one in questions if evaluate(version, one, facts).truth is not Truth.TRUE), questions[-1])
    return missing(version, rule, facts)


def _supposed(version: Version, facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """That it is not so, of each element that reliefs alone rest on and that nobody has told anything of."""
    apart = {DETERMINED, IMPOSED, *_elements(version, "exposure")}
    return {
        key: _no(key)
        for relief in version.reliefs
        for key in _elements(version, relief)
        if key not in apart and not _told(facts, key)
    }


def _elements(version: Version, rule: str) -> tuple[str, ...]:
    return elements(version, reached(version, rule), rule)


def _told(facts: Mapping[str, Fact], key: str) -> bool:
    return key in facts and facts[key].truth is not Truth.UNKNOWN


def _no(key: str) -> Fact:
    return Fact(element=key, entity="", truth=Truth.FALSE, by=WHAT_IF)


def _tree(instrument: Instrument, stand: _Stand) -> Step:
    """The root: the rules that no other of them contains. It is as true as that the consequence follows."""
    inside = {name: _ids(step) - {name} for name, step in stand.rules.items()}
    parts = tuple(
        step
        for name, step in stand.rules.items()
        if not any(name in ids for other, ids in inside.items() if other != name)
    )
    return Step(
        id=instrument.id,
        op="finding",
        truth=stand.rules["duty"].truth,
        cite=instrument.cite,
        facts=tuple({fact.element: fact for step in parts for fact in step.facts}.values()),
        parts=parts,
    )


def _ids(step: Step) -> set[str]:
    return {step.id}.union(*(_ids(one) for one in (*step.parts, *step.exceptions)))


def _outside(instrument: Instrument, entity: str, as_of: date, known_on: date) -> Finding:
    return Finding(
        instrument=instrument.id,
        entity=entity,
        as_of=as_of,
        known_on=known_on,
        label=Label.NOT_ENGAGED,
        tree=Step(id=instrument.id, op="finding", truth=Truth.FALSE, cite=instrument.cite),
        missing=Missing(),
        facts=(),
        notes=(_NO_VERSION,),
    )
