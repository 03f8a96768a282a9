"""What is asked of a desk as objects of JSON, the same at the command line (``--json``) and in the API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from marsad.desk.pairs.related import Related, Triangle
from marsad.desk.questions.asking import Alike, Version
from marsad.export.acts import judged_record
from marsad.export.changes import change_records
from marsad.export.course import course_record
from marsad.export.law_record import citation
from marsad.export.law_record import name as both
from marsad.export.lines import record as line_record
from marsad.export.series import series_record
from marsad.knowledge.files import DATA
from marsad.knowledge.instruments import Law
from marsad.knowledge.ladders import Level
from marsad.store.sources import Followed
from marsad.types import Article, Coding, Holding, Judgement, Story


def relation_record(found: Related, lang: str) -> dict[str, Any]:
    """How two stand to each other."""
    return {
        "forth": series_record(found.forth.series),
        "back": series_record(found.back.series),
        "changes": list(change_records(found.changes)),
        "course": course_record(found.course, found.cited, lang),
        "rises": [one._asdict() for one in found.rises],
        "left": found.left,
    }


def triangle_record(found: Triangle, lang: str) -> dict[str, Any]:
    """How three stand to each other."""
    return {
        "sides": found.sides,
        "pairs": [series_record(one.series) for one in found.pairs],
        "course": course_record(found.course, found.cited, lang),
        "rises": [one._asdict() for one in found.rises],
        "left": found.left,
    }


def judgement_record(one: Judgement) -> dict[str, Any]:
    """What a person holds of something."""
    return {
        "id": one.id,
        "target": one.target,
        "field": one.field,
        "value": one.value,
        "name": one.name,
        "reason": one.reason,
        "at": one.at,
    }


def source_record(one: Followed) -> dict[str, Any]:
    """One that publishes, with how its feed goes."""
    source = one.source
    return {
        "id": source.id,
        "name": source.name,
        "country": source.country,
        "kind": source.kind,
        "owner": source.owner,
        "zone": source.zone,
        "url": source.url,
        "feed": source.feed,
        "followed": bool(source.feed) and source.enabled,
        "articles": one.articles,
        "last_success": one.succeeded,
        "last_new": one.renewed,
        "error": one.fetch.error if one.fetch else None,
    }


def holding_record(holding: Holding) -> dict[str, Any]:
    """Whom a name means, with the office."""
    person, office = holding.person, holding.office
    return {
        "actor": holding.actor,
        "person": (person.en or None) if person else None,
        "person_ar": (person.ar or None) if person else None,
        "office": (office.en or None) if office else None,
        "office_ar": (office.ar or None) if office else None,
        "role": holding.role,
        "country": holding.country,
        "sector": holding.sector.value if holding.sector else None,
        "since": holding.since.isoformat() if holding.since else None,
        "until": holding.until.isoformat() if holding.until else None,
        "former": holding.former,
        "stale": holding.stale,
        "score": holding.score,
        "why": holding.why,
        "source": holding.source,
    }


def level_record(one: Level) -> dict[str, Any]:
    """What a rung means."""
    return {
        "rung": f"{one.ladder}{one.level}",
        "name": dict(one.name),
        "definition": dict(one.definition),
        "cues": {lang: list(words) for lang, words in one.cues.items()},
        "examples": {lang: list(words) for lang, words in one.examples.items()},
        "cameo": list(one.cameo),
        "source": one.source,
    }


def law_record(law: Law) -> dict[str, Any]:
    """A law in the list of all; ``own`` where its file did not come with Marsad."""
    one = law.instrument
    return {
        "id": one.id,
        "name": both(one.name),
        "cite": citation(one.cite),
        "valid_from": one.versions[0].valid_from,
        "valid_to": one.versions[-1].valid_to,
        "versions": len(one.versions),
        "elements": len({key for version in one.versions for key in version.elements}),
        "file": str(law.path),
        "own": not law.path.is_relative_to(DATA),
    }


# --- an article ------------------------------------------------------------------------------------------------------


class _Asked(Protocol):
    """A desk, as far as it is asked here."""

    def article(self, id: str) -> Article: ...  # noqa: A002
    def coding(self, id: str) -> Coding | None: ...  # noqa: A002
    def story_of(self, id: str) -> Story | None: ...  # noqa: A002
    def versions(self, id: str) -> list[Version]: ...  # noqa: A002
    def articles(self, ids: list[str]) -> dict[str, Article]: ...
    def alike(self, story: Story) -> list[Alike]: ...
    def judged(self, ids: list[str]) -> dict[str, dict[str, Judgement]]: ...


@dataclass(frozen=True, slots=True)
class Known:
    """An article with what was found in it, its versions, its story, and what persons hold."""

    article: Article
    coding: Coding | None
    versions: list[Version]
    story: Story | None
    others: Mapping[str, Article]
    alike: list[Alike]
    judged: Mapping[str, Mapping[str, Judgement]]

    @classmethod
    def of(cls, desk: _Asked, written: str) -> Known:
        """All that the store has of the article with this id, its beginning, or at this address."""
        article = desk.article(written)
        coding = desk.coding(article.id)
        story = desk.story_of(article.id)
        ids = [one for one in story.articles if one != article.id] if story else []
        about = [article.id, *(event.id for event in coding.events)] if coding else [article.id]
        return cls(
            article=article,
            coding=coding,
            versions=desk.versions(article.id),
            story=story,
            others=desk.articles(ids),
            alike=[one for one in desk.alike(story) if article.id in (one.one, one.other)] if story else [],
            judged=desk.judged(about),
        )

    def as_coded(self) -> Coding:
        """The coding; an empty one, made by nobody, where the article waits for it."""
        return self.coding or Coding(article=self.article, sentences=(), mentions=(), events=(), coder="")

    def why(self, other: str) -> Alike | None:
        """Why ``other`` is the same story as this article, where the two are linked themselves."""
        return next((one for one in self.alike if other in (one.one, one.other)), None)


def article_record(known: Known) -> dict[str, Any]:
    """The object of the line format with the text, and behind it what only a store knows."""
    one = known.article
    made = line_record(known.as_coded(), text=True)
    made |= {
        "coder": known.coding.coder if known.coding else None,
        "url": one.url,
        "source": one.source,
        "author": one.author,
        "published": one.published,
        "published_from": one.published_from,
        "fetched": one.fetched,
        "versions": [
            {"article": each.article.id, "fetched": each.article.fetched, "current": each.current}
            for each in known.versions
        ],
        "story": None if known.story is None else _story(known, known.story),
    }
    judged = {target: judged_record(fields) for target, fields in known.judged.items()}
    return made | ({"judged": judged} if judged else {})


def _story(known: Known, story: Story) -> dict[str, Any]:
    def told(id: str, one: Article) -> dict[str, Any]:  # noqa: A002 (the field's word)
        why = known.why(id)
        return {**_brief(id, one), "score": why and round(why.score, 4), "why": why and why.why}

    return {"id": story.id, "articles": [told(id, one) for id, one in known.others.items()]}  # noqa: A001


def _brief(id: str, one: Article) -> dict[str, Any]:  # noqa: A002 (the field's word)
    return {
        "article": id,
        "title": one.title.of(one.text) if one.title else None,
        "url": one.url,
        "source": one.source,
        "published": one.published,
    }


def story_record(story: Story, articles: Mapping[str, Article], alike: list[Alike]) -> dict[str, Any]:
    """A story: its articles, the earliest first, and why they stand in it together, the surest first."""

    def told() -> Iterator[dict[str, Any]]:
        for id in story.articles:  # noqa: A001 (the field's word)
            if id in articles:
                yield {**_brief(id, articles[id]), "language": articles[id].language}

    return {
        "id": story.id,
        "first": story.first,
        "last": story.last,
        "articles": list(told()),
        "alike": [{"one": one.one, "other": one.other, "score": round(one.score, 4), "why": one.why} for one in alike],
    }
