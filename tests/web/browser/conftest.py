"""A browser before the example story: one store, one server, one browser for all tests here."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[3] / "tools"))
from measure_course import ByHand
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright
from story_served import chromium, launched, opened, pages, served, tell

from marsad.desk import Desk

#: Opens a page: the address of a server, a path, and what its browser is to be like.
Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They come first: one worker has them all, and others would wait for it. Without a browser they are left out."""
    mine = [one for one in items if Path(__file__).parent in one.path.parents]
    items.sort(key=lambda one: Path(__file__).parent not in one.path.parents)
    if chromium() is None:
        for one in mine:
            one.add_marker(pytest.mark.skip(reason="no chromium: apt-get install chromium, or set MARSAD_CHROMIUM"))


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store with the story, from the events that were written by hand."""
    path = tmp_path_factory.mktemp("browser") / "story.db"
    tell(path)
    return path


@pytest.fixture(scope="session")
def story(told: Path) -> Iterator[tuple[Desk, str]]:
    """The desk of the story, and the address of its pages."""
    with opened(told) as desk, served(desk) as at:
        yield desk, at


@pytest.fixture(scope="session")
def places(story: tuple[Desk, str]) -> dict[str, str]:
    """The path of every page by its name."""
    return pages(story[0])


@pytest.fixture
def copied(told: Path, tmp_path: Path) -> Iterator[tuple[Desk, str]]:
    """A copy of the story that a test may change, and the address of its pages."""
    shutil.copy(told, tmp_path / "story.db")
    with opened(tmp_path / "story.db") as desk, served(desk) as at:
        yield desk, at


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[tuple[Desk, str]]:
    """An empty store, and the address of its pages."""
    with Desk(str(tmp_path / "bare.db"), coder=ByHand()) as desk, served(desk) as at:
        yield desk, at


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    """The browser. It ends with its module: tests of this process that come later run loops of their own."""
    with sync_playwright() as play:
        made = launched(play)
        yield made
        made.close()


@dataclass
class Faults:
    """What went wrong in the pages of a test: scripts, the policy, requests to elsewhere, answers of 500."""

    at: str = ""
    found: list[str] = field(default_factory=list)

    def watch(self, seen: BrowserContext) -> None:
        """Look at everything that is opened in ``seen``."""
        seen.on("console", lambda one: self._tell(one.type == "error" and _own(one.text), f"console: {one.text}"))
        seen.on("weberror", lambda one: self._tell(True, f"script: {one.error}"))
        seen.on("request", self._request)
        seen.on("response", lambda one: self._tell(one.status >= 500, f"{one.status} {one.url}"))

    def _request(self, one: Request) -> None:
        self._tell(not one.url.startswith((f"{self.at}/", "data:")), f"asked elsewhere: {one.url}")

    def _tell(self, wrong: object, what: str) -> None:
        if wrong:
            self.found.append(what)


def _own(text: str) -> bool:
    """Whether an error of the console is one of ours; that an address answers 404 or 422 is what a test may want."""
    return "the server responded with a status of 4" not in text


@pytest.fixture
def faults() -> Iterator[Faults]:
    """Nothing may be in it when a test ends."""
    made = Faults()
    yield made
    assert made.found == []


@pytest.fixture
def visit(chrome: Browser, faults: Faults) -> Iterator[Open]:
    """Opens the page of an address in a browser that has been nowhere yet."""
    open_: list[BrowserContext] = []

    def go(at: str, path: str = "/", *, lang: str = "en", **given: object) -> Page:
        given = {"viewport": {"width": 1280, "height": 900}, **given}
        seen = chrome.new_context(locale=lang, **given)
        seen.set_default_timeout(20_000)
        open_.append(seen)
        faults.at = at
        faults.watch(seen)
        page = seen.new_page()
        page.goto(at + path)
        return page

    yield go
    for one in open_:
        one.close()
