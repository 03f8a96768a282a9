"""``marsad key``: who may ask over the network."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from marsad.cli.stored import opened, store_option

if TYPE_CHECKING:
    from marsad.store.keys import Key


@click.group("key")
def key() -> None:
    """Make, list and revoke the keys of the API.

    A key is shown once, when it is made: the store keeps a digest of it alone.

    \b
    Examples:
      marsad key add dashboard
      marsad key add editor --write --rate 120
      marsad key revoke dashboard
    """


@key.command("add")
@click.argument("name")
@click.option("--write", is_flag=True, help="It may judge, watch and acknowledge too.")
@click.option("--rate", type=click.IntRange(1, 1_000_000), metavar="N", help="Requests a minute; else as many as any.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
@store_option
def add(name: str, write: bool, rate: int | None, as_json: bool, store: str | None) -> None:
    """Make a key for NAME, and print it: the secret alone on standard output."""
    from marsad.store import keys

    scopes = ["read", "write"] if write else ["read"]
    with opened(store) as desk, desk.store.writing() as db:
        secret = keys.add(db, name, scopes, datetime.now(UTC), rate)
    if as_json:
        import msgspec

        click.echo(msgspec.json.encode({"name": name.strip(), "scopes": scopes, "rate": rate, "key": secret}).decode())
        return
    click.echo(secret)
    click.echo("marsad: keep it: it cannot be shown again", err=True)


def _record(one: Key) -> dict[str, Any]:
    return {
        "name": one.name,
        "scopes": list(one.scopes),
        "rate": one.rate,
        "added": one.added,
        "used": one.used,
        "revoked": one.revoked,
    }


@key.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON line a key.")
@store_option
def listed(as_json: bool, store: str | None) -> None:
    """List the keys, those that were revoked too; never a secret."""
    from marsad.store import keys

    with opened(store) as desk, desk.store.reading() as db:
        found = keys.listed(db)
    if as_json:
        from marsad.cli.written import write_json

        write_json(map(_record, found))
        return
    if not found:
        click.echo("no key yet")
        return
    from marsad.cli.columns import columns

    def when(at: datetime | None) -> str:
        return f"{at:%Y-%m-%d %H:%M}" if at else "–"

    rows = [
        (one.name, " ".join(one.scopes), str(one.rate or "–"), when(one.added), when(one.used), when(one.revoked))
        for one in found
    ]
    click.echo(columns(("NAME", "SCOPES", "RATE", "ADDED", "USED", "REVOKED"), rows))


@key.command("revoke")
@click.argument("name")
@store_option
def revoke(name: str, store: str | None) -> None:
    """Let the key of NAME open nothing any more; a server that runs learns of it within seconds."""
    from marsad.store import keys

    with opened(store) as desk, desk.store.writing() as db:
        keys.revoke(db, name, datetime.now(UTC))
    click.echo(f"{name.strip()}: revoked")
