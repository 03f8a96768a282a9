"""What shares a key is told once: an act in stories that nobody joined, from either side; a plan is not its deed."""

import pytest
from watching import Act, article, coded

from marsad.alert.keys import of_act
from marsad.alert.news import Told
from marsad.types import EventType, Occurrence, Outcome, Report, Status


def told(act: Act, outcome: Outcome = Outcome.ACTUAL) -> Told:
    one = article(1, "خبر\n\nزار الوزير بغداد وبحث النفط.")
    event = coded(one, act).events[0]
    made = Occurrence(
        id="o", story="s", type=act.type, mode=act.mode, status=outcome, day=event.day, actors=(act.actor,),
        recipients=(act.recipient,) if act.recipient else (), reports=(event.id,),
    )  # fmt: skip
    return Told(made, (Report(event=event, article=one),))


def shared(one, other) -> set[str]:
    return {key for key in set(of_act(one)) & set(of_act(other)) if key[0] in "ap"}


def act(kind: EventType, one: str, other: str, **fields) -> Act:
    return Act("زار", kind, None, one, other, **fields)


@pytest.mark.parametrize(
    ("kind", "is_same"),
    [(EventType.COOPERATE, True), (EventType.CONSULT, True), (EventType.ACCUSE, False), (EventType.SANCTION, False)],
)
def test_what_two_do_together_is_one_act_from_either_side(kind, is_same):
    there, back = told(act(kind, "RUS.GOV", "IRQ")), told(act(kind, "IRQ.GOV.PM", "RUS"))
    assert bool(shared(there, back)) is is_same
    assert shared(there, there)


def test_a_plan_and_its_deed_are_two_pieces_of_news():
    plan = told(act(EventType.CONSULT, "RUS", "IRQ", status=Status.PLANNED), outcome=Outcome.PLANNED)
    assert not shared(plan, told(act(EventType.CONSULT, "RUS", "IRQ")))


def test_an_act_of_one_side_alone_is_known_by_its_reports_only():
    assert not shared(told(act(EventType.CONSULT, "RUS", "")), told(act(EventType.CONSULT, "RUS", "")))
