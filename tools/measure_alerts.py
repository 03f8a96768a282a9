"""The alerts of the story of examples/story/, day by day, against those that were written beforehand.

``python tools/measure_alerts.py`` has the articles coded; ``--events`` takes the events that were written by hand, so
that only what comes behind the coder is measured. ``--show`` prints what is missed, and what comes besides; ``--gold
FILE`` takes another file than ``alerts.json``. Exit code 1: by hand where not exactly those alerts come; from text
where fewer than 0.85 of them do, or one is above the rung that was expected.

The file: ``{"watches": [a Watch each], "alerts": [{"watch", "day", "stage"?, "ladder"?, "level"?, "turn"?, "type"?,
"status"?, "source"?, "subject"?, "articles", "why", "doubtful"?}]}``; ``day`` is the day of the story, one with
articles, on which it is to come, ``subject`` words of which all stand in what is said or in its subject, ``articles``
those of which at least one is among the sentences. What is ``doubtful`` may come or not.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, get_type_hints

import msgspec
from measure_course import ByHand

from marsad.desk import Desk
from marsad.desk.intake.adding import add
from marsad.knowledge.templates import book
from marsad.read import read
from marsad.settings import Settings
from marsad.types import Alert, Article, Outcome, Query, Source, SourceKind, Status, Watch

STORY = Path(__file__).parents[1] / "examples" / "story"
#: Fields of a watch that are read apart; nothing is sent anywhere.
_OWN = ("query", "channels", "created", "muted")
#: What is wanted of the alerts from text.
RECALL = 0.85


@dataclass(frozen=True, slots=True)
class Came:
    """An alert that came, and the day of the story on which it did; ``articles`` as the story calls them."""

    day: date
    alert: Alert
    articles: frozenset[str]

    @property
    def rung(self) -> tuple[str, int] | None:
        """Ladder and level that it tells."""
        for word in self.alert.said.en.replace("(", " ").replace(")", " ").split():
            if self.alert.trigger.value == "rung" and word[0] in "LWR" and word[1:].lstrip("-").isdigit():
                return word[0], int(word[1:])
        return None


@dataclass(slots=True)
class Compared:
    """Alerts that were to come and came, that did not, that came besides, and those of a higher rung than expected."""

    hits: list[tuple[dict[str, Any], Came]] = field(default_factory=list)
    missed: list[dict[str, Any]] = field(default_factory=list)
    extra: list[Came] = field(default_factory=list)
    above: list[Came] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Recall and precision (1 where there is nothing to miss), and how many are above."""
        came, wanted = len(self.hits) + len(self.extra), len(self.hits) + len(self.missed)
        return {
            "recall": len(self.hits) / wanted if wanted else 1.0,
            "precision": len(self.hits) / came if came else 1.0,
            "above": float(len(self.above)),
        }


def articles() -> list[Article]:
    """The articles of the story, the earliest first."""
    given = read([str(STORY / "articles.jsonl")], stdin=io.BytesIO(), settings=Settings())
    found = [one for one in given if isinstance(one, Article)]
    return sorted(found, key=lambda one: (one.published or date.min, str(one.given)))


def watches(gold: dict[str, Any]) -> list[Watch]:
    """The watches of the file; none is sent anywhere."""
    return [_watch(one) for one in gold["watches"]]


def _watch(given: dict[str, Any]) -> Watch:
    """A watch of the file, field by field: msgspec does not read a status that may be of two enumerations."""
    made = {one.name: given[one.name] for one in fields(Watch) if one.name in given and one.name not in _OWN}
    asked = given.get("query") or {}
    hints, of_query = get_type_hints(Watch), get_type_hints(Query)
    query = {name: msgspec.convert(value, of_query[name]) for name, value in asked.items() if name != "statuses"}
    query["statuses"] = tuple(map(Outcome, asked.get("statuses", ())))
    return Watch(**{name: msgspec.convert(value, hints[name]) for name, value in made.items()}, query=Query(**query))


def feed(given: Sequence[Watch], by_hand: bool) -> Iterator[Came]:
    """What comes, as each day that brings articles brings them."""
    every = articles()
    days = sorted({one.published for one in every if one.published})
    clock = [datetime.combine(days[0] - timedelta(1), time(20), UTC)]
    called = {one.id: str(one.given) for one in every}
    with Desk("sqlite://", coder=ByHand() if by_hand else None, now=lambda: clock[0]) as desk:
        for one in json.loads((STORY / "sources.json").read_text(encoding="utf-8")):
            desk.follow(Source(**{**one, "kind": SourceKind(one["kind"])}))
        for watch in given:
            desk.watch(watch)
        for day in days:
            clock[0] = datetime.combine(day, time(20), UTC)
            add(desk.store, (one for one in every if one.published == day), desk.now)
            desk.code()
            for alert in reversed(list(desk.alerts(since=clock[0], limit=500))):
                yield Came(day, alert, frozenset(called[each.article] for each in alert.because))


def _fits(want: dict[str, Any], came: Came, typed: bool) -> bool:
    """Whether it is the alert that was to come, and leads to one of its sentences; ``typed``: also of its type."""
    alert = came.alert
    if want["watch"] != alert.watch or want["day"] != came.day.isoformat():
        return False
    if want.get("stage") and want["stage"] != alert.stage:
        return False
    rung = (want["ladder"], want["level"]) if want.get("ladder") and want.get("level") is not None else None
    if rung and rung != came.rung:
        return False
    said = f"{alert.subject} {alert.said.en} {alert.said.ar}".lower()
    words = [*str(want.get("subject") or "").lower().split(), *_words(want)]
    if any(word not in said for word in words):
        return False
    types = {str(one.type) for one in alert.because if one.type}
    if typed and want.get("type") and want["type"] not in types:
        return False
    return bool(came.articles & set(want["articles"]))


def _words(want: dict[str, Any]) -> Iterator[str]:
    """What an alert with this status, turn or source says in English."""
    lines = book("en", "alert")
    if want.get("turn"):
        yield lines["turn"][want["turn"]].format(level="").lower()
    if want.get("status") and want["status"] != Status.DENIED.value:
        yield lines["status"][want["status"]].lower()
    elif want.get("status"):
        yield "denied"
    if want.get("source"):
        yield str(want["source"]).lower()


def compare(gold: dict[str, Any], came: Sequence[Came], *, typed: bool) -> Compared:
    """Each that came against one that was to come; those that are doubtful count neither way.

    With ``typed`` the type of the act must be the one written down, too. From text it need not: how well types are read
    is measured by gold of its own, and whether a signing is SUPPORT or COOPERATE makes it no other piece of news.
    """
    found = Compared()
    left = list(came)
    for want in sorted(gold["alerts"], key=lambda one: bool(one.get("doubtful"))):
        hit = next((one for one in left if _fits(want, one, typed)), None)
        if hit is not None:
            left.remove(hit)
        if want.get("doubtful"):
            continue
        if hit is None:
            found.missed.append(want)
        else:
            found.hits.append((want, hit))
    found.extra = left
    found.above = [one for one in left if _is_above(gold, one)]
    return found


def _is_above(gold: dict[str, Any], came: Came) -> bool:
    """Whether it tells a higher rung than any that the watch was to have told by then."""
    rung = came.rung
    if rung is None:
        return False
    told = [
        want["level"]
        for want in gold["alerts"]
        if want["watch"] == came.alert.watch and want.get("ladder") == rung[0] and want["day"] <= came.day.isoformat()
    ]
    return rung[1] > max(told, default=-2)


def figures(path: Path, *, by_hand: bool) -> dict[str, float]:
    """The figures of a golden file, from text or from the events by hand."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    return compare(gold, list(feed(watches(gold), by_hand)), typed=by_hand).figures()


def by_watch(gold: dict[str, Any], found: Compared) -> Iterator[str]:
    """A line for each watch: how many came, are missing, and come besides."""
    for watch in gold["watches"]:
        name = watch["id"]
        hits = sum(want["watch"] == name for want, _ in found.hits)
        missed = sum(want["watch"] == name for want in found.missed)
        extra = sum(one.alert.watch == name for one in found.extra)
        yield f"{name:20} came {hits:2}  missing {missed:2}  too many {extra:2}"


def main(given: Sequence[str] | None = None) -> int:
    """Print the figures, and what is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", action="store_true")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--gold", type=Path, default=STORY / "alerts.json")
    options = parser.parse_args(given)
    gold = json.loads(options.gold.read_text(encoding="utf-8"))
    found = compare(gold, list(feed(watches(gold), options.events)), typed=options.events)
    if options.show:
        for want in found.missed:
            print("missed ", json.dumps(want, ensure_ascii=False))
        for one in found.extra:
            where = " ".join(sorted(one.articles))
            print("above  " if one in found.above else "extra  ", one.day, one.alert.watch, one.alert.stage or "-",
                  one.alert.said.en, where)  # fmt: skip
    print("\n".join(by_watch(gold, found)))
    shown = found.figures()
    counted = sum(not one.get("doubtful") for one in gold["alerts"])
    print(f"alerts {counted} " + " ".join(f"{name} {value:.3f}" for name, value in shown.items()))
    if options.events:
        return int(bool(found.missed or found.extra))
    return int(shown["recall"] < RECALL or bool(found.above))


if __name__ == "__main__":
    sys.exit(main())
