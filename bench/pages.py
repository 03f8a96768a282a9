"""Speed and rightness of the reader of pages, beside trafilatura's own extraction of the same pages in the same run.

``python bench/pages.py [--pages N] [FOLDER]``: N invented Arabic pages of six makes (seeded, so the same in every run),
and the saved pages of FOLDER (``../shared/ingest/html_arabic_pages`` where it exists). Prints pages a second of
:func:`marsad.read.pages.html.page` and of ``trafilatura.extract`` with metadata, fast and in full, on one core in
turns; and for the invented pages the share of paragraphs that came through, of other lines that did too, of titles and
of dates.
"""

from __future__ import annotations

import argparse
import gzip
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from marsad.read.pages.html import page

SHARED = Path(__file__).parents[2] / "shared" / "ingest" / "html_arabic_pages"
SEED = 20251201

#: Offices, persons, places, verbs, ends of sentences: what invented news is put together from.
_WHO = "وزير الخارجية|رئيس الوزراء|المتحدث باسم الوزارة|رئيس البرلمان|وزير الدفاع|السفير|رئيس الوفد|وزيرة المالية"
_OF = "العراقي|الروسي|التركي|المصري|الأردني|الإيراني|القطري|الجزائري|التونسي|الفرنسي|الأميركي"
_DID = (
    "بحث مع نظيره|أكد خلال لقائه|أعلن في مؤتمر صحفي|نفى في تصريح|حذر في كلمة ألقاها|دعا في ختام زيارته|طالب خلال الجلسة"
)
_WHAT = (
    "سبل تعزيز التعاون بين البلدين|تطورات الأوضاع في المنطقة|ملف الطاقة والاستثمار|تنفيذ الاتفاق الموقع العام الماضي|"
)
_WHAT += "إعادة فتح المعابر الحدودية|العقوبات المفروضة على القطاع المصرفي|خطة إعادة الإعمار|التنسيق الأمني المشترك"
_END = "وشدد على أهمية الحوار|وأضاف أن المشاورات ستستمر|مشيرا إلى أن القرار نهائي|بحسب بيان رسمي|"
_END += "من دون أن يذكر تفاصيل أخرى|وفق ما نقلته وسائل إعلام محلية|موضحا أن اللجنة ستجتمع قريبا"
_MONTHS = (
    "يناير/كانون الثاني|فبراير/شباط|مارس/آذار|أبريل/نيسان|مايو/أيار|يونيو/حزيران|يوليو/تموز|أغسطس/آب|سبتمبر/أيلول|"
)
_MONTHS += "أكتوبر/تشرين الأول|نوفمبر/تشرين الثاني|ديسمبر/كانون الأول"
_SECTIONS = "الرئيسية|سياسة|اقتصاد|رياضة|ثقافة|علوم|آراء|فيديو|صور|تكنولوجيا|صحة|منوعات"


#: How papers write their pages: with an article element, a class of a common system, breaks of lines, tables, little
#: text, and the manner of 2003.
_SHAPES = {
    "article": "<article><header><h1>{title}</h1><time>{shown}</time></header><div>{paragraphs}</div></article>",
    "content": '<div class="page"><h1>{title}</h1><div class="meta">نشر في: {shown}</div>'
    '<div class="entry-content">{paragraphs}</div></div>',
    "breaks": '<div id="story"><h1>{title}</h1><span>{shown}</span><div class="story">{breaks}</div></div>',
    "table": "<table><tr><td><h1>{title}</h1></td></tr><tr><td>{figures}</td></tr>"
    "<tr><td>{paragraphs}</td></tr></table>",
    "short": "<article><h1>{title}</h1>{paragraphs}</article>",
    "old": '<center><font size="5"><b>{title}</b></font></center><div align="right">{shown}</div>'
    '<div align="right">{paragraphs}</div>',
}  # fmt: skip


@dataclass(frozen=True)
class Made:
    """An invented page and what is to be read from it."""

    kind: str
    source: bytes
    title: str
    body: tuple[str, ...]
    day: str


def _sentence(rng: random.Random) -> str:
    one = lambda words: rng.choice(words.split("|"))  # noqa: E731
    return f"{one(_DID)} {one(_WHO)} {one(_OF)} {one(_WHAT)}، {one(_END)}."


def _headline(rng: random.Random) -> str:
    one = lambda words: rng.choice(words.split("|"))  # noqa: E731
    return f"{one(_WHO)} {one(_OF)} يبحث {one(_WHAT)}"


def _frame(rng: random.Random, number: int) -> tuple[str, str]:
    """What stands before and after an article: menus, teasers with their dates, a foot."""
    menu = "".join(f'<li><a href="/s/{k}">{name}</a></li>' for k, name in enumerate(_SECTIONS.split("|")))
    teasers = "".join(
        f'<div class="card"><a href="/n/{number}-{k}"><img src="/i/{k}.jpg" alt=""><h3>{_headline(rng)}</h3></a>'
        f'<span class="date">{rng.randrange(1, 29)} مارس 2024</span></div>'
        for k in range(rng.randrange(6, 30))
    )
    scripts = "<script>" + "var a = {b: 1, c: '<p>'};\n" * rng.randrange(20, 400) + "</script>"
    top = f'<div class="top"><ul class="menu">{menu}</ul><div class="clock">1 ديسمبر 2025</div></div>{scripts}'
    return top, f'<div class="related"><h2>اقرأ أيضا</h2>{teasers}</div><footer>جميع الحقوق محفوظة © 2025</footer>'


def make(rng: random.Random, number: int) -> Made:
    """One page."""
    kind = list(_SHAPES)[number % len(_SHAPES)]
    title, on = _headline(rng), date(2024, 1, 1) + timedelta(days=rng.randrange(700))
    count = 1 if kind == "short" else rng.randrange(4, 16)
    body = tuple(" ".join(_sentence(rng) for _ in range(rng.randrange(1, 4))) for _ in range(count))
    top, end = _frame(rng, number)
    shown = f"{on.day} {_MONTHS.split('|')[on.month - 1]} {on.year}"
    head = f"<title>{title} - صحيفة المثال</title>"
    if kind in ("article", "short"):
        head += f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="صحيفة المثال">'
        head += f'<meta property="article:published_time" content="{on.isoformat()}T08:00:00+03:00">'
    inner = _SHAPES[kind].format(
        title=title,
        shown=shown,
        figures=f"{on:%d/%m/%Y}",
        paragraphs="".join(f"<p>{one}</p>" for one in body),
        breaks="<br><br>".join(body),
    )
    source = f'<!DOCTYPE html><html lang="ar" dir="rtl"><head>{head}</head><body>{top}{inner}{end}</body></html>'
    return Made(kind, source.encode("cp1256" if kind == "old" else "utf-8"), title, body, on.isoformat())


def rate(work: Sequence[bytes], do: Callable[[bytes], object]) -> float:
    """Seconds of the processor for all of ``work``."""
    began = time.process_time()
    for data in work:
        do(data)
    return time.process_time() - began


def saved(folder: Path) -> list[bytes]:
    """The pages of a folder."""
    found = [path for path in sorted(folder.glob("*.html*")) if path.suffix in {".html", ".gz"}]
    return [gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes() for p in found]


def speed(name: str, work: list[bytes], rounds: int) -> None:
    """Print pages a second of each reader, in turns, the best round of each."""
    from trafilatura import extract

    readers: dict[str, Callable[[bytes], object]] = {
        "marsad page": lambda data: page(data, "-"),
        "trafilatura": lambda data: extract(data, with_metadata=True, include_comments=False),
        "trafilatura, fast": lambda data: extract(data, with_metadata=True, include_comments=False, fast=True),
    }
    best = dict.fromkeys(readers, float("inf"))
    for reader in readers.values():
        rate(work[:6], reader)
    for _ in range(rounds):
        for key, reader in readers.items():
            best[key] = min(best[key], rate(work, reader))
    own = best["marsad page"]
    for key, seconds in best.items():
        print(f"{name}: {key} {len(work) / seconds:.1f} pages/s, marsad at {seconds / own:.2f} of it")


def rightness(made: list[Made]) -> None:
    """Print, for each make, what came through."""
    for kind in dict.fromkeys(one.kind for one in made):
        some = [one for one in made if one.kind == kind]
        found = kept = other = titles = days = 0
        for one in some:
            text, facts = page(one.source, "-", url="https://example.org/n/1")
            lines = text.split("\n\n")
            found += len(one.body)
            kept += sum(line in text for line in one.body)
            other += sum(line not in one.body for line in lines)
            titles += facts.title == one.title
            days += (facts.published or "")[:10] == one.day
        print(
            f"{kind}: {len(some)} pages, paragraphs {kept / found:.3f}, other lines a page {other / len(some):.2f}, "
            f"titles {titles / len(some):.3f}, dates {days / len(some):.3f}"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED)
    parser.add_argument("--pages", type=int, default=120)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    rng = random.Random(SEED)
    made = [make(rng, number) for number in range(given.pages)]
    rightness(made)
    speed("invented", [one.source for one in made], given.rounds)
    if real := saved(given.folder):
        speed("saved", real, given.rounds)


if __name__ == "__main__":
    main()
