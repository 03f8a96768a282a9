"""``marsad watch``: what is watched, when it is told, and where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import click

from marsad.cli.asked import known, party
from marsad.cli.codes import Label, Language
from marsad.cli.stored import opened, store_option
from marsad.errors import SettingsError
from marsad.types import AlertTrigger, EventType, Ladder, Outcome, Query, Rhythm, Stage, Voice, Watch

if TYPE_CHECKING:
    from marsad.desk import Desk
    from marsad.types import Alert

F = TypeVar("F", bound=Callable[..., Any])
_WHO = "an id (RUS.GOV.MFA), a country or a name"


def _names(*values: str) -> click.Choice[str]:
    return click.Choice(list(values), case_sensitive=False)


#: What is watched, and how it is told: the options of ``add`` and ``test``.
_OPTIONS = (
    click.option("--on", "trigger", type=_names(*AlertTrigger), help="What is waited for."),
    click.option("--id", "own", metavar="ID", help="Small letters, digits and hyphens; else made of the name."),
    click.option("--pair", nargs=2, metavar="ONE OTHER", help=f"Between whom; each {_WHO}."),
    click.option("--side", metavar="WHO", help="About whom, alone: of changes and findings, of events a party."),
    click.option("--sanctioner", metavar="WHO", help="Whose signals, on the ladders W and R."),
    click.option("--party", "parties", multiple=True, metavar="WHO", help="Who takes part; may be repeated."),
    click.option("--actor", "actors", multiple=True, metavar="WHO", help="Who did it."),
    click.option("--recipient", "recipients", multiple=True, metavar="WHO", help="To whom, or with whom."),
    click.option("--speaker", "speakers", multiple=True, metavar="WHO", help="Whose words they are."),
    click.option("--type", "types", multiple=True, type=Label([t.value for t in EventType]), metavar="TYPE",
                 help="Of this type (AGREE, CONSULT …); may be repeated."),
    click.option("--status", "statuses", multiple=True, type=Label([s.value for s in Outcome]), metavar="STATUS",
                 help="ACTUAL, PLANNED, POSSIBLE, DENIED or CONTESTED."),
    click.option("--voice", "voices", multiple=True, type=_names(*Voice), metavar="VOICE",
                 help="verbatim, paraphrase, anonymous, report, reading."),
    click.option("--words", metavar="WORDS", help="Words that all stand in the article, as in `marsad search`."),
    click.option("--source", "sources", multiple=True, metavar="SOURCE", help="From this source; may be repeated."),
    click.option("--language", "languages", multiple=True, type=Language(), metavar="CODE", help="In this language."),
    click.option("--law", metavar="ID", help="The law of a finding (us/caatsa/231)."),
    click.option("--ladder", type=_names(*Ladder), help="Rungs of this ladder alone."),
    click.option("--level", type=int, metavar="N", help="Rungs from this level on."),
    click.option("--stage", "stages", multiple=True, type=_names(*Stage), help="When a rung is told; else all three."),
    click.option("--within", type=click.IntRange(0), default=30, show_default=True, metavar="DAYS",
                 help="How old an act may be when it is told of."),
    click.option("--silent", type=click.IntRange(1), default=7, show_default=True, metavar="DAYS",
                 help="After so many days without anything new a source is silent."),
)  # fmt: skip
_SENDING = (
    click.option("--to", "channels", multiple=True, metavar="CHANNEL",
                 help="webhook:https://…, mail:…, file:…, stdout, notify:…; may be repeated."),
    click.option("--quiet", "hours", metavar="22:00-07:00", help="Send nothing between these hours."),
    click.option("--zone", default="UTC", show_default=True, metavar="ZONE", help="Their time zone (Asia/Baghdad)."),
    click.option("--cooldown", type=click.IntRange(0), default=0, metavar="MINUTES",
                 help="Send at most once in so many minutes."),
    click.option("--digest", type=_names(*Rhythm), help="Send together, at the end of a day or a week."),
)  # fmt: skip
_LANG = click.option("--lang", type=click.Choice(["ar", "en"]), help="The language of what is told.")
_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON line each.")


def _with(*options: Callable[[F], F]) -> Callable[[F], F]:
    def give(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return give


@click.group("watch", invoke_without_command=True)
@store_option
@_JSON
@click.pass_context
def watch(ctx: click.Context, store: str | None, as_json: bool) -> None:
    """Watch what is new and tell it: add, list, mute, test, remove.

    A watch is a question that is kept. What comes into the store from then on is held against it each time that
    something is coded, and what is new is told once (`marsad alerts`), with the sentences that it rests on.

    \b
    Examples:
      marsad watch add "Arms for Iraq" --pair IRQ RUS --sanctioner USA --on rung --ladder L --level 4
      marsad watch add Denials --pair العراق روسيا --on denial --to file:denials.jsonl
      marsad watch test arms-for-iraq
    """
    ctx.obj = store
    if ctx.invoked_subcommand is None:
        _list(store, as_json)


@watch.command("list")
@store_option
@_JSON
@click.pass_obj
def listed(before: str | None, /, store: str | None, as_json: bool) -> None:
    """List what is watched."""
    _list(store or before, as_json)


def _list(store: str | None, as_json: bool) -> None:
    with opened(store) as desk:
        _print(desk.watches(), as_json, desk.now())


def _print(found: list[Watch], as_json: bool, now: datetime) -> None:
    if as_json:
        from marsad.cli.written import write_json
        from marsad.export.alerts import watch_record

        write_json(map(watch_record, found))
        return
    if not found:
        click.echo("nothing is watched yet")
        return
    from marsad.cli.columns import columns

    rows = [
        (one.id, one.trigger.value, one.name, described(one.query), ", ".join(one.channels) or "–",
         one.muted.strftime("muted until %Y-%m-%d %H:%M") if one.muted and one.muted > now else "")
        for one in found
    ]  # fmt: skip
    head = ("id", "waits for", "name", "about", "to", "")
    click.echo(columns(head, rows))


def described(query: Query) -> str:
    """What a watch is about, in the words of its options."""
    parts = [one for one in (query.near, query.counterpart, query.sanctioner) if one]
    told = [" ".join(parts)] if parts else []
    rung = f"{query.ladder or ''}{'' if query.level is None else query.level}"
    told += [f"from {rung}" if query.level is not None else rung] if rung else []
    for name in ("parties", "actors", "recipients", "speakers", "types", "statuses", "voices", "sources", "languages"):
        if values := getattr(query, name):
            told.append(f"{name}: {', '.join(map(str, values))}")
    told += [f"«{query.words}»"] if query.words else []
    told += [query.law] if query.law else []
    return "; ".join(told) or "everything"


@watch.command("add")
@click.argument("name")
@_with(*_OPTIONS, *_SENDING, _LANG, _JSON)
@store_option
@click.pass_obj
def add(before: str | None, /, name: str, store: str | None, as_json: bool, lang: str | None, **given: Any) -> None:
    """Watch something from now on; with the id of a watch, change it."""
    with opened(store or before, must_exist=False, lang=lang) as desk:
        made = _made(desk, name, given)
        kept = desk.watch(made) if made.id else desk.twin(made) or desk.watch(_free(desk, made))
        if as_json:
            _print([kept], True, desk.now())
        else:
            click.echo(f"{kept.id}: {kept.trigger.value}, {described(kept.query)}")


def _free(desk: Desk, made: Watch) -> Watch:
    """``made``, where its name does not lead to the id of another watch: that is changed by its id alone."""
    from marsad.desk.watches.watching import watch_id

    taken = watch_id(made.name)
    if taken in {one.id for one in desk.watches()}:
        raise SettingsError(
            f"{taken} is another watch already", where=repr(made.name),
            do=f"give another name or --id; --id {taken} changes that one",
        )  # fmt: skip
    return made


@watch.command("mute")
@click.argument("watch_id", metavar="ID")
@click.option("--until", metavar="TIME", help="A day, a time in UTC (2026-03-05T08:00), or so long: 8h, 3d.")
@click.option("--off", is_flag=True, help="Let it send again.")
@_JSON
@store_option
@click.pass_obj
def mute(before: str | None, /, watch_id: str, until: str | None, off: bool, as_json: bool, store: str | None) -> None:
    """Have a watch send nothing for a while. What it tells meanwhile is kept, and never sent."""
    if bool(until) == off:
        raise click.UsageError("give --until, or --off")
    with opened(store or before) as desk:
        kept = desk.mute(watch_id, None if off else _until(until or "", desk.now()))
        if as_json:
            _print([kept], True, desk.now())
        else:
            told = kept.muted.strftime("muted until %Y-%m-%d %H:%M UTC") if kept.muted else "not muted"
            click.echo(f"{kept.id}: {told}")


@watch.command("remove")
@click.argument("watch_id", metavar="ID")
@store_option
@click.pass_obj
def remove(before: str | None, /, watch_id: str, store: str | None) -> None:
    """Watch something no longer. What it told stays."""
    with opened(store or before) as desk:
        desk.unwatch(watch_id)
        click.echo(f"{watch_id}: removed")


@watch.command("test")
@click.argument("watch_id", metavar="[ID]", required=False)
@click.option("--days", type=click.IntRange(1), default=90, show_default=True, help="Replay so many days up to today.")
@_with(*_OPTIONS, _LANG, _JSON)
@store_option
@click.pass_obj
def test(
    before: str | None,
    /,
    watch_id: str | None,
    days: int,
    store: str | None,
    as_json: bool,
    lang: str | None,
    **given: Any,
) -> None:
    """Show what a watch would have told, as if each article had come on its day. Nothing is kept or sent."""
    with opened(store or before, lang=lang) as desk:
        asked = desk.find_watch(watch_id) if watch_id else _made(desk, "test", {**_UNSENT, **given})
        shown(desk, desk.rehearse(asked, days), as_json)


#: How a watch that is only tried would send.
_UNSENT: Mapping[str, Any] = {"channels": (), "hours": None, "zone": "UTC", "cooldown": 0, "digest": None}


def shown(desk: Desk, found: list[Alert], as_json: bool) -> None:
    """Print alerts."""
    if as_json:
        from marsad.cli.written import write_json
        from marsad.export.alerts import alert_record

        write_json(map(alert_record, found))
        return
    from marsad.cli.shown import Screen
    from marsad.export.alerts import alert_lines
    from marsad.export.labels import label

    if not found:
        click.echo(label("text", "nothing", desk.settings.lang))
        return
    screen = Screen.of(desk.settings)
    screen.print(alert_lines(found, screen.layout, screen.console))


# --- from options to a watch -----------------------------------------------------------------------------------------


def _made(desk: Desk, name: str, given: Mapping[str, Any]) -> Watch:
    if given["trigger"] is None:
        raise click.UsageError(f"say what is waited for: --on {'|'.join(AlertTrigger)}")
    if given["pair"] and given["side"]:
        raise click.UsageError("give --pair or --side")
    stages = tuple(map(Stage, dict.fromkeys(given["stages"]))) or tuple(Stage)
    return Watch(
        id=given["own"] or "",
        name=name.strip(),
        trigger=AlertTrigger(given["trigger"]),
        query=_query(desk, given),
        channels=tuple(dict.fromkeys(given["channels"])),
        lang=desk.settings.lang,
        stages=stages,
        within=given["within"],
        silent=given["silent"],
        quiet=_hours(given["hours"]) if given["hours"] else None,
        zone=given["zone"],
        cooldown=given["cooldown"],
        digest=Rhythm(given["digest"]) if given["digest"] else None,
    )


def _query(desk: Desk, given: Mapping[str, Any]) -> Query:
    from marsad.desk.questions.asked import source

    def who(field: str, option: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(party(desk, one, f"--{option}", None, False) for one in given[field]))

    pair = [party(desk, one, "--pair", None, False) for one in given["pair"] or ()]
    near = pair[0] if pair else party(desk, given["side"], "--side", None, False) if given["side"] else None
    sanctioner = party(desk, given["sanctioner"], "--sanctioner", None, False) if given["sanctioner"] else None
    return Query(
        near=near,
        counterpart=pair[1] if pair else None,
        sanctioner=sanctioner,
        parties=who("parties", "party"),
        actors=who("actors", "actor"),
        recipients=who("recipients", "recipient"),
        speakers=who("speakers", "speaker"),
        types=tuple(map(EventType, given["types"])),
        statuses=tuple(map(Outcome, given["statuses"])),
        voices=tuple(map(Voice, given["voices"])),
        sources=tuple(known("--source", one, lambda name: source(desk, name)) for one in given["sources"]),
        languages=tuple(given["languages"]),
        words=given["words"],
        law=given["law"],
        ladder=Ladder(given["ladder"]) if given["ladder"] else None,
        level=given["level"],
    )


def _hours(written: str) -> tuple[time, time]:
    """Quiet hours: ``22:00-07:00``."""
    begin, _, end = written.replace("–", "-").partition("-")
    try:
        made = (time.fromisoformat(begin.strip()), time.fromisoformat(end.strip()))
    except ValueError:
        made = (time(0), time(0))
    if made[0] == made[1] or made[0].tzinfo or made[1].tzinfo:
        raise click.BadParameter(f"{written!r}: write them like 22:00-07:00", param_hint="'--quiet'")
    return made


def _until(written: str, now: datetime) -> datetime:
    """A time: ``8h``, ``3d``, a day, a time in UTC or with its offset."""
    word = written.strip().lower()
    if word[:-1].isdigit() and word[-1:] in "hd" and len(word) <= 6:
        return now + timedelta(**{"hours" if word.endswith("h") else "days": int(word[:-1])})
    try:
        at = datetime.fromisoformat(written.strip())
    except ValueError:
        raise click.BadParameter(
            f"{written!r} is no time: write 2026-03-05, 2026-03-05T08:00, 8h or 3d", param_hint="'--until'"
        ) from None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    if at <= now:
        raise click.BadParameter(f"{written!r} is past", param_hint="'--until'")
    return at.astimezone(UTC)
