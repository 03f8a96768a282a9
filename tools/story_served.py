"""The story of examples/story/ behind a server of its own, and a browser before it: for pictures, and for tests.

The browser is Debian's chromium: the one that ``MARSAD_CHROMIUM`` names, else the one on the path.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from time import sleep
from urllib.parse import quote

from measure_alerts import STORY, watches
from measure_course import ByHand
from playwright.sync_api import Browser, Playwright

from marsad.api import server as serving
from marsad.api.options import Options
from marsad.desk import Desk
from marsad.desk.intake import example
from marsad.store.where import Where
from marsad.types import Watch
from marsad.web.app import app

#: Without these, chromium asks its maker for news, and a small /dev/shm ends it.
FLAGS = ("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--force-color-profile=srgb",
         "--font-render-hinting=none")  # fmt: skip


def chromium() -> str | None:
    """Where the browser is; None where there is none."""
    given = os.environ.get("MARSAD_CHROMIUM")
    return given if given and Path(given).is_file() else shutil.which(given or "chromium")


def launched(play: Playwright) -> Browser:
    """The browser, without a window."""
    return play.chromium.launch(executable_path=chromium(), args=list(FLAGS))


def golden() -> list[Watch]:
    """The watches of ``alerts.json``."""
    return watches(json.loads((STORY / "alerts.json").read_text(encoding="utf-8")))


def tell(path: Path, *, by_hand: bool = True) -> None:
    """The story in a new store, day by day.

    ``by_hand`` takes the events that were written by hand and the watches of ``alerts.json``; else the articles are
    coded, and watched as ``marsad serve --demo`` does.
    """
    with Desk(str(path), coder=ByHand() if by_hand else None) as desk:
        given = golden() if by_hand else example.WATCHES
        example.tell(desk, watches=given)


def opened(path: Path) -> Desk:
    """A desk on a store that :func:`tell` made; its clock goes on from the evening of the story's last day."""
    begun = datetime.now(UTC)
    end = datetime.combine(example.articles()[-1].published or date.max, time(20), UTC)
    return Desk(str(path), coder=ByHand(), now=lambda: end + (datetime.now(UTC) - begun))


@contextmanager
def served(desk: Desk, *, demo: bool = False) -> Iterator[str]:
    """The pages of ``desk`` on a free port of this machine, from a thread; gives the address without a last slash."""
    options = Options(port=0, demo=demo)
    listening = serving.bound(options)
    one = serving.server(app(desk, options), options)
    thread = threading.Thread(target=one.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        while not one.started:
            sleep(0.01)
        yield serving.address(options, listening).rstrip("/")
    finally:
        one.end()
        thread.join(20)
        listening.close()


def pages(desk: Desk) -> dict[str, str]:
    """A name for each page, and an address where it has something to show."""
    top = _highest(desk)
    acts = list(desk.events(Where(), limit=200))
    act = max(acts, key=lambda one: len(one.reports))
    stories = [found for one in acts if (found := desk.story(one.story))]
    alert = next(iter(desk.alerts(limit=1)))
    watch = desk.find_watch(alert.watch)
    return {
        "observatory": "/",
        "relation": "/relation/JOR/RUS",
        "evidence": f"/relation/JOR/RUS?rung={top}",
        "triangle": "/triangle/JOR/RUS/USA",
        "brief": "/brief/JOR/RUS",
        "article": f"/article/{_article(desk)}",
        "judging": f"/article/{_article(desk)}?judge={_article(desk)}",
        "event": f"/event/{act.id}",
        "story": f"/story/{max(stories, key=lambda one: len(one.articles)).id}",
        "actor": "/actor/RUS.ROSOBORONEXPORT",
        "state": "/actor/JOR",
        "laws": "/law",
        "law": "/law/us/caatsa/231",
        "findings": "/finding/JOR",
        "finding": f"/finding/{quote(_furthest(desk))}/us/caatsa/231",
        "precedents": "/precedents",
        "precedent": "/precedents/TUR-SSB-2020",
        "search": "/search?q=بانتسير",
        "sources": "/sources",
        "alerts": "/alerts",
        "watches": "/watches",
        "watch": f"/watches/{watch.id}",
        "map": "/map?of=JOR",
        "about": "/about",
        "missing": "/article/0000",
    }


def _highest(desk: Desk) -> str:
    """The highest rung of the pair's own ladder that is confirmed."""
    reached = [one for one in desk.course("JOR", "RUS", sanctioner="USA").reached if one.rung.ladder.value == "L"]
    return max((one for one in reached if one.confirmed), key=lambda one: one.rung.level).id


def _furthest(desk: Desk) -> str:
    """The body of the state that stands nearest to the law."""
    return desk.assess("JOR", "us/caatsa/231").findings[0].finding.entity


def _article(desk: Desk) -> str:
    """The Arabic article that reports most acts."""
    told: dict[str, int] = {}
    for one in desk.every_report():
        if one.article.language == "ar":
            told[one.article.id] = told.get(one.article.id, 0) + 1
    return max(told, key=lambda one: (told[one], one))
