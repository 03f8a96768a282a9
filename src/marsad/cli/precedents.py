"""``marsad precedents``: the known cases, and which of them a course is like."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import click

from marsad.cli.asked import Day, party
from marsad.cli.pairs import forms
from marsad.cli.stored import opened, store_option
from marsad.cli.written import one_way, write_json, write_table
from marsad.errors import NotFoundError

if TYPE_CHECKING:
    from rich.text import Text

    from marsad.cli.shown import Screen
    from marsad.desk import Desk
    from marsad.desk.answers import Answer
    from marsad.knowledge.precedents import Precedent
    from marsad.relate.precedents import Like


@click.command("precedents")
@click.argument("cases", nargs=-1, metavar="[CASE]...")
@click.option("--like", "state", metavar="WHO", help="Rank the cases by their likeness to the course of this state.")
@click.option("--counterpart", metavar="WHO", help="Whom it draws near to; RUS without it.")
@click.option("--sanctioner", metavar="WHO", help="Who warns; else the setting `sanctioner`.")
@click.option("--until", type=Day(last=True), metavar="DATE", help="Its course up to this day; today without it.")
@click.option("--but", multiple=True, metavar="WHO", help="Leave out the cases of this state; may be repeated.")
@click.option("--limit", type=click.IntRange(1), help="Show so many cases; a table shows eight, programs get all.")
@store_option
@forms
@click.pass_context
def precedents(
    ctx: click.Context,
    cases: tuple[str, ...],
    state: str | None,
    counterpart: str | None,
    sanctioner: str | None,
    until: date | None,
    but: tuple[str, ...],
    limit: int | None,
    store: str | None,
    as_json: bool,
    as_csv: bool,
    lang: str | None,
    quiet: bool,
) -> None:
    """Show what became of others who stood there.

    Without anything the known cases, with a CASE that one in full, with --like those that stood where a state stands
    now. Each case is compared by what it had when it stood on the same rung, and says why it is like, and what came
    next. They are few and chosen: counts stand with their number, never as a probability.

    \b
    Examples:
      marsad precedents
      marsad precedents TUR-SSB-2020
      marsad precedents --like IRQ --until 2025-10 --lang ar
    """
    one_way(json=as_json, csv=as_csv)
    if state is None:
        _known(ctx, cases, lang, as_json, as_csv)
        return
    if cases:
        raise click.UsageError("give cases, or --like")
    with opened(store, lang=lang) as desk:
        likes = _likes(desk, state, counterpart or "RUS", sanctioner, until, but, quiet)
        from marsad.relate.precedents import after

        language = desk.settings.lang
        if as_csv:
            from marsad.export.precedents import LIKES, like_rows

            write_table(like_rows(likes.items[:limit], language), LIKES)
            return
        afters = (after(likes), after(likes, exact=False)) if likes else ()
        from marsad.export import precedents as shown

        if as_json:
            write_json(shown.lines(likes.items[:limit], afters, language))
            return
        from marsad.cli.shown import Screen

        screen = Screen.of(desk.settings)
        screen.print(shown.table(likes.items[: limit or SHOWN], afters, screen.layout, screen.console))


#: Cases that a table shows.
SHOWN = 8


def _likes(
    desk: Desk,
    state: str,
    counterpart: str,
    sanctioner: str | None,
    until: date | None,
    but: tuple[str, ...],
    quiet: bool,
) -> Answer[Like]:
    """The cases, the likest first."""
    return desk.like(
        party(desk, state, "--like", until, quiet),
        counterpart=party(desk, counterpart, "--counterpart", until, quiet),
        sanctioner=party(desk, sanctioner or desk.settings.sanctioner or "USA", "--sanctioner", until, quiet),
        until=until,
        but=[party(desk, one, "--but", until, quiet) for one in but],
    )


def _known(ctx: click.Context, cases: tuple[str, ...], lang: str | None, as_json: bool, as_csv: bool) -> None:
    """What is known of every case, or of those asked for, without a store."""
    from marsad.cli import sourced
    from marsad.export.precedents import precedent_record

    of_like = ("counterpart", "sanctioner", "until", "but", "limit", "store")
    given = [f"--{name}" for name in of_like if ctx.params[name]]
    given += ["--csv"] if as_csv else []
    if given:
        raise click.UsageError(f"{given[0]} goes with --like")
    found = [_case(name) for name in cases]
    if as_json:
        write_json(map(precedent_record, found or _all()))
        return
    from marsad.cli.shown import Screen

    screen = Screen.of(sourced({"lang": lang}).settings)
    screen.print(_lines(found, screen))


def _all() -> tuple[Precedent, ...]:
    from marsad.knowledge.precedents import precedents as known

    return tuple(known())


def _case(name: str) -> Precedent:
    """The case with this id. Raises :class:`NotFoundError` with what comes near."""
    ids = {one.id: one for one in _all()}
    if found := ids.get(name.upper()):
        return found
    near = difflib.get_close_matches(name.upper(), ids, n=3, cutoff=0.3)
    do = f"did you mean {', '.join(near)}?" if near else "`marsad precedents` lists them"
    raise NotFoundError(f"no case {name!r}", do=do)


def _lines(found: list[Precedent], screen: Screen) -> Iterator[Text]:
    from marsad.export.cases import case_lines, case_list

    if not found:
        yield from case_list(_all(), screen.layout, screen.console)
    for n, one in enumerate(found):
        yield from [screen.blank] if n else []
        yield from case_lines(one, screen.layout, screen.console)
