"""``marsad changes``: what has turned between two, or between any."""

from __future__ import annotations

from datetime import date

import click

from marsad.cli.pairs import forms, sides, span
from marsad.cli.stored import opened, store_option
from marsad.cli.written import one_way, write_json, write_table


@click.command("changes")
@click.argument("who", nargs=-1)
@span
@click.option("--pairs", type=click.IntRange(1), default=100, show_default=True, help="Look at so many busy pairs.")
@store_option
@forms
def changes(
    who: tuple[str, ...],
    since: date | None,
    until: date | None,
    pairs: int,
    store: str | None,
    as_json: bool,
    as_csv: bool,
    lang: str | None,
    quiet: bool,
) -> None:
    """Show where the rate of what passes between two has turned.

    The newest first. WHO is nobody (the busiest pairs), one (its pairs) or two. A change is told when it has lasted as
    many days as the setting `persist` says; replaying a history tells the same changes on the same days. Without
    --since those of the last year.

    \b
    Examples:
      marsad changes
      marsad changes IRQ RUS --since 2025
      marsad changes العراق --lang ar
    """
    one_way(json=as_json, csv=as_csv)
    if len(who) > 2:
        raise click.UsageError("give nobody, one or two")
    with opened(store, lang=lang) as desk:
        given = sides(desk, who, until or since, quiet)
        one, other = (*given, None, None)[:2]
        found = desk.changes(one, other, since=since, until=until, pairs=pairs)
        from marsad.export.changes import CHANGES, change_lines, change_records, change_rows

        if as_json:
            write_json(change_records(found))
        elif as_csv:
            write_table(change_rows(found), CHANGES)
        else:
            from marsad.cli.shown import Screen
            from marsad.export.labels import label

            screen = Screen.of(desk.settings)
            screen.print(change_lines(found, screen.layout, screen.console))
            if not found:
                click.echo(label("text", "nothing", desk.settings.lang))
