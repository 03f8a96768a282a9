"""What the commands that ask about pairs share: who is meant, the days, the options."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from marsad.cli.asked import Day, party
from marsad.identity import state_of

if TYPE_CHECKING:
    from marsad.desk import Desk

F = TypeVar("F", bound=Callable[..., Any])

_SPAN = (
    click.option("--since", type=Day(), metavar="DATE", help="From this day on (2026-03-05, 2026-03, 2026)."),
    click.option("--until", type=Day(last=True), metavar="DATE", help="As of this day; today without it."),
)
_FORMS = (
    click.option("--json", "as_json", is_flag=True, help="One JSON line each."),
    click.option("--csv", "as_csv", is_flag=True, help="A table of CSV."),
    click.option("--lang", type=click.Choice(["ar", "en"]), help="The language of the interface."),
    click.option("--quiet", is_flag=True, help="Nothing on standard error."),
)
BY = click.option(
    "--by", type=click.Choice(["day", "week", "month"]), default="month", show_default=True, help="Length of a period."
)
SANCTIONER = click.option(
    "--sanctioner", metavar="WHO", help="Whose warnings stand beside; else the setting `sanctioner`."
)


def span(command: F) -> F:
    """``--since`` and ``--until``."""
    for option in reversed(_SPAN):
        command = option(command)
    return command


def forms(command: F) -> F:
    """``--json``, ``--csv``, ``--lang``, ``--quiet``."""
    for option in reversed(_FORMS):
        command = option(command)
    return command


def sides(desk: Desk, names: Sequence[str], on: date | None, quiet: bool) -> list[str]:
    """The ids of who is meant, each once. Raises :class:`click.UsageError` where one stands twice."""
    found = [party(desk, name, name, on, quiet) for name in names]
    for n, one in enumerate(found):
        if one in found[:n]:
            first = names[found.index(one)]
            told = f"{first} stands there twice" if first == names[n] else f"{first} and {names[n]} are the same"
            raise click.UsageError(f"{told}: give different ones")
    return found


def warner(desk: Desk, given: str | None, of: Iterable[str], on: date | None, quiet: bool) -> str | None:
    """Whose warnings are asked for; by the setting nobody's where that is one of the pair itself."""
    pair = {state_of(side) for side in of}
    if given:
        found = state_of(party(desk, given, "--sanctioner", on, quiet))
        if found in pair:
            raise click.UsageError(f"--sanctioner {given} is one of the two: give another side")
        return found
    usual = desk.settings.sanctioner
    return None if usual in pair else usual or None
