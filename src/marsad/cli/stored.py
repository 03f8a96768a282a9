"""What the commands over a store share: which store, the desk over it, and what it is told of while it works."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from marsad.cli.progress import BEAT

if TYPE_CHECKING:
    from marsad.desk import Desk
    from marsad.desk.intake.adding import Added
    from marsad.types import Skipped

F = TypeVar("F", bound=Callable[..., Any])
#: What could not be read is told one by one up to this many, then counted.
TOLD = 20


def store_option(command: F) -> F:
    """``--store``: the store that a command works on."""
    return click.option(
        "--store",
        metavar="FILE|URL",
        help="The store: a file, or postgresql://…; else MARSAD_STORE, else ./marsad.db.",
    )(command)


@contextmanager
def opened(store: str | None, *, must_exist: bool = True, **arguments: Any) -> Iterator[Desk]:
    """The desk over the store of this call."""
    from marsad.cli import sourced
    from marsad.desk import Desk

    settings = sourced({**arguments, "store": store}).settings
    with Desk(settings=settings, must_exist=must_exist) as desk:
        yield desk


class Line:
    """One line on standard error that says how far a command is, if that is a terminal and nobody asked for quiet."""

    def __init__(self, quiet: bool) -> None:
        self.shown = not quiet and sys.stderr.isatty()
        self._told = 0.0

    def say(self, text: str) -> None:
        """Show ``text`` in the place of what stood there, a few times a second at most."""
        now = time.monotonic()
        if self.shown and now - self._told >= BEAT:
            self._told = now
            self.clear()
            click.echo(text, nl=False, err=True)

    def clear(self) -> None:
        """Take the line away."""
        if self.shown:
            click.echo("\r\x1b[K", nl=False, err=True)


def told(skipped: list[Skipped], faults: int) -> None:
    """Say what could not be read, on standard error."""
    for one in skipped[:TOLD]:
        click.echo(f"marsad: {one.message}", err=True)
    if faults > TOLD:
        click.echo(f"marsad: and {faults - TOLD} more could not be read", err=True)


def counted(added: Added) -> dict[str, int]:
    """What became of what was handed over, in the words of the output."""
    from marsad.store.articles import Kept

    return {**{kind.value: added.kept[kind] for kind in Kept}, "skipped": added.faults}


def in_words(added: Added | None) -> str:
    """The counts that are not nothing, on one line."""
    if added is None:
        return "nothing"
    counts = {"feeds followed": added.feeds, **counted(added)}
    return " · ".join(f"{name}: {count}" for name, count in counts.items() if count) or "nothing"
