"""Gold and predictions as comparable records, from the corpus form or the line format. Reads lines, no files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from marsad.errors import GoldError
from marsad.types import Coding, Event, Mention, Span

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?!\d)")
#: The kind of a phrase that names days; it is no mention.
_TIME = "TIME"
_FORMS = "give the corpus form or the line format (docs/en/eval.md)"


@dataclass(frozen=True, slots=True)
class Filler:
    """A mention: where, what kind, the country code and the sector (None where unknown)."""

    span: Span
    kind: str
    code: str | None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """An event as it is compared."""

    trigger: Span
    type: str
    status: str
    actors: tuple[Filler, ...]
    recipients: tuple[Filler, ...]
    speakers: tuple[Filler, ...]
    places: tuple[Filler, ...]
    times: tuple[Filler, ...]
    voice: str | None


@dataclass(frozen=True, slots=True)
class Record:
    """One text with what is said to be in it. ``text`` is None where the file does not carry it.

    ``published`` is the first day of the date that the file gives («2022-05»: the first of May), if it gives any.
    """

    id: str
    text: str | None
    language: str
    mentions: tuple[Filler, ...]
    acts: tuple[Act, ...]
    published: date | None = None


def _day(given: str | None) -> date | None:
    """The first day of an ISO date, month or year; None where none is given, or what is given is none."""
    found = _ISO.match(given or "")
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None


def _times(evidence: Iterable[tuple[str, Span]]) -> tuple[Filler, ...]:
    """The phrase that gave an event its day."""
    return tuple(Filler(span, _TIME, None) for part, span in evidence if part == "day")


def _picked(fillers: tuple[Filler, ...], indexes: list[int]) -> tuple[Filler, ...]:
    if any(i < 0 for i in indexes):
        raise IndexError
    return tuple(fillers[i] for i in indexes)


def _corpus(row: dict[str, Any]) -> Record:
    fillers = tuple(
        Filler(Span(e["start"], e["stop"]), e["type"], e.get("code") or None, e.get("sector") or None)
        for e in row["entities"]
    )

    def act(event: dict[str, Any]) -> Act:
        speaker = event.get("speaker")
        place, time = event.get("place"), event.get("time")
        return Act(
            Span(*event["trigger"]),
            event["type"],
            event["status"],
            _picked(fillers, event["actors"]),
            _picked(fillers, event["recipients"]),
            () if speaker is None else _picked(fillers, [speaker]),
            (Filler(Span(*place), "PLACE", None),) if place else (),
            (Filler(Span(*time), _TIME, None),) if time else (),
            event.get("voice"),
        )

    language = row.get("lang") or "ar"
    acts = tuple(act(e) for e in row["events"])
    return Record(str(row["id"]), row.get("text"), language, fillers, acts, _day(row.get("date")))


def _lines(row: dict[str, Any]) -> Record:
    fillers = tuple(
        Filler(Span(m["start"], m["stop"]), m["kind"], m.get("country"), m.get("sector")) for m in row["mentions"]
    )

    def act(event: dict[str, Any]) -> Act:
        trigger, speaker, place = event["trigger"], event.get("speaker"), event.get("place")
        return Act(
            Span(trigger["start"], trigger["stop"]),
            event["type"],
            event["status"],
            _picked(fillers, event["actors"]),
            _picked(fillers, event["recipients"]),
            () if speaker is None else _picked(fillers, [speaker]),
            (Filler(Span(place["start"], place["stop"]), "PLACE", None),) if place else (),
            _times((e["part"], Span(e["start"], e["stop"])) for e in event.get("evidence", ())),
            event.get("voice"),
        )

    return Record(str(row["id"]), None, row.get("language") or "ar", fillers, tuple(act(e) for e in row["events"]))


def parse(lines: Iterable[str], where: str) -> Iterator[Record]:
    """Records of JSON lines, in the corpus form (``entities``) or the line format (``mentions``).

    Raises :class:`GoldError` at the first line that is neither, or has no id, naming it. A line with an ``error`` is a
    record with nothing in it, or is passed over where it has no id.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        at = f"{where}, line {number}"
        try:
            row = json.loads(line)
            known = row.get("id") is not None
            if "error" in row:
                if known:
                    yield Record(str(row["id"]), None, "ar", (), ())
                continue
            if not known:
                raise GoldError("no id", where=at, do="give each text an `id`: it pairs gold and predictions")
            if "entities" not in row and "mentions" not in row:
                raise GoldError("neither `entities` nor `mentions`", where=at, do=_FORMS)
            yield _corpus(row) if "entities" in row else _lines(row)
        except KeyError as error:
            raise GoldError(f"{error} is missing", where=at, do=_FORMS) from None
        except IndexError:
            raise GoldError("an event names an entity that is not there", where=at, do=_FORMS) from None
        except json.JSONDecodeError as error:
            raise GoldError(f"not JSON ({error})", where=at, do=_FORMS) from None
        except (ValueError, TypeError, AttributeError) as error:
            raise GoldError(f"not a record ({error})", where=at, do=_FORMS) from None


def coded(coding: Coding, id: str) -> Record:  # noqa: A002
    """What the coder found, as a record with the id of the gold."""

    def filler(mention: Mention) -> Filler:
        return Filler(mention.span, str(mention.kind), mention.country, mention.sector)

    def act(event: Event) -> Act:
        return Act(
            event.trigger,
            str(event.type),
            str(event.status),
            tuple(map(filler, event.actors)),
            tuple(map(filler, event.recipients)),
            () if event.speaker is None else (filler(event.speaker),),
            () if event.place is None else (filler(event.place),),
            _times((e.part, e.span) for e in event.evidence),
            str(event.voice),
        )

    return Record(
        id,
        coding.article.text,
        coding.article.language,
        tuple(map(filler, coding.mentions)),
        tuple(map(act, coding.events)),
    )
