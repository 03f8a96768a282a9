"""``marsad forget``: remove an article or a source for good."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from marsad.cli.judge import who
from marsad.cli.stored import opened, store_option

if TYPE_CHECKING:
    from marsad.desk import Desk


def _asks() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin is not None and sys.stdin.isatty()


def _title(desk: Desk, what: str) -> str:
    """What is to go, in words: an article with its title, else a source."""
    from marsad.errors import NotFoundError
    from marsad.export.safe import for_terminal

    if not any(one.source.id == what for one in desk.sources()):
        try:
            one = desk.article(what)
        except NotFoundError as error:
            if error.what.startswith(f"{what!r} begins "):
                raise
        else:
            title = one.title.of(one.text) if one.title else one.text[:80]
            return f"article {one.id} «{' '.join(for_terminal(title).split())}»"
    return f"source {desk.source(what).id}"


@click.command("forget")
@click.argument("what", metavar="ARTICLE|SOURCE")
@store_option
@click.option("--because", metavar="REASON", help="Why; kept with your name and the time, and without the content.")
@click.option("--name", help="Who asks; else the user of this machine.")
@click.option("--yes", is_flag=True, help="Do not ask whether you are sure.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with the counts.")
def forget(what: str, store: str | None, because: str | None, name: str | None, yes: bool, as_json: bool) -> None:
    """Remove an article or a source, with all that was made from it.

    ARTICLE is an id, its beginning, or an address: every version that stood there goes. SOURCE is its id or name: all
    its articles go. With them go events, quotations, judgements and what search knows. It cannot be undone, and what
    is forgotten does not come back when it is added again. A backup made before still has it.

    \b
    Examples:
      marsad forget 7827f9f3 --because "the person named asked for it"
      marsad forget news.example --yes --because "the licence has ended"
    """
    if not (because and because.strip()):
        raise click.UsageError('say why: give --because "…"')
    by = who(name)
    with opened(store) as desk:
        ahead = desk.would_forget(what)
        title = _title(desk, what)
        going = f"{title}: articles {ahead.articles}, events {ahead.events}"
        if not yes:
            if not _asks():
                raise click.UsageError(f"nobody is there to be asked: --yes forgets {going}")
            click.confirm(f"{going}. Forget for good?", abort=True, err=True)
        done = desk.forget(what, name=by, reason=because.strip())
        if as_json:
            import msgspec

            click.echo(msgspec.json.encode({"forgotten": what, **asdict(done)}).decode())
        else:
            click.echo(f"forgotten: {title}: articles {done.articles}, events {done.events}")
        if not done.erased:
            told = "another program has the store open: what was forgotten leaves the file at the next write after that"
            click.echo(f"marsad: {told}", err=True)
