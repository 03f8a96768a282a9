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
    assert events == tuple(event for event in CODING.events if wanted(event))
    assert 0 < len(events) < len(CODING.events)


def test_a_country_counts_as_actor_recipient_speaker_and_place():
    found = {event.trigger.of(CODING.article.text) for event in kept(countries=frozenset({"TUR"}))}
    assert found == {"العقوبات", "شرائها"}
    assert any(event.speaker and event.speaker.country == "EGY" for event in kept(countries=frozenset({"EGY"})))
    assert any(event.place for event in kept(countries=frozenset({"SDN"})))


def test_mentions_and_sentences_stay_so_that_indexes_hold():
    coding = Where(min_score=1.0).of(CODING)
    assert (coding.events, coding.mentions, coding.sentences) == ((), CODING.mentions, CODING.sentences)
