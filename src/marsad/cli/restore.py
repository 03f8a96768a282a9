"""``marsad restore``: make a store from a backup."""

from __future__ import annotations

import click

from marsad.cli.stored import store_option


@click.command("restore")
@click.argument("file", metavar="FILE")
@store_option
@click.option("--force", is_flag=True, help="Replace a store that holds something; a file is kept as NAME.before.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object: the store, and how many articles it has.")
def restore(file: str, store: str | None, force: bool, as_json: bool) -> None:
    """Make a store from a backup.

    FILE is what `marsad backup` has written. It is checked first; a store that holds anything is replaced only with
    --force. Where it fails nothing has changed.

    \b
    Examples:
      marsad restore news-2026-03-05.db --store news.db
      marsad restore team.db --store postgresql://db.example/news --force
    """
    from marsad.cli import sourced
    from marsad.desk import Desk
    from marsad.store.backup import restore as make
    from marsad.store.engine import DEFAULT

    settings = sourced({"store": store}).settings
    make(file, settings.store or DEFAULT, force=force)
    with Desk(settings=settings, must_exist=True) as desk:
        articles = desk.size()
        if as_json:
            import msgspec

            click.echo(msgspec.json.encode({"store": desk.store.where, "file": file, "articles": articles}).decode())
        else:
            click.echo(f"{desk.store.where}: articles {articles}, from {file}")
