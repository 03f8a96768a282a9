"""Forms: what a browser sends, and how a watch is filled in with one."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from typing import Annotated, Any, TypeVar
from zoneinfo import available_timezones

from fastapi import Depends, Request
from starlette.datastructures import FormData, QueryParams

from marsad.desk import Desk
from marsad.desk.questions.asked import source, state, whom
from marsad.errors import FormatError
from marsad.settings import INTERFACE
from marsad.types import AlertTrigger, EventType, Ladder, Outcome, Query, Rhythm, Stage, Status, Voice, Watch

T = TypeVar("T", bound=StrEnum)
Given = FormData | QueryParams
_APART = re.compile(r"[,،;\n]")
#: Longest text of a field, in characters.
LONGEST = 2_000


async def _read(request: Request) -> FormData:
    return await request.form(max_files=0)


#: What a page function that takes a form asks for.
Filled = Annotated[FormData, Depends(_read)]


def text(given: Given, name: str) -> str:
    """A field on one line, empty where it is not given. Raises :class:`FormatError` for one that is too long."""
    value = given.get(name)
    line = " ".join(value.split()) if isinstance(value, str) else ""
    if len(line) > LONGEST:
        raise FormatError(f"{name} is longer than {LONGEST} characters", do="say it shorter")
    return line


def several(given: Given, name: str) -> tuple[str, ...]:
    """All that a field has: of boxes that are ticked, or of a line, set apart by commas."""
    parts = [part.strip() for value in given.getlist(name) if isinstance(value, str) for part in _APART.split(value)]
    return tuple(dict.fromkeys(part for part in parts if part))


def whole(given: Given, name: str, default: int, low: int, high: int) -> int:
    """A whole number from ``low`` to ``high``. Raises :class:`FormatError`."""
    written = text(given, name)
    try:
        number = int(written) if written else default
    except ValueError:
        number = low - 1
    if not low <= number <= high:
        raise FormatError(f"{name} {written[:40]!r} is no number from {low} to {high}", do="mend it")
    return number


def chosen(given: Given, name: str, kinds: type[T]) -> tuple[T, ...]:
    """The labels of a field. Raises :class:`FormatError` for one that is none."""
    return tuple(_label(one, kinds) for one in several(given, name))


def _label(written: str, kinds: type[T]) -> T:
    try:
        return kinds(written)
    except ValueError:
        raise FormatError(f"{written[:40]!r} is none of {', '.join(kinds)}", do="choose one of them") from None


def _hour(given: Given, name: str) -> time | None:
    written = text(given, name)
    try:
        return time.fromisoformat(written) if written else None
    except ValueError:
        raise FormatError(f"{written[:40]!r} is no time of day", do="write it like 22:00") from None


@dataclass(frozen=True, slots=True)
class Asker:
    """Turns what a person wrote into a watch; ``desk`` knows the names, ``taken`` are ids that are in use."""

    desk: Desk
    taken: Collection[str] = field(default=())

    def watch(self, given: Given, id: str | None = None, lang: str = "en") -> Watch:  # noqa: A002 (the field's word)
        """The watch that a form describes. Raises errors of :mod:`marsad.errors` that say what to mend."""
        trigger = _label(text(given, "on") or AlertTrigger.RUNG, AlertTrigger)
        query = self._query(given)
        name = text(given, "name") or self._called(query, trigger)
        zone = text(given, "zone") or "UTC"
        if zone not in available_timezones():
            raise FormatError(f"{zone[:60]!r} is no time zone", do="write it like Asia/Amman, or UTC")
        begin, end = _hour(given, "quiet_from"), _hour(given, "quiet_to")
        if (begin is None) != (end is None):
            raise FormatError("quiet hours need a begin and an end", do="give both, or neither")
        chosen_lang = text(given, "in") or lang
        return Watch(
            id=id or self._id(text(given, "id") or name, query, trigger),
            name=name,
            trigger=trigger,
            query=query,
            channels=tuple(
                line.strip() for value in given.getlist("channels") for line in str(value).splitlines() if line.strip()
            ),
            lang=chosen_lang if chosen_lang in INTERFACE else lang,
            stages=chosen(given, "stages", Stage) or tuple(Stage),
            within=whole(given, "within", 30, 1, 36_500),
            silent=whole(given, "silent", 7, 1, 3_650),
            quiet=(begin, end) if begin is not None and end is not None else None,
            zone=zone,
            cooldown=whole(given, "cooldown", 0, 0, 100_000),
            digest=_label(text(given, "digest"), Rhythm) if text(given, "digest") else None,
        )

    def _query(self, given: Given) -> Query:
        def side(name: str) -> str | None:
            return self._who(text(given, name)) if text(given, name) else None

        def many(name: str, mean: Callable[[str], str]) -> tuple[str, ...]:
            return tuple(dict.fromkeys(mean(one) for one in several(given, name)))

        level = text(given, "level")
        return Query(
            near=side("near"),
            counterpart=side("counterpart"),
            sanctioner=state(text(given, "sanctioner")) if text(given, "sanctioner") else None,
            parties=many("parties", self._who),
            speakers=many("speakers", self._who),
            types=chosen(given, "types", EventType),
            statuses=tuple(_outcome(one) for one in several(given, "statuses")),
            voices=chosen(given, "voices", Voice),
            sources=many("sources", lambda one: source(self.desk, one)),
            languages=several(given, "languages"),
            words=text(given, "words") or None,
            law=text(given, "law") or None,
            ladder=_label(text(given, "ladder"), Ladder) if text(given, "ladder") else None,
            level=whole(given, "level", 0, -1, 10) if level else None,
        )

    def _who(self, written: str) -> str:
        return whom(self.desk, written)[0]

    def _called(self, query: Query, trigger: AlertTrigger) -> str:
        """A name for a watch to which nobody gave one."""
        about = [query.near, query.counterpart, *query.parties, *query.sources, query.law, query.words]
        return " ".join([*(one for one in about if one), trigger.value])

    def _id(self, name: str, query: Query, trigger: AlertTrigger) -> str:
        """An id made of a name, or of what is asked where the name has no Latin letters; none that is taken."""
        word = _latin(name) or _latin(self._called(query, trigger)) or "watch"
        return next(one for one in (word, *(f"{word}-{n}" for n in range(2, 10_000))) if one not in self.taken)


def _latin(written: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", written.lower()))[:60].strip("-")


def _outcome(written: str) -> Status | Outcome:
    return Outcome.CONTESTED if written == Outcome.CONTESTED else _label(written, Status)


def written(one: Watch) -> dict[str, Any]:
    """A watch as the fields of its form."""
    query = one.query

    def line(values: Sequence[str]) -> str:
        return ", ".join(values)

    return {
        "id": one.id, "name": one.name, "on": one.trigger.value, "near": query.near or "",
        "counterpart": query.counterpart or "", "sanctioner": query.sanctioner or "", "parties": line(query.parties),
        "speakers": line(query.speakers), "types": list(query.types), "statuses": list(query.statuses),
        "voices": list(query.voices), "sources": line(query.sources), "words": query.words or "",
        "law": query.law or "", "ladder": query.ladder or "", "level": "" if query.level is None else query.level,
        "channels": "\n".join(one.channels), "in": one.lang, "stages": list(one.stages), "within": one.within,
        "silent": one.silent, "quiet_from": f"{one.quiet[0]:%H:%M}" if one.quiet else "",
        "quiet_to": f"{one.quiet[1]:%H:%M}" if one.quiet else "", "zone": one.zone, "cooldown": one.cooldown,
        "digest": one.digest or "",
    }  # fmt: skip


_LISTS = ("types", "statuses", "voices", "stages")


def begun(given: Given, lang: str) -> dict[str, Any]:
    """The fields of a new watch, with what an address or a refused form gives of them."""
    empty: Mapping[str, Any] = {**written(Watch(id="", name="", trigger=AlertTrigger.RUNG, lang=lang))}
    return {
        name: list(several(given, name)) or value if name in _LISTS else str(given.get(name) or value)
        for name, value in empty.items()
    }
