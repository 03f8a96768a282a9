"""The date that a page shows near its headline, for readers: «الثلاثاء 16 سبتمبر 2025», "Published on 16 Sep 2025".

Used by :mod:`.published`. What stands there is told from the text by its form: a short line that names a day with its
year, and little else. A day that is said to be that of a change, or that the text tells of, is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from marsad.read.pages.survey import Block
from marsad.text import dates, fold_text
from marsad.types import Precision, TimeMention

#: Lines before and after the headline that are looked at, and those of the text after which nothing is.
BEFORE, AFTER, TEXT_LINES = 3, 14, 2
#: Characters of a line under a headline, at most; of a line that is text, at least.
LONGEST, TEXT = 160, 200
#: Words beside the date of such a line: the writer, the place, the section.
WORDS = 8

_ON = date(2000, 1, 1)  # days that count from another are not taken: no matter from which
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
_YEAR = re.compile(r"(?<!\d)(?:1[34]|19|20)\d{2}(?!\d)")
_FIGURES = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}")
_ARABIC = re.compile(r"[ء-ي]")
_WORD = re.compile(r"[^\W\d_]{2,}")
#: last update, updated, amended, edited
UPDATED = re.compile(
    r"تحديث|تعديل|محدّ?ث|حُدِ?ّ?ثت?(?!\w)|عُدِ?ّ?لت?(?!\w)|"
    r"\b(?:last[ -])?(?:updated?|modified|edited|revised)\b|modified|updated",
    re.IGNORECASE,
)
#: published, publication, added, written; (the) date: what says that the day after it is that of publication
_SAYS = (
    r"(?<!\w)(?:نُ?شرت?|ال?نشر|أُ?ضيفت?|كُ?تبت?)(?!\w)|(?<!\w)(?:ال)?تاريخ\s*:|\A\s*بتاريخ|"
    r"\b(?:published|posted|publication|created)\b|\bdate\s*:"
)
_PUBLISHED = re.compile(_SAYS, re.IGNORECASE)
#: The same with no more between it and the day than: in, dated, day, at the hour, a clock; or by whom.
_LEAD = re.compile(
    rf"(?:{_SAYS})[\s:|–-]*(?:(?:في|فى|بتاريخ|يوم|تاريخ|الساعة|on|at|\d\d?:\d\d|am|pm)(?!\w)[\s:،,|–-]*)*\Z|"
    r"\b(?:published|posted|written)\s+by\b[^.]*\Z|\A\s*(?:كُ?تبت?|كتبه|بقلم)(?!\w)[^.]*\Z",
    re.IGNORECASE,
)
#: word, then in, on the day, dated, since, until, before, after, by: what leads to a day that a sentence tells of
_TOLD = re.compile(
    r"\w[^\w]+(?:في|فى|يوم|بتاريخ|منذ|حتى|قبل|بعد|مساء|صباح|in|on|since|until|by|before|after)\s*\Z", re.IGNORECASE
)
#: clock, am, pm, by the time of, Mecca, Greenwich, Jerusalem, Cairo, minutes of reading: what such a line says besides
_BESIDE = re.compile(
    r"(?<!\w)(?:الساعة|بتوقيت|توقيت|مكة|المكرمة|غرينتش|جرينتش|القدس|القاهرة|بيروت|بغداد|صباحاً?|مساءً?|آخر|الموافق|في|"
    r"دقائق?|دقيقة|قراءة|مشاهدة|مشاهدات|am|pm|gmt|utc|at|min|read|views?)(?!\w)",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[|•·–—\-,،:؛/()\[\]]")
_STOP = (".", "؟", "?", "!", "…", "»", "”")


def headline(blocks: Sequence[Block], title: str | None) -> int | None:
    """The index of the line that is the headline: a heading with the words of ``title``, a line with them, the h1.

    The element ``title`` of the head is none.
    """
    wanted = _folded(title or "")
    lines = [(k, block) for k, block in enumerate(blocks) if block.element != "title"]
    alike = [(k, block) for k, block in lines if wanted and not block.aside and _similar(block.words, title or "")]
    same = [(k, block) for k, block in alike if _folded(block.words) == wanted]
    for found in (
        [k for k, block in same if block.element == "h1"],
        [k for k, block in same if not block.linked and (block.element in ("h2", "h3", "h4") or block.main)],
        [k for k, block in same if not block.linked],
        [k for k, block in same if block.main],
        [k for k, block in lines if block.element == "h1" and not block.aside and block.main],
        [k for k, block in lines if block.element == "h1" and not block.aside],
    ):
        if found:
            return found[0]
    return None


def _similar(words: str, title: str) -> bool:
    """Whether the lengths are alike enough for the same words."""
    return len(title) <= 2 * len(words) and len(words) <= 2 * len(title)


def _folded(text: str) -> str:
    return " ".join(_WORD.findall(fold_text(text))).lower()


def byline(blocks: Sequence[Block], at: int | None) -> str | None:
    """The day, as an ISO date, that a line near the headline ``blocks[at]`` gives; None where none does.

    A line that says that it is the date of publication goes before one that only names a day.
    """
    if at is None:
        return None
    arabic = bool(_ARABIC.search(blocks[at].words))
    plain: date | None = None
    for k in _near(blocks, at):
        block = blocks[k]
        before = blocks[k - 1] if k and k - 1 != at else None
        if UPDATED.search(block.hint) or (before and _teaser(before)) or (before and _leads(before, UPDATED)):
            continue
        said = bool(before and _leads(before, _PUBLISHED))
        if (found := _date(block.words, said=said, arabic=arabic)) is None:
            continue
        day, marked = found
        if marked:
            return day.isoformat()
        plain = plain or day
    return plain.isoformat() if plain else None


def is_byline(line: str) -> bool:
    """Whether the line is the date of publication or of a change, and little else: no part of the text.

    >>> is_byline("نشر في: 16 سبتمبر 2025 - 14:30"), is_byline("وقعا الاتفاق في 16 سبتمبر 2025 بحضور الوزير")
    (True, False)
    """
    return _date(UPDATED.sub(" ", line), said=False, arabic=True) is not None


def _near(blocks: Sequence[Block], at: int) -> list[int]:
    """The lines near the headline: those after it up to the text, then those before it inside the article."""
    after: list[int] = []
    text = 0
    for k in range(at + 1, min(len(blocks), at + 1 + AFTER)):
        if len(blocks[k].words) >= TEXT and not blocks[k].linked:
            text += 1
            if text >= TEXT_LINES:
                break
        if not blocks[k].aside:
            after.append(k)
    inside = blocks[at].main
    before = [k for k in range(max(0, at - BEFORE), at) if not blocks[k].aside]
    return after + [k for k in reversed(before) if (inside and blocks[k].main) or _PUBLISHED.search(blocks[k].words)]


def _teaser(block: Block) -> bool:
    """Whether the line is a link to another text, whose date would stand under it."""
    return block.linked and len(block.words.split()) >= 4


def _leads(block: Block, mark: re.Pattern[str]) -> bool:
    """Whether the line says no more than what the date after it is."""
    return len(block.words.split()) <= 4 and bool(mark.search(block.words)) and not _YEAR.search(_figures(block.words))


def _figures(text: str) -> str:
    return text.translate(_DIGITS)


def _date(words: str, *, said: bool, arabic: bool) -> tuple[date, bool] | None:
    """The day that a line gives, and whether the line says that it is that of publication; None for other lines."""
    line = _figures(words)
    if len(line) > LONGEST or not _YEAR.search(line):
        return None
    found = [one for one in dates(line, on=_ON) if one.precision is Precision.DAY and _YEAR.search(one.span.of(line))]
    good: list[tuple[date, bool]] = []
    for k, one in enumerate(found):
        start = found[k - 1].span.stop if k else 0
        stop = found[k + 1].span.start if k + 1 < len(found) else len(line)
        lead, tail = line[start : one.span.start], line[one.span.stop : stop]
        marked = said or bool(_LEAD.search(lead))
        # «…، آخر تحديث 14:00»: what follows the last date may say that it was of a change
        changed = UPDATED.search(lead) or (k + 1 == len(found) and not marked and UPDATED.search(tail))
        told = not marked and _TOLD.search(lead)
        if not (changed or told) and _little(line, found) and (day := _one_day(line, one, arabic)):
            good.append((day, marked))
    return next((pair for pair in good if pair[1]), good[0] if good else None)


def _little(line: str, found: list[TimeMention]) -> bool:
    """Whether the line holds little beside its dates: no sentence."""
    rest, at = [], 0
    for one in found:
        rest.append(line[at : one.span.start])
        at = one.span.stop
    rest.append(line[at:])
    beside = _BESIDE.sub(" ", UPDATED.sub(" ", _PUBLISHED.sub(" ", " ".join(rest))))
    words = len(_WORD.findall(beside))
    return words <= (WORDS if _SIGNS.search(beside) else WORDS // 2) and not (words > 2 and line.endswith(_STOP))


def _one_day(line: str, found: TimeMention, arabic: bool) -> date | None:
    """The day of a mention; of one in two calendars the Gregorian.

    None for a range, and for figures that may be read in two ways, but in Arabic, which puts the day first.
    """
    words = found.span.of(line)
    if found.first != found.last:
        parts = [one for half in re.split(r"\s[-–—|]\s|الموافق|/\s", words) for one in dates(half, on=_ON)]
        days = [one.first for one in parts if one.first == one.last and one.rule != "day.hijri"]
        near = (found.last - found.first).days <= 2 and len(parts) > len(days) == 1
        return days[0] if near else None
    figures = _FIGURES.search(words)
    if figures and not (arabic or _ARABIC.search(line)):
        first, second = int(figures[1]), int(figures[2])
        if first <= 12 and second <= 12 and first != second:
            return None
    return found.first
