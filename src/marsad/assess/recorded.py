"""A precedent as news would have told it: what the press alone says is not sure, and what is denied is contested."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from marsad.assess.dealings import ONE_SOURCE
from marsad.assess.stages import CONTRACT
from marsad.knowledge.precedents import Precedent, Step, StepKind
from marsad.types import Event, EventType, Evidence, Ladder, Precision, Reached, Rung, Span, Status, Voice

_NOWHERE = Span(0, 0)
_OFFICIAL = (Voice.PARAPHRASE, Voice.VERBATIM)
#: From a contract on so many sources are wanted, where no official is one.
_SOURCES = 2


def recorded(
    precedent: Precedent, reached: Sequence[Reached], as_of: date
) -> tuple[tuple[Reached, ...], tuple[Event, ...]]:
    """The steps of a case as rungs for the facts, and the events that deny any.

    Acts carry the law of the case. From a contract on, a step counts as confirmed where an official tells it, where two
    pages do, or where it is known in general besides. Where the file says how far a case has come and no step shows it,
    the act of the sanctioner under another law says that they deal, on a day that nobody tells.
    """
    steps = {f"{precedent.id}.{number}": step for number, step in enumerate(precedent.steps, 1)}
    made = [_as_told(one, steps[one.id], precedent.law) for one in reached if one.id in steps]
    denied = [event for key, step in steps.items() if step.denied for event in _denial(key, precedent.id)]
    return (*made, *_unshown(precedent, steps, as_of)), tuple(denied)


def _as_told(one: Reached, step: Step, law: str) -> Reached:
    rung = one.rung
    if rung.ladder is not Ladder.L:
        return replace(one, rung=replace(rung, law=law))
    rung = replace(rung, event=one.id) if step.denied else rung
    sure = rung.level < CONTRACT or step.voice in _OFFICIAL or len(step.sources) >= _SOURCES or _known(step)
    if one.confirmed and not sure:
        return replace(one, rung=rung, confirmed=False, why=ONE_SOURCE)
    return replace(one, rung=rung)


def _known(step: Step) -> bool:
    return "known" in (step.status, step.dated)


def _denial(key: str, article: str) -> Iterator[Event]:
    """The event of a step, and the one that denies it; nobody tells on which day."""
    deal = Event(
        id=key, article=article, sentence=0, trigger=_NOWHERE, type=EventType.AGREE, status=Status.ACTUAL,
        evidence=(Evidence(part="trigger", span=_NOWHERE, why="precedent"),),
    )  # fmt: skip
    yield deal
    yield replace(deal, id=f"{key}.denied", type=EventType.REJECT, about=key, voice=Voice.PARAPHRASE)


def _unshown(case: Precedent, steps: dict[str, Step], as_of: date) -> Iterator[Reached]:
    if case.stage_note is None or case.stage is None:
        return
    acts = [(key, step) for key, step in steps.items() if step.kind is StepKind.OTHER_AUTHORITY and step.day <= as_of]
    for key, step in acts[:1]:
        rung = Rung(
            id=key, article=case.id, ladder=Ladder.L, level=case.stage, sentence=0, span=_NOWHERE, rule="precedent",
            near=case.near, counterpart=case.counterpart, party=case.party, precision=Precision.UNKNOWN,
            voice=step.voice,
        )  # fmt: skip
        yield Reached(
            id=key, rung=rung, effective=case.stage, confirmed=True, why="precedent.recorded", rungs=(key,),
            origins=step.sources, official=True,
        )  # fmt: skip
