"""``marsad brief``: one page on a pair, where it stands, what moved, what was said and denied, what was read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from marsad.cli import output
from marsad.cli.asked import spare
from marsad.cli.pairs import SANCTIONER, sides, span, warner
from marsad.cli.stored import opened, store_option
from marsad.cli.written import one_way, write_json

if TYPE_CHECKING:
    from rich.text import Text

    from marsad.cli.shown import Screen
    from marsad.export.brief_shown import Brief


@click.command("brief")
@click.argument("one")
@click.argument("other")
@click.option("--week", is_flag=True, help="The last seven days (up to --until); without it and --since, a month.")
@span
@SANCTIONER
@click.option("--html", "page", metavar="FILE", help="Write one page that prints on a sheet; - for standard output.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
@store_option
@click.option("--lang", type=click.Choice(["ar", "en"]), help="The language of the interface.")
@click.option("--quiet", is_flag=True, help="Nothing on standard error.")
def brief(
    one: str,
    other: str,
    week: bool,
    since: date | None,
    until: date | None,
    sanctioner: str | None,
    page: str | None,
    as_json: bool,
    store: str | None,
    lang: str | None,
    quiet: bool,
) -> None:
    """Write one page on a pair: what moved, was said and denied.

    It says where the pair stands on the ladders, what has changed, what was said in whose words, the denials beside
    what was reported, what laws come to, and what was read.

    ONE and OTHER are each an id (RUS.GOV.MFA), a country or a name in either language. Each line stands with its
    sentence, who printed it and where. What there was none of in the time is said. Without a time: the last thirty
    days.

    \b
    Examples:
      marsad brief IRQ RUS --week
      marsad brief العراق روسيا --since 2025-09 --until 2025-09 --lang ar
      marsad brief IRQ RUS --week --html brief.html
    """
    if week and since:
        raise click.UsageError("give --week or --since")
    one_way(json=as_json, html=page == "-")
    if page:
        output.check(page)
    with opened(store, lang=lang) as desk:
        from marsad.desk.pairs.briefing import WEEK
        from marsad.desk.pairs.briefing import brief as briefed

        spare(desk, page)
        pair = sides(desk, (one, other), until or since, quiet)
        seen = warner(desk, sanctioner, pair, until or since, quiet)
        first = (until or desk.today()) - timedelta(WEEK - 1) if week else since
        language = desk.settings.lang
        found = briefed(desk, *pair, since=first, until=until, sanctioner=seen, lang=language)
        if page:
            from marsad.export.brief_html import brief_page

            output.write(page, [brief_page(found, language)])
        if as_json:
            from marsad.export.brief import brief_record

            write_json([brief_record(found, language)])
        elif page != "-":
            from marsad.cli.shown import Screen

            screen = Screen.of(desk.settings)
            screen.print(_lines(found, screen))


def _lines(found: Brief, screen: Screen) -> Iterator[Text]:
    from marsad.export.brief_text import brief_lines

    return brief_lines(found, screen.layout, screen.console)
