"""``marsad article``: one article with all that is known of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from marsad.cli import output
from marsad.cli.asked import spare
from marsad.cli.stored import opened, store_option

if TYPE_CHECKING:
    from rich.text import Text

    from marsad.cli.shown import Screen
    from marsad.desk import Desk
    from marsad.desk.records import Known


@click.command("article")
@click.argument("article_id", metavar="ID|URL")
@store_option
@click.option("--json", "as_json", is_flag=True, help="The object of the line format, with text, versions and story.")
@click.option("--html", "page", metavar="FILE", help="Write one self-contained page.")
@click.option("--lang", type=click.Choice(["ar", "en"]), help="The language of the interface.")
def article(article_id: str, store: str | None, as_json: bool, page: str | None, lang: str | None) -> None:
    """Show an article: its text, its events, its story.

    ID is that of the article, or its beginning; an address does too. Below the text stand its events, then what else
    is known: the versions that stood at its address, and the other articles that report the same news, each with why.

    \b
    Examples:
      marsad article 3f2a91c0
      marsad article https://news.example/politics/77 --html page.html --lang ar
    """
    if page == "-" and as_json:
        raise click.UsageError("--json and --html - would both write to standard output: give --html a file")
    if page is not None:
        output.check(page)
    with opened(store, lang=lang) as desk:
        from marsad.desk.records import Known, article_record

        spare(desk, page)
        known = Known.of(desk, article_id)
        if page is not None:
            from marsad.export.html import page as pieces

            output.write(page, pieces([known.as_coded()], desk.settings.lang))
        if as_json:
            import msgspec

            click.echo(msgspec.json.encode(article_record(known)).decode())
        elif page is None:
            _shown(known, desk)


def _shown(known: Known, desk: Desk) -> None:
    from marsad.cli.shown import Screen

    screen = Screen.of(desk.settings)
    screen.print(_lines(known, screen))


def _lines(known: Known, screen: Screen) -> Iterator[Text]:
    from dataclasses import replace

    from rich.text import Text

    from marsad.export.article_table import about, judged, story, text, versions
    from marsad.export.labels import label
    from marsad.export.table import table

    layout, console = screen.layout, screen.console
    yield from text(known.article, layout, console)
    yield screen.blank
    yield from about(known.article, layout)
    yield from versions([(one.article, one.current) for one in known.versions], layout)
    if known.story and known.others:
        reasons = {id: why for id in known.others if (why := known.why(id))}  # noqa: A001
        told = [
            (one, (reasons[id].score, reasons[id].why) if id in reasons else None)
            for id, one in known.others.items()  # noqa: A001
        ]
        yield from story(told, layout)
    yield screen.blank
    if known.coding:
        yield from table(known.coding, replace(layout, ids=True), console)
        yield from judged(known.coding, known.judged, layout, console)
    else:
        yield layout.of(Text(label("text", "not_coded", layout.lang)), layout.lang)
