"""Judged sentences in the form that the model learns from: the machine's value, mended by what persons hold.

A sentence is told where at least one of its events has been judged; the others in it are as the machine has them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from marsad.knowledge import ontology
from marsad.store import articles, codings, judgements
from marsad.store.rows import parts
from marsad.store.schema import coding, event, judgement
from marsad.store.values import NONE, OF_EVENT, several
from marsad.types import Article, Coding, Event, Judgement, Kind, Mention, Span

#: Articles that are read at a time.
SOME = 200
#: Who is meant by a state or an actor, the likeliest first: itself, its bodies, those who speak for it.
_RANK = (Kind.STATE, Kind.ORG, Kind.GROUP, Kind.PERSON, Kind.OFFICE)
Standing = Mapping[str, Mapping[str, Judgement]]


def corpus(db: Connection) -> Iterator[dict[str, Any]]:
    """Each sentence with a judged event: ``id, text, lang, source, date, doc, entities, events``.

    Offsets count code points of the sentence, half open. A party that stands in another sentence is left out, and so is
    one that a judgement names and the sentence does not.
    """
    asked = select(judgement.c.article).where(judgement.c.field.in_(list(OF_EVENT))).distinct()
    numbers = sorted(db.execute(asked).scalars())
    for some in parts(numbers, SOME):
        counting = codings.current(db, some)
        read = {one.article.id: one for one in codings.by_seq(db, list(counting.values())).values()}
        ids = [text.id for text in articles.by_seq(db, some).values()]
        said = judgements.standing(db, [*ids, *_targets(db, some)])
        lost = _lost(db, some, said, read)
        for id in ids:  # noqa: A001 (the field's word)
            if id in read:
                yield from _sentences(_with(read[id], lost.get(id, ())), said)


def _targets(db: Connection, numbers: Sequence[int]) -> list[str]:
    asked = select(judgement.c.target).where(judgement.c.article.in_(numbers), judgement.c.what == "event")
    return list(db.execute(asked.distinct()).scalars())


def _lost(
    db: Connection, numbers: Sequence[int], said: Standing, read: Mapping[str, Coding]
) -> dict[str, list[tuple[Event, Coding]]]:
    """By article, the judged events that the newest run has not found again, each with the last coding that has it."""
    known = {one.id for whole in read.values() for one in whole.events}
    wanted = [id for id in said if id not in known]  # noqa: A001
    asked = select(event.c.id, coding.c.seq).join(coding, coding.c.seq == event.c.coding)
    asked = asked.where(event.c.article.in_(numbers), event.c.id.in_(wanted)).order_by(coding.c.seq)
    last: dict[str, int] = dict(db.execute(asked).all())
    former = codings.by_seq(db, sorted(set(last.values())))
    found: dict[str, list[tuple[Event, Coding]]] = defaultdict(list)
    for id, seq in last.items():  # noqa: A001
        whole = former[seq]
        found[whole.article.id].append((next(one for one in whole.events if one.id == id), whole))
    return found


def _with(whole: Coding, lost: Sequence[tuple[Event, Coding]]) -> Coding:
    """The coding with judged events of former ones, and with the mentions that those name."""
    if not lost:
        return whole
    mentions = dict.fromkeys(whole.mentions)
    places = {(one.span, one.kind) for one in whole.mentions}
    for one, _ in lost:
        for who in (*one.actors, *one.recipients, one.speaker, one.place):
            if who is not None and (who.span, who.kind) not in places:
                mentions[who] = None
    return Coding(
        article=whole.article,
        sentences=whole.sentences,
        mentions=tuple(sorted(mentions, key=lambda one: one.span)),
        events=tuple(sorted((*whole.events, *(one for one, _ in lost)), key=lambda one: one.trigger)),
        coder=whole.coder,
        measured=whole.measured,
    )


def _sentences(whole: Coding, said: Standing) -> Iterator[dict[str, Any]]:
    of_article = said.get(whole.article.id, {})
    for n, span in enumerate(whole.sentences):
        inside = [one for one in whole.events if span.start <= one.trigger.start < one.trigger.stop <= span.stop]
        if not any(one.id in said and any(field in OF_EVENT for field in said[one.id]) for one in inside):
            continue
        sentence = _Sentence(whole.article, span, [one for one in whole.mentions if _inside(one.span, span)])
        yield {
            "id": f"{whole.article.id}-{n}",
            "text": span.of(whole.article.text),
            **_told(whole.article, of_article),
            "doc": whole.article.id,
            "entities": [sentence.entity(one) for one in sentence.mentions],
            "events": [made for one in inside if (made := sentence.event(one, said.get(one.id, {})))],
        }


def _inside(span: Span, outer: Span) -> bool:
    return outer.start <= span.start and span.stop <= outer.stop


def _told(article: Article, judged: Mapping[str, Judgement]) -> dict[str, Any]:
    """Language, source and date of an article, as judged or as they are known."""
    published = article.published.isoformat() if article.published else None
    date = judged["published"].value if "published" in judged else published
    told: dict[str, Any] = {
        "lang": judged["language"].value if "language" in judged else article.language,
        "source": judged["source"].value if "source" in judged else article.source or article.url or "",
    }
    return told if date in (None, NONE) else {**told, "date": date}


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One sentence of an article, and the mentions in it."""

    article: Article
    span: Span
    mentions: list[Mention]

    def entity(self, one: Mention) -> dict[str, Any]:
        """A mention in the corpus form."""
        at = one.span.shift(-self.span.start)
        return {
            "start": at.start,
            "stop": at.stop,
            "text": one.span.of(self.article.text),
            "type": one.kind.value,
            "code": one.country,
            "sector": one.sector.value if one.sector else None,
        }

    def event(self, one: Event, judged: Mapping[str, Judgement]) -> dict[str, Any] | None:
        """An event in the corpus form; None where a person holds that it is none."""
        value = {field: given.value for field, given in judged.items()}
        if value.get("event") == "no":
            return None
        type_ = value.get("type", one.type.value)
        mode = value.get("mode", one.mode or NONE)
        made: dict[str, Any] = {
            "trigger": self._range(one.trigger),
            "text": one.trigger.of(self.article.text),
            "type": type_,
            "mode": mode if mode in ontology.modes(type_) else None,
            "status": value.get("status", one.status.value),
            "context": list(one.contexts),
            "actors": self._parties(value.get("actors"), one.actors, one.trigger),
            "recipients": self._parties(value.get("recipients"), one.recipients, one.trigger),
            "speaker": next(iter(self._parties(value.get("speaker"), _maybe(one.speaker), one.trigger)), None),
            "voice": value.get("voice", one.voice.value),
        }
        if place := self._place(value.get("place"), one):
            made["place"] = place
        if time := self._time(value.get("day"), one):
            made["time"] = time
        return made

    def _range(self, span: Span) -> list[int]:
        at = span.shift(-self.span.start)
        return [at.start, at.stop]

    def _parties(self, value: str | None, found: Sequence[Mention], trigger: Span) -> list[int]:
        """The numbers of the mentions that are meant: the machine's, or those that fit what was judged."""
        if value is None:
            named = {(one.span, one.kind) for one in found}
            return [n for n, one in enumerate(self.mentions) if (one.span, one.kind) in named]
        chosen = [self._meant(one, found, trigger) for one in several(value)]
        return list(dict.fromkeys(n for n in chosen if n is not None))

    def _meant(self, who: str, found: Sequence[Mention], trigger: Span) -> int | None:
        """The mention of ``who`` (an actor, a country, a phrase): one that the machine took, else the likeliest."""
        named = {(one.span, one.kind) for one in found}
        fitting = [
            ((one.span, one.kind) not in named, _RANK.index(one.kind), abs(one.span.start - trigger.start), n)
            for n, one in enumerate(self.mentions)
            if one.kind in _RANK and who in (one.actor, one.country, one.span.of(self.article.text))
        ]
        return min(fitting)[3] if fitting else None

    def _place(self, value: str | None, one: Event) -> list[int] | None:
        if value is None or (one.place is not None and one.place.country == value):
            return self._range(one.place.span) if one.place and _inside(one.place.span, self.span) else None
        places = [each for each in self.mentions if each.kind is Kind.PLACE and each.country == value]
        nearest = min(places, key=lambda each: abs(each.span.start - one.trigger.start), default=None)
        return self._range(nearest.span) if nearest else None

    def _time(self, value: str | None, one: Event) -> list[int] | None:
        """The phrase that gave the day, as long as no other day was judged."""
        if value is not None and value != (one.day.isoformat() if one.day else NONE):
            return None
        spans = [each.span for each in one.evidence if each.part == "day" and _inside(each.span, self.span)]
        return self._range(spans[0]) if spans else None


def _maybe(one: Mention | None) -> tuple[Mention, ...]:
    return () if one is None else (one,)
