"""The course of a pair as a picture (SVG): both ladders over time, a mark for each rung, changes as bands.

Time runs to the right in both languages. The shape of a mark is the voice; filled is confirmed, hollow is not, pale is
recalled; a cross is called off, a bar put off. The line is the highest confirmed rung that stands: it falls when that
is called off. What stands behind a mark is its title: a browser shows it when one points there. Marks that would hide
each other are moved apart a little; the title has the day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from marsad.export.acts_table import flat, known_day
from marsad.export.cited import Cited
from marsad.export.course_table import title
from marsad.export.labels import direction, label
from marsad.export.picture import BAR, CROSS, EDGE, SHAPES, SIDE, TOP, WIDTH, Axis, Panel, apart, axis_of, panels_of
from marsad.export.safe import for_html as safe
from marsad.relate.course import Stay
from marsad.types import Change, Course, Ladder, Reached, Turn, Voice

COLOURS = {Ladder.W: "#b3361b", Ladder.R: "#2d7d46", Ladder.L: "#1f5fa8"}
_FONT = "'Noto Naskh Arabic','Noto Sans Arabic','Segoe UI',Tahoma,'DejaVu Sans',sans-serif"
_MORE, _LESS = "#f2d7a0", "#cfe0ef"
#: Pixels that a letter takes as a rule, by the direction of its script, and that the name of a level may take.
_LETTERS, _NAME = {"ltr": 6.4, "rtl": 4.8}, SIDE - 54

#: What a level is called in the language of the picture.
Named = Callable[[Ladder, int], str]


def plot(
    course: Course,
    named: Named,
    *,
    stays: Mapping[Ladder, Sequence[Stay]] | None = None,
    changes: Iterable[Change] = (),
    cited: Mapping[str, Cited] | None = None,
    lang: str = "en",
) -> str:
    """The picture as the text of an SVG file.

    ``named`` gives the words for a level in ``lang``; ``stays`` the time on each rung
    (:func:`marsad.relate.course.stays`), which the line shows; ``cited`` the sentence of a rung by its id, which its
    mark tells. Rungs without a day have no place on it; the legend counts them.
    """
    dated = [(one, day) for one in course.reached if (day := one.rung.day) is not None]
    axis = axis_of(course, [day for _, day in dated])
    panels = panels_of({one.rung.ladder for one, _ in dated}, course.sanctioner is not None)
    height = max(panel.top + panel.height for panel in panels) + 104
    name = _clean(title(course, lang))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" xml:lang="{lang}" font-family="{_FONT}" font-size="12" fill="#1d1d1f">',
        f"<title>{safe(name)}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        _words(WIDTH / 2, 28, name, lang, "middle", 'font-size="18" font-weight="600"'),
        *_bands(changes, axis, panels, lang),
        *_grid(axis, panels, named, lang),
        *(_line(panel, (stays or {}).get(panel.ladder, ()), axis) for panel in panels),
        *(part for panel in panels for part in _marks(panel, dated, axis, named, cited or {}, lang)),
        *_legend(height - 52, len(course.reached) - len(dated), lang),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _clean(words: str) -> str:
    """Words from outside on one line, without what would turn round the text behind it."""
    return flat(words).strip()


def _fitting(words: str, lang: str) -> str:
    """The name of a level, cut behind a word where it is too long."""
    most = int(_NAME / _LETTERS[direction(lang)])
    if len(words) <= most:
        return words
    return words[:most].rpartition(" ")[0].rstrip(",،") + " …"


def _words(x: float, y: float, words: str, lang: str, anchor: str = "start", more: str = "") -> str:
    """Text that runs as its language does. ``anchor`` is start (left), middle or end (right), in either language."""
    if direction(lang) == "rtl":
        anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
        more = f'direction="rtl" unicode-bidi="embed" {more}'
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" {more}>{safe(words)}</text>'


def _grid(axis: Axis, panels: Sequence[Panel], named: Named, lang: str) -> Iterator[str]:
    bottom = panels[-1].top + panels[-1].height
    for day, words in axis.ticks():
        x = axis.x(day)
        yield f'<path d="M{x} {TOP}V{bottom}" stroke="#e3e3e6"/>'
        yield _words(x, bottom + 18, words, "en", "middle", 'fill="#55555a"')
    for panel in panels:
        colour = COLOURS[panel.ladder]
        heading = label("ladder", panel.ladder, lang)
        yield _words(SIDE - 12, panel.top - 8, heading, lang, "end", f'font-weight="600" fill="{colour}"')
        for level in range(panel.low, panel.high + 1):
            y = panel.y(level)
            yield f'<path d="M{SIDE} {y}H{WIDTH - EDGE}" stroke="#ececef"/>'
            yield _words(SIDE - 12, y + 4, f"{panel.ladder}{level}".replace("-", "−"), "en", "end", f'fill="{colour}"')
            yield _words(SIDE - 48, y + 4, _fitting(named(panel.ladder, level), lang), lang, "end")


def _bands(changes: Iterable[Change], axis: Axis, panels: Sequence[Panel], lang: str) -> Iterator[str]:
    """From the day of a change to the day when it was known: more is sand, less is blue."""
    bottom = panels[-1].top + panels[-1].height
    for one in changes:
        if not axis.first <= one.day <= axis.last:
            continue
        start, stop = axis.x(one.day), axis.x(one.found)
        more = one.after > one.before
        told = f"{one.day} · {label('quad', one.quad, lang)} · {one.before:.2g} → {one.after:.2g}"
        yield (
            f'<rect x="{start}" y="{TOP}" width="{max(2.0, round(stop - start, 1))}" height="{bottom - TOP}" '
            f'fill="{_MORE if more else _LESS}" opacity="0.75"><title>{safe(told)}</title></rect>'
        )


def _line(panel: Panel, stays: Sequence[Stay], axis: Axis) -> str:
    """The highest confirmed rung that stands, as steps that climb and fall; a gap where none does."""
    path, end = "", None
    for stay in stays:
        start, stop, y = axis.x(stay.since), axis.x(stay.until), panel.y(panel.inside(stay.level))
        path += f"V{y}H{stop}" if end == stay.since else f"M{start} {y}H{stop}"
        end = stay.until
    colour = COLOURS[panel.ladder]
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-opacity="0.35" stroke-width="2"/>' if path else ""


def _marks(
    panel: Panel,
    dated: Sequence[tuple[Reached, date]],
    axis: Axis,
    named: Named,
    cited: Mapping[str, Cited],
    lang: str,
) -> Iterator[str]:
    by_level: dict[int, list[tuple[date, Reached]]] = {}
    for one, day in dated:
        if one.rung.ladder is panel.ladder:
            by_level.setdefault(panel.inside(one.rung.level), []).append((day, one))
    for level, there in sorted(by_level.items()):
        there.sort(key=lambda each: (each[0], each[1].id))
        for (_, one), x in zip(there, apart([axis.x(day) for day, _ in there]), strict=True):
            yield _mark(one, x, panel.y(level), COLOURS[panel.ladder], _told(one, named, cited, lang))


def _mark(one: Reached, x: float, y: float, colour: str, told: str) -> str:
    rung = one.rung
    fill = colour if one.confirmed else "#fff"
    turn = {Turn.CANCELLED: CROSS, Turn.POSTPONED: BAR}.get(rung.turn, "")
    pale = ' opacity="0.45"' if rung.past else ""
    return (
        f'<g transform="translate({x} {y})" fill="{fill}" stroke="{colour}" stroke-width="1.5"{pale}>'
        f"{SHAPES[rung.voice]}{turn}<title>{safe(told)}</title></g>"
    )


def _told(one: Reached, named: Named, cited: Mapping[str, Cited], lang: str) -> str:
    """What a mark says when one points at it."""
    rung = one.rung
    facts = [
        known_day(rung.day, rung.precision) if rung.day else "",
        f"{rung.name} {named(rung.ladder, rung.level)}",
        label("turn", rung.turn, lang) if rung.turn is not Turn.REACHED else "",
        label("voice", rung.voice, lang),
        label("confirmed", "yes" if one.confirmed else "no", lang),
        label("word", "recalled", lang) if rung.past else "",
    ]
    told = " · ".join(fact for fact in facts if fact)
    if seen := cited.get(rung.id):
        told += f"\n«{_clean(seen.words)}»\n{_clean(seen.publisher)}"
    return told


def _legend(top: float, undated: int, lang: str) -> Iterator[str]:
    """What shapes, line and bands mean, in rows set out from the side where the language begins."""
    drawn = [(_filled(SHAPES[voice]), label("voice", voice, lang)) for voice in Voice]
    drawn += [(_filled(SHAPES[Voice.REPORT], "#fff"), label("confirmed", "no", lang))]
    drawn += [(f'<g opacity="0.45">{_filled(SHAPES[Voice.REPORT])}</g>', label("word", "recalled", lang))]
    drawn += [
        (_filled(CROSS), label("turn", Turn.CANCELLED, lang)),
        (_filled(BAR), label("turn", Turn.POSTPONED, lang)),
    ]
    for colour, key in ((_MORE, "more"), (_LESS, "less")):
        drawn.append((f'<rect x="-9" y="-6" width="18" height="12" fill="{colour}"/>', label("change", key, lang)))
    line = '<path d="M-9 4H0V-4H9" fill="none" stroke="#55555a" stroke-opacity="0.6" stroke-width="2"/>'
    drawn.append((line, label("word", "stands", lang)))
    if undated:
        drawn.append(("", f"{label('word', 'undated', lang)}: {undated}"))
    right, step = direction(lang) == "rtl", (WIDTH - 2 * EDGE) / 5
    for n, (mark, words) in enumerate(drawn):
        along, y = EDGE + 10 + n % 5 * step, top + n // 5 * 22
        x = round(WIDTH - along if right else along, 1)
        yield f'<g transform="translate({x} {y})">{mark}</g>'
        yield _words(x - 16 if right else x + 16, y + 4, words, lang, "end" if right else "start")


def _filled(shape: str, fill: str = "#55555a") -> str:
    return f'<g fill="{fill}" stroke="#55555a" stroke-width="1.5">{shape}</g>'
