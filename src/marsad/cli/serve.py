"""``marsad serve``: the observatory in a browser and the API, over one store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from marsad.cli.run import Duration
from marsad.cli.stored import Line, opened, store_option
from marsad.errors import MarsadError, SettingsError

if TYPE_CHECKING:
    from marsad.api.options import Options
    from marsad.desk import Desk
    from marsad.desk.stop import Stop

#: How long the work behind the server may take to end, in seconds.
GRACE = 10
#: After how many seconds it is looked whether another has ended that followed the feeds.
AGAIN = 60.0
#: How often feeds are asked with --run, where nobody says.
EVERY = 900.0


@click.command("serve")
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65_535), default=8765, show_default=True, help="0: any that is free.")
@click.option("--allow-host", "hosts", multiple=True, metavar="NAME", help="A name that it may be called by.")
@click.option("--demo", is_flag=True, help="On the invented example story, in a store of its own.")
@click.option("--no-pages", is_flag=True, help="The API alone.")
@click.option("--run", "follow", is_flag=True, help="Follow the feeds too, and send alerts.")
@click.option("--every", type=Duration(), default=f"{EVERY:.0f}", help="With --run: begin a round so often (15m, 1h).")
@click.option("--lang", type=click.Choice(["ar", "en"]), help="The language of the interface.")
def serve(
    store: str | None,
    host: str,
    port: int,
    hosts: tuple[str, ...],
    demo: bool,
    no_pages: bool,
    follow: bool,
    every: float,
    lang: str | None,
) -> None:
    """Serve the observatory in a browser, and the API.

    Opens nothing and fetches nothing: open the address that it prints. On this machine nobody needs a key. Any other
    --host needs one: make it with `marsad key add NAME`. A browser asks for it as a password, with any name. There is
    no TLS here: put a proxy that has it in front. Ctrl-C and SIGTERM end it.

    \b
    Examples:
      marsad serve
      marsad serve --demo
      marsad serve --store news.db --run --every 15m
      marsad serve --host 0.0.0.0 --allow-host marsad.example.org
    """
    from marsad.api.options import Options, is_local

    if demo and (store or follow):
        raise click.UsageError("--demo has a store of its own, and nothing to follow")
    options = Options(host=host, port=port, hosts=hosts, demo=demo, keys_needed=not is_local(host))
    with _desk(store, demo, lang) as desk:
        _guarded(desk, options)
        _serve(desk, options, pages=not no_pages, every=every if follow else None)


@contextmanager
def _desk(store: str | None, demo: bool, lang: str | None) -> Iterator[Desk]:
    if not demo:
        with opened(store, must_exist=False, lang=lang) as desk:
            yield desk
        return
    from marsad.cli import sourced
    from marsad.desk.intake import example

    with example.demo(sourced({"lang": lang}).settings, told=_telling()) as desk:
        yield desk


def _telling() -> Callable[[date, int, int], None]:
    """Says on standard error that the example story is being read, which is done once and takes a while."""
    line = Line(quiet=False)
    begun = False

    def told(day: date, done: int, of: int) -> None:
        nonlocal begun
        if not begun:
            click.echo("The example story is being read, which is done once and takes about a minute.", err=True)
            begun = True
        line.say(f"{day}: {done} of {of} articles")
        if done == of:
            line.clear()

    return told


def _guarded(desk: Desk, options: Options) -> None:
    """Raise where others could ask, and nobody has a key."""
    if not options.keys_needed:
        return
    from marsad.store import keys

    with desk.store.reading() as db:
        if any(one.revoked is None for one in keys.listed(db)):
            return
    raise SettingsError(
        "others can reach this address, and there is no key", where=f"--host {options.host}",
        do="make one with `marsad key add NAME`, or leave --host out",
    )  # fmt: skip


def _app(desk: Desk, options: Options, pages: bool) -> Any:
    """The application, which :mod:`marsad.api.server` runs."""
    if pages:
        from marsad.web.app import app as with_pages

        return with_pages(desk, options)
    from marsad.api.app import app

    return app(desk, options)


def _serve(desk: Desk, options: Options, *, pages: bool, every: float | None) -> None:
    from marsad.api.server import address, bound, run

    listening = bound(options)
    try:
        made = _app(desk, options, pages)
        where = address(options, listening)
        click.echo(f"{desk.store.where}: {where}{'' if pages else 'api/docs'} (Ctrl-C ends)")
        with _behind(desk, every):
            run(made, options, listening)
    finally:
        listening.close()


@contextmanager
def _behind(desk: Desk, every: float | None) -> Iterator[None]:
    """What is done beside serving: nothing, or round after round."""
    if every is None:
        yield
        return
    import threading

    from marsad.desk.stop import Ended

    stop = Ended()
    thread = threading.Thread(target=_rounds, args=(desk, every, stop), name="marsad-run", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.ask()
        thread.join(GRACE)


def _rounds(desk: Desk, every: float, stop: Stop) -> None:
    """Rounds until the end; one that fails is told, and the next is tried. Beside another that follows, it waits."""
    from marsad.cli import run

    told = ""
    while not stop():
        try:
            with run._alone(desk):
                told = ""
                run._rounds(desk, run.Plan(every), stop)
        except MarsadError as error:
            if told != str(error):
                told = str(error)
                click.echo(f"marsad: {error}; until then nothing is followed here", err=True)
            stop.wait(min(every, AGAIN))
