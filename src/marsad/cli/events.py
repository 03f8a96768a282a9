"""``marsad events``: what happened, or what was reported or said, of what is in the store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from marsad.cli.asked import Pages, filters, last, spare, where
from marsad.cli.stored import opened, store_option
from marsad.cli.written import one_way, write_json, write_table

if TYPE_CHECKING:
    from rich.text import Text

    from marsad.cli.shown import Screen
    from marsad.desk import Desk
    from marsad.desk.answers import Answer
    from marsad.store.where import Where

#: How many a table shows, where nobody says; programs get all.
SHOWN = 50


class _Events:
    """What is asked for, as acts, and how it is shown; :class:`_Reports` and :class:`_Quotations` say the rest."""

    reports = False

    def __init__(self, desk: Desk, asked: Where) -> None:
        self.desk, self.where = desk, asked

    def ask(self, after: str | None, limit: int) -> Answer[Any]:
        """A page of them."""
        return self.desk.events(self.where, after=after, limit=limit)

    def count(self) -> int:
        """How many there are, as far as they are counted."""
        return self.desk.count(self.where, reports=self.reports)

    def records(self, page: Sequence[Any]) -> Iterator[dict[str, Any]]:
        """Their objects of JSON."""
        from marsad.export.acts import act_records

        told = self.desk.told([id for one in page for id in one.reports])  # noqa: A001
        yield from act_records(page, told, self.desk.judged([*(one.id for one in page), *told]))

    def rows(self, page: Sequence[Any]) -> Iterator[dict[str, Any]]:
        """Their rows of a table."""
        from marsad.export.acts import act_rows

        yield from act_rows(page)

    def columns(self) -> Any:
        """The columns of the rows."""
        from marsad.export.acts import ACTS

        return ACTS

    def lines(self, page: Sequence[Any], screen: Screen) -> Iterator[Text]:
        """Their lines at a terminal."""
        from marsad.export.acts_table import Told, act_lines
        from marsad.store.occurrences import Spread

        firsts = self.desk.told([one.reports[0] for one in page if one.reports])
        spread = self.desk.spread([one.id for one in page])
        judged = self.desk.judged([one.id for one in page])
        for one in page:
            first = firsts.get(one.reports[0]) if one.reports else None
            wide = spread[one.id] if one.id in spread else Spread(0, 0, 0)
            told = Told(act=one, first=first, articles=wide.articles, sources=wide.sources, judged=judged.get(one.id))
            yield from act_lines(told, screen.layout, screen.console)
            yield screen.blank


class _Reports(_Events):
    reports = True

    def ask(self, after: str | None, limit: int) -> Answer[Any]:
        return self.desk.reports(self.where, after=after, limit=limit)

    def records(self, page: Sequence[Any]) -> Iterator[dict[str, Any]]:
        from marsad.export.acts import report_record

        judged = self.desk.judged([one.event.id for one in page])
        yield from (report_record(row, judged) for row in self.rows(page))

    def rows(self, page: Sequence[Any]) -> Iterator[dict[str, Any]]:
        from marsad.export.rows import rows

        spread = self.desk.spread(list({one.occurrence for one in page if one.occurrence}))
        yield from rows(page, {id: one.reports for id, one in spread.items()})  # noqa: A001

    def columns(self) -> Any:
        from marsad.export.rows import COLUMNS

        return COLUMNS

    def lines(self, page: Sequence[Any], screen: Screen) -> Iterator[Text]:
        from marsad.export.acts_table import report_lines

        judged = self.desk.judged([one.event.id for one in page])
        for one in page:
            yield from report_lines(one, judged.get(one.event.id), screen.layout, screen.console)
            yield screen.blank


class _Quotations(_Reports):
    def records(self, page: Sequence[Any]) -> Iterator[dict[str, Any]]:
        from marsad.export.quotes import quotation_record, quotations

        yield from map(quotation_record, quotations(page))

    def lines(self, page: Sequence[Any], screen: Screen) -> Iterator[Text]:
        from marsad.export.acts_table import quotation_lines
        from marsad.export.quotes import quotations

        yield from quotation_lines(quotations(page), screen.layout, screen.console)
        yield screen.blank


def _kind(desk: Desk, asked: Where, reports: bool, quotations: bool) -> _Events:
    """What is asked for in the way that is asked for."""
    from dataclasses import replace

    from marsad.types import Voice

    if asked.withdrawn and not (reports or quotations):
        raise click.UsageError("what replaced versions say belongs to no act: give --reports with --withdrawn")
    if not quotations:
        return (_Reports if reports else _Events)(desk, asked)
    if asked.voices not in ((), (Voice.VERBATIM,)):
        raise click.UsageError("quotations have the voice verbatim: leave out --voice")
    return _Quotations(desk, replace(asked, voices=(Voice.VERBATIM,)))


@click.command("events")
@filters
@store_option
@click.option("--reports", is_flag=True, help="Each report of each act: who says so, and where.")
@click.option("--quotations", is_flag=True, help="What was said between quotation marks, by speaker.")
@click.option("--limit", type=click.IntRange(1), help=f"At most so many; a table shows {SHOWN} without it.")
@click.option("--after", metavar="CURSOR", help="Go on where a page ended; its last line says it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line each, an act with its reports in full.")
@click.option("--csv", "as_csv", is_flag=True, help="A table of CSV.")
@click.option("--parquet", metavar="FILE", help="Write a table of Parquet to this file.")
@click.option("--lang", type=click.Choice(["ar", "en"]), help="The language of the interface.")
@click.option("--quiet", is_flag=True, help="Nothing on standard error.")
def events(
    store: str | None,
    reports: bool,
    quotations: bool,
    limit: int | None,
    after: str | None,
    as_json: bool,
    as_csv: bool,
    parquet: str | None,
    lang: str | None,
    quiet: bool,
    **asked: Any,
) -> None:
    """Show what happened: each act once, with its reports.

    The latest day comes first. An act that forty papers report stands once, with how many report it; it is contested
    where independent sources contradict each other. WHO is an id (RUS.GOV.MFA), a country, or a name in either
    language; a country stands for all under it.

    \b
    Examples:
      marsad events --actor روسيا --recipient IRQ --since 2026-03
      marsad events --status DENIED --status CONTESTED --lang ar
      marsad events --quotations --speaker لافروف
      marsad events --reports --csv > reports.csv
    """
    one_way(reports=reports, quotations=quotations)
    one_way(json=as_json, csv=as_csv, parquet=parquet)
    if quotations and (as_csv or parquet):
        raise click.UsageError("quotations are a table or --json; --reports --voice verbatim has them as rows")
    with opened(store, lang=lang) as desk:
        spare(desk, parquet)
        kind = _kind(desk, where(desk, asked, quiet), reports, quotations)
        by_machine = as_json or as_csv or parquet
        pages: Pages[Any] = Pages(kind.ask, after, limit if by_machine or limit else SHOWN)
        shown = _written(kind, pages, as_json, parquet) if by_machine else _tabled(kind, pages)
        last(pages, kind.count, shown, desk.settings.lang, bool(by_machine), quiet)


def _written(kind: _Events, pages: Pages[Any], as_json: bool, parquet: str | None) -> int:
    """Write what is asked for in a form for programs; gives how many there were."""
    shown = 0

    def rows() -> Iterator[dict[str, Any]]:
        nonlocal shown
        for page in pages.pages():
            shown += len(page)
            yield from kind.records(page) if as_json else kind.rows(page)

    if as_json:
        write_json(rows())
    elif parquet:
        from marsad.export import parquet as frames

        frames.write(rows(), parquet, columns=kind.columns())
    else:
        write_table(rows(), kind.columns())
    return shown


def _tabled(kind: _Events, pages: Pages[Any]) -> int:
    """Print what is asked for; gives how many there were."""
    from marsad.cli.shown import Screen

    screen, shown = Screen.of(kind.desk.settings), 0
    for page in pages.pages():
        shown += len(page)
        screen.print(kind.lines(page, screen))
    return shown
