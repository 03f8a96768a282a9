"""What sides, bodies, speakers and weapons are called in the sentence of an alert, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from marsad.identity import state_of
from marsad.knowledge import ontology
from marsad.knowledge.actors import actors
from marsad.knowledge.arms import arms
from marsad.knowledge.countries import countries
from marsad.knowledge.organs import organs
from marsad.knowledge.templates import LANGUAGES, filled
from marsad.text.written import day, digits
from marsad.types import Article, Event, Kind, Mention, Name

#: What an id ends in that stands for a body that nobody names.
_UNNAMED = "?"
#: Codes of what is no one state.
_OTHERS = frozenset({"INT", "IGO"})
#: The mark of the English genitive.
_GENITIVE = "'"


def said(group: str, key: str, **given: object) -> Name:
    """A sentence of the alerts in both languages; days are in words, numbers in the digits of the language.

    >>> said("word", "day", day=date(2022, 4, 7)).ar, said("word", "papers", n=12).ar
    ('، ٧ نيسان/أبريل ٢٠٢٢', 'عدد الصحف: ١٢')
    """
    ar, en = (
        filled("alert", group, key, lang, {name: _written(one, lang) for name, one in given.items()})
        for lang in LANGUAGES
    )
    return Name(ar=ar, en=en)


def _written(value: object, lang: str) -> object:
    if isinstance(value, date):
        return day(value, lang)
    return digits(value, lang) if isinstance(value, int) else value


def state(code: str) -> Name:
    """What a state, or what stands in its place, is called; its code where no table says it."""
    entry = countries().get(code)
    return Name(ar=entry.name["ar"], en=entry.name["en"]) if entry else Name(ar=code, en=code)


def _of(code: str) -> Name:
    """A state as the owner of what is named behind it in English, and before it in Arabic."""
    named = state(code)
    return Name(ar=named.ar, en=f"{named.en}{_GENITIVE if named.en.endswith('s') else _GENITIVE + 's'}")


def called(actor: str | None, words: Name | None = None) -> Name:
    """What an actor is called: ``words``, else its id, where no table says it; somebody where there is none.

    >>> called("JOR.GOV.MOD").en, called("JOR.GOV.MOD").ar, called("IRQ").en
    ("Jordan's defence ministry", 'وزارة الدفاع في الأردن', 'Iraq')
    """
    if actor is None:
        return said("word", "somebody")
    if actor in countries():
        return state(actor)
    if actor in _OTHERS:
        return said("word", "others")
    if (known := actors().get(actor)) and known.name.en and known.name.ar:
        return known.name
    side, _, rest = actor.partition(".")
    if rest == _UNNAMED:
        return said("word", "unnamed", state=state(side))
    organ, sector = organs().get(rest), ontology.sectors().get(rest)
    if side in countries() and organ:
        return said("word", "office", state=_of(side), office=organ.name)
    if side in countries() and sector:
        return said("word", "office", state=_of(side), office=Name(ar=sector.name["ar"], en=sector.name["en"]))
    return words or Name(ar=actor, en=actor)


def speaker(mention: Mention, text: str) -> Name:
    """Who speaks: the office with its state, with the person where both are known; else the words of the article."""
    words = " ".join(mention.span.of(text).split())
    office = mention.office if mention.office and not mention.former else None
    side = mention.country or ""
    side = side if side in countries() else state_of(mention.actor or "")
    if office and side in countries() and mention.actor not in actors():
        office = _with_state(office, side)
    if mention.person and office:
        return said("word", "holder", person=mention.person, office=office)
    if known := mention.person or office:
        return known
    if mention.kind is Kind.STATE and side in countries():
        return state(side)
    return called(mention.actor, Name(ar=words, en=words)) if mention.actor else Name(ar=words, en=words)


def _with_state(office: Name, side: str) -> Name:
    """An office and whose it is, unless its own words say so.

    >>> _with_state(Name(ar="وزارة الخارجية الأميركية", en="State Department"), "USA").en
    'State Department'
    >>> _with_state(Name(ar="وزارة الدفاع", en="defence ministry"), "JOR").ar
    'وزارة الدفاع في الأردن'
    """
    owned, state_ = said("word", "office", state=_of(side), office=office), countries()[side]
    ar = any(word.removeprefix("ال").startswith(state_.demonyms) for word in office.ar.split())
    en = any(word in office.en for word in (*state_.demonyms, *state_.metonyms) if word.isascii())
    return Name(ar=office.ar if ar else owned.ar, en=office.en if en else owned.en)


def in_words(actor: str, given: Iterable[tuple[Event, Article]]) -> Name | None:
    """What articles call an actor, in each language by one of that language, where there is one."""
    found: dict[str, str] = {}
    for event, article in given:
        for mention in (*event.actors, *event.recipients):
            if mention.actor == actor:
                found.setdefault(article.language, " ".join(mention.span.of(article.text).split()))
    if not found:
        return None
    some = next(iter(found.values()))
    return Name(ar=found.get("ar", some), en=found.get("en", some))


def listed(names: Sequence[Name]) -> Name:
    """One, two, or one and others."""
    if len(names) == 2:
        return said("word", "and", one=names[0], other=names[1])
    return names[0] if len(names) < 2 else said("word", "more", one=names[0])


def weapons(items: Iterable[str]) -> Name | None:
    """What items are called; those that are no ids are words already."""
    found = [arms()[item].name if item in arms() else Name(ar=item, en=item) for item in items]
    return listed(found) if found else None
