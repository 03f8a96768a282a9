"""What is remembered of an article to find the others that tell the same: some 2 kB, whatever the article's length.

First part of the step: Coding in, :class:`Brief` out. Nothing here compares.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b

from marsad.knowledge.places import Place
from marsad.knowledge.rarity import stem_rarity
from marsad.stories.gazetteer import gazetteer
from marsad.stories.names import code, is_own, party, state_of
from marsad.text import amounts, dates, fold_text, light_stem, sketch, tokens
from marsad.text.ordinals import ordinals
from marsad.types import Amount, Article, Coding, Event, EventType, Kind, Precision, Span, Status, TimeMention

#: Bands of the sketch that are kept: two texts that share 70 % of their shingles meet in one with probability .988.
BANDS = 16
#: The smallest hashes of shingles and the first words that are kept. From 128 of the hashes the share of common ones
#: is known to about 4 points; a text of fewer words than that is kept whole.
SHINGLES, WORDS = 128, 68
#: Sentences that tell what an article is about, the headline among them; acts, names and numbers that are kept.
LEAD, ACTS, NAMES, NUMBERS, COUNTRIES, SPOTS = 4, 7, 16, 12, 10, 4
#: Days that are kept; of those before the publication this many are looked at, and for the day of the act.
DAYS, BEFORE, RECENT = 4, 10, 4
#: Days from which on a time is long ago: an article of such times alone tells how something came about.
LONG_AGO = 60
HEADED, COUNTS = 3, 6
#: A stem of fewer letters, or less rare than this, is no word that says what a text is about.
_SHORTEST, _RARE = 3, 5
#: The bits of a packed word that say how rare it is.
RARITY = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act of the first sentences: parties as ids of actors or countries, the town or country where it happened.

    ``day`` is given where the text gives it exactly. ``title``: the headline tells it.
    """

    type: EventType
    mode: str | None = None
    status: Status = Status.ACTUAL
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    place: str | None = None
    day: date | None = None
    title: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A place below a state that the tables know; degrees north and east. ``wide``: a province, a sea, a region."""

    id: str
    country: str | None = None
    north: float | None = None
    east: float | None = None
    wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """An article as grouping sees it. Two of the same content differ in ``article`` and ``source`` alone.

    ``shingles`` and ``words`` are sorted unsigned 32-bit integers, packed little-endian: the smallest hashes of runs of
    four words (``size`` of them there are in all), and hashes of stems of the first words, of which the lowest four
    bits say how rare the stem is. ``names`` are codes (:mod:`.names`), those of the headline and the first sentences
    first, ``lead`` of them; ``headed`` those of the headline's places. ``countries`` are the states of the lead, the
    most frequent first, then the others; ``spots`` the places below a state in the lead. ``numbers`` are
    ``unit:value``, ``counts`` what is counted with its number. ``rounds`` says which of a row the lead tells of.
    ``days`` are those up to the publication that the text gives exactly, ``told`` the first of the lead: when it was;
    ``past``: every time that it gives is long ago.
    """

    article: str
    source: str | None = None
    day: date | None = None
    language: str = "ar"
    size: int = 0
    bands: tuple[int, ...] = ()
    shingles: bytes = b""
    words: bytes = b""
    acts: tuple[Act, ...] = ()
    names: tuple[str, ...] = ()
    lead: int = 0
    countries: tuple[str, ...] = ()
    spots: tuple[Spot, ...] = ()
    numbers: tuple[str, ...] = ()
    rounds: tuple[int, ...] = ()
    headed: tuple[str, ...] = ()
    counts: tuple[tuple[int, int], ...] = ()
    days: tuple[date, ...] = ()
    told: date | None = None
    past: bool = False


def packed(hashes: Iterable[int]) -> bytes:
    """Hashes as sorted unsigned 32-bit integers, little-endian.

    >>> unpacked(packed([7, 2**40 + 3]))
    frozenset({3, 7})
    """
    short = sorted({each & 0xFFFFFFFF for each in hashes})
    return struct.pack(f"<{len(short)}I", *short)


@lru_cache(1 << 12)  # an article is compared with many
def unpacked(data: bytes) -> frozenset[int]:
    """The hashes of :func:`packed`."""
    return frozenset(struct.unpack(f"<{len(data) // 4}I", data))


def brief(coding: Coding, source: str | None = None) -> Brief:
    """What to remember of a coded article; ``source`` is the id of who published it, else the article's own.

    Depends on nothing but the coding; linear in the length of the text.
    """
    article = coding.article
    drawn = sketch(article.text)
    lead = _lead(coding)
    first, rest = _names(coding, lead)
    found = amounts(article.text, article.language)
    times = dates(article.text, article.published, article.language) if article.published else []
    days = list(_days(times, article))
    recent = (day for day, at in days if at < lead.stop and article.published and _apart(day, article) <= RECENT)
    return Brief(
        article=article.id,
        source=source or article.source,
        day=article.published,
        language=article.language,
        size=len(drawn.shingles),
        bands=drawn.bands[:BANDS],
        shingles=packed(sorted(each & 0xFFFFFFFF for each in drawn.shingles)[:SHINGLES]),
        words=packed(_words(article.text)),
        acts=tuple(_acts(coding, lead)),
        names=(*first, *rest)[:NAMES],
        lead=min(len(first), NAMES),
        countries=_countries(coding, lead),
        spots=_spots(coding, lead),
        numbers=tuple(dict.fromkeys(_numbers(found)))[:NUMBERS],
        rounds=ordinals(article.text[: lead.stop]),
        headed=_headed(coding),
        counts=tuple(dict.fromkeys(_counts(found)))[:COUNTS],
        days=tuple(dict.fromkeys(day for day, _ in days))[:DAYS],
        told=next(recent, None),
        past=bool(times) and all(_apart(time.last, article) > LONG_AGO for time in times),
    )


def _lead(coding: Coding) -> Span:
    """The headline and the first sentences, from the start of the text."""
    if not coding.sentences:
        return Span(0, len(coding.article.text))
    most = LEAD if coding.article.title else LEAD - 1
    return Span(0, coding.sentences[:most][-1].stop)


def _names(coding: Coding, lead: Span) -> tuple[list[str], list[str]]:
    """Codes of the names of the lead, and of those further on, the most frequent first."""
    text = coding.article.text
    counted: Counter[str] = Counter()
    early: dict[str, None] = {}
    for mention in coding.mentions:
        if found := code(mention, text):
            counted[found] += 1
            if mention.span.start < lead.stop:
                early.setdefault(found)
    rest = [name for name, _ in sorted(counted.items(), key=lambda each: (-each[1], each[0])) if name not in early]
    return list(early), rest


def _countries(coding: Coding, lead: Span) -> tuple[str, ...]:
    """The states of the lead, the most frequent first, those of the headline twice; then those further on."""
    title = coding.article.title.stop if coding.article.title else 0
    counted: Counter[str] = Counter()
    rest: Counter[str] = Counter()
    for mention in coding.mentions:
        if state := state_of(mention):
            within = mention.span.start < lead.stop
            (counted if within else rest)[state] += 2 if mention.span.start < title else 1
    ranked = [sorted(each.items(), key=lambda one: (-one[1], one[0])) for each in (counted, rest)]
    return tuple(dict.fromkeys(state for each in ranked for state, _ in each))[:COUNTRIES]


def _headed(coding: Coding) -> tuple[str, ...]:
    """Codes of the places that the headline names."""
    article = coding.article
    stop = article.title.stop if article.title else 0
    places = (m for m in coding.mentions if m.kind is Kind.PLACE and m.span.start < stop)
    return tuple(dict.fromkeys(found for m in places if (found := code(m, article.text))))[:HEADED]


def _spots(coding: Coding, lead: Span) -> tuple[Spot, ...]:
    """The places below a state that the lead names, in order."""
    named = [m.actor for m in coding.mentions if m.kind is Kind.PLACE and m.actor and m.span.start < lead.stop]
    return tuple(_spot(place) for name in dict.fromkeys(named) if (place := gazetteer(name)))[:SPOTS]


def _spot(place: Place) -> Spot:
    return Spot(place.id, place.country, place.latitude, place.longitude, place.kind != "town")


def _acts(coding: Coding, lead: Span) -> Iterator[Act]:
    """The acts of the lead, those of the headline first, then those that say most."""
    title = coding.article.title.stop if coding.article.title else 0
    early = [event for event in coding.events if event.trigger.start < lead.stop]
    early.sort(key=lambda event: (event.trigger.start >= title, not (event.actors or event.recipients), event.trigger))
    yield from dict.fromkeys(_act(event, event.trigger.start < title) for event in early[:ACTS])


def _act(event: Event, title: bool) -> Act:
    exact = event.precision is Precision.DAY
    place = event.place
    return Act(
        type=event.type,
        mode=event.mode,
        status=event.status,
        actors=tuple(sorted({found for m in event.actors if (found := party(m))})),
        recipients=tuple(sorted({found for m in event.recipients if (found := party(m))})),
        place=(place.actor if is_own(place.actor) else place.country) if place else None,
        day=event.day if exact else None,
        title=title,
    )


def _words(text: str) -> Iterator[int]:
    """Hashes of the stems of the first words that say something, each with its rarity in the lowest bits."""
    folded = fold_text(text[:4000]).lower()
    stems = (light_stem(token.stem.of(folded)) for token in tokens(folded))
    kept = 0
    for stem in dict.fromkeys(stem for stem in stems if len(stem) >= _SHORTEST and not stem.isdecimal()):
        rare = stem_rarity(stem)
        if rare >= _RARE:
            yield hash_of(stem) & ~RARITY | rare
            kept += 1
        if kept == WORDS:
            return


def _days(times: Iterable[TimeMention], article: Article) -> Iterator[tuple[date, int]]:
    """The days up to the publication that the text gives exactly, with where each stands."""
    for found in times:
        if (
            found.precision is Precision.DAY
            and found.first == found.last
            and 0 <= _apart(found.first, article) <= BEFORE
        ):
            yield found.first, found.span.start


def _apart(day: date, article: Article) -> int:
    return (article.published - day).days if article.published else 0


def hash_of(text: str) -> int:
    """A 32-bit hash of a short text, the same on every machine."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).digest(), "little")


def _numbers(found: Iterable[Amount]) -> Iterator[str]:
    """``unit:value`` of each amount of which a text cannot tell anew: three digits of it, nothing under three."""
    for amount in found:
        value = amount.low if amount.low is not None else amount.high
        if value is not None and value >= 3:
            yield f"{amount.unit}:{float(f'{value:.3g}'):.16g}"


def _counts(found: Iterable[Amount]) -> Iterator[tuple[int, int]]:
    """What is counted, as the hash of its stem, and how many of it there are."""
    for amount in found:
        if amount.unit == "count" and amount.of and amount.low is not None:
            folded = fold_text(amount.of).lower()
            for token in tokens(folded)[:1]:
                yield hash_of(light_stem(token.stem.of(folded))), int(amount.low)
