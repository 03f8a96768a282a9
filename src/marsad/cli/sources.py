"""``marsad sources``: whom articles come from, and what is followed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from marsad.cli.codes import Country
from marsad.cli.stored import opened, store_option, told

if TYPE_CHECKING:
    from marsad.store.sources import Followed
    from marsad.types import Source


def _when(at: datetime | None) -> str:
    return at.strftime("%Y-%m-%d %H:%M") if at else "–"


def _fault(one: Followed) -> str:
    """What went wrong with its feed the last time, without the address, which stands beside it."""
    told = (one.fetch.error or "") if one.fetch else ""
    return told.removeprefix(f"{one.source.feed}: ")[:60]


@click.group("sources", invoke_without_command=True)
@store_option
@click.option("--json", "as_json", is_flag=True, help="One JSON line a source.")
@click.pass_context
def sources(ctx: click.Context, store: str | None, as_json: bool) -> None:
    """List the sources; add, disable, enable, import, export.

    Two clocks tell of each: when it last answered, and when it last had an article that was not known. The second
    standing still while the first goes on is a source gone silent.

    \b
    Examples:
      marsad sources
      marsad sources add https://news.example/feed.xml --country IRQ --zone Asia/Baghdad
      marsad sources import feeds.opml
    """
    ctx.obj = store
    if ctx.invoked_subcommand is not None:
        return
    with opened(store) as desk:
        found = desk.sources()
    if as_json:
        from marsad.cli.written import write_json
        from marsad.desk.records import source_record

        write_json(map(source_record, found))
        return
    if not found:
        click.echo("no source yet")
        return
    from marsad.cli.columns import columns

    head = ("SOURCE", "COUNTRY", "FOLLOWED", "ARTICLES", "LAST ANSWER", "LAST NEW", "FAULT")
    rows = [
        (
            one.source.id,
            one.source.country or "–",
            ("yes" if one.source.enabled else "no") if one.source.feed else "–",
            str(one.articles),
            _when(one.succeeded),
            _when(one.renewed),
            _fault(one),
        )
        for one in found
    ]
    click.echo(columns(head, rows))


_KINDS = ("agency", "paper", "state", "official")


class Zone(click.ParamType[str]):
    """A time zone by its name."""

    name = "zone"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name as it was given, if there is such a zone."""
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

        try:
            return ZoneInfo(str(value)).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self.fail(f"{value!r} is no time zone: write it like Asia/Baghdad.", param, ctx)


@sources.command("add")
@click.argument("source", metavar="FEED|SOURCE")
@click.option("--name", default="", help="What the source is called.")
@click.option("--country", type=Country(), help="The country that it publishes in (IRQ, Iraq, العراق).")
@click.option("--kind", type=click.Choice(_KINDS), help="What it is.")
@click.option("--owner", help="Who owns it.")
@click.option("--zone", type=Zone(), help="Its time zone (Asia/Baghdad): days are days there.")
@store_option
@click.pass_obj
def add(parent: str | None, /, store: str | None, source: str, **said: Any) -> None:
    """Follow the feed at this address, without asking it now; or say more of a source that is known."""
    feed = source if "://" in source else None
    with opened(store or parent, must_exist=feed is None) as desk:
        known = {one.source.feed for one in desk.sources() if one.source.enabled}
        desk.follow(_said(feed, desk.source(source), said) if feed is None else _said(feed, None, said))
        # A second feed of a site has an id of its own.
        id = desk.source(source).id  # noqa: A001 (the field's word)
        click.echo(f"{id}: {'followed from now on' if feed and feed not in known else 'brought up to date'}")


def _said(feed: str | None, known: Source | None, said: dict[str, Any]) -> Source:
    """The source as it is known, or the one of a feed, with what is said of it now."""
    from dataclasses import replace

    from marsad.identity import source_id
    from marsad.read.feeds.entry import address
    from marsad.types import Source, SourceKind

    if feed is not None and address(feed) != feed:
        raise click.UsageError(f"{feed!r} is no address of a feed: write https://…")
    one = known or Source(id=source_id(feed, said["name"]) or str(feed), feed=feed)
    kind = SourceKind(said["kind"]) if said["kind"] else one.kind
    given = {key: value for key, value in said.items() if value and key != "kind"}
    return replace(one, kind=kind, **given)


@sources.command("disable")
@click.argument("name", metavar="SOURCE")
@store_option
@click.pass_obj
def disable(parent: str | None, store: str | None, name: str) -> None:
    """Follow a source no longer; what it gave stays."""
    _enable(store or parent, name, False)


@sources.command("enable")
@click.argument("name", metavar="SOURCE")
@store_option
@click.pass_obj
def enable(parent: str | None, store: str | None, name: str) -> None:
    """Follow a source again."""
    _enable(store or parent, name, True)


def _enable(store: str | None, name: str, enabled: bool) -> None:
    with opened(store) as desk:
        source = desk.enable(name, enabled)
        click.echo(f"{source.id}: {'followed' if enabled else 'followed no longer'}")


@sources.command("import")
@click.argument("file", metavar="FILE.opml", type=click.Path(path_type=Path))
@store_option
@click.pass_obj
def import_(parent: str | None, store: str | None, file: Path) -> None:
    """Follow the feeds of an OPML file, without asking them now."""
    with opened(store or parent, must_exist=False) as desk:
        number, skipped = desk.follow_opml(file)
        told(skipped, len(skipped))
        click.echo(f"{desk.store.where}: feeds followed: {number}")


@sources.command("export")
@store_option
@click.pass_obj
def export(parent: str | None, store: str | None) -> None:
    """Write the feeds that are followed as OPML, to standard output."""
    from marsad.read.feeds.opml import write_opml

    with opened(store or parent) as desk:
        click.echo(write_opml(one.source for one in desk.sources() if one.source.feed and one.source.enabled), nl=False)
