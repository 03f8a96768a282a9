from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.assess.blocks import Blocks
from marsad.assess.names import Listing, Lists, listed_names
from marsad.assess.screen import BELOW, WEAK, Decision, Verdict, screen
from marsad.text.names import SAME, NameIndex, name_score
from marsad.types.lists import Asked, Birth, EntryType, ListedName, ListEntry, ListVersion, NameKind

DAY = date(2026, 3, 1)


def year(number: int, last: int | None = None, *, about: bool = False) -> Birth:
    return Birth(date(number, 1, 1), date(last or number, 12, 31), about)


def entry(uid: str, *names: str, weak: tuple[str, ...] = (), kind: EntryType = EntryType.PERSON, **more) -> ListEntry:
    first, *others = names
    listed = [ListedName(first), *(ListedName(name, NameKind.STRONG) for name in others)]
    return ListEntry(
        uid=uid, type=kind, names=(*listed, *(ListedName(name, NameKind.WEAK) for name in weak)), **more
    )  # fmt: skip


def listing(name: str, *entries: ListEntry, until: date | None = None) -> Listing:
    version = ListVersion(list=name, as_of=DAY, form="test", source="", digest="", entries=len(entries))
    return Listing(version, entries, NameIndex(listed_names(entries)).packed(), until)


KARIM = entry(
    "1", "Karim Salman Darwazi", "كريم سلمان دروازي", weak=("Abu Najm Basri",), born=(year(1961),),
    countries=("SYR", "IRQ"), listed=date(2021, 11, 15), programmes=("SDGT",),
)  # fmt: skip
SERGEI = entry("2", "Сергей Викторович Колдунов", countries=("RUS",))
PEARL = entry("3", "Gulf Pearl Trading LLC", kind=EntryType.ENTITY, countries=("ARE",))
HAWK = entry("4", "Bazghan", kind=EntryType.PERSON)
LISTS = Lists([listing("one", KARIM, PEARL), listing("two", SERGEI, HAWK, replace(KARIM, uid="K"))])


def asked(name: str, **more) -> Asked:
    return Asked(name, **more)


@pytest.mark.parametrize(
    "name", ["Karim Salman Darwazi", "كريم سلمان دروازي", "Карим Салман Дарвази", "Kareem Derwazi"]
)
def test_a_name_is_found_in_every_script_on_every_list(name):
    found = screen(asked(name), LISTS)
    assert found.decision is Decision.MATCH
    assert [(hit.version.list, hit.entry.uid, hit.decision) for hit in found.hits] == [
        ("one", "1", Decision.MATCH),
        ("two", "K", Decision.MATCH),
    ]


@pytest.mark.parametrize(
    ("name", "uid"), [("سيرغي كولدونوف", "2"), ("Sergei Koldunov", "2"), ("جلف بيرل للتجارة", "3")]
)
def test_others_are_found_too(name, uid):
    assert screen(asked(name), LISTS).hits[0].entry.uid == uid


@pytest.mark.parametrize("name", ["John Smith", "محمد أحمد العلي", "Iron Mountain Bakery"])
def test_who_is_not_listed_is_no_match(name):
    assert screen(asked(name), LISTS).decision is Decision.NONE


def test_every_word_is_explained_and_stands_on_the_right_side():
    hit = screen(asked("سيرغي كولدونوف"), LISTS).hits[0]
    assert [(part.a, part.b) for part in hit.parts] == [
        ("سيرغي", "Сергей"),
        (None, "Викторович"),
        ("كولدونوف", "Колдунов"),
    ]
    assert hit.score == name_score("سيرغي كولدونوف", hit.name.text).score


def test_a_weak_alias_counts_less_and_is_never_a_match():
    hit = screen(asked("Abu Najm Basri"), LISTS).hits[0]
    assert (hit.name.kind, hit.score, hit.counted) == (NameKind.WEAK, 1.0, WEAK)
    assert (hit.decision, hit.limits) == (Decision.POSSIBLE, ("weak",))


def test_the_better_name_of_an_entry_is_told():
    both = entry("9", "Karim Darwazi", weak=("Karim Salman Darwazi",))
    hit = screen(asked("Karim Salman Darwazi"), Lists([listing("x", both)])).hits[0]
    assert (hit.name.text, hit.decision) == ("Karim Darwazi", Decision.MATCH)


def test_a_single_name_of_a_person_is_only_possible_and_that_of_a_firm_is_not_held_back():
    assert screen(asked("Bazghan"), LISTS).hits[0].limits == ("single",)
    assert screen(asked("Bazghan"), LISTS).decision is Decision.POSSIBLE
    firm = Lists([listing("x", entry("9", "Rosvertex", kind=EntryType.ENTITY))])
    assert screen(asked("روسفيرتكس"), firm).decision is Decision.MATCH


def test_a_name_that_is_a_part_of_the_other_is_possible():
    hit = screen(asked("Gulf Pearl"), LISTS).hits[0]
    assert (hit.entry.uid, hit.decision, hit.limits) == ("3", Decision.POSSIBLE, ("contained",))
    assert screen(asked("Pearl"), LISTS).decision is Decision.NONE
    assert screen(asked("Gulf Coral Trading Bank"), LISTS).decision is Decision.NONE


# --- what contradicts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "verdict", "decision"),
    [
        (year(1961), Verdict.AGREES, Decision.MATCH),
        (Birth(date(1961, 6, 19), date(1961, 6, 19)), Verdict.AGREES, Decision.MATCH),
        (year(1962), Verdict.CLOSE, Decision.MATCH),
        (year(1963), Verdict.CLOSE, Decision.MATCH),
        (year(1964), Verdict.CONTRADICTS, Decision.POSSIBLE),
        (year(1964, about=True), Verdict.AGREES, Decision.MATCH),
        (year(1990), Verdict.CONTRADICTS, Decision.POSSIBLE),
    ],
)
def test_a_date_of_birth_is_compared(born, verdict, decision):
    hit = screen(asked("Karim Salman Darwazi", born=born), LISTS).hits[0]
    [check] = hit.checks
    assert (check.what, check.verdict, hit.decision) == ("born", verdict, decision)


def test_day_and_month_turned_round_do_not_contradict():
    one = entry("9", "Karim Darwazi", born=(Birth(date(1961, 12, 3), date(1961, 12, 3)),))
    turned = Birth(date(1961, 3, 12), date(1961, 3, 12))
    [check] = screen(asked("Karim Darwazi", born=turned), Lists([listing("x", one)])).hits[0].checks
    assert check.verdict is Verdict.CLOSE


def test_each_contradiction_lowers_by_a_step_and_the_entry_is_still_told():
    one = screen(asked("Karim Salman Darwazi", country="FRA"), LISTS)
    assert (one.decision, one.hits[0].limits) == (Decision.POSSIBLE, ("country",))
    both = screen(asked("Karim Salman Darwazi", country="FRA", born=year(1990)), LISTS)
    assert (both.decision, both.hits[0].limits) == (Decision.NONE, ("born", "country"))
    kind = screen(asked("Gulf Pearl Trading", type=EntryType.PERSON), LISTS)
    assert (kind.decision, kind.hits[0].limits) == (Decision.POSSIBLE, ("type",))


def test_what_the_list_does_not_tell_contradicts_nothing():
    assert screen(asked("Сергей Викторович Колдунов", born=year(1990)), LISTS).decision is Decision.MATCH
    other = Lists([listing("x", entry("9", "Karim Darwazi", countries=("Atlantis",)))])
    assert screen(asked("Karim Darwazi", country="FRA"), other).hits[0].checks == ()


def test_of_two_who_are_as_near_the_one_who_agrees_stands_first():
    two = Lists([listing("x", entry("a", "Karim Darwazi"), entry("b", "Karim Darwazi", countries=("SYR",)))])
    assert [hit.entry.uid for hit in screen(asked("Karim Darwazi", country="SYR"), two).hits] == ["b", "a"]


# --- what is asked ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", "  ", "---", "王伟", "Ἀριστοτέλης"])
def test_a_name_that_cannot_be_read_is_not_cleared(name):
    assert screen(asked(name), LISTS).decision is Decision.UNREAD


def test_a_name_in_another_script_is_found_where_it_is_written_the_same():
    assert screen(asked("王伟 王伟"), Lists([listing("x", entry("9", "王伟 王伟"))])).decision is Decision.MATCH


def test_who_was_listed_later_is_passed_over():
    before = Lists([listing("x", KARIM, until=date(2021, 11, 14))])
    after = Lists([listing("x", KARIM, until=date(2021, 11, 15))])
    assert screen(asked("Karim Salman Darwazi"), before).decision is Decision.NONE
    assert screen(asked("Karim Salman Darwazi"), after).decision is Decision.MATCH


def test_the_threshold_moves_both_decisions():
    name = "Karim Selmann Darfazi"
    score = screen(asked(name), LISTS, 0.5).hits[0].counted
    assert screen(asked(name), LISTS, score).decision is Decision.MATCH
    assert screen(asked(name), LISTS, score + BELOW / 2).decision is Decision.POSSIBLE
    assert screen(asked(name), LISTS, min(score + 2 * BELOW, 1.5)).decision is Decision.NONE


def test_every_match_is_told_however_many():
    many = Lists([listing("x", *(entry(str(n), "Karim Salman Darwazi") for n in range(30)))])
    assert len(screen(asked("كريم سلمان دروازي"), many).hits) == 30


def test_many_names_of_one_person_hide_nobody():
    noise = [entry(str(n), f"Karim Salman Darwaz{ending}") for n, ending in enumerate(("y", "ee", "iy", "ie", "ei"))]
    noise += [entry(f"m{n}", f"محمد كريم {name}") for n, name in enumerate(("سلمان", "دروازة", "سليمان", "دراز"))]
    lists = Lists([listing("x", *noise), listing("y", KARIM)])
    assert "y" in {hit.version.list for hit in screen(asked("Карим Салман Дарвази"), lists, most=9).hits}


def test_no_list_gives_no_match():
    assert screen(asked("Karim Darwazi"), Lists([])).decision is Decision.NONE


_letters = st.text("abcdeiklmnorstu ", min_size=1, max_size=20) | st.text("ابتحدرسعكلمنهوي ", min_size=1, max_size=20)


@given(st.lists(_letters.filter(str.strip), min_size=1, max_size=12, unique=True), st.data())
@settings(deadline=None, max_examples=60)
def test_a_listed_name_is_found_by_itself_whatever_stands_beside_it(names, data):
    """Found is what name_score holds to be the same: blocking loses no name that is asked for as it is written."""
    made = [entry(str(n), name, kind=EntryType.ENTITY) for n, name in enumerate(names)]
    cut = data.draw(st.integers(0, len(made)))
    lists = Lists([listing("a", *made[:cut]), listing("b", *made[cut:])])
    name = data.draw(st.sampled_from(names))
    if name_score(name, name).score >= SAME:
        assert str(names.index(name)) in {hit.entry.uid for hit in screen(asked(name), lists, most=99).hits}


@given(st.lists(_letters.filter(str.strip), min_size=1, max_size=12, unique=True), _letters)
@settings(deadline=None, max_examples=60)
def test_what_the_blocks_give_is_what_name_score_says(names, name):
    found = dict(Blocks(NameIndex(names).packed()).near(name, SAME))
    assert all(found[place] == name_score(name, names[place]).score >= SAME for place in found)


@given(st.text(max_size=60))
@settings(deadline=None, max_examples=100)
def test_no_name_is_too_odd(name):
    assert screen(asked(name), LISTS).decision in Decision
