"""Labels as people write them (spans copied from the text) to labels with offsets, with every fault named.

``python tools/labels.py check FILE…`` lists the faults; ``python tools/labels.py convert FILE… > gold/x.jsonl`` writes
the corpus form. The form: one object a line, ``{"id", "text", "lang", "entities": [{"span", "type", "code", "sector"}],
"events": [{"trigger", "type", "mode", "status", "context", "actors", "recipients", "speaker", "place", "time",
"voice"}]}``. A span is a substring of the text; ``span#2`` is its second occurrence; without a number the first
occurrence that is a whole word, else the first.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from marsad.knowledge import ontology
from marsad.types import ACTING, EventType, Kind, Sector, Status, Voice

Say = Callable[[str], None]
_CLITICS = re.compile("[وف]?[بلكس]?(ال)?")


def _occurrences(text: str, span: str) -> list[int]:
    found, at = [], text.find(span)
    while at >= 0:
        found.append(at)
        at = text.find(span, at + 1)
    return found


def _whole(text: str, start: int, stop: int) -> bool:
    """Whether start..stop is a word or words of its own, but for a clitic before."""
    if stop < len(text) and text[stop].isalpha() and text[stop - 1].isalpha():
        return False
    k = start
    while k and text[k - 1].isalpha():
        k -= 1
    return _CLITICS.fullmatch(text[k:start]) is not None


def find(text: str, span: str) -> tuple[int, int] | None:
    """Where ``span`` stands in ``text``."""
    numbered = re.fullmatch(r"(.+)#(\d+)", span, re.S)
    if numbered:
        span, at = numbered.group(1), int(numbered.group(2)) - 1
        starts = _occurrences(text, span)
    else:
        starts, at = _occurrences(text, span), 0
        starts = [i for i in starts if _whole(text, i, i + len(span))] or starts
    return (starts[at], starts[at] + len(span)) if span and at < len(starts) else None


def _allowed(value: Any, values: Iterable[str], what: str, say: Say) -> bool:
    if value in set(map(str, values)):
        return True
    say(f"{what} {value!r} is not allowed")
    return False


def _entities(row: dict[str, Any], say: Say) -> tuple[list[dict[str, Any]], dict[str, int]]:
    made: list[dict[str, Any]] = []
    index: dict[str, int] = {}
    for entity in row.get("entities", []):
        at = find(row["text"], entity.get("span", ""))
        if at is None:
            say(f"entity {entity.get('span')!r} is not in the text")
            continue
        kind, code, sector = entity.get("type"), entity.get("code") or None, entity.get("sector") or None
        if not _allowed(kind, Kind, "entity type", say):
            continue
        if sector and not _allowed(sector, Sector, "sector", say):
            sector = None
        if code and not re.fullmatch("[A-Z]{3}", code):
            say(f"code {code!r} is no three capitals")
        index[entity["span"]] = len(made)
        sector = sector if kind in ACTING else None
        made.append({"start": at[0], "stop": at[1], "type": kind, "code": code, "sector": sector})
    return made, index


def _event(event: dict[str, Any], text: str, index: dict[str, int], say: Say) -> dict[str, Any] | None:
    trigger = find(text, event.get("trigger", ""))
    if trigger is None:
        say(f"trigger {event.get('trigger')!r} is not in the text")
        return None
    kind, mode = event.get("type"), event.get("mode") or None
    if not _allowed(kind, EventType, "type", say) or not _allowed(event.get("status"), Status, "status", say):
        return None
    if mode and not _allowed(mode, ontology.modes(str(kind)), f"mode of {kind}", say):
        mode = None
    if event.get("voice"):
        _allowed(event["voice"], Voice, "voice", say)
    for context in event.get("context", []):
        _allowed(context, ontology.contexts(), "context", say)

    def fillers(names: Iterable[str]) -> list[int]:
        for name in names:
            if name not in index:
                say(f"role {name!r} is no entity span")
        return [index[name] for name in names if name in index]

    speaker = fillers([event["speaker"]]) if event.get("speaker") else []
    ranges = {}
    for part in ("place", "time"):
        ranges[part] = find(text, event[part]) if event.get(part) else None
        if event.get(part) and ranges[part] is None:
            say(f"{part} {event[part]!r} is not in the text")
    made = {
        "trigger": trigger,
        "type": kind,
        "mode": mode,
        "status": event["status"],
        "context": event.get("context", []),
        "actors": fillers(event.get("actors") or []),
        "recipients": fillers(event.get("recipients") or []),
        "speaker": speaker[0] if speaker else None,
        **ranges,
    }
    return {**made, "voice": event["voice"]} if event.get("voice") else made


def convert(row: dict[str, Any], say: Say) -> dict[str, Any]:
    """A row with offsets; ``say`` is told of each fault, and what is at fault is left out."""
    entities, index = _entities(row, say)
    events = [_event(event, row["text"], index, say) for event in row.get("events", [])]
    head = {key: row[key] for key in ("id", "lang", "group", "text") if key in row}
    return {**head, "entities": entities, "events": [e for e in events if e]}


def main(mode: str, *paths: str) -> int:
    """Check or convert every file; gives the number of faults, at most 1."""
    faults = 0
    for path in paths:
        for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
            said: list[str] = []
            row = json.loads(line)
            made = convert(row, said.append)
            for fault in said:
                print(f"{path}:{number} {row.get('id')}: {fault}", file=sys.stderr)
            faults += len(said)
            if mode == "convert":
                print(json.dumps(made, ensure_ascii=False))
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if sys.argv[1:2] in (["check"], ["convert"]) else __doc__)
