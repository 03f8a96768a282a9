"""What a person may judge of an event or an article, and which values that takes: those of the code book, known ids."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from marsad.errors import FormatError, NotFoundError
from marsad.knowledge import actors, countries, ontology, organs
from marsad.store import sources
from marsad.store.schema import actor
from marsad.types import Article, Event, Mention

#: The value of what an event has not: no mode, no speaker, no day.
NONE = "none"
_LANGUAGE = re.compile(r"[a-z]{2,3}|other")


@dataclass(frozen=True, slots=True)
class Judged:
    """What is being judged: an article, or an event in it with the mentions beside it.

    ``type`` is the type that stands for the event: as judged before, else as the machine has it.
    """

    db: Connection
    article: Article
    event: Event | None = None
    mentions: tuple[Mention, ...] = ()
    type: str = ""


def several(value: str) -> list[str]:
    """The parts of a value that names several, none for ``none``.

    >>> several("RUS.GOV.MFA, IRQ"), several("none")
    (['RUS.GOV.MFA', 'IRQ'], [])
    """
    return [one for part in value.split(",") if (one := part.strip()) and one != NONE]


def _one_of(value: str, labels: Iterable[str], what: str) -> str:
    """``value`` as the label is written. Raises :class:`NotFoundError` with those that come near."""
    known = {label.casefold(): label for label in labels}
    if value.casefold() in known:
        return known[value.casefold()]
    near = [known[one] for one in difflib.get_close_matches(value.casefold(), known, n=4)]
    raise NotFoundError(f"{value!r} is no {what}", do="give one of " + ", ".join(near or list(known.values())[:20]))


def _type(value: str, of: Judged) -> str:
    return _one_of(value, ontology.types(), "type")


def _mode(value: str, of: Judged) -> str:
    return _one_of(value, [*ontology.modes(of.type), NONE], f"mode of {of.type}")


def _status(value: str, of: Judged) -> str:
    return _one_of(value, ontology.statuses(), "status")


def _voice(value: str, of: Judged) -> str:
    return _one_of(value, ontology.voices(), "voice")


def _whether(value: str, of: Judged) -> str:
    return _one_of(value, ("no", "yes"), "answer")


def _parties(value: str, of: Judged) -> str:
    return ", ".join(dict.fromkeys(_party(one, of) for one in several(value))) or NONE


def _speaker(value: str, of: Judged) -> str:
    return NONE if value == NONE else _party(value, of)


def _party(value: str, of: Judged) -> str:
    """An actor, a country (or what stands for none), or a phrase that the machine took for a mention."""
    id = value.upper()  # noqa: A001 (the field's word)
    if id in countries.countries() or id in ontology.codes() or id in actors.actors():
        return id
    side, _, organ = id.partition(".")
    if side in countries.countries() and organ in organs.organs():
        return id
    if of.db.execute(select(actor.c.seq).where(actor.c.id == value)).first():
        return value
    said = [one.span.of(of.article.text) for one in of.mentions]
    if value in said:
        return value
    near = difflib.get_close_matches(value, said, n=3) or said[:5]
    raise NotFoundError(
        f"{value!r} is no actor, no country and no mention of the article",
        do="give an id such as RUS.GOV.MFA or IRQ" + (f", or a mention: {' | '.join(near)}" if near else ""),
    )


def _day(value: str, of: Judged) -> str:
    if value == NONE:
        return NONE
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise FormatError(f"{value!r} is no day", do="give YYYY-MM-DD, or none") from None


def _place(value: str, of: Judged) -> str:
    if value == NONE:
        return NONE
    states = [one.code for one in countries.countries().values() if one.status != "body"]
    return _one_of(value, states, "country")


def _language(value: str, of: Judged) -> str:
    if not _LANGUAGE.fullmatch(value.lower()):
        raise FormatError(f"{value!r} is no language", do="give its code of two letters: ar, en, fa …")
    return value.lower()


def _source(value: str, of: Judged) -> str:
    return sources.find(of.db, value).id


#: What may be judged of an event and of an article: each takes a value as it was written and gives it as it is kept.
OF_EVENT: dict[str, Callable[[str, Judged], str]] = {
    "event": _whether,
    "type": _type,
    "mode": _mode,
    "status": _status,
    "voice": _voice,
    "actors": _parties,
    "recipients": _parties,
    "speaker": _speaker,
    "day": _day,
    "place": _place,
}
OF_ARTICLE: dict[str, Callable[[str, Judged], str]] = {"language": _language, "published": _day, "source": _source}
