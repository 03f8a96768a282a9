"""Make the examples of the API's schema: what it answers over a store of the invented story, cut short.

    python tools/api_examples.py STORE [OUT]

STORE is one that holds ``examples/story`` (``marsad serve --demo`` makes it); it is copied, and not written to.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from marsad.api.app import app
from marsad.desk import Desk
from marsad.store import alerts, keys
from marsad.types import AlertTrigger, Query, Watch

OUT = Path(__file__).parent.parent / "src/marsad/api/examples.json"
NOW = datetime(2025, 3, 1, 9, 0, tzinfo=UTC)
#: Items of a list, and characters of a text, that an example shows.
ITEMS, CHARACTERS = 1, 120
WATCH = Watch(
    id="jordan-russia", name="Jordan and Russia", trigger=AlertTrigger.RUNG,
    query=Query(near="JOR", counterpart="RUS", sanctioner="USA"), channels=("webhook:https://desk.example.org/marsad",),
)  # fmt: skip
TEXT = "زار وزير الخارجية الروسي بغداد يوم الاثنين، وقال إن بلاده «لن تتراجع عن الصفقة»."
GETS = {
    "events": "/api/events?party=JOR&limit=2",
    "reports": "/api/reports?party=JOR&limit=2",
    "quotations": "/api/quotations?voice=verbatim&limit=2",
    "relation": "/api/relations/JOR/RUS?since=2024-01&until=2024-12",
    "triangle": "/api/triangles/JOR/RUS/USA?since=2024-01&until=2024-12",
    "changes": "/api/changes?who=JOR",
    "actors": "/api/actors?under=RUS&limit=2",
    "actor": "/api/actors/RUS.ROSOBORONEXPORT",
    "who": "/api/who?name=وزير الخارجية الروسي&on=2024-05-01",
    "ladders": "/api/ladders",
    "ladder": "/api/ladders/W4",
    "precedents": "/api/precedents?limit=1",
    "precedent": "/api/precedents/TUR-SSB-2020",
    "likeness": "/api/likeness/JOR",
    "laws": "/api/laws",
    "law": "/api/laws/us/caatsa/231?on=2024-01-01",
    "differences": "/api/laws/us/caatsa/231/differences?before=2018-08-12&after=2018-08-13",
    "names": "/api/laws/us/caatsa/231/names?on=2024-01-01",
    "findings": "/api/findings/JOR?law=us/caatsa/231",
    "search": "/api/search?q=عقوبات&limit=1",
    "sources": "/api/sources?limit=1",
    "watches": "/api/watches",
    "watch": "/api/watches/jordan-russia",
    "alerts": "/api/alerts?limit=1",
    "judgements": "/api/judgements",
    "health": "/healthz",
}


def short(value: Any) -> Any:
    """A value cut short: the first of a list, the beginning of a text."""
    if isinstance(value, dict):
        return {key: short(each) for key, each in value.items()}
    if isinstance(value, list):
        return [short(each) for each in value[:ITEMS]]
    if isinstance(value, str) and len(value) > CHARACTERS:
        return value[:CHARACTERS] + "…"
    return value


def made(store: Path) -> Iterator[tuple[str, Any]]:
    """The examples over a store that may be written to."""
    with Desk(str(store), now=lambda: NOW) as desk:
        desk.watch(WATCH)
        told = desk.rehearse(WATCH, 360)
        with desk.store.writing() as db:
            secret = keys.add(db, "examples", ["read", "write"], NOW)
            for one in told[:2]:
                alerts.add(db, one, [one.id])
        with TestClient(app(desk), base_url="http://localhost", headers={"x-api-key": secret}) as client:

            def take(answer: Any) -> Any:
                if not answer.is_success:
                    raise SystemExit(f"{answer.request.url}: {answer.text}")
                return answer.json()

            first = take(client.get("/api/events?party=JOR&limit=1"))["items"][0]
            event, article = first["events"][0]["event"], first["events"][0]["article"]
            held = {"target": event, "values": {"status": "PLANNED"}, "name": "reader", "reason": "it is still to come"}
            yield "judged", take(client.post("/api/judgements", json=held))
            by = {"name": "reader", "reason": "mistaken"}
            yield "withdrawn", take(client.post("/api/judgements/1/withdraw", json=by))
            for name, path in GETS.items():
                yield name, take(client.get(path))
            yield "event", take(client.get(f"/api/events/{event}"))
            yield "report", take(client.get(f"/api/reports/{event}"))
            yield "article", take(client.get(f"/api/articles/{article}"))
            yield "coding", take(client.get(f"/api/articles/{article}/coding"))
            yield "story", take(client.get(f"/api/stories/{first['story']}"))
            yield "source", take(client.get(f"/api/sources/{take(client.get('/api/sources'))['items'][0]['id']}"))
            listed = take(client.get("/api/alerts?limit=1"))["items"]
            if listed:
                yield "alert", take(client.get(f"/api/alerts/{listed[0]['id']}"))
                seen = {"ids": [listed[0]["id"]], "name": "reader"}
                yield "acked", take(client.post("/api/alerts/ack", json=seen))
            asked = {"name": WATCH.name, "trigger": "rung", "query": {"near": "JOR", "counterpart": "RUS"}}
            yield "rehearsed", take(client.post("/api/watches/rehearse", json=asked))
            yield "read", take(client.post("/api/read", json={"id": "1", "text": TEXT, "published": "2025-09-16"}))
            query = {"schema": "Organization", "properties": {"name": ["روسوبورون إكسبورت"]}}
            yield "match", take(client.post("/api/match", json={"queries": {"q1": query}}))


def main() -> None:
    """The command."""
    if len(sys.argv) not in (2, 3):
        raise SystemExit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "story.db"
        shutil.copy(sys.argv[1], copy)
        found = {name: short(value) for name, value in made(copy)}
    out = Path(sys.argv[2]) if len(sys.argv) == 3 else OUT
    out.write_text(json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{out}: {len(found)} examples, {out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
