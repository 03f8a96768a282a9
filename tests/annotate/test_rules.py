"""The rules that correct the model."""

import pytest
from build import annotation

from marsad.annotate.rules import REFUSAL, law_names, refusal
from marsad.annotate.speech import ELIDED, speakers
from marsad.types import Role, Status


@pytest.mark.parametrize(
    ("text", "words", "status"),
    [
        ("أكد الوزير أن بلاده لن تقبل أي شروط.", "تقبل", Status.ACTUAL),
        ("لا نسمح بالمساس بالحدود.", "نسمح", Status.ACTUAL),
        ("The ministry will not accept the terms.", "accept", Status.ACTUAL),
        ("نفى الوزير أن بلاده رفضت الشروط.", "رفضت", Status.DENIED),
    ],
)
def test_a_negated_acceptance_has_happened(text, words, status):
    (trigger,) = refusal(annotation(text, [], [(words, "REJECT", "DENIED")])).triggers
    assert trigger.status is status
    assert (trigger.why == REFUSAL) == (status is Status.ACTUAL)


TWO = "قال المتحدث إن المحادثات بدأت. وأضاف أن الوفد سينسحب من المدينة."


def test_an_elided_subject_is_the_last_one_who_spoke():
    got = speakers(
        annotation(TWO, [("المتحدث", "OFFICE"), ("الوفد", "GROUP")], [("سينسحب", "RETREAT")], [(0, 1, "ACTOR")])
    )
    assert [(k.mention, k.role, k.why) for k in got.links if k.why] == [(0, Role.SPEAKER, ELIDED)]


def test_a_named_subject_is_never_replaced():
    text = "قال المتحدث إن المحادثات بدأت. وأضاف الوزير أن الوفد سينسحب."
    before = annotation(
        text, [("المتحدث", "OFFICE"), ("الوزير", "OFFICE")], [("سينسحب", "RETREAT")], [(0, 1, "SPEAKER")]
    )
    assert speakers(before) == before


def test_an_elided_actor_of_a_speech_act():
    text = "قال الرئيس إن بلاده تراقب الوضع. وطالب الأطراف بوقف القتال."
    got = speakers(
        annotation(text, [("الرئيس", "OFFICE"), ("الأطراف", "GROUP")], [("وطالب", "REQUEST")], [(0, 1, "RECIPIENT")])
    )
    assert (0, Role.ACTOR, ELIDED) in [(k.mention, k.role, k.why) for k in got.links]


def test_a_speaker_too_far_back_is_forgotten():
    text = "قال المتحدث إن المحادثات بدأت. كان الجو حارا. هطل المطر. ساد الهدوء. وأضاف أن الوفد سينسحب."
    got = speakers(annotation(text, [("المتحدث", "OFFICE")], [("سينسحب", "RETREAT")]))
    assert got.links == ()


def test_a_noun_inside_the_name_of_a_law_is_no_act():
    text = 'أقر البرلمان قانون "حماية المدنيين من العنف والاعتقال" وأدان القصف.'
    got = law_names(
        annotation(
            text,
            [("البرلمان", "ORG"), ('قانون "حماية المدنيين', "LAW")],
            [("الاعتقال", "COERCE"), ("أدان", "ACCUSE"), ("القصف", "ASSAULT")],
            [(0, 0, "ACTOR"), (1, 0, "ACTOR")],
        )
    )
    assert [m.span.of(text) for m in got.mentions] == ["البرلمان", 'قانون "حماية المدنيين من العنف والاعتقال"']
    assert [t.span.of(text) for t in got.triggers] == ["أدان", "القصف"]
    assert [(k.trigger, k.mention) for k in got.links] == [(0, 0)]


def test_a_quotation_beside_a_law_is_no_name():
    text = 'وقال عن القانون: "أدعو إلى وقف القصف".'
    before = annotation(text, [("القانون", "LAW")], [("أدعو", "REQUEST"), ("القصف", "ASSAULT")])
    assert law_names(before) == before
