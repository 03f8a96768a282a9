"""Triggers and links to events."""

from datetime import date

import pytest
from build import annotation, span

from marsad.coding import events
from marsad.types import Event, EventType, Precision, Status, Voice


def code(*args, **kwargs):
    return events(annotation(*args, **kwargs), "test")


def test_every_part_has_its_evidence():
    text = "زار وزير الدفاع التركي بغداد."
    (event,) = code(
        text,
        [("وزير الدفاع التركي", "OFFICE", "TUR"), ("بغداد", "STATE", "IRQ")],
        [("زار", "CONSULT")],
        [(0, 0, "ACTOR"), (0, 1, "RECIPIENT")],
    )
    assert [m.country for m in (*event.actors, *event.recipients)] == ["TUR", "IRQ"]
    assert {e.part for e in event.evidence} == {"trigger", "actor", "recipient", "voice"}
    assert all(e.why for e in event.evidence)
    assert (event.day, event.precision) == (date(2025, 9, 16), Precision.ARTICLE)


def test_without_a_date_of_the_article_the_day_is_unknown():
    (event,) = code("اندلعت احتجاجات.", [], [("احتجاجات", "PROTEST")], published=None)
    assert (event.day, event.precision) == (None, Precision.UNKNOWN)


def test_an_event_without_evidence_cannot_be_built():
    with pytest.raises(ValueError, match="no evidence"):
        Event(
            id="e",
            article="a",
            sentence=0,
            trigger=span("ab", "a"),
            type=EventType.AID,
            status=Status.ACTUAL,
            evidence=(),
        )


def test_what_one_sentence_says_twice_is_one_event_at_its_fuller_mention():
    text = "فرضت لندن عقوبات على المصرف، وهذه العقوبات هي الأولى."
    found = code(
        text,
        [("لندن", "STATE", "GBR"), ("المصرف", "ORG", "IRN")],
        [("عقوبات", "SANCTION"), ("العقوبات", "SANCTION")],
        [(0, 0, "ACTOR"), (0, 1, "RECIPIENT")],
    )
    assert [e.trigger.of(text) for e in found] == ["عقوبات"]
    assert [e.span.of(text) for e in found[0].evidence if e.part == "trigger"] == ["عقوبات", "العقوبات"]


def test_two_acts_of_one_kind_stay_two():
    text = "فرضت لندن عقوبات على المصرف، وفرضت باريس عقوبات على الشركة."
    found = code(
        text,
        [("لندن", "STATE", "GBR"), ("المصرف", "ORG", "IRN"), ("باريس", "STATE", "FRA"), ("الشركة", "ORG", "RUS")],
        [("فرضت لندن", "SANCTION"), ("وفرضت باريس", "SANCTION")],
        [(0, 0, "ACTOR"), (0, 1, "RECIPIENT"), (1, 2, "ACTOR"), (1, 3, "RECIPIENT")],
    )
    assert len(found) == 2


def test_what_two_sentences_say_stays_two():
    text = "فرضت لندن عقوبات. ورحبت كييف بالعقوبات."
    assert len(code(text, [], [("عقوبات", "SANCTION"), ("بالعقوبات", "SANCTION")])) == 2


def test_a_denial_is_about_the_denied_act():
    text = "نفت الوزارة شن غارة على الميناء."
    denial, raid = code(text, [], [("نفت", "REJECT"), ("شن غارة", "ASSAULT", "DENIED")])
    assert denial.about == raid.id
    assert raid.about is None


def test_arms_and_laws_are_tied_to_the_nearest_trigger():
    text = "اشترت أنقرة منظومة الدفاع الجوي ثم أدانت واشنطن الصفقة بموجب قانون العقوبات."
    bought, condemned = code(
        text,
        [("منظومة الدفاع الجوي", "ARMS", "RUS"), ("قانون العقوبات", "LAW", "USA")],
        [("اشترت", "COOPERATE"), ("أدانت", "ACCUSE")],
    )
    assert [m.span.of(text) for m in bought.items] == ["منظومة الدفاع الجوي"]
    assert [m.span.of(text) for m in condemned.items] == ["قانون العقوبات"]


@pytest.mark.parametrize(
    ("text", "mentions", "links", "voice"),
    [
        (
            "قال الوزير «سوف نقصف مواقع المسلحين قريبا جدا».",
            [("الوزير", "OFFICE")],
            [(0, 0, "SPEAKER")],
            Voice.VERBATIM,
        ),
        ("قال الوزير إن الجيش قصف المواقع.", [("الوزير", "OFFICE")], [(0, 0, "SPEAKER")], Voice.PARAPHRASE),
        ("قالت مصادر أمنية إن الجيش قصف المواقع.", [("مصادر أمنية", "GROUP")], [(0, 0, "SPEAKER")], Voice.ANONYMOUS),
        ("قصف الجيش المواقع فجرا.", [], [], Voice.REPORT),
        ("رأى مراقبون أن قصف المواقع يُعد تحذيرا مبطنا.", [("مراقبون", "GROUP")], [(0, 0, "SPEAKER")], Voice.READING),
        (
            'The minister said "we bombed the sites of the group today".',
            [("The minister", "OFFICE")],
            [(0, 0, "SPEAKER")],
            Voice.VERBATIM,
        ),
    ],
)
def test_voice(text, mentions, links, voice):
    word = next(w for w in ("نقصف", "قصف", "bombed") if w in text)
    (event,) = code(text, mentions, [(word, "ASSAULT")], links)
    assert event.voice is voice
    assert [e for e in event.evidence if e.part == "voice"]


def test_a_word_in_inverted_commas_is_no_quotation():
    text = 'قصف الجيش مواقع "الشباب" قرب مقديشو.'
    (event,) = code(text, [("الجيش", "ORG")], [("قصف", "ASSAULT")], [(0, 0, "ACTOR")])
    assert event.voice is Voice.REPORT


def test_the_content_of_a_demand_is_told_in_the_words_of_who_demands():
    text = "طالبت أنقرة دمشق بسحب القوات من البلدة."
    demand, withdrawal = code(
        text,
        [("أنقرة", "STATE", "TUR"), ("دمشق", "STATE", "SYR")],
        [("طالبت", "REQUEST"), ("سحب", "RETREAT", "POSSIBLE")],
        [(0, 0, "ACTOR"), (0, 1, "RECIPIENT"), (1, 1, "ACTOR")],
    )
    assert (demand.about, demand.voice, withdrawal.voice) == (withdrawal.id, Voice.REPORT, Voice.PARAPHRASE)


def test_an_office_in_the_indefinite_is_anonymous_a_named_office_is_not():
    for text, mention, voice in (
        ("أكد ضابطا كبيرا أن الجيش قصف المواقع.", "ضابطا كبيرا", Voice.ANONYMOUS),
        ("A Gulf banker said that the army bombed the sites.", "Gulf banker", Voice.ANONYMOUS),
        ("The EU's top diplomat said that the army bombed the sites.", "EU's top diplomat", Voice.PARAPHRASE),
        ("Residents said that the army bombed the sites.", "Residents", Voice.ANONYMOUS),
    ):
        kind = "GROUP" if mention == "Residents" else "OFFICE"
        word = "قصف" if "قصف" in text else "bombed"
        (event,) = code(text, [(mention, kind)], [(word, "ASSAULT")], [(0, 0, "SPEAKER")])
        assert event.voice is voice, text


def test_a_noun_and_its_participle_between_the_same_parties_are_one_act():
    text = "تعاني طهران من العقوبات الأميركية المفروضة عليها."
    found = code(
        text,
        [("طهران", "STATE", "IRN"), ("الأميركية", "STATE", "USA")],
        [("العقوبات", "SANCTION"), ("المفروضة", "SANCTION")],
        [(0, 0, "RECIPIENT"), (0, 1, "ACTOR"), (1, 0, "RECIPIENT"), (1, 1, "ACTOR")],
    )
    assert [e.trigger.of(text) for e in found] == ["العقوبات"]
