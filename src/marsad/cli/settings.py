"""``marsad settings``: every setting, its value, and where it came from."""

from __future__ import annotations

import click


@click.command("settings")
@click.option("--json", "as_json", is_flag=True, help="One JSON object: each setting with its value and origin.")
def settings(as_json: bool) -> None:
    """Print every setting, its value and where it came from.

    Values come from the defaults, marsad.toml in the current folder (or --settings FILE), the environment
    (MARSAD_THREADS=2) and the arguments of a command, the later over the earlier.

    \b
    Examples:
      marsad settings
      MARSAD_LANG=ar marsad settings --json
    """
    from dataclasses import asdict

    from marsad.cli import sourced
    from marsad.settings import HIDDEN

    given = sourced()
    values = {key: "…" if value and key in HIDDEN else value for key, value in asdict(given.settings).items()}
    if as_json:
        import msgspec

        table = {key: {"value": value, "from": given.origin[key]} for key, value in values.items()}
        click.echo(msgspec.json.encode(table).decode())
        return
    wide = max(map(len, values)), max(len(repr(value)) for value in values.values())
    for key, value in values.items():
        shown = _toml(value)
        click.echo(f"{key:<{wide[0]}}  {shown:<{wide[1]}}  {given.origin[key]}")


def _toml(value: object) -> str:
    """``value`` as it is written in marsad.toml."""
    import json

    return json.dumps(value, ensure_ascii=False)
