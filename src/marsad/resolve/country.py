"""The country of a mention, where a rule is surer than the model; and of generic actors, from the article.

The model gives each mention a code. A name of the gazetteer inside the phrase («وزارة الخارجية التركية») overrules
it; a generic actor («الحكومة», «الشرطة») for which the model knows none takes the article's dominant country.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from marsad.knowledge import gazetteer, people
from marsad.knowledge.countries import NO_STATE
from marsad.types import ACTING, Annotation, Kind, Mention, Sector

INSIDE, HOLDER, DOMINANT = "country-in-phrase", "office-holder", "country-of-article"
#: Kinds whose country is not read off a name inside them: a person's name or a treaty's may hold a place's.
_NOT_BY_NAME = frozenset({Kind.LAW})
#: A country is dominant when it has this share of the article's coded mentions, and at least so many.
_SHARE, _LEAST = 0.5, 3
_STATE_SECTORS = frozenset({Sector.GOV, Sector.LEG, Sector.JUD, Sector.MIL, Sector.COP, Sector.SPY})


def _inside(mention: Mention, hits: list[gazetteer.Hit]) -> str | None:
    """The code of the first name inside the phrase; towns and regions count in places only."""
    for hit in hits:
        within = mention.span.start <= hit.span.start and hit.span.stop <= mention.span.stop
        if within and (hit.kind != "place" or mention.kind is Kind.PLACE):
            return hit.code
    return None


def _settled(mention: Mention, hits: list[gazetteer.Hit], text: str) -> Mention:
    """The mention with the country that a name inside it, or the person's name, gives it."""
    code = None if mention.kind in _NOT_BY_NAME else _inside(mention, hits)
    why = INSIDE
    if code is None and mention.kind is Kind.PERSON:
        code, why = people.country_of(mention.span.of(text)), HOLDER
    elif mention.country in NO_STATE:
        return mention
    return replace(mention, country=code, why=why) if code and code != mention.country else mention


def dominant(mentions: tuple[Mention, ...]) -> str | None:
    """The country that at least half of the coded mentions share, or None."""
    count = Counter(m.country for m in mentions if m.country and m.country not in NO_STATE)
    if not count:
        return None
    (code, n), total = count.most_common(1)[0], count.total()
    return code if n >= _LEAST and n >= _SHARE * total else None


def countries(annotation: Annotation) -> Annotation:
    """The same annotation with the countries of its mentions settled, each with the rule in ``why``."""
    text = annotation.article.text
    hits = gazetteer.find(text, places=True)
    starts = 0
    settled = []
    for mention in annotation.mentions:
        while starts < len(hits) and hits[starts].span.stop <= mention.span.start:
            starts += 1
        near = []
        k = starts
        while k < len(hits) and hits[k].span.start < mention.span.stop:
            near.append(hits[k])
            k += 1
        settled.append(_settled(mention, near, text))
    whole = dominant(tuple(settled))
    if whole:
        settled = [
            replace(m, country=whole, why=DOMINANT)
            if m.country is None and m.kind in ACTING and m.sector in _STATE_SECTORS
            else m
            for m in settled
        ]
    return replace(annotation, mentions=tuple(settled))
