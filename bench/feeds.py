"""How fast feeds are read, on one core, and how much of damaged ones: python bench/feeds.py [FILE…]

A seeded generator makes an Arabic feed of 100 entries, each with five paragraphs as HTML, in a CDATA section and
escaped; FILEs are feeds of one's own. Beside ``feed``, which gives text, absolute addresses and dates with their
offset, stands bare fastfeedparser, which gives the HTML as it is and dates in UTC. Then 20 entries of the same
generator are damaged 200 times in each of four ways, and the share of entries that are found with their own title and
address is printed for both; those whose own title or address was hit do not count.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

# The folder of this file stands first in the path, and its html.py would hide the standard library's.
sys.path[:] = [entry for entry in sys.path if Path(entry).resolve() != Path(__file__).resolve().parent]

import fastfeedparser  # type: ignore[import-untyped]  # noqa: E402

from marsad.errors import MarsadError  # noqa: E402
from marsad.read.feeds.feed import feed  # noqa: E402

SEED, ENTRIES, PARAGRAPHS = 20251201, 100, 5
_NEWS = (
    "زار وزير الخارجية الروسي العاصمة العراقية بغداد اليوم والتقى نظيره وبحث معه التعاون في مجالات الطاقة والدفاع "
    "وقال في مؤتمر صحفي إن بلاده ترحب بالحوار ولن تستبق أي قرار بشأن العقوبات التي تلوح بها واشنطن منذ شهر"
)
WORDS = _NEWS.split()
#: Entries by title and address.
Named = set[tuple[str | None, str | None]]
_TAG = re.compile(r"</?(?:item|title|link|guid|description|pubDate)[^>]*>")
_JUNK = ("<", ">", "&", '"', "<br>", "</b>", "<b>", "\x0b", "]]>", "<![CDATA[")


def made(entries: int, cdata: bool, draw: random.Random) -> str:
    """An Arabic feed of so many entries."""
    rows = ['<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>وكالة</title>']
    for number in range(entries):
        day = f"Tue, 16 Sep 2025 10:{number % 60:02d}:00 +0300"
        text = "".join(f"<p>{' '.join(draw.choices(WORDS, k=40))} &amp; <b>غيره</b>.</p>" for _ in range(PARAGRAPHS))
        title = f"{' '.join(draw.choices(WORDS, k=7))} {number}"
        rows.append(
            f"<item><title>{title}</title><link>https://news.example/{number}?a=1&amp;b=2</link>"
            f'<guid isPermaLink="false">{number}</guid><pubDate>{day}</pubDate>'
            f"<description>{f'<![CDATA[{text}]]>' if cdata else escape(text)}</description></item>\n"
        )
    return "".join(rows) + "</channel></rss>"


def best(work: Callable[[], object], rounds: int = 15) -> float:
    """Seconds of the quickest round."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def speed(name: str, data: bytes) -> None:
    count = len(feed(data, name).entries)
    ours = best(lambda: feed(data, name))
    bare = best(lambda: fastfeedparser.parse(data))
    print(f"{name:28} {count:5} entries {count / ours:9.0f}/s  bare fastfeedparser {count / bare:9.0f}/s")


def damaged(source: str, how: str, draw: random.Random) -> str:
    """A feed that was cut off, or lost or gained something in four places behind its head."""
    if how == "cut off":
        return source[: draw.randrange(400, len(source))]
    if how == "tags lost":
        for tag in sorted(draw.sample(list(_TAG.finditer(source)), 4), key=lambda one: -one.start()):
            source = source[: tag.start()] + source[tag.end() :]
        return source
    for _ in range(4):
        at = draw.randrange(300, len(source) - 3)
        source = source[:at] + (source[at + 2 :] if how == "letters lost" else draw.choice(_JUNK) + source[at:])
    return source


def by_marsad(data: bytes) -> Named:
    return {(one.title, one.url) for one in feed(data, "damaged").entries}


def by_parser(data: bytes) -> Named:
    return {(one.get("title"), one.get("link")) for one in fastfeedparser.parse(data)["entries"]}


def found(read: Callable[[], Named]) -> Named:
    try:
        return read()
    except (MarsadError, ValueError, AttributeError):
        return set()


def damage(how: str, draw: random.Random) -> None:
    whole = ours = bare = 0
    for number in range(200):
        source = made(20, number % 2 == 0, draw)
        broken = damaged(source, how, draw)
        data = broken.encode()
        named = by_marsad(source.encode())
        left = {(a, b) for a, b in named if f"{a}" in broken and f"{b}".replace("&", "&amp;") in broken}
        whole += len(left)
        ours += len(left & found(partial(by_marsad, data)))
        bare += len(left & found(partial(by_parser, data)))
    print(f"{how:28} {whole:5} entries found {ours / whole:.3f}  bare fastfeedparser {bare / whole:.3f}")


def main() -> None:
    """Prints the table."""
    draw = random.Random(SEED)
    print(f"Python {sys.version.split()[0]}; the best of 15 rounds")
    speed("100 entries in CDATA", made(ENTRIES, True, draw).encode())
    speed("100 entries, escaped", made(ENTRIES, False, draw).encode())
    for name in sys.argv[1:]:
        speed(Path(name).name, Path(name).read_bytes())
    for how in ("cut off", "letters lost", "junk gained", "tags lost"):
        damage(how, draw)


if __name__ == "__main__":
    main()
