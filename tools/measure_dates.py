"""How well `dates` finds the days that texts name.

    python tools/measure_dates.py [FILE ...] [--contested FILE] [--errors]

Without FILE, `gold/dates.jsonl`. A line is `{"id", "text", "on", "language", "times": [{"start", "stop", "first",
"last", "precision"}]}`, where a time is right if spans overlap and first, last and precision agree; or, as TIMEX3,
`{"id", "text", "published", "times": [{"start", "stop", "type", "value"}]}`, where calendar values are judged (years,
months, days, weeks, quarters, halves, seasons, decades, centuries) and durations, sets and PRESENT_REF and the like
are left out, with whatever is found at their place. A TIMEX3 value is right if spans overlap and the time found, or an
end of the range found, lies within the value and is no less exact.

`--contested` names a file of lines `{"id", "start", "found", "why"}`: labels and findings whose rightness is in doubt
(`found` where there is no label at that place). Figures are given with them and without.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from marsad.text.dates import dates, periods
from marsad.text.dates.periods import Period
from marsad.types import Precision, TimeMention

GOLD = Path(__file__).parent.parent / "gold" / "dates.jsonl"
CONTESTED = GOLD.with_name("dates_contested.jsonl")
SEASONS = {"SP": 0, "SU": 1, "FA": 2, "WI": 3}


@dataclass
class Count:
    """Times found and right, found, there; and the wrong ones."""

    right: int = 0
    found: int = 0
    there: int = 0
    hit: int = 0
    errors: list[str] = field(default_factory=list)

    def line(self, name: str) -> str:
        """The figures as a line of a table: of the found, how many are right; of the labels, how many were hit."""
        precision, recall = self.right / max(1, self.found), self.hit / max(1, self.there)
        f = 2 * precision * recall / max(1e-9, precision + recall)
        return f"{name:24} {self.there:7} {self.found:7} {precision:9.4f} {recall:9.4f} {f:9.4f}"


def timex(value: str) -> Period | None:
    """The days of a TIMEX3 calendar value; None for any other."""
    value = re.sub(r"T.*", "", value)
    if match := re.fullmatch(r"(\d{4})-W(\d\d)", value):
        return periods.week(date.fromisocalendar(int(match[1]), int(match[2]), 1))
    if match := re.fullmatch(r"(\d{4})-(?:Q([1-4])|H([12])|(SP|SU|FA|WI))", value):
        year = int(match[1])
        if match[4]:
            return periods.season(year, SEASONS[match[4]])
        return periods.quarter(year, int(match[2])) if match[2] else periods.half(year, int(match[3]))
    if not re.fullmatch(r"\d{2,4}(?:-\d\d){0,2}", value):
        return None
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 3:
        return periods.day(*parts)
    if len(parts) == 2:
        return periods.month(*parts)
    length = {4: 1, 3: 10, 2: 100}[len(value)]
    precision = {1: Precision.YEAR, 10: Precision.DECADE, 100: Precision.CENTURY}[length]
    return periods.years(parts[0] * length, parts[0] * length + length - 1, precision)


@dataclass(frozen=True)
class Label:
    """A labelled time; without a period where it is not judged."""

    start: int
    stop: int
    period: Period | None
    loose: bool

    def overlaps(self, mention: TimeMention) -> bool:
        """Whether they share a character."""
        return mention.span.start < self.stop and self.start < mention.span.stop

    def agrees(self, mention: TimeMention) -> bool:
        """Whether the time found is the one labelled."""
        if self.period is None or not self.overlaps(mention):
            return False
        if not self.loose:
            found = Period(mention.first, mention.last, mention.precision)
            return found == self.period
        order = list(Precision)
        if order.index(mention.precision) > order.index(self.period.precision):
            return False
        ends = [(mention.first, mention.last)]
        if mention.rule in ("range", "year.range", "day.calendar", "day.relative"):
            ends += [(mention.first, mention.first), (mention.last, mention.last)]
        return any(self.period.first <= first and last <= self.period.last for first, last in ends)


def labels(row: dict[str, Any]) -> list[Label]:
    """The labels of a line, in either form."""
    found = []
    for time in row["times"]:
        if "first" in time:
            period = Period(
                date.fromisoformat(time["first"]), date.fromisoformat(time["last"]), Precision(time["precision"])
            )
            found.append(Label(time["start"], time["stop"], period, False))
        else:
            judged = timex(time["value"]) if time["type"] in ("DATE", "TIME") else None
            found.append(Label(time["start"], time["stop"], judged, True))
    return found


def measure(rows: Iterable[dict[str, Any]], doubted: set[tuple[str, int]], count: Count) -> None:
    """Adds what is found in ``rows`` to ``count``; places in ``doubted`` are not judged."""
    for row in rows:
        on = date.fromisoformat(row.get("on") or row["published"])
        mentions = dates(row["text"], on, row.get("language"))
        there = labels(row)
        judged = [label for label in there if label.period and (row["id"], label.start) not in doubted]
        unjudged = [label for label in there if label not in judged]
        for label in judged:
            hit = any(label.agrees(mention) for mention in mentions)
            count.there += 1
            count.hit += hit
            if not hit:
                count.errors.append(_error("missed", row, label.start, label.stop, label.period))
        for mention in mentions:
            right = any(label.agrees(mention) for label in judged)
            free = any(label.overlaps(mention) for label in unjudged) or (row["id"], mention.span.start) in doubted
            if right or not free:
                count.found += 1
                count.right += right
            if not right and not free:
                period = Period(mention.first, mention.last, mention.precision)
                count.errors.append(_error("found", row, mention.span.start, mention.span.stop, period))


def _error(what: str, row: dict[str, Any], start: int, stop: int, period: Period | None) -> str:
    text = row["text"]
    days = f"{period.first}..{period.last} {period.precision}" if period else ""
    around = f"{text[max(0, start - 30) : start]}⟦{text[start:stop]}⟧{text[stop : stop + 25]}".replace("\n", " ")
    return f"{what} {row['id']} {start}: {days} | {around}"


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a file."""
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def figures(path: Path) -> dict[str, float]:
    """Precision and recall on a file, without the contested places."""
    contested = list(read(CONTESTED)) if CONTESTED.exists() else []
    count = Count()
    measure(read(path), {(row["id"], row["start"]) for row in contested}, count)
    return {"precision": count.right / max(1, count.found), "recall": count.hit / max(1, count.there)}


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", type=Path, nargs="*", default=[GOLD])
    parser.add_argument("--contested", type=Path, default=CONTESTED)
    parser.add_argument("--errors", action="store_true", help="list what was missed and what was found wrongly")
    arguments = parser.parse_args()
    contested = list(read(arguments.contested)) if arguments.contested.exists() else []
    doubted = {(row["id"], row["start"]) for row in contested}
    print(f"{'':24} {'labels':>7} {'found':>7} {'precision':>9} {'recall':>9} {'F':>9}")
    for path in arguments.files:
        rows = list(read(path))
        by_language: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in rows:
            by_language[row.get("language", "ar")].append(row)
        for language, some in sorted(by_language.items()):
            if len(by_language) > 1:
                count = Count()
                measure(some, set(), count)
                print(count.line(f"{path.stem} {language}"))
        total = Count()
        measure(rows, set(), total)
        print(total.line(path.stem))
        here = {place for place in doubted if any(row["id"] == place[0] for row in rows)}
        if here:
            agreed = Count()
            measure(rows, here, agreed)
            print(agreed.line(f"  without {len(here)} contested"))
            total = agreed
        if arguments.errors:
            print(*total.errors, sep="\n")


if __name__ == "__main__":
    main()
