"""``marsad lists``: the sanctions lists that names are screened against."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from marsad.cli.stored import store_option

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from marsad.desk.laws.lists import Lists
    from marsad.types.lists import ListEntry, ListVersion

#: Entries that ``show`` prints unless all are asked for.
SHOWN = 20


def lists_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--lists``: the folder that the lists are kept in."""
    return click.option(
        "--lists", "folder", metavar="FOLDER", help="The folder of the lists; else marsad-lists beside the store."
    )(command)


def where(store: str | None, folder: str | None) -> Path:
    """The folder of the lists of this call."""
    from marsad.cli import sourced
    from marsad.desk.laws.lists import folder_of

    return folder_of(sourced({"store": store}).settings.store, folder or "")


def opened(store: str | None, folder: str | None) -> Lists:
    """The lists of this call."""
    from marsad.desk.laws.lists import Lists

    return Lists(where(store, folder), lambda: datetime.now(UTC))


@click.group("lists", invoke_without_command=True)
@store_option
@lists_option
@click.option("--json", "as_json", is_flag=True, help="One JSON line a list and day.")
@click.pass_context
def lists(ctx: click.Context, store: str | None, folder: str | None, as_json: bool) -> None:
    """List the sanctions lists; add, show, remove.

    Lists are files that you bring, as OFAC, the EU, the UK and the UN publish them; none is fetched. Each day's list is
    kept beside the others, so that names can be screened as of any day.

    \b
    Examples:
      marsad lists add SDN.XML
      marsad lists add SDN.CSV ALT.CSV ADD.CSV --as-of 2026-03-01
      marsad lists show eu
    """
    ctx.obj = (store, folder)
    if ctx.invoked_subcommand is not None:
        return
    from marsad.desk.laws.lists import shipped

    found = [*opened(store, folder).versions(), *shipped()]
    if as_json:
        _lines([_record(one) for one in found])
        return
    from marsad.cli.columns import columns

    rows = [(one.list, str(one.as_of), str(one.entries), one.form, one.source) for one in found]
    click.echo(columns(("LIST", "AS OF", "ENTRIES", "FORM", "SOURCE"), rows))


def _record(version: ListVersion) -> dict[str, Any]:
    from marsad.export.screened import version_record

    return version_record(version)


def _lines(found: Sequence[Any]) -> None:
    import msgspec

    for one in found:
        click.echo(msgspec.json.encode(one).decode())


class Day(click.ParamType[date]):
    """A day, as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day as it was given."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no day: write it like 2026-03-01.", param, ctx)


@lists.command("add")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--as-of", type=Day(), metavar="DATE", help="The day of the list; else what the file tells.")
@click.option("--name", help="Which list it is, where the file alone would be taken for another.")
@store_option
@lists_option
@click.pass_obj
def add(
    parent: tuple[str | None, str | None],
    store: str | None,
    folder: str | None,
    files: tuple[Path, ...],
    as_of: date | None,
    name: str | None,
) -> None:
    """Keep a list: one file, or the several of OFAC's CSV together.

    The form is told by what is in the file: OFAC (SDN.XML, SDN_ADVANCED.XML, the CSV files), EU (XML, CSV), UK (UK
    Sanctions List in XML or CSV, OFSI's ConList), UN (XML). A file that is broken or cut off is not taken at all.
    """
    found = opened(store or parent[0], folder or parent[1]).add(files, as_of, name)
    version = found.version
    click.echo(f"{version}: {version.entries} entries ({version.form}){'' if found.new else ', known already'}")


@lists.command("show")
@click.argument("name", metavar="NAME[@DATE]")
@click.option("--all", "every", is_flag=True, help=f"Every entry, not only the first {SHOWN}.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line an entry.")
@store_option
@lists_option
@click.pass_obj
def show(
    parent: tuple[str | None, str | None],
    store: str | None,
    folder: str | None,
    name: str,
    every: bool,
    as_json: bool,
) -> None:
    """Show a list as of a day, else its newest: what it is from, and who stands on it."""
    kept = opened(store or parent[0], folder or parent[1])
    version = kept.version(name)
    entries = kept.entries(version)
    if as_json:
        _lines(entries)
        return
    types = Counter(entry.type.value for entry in entries)
    names = sum(len(entry.names) for entry in entries)
    click.echo(f"{version}: {version.form}, from {version.source}")
    click.echo(f"{version.entries} entries ({_counted(types)}), {names} names, sha256 {version.digest}")
    _table(entries if every else entries[:SHOWN])
    if not every and len(entries) > SHOWN:
        click.echo(f"and {len(entries) - SHOWN} more: --all shows them")


def _counted(types: Counter[str]) -> str:
    return ", ".join(f"{kind}: {number}" for kind, number in sorted(types.items()))


def _table(entries: Sequence[ListEntry]) -> None:
    from marsad.cli.columns import columns

    rows = [
        (
            one.uid, one.type.value, one.names[0].text[:50], str(len(one.names)), ", ".join(one.programmes)[:40],
            str(one.listed or "–"),
        )
        for one in entries
    ]  # fmt: skip
    click.echo(columns(("UID", "TYPE", "NAME", "NAMES", "PROGRAMMES", "LISTED"), rows))


@lists.command("remove")
@click.argument("name", metavar="NAME@DATE")
@store_option
@lists_option
@click.pass_obj
def remove(parent: tuple[str | None, str | None], store: str | None, folder: str | None, name: str) -> None:
    """Take the list of a day away; that it was there stays in the index."""
    version = opened(store or parent[0], folder or parent[1]).remove(name)
    click.echo(f"{version}: removed")
