"""``marsad prune``: remove what newer runs have superseded."""

from __future__ import annotations

from dataclasses import asdict

import click

from marsad.cli.stored import opened, store_option


@click.command("prune")
@store_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object with the counts.")
def prune(store: str | None, as_json: bool) -> None:
    """Remove what newer runs have superseded.

    What former coders found is kept beside what the newest found, until this. A former coding stays where a person has
    judged an event in it that the newest has not found. Nothing that counts is changed.

    \b
    Examples:
      marsad prune
      marsad prune --store news.db --json
    """
    with opened(store) as desk:
        counts = asdict(desk.prune())
        if as_json:
            import msgspec

            click.echo(msgspec.json.encode({"store": desk.store.where, **counts}).decode())
            return
        told = " · ".join(f"{name}: {count}" for name, count in counts.items() if count) or "nothing"
        click.echo(f"{desk.store.where}: removed: {told}")
