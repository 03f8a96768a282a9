"""Stories are a function of the set of the articles: no order of adding and removing changes them."""

from datetime import timedelta
from itertools import combinations

import pytest
from briefs import DAY, made, many, retold
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.stories import Judged, Stories, copies, split, stories


@st.composite
def judged(draw, most=9):
    pairs = st.sampled_from(list(combinations([f"a{k}" for k in range(most)], 2)))
    return Judged(draw(st.frozensets(pairs, max_size=3)), draw(st.frozensets(pairs, max_size=3)))


@settings(max_examples=60, deadline=None)
@given(st.data(), many(), judged())
def test_any_order_of_adding_and_removing_gives_the_stories_of_the_set(data, articles, by_hand):
    growing = Stories(by_hand)
    for one in data.draw(st.permutations(articles)):
        assert one.article in growing.add(one).articles
        if data.draw(st.booleans()):
            gone = data.draw(st.sampled_from(articles))
            if gone.article in growing:
                growing.remove(gone.article)
    left = [one for one in articles if one.article in growing]
    assert growing.stories() == stories(left, by_hand) == stories(left[::-1], by_hand)
    assert sorted(a for each in growing.stories() for a in each.articles) == sorted(one.article for one in left)


@settings(max_examples=60, deadline=None)
@given(many(), judged())
def test_who_is_judged_apart_never_ends_in_one_story(articles, by_hand):
    where = {one: each.id for each in stories(articles, by_hand) for one in each.articles}
    for a, b in by_hand.apart:
        assert a not in where or b not in where or where[a] != where[b]
    if not by_hand.apart:
        assert all(where[a] == where[b] for a, b in by_hand.same if a in where and b in where)


@settings(max_examples=40, deadline=None)
@given(many(6), st.integers(2, 5))
def test_a_story_without_its_twins_is_the_story(articles, times):
    twins = [
        type(one)(**{name: getattr(one, name) for name in one.__slots__} | {"article": f"{one.article}.{k}"})
        for one in articles
        for k in range(times)
    ]
    found = stories(twins)
    assert {one.partition(".")[0] for each in found for one in each.articles} == {one.article for one in articles}
    plain = {frozenset(each.articles) for each in stories(articles)}
    if all(one.bands for one in articles):
        assert {frozenset(a.partition(".")[0] for a in each.articles) for each in found} <= plain | {
            frozenset().union(*some) for some in combinations(plain, 2)
        }


def test_a_story_is_named_by_its_earliest_article():
    later = made("a", day=DAY + timedelta(1))
    (found,) = stories([later, retold("b"), made("c")])
    assert (found.id, found.articles) == ("b", ("b", "c", "a"))
    assert (found.first, found.last) == (DAY, DAY + timedelta(1))


def test_an_article_added_again_adds_nothing_and_a_changed_one_replaces_it():
    growing = Stories()
    first = growing.add(made("a"))
    assert growing.add(made("a")) == first
    growing.add(made("b"))
    assert growing.add(made("a", day=DAY + timedelta(9))).articles == ("a",)
    assert len(growing) == len(growing.stories()) == 2


def test_what_is_not_there_cannot_be_removed():
    with pytest.raises(KeyError):
        Stories().remove("a")


def test_removing_the_link_takes_a_story_apart():
    growing = Stories(Judged(same=frozenset({("a", "b"), ("b", "c")})))
    for name, day in (("a", 0), ("b", 20), ("c", 40)):
        growing.add(made(name, day=DAY + timedelta(day)))
    assert [each.articles for each in growing.stories()] == [("a", "b", "c")]
    growing.remove("b")
    assert [each.articles for each in growing.stories()] == [("a",), ("c",)]


def test_copies_of_one_text_cost_no_comparison():
    growing = Stories()
    growing.extend(made(f"a{k:03}", source=f"s{k}") for k in range(300))
    assert len(growing.stories()) == 1
    assert growing.compared == 0


def test_a_chain_of_days_does_not_make_one_story_of_a_war():
    days = {f"d{k:02}": DAY + timedelta(k) for k in range(20)}
    edges = {(f"d{k:02}", f"d{k + 1:02}"): 0.8 for k in range(19)}
    found = split(days, edges, Judged())
    assert all((each.last - each.first).days <= 4 for each in found)


def test_one_article_on_two_things_does_not_join_the_stories():
    left, right = [f"a{k}" for k in range(4)], [f"b{k}" for k in range(4)]
    edges = {pair: 0.9 for side in (left, right) for pair in combinations(side, 2)}
    edges |= {("a0", "b0"): 0.7}
    found = split(dict.fromkeys([*left, *right], DAY), edges, Judged())
    assert [each.articles for each in found] == [tuple(left), tuple(right)]


def test_the_likest_go_together_where_a_person_keeps_two_apart():
    days = dict.fromkeys("abc", DAY)
    edges = {("a", "b"): 0.7, ("b", "c"): 0.9, ("a", "c"): 0.6}
    assert [e.articles for e in split(days, edges, Judged(apart=frozenset({("c", "a")})))] == [("a",), ("b", "c")]


def test_same_and_apart_of_one_pair_is_apart():
    pair = frozenset({("a", "b")})
    assert len(stories([made("a"), made("b")], Judged(same=pair, apart=pair))) == 2


def test_copies_name_the_first_that_printed_the_text():
    found = copies([made("c"), made("b", day=DAY - timedelta(1)), retold("a")])
    assert found == {"a": "a", "b": "b", "c": "b"}
