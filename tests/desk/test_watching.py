"""What is told, when, and that it is told once: however many papers report it, however it is coded or grouped."""

import os
import random
import signal
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import event as listening
from sqlalchemy import text
from watching import DAY, Act, Coder, Days, article, watch

from marsad.alert.keys import MOVED
from marsad.desk import Desk
from marsad.desk.intake.adding import add
from marsad.desk.watches import watched as stage
from marsad.desk.watches.looked import relabelled
from marsad.errors import FormatError, NotFoundError, SettingsError
from marsad.store import Store, outbox, work
from marsad.types import (
    Change,
    EventType,
    Ladder,
    Outcome,
    Rhythm,
    Sent,
    Source,
    Stage,
    Status,
    Voice,
)

VISIT = "لافروف في بغداد\n\nزار لافروف بغداد وبحث النفط رقم "
SIGNED = Act("وقع", EventType.AGREE, None, "IRQ", "RUS")


def visit(number: int, day: date = DAY, **fields: object):
    return article(number, f"{VISIT}{number}.", day, **fields)


@pytest.fixture
def days():
    with Days() as found:
        yield found


# --- events ----------------------------------------------------------------------------------------------------------


def test_an_act_is_told_once_however_many_papers_report_it(days):
    days.desk.watch(watch(near="IRQ", counterpart="RUS"))
    first = visit(1)
    (told,) = days.read(first, Act())
    assert told.said.en.startswith("Russia's foreign ministry towards Iraq: consultation (visit), happened")
    assert ", 1 March 2026; " in told.said.en and "، ١ آذار/مارس ٢٠٢٦؛ " in told.said.ar
    assert told.because[0].quotation.startswith("زار لافروف")
    assert told.because[0].article == first.id
    others = [visit(n) for n in (2, 3)]
    for other in others:
        days.bring(other, Act())
    days.same(first, *others)
    assert days.told() == []


def test_papers_that_come_in_any_order_tell_it_once():
    for seed in range(6):
        dice = random.Random(seed)
        some = [visit(n, DAY + timedelta(n % 2)) for n in range(5)]
        dice.shuffle(some)
        with Days() as days:
            days.desk.watch(watch(near="IRQ", counterpart="RUS"))
            days.bring(some[0], Act())
            days.told()
            for one in some[1:]:
                days.bring(one, Act())
                days.same(some[0], one)
                days.told()
            assert len(days.desk.alerts()) == 1


def test_it_is_told_once_when_coded_anew_with_other_words_and_split_and_merged(days):
    days.desk.watch(watch(near="IRQ", counterpart="RUS"))
    some = [visit(n) for n in range(3)]
    days.bring(some[0], Act())
    assert len(days.told()) == 1
    for one in some[1:]:
        days.bring(one, Act())
    days.same(*some)
    days.told()
    for name, shift in (("second", 1), ("third", 2)):
        days.coder.name, days.coder.shift = name, shift  # other triggers, so other ids of events and of the act
        days.desk.recode()
        assert days.told() == []
    days.desk.judge(some[0].id, "not-same-as", some[1].id, name="Layla", reason="two visits")
    assert days.told() == []
    assert len(days.desk.alerts()) == 1


def test_a_new_text_at_an_address_tells_nothing_twice(days):
    days.desk.watch(watch(near="IRQ", counterpart="RUS"))
    first = visit(1)
    assert len(days.read(first, Act())) == 1
    days.on(DAY, 9)
    body = first.text.replace("\n\n", "\n\nتصحيح. ")
    second = article(1, body, fetched=days.at)
    assert second.url == first.url
    assert days.read(second, Act()) == []


def test_another_act_of_the_same_pair_is_told(days):
    days.desk.watch(watch(near="IRQ", counterpart="RUS"))
    days.read(visit(1), Act())
    (told,) = days.read(article(7, "اتفاق\n\nوقع العراق وروسيا مذكرة تفاهم بشأن القمح."), SIGNED)
    assert told.said.en.startswith("Iraq towards Russia: agreement")


def test_only_what_came_since_the_watch_began_is_told(days):
    days.read(visit(1), Act())
    days.on(DAY, 10)
    days.desk.watch(watch(near="IRQ", counterpart="RUS"))
    days.on(DAY, 11)
    other = visit(2)
    days.bring(other, Act())
    days.same(visit(1), other)
    assert days.told() == []


def test_what_papers_recall_is_no_news(days):
    days.desk.watch(watch(near="IRQ", counterpart="RUS"))
    assert days.read(visit(1), Act(day=DAY - timedelta(31))) == []
    assert len(days.read(visit(2), Act(day=DAY - timedelta(30)))) == 1


def test_of_an_act_without_a_day_the_article_has_one(days):
    days.desk.watch(watch(near="IRQ", counterpart="RUS"))
    (told,) = days.read(visit(1), Act(day=None))
    assert told.day is None


def test_a_plan_is_told_and_then_that_it_happened(days):
    days.desk.watch(watch(near="IRQ", counterpart="RUS", statuses=(Outcome.ACTUAL,)))
    first = visit(1)
    assert days.read(first, Act(status=Status.PLANNED)) == []
    second = visit(2)
    days.bring(second, Act())
    days.same(first, second)
    (told,) = days.told()
    assert "happened" in told.said.en


# --- rungs -----------------------------------------------------------------------------------------------------------


def deal(number: int, words: str, day: date = DAY):
    return article(number, f"خبر {number}\n\n{words}", day)


CONTRACT = "وقع العراق عقدا مع روسيا لشراء منظومة بانتسير."
BY_SOURCES = Act("وقع", EventType.COOPERATE, None, "IRQ.GOV.MOD", "RUS", voice=Voice.ANONYMOUS)
BY_MINISTER = Act("وقع", EventType.COOPERATE, None, "IRQ.GOV.MOD", "RUS", voice=Voice.VERBATIM, speaker="IRQ.GOV.MOD")


def test_a_rung_is_told_first_then_as_confirmed_once(days):
    days.desk.watch(watch("rung", near="IRQ", counterpart="RUS", ladder=Ladder.L))
    one, other, third = (deal(n, CONTRACT, DAY + timedelta(n)) for n in range(3))
    days.bring(one, BY_SOURCES)
    told = days.told()
    assert [(alert.stage, "(L6)" in alert.said.en) for alert in told] == [("first", True)]
    days.bring(other, BY_MINISTER)
    days.same(one, other)
    (sure,) = days.told()
    assert sure.stage == "higher"
    assert "confirmed" in sure.said.en
    assert sure.because[0].voice is Voice.VERBATIM
    days.bring(third, BY_MINISTER)
    days.same(one, third)
    assert days.told() == []
    days.coder.name, days.coder.shift = "second", 1
    days.desk.recode()
    assert days.told() == []


def test_a_rung_gives_one_alert_at_a_time_and_only_stages_that_are_wanted(days):
    days.desk.watch(watch("rung", near="IRQ", counterpart="RUS", ladder=Ladder.L))
    days.desk.watch(watch("rung", id="f", near="IRQ", counterpart="RUS", ladder=Ladder.L, stages=(Stage.FIRST,)))
    days.desk.watch(watch("rung", id="c", near="IRQ", counterpart="RUS", ladder=Ladder.L, stages=(Stage.CONFIRMED,)))
    days.desk.watch(watch("rung", id="high", near="IRQ", counterpart="RUS", ladder=Ladder.L, level=7))
    told = days.read(deal(1, CONTRACT), BY_MINISTER)
    assert {(alert.watch, alert.stage) for alert in told} == {("w", "higher"), ("f", "first"), ("c", "confirmed")}


def test_what_is_confirmed_only_after_the_watch_began_is_told(days):
    one, other = deal(1, CONTRACT), deal(2, CONTRACT)
    days.read(one, BY_SOURCES)
    days.on(DAY, 10)
    days.desk.watch(watch("rung", near="IRQ", counterpart="RUS", ladder=Ladder.L))
    days.on(DAY, 11)
    days.bring(other, BY_MINISTER)
    days.same(one, other)
    assert [alert.stage for alert in days.told()] == ["higher"]


# --- denials ---------------------------------------------------------------------------------------------------------


def test_a_denial_of_what_was_reported_is_told_once_with_both_sides(days):
    days.desk.watch(watch("denial", near="IRQ", counterpart="RUS"))
    claim = visit(1)
    denial = article(2, "نفي روسي\n\nنفت الوزارة في بيان لها أن الوزير زار العراق.", DAY + timedelta(1))
    again = article(3, "موسكو توضح\n\nلا صحة لما قيل من أن أحدا زار بغداد.", DAY + timedelta(1))
    assert days.read(claim, Act()) == []
    days.bring(denial, Act(status=Status.DENIED, voice=Voice.PARAPHRASE, speaker="IRQ.GOV.MFA"))
    days.same(claim, denial)
    (told,) = days.told()
    assert told.said.en.startswith("Denied: Russia's foreign ministry towards Iraq")
    assert [one.status for one in told.because] == [Status.DENIED, Status.ACTUAL]
    days.bring(again, Act(status=Status.DENIED))
    days.same(claim, again)
    assert days.told() == []


def test_what_nobody_reported_is_not_denied(days):
    days.desk.watch(watch("denial"))
    assert days.read(visit(1), Act(status=Status.DENIED)) == []


# --- silence ---------------------------------------------------------------------------------------------------------


def test_a_source_gone_silent_is_told_once_and_may_fall_silent_again(days):
    days.desk.follow(Source(id="quiet.example", name="Quiet", feed="https://quiet.example/feed"))
    days.desk.follow(Source(id="other.example", name="Other"))
    days.desk.watch(watch("silence", silent=3))
    days.read(visit(1, host="quiet.example"), Act())
    found = []
    for n in range(1, 12):
        days.on(DAY + timedelta(n))
        if n == 6:
            days.bring(visit(2, host="quiet.example"), Act())
        found += [(n, alert.subject) for alert in days.told()]
    assert found == [(3, "quiet.example"), (9, "quiet.example")]


def test_sources_that_were_silent_before_a_watch_began_are_not_told(days):
    days.desk.follow(Source(id="quiet.example", feed="https://quiet.example/feed"))
    days.on(DAY + timedelta(30))
    days.desk.watch(watch("silence", silent=3))
    assert days.told() == []


# --- findings --------------------------------------------------------------------------------------------------------


class _Found:
    def __init__(self, entity: str, label: str) -> None:
        class Finding:
            instrument = "us/x"

        Finding.entity, Finding.label = entity, Outcome.ACTUAL  # type: ignore[attr-defined]

        class Label:
            value = label

        Finding.label = Label  # type: ignore[attr-defined]

        class Shown:
            finding = Finding

        self.shown = Shown


PARTLY, MET, NOTHING = "elements partly present", "elements arguably met, no determination", "not engaged"


def test_labels_of_a_body_are_compared_with_what_the_watch_saw():
    of = "IRQ.GOV.MOD"
    made, seen = relabelled(of, [_Found(of, PARTLY)], {}, False)
    assert made == []
    made, seen = relabelled(of, [_Found(of, MET)], seen, True)
    assert [(one.entity, one.before, one.after) for one in made] == [(of, PARTLY, MET)]
    made, seen = relabelled(of, [], seen, True)
    assert [(one.entity, one.before, one.after, one.found) for one in made] == [(of, MET, NOTHING, None)]
    assert relabelled(of, [], seen, True)[0] == []


def test_of_a_state_the_label_of_its_furthest_body_is_watched_whosever_it_is():
    made, seen = relabelled("IRQ", [_Found("IRQ.GOV.MOD", PARTLY)], {}, True)
    assert [(one.entity, one.before, one.after) for one in made] == [("IRQ.GOV.MOD", NOTHING, PARTLY)]
    # Those furthest come first: that another body comes to where one is already is no turn.
    both = [_Found("IRQ.GOV.MOD", PARTLY), _Found("IRQ.GOV.PM", PARTLY)]
    made, seen = relabelled("IRQ", both, seen, True)
    assert made == []
    # One falls while another rises: one alert, for the furthest.
    made, seen = relabelled("IRQ", [_Found("IRQ.GOV.PM", MET), _Found("IRQ.GOV.MOD", NOTHING)], seen, True)
    assert [(one.entity, one.before, one.after) for one in made] == [("IRQ.GOV.PM", PARTLY, MET)]
    assert relabelled("IRQ", [_Found("IRQ.GOV.PM", MET)], seen, True)[0] == []


def test_a_watch_that_was_made_before_anything_was_read_tells_the_first_label():
    contract = [deal(1, CONTRACT), deal(2, CONTRACT)]
    for early in (True, False):
        with Days() as days:
            mine = watch("finding", near="IRQ", law="us/caatsa/231")
            if early:
                days.desk.watch(mine)
            days.bring(contract[0], BY_MINISTER)
            if not early:
                days.desk.watch(mine)
            told = days.told()
            assert [alert.trigger.value for alert in told] == (["finding"] if early else [])
            if early:
                assert told[0].stage != "not engaged"
                assert told[0].because[0].article == contract[0].id


# --- changes ---------------------------------------------------------------------------------------------------------


def test_a_change_whose_day_moves_a_little_is_the_same():
    one = Change(
        source="IRQ", target="RUS", quad="verbal-cooperation", day=DAY, found=DAY, before=0.1, after=1.0, strength=0.99
    )
    from marsad.alert.keys import is_same, of_change

    told = [str(DAY.toordinal())]
    assert is_same(replace(one, day=DAY + timedelta(MOVED)), told)
    assert not is_same(replace(one, day=DAY + timedelta(MOVED + 1)), told)
    assert of_change(one) != of_change(replace(one, before=2.0))


def test_a_change_is_told_once(days, monkeypatch):
    one = Change(
        source="IRQ", target="RUS", quad="verbal-cooperation", day=DAY, found=DAY + timedelta(4), before=0.1, after=1.0,
        strength=0.99,
    )  # fmt: skip
    moved = [one]
    monkeypatch.setattr("marsad.desk.watches.looked.turned", lambda *_: moved)
    days.desk.watch(watch("change", near="IRQ", counterpart="RUS"))
    (told,) = days.told()
    assert told.said.en.startswith("Iraq towards Russia: more cooperation in words since 1 March 2026")
    days.on(DAY + timedelta(1))
    moved[0] = replace(one, day=DAY + timedelta(3))
    assert days.told() == []
    days.on(DAY + timedelta(2))
    moved[0] = replace(one, day=DAY + timedelta(100))
    assert len(days.told()) == 1


# --- the outbox ------------------------------------------------------------------------------------------------------


def test_what_is_told_waits_for_each_channel_until_it_is_due(days):
    mine = watch(near="IRQ", channels=("file:a.jsonl", "stdout"), quiet=(time(7), time(9)))
    days.desk.watch(mine)
    (told,) = days.read(visit(1), Act())
    with days.desk.store.reading() as db:
        assert outbox.due(db, days.at) == []
        waiting = outbox.due(db, days.at + timedelta(hours=1))
    assert {(one.channel, one.alerts, one.state) for one in waiting} == {
        ("file:a.jsonl", (told.id,), Sent.WAITING), ("stdout", (told.id,), Sent.WAITING),
    }  # fmt: skip


def test_what_is_told_while_muted_is_kept_and_not_sent(days):
    days.desk.watch(watch(near="IRQ", channels=("stdout",)))
    days.desk.mute("w", days.at + timedelta(hours=1))
    (told,) = days.read(visit(1), Act())
    assert told.held
    with days.desk.store.reading() as db:
        assert outbox.next_due(db) is None


# --- killed ----------------------------------------------------------------------------------------------------------


def _work(address: str, kill_at: int | None) -> None:
    """Watch what waits; die at a statement, or at the commit behind it."""
    if kill_at is not None:
        from sqlalchemy.engine import Engine

        left = [kill_at]

        def count(*_: object) -> None:
            left[0] -= 1
            if left[0] <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

        listening.listen(Engine, "before_cursor_execute", count)
        listening.listen(Engine, "commit", count)
    stage.WATCHED = 2
    at = datetime.combine(DAY, time(9), UTC)
    with Desk(address, coder=Coder(), now=lambda: at) as desk:
        desk.look()


@pytest.mark.parametrize("seed", range(2))
def test_killed_at_any_statement_nothing_is_lost_and_nothing_twice(tmp_path, seed):
    address = str(tmp_path / "news.db")
    dice = random.Random(seed)
    with Days(address) as days:
        days.desk.watch(watch(near="IRQ", channels=("stdout",)))
        days.desk.watch(watch(id="v", parties=("RUS",)))
        for n in range(6):
            words = dice.choices("ابتثجحخدذرزس", k=40)
            text_of = f"خبر {n}\n\nزار لافروف بغداد. {' '.join(''.join(words[k : k + 4]) for k in range(0, 40, 4))}"
            days.coder.acts[(one := article(n, text_of)).id] = (Act(day=DAY - timedelta(n)),)
            add(days.desk.store, iter([one]), days.desk.now)
        from marsad.desk.intake.stages import Bench, Done, code, group

        bench = Bench(days.desk.store, days.coder, "k", days.desk.now)
        code(bench, Done())
        group(bench, Done())
    for _ in range(40):
        child = os.fork()
        if child == 0:
            try:
                _work(address, dice.randrange(1, 60))
            finally:
                os._exit(0)
        os.waitpid(child, 0)
    _work(address, None)
    with Store(address) as store, store.reading() as db:
        assert work.waiting(db, work.WATCHED, 10) == []
        told = db.execute(text("SELECT watch, subject, count(*) FROM alert GROUP BY 1, 2")).all()
        assert [row[2] for row in told] == [1] * 12
        sent = db.execute(text("SELECT alert, count(*) FROM message_alert GROUP BY 1")).all()
        assert [row[1] for row in sent] == [1] * 6


# --- watches ---------------------------------------------------------------------------------------------------------


def test_the_id_of_a_watch_is_made_of_its_name(days):
    assert days.desk.watch(watch(id="", name="Arms: Iraq & Russia")).id == "arms-iraq-russia"
    assert days.desk.watch(watch(id="", name="سلاح")).id.startswith("watch-")


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"name": " "}, SettingsError),
        ({"trigger": "change"}, SettingsError),
        ({"trigger": "finding"}, SettingsError),
        ({"trigger": "finding", "near": "IRQ", "law": "us/none"}, NotFoundError),
        ({"trigger": "finding", "near": "RUS", "law": "us/caatsa/231"}, SettingsError),
        ({"near": "IRQ", "counterpart": "IRQ.GOV"}, SettingsError),
        ({"words": "-x"}, FormatError),
        ({"trigger": "rung", "ladder": Ladder.R, "level": 7}, SettingsError),
        ({"trigger": "rung", "stages": ()}, SettingsError),
        ({"zone": "Asia/Nowhere"}, SettingsError),
        ({"quiet": (time(7), time(7))}, SettingsError),
        ({"silent": 0}, SettingsError),
        ({"id": "Not An Id"}, FormatError),
    ],
)
def test_a_watch_that_makes_no_sense_is_refused(days, fields, error):
    given = dict(fields)
    with pytest.raises(error):
        days.desk.watch(watch(given.pop("trigger", "event"), **given))
    assert days.desk.watches() == []


def test_what_is_watched_no_longer_is_told_no_more_and_its_alerts_stay(days):
    days.desk.watch(watch(near="IRQ", digest=Rhythm.DAILY))
    days.read(visit(1), Act())
    days.desk.unwatch("w")
    assert days.read(visit(2), Act(day=DAY - timedelta(2))) == []
    assert len(days.desk.alerts()) == 1
    with pytest.raises(NotFoundError):
        days.desk.find_watch("w")


def test_who_has_seen_an_alert_is_noted(days):
    days.desk.watch(watch(near="IRQ"))
    (told,) = days.read(visit(1), Act())
    assert days.desk.count_alerts() == 1
    (seen,) = days.desk.ack([told.id[:6]], "Layla")
    assert (seen.acked_by, seen.acked) == ("Layla", days.at)
    assert days.desk.ack_all("Omar") == []
    assert len(days.desk.alerts(unacked=True)) == 0


# --- rehearsing ------------------------------------------------------------------------------------------------------


def test_a_rehearsal_tells_what_was_told_day_by_day_and_writes_nothing(days):
    mine = watch("rung", near="IRQ", counterpart="RUS", ladder=Ladder.L)
    days.desk.watch(mine)
    days.desk.watch(watch(id="e", near="IRQ", counterpart="RUS"))
    days.desk.watch(watch("denial", id="d", near="IRQ", counterpart="RUS"))
    some = [deal(n, CONTRACT, DAY + timedelta(n)) for n in range(3)]
    acts = (BY_SOURCES, BY_MINISTER, replace(BY_MINISTER, status=Status.DENIED))
    for one, act in zip(some, acts, strict=True):
        days.on(one.published)
        days.bring(one, act)
        days.same(*some[: some.index(one) + 1])
        days.told()
    live = {}
    for alert in reversed(list(days.desk.alerts())):
        live.setdefault(alert.watch, []).append((alert.found.date(), alert.stage, alert.said))
    revision = days.desk.store.revision()
    for id in ("w", "e"):  # noqa: A001
        again = days.desk.rehearse(days.desk.find_watch(id), 10)
        assert [(alert.found.date(), alert.stage, alert.said) for alert in again][:1] == live[id][:1]
        assert {alert.watch for alert in again} == {id}
    assert days.desk.store.revision() == revision
    with pytest.raises(SettingsError):
        days.desk.rehearse(mine, 0)
