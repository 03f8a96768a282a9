"""Pictures of every page, right to left and left to right: ``make screenshots`` puts them into ``build/screens/``.

The store is the story as ``marsad serve --demo`` tells it (``--events``: from the events written by hand), kept beside
the pictures for the next time. ``python tools/screenshots.py relation brief`` takes these pages alone, in every
language, width and theme; without a name each page is taken in both languages, the main ones dark and narrow too. It
prints what each page weighs without fonts, and when it painted first. ``--readme`` takes those of the READMEs into
``docs/screens/``.
"""

from __future__ import annotations

import argparse
import base64
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Request, sync_playwright
from story_served import chromium, launched, opened, pages, served, tell

OUT = Path(__file__).parents[1] / "build" / "screens"
LANGUAGES, THEMES, WIDTHS = ("ar", "en"), ("light", "dark"), (1280, 400)
#: Pages that are taken dark and narrow too.
MAIN = ("observatory", "relation", "article", "alerts", "finding")
#: Those of the READMEs, and how high they are; as WebP of this quality.
README = (("relation", "ar", "light", 1500), ("observatory", "en", "light", 1150), ("article", "ar", "light", 1180),
          ("finding", "en", "light", 1100), ("alerts", "ar", "dark", 1000))  # fmt: skip
QUALITY = 0.8
SCREENS = Path(__file__).parents[1] / "docs" / "screens"
#: The browser is the one here who can write WebP.
_PRESS = """async ([data, quality]) => {
  const image = new Image();
  image.src = "data:image/png;base64," + data;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL("image/webp", quality).split(",")[1];
}"""
#: When the browser has painted something first, in milliseconds since it asked for the page.
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture of a page."""

    name: str
    lang: str
    theme: str
    width: int
    height: int = 900

    @property
    def file(self) -> Path:
        """Where it is put."""
        return OUT / f"{self.name}.{self.lang}{'.dark' if self.theme == 'dark' else ''}{_narrow(self.width)}.png"


def _narrow(width: int) -> str:
    return "" if width == WIDTHS[0] else f".{width}"


def shots(names: Sequence[str], chosen: bool) -> Iterator[Shot]:
    """What is taken: of ``chosen`` pages all there is."""
    for name, lang, theme, width in product(names, LANGUAGES, THEMES, WIDTHS):
        usual = theme == "light" and width == WIDTHS[0]
        either = theme == "light" or width == WIDTHS[0]
        if chosen or usual or (name in MAIN and either):
            yield Shot(name, lang, theme, width)


def weigh(page: Page) -> list[int]:
    """The bytes, as they are sent, of each thing that ``page`` loads from now on, but for fonts."""
    sent: list[int] = []

    def count(request: Request) -> None:
        response = request.response() if request.resource_type != "font" else None
        if response and response.ok:
            sent.append(request.sizes()["responseBodySize"])

    page.on("requestfinished", count)
    return sent


def take(browser: Browser, at: str, path: str, shot: Shot) -> tuple[int, float]:
    """One picture of a whole page; gives what the page weighs in bytes, and when it painted first in milliseconds."""
    with shown(browser, at, path, shot) as (page, sent):
        shot.file.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=shot.file, full_page=True)
        return sum(sent), float(page.evaluate(_PAINT))


def press(browser: Browser, at: str, path: str, shot: Shot) -> Path:
    """The head of a page as a small file for the READMEs; gives where it is."""
    with shown(browser, at, path, shot) as (page, _):
        taken = base64.b64encode(page.screenshot()).decode()
    page = browser.new_page()
    file = SCREENS / f"{shot.file.stem}.webp"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(base64.b64decode(page.evaluate(_PRESS, [taken, QUALITY])))
    page.close()
    return file


@contextmanager
def shown(browser: Browser, at: str, path: str, shot: Shot) -> Iterator[tuple[Page, list[int]]]:
    """A page that has loaded, and the bytes of each thing that it loaded."""
    size = {"width": shot.width, "height": shot.height}
    seen = browser.new_context(viewport=size, color_scheme=shot.theme, locale=shot.lang)
    try:
        seen.add_cookies([{"name": "marsad-lang", "value": shot.lang, "url": at}])
        page = seen.new_page()
        sent = weigh(page)
        page.goto(at + path, wait_until="networkidle")
        page.evaluate("document.fonts.ready")
        yield page, sent
    finally:
        seen.close()


def main(given: Sequence[str] | None = None) -> int:
    """Take the pictures; exit code 1 where there is no browser."""
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--events", action="store_true", help="from the events written by hand")
    parser.add_argument("--readme", action="store_true", help="those of the READMEs, into docs/screens/")
    parser.add_argument("--store", type=Path, help="of a story that is told already")
    options = parser.parse_args(given)
    if chromium() is None:
        print("no chromium: install it (apt-get install chromium), or name it in MARSAD_CHROMIUM")
        return 1
    file = options.store or OUT / f"story{'.events' if options.events else ''}.db"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        tell(file, by_hand=options.events)
    with opened(file) as desk, served(desk, demo=True) as at, sync_playwright() as play:
        browser, every = launched(play), pages(desk)
        for name, lang, theme, height in README if options.readme else ():
            file = press(browser, at, every[name], Shot(name, lang, theme, WIDTHS[0], height))
            print(f"{file.name:36}{file.stat().st_size:>9,} bytes")
        if options.readme:
            return 0
        for shot in shots(options.names or list(every), bool(options.names)):
            sent, paint = take(browser, at, every[shot.name], shot)
            print(
                f"{shot.file.relative_to(OUT)!s:36}{sent:>9,} bytes {paint:6.0f} ms  {urlsplit(every[shot.name]).path}"
            )
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
