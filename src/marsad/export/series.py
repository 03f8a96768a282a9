"""The relation of a pair over time: flat rows for frames and CSV, an object for JSON, lines for a terminal.

What is not known is None in a row and null in JSON, and a dash on a terminal; a 0 is a count of nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any

import msgspec
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from marsad.export.acts_table import called
from marsad.export.labels import label
from marsad.export.lines import PLACES
from marsad.export.rows import Column, Row
from marsad.export.safe import for_terminal as safe
from marsad.export.table import STYLES, Layout, padded
from marsad.knowledge import ontology
from marsad.types import Coverage, EventType, Outcome, Relation, Series, Status, Voice

#: Outcomes that are no act, by their column.
_OTHERS = {one.value.lower(): one.value for one in Outcome if one is not Outcome.ACTUAL}
_VOICES = {f"voice_{one.value}": one.value for one in Voice}
_TYPES = {one.value.lower(): one.value for one in EventType}
_QUADS = {
    "verbal_cooperation": "verbal-cooperation",
    "material_cooperation": "material-cooperation",
    "verbal_conflict": "verbal-conflict",
    "material_conflict": "material-conflict",
}


def _columns() -> dict[str, Column]:
    def entries(keys: Mapping[str, str], names: Mapping[str, Mapping[str, str]], en: str, ar: str) -> dict[str, Column]:
        return {
            column: Column("integer", f"{en}: {names[key]['en']}", f"{ar}: {names[key]['ar']}")
            for column, key in keys.items()
        }

    outcomes = {key: entry.name for key, entry in ontology.statuses().items()}
    outcomes[Outcome.CONTESTED] = {"en": "reports contradict each other", "ar": "أخبار متناقضة"}
    return {
        "source": Column("string", "Who acts: a country, or an actor", "مَن يفعل: دولة أو جهة"),
        "target": Column("string", "To whom, or with whom", "تجاه مَن أو مع مَن"),
        "first": Column("date", "First day of the period", "أول أيام الفترة"),
        "last": Column("date", "Last day of the period", "آخر أيام الفترة"),
        "acts": Column(
            "integer",
            "Acts that happened; empty where nothing was read of the period",
            "الأفعال الواقعة، والفارغ حيث لم يُقرأ شيء عن الفترة",
        ),
        "reports": Column("integer", "Events that report an act as having happened", "الأحداث التي تخبر بفعل واقع"),
        "articles": Column("integer", "Articles of the period that were coded", "مقالات الفترة التي رُمّزت"),
        "share": Column(
            "number",
            "Those reports in a thousand articles, each country's papers weighed as in the whole span",
            "تلك الأخبار في كل ألف مقال، ووزن صحف كل دولة وزنها في المدة كلها",
        ),
        "intensity": Column(
            "number", "Sum of the intensities of the acts, -10 to 10 each", "مجموع شدة الأفعال، ولكل منها من -10 إلى 10"
        ),
        "baseline": Column("number", "Acts that were to be expected", "الأفعال المتوقعة"),
        "deviation": Column(
            "number", "Standard deviations that the acts are off that", "بُعد الأفعال عن المتوقع بالانحرافات المعيارية"
        ),
        **entries(_QUADS, ontology.quads(), "Acts", "الأفعال"),
        **entries(_OTHERS, outcomes, "Occurrences that are no acts", "أفعال لم تُعدّ واقعة"),
        **entries(_VOICES, {key: entry.name for key, entry in ontology.voices().items()}, "Reports", "الأخبار"),
        **entries(_TYPES, {key: entry.name for key, entry in ontology.types().items()}, "Acts", "الأفعال"),
    }


#: The columns of a period.
RELATIONS: Mapping[str, Column] = _columns()


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, PLACES) + 0.0  # no -0.0


def _counts(columns: Mapping[str, str], counts: Mapping[str, int], articles: int) -> Row:
    """Each count under its column; where nothing was read of the period, nothing is not 0."""
    return {column: counts.get(key, 0) or (0 if articles else None) for column, key in columns.items()}


def relation_rows(given: Series | Iterable[Relation]) -> Iterator[Row]:
    """One flat row a period, with the columns of :data:`RELATIONS`."""
    for one in given.periods if isinstance(given, Series) else given:
        yield {
            "source": one.source,
            "target": one.target,
            "first": one.first,
            "last": one.last,
            "acts": one.acts,
            "reports": one.reports,
            "articles": one.articles,
            "share": _round(one.share),
            "intensity": _round(one.intensity),
            "baseline": _round(one.baseline),
            "deviation": _round(one.deviation),
            **_counts(_QUADS, one.quads, one.articles),
            **_counts(_OTHERS, one.others, one.articles),
            **_counts(_VOICES, one.voices, one.articles),
            **_counts(_TYPES, one.types, one.articles),
        }


def _period(one: Relation) -> dict[str, Any]:
    figures = ("share", "intensity", "baseline", "deviation")
    return {
        "first": one.first,
        "last": one.last,
        "acts": one.acts,
        "reports": one.reports,
        "articles": one.articles,
        **{name: _round(getattr(one, name)) for name in figures},
        "quads": one.quads,
        "types": one.types,
        "others": one.others,
        "voices": one.voices,
    }


def series_record(series: Series) -> dict[str, Any]:
    """A series as one object: what was read, how its figures were worked out, its periods.

    ``quads``, ``types``, ``others`` and ``voices`` of a period name what was counted, and leave out the rest.
    """
    return {
        "source": series.source,
        "target": series.target,
        "by": series.by,
        "mutual": series.mutual,
        "method": series.method,
        "coverage": msgspec.to_builtins(series.coverage),
        "periods": [_period(one) for one in series.periods],
    }


_encoder = msgspec.json.Encoder()


def series_line(series: Series) -> bytes:
    """A series as one line of JSON in UTF-8, its end included."""
    return _encoder.encode(series_record(series)) + b"\n"


#: Cells of the longest bar.
BAR = 12
_EIGHTHS = " ▏▎▍▌▋▊▉"
_NUMBERS = ("acts", "reports", "articles", "share", "intensity", "baseline", "deviation")
_UNKNOWN = "—"


def bar(n: int | None, most: int, cells: int, *, mirrored: bool = False) -> str:
    """A bar for ``n`` where ``most`` has the length ``cells``, exact to an eighth, and seen for any ``n`` above 0.

    ``mirrored``: in whole cells, since the parts of one stand at its left and a line from right to left begins at its
    right.

    >>> bar(3, 8, 2), bar(3, 8, 2, mirrored=True), bar(None, 8, 2)
    ('▊', '█', '')
    """
    if not n or not most:
        return ""
    if mirrored:
        return "█" * max(1, round(cells * n / most))
    whole, part = divmod(max(1, round(8 * cells * n / most)), 8)
    return "█" * whole + _EIGHTHS[part].strip()


def _number(name: str, value: float | None) -> str:
    if value is None:
        return _UNKNOWN
    if name == "deviation":
        return f"{value:+.1f}" if abs(value) >= 0.05 else "0.0"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"


def _days(run: Sequence[Relation], by: str) -> str:
    """Periods running as they are told: a day, a whole month as such, a year that does not change once."""
    first, last = run[0].first, run[-1].last
    if first == last or (by == "day" and len(run) == 1):
        return first.isoformat()
    if by == "month":
        begins = first.isoformat()[: 7 if first.day == 1 else 10]
        ends = last.isoformat()[: 7 if (last + timedelta(1)).day == 1 else 10]
        if begins == ends:
            return begins
        if len(run) > 1:
            return f"{begins} – {ends}"
    return f"{first} – {last.isoformat()[5 if first.year == last.year else 0 :]}"


def _head(series: Series, layout: Layout) -> Text:
    lang = layout.lang

    def side(party: str) -> tuple[str, str]:
        name = called(party, lang)
        return layout.isolated(safe(party), "en"), f" {safe(name)}" if name and name != party else ""

    arrow = " ↔ " if series.mutual else " ← " if lang == "ar" else " → "
    (source, source_name), (target, target_name) = side(series.source), side(series.target)
    return Text.assemble((source, "bold"), source_name, arrow, (target, "bold"), target_name)


def coverage_lines(coverage: Coverage, layout: Layout) -> Iterator[Text]:
    """What was read: articles and sources, then by country, then the sides that have no paper among them."""
    lang = layout.lang
    counts = {"articles": coverage.articles, "sources": coverage.sources}
    told = " · ".join(f"{label('word', key, lang)}: {n:,}" for key, n in counts.items())
    yield layout.of(Text(told, "dim"), lang)
    unknown = label("precision", "unknown", lang)
    countries = [
        layout.isolated(f"{safe(code)} {n:,}", "en") if code else f"{unknown} {n:,}"
        for code, n in coverage.countries.items()
    ]
    if countries:
        yield layout.of(Text(f"{label('word', 'country', lang)}: {' · '.join(countries)}", "dim"), lang)
    if coverage.missing:
        missing = layout.isolated(" · ".join(map(safe, coverage.missing)), "en")
        yield layout.of(Text(f"{label('word', 'no_papers', lang)}: {missing}", "bold yellow"), lang)


def _style(one: Relation) -> str:
    """The quad class that most of the acts are of; none where two are even."""
    ordered = sorted(one.quads.items(), key=lambda each: -each[1])
    even = len(ordered) > 1 and ordered[0][1] == ordered[1][1]
    return "" if even or not ordered else STYLES[ordered[0][0]]


def series_table(series: Series, layout: Layout, *, most: int | None = None, alone: bool = True) -> Iterator[Text]:
    """The lines of a series: the pair, what was read, a line a period with a bar for its acts, how it was worked out.

    Periods running of which nothing was read are one line. ``most`` is how many lines are shown, the last. Without
    ``alone`` what was read and how it was worked out are left out: they are told once for several series. A bar has the
    colour of the quad class that most of the acts are of.
    """
    lang = layout.lang
    yield layout.of(_head(series, layout), lang)
    if alone:
        yield from coverage_lines(series.coverage, layout)
        yield Text("")
    found = [*_runs(series.periods)]
    shown = found[-most:] if most else found
    yield from _rows(shown, series.by, layout)
    if len(shown) < len(found):
        yield layout.of(Text(label("word", "earlier", lang), "dim"), lang)
    if others := _others(series, layout):
        yield layout.of(Text(others), lang)
    if alone:
        yield from method_lines(series, layout)


def method_lines(series: Series, layout: Layout, console: Console | None = None) -> Iterator[Text]:
    """How baseline and deviation were worked out; with ``console``, which knows how wide words are, wrapped."""
    told = Text(label("method", series.method, layout.lang), "dim")
    for line in told.wrap(console, layout.width) if console else [told]:
        line.rstrip()
        yield layout.of(line, layout.lang)


def _runs(periods: Iterable[Relation]) -> Iterator[list[Relation]]:
    """The periods, those running of which nothing is known together."""
    for unknown, run in groupby(periods, key=lambda one: one.acts is None and not one.others):
        if unknown:
            yield [*run]
        else:
            yield from ([one] for one in run)


def _figure(run: Sequence[Relation], name: str) -> float | None:
    """A figure of a period; of some of which nothing was read only that."""
    found: float | None = getattr(run[0], name) if len(run) == 1 or name == "articles" else None
    return found


def _rows(runs: Sequence[Sequence[Relation]], by: str, layout: Layout) -> Iterator[Text]:
    """A head, and a line a run."""
    lang = layout.lang
    cells = [
        [
            _days(run, by),
            *(_number(name, _figure(run, name)) for name in _NUMBERS),
        ]
        for run in runs
    ]
    head = [label("word", name, lang) for name in ("period", *_NUMBERS)]
    widths = [max(map(cell_len, column)) for column in zip(head, *cells, strict=True)]
    gap = 2 if sum(widths) + 2 * (len(widths) - 1) <= layout.width else 1
    room = max(0, min(BAR, layout.width - sum(widths) - gap * len(widths)))
    yield layout.of(Text(_set(head, widths, gap), "dim"), lang)
    most = max((run[0].acts or 0 for run in runs), default=0)
    for run, row in zip(runs, cells, strict=True):
        # Every line as wide as the others, bar and all: an Arabic one is set from the right edge.
        drawn = padded(bar(run[0].acts, most, room, mirrored=lang == "ar") if room else "", room)
        line = Text(_set([layout.isolated(part, "en") for part in row], widths, gap))
        if room:
            line.append(" " * gap).append(drawn, _style(run[0]))
        yield layout.of(line, lang)


def _set(parts: Sequence[str], widths: Sequence[int], gap: int) -> str:
    """The first part to the left of its column, the numbers to the right of theirs."""
    first, *rest = parts
    return padded(first, widths[0]) + "".join(
        " " * (gap + width - cell_len(part)) + part for part, width in zip(rest, widths[1:], strict=True)
    )


def _others(series: Series, layout: Layout) -> str:
    """What did not happen, or is not agreed on, in all periods together."""
    found = []
    for outcome in _OTHERS.values():
        n = sum(one.others.get(outcome, 0) for one in series.periods)
        group, key = ("status", outcome) if outcome in Status.__members__ else ("word", "contested")
        found += [f"{label(group, key, layout.lang)}: {n:,}"] if n else []
    return " · ".join(found)
