"""What the articles of one story say of a rung, made into acts in the world."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.relate.merge import LAG, merged
from marsad.types import Branch, Kind, Ladder, Mention, Precision, Rung, Sector, Span, Status, Turn, Voice
from tests.cost import grows_less

DAY = date(2025, 9, 16)


def official(country="RUS", sector=Sector.GOV, **changes):
    given = {"span": Span(0, 5), "kind": Kind.OFFICE, "sector": sector, "country": country, "actor": f"{country}.GOV"}
    return Mention(**(given | changes))


def rung(article, name="L6", *, day=DAY, **changes):
    """A rung that one article gives; ``name`` is ladder and level."""
    ladder = Ladder(name[0])
    sides = (
        {"near": "IRQ", "counterpart": "RUS"}
        if ladder is Ladder.L
        else {"near": "IRQ", "counterpart": "RUS", "sanctioner": "USA"}
    )
    given = {
        "id": f"{article}.{name}",
        "article": article,
        "ladder": ladder,
        "level": int(name[1:]),
        "sentence": 0,
        "span": Span(0, 4),
        "rule": "test",
        "day": day,
        "precision": Precision.DAY if day else Precision.UNKNOWN,
    }
    return Rung(**(given | sides | changes))


def acts(*rungs, occurrences=None, origins=None, officials=()):
    return merged(rungs, occurrences or {}, origins or {}, officials)


def groups(*rungs, **others):
    return [one.rungs for one in acts(*rungs, **others)]


def one(*rungs, **others):
    (act,) = acts(*rungs, **others)
    return act


# What is one act


def test_forty_reports_of_one_statement_are_one_rung():
    told = [rung(f"a{n:02}", "W1", day=DAY + timedelta(n % 2), voice=Voice.PARAPHRASE) for n in range(40)]
    act = one(*told)
    assert (act.id, len(act.rungs), act.effective, act.confirmed, act.why) == ("a00.W1", 40, 1, True, "stated")
    assert len(act.origins) == 40
    assert act.rung.day == DAY


@pytest.mark.parametrize(
    "changes",
    [
        {"level": 5},
        {"turn": Turn.CANCELLED},
        {"counterpart": "IRN"},
        {"near": "DZA"},
        {"day": DAY + timedelta(20)},
        {"voice": Voice.READING},
        {"party": "IRQ.GOV.INTERIOR"},
        {"items": ("RUS.S-400",)},
    ],
    ids=str,
)
def test_what_contradicts_is_another_act(changes):
    deal = {"party": "IRQ.GOV.MOD"} if "party" in changes else {"items": ("RUS.PANTSIR",)}
    assert len(acts(rung("a", **deal), rung("b", **(deal | changes)))) == 2


def test_one_item_in_common_is_one_deal_whoever_buys():
    assert (
        len(acts(rung("a", party="IRQ.A", items=("RUS.S-400",)), rung("b", party="IRQ.B", items=("RUS.S-400",)))) == 1
    )
    assert (
        len(acts(rung("a", party="IRQ.A", items=("RUS.S-400",)), rung("b", party="IRQ.A", items=("RUS.SU-57",)))) == 1
    )


def test_words_for_an_item_contradict_no_other_item():
    assert len(acts(rung("a", items=("RUS.S-400",)), rung("b", items=("منظومة دفاع جوي",)))) == 1


def test_items_tell_deals_apart_but_not_visits():
    told = [rung("a", "L3", items=("RUS.S-400",)), rung("b", "L3", items=("RUS.SU-57",))]
    assert len(acts(*told)) == 1


def test_either_side_may_draw_near():
    assert len(acts(rung("a", "L3"), rung("b", "L3", near="RUS", counterpart="IRQ"))) == 1


def test_a_signal_goes_one_way():
    assert len(acts(rung("a", "W3"), rung("b", "W3", near="RUS", counterpart="IRQ"))) == 2


def test_one_visit_to_two_states_is_a_rung_of_each():
    told = [rung("a", "L3", event="e"), rung("a", "L3", event="e", near="SYR")]
    found = acts(*told, occurrences={"e": "o"})
    assert {act.rung.near for act in found} == {"IRQ", "SYR"}


def test_an_occurrence_joins_what_days_and_speakers_would_not():
    told = [
        rung("a", "W4", event="e1", speaker=official("USA", actor="USA.GOV.STATE"), voice=Voice.PARAPHRASE),
        rung("b", "W4", event="e2", speaker=official("USA", actor="USA.GOV.TREASURY"), day=DAY + timedelta(9)),
    ]
    assert len(acts(*told)) == 2
    assert one(*told, occurrences={"e1": "o", "e2": "o"}).occurrence == "o"


def test_an_occurrence_joins_no_two_levels_and_no_reading_with_what_it_reads():
    told = [
        rung("a", "W1", event="e1"),
        rung("b", "W4", event="e2"),
        rung("c", "W1", event="e3", voice=Voice.READING),
    ]
    found = acts(*told, occurrences=dict.fromkeys(("e1", "e2", "e3"), "o"))
    assert sorted((act.rung.name, act.why) for act in found) == [("W1", "reading"), ("W1", "stated"), ("W4", "stated")]


def test_two_occurrences_that_stories_kept_apart_by_their_type_are_one_statement():
    told = [rung("a", "W4", event="e1"), rung("b", "W4", event="e2")]
    assert len(acts(*told, occurrences={"e1": "o1", "e2": "o2"})) == 1


def test_organs_tell_statements_apart_and_spokesmen_do_not():
    state, treasury = (official("USA", actor=f"USA.GOV.{organ}") for organ in ("STATE", "TREASURY"))
    assert len(acts(rung("a", "W4", speaker=state), rung("b", "W4", speaker=treasury))) == 2
    assert len(acts(rung("a", "W4", speaker=state), rung("b", "W4", speaker=replace(state, actor="USA.GOV")))) == 1
    assert len(acts(rung("a", "W4", speaker=state), rung("b", "W4"))) == 1


def test_the_powers_of_a_state_speak_for_themselves():
    told = [rung("a", "W5", branch=Branch.LEGISLATURE), rung("b", "W5", branch=Branch.EXECUTIVE)]
    assert len(acts(*told)) == 2


def test_who_tells_of_a_blow_does_not_make_another_blow():
    told = [
        rung("a", "W8", speaker=official("USA"), branch=Branch.EXECUTIVE),
        rung("b", "W8", speaker=official("TUR"), branch=Branch.LEGISLATURE),
    ]
    assert len(acts(*told)) == 1


def test_a_counterpart_that_is_not_named_is_any():
    act = one(rung("a", "W3", counterpart=None, voice=Voice.VERBATIM), rung("b", "W3"))
    assert (act.rung.voice, act.rung.counterpart) == (Voice.VERBATIM, "RUS")


def test_what_is_said_to_all_is_another_signal_than_what_is_said_to_one():
    told = [rung("a", "W2", near=None, event="e1"), rung("b", "W2", event="e2")]
    assert len(acts(*told)) == 2
    assert len(acts(*told, occurrences={"e1": "o", "e2": "o"})) == 1


@pytest.mark.parametrize(
    ("day", "precision", "same"),
    [
        (DAY + timedelta(2), Precision.DAY, True),
        (DAY + timedelta(3), Precision.DAY, False),
        (DAY + timedelta(4), Precision.ARTICLE, True),
        (DAY + timedelta(5), Precision.ARTICLE, False),
        (DAY - timedelta(3), Precision.ARTICLE, False),
        (DAY.replace(day=1), Precision.MONTH, True),
        (date(2025, 8, 1), Precision.MONTH, False),
        (date(2025, 1, 1), Precision.YEAR, True),
        (date(2024, 1, 1), Precision.YEAR, False),
        (None, Precision.UNKNOWN, True),
    ],
    ids=str,
)
def test_days_agree_as_far_as_they_are_known(day, precision, same):
    assert LAG == 2
    assert len(acts(rung("a"), rung("b", day=day, precision=precision))) == (1 if same else 2)


def test_works_take_longer_than_words():
    later = DAY + timedelta(6)
    assert [len(acts(rung("a", name), rung("b", name, day=later))) for name in ("W4", "L3", "L8")] == [2, 2, 1]


def test_a_vague_day_goes_to_one_of_two_exact_ones_and_does_not_join_them():
    told = [rung("a", "W4"), rung("b", "W4", day=DAY + timedelta(9))]
    vague = rung("c", "W4", day=DAY.replace(day=1), precision=Precision.MONTH)
    assert groups(*told, vague) == [("c.W4", "a.W4"), ("b.W4",)]


def test_of_two_acts_the_nearer_one_is_told():
    told = [rung("a", "L4"), rung("b", "L4", day=DAY + timedelta(4))]
    near = rung("c", "L4", day=DAY + timedelta(4), precision=Precision.ARTICLE)
    assert groups(*told, near) == [("a.L4",), ("b.L4", "c.L4")]


STATE = official("USA", actor="USA.GOV.STATE")


def test_an_occurrence_goes_before_speaker_and_day():
    told = [rung("a", "W4", event="e1"), rung("b", "W4", speaker=STATE, day=DAY + timedelta(3))]
    other = rung("c", "W4", event="e2", speaker=STATE, day=DAY + timedelta(3), precision=Precision.ARTICLE)
    assert groups(*told, other) == [("a.W4",), ("b.W4", "c.W4")]
    assert groups(*told, other, occurrences={"e1": "o", "e2": "o"}) == [("a.W4", "c.W4"), ("b.W4",)]


@pytest.mark.parametrize(("some", "known"), [({"counterpart": None}, {"counterpart": "RUS"}), ({}, {"speaker": STATE})])
def test_what_is_shared_goes_before_the_nearer_day(some, known):
    told = [rung("a", "W4", day=DAY - timedelta(1), **some), rung("b", "W4", day=DAY + timedelta(1), **known)]
    assert groups(*told, rung("c", "W4", precision=Precision.ARTICLE, **known)) == [("a.W4",), ("c.W4", "b.W4")]


def test_an_article_at_the_end_of_a_week_is_in_it():
    week = rung("a", "W4", day=DAY - timedelta(6), precision=Precision.WEEK)
    assert len(acts(week, rung("b", "W4", precision=Precision.ARTICLE))) == 1
    assert len(acts(week, rung("b", "W4", day=DAY + timedelta(4), precision=Precision.ARTICLE))) == 2


@pytest.mark.parametrize(
    ("name", "some", "others"),
    [
        ("W3", {"counterpart": "RUS"}, {"counterpart": "IRN"}),
        ("L6", {"party": "IRQ.A"}, {"party": "IRQ.B"}),
        ("L6", {"items": ("RUS.S-400",)}, {"items": ("RUS.SU-57",)}),
        ("W3", {"branch": Branch.EXECUTIVE}, {"branch": Branch.MILITARY}),
    ],
    ids=str,
)
def test_what_one_telling_leaves_open_joins_no_two_that_contradict(name, some, others):
    open_ = {"counterpart": None} if "counterpart" in some else {}
    vague = {"day": DAY.replace(day=1), "precision": Precision.MONTH}
    assert (
        len(acts(rung("a", name, **open_), rung("b", name, **some, **vague), rung("c", name, **others, **vague))) == 2
    )


def test_what_is_said_to_all_joins_no_two_that_are_told_of_one_each():
    told = [rung("a", "W2", near=None, event="e1"), rung("b", "W2", event="e2", day=None)]
    other = rung("c", "W2", near="SYR", event="e3", day=None)
    assert len(acts(*told, other, occurrences=dict.fromkeys(("e1", "e2", "e3"), "o"))) == 2


# Which telling shows it


def test_the_voice_nearest_to_the_speaker_shows_it():
    voices = [Voice.READING, Voice.ANONYMOUS, Voice.REPORT, Voice.PARAPHRASE, Voice.VERBATIM]
    told = [rung(f"a{n}", "W4", voice=voice) for n, voice in enumerate(voices)]
    for most in range(2, 6):
        assert one(*told[1:most]).rung.voice is voices[most - 1]


def test_then_an_exact_day_then_the_earliest_then_the_id():
    vague = rung("a", precision=Precision.ARTICLE)
    assert one(vague, rung("b")).rung.id == "b.L6"
    assert one(rung("b", day=DAY + timedelta(1)), rung("c")).rung.id == "c.L6"
    assert one(rung("c"), rung("b")).rung.id == "b.L6"


def test_the_id_is_that_of_the_earliest_and_the_day_the_most_exact():
    quoted = rung("a", "W4", voice=Voice.VERBATIM, precision=Precision.ARTICLE)
    told = rung("b", "W4", day=DAY - timedelta(1))
    act = one(quoted, told)
    assert (act.id, act.rung.id) == ("b.W4", "a.W4")
    assert (act.rung.day, act.rung.precision) == (DAY - timedelta(1), Precision.DAY)


def test_of_exact_days_the_one_that_most_give():
    told = [rung("a", day=DAY - timedelta(1)), rung("b"), rung("c")]
    assert one(*told).rung.day == DAY


def test_of_articles_the_first_is_nearest_to_the_act():
    told = [rung(a, day=DAY + timedelta(n), precision=Precision.ARTICLE) for n, a in enumerate("abc")]
    assert one(*told, rung("d", day=DAY + timedelta(2), precision=Precision.ARTICLE)).rung.day == DAY


def test_what_one_telling_lacks_another_gives():
    act = one(rung("a", voice=Voice.VERBATIM), rung("b", party="IRQ.GOV.MOD", items=("RUS.S-400",)))
    assert (act.rung.id, act.rung.party, act.rung.items) == ("a.L6", "IRQ.GOV.MOD", ("RUS.S-400",))


# What it counts for, and whether it is confirmed


@pytest.mark.parametrize(("level", "effective"), [(1, 1), (2, 1), (4, 3), (6, 5), (7, 7), (8, 8), (-1, -1)])
@pytest.mark.parametrize("source", [{"voice": Voice.ANONYMOUS}, {"branch": Branch.ANONYMOUS}], ids=str)
def test_a_source_without_a_name_lowers_w2_to_w6_and_confirms_nothing(level, effective, source):
    act = one(rung("a", f"W{level}", **source), rung("b", f"W{level}", **source))
    assert (act.effective, act.confirmed, act.why) == (effective, False, "anonymous")


def test_a_source_without_a_name_lowers_no_other_ladder():
    assert [one(rung("a", name, voice=Voice.ANONYMOUS)).effective for name in ("L4", "R2")] == [4, 2]


def test_one_named_telling_raises_what_others_have_from_nameless_sources():
    act = one(rung("a", "W4", voice=Voice.ANONYMOUS), rung("b", "W4"))
    assert (act.effective, act.confirmed, act.why, act.origins) == (4, True, "stated", ("b",))


@pytest.mark.parametrize(("name", "effective"), [("W5", 3), ("W3", 3), ("W1", 1), ("L4", 4)])
def test_a_reading_is_capped_and_confirms_nothing(name, effective):
    act = one(*(rung(a, name, voice=Voice.READING) for a in "abc"))
    assert (act.effective, act.confirmed, act.why) == (effective, False, "reading")


@pytest.mark.parametrize("name", ["L0", "L1", "L5", "W-1", "W0", "W6", "R1", "R2"])
def test_below_the_high_rungs_it_is_enough_that_somebody_states_it(name):
    assert (one(rung("a", name)).confirmed, one(rung("a", name)).why) == (True, "stated")


@pytest.mark.parametrize("name", ["L6", "L10", "W7", "W9", "R3", "R4"])
def test_high_rungs_want_two_origins(name):
    told = [rung("a", name), rung("b", name)]
    assert (one(told[0]).confirmed, one(told[0]).why) == (False, "one-source")
    assert (one(*told).confirmed, one(*told).why) == (True, "two-sources")
    copied = one(*told, origins={"a": "agency", "b": "agency"})
    assert (copied.confirmed, copied.why, copied.origins) == (False, "one-source", ("agency",))


def test_a_nameless_source_is_no_second_one():
    act = one(rung("a"), rung("b", voice=Voice.ANONYMOUS))
    assert (act.confirmed, act.why, act.origins) == (False, "one-source", ("a",))


def test_readings_are_no_second_source():
    found = acts(rung("a"), rung("b", voice=Voice.READING))
    assert [act.confirmed for act in found] == [False, False]


@pytest.mark.parametrize(
    ("name", "speaker", "confirmed"),
    [
        ("L6", official("RUS"), True),
        ("L6", official("IRQ", Sector.MIL), True),
        ("L6", official("IRQ", Sector.LEG), True),
        ("L6", official("IRQ", Sector.SPY), True),
        ("L6", official("IRQ", Sector.BUS), False),
        ("L6", official("RUS", Sector.BUS, actor="RUS.ROSOBORONEXPORT"), True),  # on the list of the arms sector
        ("W8", official("USA", Sector.BUS, actor="RUS.ROSOBORONEXPORT"), False),
        ("L6", official("USA"), False),
        ("L6", official("IRQ", former=True), False),
        ("L6", official("IRQ", sector=None), False),
        ("W8", official("USA"), True),
        ("W8", official("IRQ"), True),
        ("W8", official("RUS"), False),
        ("R3", official("USA"), True),
    ],
    ids=str,
)
def test_one_official_of_a_side_concerned_is_enough(name, speaker, confirmed):
    act = one(rung("a", name, speaker=speaker, voice=Voice.PARAPHRASE))
    assert (act.confirmed, act.official) == (confirmed, confirmed)
    assert act.why == ("official" if confirmed else "one-source")


def test_a_body_of_states_is_a_side_with_officials():
    eu = official("IGO", Sector.IGO, actor="EU.COMMISSION")
    act = one(rung("a", "W8", sanctioner="EU", speaker=eu, voice=Voice.VERBATIM))
    assert act.official
    assert not one(rung("a", "W8", sanctioner="EUX", speaker=eu, voice=Voice.VERBATIM)).official


def test_an_official_without_a_name_is_none():
    said = rung("a", speaker=official(), voice=Voice.PARAPHRASE, branch=Branch.ANONYMOUS)
    assert (one(said).official, one(said).confirmed) == (False, False)


def test_an_official_source_is_enough():
    assert (one(rung("a"), officials={"a"}).why, one(rung("a"), officials={"a"}).official) == ("official", True)
    assert not one(rung("a", voice=Voice.ANONYMOUS), officials={"a"}).official


def test_official_reports_are_unneeded_below_but_noted():
    act = one(rung("a", "L4"), officials={"a"})
    assert (act.why, act.official) == ("stated", True)


# What is recalled


def test_an_act_of_old_is_one_however_many_recall_it():
    told = [
        rung("a", "W8", day=date(2020, 12, 14), past=True),
        rung("b", "W8", day=date(2020, 1, 1), precision=Precision.YEAR, past=True),
        rung("c", "W8", precision=Precision.ARTICLE, past=True),
        rung("d", "W8", day=None, past=True),
    ]
    act = one(*told)
    assert (act.rung.day, act.rung.past, act.why) == (date(2020, 12, 14), True, "two-sources")


def test_what_is_recalled_is_not_what_is_new():
    new, old = rung("a", "W8"), rung("b", "W8", past=True, precision=Precision.ARTICLE)
    assert len(acts(new, old)) == 2
    act = one(replace(new, event="e1"), replace(old, event="e2"), occurrences={"e1": "o", "e2": "o"})
    assert (act.rung.past, act.rung.day) == (False, DAY)


def test_what_is_recalled_with_the_day_of_the_new_is_the_new():
    assert one(rung("a", "W8"), rung("b", "W8", past=True)).rung.past is False


def test_of_two_acts_of_old_the_later_one_is_recalled():
    told = [rung(a, "W8", day=date(year, 8, 1), past=True) for a, year in (("a", 2018), ("b", 2020))]
    assert groups(*told, rung("c", "W8", past=True, precision=Precision.ARTICLE)) == [("a.W8",), ("b.W8", "c.W8")]


def test_an_undated_telling_is_not_a_recalled_one():
    assert len(acts(rung("a", "W8", day=None), rung("b", "W8", day=None, past=True))) == 2


# Nothing and much


def test_nothing_gives_nothing():
    assert merged([], {}, {}) == ()


def test_acts_come_by_day_and_those_without_one_last():
    told = [rung("a", "L4", day=None), rung("b", "L6"), rung("c", "L3", day=DAY - timedelta(1)), rung("d", "L1")]
    assert [act.rung.name for act in acts(*told)] == ["L3", "L1", "L6", "L4"]


def test_the_status_of_an_event_makes_no_other_act():
    assert len(acts(rung("a", "L1", status=Status.PLANNED), rung("b", "L1"))) == 1


def test_time_grows_with_the_tellings():
    def telling(many):
        told = [rung(f"a{n:05}", "L4", day=DAY + timedelta(n)) for n in range(many)]
        return lambda: merged(told, {}, {})

    assert grows_less(12, telling(300), telling(1800), floor=0.2)


# Whatever the order


_days = st.dates(date(2025, 9, 10), date(2025, 9, 30))
_speakers = st.sampled_from([None, official("USA", actor="USA.GOV.STATE"), official("USA", actor="USA.GOV.TREASURY")])


@st.composite
def tellings(draw, sides=("IRQ", "SYR", None), prefix="a"):
    """Rungs of a few articles, some of one occurrence, with what the stories step says of them."""
    told = []
    for n in range(draw(st.integers(0, 8))):
        name = draw(st.sampled_from(["L1", "L3", "L6", "W1", "W4", "W8", "R3"]))
        day = draw(st.none() | _days)
        near = draw(st.sampled_from(sides))
        one = rung(
            f"{prefix}{n}",
            name,
            day=day,
            precision=draw(st.sampled_from([*Precision])) if day else Precision.UNKNOWN,
            near=near or sides[0] if name[0] == "L" else near,
            counterpart=draw(st.sampled_from(["RUS", "IRN"] if name[0] == "L" else ["RUS", "IRN", None])),
            voice=draw(st.sampled_from([*Voice])),
            past=draw(st.booleans()),
            speaker=draw(_speakers),
            party=draw(st.sampled_from([None, "IRQ.A", "IRQ.A.B", "IRQ.C"])),
            items=draw(st.sampled_from([(), ("RUS.S-400",), ("RUS.SU-57", "RUS.S-400"), ("سلاح",)])),
            event=f"{prefix}{n}.e" if draw(st.booleans()) else None,
        )
        told.append(one)
    occurrences = {one.event: f"{prefix}.{draw(st.sampled_from('xyz'))}" for one in told if one.event}
    origins = {one.article: draw(st.sampled_from(["wire", one.article])) for one in told}
    return told, occurrences, origins


@settings(deadline=None)
@given(tellings(), st.randoms())
def test_the_order_of_the_tellings_decides_nothing(given_, random):
    told, occurrences, origins = given_
    mixed = list(told)
    random.shuffle(mixed)
    assert merged(told, occurrences, origins) == merged(mixed, occurrences, origins)


@settings(deadline=None)
@given(tellings())
def test_each_telling_is_in_one_act_of_its_kind(given_):
    told, occurrences, origins = given_
    of = {one.id: one for one in told}
    found = merged(told, occurrences, origins)
    assert sorted(one for act in found for one in act.rungs) == sorted(of)
    for act in found:
        mine = [of[one] for one in act.rungs]
        assert act.id in act.rungs and act.rung.id in act.rungs
        assert {(one.name, one.turn, one.voice is Voice.READING) for one in mine} == {
            (act.rung.name, act.rung.turn, act.rung.voice is Voice.READING)
        }
        assert len({one.near for one in mine} - {None}) <= 1 or act.rung.ladder is Ladder.L
        assert act.rung.ladder is Ladder.L or len({one.counterpart for one in mine} - {None}) <= 1
        assert act.effective <= act.rung.level
        if act.confirmed:
            assert any(one.voice not in (Voice.READING, Voice.ANONYMOUS) for one in mine)


@settings(deadline=None)
@given(tellings(("IRQ",), "a"), tellings(("DZA",), "b"))
def test_acts_of_others_change_nothing(some, others):
    a, b = merged(*some), merged(*others)
    both = merged(some[0] + others[0], some[1] | others[1], some[2] | others[2])
    assert set(both) == {*a, *b}
    assert len(both) == len(a) + len(b)


@settings(deadline=None)
@given(tellings(), st.data())
def test_a_copy_changes_neither_level_nor_confirmation(given_, data):
    told, occurrences, origins = given_
    if not told:
        return
    of = data.draw(st.sampled_from(told))
    copy = replace(of, id=f"{of.id}.copy", article="copy", event="copy.e" if of.event else None)
    linked = occurrences | ({"copy.e": occurrences[of.event]} if of.event else {})
    again = merged([*told, copy], linked, origins | {"copy": origins[of.article]})
    counted = [
        sorted((act.rung.name, act.effective, act.confirmed, act.why, act.origins) for act in acts_)
        for acts_ in (merged(told, occurrences, origins), again)
    ]
    assert counted[0] == counted[1]
