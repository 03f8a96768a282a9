"""``marsad relation``: how two stand to each other, what has changed, and both ladders side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from marsad.cli import output
from marsad.cli.asked import spare
from marsad.cli.pairs import BY, SANCTIONER, forms, sides, span, warner
from marsad.cli.stored import opened, store_option
from marsad.cli.written import one_way, write_json, write_table

if TYPE_CHECKING:
    from rich.text import Text

    from marsad.cli.shown import Screen
    from marsad.desk.pairs.related import Periods, Related
    from marsad.types import Course

#: Lines of periods that a table shows, the latest, where nobody says since when.
SHOWN = 12


@click.command("relation")
@click.argument("one")
@click.argument("other")
@SANCTIONER
@BY
@span
@click.option("--plot", metavar="FILE.svg", help="Draw both ladders over time into this file; - is standard output.")
@store_option
@forms
def relation(
    one: str,
    other: str,
    sanctioner: str | None,
    by: str,
    since: date | None,
    until: date | None,
    plot: str | None,
    store: str | None,
    as_json: bool,
    as_csv: bool,
    lang: str | None,
    quiet: bool,
) -> None:
    """Show how two stand to each other, and both ladders.

    ONE and OTHER are each an id (RUS.GOV.MFA), a country or a name in either language; a country stands for all under
    it. First what passes between them over time, in either direction, set against what was read; then what has changed;
    then how far they have drawn together, and how loudly the sanctioner warns, each rung with the sentence that it
    rests on.

    \b
    Examples:
      marsad relation IRQ RUS
      marsad relation العراق روسيا --sanctioner USA --since 2025 --lang ar
      marsad relation IRQ RUS --plot ladders.svg
      marsad relation IRQ RUS --by week --csv > weeks.csv
    """
    one_way(json=as_json, csv=as_csv, **({"plot": plot} if plot == "-" else {}))
    if plot:
        _is_svg(plot)
        output.check(plot)
    with opened(store, lang=lang) as desk:
        spare(desk, plot)
        pair = sides(desk, (one, other), until or since, quiet)
        seen = warner(desk, sanctioner, pair, until or since, quiet)
        found = desk.relation(*pair, sanctioner=seen, by=by, since=since, until=until)
        if plot:
            output.write(plot, [drawn(found, desk.settings.lang)])
        if as_json:
            from marsad.desk.records import relation_record

            write_json([relation_record(found, desk.settings.lang)])
        elif as_csv:
            write_table(found.rows(), found.columns())
        elif plot != "-":
            from marsad.cli.shown import Screen

            screen = Screen.of(desk.settings)
            screen.print(_lines(found, screen, most=None if since else SHOWN))


def _is_svg(path: str) -> None:
    if path != "-" and not path.lower().endswith(".svg"):
        raise click.BadParameter(f"{path!r}: give one that ends in .svg", param_hint="'--plot'")


def drawn(found: Related, lang: str) -> str:
    """The picture of both ladders."""
    from marsad.export.labels import level
    from marsad.export.plot import plot

    return plot(
        found.course,
        lambda ladder, number: level(ladder, number, lang),
        stays=found.stays,
        changes=found.changes,
        cited=found.cited,
        lang=lang,
    )


def _lines(found: Related, screen: Screen, *, most: int | None) -> Iterator[Text]:
    from marsad.export.changes import change_lines
    from marsad.export.course_table import course_lines

    layout, console = screen.layout, screen.console
    yield from tables(found.course, [found.forth, found.back], screen, most=most)
    if found.changes:
        yield from change_lines(found.changes, layout, console)
        yield screen.blank
    yield from course_lines(found.course, found.cited, layout, console, left=found.left)


def tables(course: Course, given: Sequence[Periods], screen: Screen, *, most: int | None) -> Iterator[Text]:
    """Whom a question is about, then series over the same time below each other.

    What was read, and how the figures were worked out, is told once for all.
    """
    from rich.text import Text

    from marsad.export.course_table import title
    from marsad.export.series import coverage_lines, method_lines, series_table

    first, lang = given[0].series, screen.layout.lang
    yield screen.layout.of(Text(title(course, lang), "bold"), lang)
    yield from coverage_lines(first.coverage, screen.layout)
    yield screen.blank
    for each in given:
        yield from series_table(each.series, screen.layout, most=most, alone=False)
        yield screen.blank
    yield from method_lines(first, screen.layout, screen.console)
    yield screen.blank
