"""One brief a pair: from the store to what is shown of where it stands, what moved, was said, denied and read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from marsad.assess.entities import is_body
from marsad.desk.pairs.climbing import of_body, read_low, sentences_of
from marsad.desk.pairs.turning import turned
from marsad.errors import SettingsError
from marsad.export.brief_shown import Brief, Denial, Statement
from marsad.export.finding_shown import Shown
from marsad.export.quotes import Quotation, quotations
from marsad.export.rows import Sentences, clean
from marsad.identity import state_of
from marsad.knowledge.countries import countries
from marsad.relate.course import course as course_of
from marsad.store import Connection, coverage, events, reached, told, work
from marsad.text import fold_text
from marsad.types import Change, Course, Coverage, EventType, Mention, Reached, Report, Sector, Standing, Status, Voice

if TYPE_CHECKING:
    from marsad.desk import Desk

#: Days of a brief where nobody says since when, and of a week's.
MONTH, WEEK = 30, 7
#: Statements and denials that are looked at, the latest.
MOST = 60
#: Reports of what is denied that are shown beside the denial.
CLAIMS = 3
#: Who speaks for a state, or a body of states.
_OFFICIAL = frozenset({Sector.GOV, Sector.LEG, Sector.JUD, Sector.MIL, Sector.SPY, Sector.COP, Sector.IGO})


def brief(
    desk: Desk,
    one: str,
    other: str,
    *,
    since: date | None = None,
    until: date | None = None,
    sanctioner: str | None = None,
    lang: str | None = None,
) -> Brief:
    """What is newly known of two (ids of actors) from ``since`` to ``until``; today, and a month, without them.

    ``sanctioner`` is whose warnings are told; without it the one of the settings, where that is none of the two.
    ``lang`` is that of the lines of known cases. Raises :class:`SettingsError` where ``since`` is later than ``until``,
    where the two are of one side, and where the sanctioner is one of them.
    """
    sides = (state_of(one), state_of(other))
    if sides[0] == sides[1]:
        raise SettingsError(f"{one} and {other} are of one side", do="give two that are apart")
    if sanctioner is not None and state_of(sanctioner) in sides:
        raise SettingsError(f"{sanctioner} is one of the two", do="give another side that warns")
    if sanctioner is None and desk.settings.sanctioner not in sides:
        sanctioner = desk.settings.sanctioner or None
    last = until or desk.today()
    first = since or last - timedelta(MONTH - 1)
    if first > last:
        raise SettingsError(f"since {first} is later than {last}", do="give a time that begins before it ends")
    speakers = [*sides, *([state_of(sanctioner)] if sanctioner else [])]
    findings = tuple(_findings(desk, (one, other), last, lang))
    with desk.store.reading() as db:
        course, before = _climbed(db, one, other, sanctioner, first, last)
        beside = sorted({each.rung.article for each in course.reached})
        said = told.said(db, speakers, sides, first, last, beside=beside, limit=MOST)
        denied = told.denied(db, sides, first, last, beside=beside, limit=MOST)
        return Brief(
            one=one,
            other=other,
            sanctioner=sanctioner,
            since=first,
            until=last,
            course=course,
            before=before.standing,
            cited=sentences_of(db, _shown(course)),
            changes=tuple(_changes(db, one, other, first, last, desk.settings.persist)),
            statements=tuple(statements(said)),
            denials=tuple(_denials(db, denied)),
            findings=findings,
            coverage=_coverage(db, first, last, speakers),
            waiting=next((each.waiting for each in work.counts(db) if each.stage == "coded"), 0),
            cut=MOST in (len(said), len(denied)),
        )


def _climbed(
    db: Connection, one: str, other: str, sanctioner: str | None, since: date, until: date
) -> tuple[Course, Course]:
    """The course of a pair in a time, and that up to the day before it."""
    near, counterpart = state_of(one), state_of(other)
    found = reached.of_pair(db, near, counterpart, sanctioner, None, until)
    chosen: Sequence[Reached] = read_low(db, found, near, counterpart, sanctioner, until)
    for body in (one, other):
        chosen = of_body(db, chosen, body) if "." in body else chosen
    sides = (near, counterpart, sanctioner)
    return course_of(chosen, *sides, until, since), course_of(chosen, *sides, since - timedelta(1))


def _shown(course: Course) -> list[Reached]:
    """The rungs of a course, and those that it stands on, each once."""

    def of(standing: Standing) -> Iterator[Reached]:
        yield from (one for one in (standing.highest, standing.unconfirmed, standing.latest) if one)

    both = (*course.reached, *(one for standing in course.standing.values() for one in of(standing)))
    return list({one.id: one for one in both}.values())


def _findings(desk: Desk, pair: tuple[str, str], day: date, lang: str | None) -> Iterator[Shown]:
    """The findings of the laws about dealings of one of a pair with the other, those furthest first."""
    for of, side in (pair, pair[::-1]):
        whom = of if "." not in of or is_body(of) else state_of(of)
        if state_of(whom) in countries():
            yield from desk.assess(whom, on=day, counterpart=state_of(side), lang=lang).findings


def statements(said: Iterable[Report]) -> list[Statement]:
    """What was said, each once: the words themselves before what is retold, officials before others, the latest first.

    Of what is retold the sentence stands; where words of it are quoted, those stand for it. What papers say of
    themselves is left out.
    """
    reports = [one for one in said if one.event.speaker or one.event.voice is Voice.VERBATIM]
    quoted = [one for one in reports if one.event.voice is Voice.VERBATIM]
    there = {(one.article.id, one.event.sentence) for one in quoted}
    retold = [one for one in reports if (one.article.id, one.event.sentence) not in there]
    found = [
        one for one in (*quotations(quoted), *_retold(retold)) if one.speaker and one.speaker.sector is not Sector.MED
    ]
    made = [Statement(quoted=one, official=_official(one.speaker)) for one in found]
    made.sort(key=lambda one: one.quoted.first.article.published or date.min, reverse=True)
    made.sort(key=lambda one: (one.quoted.first.event.voice is not Voice.VERBATIM, not one.official))
    return made


def _retold(reports: Iterable[Report]) -> Iterator[Quotation]:
    """The sentences in which words are retold, each once; of a side in one article one alone."""
    within = Sentences()
    made: dict[str, Quotation] = {}
    heard: dict[tuple[str, str | None], str] = {}
    for one in reports:
        speaker = one.event.speaker
        key = fold_text(sentence := within.of(one))
        if speaker is None or heard.setdefault((one.article.id, speaker.country), key) != key:
            continue
        words = clean(speaker.span.of(one.article.text))
        made.setdefault(key, Quotation(speaker, words, sentence)).reports.append(one)
    yield from made.values()


def _official(speaker: Mention | None) -> bool:
    return speaker is not None and speaker.sector in _OFFICIAL and not speaker.former


def _denials(db: Connection, denied: Sequence[Report]) -> Iterator[Denial]:
    """The denials with what they deny, each sentence once: reports of the same act, or the event that it is about.

    That nobody would comment denies nothing.
    """
    kept = [one for one in denied if one.event.type is not EventType.REJECT]
    about = events.by_id(db, sorted({one.event.about for one in kept if one.event.about}))
    told_of = told.of_acts(db, sorted({one.occurrence for one in kept if one.occurrence}))
    others = events.by_id(db, sorted({key for some in told_of.values() for key in some}))
    within = Sentences()
    found: dict[str, Denial] = {}
    for one in kept:
        reports = [others[key] for key in told_of.get(one.occurrence or "", ()) if key in others]
        if named := about.get(one.event.about or ""):
            reports = [named, *(each for each in reports if each.event.id != named.event.id)]
        claims = tuple(each for each in reports if _reports(each, one))[:CLAIMS]
        sentence = within.of(one)
        # A sentence that denies two acts stands once: with the one that somebody has reported.
        if sentence not in found or (claims and not found[sentence].claims):
            found[sentence] = Denial(denial=one, claims=claims)
    yield from found.values()


def _reports(claim: Report, denial: Report) -> bool:
    """Whether a report holds what another article denies."""
    return claim.event.status is not Status.DENIED and claim.article.id != denial.article.id


def _changes(db: Connection, one: str, other: str, since: date, until: date, persist: int) -> list[Change]:
    made = turned(db, [(one, other), (other, one)], since, until, persist)
    return sorted(made, key=lambda each: (each.found, each.strength), reverse=True)


def _coverage(db: Connection, since: date, until: date, sides: Sequence[str]) -> Coverage:
    """What was read, and which of the sides no paper is from."""
    found = coverage.coverage(db, since, until)
    return replace(found, missing=tuple(side for side in sides if not found.countries.get(side)))
