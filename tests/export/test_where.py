from dataclasses import replace

import pytest
import world

from marsad.export.where import Where
from marsad.types import EventType, Status

CODING = world.handmade()


def kept(**filters: object):
    return Where(**filters).of(CODING).events


def test_without_filters_nothing_changes():
    assert Where().of(CODING) is CODING


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ({"min_score": 0.9}, lambda e: e.score >= 0.9),
        ({"types": frozenset({EventType.SANCTION, EventType.AID})}, lambda e: e.type == EventType.SANCTION),
        ({"statuses": frozenset({Status.DENIED})}, lambda e: e.status == Status.DENIED),
        (
            {"types": frozenset({EventType.SANCTION}), "statuses": frozenset({Status.ACTUAL})},
            lambda e: (e.type, e.status) == (EventType.SANCTION, Status.ACTUAL),
        ),
    ],
)
def test_each_filter_keeps_what_it_says(filters, wanted):
    events = kept(**filters)
    left = [event for event in CODING.events if wanted(event)]
    assert [event.id for event in events] == [event.id for event in left]
    assert 0 < len(events) < len(CODING.events)


def test_a_country_counts_as_actor_recipient_speaker_and_place():
    found = {event.trigger.of(CODING.article.text) for event in kept(countries=frozenset({"TUR"}))}
    assert found == {"العقوبات", "شرائها"}
    assert any(event.speaker and event.speaker.country == "EGY" for event in kept(countries=frozenset({"EGY"})))
    assert any(event.place for event in kept(countries=frozenset({"SDN"})))


def test_nothing_is_about_an_event_that_is_left_out():
    both = kept(types=frozenset({EventType.REJECT, EventType.SANCTION}))
    alone = kept(types=frozenset({EventType.REJECT}))
    denial = next(event for event in CODING.events if event.type == "REJECT" and event.about)
    assert next(event for event in both if event.id == denial.id).about == denial.about
    assert next(event for event in alone if event.id == denial.id) == replace(denial, about=None)


def test_mentions_and_sentences_stay_so_that_indexes_hold():
    coding = Where(min_score=1.0).of(CODING)
    assert (coding.events, coding.mentions, coding.sentences) == ((), CODING.mentions, CODING.sentences)
