"""The data: frozen, slotted, and the same after encoding and decoding."""

import dataclasses
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad import types

DATA = [
    cls
    for cls in vars(types).values()
    if isinstance(cls, type) and dataclasses.is_dataclass(cls) and cls.__module__ == types.__name__
]
words = st.text(min_size=1, max_size=20).filter(lambda s: not any(0xD800 <= ord(c) < 0xE000 for c in s))
share = st.floats(0, 1)
spans = st.builds(lambda a, n: types.Span(a, a + n), st.integers(0, 10_000), st.integers(0, 200))
mentions = st.builds(
    types.Mention,
    span=spans,
    kind=st.sampled_from(types.Kind),
    sector=st.none() | st.sampled_from(types.Sector),
    score=share,
    country=st.none() | words,
)
evidence = st.builds(types.Evidence, part=words, span=spans, why=words)
several = st.lists(mentions, max_size=3).map(tuple)
events = st.builds(
    types.Event,
    id=words,
    article=words,
    sentence=st.integers(0, 99),
    trigger=spans,
    type=st.sampled_from(types.EventType),
    status=st.sampled_from(types.Status),
    evidence=st.lists(evidence, min_size=1, max_size=4).map(tuple),
    contexts=st.lists(words, max_size=3).map(tuple),
    actors=several,
    recipients=several,
    speaker=st.none() | mentions,
    voice=st.sampled_from(types.Voice),
    day=st.none() | st.dates(),
    precision=st.sampled_from(types.Precision),
    place=st.none() | mentions,
    items=several,
    score=share,
)
articles = st.builds(types.Article, id=words, text=words, title=st.none() | spans, published=st.none() | st.dates())
codings = st.builds(
    types.Coding,
    article=articles,
    sentences=st.lists(spans, max_size=3).map(tuple),
    mentions=several,
    events=st.lists(events, max_size=2).map(tuple),
    coder=words,
    measured=st.booleans(),
)
skipped = st.builds(types.Skipped, code=words, message=words, line=st.none() | st.integers(1, 9))


@given(st.one_of(events, codings, skipped, articles))
def test_encoding_and_decoding_changes_nothing(datum):
    assert msgspec.json.decode(msgspec.json.encode(datum), type=type(datum)) == datum


@pytest.mark.parametrize("cls", DATA)
def test_every_type_is_frozen_slotted_and_explained(cls):
    assert cls.__dataclass_params__.frozen
    assert "__slots__" in vars(cls)
    assert cls.__doc__


@pytest.mark.parametrize(("start", "stop"), [(-1, 2), (3, 2)])
def test_a_span_that_is_no_range_is_refused(start, stop):
    with pytest.raises(ValueError, match="start <= stop"):
        types.Span(start, stop)


@given(spans, spans)
def test_overlap_counts_shared_code_points(a, b):
    assert a.overlap(b) == b.overlap(a) == len(set(range(a.start, a.stop)) & set(range(b.start, b.stop)))


def test_decoding_an_event_without_evidence_fails():
    event = types.Event(
        id="e",
        article="a",
        sentence=0,
        trigger=types.Span(0, 1),
        type=types.EventType.AID,
        status=types.Status.ACTUAL,
        evidence=(types.Evidence(part="trigger", span=types.Span(0, 1), why="test"),),
        day=date(2025, 1, 1),
    )
    raw = msgspec.json.decode(msgspec.json.encode(event))
    with pytest.raises(msgspec.ValidationError, match="no evidence"):
        msgspec.convert({**raw, "evidence": []}, types.Event)
