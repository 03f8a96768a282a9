"""The country of a mention, where a rule is surer than the model; and of generic actors, from the article.

A name of the gazetteer inside the phrase («ريف حلب السورية») overrules the model; a generic actor («الحكومة»,
«الشرطة») for which the model knows none takes the article's dominant country.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from marsad.knowledge import gazetteer
from marsad.knowledge.countries import NO_STATE
from marsad.types import ACTING, Annotation, Kind, Mention, Sector

INSIDE, DOMINANT = "country-in-phrase", "country-of-article"
#: Kinds whose country is not read off a name inside them: a treaty's may hold a place's.
_NOT_BY_NAME = frozenset({Kind.LAW})
#: A country is dominant when it has this share of the article's coded mentions, and at least so many.
_SHARE, _LEAST = 0.5, 3
_STATE_SECTORS = frozenset({Sector.GOV, Sector.LEG, Sector.JUD, Sector.MIL, Sector.COP, Sector.SPY})


def _inside(mention: Mention, hits: list[gazetteer.Hit]) -> str | None:
    """The code of the first name inside the phrase; towns and regions count in places only."""
    if mention.kind in _NOT_BY_NAME:
        return None
    for hit in hits:
        within = mention.span.start <= hit.span.start and hit.span.stop <= mention.span.stop
        if within and (hit.kind != "place" or mention.kind is Kind.PLACE):
            return None if mention.country in NO_STATE else hit.code
    return None


def inside(annotation: Annotation) -> list[str | None]:
    """For each mention the code that a name inside its phrase gives it; none for what the model holds stateless."""
    hits = gazetteer.find(annotation.article.text, places=True)
    starts = 0
    found = []
    for mention in annotation.mentions:
        while starts < len(hits) and hits[starts].span.stop <= mention.span.start:
            starts += 1
        near = []
        k = starts
        while k < len(hits) and hits[k].span.start < mention.span.stop:
            near.append(hits[k])
            k += 1
        found.append(_inside(mention, near))
    return found


def dominant(mentions: tuple[Mention, ...]) -> str | None:
    """The country that at least half of the coded mentions share, or None."""
    count = Counter(m.country for m in mentions if m.country and m.country not in NO_STATE)
    if not count:
        return None
    (code, n), total = count.most_common(1)[0], count.total()
    return code if n >= _LEAST and n >= _SHARE * total else None


def of_article(mention: Mention, whole: str | None) -> Mention:
    """The mention with the article's dominant country, if it is an organ of a state and has none."""
    if whole and mention.country is None and mention.kind in ACTING and mention.sector in _STATE_SECTORS:
        actor = f"{whole}.{mention.actor}" if mention.actor else None
        return replace(mention, country=whole, actor=actor, why=DOMINANT)
    return mention
