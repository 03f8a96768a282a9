"""From the network's numbers to mentions, triggers and roles."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.model import decode, labels
from marsad.model.decode import Thresholds
from marsad.model.pairs import Chosen, copy_pairs, distances, role_pairs

K = len(labels.TAGS)
BEGIN, INSIDE = labels.TAGS.index("B-STATE"), labels.TAGS.index("I-STATE")


def emissions(*tags):
    rows = np.full((len(tags), K), -5.0, np.float32)
    rows[np.arange(len(tags)), list(tags)] = 5.0
    return rows


def test_tags_become_mentions():
    found = decode.mentions(emissions(0, BEGIN, INSIDE, 0, BEGIN), decode.allowed())
    state = labels.KINDS.index("STATE")
    assert [(m.first, m.last, m.kind) for m in found] == [(1, 2, state), (4, 4, state)]
    assert all(m.score > 0.99 for m in found)


def test_an_inside_tag_never_opens_a_mention():
    path = decode.viterbi(emissions(0, INSIDE, 0), decode.allowed())
    assert labels.TAGS[path[1]] != "I-STATE"


@given(st.integers(0, 2**32 - 1), st.integers(1, 12))
def test_viterbi_finds_the_best_path_that_is_allowed(seed, n):
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=(n, 4)).astype(np.float32)
    transition = rng.normal(size=(5, 4)).astype(np.float32)

    def value(path):
        steps = sum(transition[a, b] for a, b in pairwise(path))
        return transition[4, path[0]] + steps + sum(scores[i, t] for i, t in enumerate(path))

    best = decode.viterbi(scores, transition)
    for _ in range(30):
        other = rng.integers(0, 4, n).tolist()
        assert value(best) >= value(other) - 1e-4


def test_neighbours_of_one_type_are_one_trigger():
    p = np.zeros((5, 16), np.float32)
    p[1, 3], p[2, 3], p[3, 4], p[4, 3] = 0.9, 0.5, 0.6, 0.3
    assert decode.triggers(p, 0.4) == [Chosen(1, 2, 3, pytest.approx(0.9)), Chosen(3, 3, 4, pytest.approx(0.6))]


def role_table(**rows):
    p = np.zeros((1, 3, 4), np.float32)
    for name, values in rows.items():
        p[0, :, ("actor", "recipient", "speaker", "place").index(name)] = values
    return p


def test_one_actor_unless_coordinated():
    p = role_table(actor=[0.9, 0.8, 0.1])
    alone = decode.roles(p, Thresholds(), np.eye(3, dtype=bool))[0]
    assert [(m, r) for m, r, _ in alone] == [(0, decode.ACTOR)]
    joined = np.eye(3, dtype=bool)
    joined[0, 1] = joined[1, 0] = True
    assert [m for m, r, _ in decode.roles(p, Thresholds(), joined)[0] if r == decode.ACTOR] == [0, 1]


def test_the_best_actor_below_the_threshold_is_a_fallback():
    p = role_table(actor=[0.3, 0.1, 0.0])
    assert decode.roles(p, Thresholds(fallback=0.2), np.eye(3, dtype=bool))[0][0][:2] == (0, decode.ACTOR)
    assert decode.roles(p, Thresholds(fallback=0.4), np.eye(3, dtype=bool))[0] == []


def test_an_actor_is_no_speaker_and_no_recipient():
    p = role_table(actor=[0.9, 0, 0], recipient=[0.8, 0.6, 0], speaker=[0.95, 0.5, 0])
    got = [(m, r) for m, r, _ in decode.roles(p, Thresholds(), np.eye(3, dtype=bool))[0]]
    assert got == [(0, decode.ACTOR), (1, decode.RECIPIENT), (1, decode.SPEAKER)]


def test_a_name_in_the_sentence_lends_its_code():
    classifier = np.zeros(3, np.float32)
    p = decode.country(classifier, np.array([2.0], np.float32), np.array([2]))
    assert p.argmax() == 2
    assert p.sum() == pytest.approx(1)


def test_the_rarer_statuses_are_boosted():
    logits = np.log(np.array([[0.5, 0.3, 0.1, 0.1]], np.float32))
    assert decode.status(logits, 1.0)[0].argmax() == 0
    assert decode.status(logits, 2.0)[0].argmax() == 1


@pytest.mark.parametrize(("other", "bucket"), [((2, 3), 8), ((4, 4), 9), ((0, 0), 6), ((90, 90), 16), ((5, 6), 10)])
def test_distance_buckets(other, bucket):
    assert distances(np.array([[2, 3]]), np.array([other])).tolist() == [[bucket]]


def test_pairs_are_trigger_major_and_count_what_lies_between():
    triggers, mentions = [Chosen(0, 0, 1, 1.0), Chosen(4, 4, 1, 1.0)], [Chosen(2, 2, 0, 1.0), Chosen(6, 7, 0, 1.0)]
    rows = role_pairs(triggers, mentions)
    assert rows[:, :2].tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert rows[1, 3:].tolist() == [1, 1]  # one mention and one trigger stand between
    assert copy_pairs(mentions, []).shape == (0, 3)


@given(st.lists(st.booleans(), min_size=1, max_size=30), st.integers(0, 2**32 - 1))
def test_pairs_count_as_one_would_by_hand(marks, seed):
    rng = np.random.default_rng(seed)
    of = [[], []]
    at = 0
    for mark in marks:
        width = int(rng.integers(1, 3))
        of[mark].append(Chosen(at, at + width - 1, 0, 1.0))
        at += width + int(rng.integers(0, 3))
    triggers, mentions = of
    for t, m, bucket, n_mentions, n_triggers in role_pairs(triggers, mentions).tolist():
        a, b = triggers[t], mentions[m]
        low, high = min(a.last, b.last), max(a.first, b.first)
        between = [[x for x in group if low < x.first and x.last < high] for group in (mentions, triggers)]
        assert (n_mentions, n_triggers) == (min(4, len(between[0])), min(3, len(between[1])))
        assert (bucket > 8) == (b.first > a.last)
