"""``marsad triangle``: how three stand to each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import click

from marsad.cli.pairs import BY, forms, sides, span
from marsad.cli.stored import opened, store_option
from marsad.cli.written import one_way, write_json, write_table

if TYPE_CHECKING:
    from rich.text import Text

    from marsad.cli.shown import Screen
    from marsad.desk.pairs.related import Triangle

#: Lines of periods of each pair that a table shows, the latest, where nobody says since when.
SHOWN = 6


@click.command("triangle")
@click.argument("one")
@click.argument("other")
@click.argument("third")
@BY
@span
@store_option
@forms
def triangle(
    one: str,
    other: str,
    third: str,
    by: str,
    since: date | None,
    until: date | None,
    store: str | None,
    as_json: bool,
    as_csv: bool,
    lang: str | None,
    quiet: bool,
) -> None:
    """Show how three stand to each other.

    What passes between ONE, OTHER and THIRD, pair by pair and both ways together, then the ladders of the first two.
    THIRD is taken for the one that warns: IRQ RUS USA asks how Iraq and Russia draw together, and what Washington says.

    \b
    Examples:
      marsad triangle IRQ RUS USA --since 2025
      marsad triangle العراق روسيا أميركا --by week --csv
    """
    one_way(json=as_json, csv=as_csv)
    with opened(store, lang=lang) as desk:
        three = sides(desk, (one, other, third), until or since, quiet)
        found = desk.triangle(three[0], three[1], three[2], by=by, since=since, until=until)
        if as_json:
            from marsad.desk.records import triangle_record

            write_json([triangle_record(found, desk.settings.lang)])
        elif as_csv:
            write_table(found.rows(), found.columns())
        else:
            from marsad.cli.shown import Screen

            screen = Screen.of(desk.settings)
            screen.print(_lines(found, screen, most=None if since else SHOWN))


def _lines(found: Triangle, screen: Screen, *, most: int | None) -> Iterator[Text]:
    from marsad.cli.relation import tables
    from marsad.export.course_table import course_lines

    yield from tables(found.course, found.pairs, screen, most=most)
    yield from course_lines(found.course, found.cited, screen.layout, screen.console, left=found.left)
