"""Rules for counted units: قبل ثلاثة أيام, منذ عامين, three days ago, السنوات العشر الماضية, the past 24 hours."""

from __future__ import annotations

import re

from marsad.text.dates import names, periods
from marsad.text.dates.reading import Draft, Reading, Rule

_COUNT = r"(?:(?P<count>[dnk])(?P<unit>[uP])|(?P<dual>[2u]))"
#: What after قبل عام makes it something else: a date, or a point that is not the day of the text.
_OTHER = r"(?![mMHWydok#vwE(])"


def _counted(at: Reading, match: re.Match[str]) -> tuple[int, int] | None:
    """The unit and how many; None where that is nothing to count."""
    if match["count"]:
        unit, count = at.value(match, "unit"), at.value(match, "count")
        english_one = match["unit"] == "u" and at.signs.text[at.signs.starts[match.start("unit")]].isascii()
        if english_one and count != 1:
            return None
    else:
        unit, count = at.value(match, "dual"), 2 if match["dual"] == "2" else 1
    return (unit, count) if unit in periods.PRECISION and 0 < count < 5_000 else None


def _draft(at: Reading, match: re.Match[str], unit: int, by: int) -> list[Draft]:
    period = periods.near(unit, at.on, by)
    return [Draft(match.start(), match.end(), f"{periods.PRECISION[unit]}.counted", period)] if period else []


def _ago(at: Reading, match: re.Match[str]) -> list[Draft]:
    """قبل ثلاثة أيام, منذ عامين; not قبل يومين من الانتخابات."""
    found = _counted(at, match)
    text, stop = at.signs.text, at.signs.stops[match.end() - 1]
    if found is None or names.after(text, stop) in _FROM or not _arabic(at, match):
        return []
    if match["dual"] == "u" and (match["about"] is None and _bare_unit(text, stop)):
        return []
    if match["dual"] == "2" and text[at.signs.starts[match.end() - 1] : stop][-1] == "ي":  # عامي: of what follows
        return []
    return _draft(at, match, found[0], -found[1])


#: From what something else is counted; and what follows «قبل يوم الحسم», the day of a thing.
_FROM = frozenset(("من", "علي", "عن", "موعد", "انتهاء", "بدء", "of", "after", "before", "from"))


def _bare_unit(text: str, stop: int) -> bool:
    """Whether a noun of its own follows: قبل يوم القيامة, منذ عام النكبة."""
    word = names.after(text, stop)
    return word.startswith("ال") or (text[stop : stop + 1] == " " and text[stop + 1 : stop + 2] == "«")


def _arabic(at: Reading, match: re.Match[str]) -> bool:
    return not at.signs.text[at.signs.starts[match.start()]].isascii()


def _days_ago(at: Reading, match: re.Match[str]) -> list[Draft]:
    """three days ago, a week ago."""
    found = _counted(at, match)
    return _draft(at, match, found[0], -found[1]) if found else []


def _ahead(at: Reading, match: re.Match[str]) -> list[Draft]:
    """بعد أسبوعين, in three days: only where the text looks ahead, and not from something else."""
    found = _counted(at, match)
    text, stop = at.signs.text, at.signs.stops[match.end() - 1]
    if found is None or names.after(text, stop) in _FROM:
        return []
    if match["dual"] == "u" and _bare_unit(text, stop):
        return []
    if names.before(text, at.signs.starts[match.start()]) == "علي":  # على بعد ساعتين: a distance
        return []
    word = text[at.signs.starts[match.start()] : at.signs.stops[match.start()]]
    if at.leaning(*match.span()) <= 0 or word not in ("بعد", "in", "In", "خلال", "غضون", "within", "Within"):
        return []
    if word in ("بعد", "in", "In"):
        return _draft(at, match, found[0], found[1])
    period = periods.counted(found[0], at.on, found[1])  # خلال يومين: any day until then
    known = period is not None and match["dual"] != "u"
    return [Draft(match.start(), match.end(), "span.relative", period)] if period and known else []


def _span(at: Reading, match: re.Match[str]) -> list[Draft]:
    """الأيام الثلاثة الماضية, العامين الماضيين, آخر 24 ساعة, the last two weeks: from then to now, or from now."""
    if match["after"]:
        count, unit = at.value(match, "before"), at.value(match, "after")
    else:
        count, unit = (at.value(match, "count") if match["count"] else 2), at.value(match, "unit")
        if match["unit"] == "Q" and not match["count"]:  # الأيام الماضية: nobody knows how many
            return []
    ahead = at.value(match, "mod") > 0
    if not 0 < count < 5_000 or at.value(match, "mod") == 0:
        return []
    period = periods.counted(unit, at.on, count if ahead else -count) if unit in periods.PRECISION else None
    return [Draft(match.start(), match.end(), "span.relative", period)] if period else []


RULES: tuple[Rule, ...] = (
    ("span", re.compile(
        r"(?:(?P<unit>[Q3])\(?(?P<count>[dnkK])?\)?|\(?(?P<before>[dnkK])\)?(?P<after>[uP]))(?P<mod>[bLa])"), _span),
    ("span.english", re.compile(r"(?P<mod>[baB])(?P<count>[dnk])(?P<unit>[uP])(?P<after>(?!))?"), _span),
    ("ago", re.compile(rf"[AI](?P<about>~)?m?{_COUNT}{_OTHER}"), _ago),
    ("ago.english", re.compile(r"~?(?P<count>[dnk])(?P<unit>[uP])(?P<dual>(?!))?G"), _days_ago),
    ("ahead", re.compile(rf"[Fi]~?{_COUNT}{_OTHER}"), _ahead),
)  # fmt: skip
