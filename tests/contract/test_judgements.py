"""What persons hold: kept beside the machine's values, checked, in an order; and as sentences to learn from."""

from __future__ import annotations

from dataclasses import replace

import pytest
from kept import DAY, NOW, Act, add, article, at, coded, keep, seq
from world import handmade

from marsad.errors import FormatError, NotFoundError
from marsad.score.records import parse
from marsad.store import Store, articles, events, groups, judgements, work
from marsad.store.corpus import corpus
from marsad.store.groups import Grouped
from marsad.types import Article, EventType, Evidence, Judgement, Occurrence, Outcome, Span, Story


def judge(db, target: str, field: str, value: str, hours: float = 0) -> Judgement:
    return judgements.add(db, target, field, value, "سعاد", "لأن النص يقول ذلك", at(hours))


@pytest.fixture
def whole(store: Store):
    """The article on an arms visit, kept and coded."""
    made = handmade()
    with store.writing() as db:
        add(db, made.article)
        keep(db, made)
        work.done(db, "grouped", [1])
    return made


def event(whole, words: str):
    return next(one for one in whole.events if one.trigger.of(whole.article.text) == words)


def test_a_judgement_stands_beside_the_machine(store: Store, whole):
    one = event(whole, "زيارة")
    with store.writing() as db:
        made = judge(db, one.id[:8], "status", "denied")
        assert made == Judgement(
            id=1, target=one.id, field="status", value="DENIED", name="سعاد", reason="لأن النص يقول ذلك", at=NOW
        )
        assert judgements.listed(db) == judgements.listed(db, one.id) == [made]
        assert events.find(db, one.id)[0][1] == one


def test_the_later_stands_and_both_are_kept(store: Store, whole):
    one, other = event(whole, "زيارة"), event(whole, "نفت")
    with store.writing() as db:
        first = judge(db, one.id, "type", "AGREE")
        second = judge(db, one.id, "type", "COOPERATE", 1)
        third = judge(db, other.id, "voice", "reading", 2)
        assert judgements.standing(db, [one.id, other.id, "0" * 16]) == {
            one.id: {"type": second},
            other.id: {"voice": third},
        }
        assert judgements.listed(db) == [first, second, third]
        assert judgements.listed(db, since=at(1)) == [second, third]


def test_what_is_taken_back_stands_no_longer_and_the_one_before_does(store: Store, whole):
    one = event(whole, "زيارة")
    with store.writing() as db:
        first, second = judge(db, one.id, "status", "DENIED"), judge(db, one.id, "status", "PLANNED")
        judgements.withdraw(db, second.id, "سعاد", "خطأ", NOW)
        assert judgements.standing(db, [one.id]) == {one.id: {"status": first}}
        judgements.withdraw(db, first.id, "سعاد", "خطأ", NOW)
        assert judgements.standing(db, [one.id]) == {}
        assert len(judgements.listed(db, one.id)) == 4
        with pytest.raises(NotFoundError):
            judgements.withdraw(db, 99, "سعاد", "خطأ", NOW)


GOOD = [
    ("mode", "phone", "phone"),
    ("mode", "none", "none"),
    ("status", "Possible", "POSSIBLE"),
    ("voice", "Reading", "reading"),
    ("event", "no", "no"),
    ("actors", "RUS.GOV.MFA, irq,IRQ", "RUS.GOV.MFA, IRQ"),
    ("actors", "none", "none"),
    ("recipients", "السودان, UN.UNICEF", "السودان, UN.UNICEF"),
    ("recipients", "EU", "EU"),
    ("speaker", "USA", "USA"),
    ("speaker", "none", "none"),
    ("day", "2026-02-28", "2026-02-28"),
    ("place", "sdn", "SDN"),
    ("place", "none", "none"),
    ("type", "sanction", "SANCTION"),
]


def test_values_of_events(store: Store, whole):
    with store.writing() as db:
        for field, value, kept in GOOD:
            assert judge(db, event(whole, "زيارة").id, f" {field.upper()} ", f" {value} ").value == kept


BAD = [
    ("type", "VISIT"),
    ("mode", "deny"),
    ("status", "TRUE"),
    ("voice", "loud"),
    ("event", "perhaps"),
    ("actors", "RUS.NOBODY"),
    ("actors", "كلام ليس في المقال"),
    ("speaker", "XXX"),
    ("day", "yesterday"),
    ("day", "2026-02-30"),
    ("place", "EU"),
    ("colour", "red"),
    ("withdrawn", "1"),
    ("status", ""),
    ("same-as", "0123456789abcdef"),
]


def test_what_is_no_value_is_refused_and_nothing_is_kept(store: Store, whole):
    with store.writing() as db:
        for field, value in BAD:
            with pytest.raises((NotFoundError, FormatError)):
                judge(db, event(whole, "زيارة").id, field, value)
        with pytest.raises(FormatError, match="reason"):
            judgements.add(db, event(whole, "زيارة").id, "status", "DENIED", "سعاد", " ", NOW)
        assert judgements.listed(db) == []


def test_a_mode_is_one_of_the_type_that_was_judged(store: Store, whole):
    one = event(whole, "زيارة")
    with store.writing() as db:
        judge(db, one.id, "type", "REJECT")
        assert judge(db, one.id, "mode", "deny").value == "deny"
        with pytest.raises(NotFoundError, match="mode of REJECT"):
            judge(db, one.id, "mode", "visit")


def test_values_of_articles(store: Store, whole):
    with store.writing() as db:
        add(db, article(1))
        id = whole.article.id  # noqa: A001
        assert judge(db, id, "language", "EN").value == "en"
        assert judge(db, id, "published", "2026-01-02").value == "2026-01-02"
        assert judge(db, id, "source", "news1.example").value == "news1.example"
        for field, value in (("language", "Arabic"), ("published", "then"), ("source", "nobody")):
            with pytest.raises((NotFoundError, FormatError)):
                judge(db, id, field, value)
        with pytest.raises(NotFoundError):
            judge(db, whole.events[0].id, "language", "en")


# --- the same, or not ------------------------------------------------------------------------------------------------


@pytest.fixture
def three(store: Store) -> list[Article]:
    some = [article(n) for n in range(3)]
    with store.writing() as db:
        add(db, *some)
        keep(db, *(coded(one, Act()) for one in some))
        work.done(db, "grouped", [1, 2, 3])
    return some


def pair(one: Article, other: Article) -> tuple[str, str]:
    return min(one.id, other.id), max(one.id, other.id)


def test_two_articles_are_the_same_until_it_is_judged_otherwise(store: Store, three: list[Article]):
    one, other, third = three
    with store.writing() as db:
        assert judgements.same(db) == (frozenset(), frozenset())
        judge(db, one.id, "same-as", other.id[:9])
        judge(db, third.id, "not-same-as", one.id)
        assert judgements.same(db) == ({pair(one, other)}, {pair(one, third)})
        assert work.waiting(db, "grouped", 9) == [1, 2, 3]
        work.done(db, "grouped", [1, 2, 3])
        last = judge(db, other.id, "not-same-as", one.id)
        assert judgements.same(db) == (frozenset(), {pair(one, other), pair(one, third)})
        assert work.waiting(db, "grouped", 9) == [1, 2]
        work.done(db, "grouped", [1, 2])
        judgements.withdraw(db, last.id, "سعاد", "خطأ", NOW)
        assert judgements.same(db) == ({pair(one, other)}, {pair(one, third)})
        assert work.waiting(db, "grouped", 9) == [1, 2]


def test_stories_and_occurrences_are_judged_by_their_first_articles(store: Store, three: list[Article]):
    one, other, third = three
    with store.writing() as db:
        told = [events.of_articles(db, [seq(db, each)])[0].event for each in three]
        acts = [Occurrence(id=e.id, story=e.article, type=e.type, status=Outcome.ACTUAL, reports=(e.id,)) for e in told]
        made = [
            Grouped(Story(id=one.id, articles=(one.id, third.id)), (acts[0], acts[2])),
            Grouped(Story(id=other.id, articles=(other.id,)), (acts[1],)),
        ]
        groups.put(db, [1, 2, 3], made)
        judge(db, acts[2].id, "not-same-as", acts[1].id)
        judge(db, made[0].story.id, "same-as", made[1].story.id)
        assert judgements.same(db) == ({pair(one, other)}, {pair(other, third)})
        # What was judged of an occurrence holds for its article, whatever becomes of the occurrence.
        groups.put(db, [1, 2, 3], [])
        assert judgements.same(db) == ({pair(one, other)}, {pair(other, third)})


def test_a_thing_is_not_compared_with_itself(store: Store, three: list[Article]):
    with store.writing() as db, pytest.raises(FormatError, match="one and the same"):
        judge(db, three[0].id, "same-as", three[0].id)


# --- sentences to learn from -----------------------------------------------------------------------------------------


def rows(store: Store) -> list[dict]:
    with store.reading() as db:
        return list(corpus(db))


def named(row: dict, index: list[int] | int | None) -> list[str]:
    some = [index] if isinstance(index, int) else index or []
    return [row["entities"][n]["text"] for n in some]


def test_a_sentence_is_told_where_one_of_its_events_was_judged(store: Store, whole):
    assert rows(store) == []
    one = event(whole, "فرضت عقوبات")
    with store.writing() as db:
        judge(db, one.id, "event", "yes")
    (row,) = rows(store)
    span = whole.sentences[one.sentence]
    assert row["id"] == f"{whole.article.id}-{one.sentence}"
    assert row["text"] == span.of(whole.article.text)
    assert (row["lang"], row["source"], row["date"], row["doc"]) == (
        "ar",
        "وكالة مختلَقة",
        "2026-03-05",
        whole.article.id,
    )
    for entity in row["entities"]:
        assert row["text"][entity["start"] : entity["stop"]] == entity["text"]
    inside = [e for e in whole.events if e.sentence == one.sentence]
    assert len(row["events"]) == len(inside)
    for made, e in zip(row["events"], inside, strict=True):
        start, stop = made["trigger"]
        assert row["text"][start:stop] == made["text"] == e.trigger.of(whole.article.text)
        assert (made["type"], made["mode"], made["status"], made["voice"]) == (e.type, e.mode, e.status, e.voice)
        assert made["context"] == list(e.contexts)
        kept = [m for m in e.actors if span.start <= m.span.start and m.span.stop <= span.stop]
        assert named(row, made["actors"]) == [m.span.of(whole.article.text) for m in kept]


def test_the_machine_is_mended_by_what_was_judged(store: Store, whole):
    one = event(whole, "فرضت عقوبات")
    with store.writing() as db:
        for field, value in (
            ("type", "COERCE"),
            ("status", "PLANNED"),
            ("actors", "السودان"),
            ("recipients", "USA"),
            ("speaker", "وزارة الخارجية الأميركية"),
            ("voice", "reading"),
        ):
            judge(db, one.id, field, value)
        judge(db, whole.article.id, "published", "none")
        judge(db, whole.article.id, "language", "en")
        judge(db, event(whole, "نفت").id, "event", "no")
    (row,) = rows(store)
    assert "date" not in row
    assert row["lang"] == "en"
    texts = [made["text"] for made in row["events"]]
    assert "نفت" not in texts
    made = row["events"][texts.index("فرضت عقوبات")]
    assert (made["type"], made["mode"], made["status"], made["voice"]) == ("COERCE", None, "PLANNED", "reading")
    assert named(row, made["actors"]) == ["السودان"]
    assert named(row, made["recipients"]) == named(row, made["speaker"]) == ["وزارة الخارجية الأميركية"]


def test_what_the_sentence_does_not_name_is_left_out(store: Store, whole):
    with store.writing() as db:
        judge(db, event(whole, "فرضت عقوبات").id, "actors", "CHN, none")
    (row,) = rows(store)
    made = next(one for one in row["events"] if one["text"] == "فرضت عقوبات")
    assert made["actors"] == []


def test_places_and_days_are_told_as_ranges(store: Store):
    text = article(1)
    whole = coded(text, Act(place="IRQ"), Act(place="SDN"))
    day = Evidence(part="day", span=Span(30, 34), why="day")
    whole = replace(whole, events=tuple(replace(one, evidence=(*one.evidence, day)) for one in whole.events))
    first, second = whole.events
    with store.writing() as db:
        add(db, text)
        keep(db, whole)
        judge(db, first.id, "place", "SDN")
        judge(db, first.id, "day", "2020-01-01")
        judge(db, second.id, "day", DAY.isoformat())
    (row,) = rows(store)
    one, other = row["events"]
    assert one["place"] == other["place"] == [second.place.span.start, second.place.span.stop]
    assert "time" not in one
    assert other["time"] == [30, 34]


def test_a_judged_event_that_a_newer_run_has_not_found_is_told_too(store: Store):
    text = article(1)
    old = coded(text, Act(type=EventType.AID, actors=(4,)), coder="first")
    with store.writing() as db:
        add(db, text)
        keep(db, old)
        judge(db, old.events[0].id, "status", "PLANNED")
        keep(db, coded(text, coder="second"))
    (row,) = rows(store)
    (made,) = row["events"]
    assert (made["type"], made["status"]) == ("AID", "PLANNED")
    assert row["entities"][made["actors"][0]]["code"] == "IRQ"


def test_the_measuring_tools_read_what_is_told(store: Store, whole):
    import msgspec

    with store.writing() as db:
        for one in whole.events:
            judge(db, one.id, "event", "yes")
    lines = [msgspec.json.encode(row).decode() for row in rows(store)]
    read = list(parse(lines, "judgements"))
    assert sum(len(record.acts) for record in read) == len(whole.events)
    assert {record.language for record in read} == {"ar"}


def test_judgements_go_with_the_article_that_they_are_about(store: Store, whole):
    from marsad.store import forget

    with store.writing() as db:
        judge(db, whole.events[0].id, "event", "no")
    forget.forget(store, whole.article.id, name="me", now=NOW)
    with store.reading() as db:
        assert judgements.listed(db) == []
        assert articles.seqs(db, [whole.article.id]) == {}
