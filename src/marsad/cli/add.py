"""``marsad add``: read articles and keep them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from marsad.cli.stored import Line, counted, in_words, opened, store_option, told
from marsad.errors import ReadError, tree
from marsad.read import FORMATS

if TYPE_CHECKING:
    from marsad.desk import Desk
    from marsad.desk.intake.adding import Added


@click.command("add")
@click.argument("paths", nargs=-1, required=True, metavar="SOURCE...")
@store_option
@click.option("--once", is_flag=True, help="Take what a feed has now, and do not follow it.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), help="What a file is, whatever its name says.")
@click.option("--code", "now", is_flag=True, help="Code what was added, as `marsad code` does.")
@click.option("--strict-language", is_flag=True, default=None, help="Keep only articles in Arabic or English.")
@click.option("--archive", metavar="FOLDER", help="Keep a copy of all that is fetched, as WARC.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with the counts.")
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
def add(
    paths: tuple[str, ...],
    store: str | None,
    once: bool,
    form: str | None,
    now: bool,
    as_json: bool,
    quiet: bool,
    **arguments: Any,
) -> None:
    """Read articles and keep each once.

    A SOURCE is a file, a folder, an address of a page or a feed, an OPML list of feeds, or - for standard input. A feed
    is followed by `marsad run` from then on, unless --once is given. What is there already is not added again; a
    changed text at the same address is a new version. What cannot be read is told, and the rest is kept. Ctrl-C keeps
    what was read so far.

    \b
    Examples:
      marsad add news/ crawl.warc.gz
      marsad add https://news.example/feed.xml --store news.db
      marsad add --code - < articles.jsonl
    """
    with opened(store, must_exist=False, **arguments) as desk:
        added = _add(desk, paths, form, not once, quiet)
        told(added.skipped, added.faults)
        if as_json:
            import msgspec

            click.echo(msgspec.json.encode({"store": desk.store.where, **counted(added)}).decode())
        else:
            click.echo(f"{desk.store.where}: {in_words(added)}")
        if now:
            from marsad.cli.code import report, work

            report(desk, work(desk, None, quiet), as_json)
    if added.faults and not added.kept and not added.feeds:
        click.get_current_context().exit(_status(added))


def _add(desk: Desk, paths: tuple[str, ...], form: str | None, follow: bool, quiet: bool) -> Added:
    """Add, and show how far it is; of what is interrupted, how far it has come."""
    from marsad.cli.read import _stdin

    line = Line(quiet)
    kept = ""

    def say(so_far: Added) -> None:
        nonlocal kept
        kept = in_words(so_far)
        line.say(kept)

    try:
        return desk.add(*paths, format=form, follow=follow, stdin=_stdin(), told=say)
    except KeyboardInterrupt:
        line.clear()
        click.echo(f"marsad: kept so far: {kept or in_words(None)}", err=True)
        raise
    finally:
        line.clear()


def _status(added: Added) -> int:
    """The exit status where nothing could be read: that of the first fault."""
    codes = {error.code: error.exit_code for error in tree()}
    return codes.get(added.skipped[0].code, ReadError.exit_code)
