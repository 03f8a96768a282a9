"""``marsad backup``: one file that holds the whole store."""

from __future__ import annotations

import click

from marsad.cli.stored import opened, store_option


@click.command("backup")
@click.argument("file", metavar="FILE")
@store_option
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object: the file and its size.")
def backup(file: str, store: str | None, force: bool, as_json: bool) -> None:
    """Write one file that holds the whole store.

    Others may go on writing: the file shows one state. It is a store itself, of SQLite, whatever the engine of the one
    that it is made from; `marsad restore` makes a store of either engine from it. It is there whole or not at all.

    \b
    Examples:
      marsad backup news-2026-03-05.db
      marsad backup team.db --store postgresql://db.example/news
    """
    with opened(store) as desk:
        size = desk.backup(file, force=force)
        if as_json:
            import msgspec

            click.echo(msgspec.json.encode({"store": desk.store.where, "file": file, "bytes": size}).decode())
        else:
            click.echo(f"{file}: {size / 1e6:.1f} MB, of {desk.store.where}")
