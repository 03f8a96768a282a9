"""Alerts: what a watch tells of, in one sentence made from templates, with the sentences that it rests on. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from urllib.parse import quote

from marsad.alert.because import of_article, of_reports, of_tellings, publisher, rank
from marsad.alert.names import called, in_words, listed, said, speaker, weapons
from marsad.alert.news import Denied, Risen, Told
from marsad.identity import alert_id
from marsad.knowledge import ontology
from marsad.knowledge.ladders import ladders
from marsad.knowledge.templates import named
from marsad.text.written import digits
from marsad.types import (
    Alert,
    Article,
    Because,
    Change,
    EventType,
    Ladder,
    Mention,
    Name,
    Occurrence,
    Report,
    Source,
    Stage,
    Voice,
    Watch,
)

#: What a sentence may be filled with, and is not.
_NOTHING = Name(ar="", en="")


def event(watch: Watch, told: Told, key: str, now: datetime) -> Alert:
    """An act that a watch tells of."""
    act = told.act
    best = min(told.reports, key=_rank)
    words = said(
        "event",
        _shape(act),
        status=said("status", act.status.value),
        day=_day(act.day),
        voice=_voice(best.event.voice, best.event.speaker, best.article),
        papers=_papers((one.article, one.source) for one in told.reports),
        **_parts(told),
    )
    because = of_reports(told.reports)
    return _alert(watch, act.id, words, key, now, because=because, day=act.day, link=f"/event/{act.id}")


def rung(watch: Watch, risen: Risen, stage: Stage, key: str, now: datetime) -> Alert:
    """A rung that a watch tells of, at a stage."""
    reached = risen.reached
    one = reached.rung
    best = min(risen.tellings, key=lambda each: rank(each.rung.voice, each.rung.speaker))
    words_of = ladders().level(one.ladder, reached.effective).name
    level = Name(ar=words_of["ar"], en=words_of["en"])
    items = weapons(one.items)
    given: dict[str, object] = {
        "level": said("turn", one.turn.value, level=level),
        "rung": f"{one.ladder}{reached.effective}",
        "standing": said("standing", "reading" if one.voice is Voice.READING else stage.value),
        "day": _day(one.day),
        "voice": _voice(best.rung.voice, best.rung.speaker, best.article),
        "papers": _papers((each.article, each.source) for each in risen.tellings),
    }
    if one.ladder is Ladder.L:
        shown = said("word", "items", items=items) if items else _NOTHING
        words = said("rung", "L", one=called(one.near), other=called(one.counterpart), items=shown, **given)
    else:
        near = said("word", "everybody") if one.near is None else _hit(risen, one.party, one.near)
        over = said("word", "over", side=called(one.counterpart)) if one.counterpart else _NOTHING
        words = said("rung", "W", sanctioner=called(one.sanctioner), near=near, over=over, **given)
    because = of_tellings(risen.tellings)
    return _alert(
        watch, reached.id, words, key, now, because=because, day=one.day, link=_course(watch, risen), stage=stage
    )


def denial(watch: Watch, denied: Denied, key: str, now: datetime) -> Alert:
    """A denial that a watch tells of: first who denies, then who said it."""
    act = denied.claim.act
    best = min(denied.denials, key=_rank)
    words = said(
        "denial",
        "said",
        act=said("denial", _shape(act), **_parts(denied.claim)),
        by=_by(best),
        papers=_papers((one.article, one.source) for one in denied.denials),
    )
    denying = {one.event.id for one in denied.denials}
    claims = [one for one in denied.claim.reports if one.event.id not in denying]
    because = _beside(of_reports(denied.denials), of_reports(claims))
    day = best.event.day or best.article.published
    return _alert(watch, act.id, words, key, now, because=because, day=day, link=f"/event/{act.id}")


def change(watch: Watch, turned: Change, reports: Sequence[Report], key: str, now: datetime) -> Alert:
    """A change that a watch tells of, with reports of the acts that made it."""
    more = turned.after >= turned.before
    words = said(
        "change",
        "more" if more else "less",
        one=called(turned.source),
        other=called(turned.target),
        quad=said("quad", turned.quad),
        day=turned.day,
        found=turned.found,
        before=_rate(turned.before),
        after=_rate(turned.after),
    )
    subject = f"{turned.source}>{turned.target}:{turned.quad}:{turned.day}"
    link = f"/relation/{quote(turned.source)}/{quote(turned.target)}"
    return _alert(watch, subject, words, key, now, because=of_reports(reports), day=turned.found, link=link)


def finding(
    watch: Watch,
    entity: str,
    law: tuple[str, Name],
    labels: tuple[str, str],
    day: date,
    because: tuple[Because, ...],
    now: datetime,
    name: Name | None = None,
) -> Alert:
    """A label of a law (id and name) for a body that is another than before; ``labels`` are before and after."""
    before, after = labels
    known = called(entity)
    who = name if name and name.en and known.en == entity else known
    words = said(
        "finding",
        "label",
        who=who,
        law=Name(ar=law[1].ar.partition(":")[0], en=law[1].en.partition(":")[0]),
        before=named("label_text", before),
        after=named("label_text", after),
    )
    subject = f"{entity} {law[0]}"
    key = f"{subject} {after} {now.isoformat()}"
    link = f"/finding/{quote(entity)}/{quote(law[0])}"
    return _alert(watch, subject, words, key, now, because=because, day=day, link=link, stage=after)


def silence(watch: Watch, source: Source, last: datetime, now: datetime, newest: Article | None = None) -> Alert:
    """A source from which nothing new has come since ``last``, with the ``newest`` of its articles."""
    days = (now - last).days
    words = said("silence", "since", source=source.name or source.id, days=days, day=last.date())
    key = f"silence {source.id} {last.isoformat()}"
    because = (of_article(newest, source),) if newest else ()
    return _alert(watch, source.id, words, key, now, because=because, day=now.date(), link="/sources")


# --- the parts of a sentence -----------------------------------------------------------------------------------------


def _alert(
    watch: Watch,
    subject: str,
    words: Name,
    key: str,
    now: datetime,
    *,
    because: tuple[Because, ...] = (),
    day: date | None = None,
    link: str = "/",
    stage: str | None = None,
) -> Alert:
    since = watch.created.isoformat() if watch.created else ""
    return Alert(
        id=alert_id(watch.id, since, key),
        watch=watch.id,
        trigger=watch.trigger,
        subject=subject,
        found=now,
        said=words,
        because=because,
        stage=None if stage is None else str(stage),
        day=day,
        link=link,
        held=watch.muted is not None and now < watch.muted,
    )


def _rank(one: Report) -> tuple[int, bool, bool]:
    nobody = one.event.speaker is None and not (one.event.type is EventType.REJECT and one.event.actors)
    return (*rank(one.event.voice, one.event.speaker), nobody)


def _shape(act: Occurrence) -> str:
    if act.actors:
        return "both" if act.recipients else "actor"
    return "recipient" if act.recipients else "nobody"


def _parts(told: Told) -> dict[str, Name]:
    act = told.act
    kind = said("type", act.type.value)
    if act.mode and (entry := ontology.modes(act.type).get(act.mode)):
        kind = said("word", "kind", type=kind, mode=Name(ar=entry.name["ar"], en=entry.name["en"]))
    made = {"what": kind}
    words = [(one.event, one.article) for one in told.reports]
    for place, who in (("one", act.actors), ("other", act.recipients)):
        if who:
            made[place] = listed([called(one, in_words(one, words)) for one in who])
    return made


def _rate(value: float) -> Name:
    """How many a day."""
    return Name(ar=digits(f"{value:.2f}", "ar"), en=f"{value:.2f}")


def _day(day: date | None) -> Name:
    return said("word", "day", day=day) if day else _NOTHING


def _voice(voice: Voice, who: Mention | None, article: Article) -> Name:
    """In whose words it is told."""
    if voice in (Voice.ANONYMOUS, Voice.REPORT):
        return said("voice", voice.value)
    if who is None:
        return said("voice", f"{voice.value}_unnamed")
    return said("voice", voice.value, who=speaker(who, article.text))


def _by(one: Report) -> Name:
    """Who denies: who speaks, or who is said to deny; else the paper itself."""
    spoken = one.event
    if spoken.voice is Voice.ANONYMOUS:
        return said("word", "unnamed_sources")
    if spoken.speaker:
        return speaker(spoken.speaker, one.article.text)
    if spoken.type is EventType.REJECT and spoken.actors:
        return speaker(spoken.actors[0], one.article.text)
    name = publisher(one.article, one.source)
    return Name(ar=name, en=name)


def _papers(given: Iterable[tuple[Article, Source | None]]) -> Name:
    n = len({publisher(*one) for one in given})
    return said("word", "paper") if n == 1 else said("word", "papers", n=n)


def _beside(first: Sequence[Because], second: Sequence[Because]) -> tuple[Because, ...]:
    """What is said and what is said against it: three of the first at most, as far as there are others."""
    half = max(3, 5 - len(second))
    return (*first[:half], *second[: 5 - len(first[:half])])


def _hit(risen: Risen, party: str | None, near: str) -> Name:
    """The body that a signal is about, as far as it can be named; else its state."""
    if party is None:
        return called(near)
    words = in_words(party, ((one.report.event, one.article) for one in risen.tellings if one.report))
    return called(party, words or called(near))


def _course(watch: Watch, risen: Risen) -> str:
    """The page of the pair, by what the watch asks for where the rung leaves it open; else the article."""
    one, query = risen.reached.rung, watch.query
    near, counterpart = one.near or query.near, one.counterpart or query.counterpart
    if not near or not counterpart:
        return f"/article/{one.article}"
    return f"/relation/{quote(near)}/{quote(counterpart)}"
