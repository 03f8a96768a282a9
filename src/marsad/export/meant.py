"""Whom a mention means and how much an amount is, in the words of the interface: for the table and for the page."""

from __future__ import annotations

from marsad.export.labels import country, label
from marsad.knowledge.countries import NO_ONE_STATE
from marsad.types import Amount, Mention, Sector

_SECTORS = frozenset(sector.value for sector in Sector)


def code(mention: Mention) -> str:
    """The id of the actor; else the country, and ``—`` where neither is known."""
    return mention.actor or mention.country or "—"


def held(office: str, former: bool, lang: str) -> str:
    """An office, said to be former where it was left. Either may be all there is.

    >>> held("Chancellor", True, "en"), held("المستشارة", True, "ar")
    ('former Chancellor', 'المستشارة سابقًا')
    """
    if not former:
        return office
    word = label("word", "former", lang)
    return (f"{word} {office}" if lang == "en" else f"{office} {word}").strip()


def _crowd(mention: Mention) -> bool:
    """Whether the id names no organ, but some of a sector (``IRQ.CVL``, ``JUD``): the sector is what is known."""
    state, _, rest = (mention.actor or "").rpartition(".")
    return rest in _SECTORS and state in ("", mention.country)


def _person(mention: Mention, said: str, lang: str) -> str:
    """The person's name in ``lang``; in the other language, if it is known in that only and the words lack it."""
    if mention.person is None:
        return ""
    name = mention.person.shown(lang)
    known = mention.person.ar if lang == "ar" else mention.person.en
    return name if known or not all(word in said for word in name.split()) else ""


def _office(mention: Mention, lang: str) -> str:
    """The office, the body or the weapon; the sector where the id names no more."""
    known = mention.office.shown(lang) if mention.office else ""
    if known and (mention.person or not _crowd(mention)):
        return known
    nothing = mention.sector in (None, Sector.UNK) or mention.actor == mention.country
    return "" if nothing else label("sector", str(mention.sector), lang)


def whom(mention: Mention, text: str, lang: str) -> list[str]:
    """Whom a mention means, part by part: person, office (or body, or sector), country, in ``lang`` where it is known.

    Empty where the words of the mention say it themselves, or nobody is known to be meant. What belongs to no one
    state has no country to tell.
    """
    if mention.actor is None:
        return []
    said = " ".join(mention.span.of(text).split())
    office = held(_office(mention, lang), mention.former, lang)
    parts = [part for part in (_person(mention, said, lang), office) if part]
    if mention.country and mention.country != NO_ONE_STATE:
        name = country(mention.country, lang)
        parts += [] if any(name in part for part in parts) else [name]
    return [] if parts == [said] else parts


def others(mention: Mention) -> list[tuple[str, float]]:
    """The actors that may be meant instead, each with its score, the likeliest first."""
    found: dict[str, float] = {}
    for candidate in mention.candidates:
        if candidate.actor != mention.actor:
            found.setdefault(candidate.actor, candidate.score)
    return list(found.items())


def _figure(value: float) -> str:
    return f"{int(value):,}" if value.is_integer() else f"{value:,.6f}".rstrip("0").rstrip(".")


def value(amount: Amount, lang: str) -> str:
    """An amount as a number with its unit; a count is a bare number, and what is counted stands in the text.

    >>> from marsad.types import Span
    >>> value(Amount(span=Span(0, 15), low=4.2e9, high=4.2e9, unit="USD"), "en")
    '4,200,000,000 USD'
    >>> [value(Amount(span=Span(0, 9), low=300, high=None, unit="km"), lang) for lang in ("en", "ar")]
    ['300 km or more', '300 كم فأكثر']
    """
    unit = "" if amount.unit in ("count", "percent") else label("unit", amount.unit, lang)
    low, high = (None if one is None else _figure(float(one)) for one in (amount.low, amount.high))
    figure = low if low == high or high is None else high if low is None else f"{low}–{high}"
    told = f"{figure or '?'}%" if amount.unit == "percent" else f"{figure or '?'} {unit}".strip()
    if low is None and high is not None:
        return label("text", "at_most", lang).format(told)
    if high is None and low is not None:
        return label("text", "at_least", lang).format(told)
    return told
