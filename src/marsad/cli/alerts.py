"""``marsad alerts``: what watches have told, and who has seen it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import click

from marsad.cli.asked import Day
from marsad.cli.judge import who
from marsad.cli.stored import opened, store_option
from marsad.cli.watch import shown
from marsad.cli.written import one_way, write_table


@click.command("alerts")
@click.option("--since", type=Day(), metavar="DATE", help="Told on this day or later.")
@click.option("--watch", metavar="ID", help="Told by this watch.")
@click.option("--new", is_flag=True, help="Only what nobody has seen yet.")
@click.option("--ack", "acks", multiple=True, metavar="ID|all", help="Note that you have seen it; may be repeated.")
@click.option("--name", help="Who has seen it; else the user of this machine.")
@click.option("--resend", is_flag=True, help="Try again to send what could not be sent.")
@click.option("--after", metavar="CURSOR", help="Go on behind the page before.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="At most so many.")
@store_option
@click.option("--json", "as_json", is_flag=True, help="One JSON line each.")
@click.option("--csv", "as_csv", is_flag=True, help="A table of CSV.")
@click.option("--lang", type=click.Choice(["ar", "en"]), help="The language of the interface.")
def alerts(
    since: date | None,
    watch: str | None,
    new: bool,
    acks: tuple[str, ...],
    name: str | None,
    resend: bool,
    after: str | None,
    limit: int,
    store: str | None,
    as_json: bool,
    as_csv: bool,
    lang: str | None,
) -> None:
    """Show what watches have told, and note what you have seen.

    The newest first, each with the sentences that it rests on; a dot stands before what nobody has seen yet. An id, or
    the beginning of it, will do.

    \b
    Examples:
      marsad alerts --new
      marsad alerts --watch arms-for-iraq --since 2026-03 --lang ar
      marsad alerts --ack all
    """
    one_way(json=as_json, csv=as_csv)
    with opened(store, lang=lang) as desk:
        if resend:
            number = desk.resend()
            click.echo(f"{number} to be sent again", err=as_json or as_csv)
            return
        if acks:
            everything = "all" in acks
            seen = who(name)
            found = desk.ack_all(seen, watch=watch) if everything else desk.ack(acks, seen)
            if not (as_json or as_csv):
                click.echo(f"{len(found)} seen by {seen}")
                return
            answer = found
        else:
            begin = datetime(since.year, since.month, since.day, tzinfo=UTC) if since else None
            page = desk.alerts(since=begin, watch=watch, unacked=new, after=after, limit=limit)
            answer = list(page)
            if page.after:
                click.echo(f"marsad: more: --after {page.after}", err=True)
        if as_csv:
            from marsad.export.alerts import ALERTS, alert_rows

            write_table(alert_rows(answer), ALERTS)
        else:
            shown(desk, answer, as_json)
