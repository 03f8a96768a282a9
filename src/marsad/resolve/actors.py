"""Whom the mentions of an article mean at its day: their actors, persons, offices, countries and sectors.

What the phrase says itself goes before all else (:mod:`.who`); then what an earlier mention of the article says
(:mod:`.coreference`); then the model's country, the state of the sentence, and the article's dominant country. What
each rests on stands in ``Mention.why``.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from marsad.knowledge import arms, holders
from marsad.knowledge.countries import NO_STATE
from marsad.knowledge.places import place
from marsad.resolve import country, generic, office, who
from marsad.resolve.coreference import Antecedent, antecedents
from marsad.types import ACTING, Annotation, Candidate, Holding, Kind, Mention

MAKER, PLACE = "maker-of-weapon", "place"
#: Where the state is guessed from the sentence, or is nobody's: the model's guess of it goes before.
GUESSED = frozenset(
    {office.AROUND, office.NOWHERE, "people.country-of-context", generic.AGENTS, who.NAME_AROUND, who.UNKNOWN_NAME,
     generic.POINTER}
)  # fmt: skip
#: Where the model knows the sector better (measured on held-out documents, ``training/LOG.md``).
_SECTOR_OF_MODEL = frozenset(
    {office.NOWHERE, generic.AGENTS, who.NAME_AROUND, who.UNKNOWN_NAME, "people.country-in-phrase", generic.DEMONYM,
     "name.not-yet-in-office"}
)  # fmt: skip
_STATES = frozenset({who.STATE, who.METONYM, who.DEMONYM})
#: Another answer is a candidate where its score is at least this share of the first's.
_ALIKE = 0.6


def resolve(annotation: Annotation) -> Annotation:
    """The same annotation, each of its mentions with whom it means."""
    settled, earlier = _settled(annotation)
    for number, antecedent in earlier.items():
        settled[number] = _again(settled[number], antecedent)
    whole = country.dominant(tuple(settled))
    return replace(annotation, mentions=tuple(_named(country.of_article(m, whole)) for m in settled))


def links(annotation: Annotation) -> dict[int, int]:
    """By the index of a mention the earlier one that it means, for those that an earlier one tells."""
    _, earlier = _settled(annotation)
    return {number: one.index for number, one in earlier.items() if one.index is not None}


def _settled(annotation: Annotation) -> tuple[list[Mention], dict[int, Antecedent]]:
    """The mentions as far as each tells itself, and what earlier ones tell."""
    article = annotation.article
    on = article.published or holders.newest() or date.max
    text = article.text
    inside = country.inside(annotation)
    near = _states(annotation)
    answers: list[Holding | None] = []
    settled: list[Mention] = []
    for mention, code in zip(annotation.mentions, inside, strict=True):
        found: list[Holding] = []
        s = annotation.sentence_of(mention.span)
        if mention.kind in ACTING:
            found = _of_kind(mention.kind, who.who(mention.span.of(text), on, annotation.sentences[s].of(text)))
        settled.append(_meant(mention, found) if found else _unknown(mention, code, text, near[s]))
        answers.append(found[0] if found else None)
    return settled, antecedents(annotation, settled, answers, on)


def _of_kind(kind: Kind, found: list[Holding]) -> list[Holding]:
    """The answers that a mention of the kind can be: «أربيل» as a state is no person, «السوداني» as one is no state."""
    if kind is Kind.PERSON:
        return [h for h in found if h.why not in _STATES] or found
    if kind is not Kind.OFFICE:
        return [h for h in found if not h.why.startswith("name")]
    return found


def _meant(mention: Mention, found: list[Holding]) -> Mention:
    """The mention as the likeliest of the answers, with the others beside it."""
    best = found[0]
    code, sector = best.country, best.sector
    actor, person = best.actor, best.person
    if best.why in GUESSED and mention.country and mention.country != code:
        actor, person = _moved(actor, code, mention.country), None
        code = mention.country
    if best.why in _SECTOR_OF_MODEL and mention.sector and mention.sector is not sector:
        if actor == f"{code}.{sector}":
            actor = f"{code}.{mention.sector}"
        sector = mention.sector
    alike = [Candidate(h.actor, h.score) for h in found if h.score >= _ALIKE * best.score and not h.former]
    return replace(
        mention,
        actor=actor,
        country=code or mention.country,
        sector=sector or mention.sector,
        person=person,
        office=None if best.why.startswith("people") else best.office,  # one of a crowd holds none
        former=best.former,
        candidates=tuple(alike) if len({c.actor for c in alike}) > 1 else (),
        why=best.why,
    )


def _moved(actor: str, before: str | None, code: str) -> str:
    """The same organ of another state."""
    organ = actor.removeprefix(f"{before}.") if before and actor.startswith(f"{before}.") else actor
    return code if organ == before or organ in NO_STATE else f"{code}.{organ}"


def _states(annotation: Annotation) -> list[tuple[str, ...]]:
    """For each sentence the states that the model finds in it: they tell which of two towns of one name is meant."""
    found: list[list[str]] = [[] for _ in annotation.sentences]
    for mention in annotation.mentions:
        if mention.country and mention.country not in NO_STATE and mention.kind in ACTING:
            found[annotation.sentence_of(mention.span)].append(mention.country)
    return [tuple(dict.fromkeys(codes)) for codes in found]


def _unknown(mention: Mention, code: str | None, text: str, near: tuple[str, ...]) -> Mention:
    """A mention that names no actor that is known: a place, a weapon's maker, the country of a name inside it."""
    words = mention.span.of(text)
    if mention.kind is Kind.ARMS and (arm := arms.arm(words, labelled=True)):
        return replace(mention, actor=arm.id, country=arm.country or mention.country, office=arm.name, why=MAKER)
    known = place(words, near) if mention.kind is Kind.PLACE else None
    if known and (code is None or known.country in (None, code)):
        return replace(
            mention, actor=known.id, country=known.country or code or mention.country, office=known.name, why=PLACE
        )
    if code and code != mention.country:
        return replace(mention, country=code, why=country.INSIDE)
    return mention


def _again(mention: Mention, antecedent: Antecedent) -> Mention:
    """The mention as whom an earlier one means."""
    earlier = antecedent.mention
    return replace(
        mention,
        actor=earlier.actor,
        country=earlier.country,
        sector=earlier.sector,
        person=earlier.person,
        office=earlier.office,
        former=earlier.former,
        candidates=(),
        why=antecedent.why,
    )


def _named(mention: Mention) -> Mention:
    """Somebody of a known country and sector, of whom no more is known, is one of that sector: ``IRQ.CVL``."""
    if mention.actor is None and mention.kind in ACTING and mention.country and mention.sector:
        return replace(mention, actor=f"{mention.country}.{mention.sector.value}")
    return mention
