"""``marsad code``: do the work that waits in the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from marsad.cli.stored import Line, opened, store_option

if TYPE_CHECKING:
    from marsad.desk import Desk
    from marsad.desk.intake.stages import Done


def work(desk: Desk, limit: int | None, quiet: bool) -> Done:
    """Do what waits, and show how far it is."""
    line = Line(quiet)

    def say(stage: str, done: int, waiting: int) -> None:
        line.say(f"{stage}: {done} of {done + waiting}")

    try:
        return desk.code(limit, say if line.shown else None)
    finally:
        line.clear()


def report(desk: Desk, done: Done, as_json: bool) -> None:
    """Say what was done, what could not be, and what is left."""
    left = {one.stage: one.waiting for one in desk.waiting()}
    if as_json:
        import msgspec

        table = {"store": desk.store.where, **done.stages, "failed": done.failed, "waiting": left}
        click.echo(msgspec.json.encode(table).decode())
        return
    counts = [f"{stage}: {n}" for stage, n in done.stages.items() if n]
    counts += [f"could not be {stage}: {n}" for stage, n in done.failed.items() if n]
    counts += [f"wait to be {stage}: {n}" for stage, n in left.items() if n]
    click.echo(f"{desk.store.where}: {' · '.join(counts) or 'nothing waits'}")


@click.command("code")
@store_option
@click.option("--workers", type=int, help="Processes that code side by side.")
@click.option("--limit", type=click.IntRange(1), help="Code at most so many articles.")
@click.option("--again", is_flag=True, help="Code again what another coder or other knowledge has coded.")
@click.option("--retry", is_flag=True, help="Try again what was given up.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with the counts.")
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
def code(
    store: str | None,
    workers: int | None,
    limit: int | None,
    again: bool,
    retry: bool,
    as_json: bool,
    quiet: bool,
    **arguments: Any,
) -> None:
    """Code the articles that wait, then put them into stories.

    Stopped at any point, it goes on where it stood. One command does this at a time on a store; a second is refused.
    With --again every article is coded anew that the present coder, with the present knowledge, has not coded; what
    former ones found is kept beside it until `marsad prune`.

    \b
    Examples:
      marsad code --workers 4
      marsad code --again --store news.db
    """
    with opened(store, processes=workers, **arguments) as desk:
        if retry:
            desk.retry()
        if again:
            desk.recode()
        report(desk, work(desk, limit, quiet), as_json)
