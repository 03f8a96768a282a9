"""Short codes of names, by which the names of an article in Arabic meet those of one in English.

A name that the tables know has an id, which is its code. Any other is coded by the bones of its last words: the wide
classes of their consonants («غيتاتشو» and "Getachew" are one), or the meaning where the vocabulary of bodies knows the
word («حزب العمال», "Workers' Party").
"""

from __future__ import annotations

from functools import lru_cache

from marsad.text.names.skeleton import BROAD, skeletons
from marsad.text.names.words import Word, named
from marsad.types import Kind, Mention

#: Kinds of words that a name can be told by; initials, titles and links tell little.
_SILENT = frozenset({"initial", "link", "form", "title", "junior", "senior"})
#: Classes of consonants that a code needs, lest every third name have it.
_LEAST = 4
#: No state, in the ids of actors.
_NOBODY = frozenset({"INT"})
#: «IRQ.CVL», "RUS.GOV.MFA": an id of two parts that is only a state and a sector says little more than the state.
_SECTORS = frozenset({"GOV", "LEG", "JUD", "MIL", "SPY", "COP", "PTY", "REB", "CVL", "MED", "BUS", "NGO", "IGO", "UNK"})

#: Reasons of a country that is that of the sentence or the article, not of the phrase.
_GUESSED = frozenset({"people.country-of-context", "office.country-of-context", "country-of-article", "people"})


@lru_cache(1 << 14)
def is_own(actor: str | None) -> bool:
    """Whether an id of an actor or a place names one, and not any of a sector of a state.

    >>> is_own("RUS.GOV.MFA"), is_own("YEM.ANSARALLAH"), is_own("geonames:98182"), is_own("IRQ.CVL"), is_own("IRQ")
    (True, True, True, False, False)
    """
    if not actor:
        return False
    state, _, rest = actor.partition(".")
    return bool(":" in actor or (rest and rest not in _SECTORS and (state not in _NOBODY or "." not in rest)))


def state_of(mention: Mention) -> str | None:
    """The country of a mention, where it is one and more than a guess says so."""
    guessed = (mention.why or "").startswith("model") or mention.why in _GUESSED
    return None if guessed or mention.country == "INT" else mention.country


def party(mention: Mention) -> str | None:
    """The id by which a party of an act is compared: of the actor, else of the country; None where neither is known.

    A place as a party («وصل إلى أربيل») stands for its state.
    """
    actor = mention.actor
    if actor and ":" not in actor and mention.kind is not Kind.PLACE:
        return actor
    return mention.country


def code(mention: Mention, text: str) -> str | None:
    """The code of the name that ``mention`` is, or None where it is none."""
    if is_own(mention.actor) and not _office_of_unknown(mention):
        return mention.actor
    if mention.kind not in (Kind.PERSON, Kind.ORG, Kind.PLACE):
        return None
    if mention.kind is Kind.ORG and mention.country is None and mention.actor is None:
        return None
    return _bones(mention.span.of(text), mention.kind is Kind.PERSON)


def _office_of_unknown(mention: Mention) -> bool:
    """Whether somebody is named whom the tables do not know, by an office that they do: the name says more."""
    return mention.kind is Kind.PERSON and mention.why == "office.name-unknown"


@lru_cache(1 << 14)
def _bones(phrase: str, person: bool) -> str | None:
    words = [word for word in named(phrase).words if word.kind not in _SILENT]
    words = words[-2:] if person else words[-3:]
    if person and not all(word.kind in ("name", "companion") for word in words):
        words = words[-1:]
    parts = [part for word in words if (part := _word(word, person))]
    if not person:
        parts.sort()
    made = " ".join(parts)
    return f"~{made}" if sum(map(str.isdigit, made)) >= _LEAST else None


def _word(word: Word, person: bool) -> str:
    if word.meanings and not person:
        return f"#{min(word.meanings)}"
    keys = [key for form in word.forms for key in skeletons(form)]
    bare = min(keys, key=lambda key: (len(key), key))
    return "".join(str(BROAD[letter]) for letter in bare if letter in BROAD)
