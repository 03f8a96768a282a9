"""A browser on the pages of a desk, and the watch that the small store of tests/desks.py is looked at with."""

from __future__ import annotations

import re

from fastapi.testclient import TestClient

from marsad.desk import Desk
from marsad.types import AlertTrigger, Query, Watch
from marsad.web.app import app

HTML = {"accept": "text/html,application/xhtml+xml", "sec-fetch-site": "same-origin", "sec-fetch-dest": "document"}
#: What is watched.
WATCH = Watch(
    id="irq-rus", name="العراق وروسيا", trigger=AlertTrigger.EVENT, query=Query(near="IRQ", counterpart="RUS")
)  # fmt: skip


def browse(desk: Desk) -> TestClient:
    """A browser that has opened nothing yet; it follows no redirect."""
    return TestClient(app(desk), base_url="http://127.0.0.1", headers=HTML, follow_redirects=False)


def token(page: str) -> str:
    """What the forms of a page carry."""
    return re.findall(r'name="token" value="([0-9a-f]+)"', page)[0]
