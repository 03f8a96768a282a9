"""The form in which a reader says what is wrong: what may be chosen, and what was given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from marsad.errors import FormatError
from marsad.export.labels import label
from marsad.export.rows import clean
from marsad.knowledge import ontology
from marsad.store.judgements import SAME
from marsad.store.values import NONE, OF_ARTICLE, OF_EVENT, several
from marsad.types import Article, Event, EventType, Judgement, Mention
from marsad.web.reading import named

#: Fields whose values the code book knows, in the order of the form; the others are written.
CHOSEN = ("status", "type", "mode", "voice")
WRITTEN = tuple(field for field in OF_EVENT if field not in (*CHOSEN, "event"))
#: Most characters of a name and of a reason.
NAME, REASON = 80, 2_000


class Choice(NamedTuple):
    """A value that may be chosen: what is sent (``status=DENIED``), and its word."""

    value: str
    word: str


def choices(event: Event, judged: Mapping[str, str], lang: str) -> dict[str, list[Choice]]:
    """What a reader may choose of an event, by field: every value but the one that stands.

    ``judged`` are the values that persons have given already.
    """
    kind = judged.get("type", event.type.value)
    stands = {"status": event.status.value, "type": kind, "mode": event.mode or NONE, "voice": event.voice.value}
    labels = {
        "status": list(ontology.statuses()),
        "type": [one.value for one in EventType],
        "mode": [*ontology.modes(kind), NONE],
        "voice": list(ontology.voices()),
    }
    return {
        field: [
            Choice(f"{field}={one}", said(field, one, lang))
            for one in labels[field]
            if one != judged.get(field, stands[field])
        ]
        for field in CHOSEN
    }


def said(field: str, value: str, lang: str) -> str:
    """A value in words: of a label its word, of an id the name; ``none`` and what is free text as it is."""
    if value == NONE:
        return "لا شيء" if lang == "ar" else "none"
    if field in CHOSEN:
        return label(field, value, lang)
    if field in ("actors", "recipients"):
        return ("، " if lang == "ar" else ", ").join(named(one, lang) for one in several(value))
    return named(value, lang) if field in ("speaker", "place") else value


def machine(field: str, article: Article, event: Event | None, lang: str) -> str:
    """What the machine has in the place of a judgement, in words; empty where it has nothing."""
    if event is None:
        day = article.published.isoformat() if article.published else ""
        return {"language": article.language, "published": day, "source": article.source or ""}.get(field, "")
    if field in CHOSEN:
        value = getattr(event, field)
        return label(field, str(value), lang) if value else ""
    if field == "day":
        return event.day.isoformat() if event.day else ""
    given: Mapping[str, tuple[Mention | None, ...]] = {
        "actors": event.actors, "recipients": event.recipients, "speaker": (event.speaker,), "place": (event.place,),
    }  # fmt: skip
    words = [clean(one.span.of(article.text)) for one in given.get(field, ()) if one]
    return ("، " if lang == "ar" else ", ").join(words)


def given(choice: str, field: str, value: str) -> dict[str, str]:
    """The judgements of a form: what was chosen, and what was written. Raises :class:`FormatError` for nothing."""
    found: dict[str, str] = {}
    chosen, mark, what = choice.partition("=")
    if mark:
        found[chosen] = what
    if field.strip() and value.strip():
        found[field.strip()] = value.strip()
    if not found:
        raise FormatError("nothing was judged", do="choose what is wrong, or write who, to whom, where or when")
    if strange := [one for one in found if one not in (*OF_EVENT, *OF_ARTICLE, *SAME)]:
        raise FormatError(f"{strange[0]!r} is nothing that can be judged", do="use the form")
    return found


def filled(name: str, given: Mapping[str, str] | None = None) -> dict[str, str]:
    """What stands in the fields of a form: the name of who judged before, and what was given."""
    return {"choice": "", "field": "", "value": "", "reason": "", "name": name, **(given or {})}


class Standing(NamedTuple):
    """A judgement as it is shown: its field and value in words, and what the machine has instead."""

    judgement: Judgement
    value: str
    machine: str


def standing(one: Judgement, article: Article, event: Event | None, lang: str) -> Standing:
    """A judgement beside the machine's value."""
    return Standing(one, said(one.field, one.value, lang), machine(one.field, article, event, lang))
