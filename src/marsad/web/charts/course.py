"""The course of a pair as a picture to walk through: both ladders over time, each mark a link to its sentence.

Time runs to the right in both languages. The shape of a mark is the voice; hollow is unconfirmed, pale recalled, a
cross called off, a bar put off. Low rungs that are too many for marks of their own are rings by month, larger for more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import sqrt

from markupsafe import Markup

from marsad.export.labels import label, level
from marsad.export.picture import BAR, CROSS, EDGE, SHAPES, SIDE, TOP, WIDTH, Axis, Panel, apart, axis_of, panels_of
from marsad.export.safe import for_html as safe
from marsad.relate.course import Stay
from marsad.store.reached import Rises
from marsad.types import Change, Course, Ladder, Reached, Turn, Voice
from marsad.web.charts.drawing import head, months, text
from marsad.web.view import number, short

#: Letters of a level's name that its gutter has room for.
_ROOM = {"ar": 40, "en": 30}
#: Pixels of the smallest ring, and that its area grows by for each rung.
_RING, _MORE = 4.0, 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What is drawn: a course, the time on each rung, low rungs by month, changes.

    ``link`` gives the address of a mark by the id of the rung; ``chosen`` is the one that is shown.
    """

    course: Course
    stays: Mapping[Ladder, Sequence[Stay]]
    link: Callable[[str], str]
    rises: Sequence[Rises] = ()
    changes: Sequence[Change] = ()
    chosen: str | None = None
    said: Callable[..., str] = field(default=lambda key, **_: key)


@dataclass(frozen=True, slots=True)
class _Mark:
    day: date
    id: str
    panel: Panel
    level: int
    x: float
    body: str
    name: str
    told: str


def axis_for(course: Course) -> Axis:
    """The axis of time of a course: what stands below it has the same."""
    return axis_of(course, [one.rung.day for one in course.reached if one.rung.day])


def course_picture(given: Drawn, lang: str, name: str) -> Markup:
    """The picture as SVG to be put into a page; ``name`` is what it is called for those who do not see it."""
    course = given.course
    dated = [one for one in course.reached if one.rung.day]
    axis = axis_for(course)
    used = {one.rung.ladder for one in dated} | {rise.ladder for rise in given.rises}
    panels = panels_of(used, course.sanctioner is not None)
    top = 30 - TOP  # without the title that a picture of its own has
    for panel in panels:
        panel.top += top
    bottom = panels[-1].top + panels[-1].height
    marks = sorted(
        (*_marks(panels, dated, axis, lang), *_rings(panels, given, axis, lang)), key=lambda m: (m.day, m.id)
    )
    parts = [
        head("course", WIDTH, bottom + 26, name, role="group"),
        *_bands(given.changes, axis, panels[0].top, bottom, lang),
        months(axis, panels[0].top, bottom, lang),
        *(part for panel in panels for part in _rows(panel, lang)),
        *(_line(panel, given.stays.get(panel.ladder, ()), axis) for panel in panels),
        *(_linked(mark, given) for mark in marks),
        "</svg>",
    ]
    return Markup("\n".join(parts))


def _rows(panel: Panel, lang: str) -> Iterator[str]:
    lines = "".join(f"M{SIDE} {panel.y(n):g}H{WIDTH - EDGE}" for n in range(panel.low, panel.high + 1))
    yield f'<g class="in-{panel.ladder.lower()}"><path class="row" d="{lines}"/>'
    yield text(SIDE - 12, panel.top - 6, label("ladder", panel.ladder, lang), lang, "end", "head")
    for n in range(panel.low, panel.high + 1):
        y = panel.y(n) + 4
        yield text(SIDE - 12, y, f"{panel.ladder}{n}".replace("-", "−"), "en", "end", "code")
        yield text(SIDE - 46, y, _fitting(level(panel.ladder, n, lang), lang), lang, "end", "named")
    yield "</g>"


def _fitting(words: str, lang: str) -> str:
    most = _ROOM[lang]
    return words if len(words) <= most else words[:most].rpartition(" ")[0].rstrip(",،") + " …"


def _bands(changes: Iterable[Change], axis: Axis, top: float, bottom: float, lang: str) -> Iterator[str]:
    """From the day of a change to the day when it was known; more is marked by a full edge, less by a broken one."""
    for one in changes:
        if not axis.first <= one.found or not one.day <= axis.last:
            continue
        start, wide = axis.x(one.day), max(3.0, axis.x(one.found) - axis.x(one.day))
        key = "more" if one.after > one.before else "less"
        told = " · ".join((short(one.day, lang), label("quad", one.quad, lang), label("change", key, lang)))
        yield (
            f'<g class="band {key}"><title>{safe(told)}</title>'
            f'<rect x="{start:g}" y="{top:g}" width="{wide:.1f}" height="{bottom - top:g}"/>'
            f'<path d="M{start:g} {top:g}V{bottom:g}"/></g>'
        )


def _line(panel: Panel, stays: Sequence[Stay], axis: Axis) -> str:
    path, end = "", None
    for stay in stays:
        start, stop, y = axis.x(stay.since), axis.x(stay.until), panel.y(panel.inside(stay.level))
        path += f"V{y:g}H{stop:g}" if end == stay.since else f"M{start:g} {y:g}H{stop:g}"
        end = stay.until
    return f'<path class="stands in-{panel.ladder.lower()}" d="{path}"/>' if path else ""


def _marks(panels: Sequence[Panel], dated: Sequence[Reached], axis: Axis, lang: str) -> Iterator[_Mark]:
    for panel in panels:
        by_level: dict[int, list[tuple[date, Reached]]] = {}
        for one in dated:
            if one.rung.ladder is panel.ladder and one.rung.day:
                by_level.setdefault(panel.inside(one.rung.level), []).append((one.rung.day, one))
        for number_, there in by_level.items():
            there.sort(key=lambda each: (each[0], each[1].id))
            for (day, one), x in zip(there, apart([axis.x(day) for day, _ in there]), strict=True):
                rung = one.rung
                turn = {Turn.CANCELLED: CROSS, Turn.POSTPONED: BAR}.get(rung.turn, "")
                kind = ("" if one.confirmed else " hollow") + (" past" if rung.past else "")
                yield _Mark(day, one.id, panel, number_, x, SHAPES[rung.voice] + turn, kind, _told(one, lang))


def _told(one: Reached, lang: str) -> str:
    rung = one.rung
    facts = (
        short(rung.day, lang),
        f"{rung.name} {level(rung.ladder, rung.level, lang)}",
        label("turn", rung.turn, lang) if rung.turn is not Turn.REACHED else "",
        label("voice", rung.voice, lang),
        label("confirmed", "yes" if one.confirmed else "no", lang),
        label("word", "recalled", lang) if rung.past else "",
    )
    return " · ".join(fact for fact in facts if fact)


def _rings(panels: Sequence[Panel], given: Drawn, axis: Axis, lang: str) -> Iterator[_Mark]:
    """Low rungs by month and level; a link leads to the last of the month."""
    own = {one.id for one in given.course.reached}
    by: dict[tuple[Ladder, int, int], list[Rises]] = {}
    for rise in given.rises:
        if rise.month is not None:
            by.setdefault((rise.ladder, rise.effective, rise.month), []).append(rise)
    for (ladder, number_, month), rises in by.items():
        panel = next((panel for panel in panels if panel.ladder is ladder), None)
        count = sum(rise.n for rise in rises)
        last = rises[-1].last
        if panel is None or (count == 1 and last in own):
            continue
        day = date(month // 100, month % 100, 15)
        told = given.said("low_rungs", n=number(count, lang), level=f"{ladder}{number_} {level(ladder, number_, lang)}")
        size = sqrt(_RING**2 + _MORE * min(count, 40))
        hollow = "" if any(rise.confirmed for rise in rises) else " hollow"
        when = number(f"{month % 100}/{month // 100}", lang)
        body = f'<circle class="ring" r="{size:.1f}"/>'
        yield _Mark(day, last, panel, panel.inside(number_), axis.x(day), body, hollow, f"{when} · {told}")


def _linked(mark: _Mark, given: Drawn) -> str:
    chosen = ' aria-current="true"' if mark.id == given.chosen else ""
    return (
        f'<a class="mark in-{mark.panel.ladder.lower()}{mark.name}" href="{safe(given.link(mark.id))}"{chosen} '
        f'aria-label="{safe(mark.told)}"><title>{safe(mark.told)}</title>'
        f'<g transform="translate({mark.x:g} {mark.panel.y(mark.level):g})">{mark.body}</g></a>'
    )


def legend(lang: str) -> list[tuple[Markup, str]]:
    """What the shapes mean: each as a small picture, with its words."""

    def small(body: str, kind: str = "") -> Markup:
        drawn = f'<svg class="key" viewBox="-10 -10 20 20" aria-hidden="true"><g class="mark{kind}">{body}</g></svg>'
        return Markup(drawn)

    return [
        *((small(SHAPES[voice]), label("voice", voice, lang)) for voice in Voice),
        (small(SHAPES[Voice.REPORT], " hollow"), label("confirmed", "no", lang)),
        (small(SHAPES[Voice.REPORT], " past"), label("word", "recalled", lang)),
        (small(CROSS), label("turn", Turn.CANCELLED, lang)),
        (small(BAR), label("turn", Turn.POSTPONED, lang)),
        (small('<path class="stands" d="M-9 5H0V-5H9"/>'), label("word", "stands", lang)),
    ]
