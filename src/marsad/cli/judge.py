"""``marsad judge``: what a person holds of an event, an article, an occurrence, or an element of a law."""

from __future__ import annotations

import getpass
import os
from typing import TYPE_CHECKING

import click

from marsad.cli.stored import opened, store_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from marsad.types import Judgement


def who(name: str | None) -> str:
    """Who judges: as given, else the user of this machine."""
    if name and name.strip():
        return name.strip()
    try:
        return os.environ.get("USER") or getpass.getuser()
    except (OSError, KeyError):  # a container without a table of users
        raise click.UsageError("nobody knows your name here: give --name") from None


def _told(found: Sequence[Judgement], as_json: bool) -> None:
    """Print judgements, as lines of JSON or as a table."""
    if as_json:
        from marsad.cli.written import write_json
        from marsad.desk.records import judgement_record

        write_json(map(judgement_record, found))
        return
    from marsad.cli.columns import columns

    head = ("NUMBER", "OF", "FIELD", "VALUE", "BY", "AT", "BECAUSE")
    rows = [
        (str(one.id), one.target, one.field, one.value, one.name, f"{one.at:%Y-%m-%d %H:%M}", one.reason)
        for one in found
    ]
    click.echo(columns(head, rows))


def _values(given: tuple[str, ...]) -> dict[str, str]:
    """The fields and values of ``field=value …``."""
    found: dict[str, str] = {}
    for one in given:
        field, mark, value = one.partition("=")
        if not mark or not field.strip():
            raise click.UsageError(f"{one!r} is no judgement: write field=value, such as status=DENIED")
        if field.strip().lower() in found:
            raise click.UsageError(f"{field.strip()} stands there twice: give one value, several with commas between")
        found[field.strip().lower()] = value
    return found


@click.command("judge")
@click.argument("target", required=False, metavar="[ID]")
@click.argument("values", nargs=-1, metavar="FIELD=VALUE...")
@store_option
@click.option("--because", metavar="REASON", help="Why; needed for every judgement.")
@click.option("--name", help="Who judges; else the user of this machine.")
@click.option("--list", "listed", is_flag=True, help="List the judgements: all, or those of ID.")
@click.option("--withdraw", type=int, metavar="NUMBER", help="Take back the judgement with this number.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line a judgement.")
def judge(
    target: str | None,
    values: tuple[str, ...],
    store: str | None,
    because: str | None,
    name: str | None,
    listed: bool,
    withdraw: int | None,
    as_json: bool,
) -> None:
    """Say what you hold of an event, beside the machine's value.

    What the machine found is never changed: a judgement stands beside it, with your name and reason, and a later one
    over an earlier. Fields of an event: type, mode, status, voice, actors, recipients, speaker, day, place, event (no:
    it is none); of an article: language, published, source. same-as and not-same-as, with another id, say of articles
    and occurrences that they are one, or not: the stories follow that. `none` takes a value away. Of a body (TUR.SSB)
    an element of a law can be judged, us/caatsa/231:significant=true, from a day on as true@2020-01-16: it wins over
    what the machine found, which stays beside it in `marsad assess`.

    \b
    Examples:
      marsad judge 7827f9f3 status=DENIED --because "the ministry denies it in the last paragraph"
      marsad judge 7827f9f3 actors=RUS.GOV.MFA,SYR recipients=none --because "the subject is the ministry"
      marsad judge fdd19290 not-same-as=e3e7de53 --because "the second visit"
      marsad judge TUR.SSB us/caatsa/231:significant=true --because "Congress found so"
      marsad judge --list
    """
    if listed:
        if values or because or withdraw is not None:
            raise click.UsageError("--list only lists")
        with opened(store) as desk:
            from marsad.desk.questions.asked import thing

            _told(desk.judgements(thing(desk, target) if target else None), as_json)
        return
    if not (because and because.strip()):
        raise click.UsageError('a judgement has a reason: give --because "…"')
    if withdraw is not None:
        if target or values:
            raise click.UsageError("--withdraw takes the number of a judgement and nothing else")
        with opened(store) as desk:
            _told([desk.withdraw(withdraw, name=who(name), reason=because.strip())], as_json)
        return
    if not target or not values:
        raise click.UsageError("give an id and field=value, or --list")
    given = _values(values)
    if any(":" in field for field in given):
        _of_body(store, target, given, who(name), because.strip(), as_json)
        return
    with opened(store) as desk:
        _told(desk.judge_all(target, given, name=who(name), reason=because.strip()), as_json)


def _of_body(store: str | None, body: str, given: dict[str, str], name: str, reason: str, as_json: bool) -> None:
    """Keep what is held of elements of laws about a body."""
    if plain := [field for field in given if ":" not in field]:
        raise click.UsageError(f"{plain[0]} is no element of a law, as us/caatsa/231:significant is")
    with opened(store) as desk:
        _told(desk.judge_entity(body.strip().upper(), given, name=name, reason=reason), as_json)
