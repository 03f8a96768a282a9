from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import cost
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.errors import SettingsError
from marsad.knowledge import ontology
from marsad.relate.periods import RHYTHMS, periods, season
from marsad.relate.series import METHODS, Act, Mix, Read, Told, coverage, series, share
from marsad.types import EventType, Outcome, Series, Status, Voice

SINCE, UNTIL = date(2019, 12, 20), date(2020, 3, 10)
BYS = tuple(RHYTHMS)
COUNTRIES = ("IRQ", "USA", "")

days = st.dates(SINCE - timedelta(days=9), UNTIL + timedelta(days=9))
counts = st.integers(1, 9)
acts_drawn = st.lists(
    st.builds(Act, st.none() | days, st.sampled_from(EventType), st.sampled_from(Outcome), counts), max_size=30
)
told_drawn = st.lists(
    st.builds(Told, days, st.sampled_from(EventType), st.sampled_from(Status), st.sampled_from(Voice), counts),
    max_size=30,
)
mix_drawn = st.lists(st.builds(Mix, days, st.sampled_from(COUNTRIES), counts), max_size=30)
read_drawn = st.lists(st.builds(Read, days, st.sampled_from(COUNTRIES), st.integers(0, 500)), max_size=40)


def made(
    acts: Sequence[Act] = (), told: Sequence[Told] = (), mix: Sequence[Mix] = (), read: Sequence[Read] = (), **asked
) -> Series:
    asked = {"by": "month", "since": SINCE, "until": UNTIL} | asked
    return series("IRQ", "RUS", acts, told, mix, read, **asked)


def inside(rows: Sequence[Act | Told]) -> list[Act | Told]:
    return [row for row in rows if row.day and SINCE <= row.day <= UNTIL]


def everywhere(n: int = 10, country: str = "IRQ") -> list[Read]:
    return [Read(SINCE + timedelta(days=at), country, n) for at in range((UNTIL - SINCE).days + 1)]


def test_a_month_says_what_happened_by_whom_it_is_told_and_what_else_was_said():
    acts = [
        Act(date(2020, 1, 3), EventType.CONSULT, Outcome.ACTUAL, 2),
        Act(date(2020, 1, 9), EventType.ASSAULT, Outcome.ACTUAL),
        Act(date(2020, 1, 9), EventType.SANCTION, Outcome.DENIED),
        Act(date(2020, 1, 31), EventType.AGREE, Outcome.PLANNED, 3),
        Act(date(2020, 1, 31), EventType.AGREE, Outcome.CONTESTED),
        Act(None, EventType.CONSULT, Outcome.ACTUAL),
    ]
    told = [
        Told(date(2020, 1, 3), EventType.CONSULT, Status.ACTUAL, Voice.REPORT, 5),
        Told(date(2020, 1, 9), EventType.ASSAULT, Status.ACTUAL, Voice.READING, 1),
        Told(date(2020, 1, 9), EventType.SANCTION, Status.DENIED, Voice.PARAPHRASE, 7),
    ]
    mix = [Mix(date(2020, 1, 3), "IRQ", 6)]
    found = made(acts, told, mix, everywhere(), sides=("IRQ", "RUS"), sources=4)
    one = found.periods[1]
    assert (one.first, one.last) == (date(2020, 1, 1), date(2020, 1, 31))
    assert (one.acts, one.reports, one.articles) == (3, 6, 310)
    assert one.types == {"CONSULT": 2, "ASSAULT": 1}
    assert one.quads == {"verbal-cooperation": 2, "material-conflict": 1}
    assert one.others == {"PLANNED": 3, "DENIED": 1, "CONTESTED": 1}
    assert one.voices == {"report": 5, "reading": 1}
    scores = ontology.types()
    assert one.intensity == pytest.approx(2 * scores["CONSULT"].intensity + scores["ASSAULT"].intensity)
    assert one.share == pytest.approx(1000 * 6 / 310)
    assert (found.by, found.mutual, found.method) == ("month", False, METHODS["month"])
    assert found.coverage.articles == 820 and found.coverage.sources == 4
    assert found.coverage.missing == ("RUS",)


@pytest.mark.parametrize(
    ("by", "bounds"),
    [
        ("month", ["2019-12-20 2019-12-31", "2020-01-01 2020-01-31", "2020-02-01 2020-02-29", "2020-03-01 2020-03-10"]),
        ("week", ["2019-12-20 2019-12-22", "2019-12-23 2019-12-29"]),
        ("day", ["2019-12-20 2019-12-20", "2019-12-21 2019-12-21"]),
    ],
)
def test_the_first_and_the_last_period_may_be_partial(by, bounds):
    found = [f"{one.first} {one.last}" for one in made(by=by).periods]
    assert found[: len(bounds)] == bounds
    assert found[-1].endswith(UNTIL.isoformat())


@given(st.sampled_from(BYS), st.dates(), st.integers(0, 800))
@settings(deadline=None)
def test_periods_follow_each_other_without_a_gap_and_begin_where_the_calendar_says(by, since, length):
    until = date.fromordinal(min(since.toordinal() + length, date.max.toordinal()))
    found = periods(by, since, until)
    assert (found[0].first, found[-1].last) == (since, until)
    assert sum(one.days for one in found) == (until - since).days + 1
    for before, after in pairwise(found):
        assert (after.first - before.last).days == 1
        assert by == "day" or (after.first.day == 1 if by == "month" else after.first.weekday() == 0)


def test_the_53rd_week_counts_as_the_52nd_and_a_week_is_of_its_iso_year():
    assert season("week", date(2020, 12, 31)) == (2020, 52)
    assert season("week", date(2021, 1, 2)) == (2020, 52)
    assert season("week", date(2019, 12, 30)) == (2020, 1)


@pytest.mark.parametrize("asked", [{"by": "year"}, {"since": UNTIL, "until": SINCE}])
def test_what_cannot_be_told_by_is_refused_with_what_to_do(asked):
    with pytest.raises(SettingsError, match="give"):
        made(**asked)


@given(acts_drawn, told_drawn, read_drawn)
@settings(deadline=None)
def test_periods_add_up_to_the_same_whatever_they_are_told_by(acts, told, read):
    happened = [row for row in inside(acts) if row.outcome is Outcome.ACTUAL]
    said = [row for row in inside(told) if row.status is Status.ACTUAL]
    for by in BYS:
        found = made(acts, told, [], read, by=by).periods
        assert sum(one.acts or 0 for one in found) == sum(row.n for row in happened)
        assert sum(one.reports or 0 for one in found) == sum(row.n for row in said)
        assert sum(one.articles for one in found) == sum(row.n for row in read if SINCE <= row.day <= UNTIL)
        for name, key, rows in (("types", "type", happened), ("voices", "voice", said)):
            wanted: Counter[str] = Counter()
            for row in rows:
                wanted[getattr(row, key)] += row.n
            assert sum((Counter(getattr(one, name)) for one in found), Counter()) == wanted
        assert all(sum(one.quads.values()) == sum(one.types.values()) == (one.acts or 0) for one in found)
        total = sum(row.n * ontology.types()[row.type].intensity for row in happened)
        assert sum(one.intensity or 0 for one in found) == pytest.approx(total)
        apart = sum(n for one in found for n in one.others.values())
        assert apart + sum(row.n for row in happened) == sum(row.n for row in inside(acts))


@given(acts_drawn, acts_drawn, told_drawn, told_drawn, read_drawn, st.sampled_from(BYS))
@settings(deadline=None)
def test_mutual_is_both_directions_summed(there, back, told_there, told_back, read, by):
    both = made(there + back, told_there + told_back, [], read, by=by, mutual=True)
    assert both.mutual
    one, other = (made(acts, told, [], read, by=by) for acts, told in ((there, told_there), (back, told_back)))
    for summed, first, second in zip(both.periods, one.periods, other.periods, strict=True):
        for name in ("acts", "reports", "intensity"):
            parts = [getattr(each, name) for each in (first, second)]
            if getattr(summed, name) is None:
                assert parts == [None, None]
            else:
                assert getattr(summed, name) == pytest.approx(sum(part or 0 for part in parts))
        for name in ("types", "quads", "others", "voices"):
            assert Counter(getattr(summed, name)) == Counter(getattr(first, name)) + Counter(getattr(second, name))


@given(acts_drawn, told_drawn, mix_drawn, read_drawn, st.sampled_from(BYS))
@settings(deadline=None)
def test_a_hole_in_coverage_is_never_a_nought(acts, told, mix, read, by):
    for one in made(acts, told, mix, read, by=by).periods:
        if one.articles == 0:
            assert one.acts != 0 and one.reports != 0
            assert one.share is None and one.deviation is None
            assert (one.intensity is None) == (one.acts is None)
        else:
            assert one.acts is not None and one.reports is not None and one.share is not None


def test_what_other_days_tell_of_a_hole_is_counted():
    act = Act(date(2020, 2, 3), EventType.CONSULT, Outcome.ACTUAL)
    planned = Act(date(2020, 3, 3), EventType.CONSULT, Outcome.PLANNED)
    february, march = made([act, planned], read=[Read(date(2020, 1, 3), "IRQ", 5)]).periods[2:]
    assert (february.acts, february.reports, february.share) == (1, None, None)
    assert (march.acts, march.others) == (None, {"PLANNED": 1})


@given(acts_drawn, told_drawn, read_drawn, read_drawn, st.sampled_from(BYS))
@settings(deadline=None)
def test_more_coverage_alone_changes_no_act(acts, told, read, more, by):
    less, full = (made(acts, told, [], rows, by=by).periods for rows in (read, read + more))
    for before, after in zip(less, full, strict=True):
        assert after.acts == (0 if before.acts is None and after.articles else before.acts)
        assert after.reports == (0 if before.reports is None and after.articles else before.reports)
        assert (after.types, after.others, after.voices) == (before.types, before.others, before.voices)


rates = st.dictionaries(
    st.sampled_from(COUNTRIES), st.tuples(st.integers(0, 50), st.integers(1, 500), st.integers(1, 900)), min_size=1
)


@given(rates, st.sampled_from(COUNTRIES), st.integers(2, 50))
@settings(deadline=None)
def test_more_papers_of_one_country_at_the_same_rate_leave_the_share(rates, country, times):
    weights = {key: weight for key, (_, _, weight) in rates.items()}

    def at(factor: int) -> float | None:
        scale = {key: factor if key == country else 1 for key in rates}
        return share(
            {key: n * scale[key] for key, (n, _, _) in rates.items()},
            {key: n * scale[key] for key, (_, n, _) in rates.items()},
            weights,
        )

    assert at(times) == at(1)


@given(st.integers(1, 20), st.integers(1, 40), st.integers(1, 30))
@settings(deadline=None)
def test_moving_papers_between_months_moves_no_share(iraqi, american, times):
    """The mix of the span is the same: only when the papers of a country were read differs."""
    january, february = date(2020, 1, 5), date(2020, 2, 5)

    def told(first: int, second: int) -> list[float | None]:
        read = [Read(january, "IRQ", 100 * first), Read(february, "IRQ", 100 * second)]
        read += [Read(day, "USA", 200) for day in (january, february)]
        mix = [Mix(january, "IRQ", iraqi * first), Mix(february, "IRQ", iraqi * second)]
        mix += [Mix(day, "USA", american) for day in (january, february)]
        return [one.share for one in made(mix=mix, read=read).periods]

    moved, even = told(1, times), told(times, 1)
    assert moved[1:3] == even[1:3]
    assert moved[1] == pytest.approx(moved[2])


def test_share_is_that_of_the_mix_of_the_whole_span():
    """Iraqi papers tell ten times as much of Iraq: a month with few of them is no quiet month."""
    read = [Read(date(2020, 1, 5), "IRQ", 900), Read(date(2020, 1, 5), "USA", 100)]
    read += [Read(date(2020, 2, 5), "IRQ", 100), Read(date(2020, 2, 5), "USA", 900)]
    mix = [Mix(row.day, row.country, row.n // (10 if row.country == "IRQ" else 100)) for row in read]
    _, january, february, _ = made(mix=mix, read=read).periods
    assert january.share == pytest.approx(1000 * (0.5 * 0.1 + 0.5 * 0.01))
    assert february.share == pytest.approx(january.share)


def test_the_weight_of_a_country_without_an_article_is_spread_over_the_others():
    reports, articles = {"IRQ": 5, "USA": 1, "TUR": 9}, {"IRQ": 50, "USA": 100, "TUR": 0}
    spread = share(reports, articles, {"IRQ": 300, "USA": 100, "TUR": 600})
    assert (
        spread == share(reports, articles, {"IRQ": 300, "USA": 100}) == pytest.approx(1000 * (0.75 * 0.1 + 0.25 * 0.01))
    )


@given(acts_drawn, told_drawn, mix_drawn, read_drawn, st.sampled_from(BYS))
@settings(deadline=None)
def test_nothing_after_until_and_the_order_of_the_rows_say_anything(acts, told, mix, read, by):
    def upto(rows: list) -> list:
        return [row for row in rows if row.day and row.day <= UNTIL]

    whole = made(acts, told, mix, read, by=by)
    assert whole == made(upto(acts), upto(told), upto(mix), upto(read), by=by)
    assert whole == made(acts[::-1], told[::-1], mix[::-1], read[::-1], by=by)


@given(acts_drawn, told_drawn, read_drawn, st.sampled_from(BYS))
@settings(deadline=None)
def test_a_period_is_told_the_same_when_it_was_the_last(acts, told, read, by):
    """But for the weights of the share, which are those of the whole span."""
    whole = made(acts, told, [], read, by=by, since=SINCE).periods
    for number in (1, 2, len(whole) - 1):
        then = made(acts, told, [], read, by=by, until=whole[number].last).periods
        assert [replace(one, share=None) for one in then] == [replace(one, share=None) for one in whole[: number + 1]]


def test_without_since_it_begins_with_the_first_article_else_the_first_count():
    act = Act(date(1990, 8, 2), EventType.ASSAULT, Outcome.ACTUAL)
    assert made([act], read=[Read(date(2020, 2, 3), "IRQ", 5)], since=None).periods[0].first == date(2020, 2, 3)
    assert made([act], since=None, by="month").periods[0].first == date(1990, 8, 2)
    (nothing,) = made(since=None).periods
    assert (nothing.first, nothing.acts, nothing.articles) == (UNTIL, None, 0)


def test_coverage_counts_papers_by_country_and_says_who_is_not_heard():
    found = coverage({"IRQ": 5, "USA": 70, "": 5, "TUR": 0}, 9, ("IRQ", "RUS.GOV.MFA", "RUS", "TUR", "EU", "USA"))
    assert list(found.countries.items()) == [("USA", 70), ("", 5), ("IRQ", 5)]
    assert (found.articles, found.sources) == (80, 9)
    assert found.missing == ("RUS", "TUR")


def test_counts_by_month_are_those_by_day():
    """A store keeps most counts by month alone, on its first day."""
    daily = everywhere(7, "USA") + everywhere(3)
    monthly = [Read(row.day.replace(day=1), row.country, row.n) for row in daily]
    asked = {"since": date(2019, 12, 1)}
    assert made(read=daily, **asked) == made(read=monthly, **asked)


@pytest.mark.parametrize("by", ["week", "month"])
def test_a_war_shows_against_what_was_usual(by):
    since, until = date(2018, 1, 1), date(2020, 6, 30)
    span = [since + timedelta(days=at) for at in range((until - since).days + 1)]
    read = [Read(day, "IRQ", 20) for day in span]
    acts = [Act(day, EventType.CONSULT, Outcome.ACTUAL) for day in span if day.day % 6 == 0]
    acts += [Act(day, EventType.ASSAULT, Outcome.ACTUAL, 2) for day in span if day >= date(2020, 6, 1)]
    found = made(acts, read=read, by=by, since=since, until=until).periods
    quiet = [one.deviation for one in found if one.last < date(2020, 6, 1) and one.deviation is not None]
    assert len(quiet) > 20 and max(map(abs, quiet)) < 2
    assert next(one for one in found if one.first == date(2020, 6, 1)).deviation > 5


def test_a_heavy_pair_costs_no_more_a_row_than_a_light_one():
    span = [SINCE + timedelta(days=at) for at in range(80)]

    def heavy(times: int) -> list[Act]:
        return [Act(day, kind, Outcome.ACTUAL) for day in span for kind in EventType for _ in range(times)]

    small, large = heavy(1), heavy(20)
    assert cost.grows_less(40, lambda: made(small), lambda: made(large))
