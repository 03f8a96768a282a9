"""Whether two articles tell the same: what speaks for it, and what against."""

from dataclasses import replace
from datetime import timedelta

import pytest
from briefs import DAY, ERBIL, VISIT, briefs, made, retold
from hypothesis import given

from marsad.stories import Spot, alike, keys
from marsad.stories.alike import COPY
from marsad.stories.brief import SHINGLES, packed
from marsad.stories.evidence import FEATURES, common, features
from marsad.types import EventType


@given(briefs("a"), briefs("b"))
def test_it_is_symmetric_and_a_share(a, b):
    found = alike(a, b)
    assert found == alike(b, a)
    assert found is None or (0 < found.score <= 1 and found.why)


@given(briefs("a"))
def test_it_depends_on_what_is_said_not_on_who_says_it(a):
    b = retold("b")
    assert alike(a, b) == alike(replace(a, article="x", source="y"), replace(b, article="c", source="z"))


def test_a_copy_says_so():
    found = alike(made("a"), made("b"))
    assert found
    assert (found.score, found.copy, found.why) == (1, True, "copy 1.00")


def test_the_same_told_anew_is_alike_with_its_reasons():
    found = alike(made("a"), retold("b"))
    assert found
    assert not found.copy
    assert "same act CONSULT RUS→IRQ" in found.why
    assert "numbers 1 of 1" in found.why


def test_it_is_alike_in_the_other_language_too():
    assert alike(made("a"), retold("b", language="en"))


@pytest.mark.parametrize(
    "other",
    [
        {"day": DAY + timedelta(3)},
        {"numbers": ("USD:700000000",), "spots": (ERBIL,), "names": ("RUS.GOV.MFA", "IRQ.KRG", "geonames:95446")},
        {"countries": ("RUS", "IRN"), "numbers": (), "names": ("RUS.GOV.MFA", "IRN.GOV.MFA", "geonames:112931")},
        {"rounds": (3,)},
        {"acts": (replace(VISIT, actors=("IRQ",), recipients=("RUS.GOV.MFA",)),), "numbers": (), "names": ("IRQ.X",)},
        {"names": (), "countries": (), "numbers": (), "acts": ()},
    ],
    ids=["later", "other town", "other host", "other round", "the other way round", "nothing in common"],
)
def test_what_contradicts_keeps_apart(other):
    assert alike(made("a", rounds=(2,)), retold("b", **({"rounds": (2,)} | other))) is None


def test_one_text_with_another_town_is_no_copy():
    runs = range(300, 400)
    long = {"size": 100, "shingles": packed(runs), "bands": (1,)}
    here = made("a", **long)
    there = made(
        "b", **(long | {"shingles": packed(range(310, 410))}), spots=(ERBIL,), names=("x",), numbers=("count:7",)
    )
    assert common(here, there)[0] > COPY
    assert alike(here, replace(there, spots=here.spots)).copy
    assert alike(here, there) is None


def test_acts_of_two_days_are_two_whatever_else_is_the_same():
    said = {"days": (DAY,), "told": DAY}
    assert alike(made("a", **said), retold("b", **said))
    later = DAY + timedelta(1)
    assert alike(made("a", **said), retold("b", day=later, days=(later, DAY), told=later)) is None


def test_a_rounded_number_speaks_for_it_as_the_number_does():
    a, b = made("a", words=b""), retold("b", words=b"")
    given = [dict(zip(FEATURES, features(a, replace(b, numbers=n)), strict=True)) for n in (("USD:4.1e9",), ("USD:9",))]
    assert [(one["rounded"], one["other numbers"]) for one in given] == [(1, 0), (0, 1)]


@given(briefs("a"), briefs("b"))
def test_evidence_is_symmetric_and_never_negative(a, b):
    assert features(a, b) == features(b, a)
    assert min(features(a, b)) >= 0


def test_a_town_is_near_its_province():
    diyala = Spot("IRQ.DIYALA", "IRQ", 33.77, 44.97, True)
    act = replace(VISIT, type=EventType.ASSAULT, mode=None, actors=(), recipients=("IRQ",))
    here = made("a", acts=(act,), spots=(Spot("geonames:97990", "IRQ", 33.75, 44.61),))
    assert "other place" not in alike(here, retold("b", acts=(act,), spots=(diyala,))).why


def test_without_a_day_an_article_is_only_ever_a_copy():
    assert alike(made("a", day=None), made("b")).copy
    assert alike(made("a", day=None), retold("b")) is None


def test_texts_without_words_are_no_copies():
    empty = {"bands": (), "shingles": b"", "size": 0, "names": (), "numbers": (), "acts": (), "words": b""}
    assert alike(made("a", **empty), made("b", **empty)) is None


def test_the_share_of_long_texts_is_estimated():
    mixed = [k * 2654435761 % 2**32 for k in range(3000)]

    def long(article, hashes):
        return made(article, size=len(hashes), shingles=packed(sorted(hashes)[:SHINGLES]))

    share, of_shorter = common(long("a", mixed[:2000]), long("b", mixed[500:2500]))
    assert abs(share - 0.6) < 0.12
    assert abs(of_shorter - 0.75) < 0.12
    share, of_shorter = common(long("a", mixed[:2000]), long("b", mixed[:1000]))
    assert abs(share - 0.5) < 0.12
    assert of_shorter > 0.8


def test_days_within_the_window_share_a_key_and_others_do_not():
    def pairs(day):
        return set(keys(retold("b", bands=(), day=day)))

    for start in range(6):
        day = DAY + timedelta(start)
        for apart in range(-2, 3):
            assert pairs(day) & pairs(day + timedelta(apart))
        assert not pairs(day) & pairs(day + timedelta(5))


@given(briefs())
def test_keys_are_few_sorted_and_fit_a_database(a):
    found = keys(a)
    assert list(found) == sorted(set(found))
    assert all(-(2**63) <= key < 2**63 for key in found)
    assert len(found) <= 150
    assert found == keys(replace(a, article="x", source="y"))


def test_one_war_does_not_fall_under_one_key():
    act = replace(VISIT, type=EventType.ASSAULT, mode=None, actors=("ISR.IDF",), recipients=("PSE",))
    war = [
        retold(f"a{n}", bands=(n,), acts=(act,), names=("ISR.IDF", f"geonames:{n}"), numbers=(f"count:{n + 3}",))
        for n in range(50)
    ]
    war = [replace(one, words=packed(range(n * 320, n * 320 + 320, 16))) for n, one in enumerate(war)]
    held = [key for one in war for key in keys(one)]
    assert max(map(held.count, set(held))) == 1
