"""``marsad doctor``: is everything there that Marsad needs, and does it work."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from marsad.cli.stored import store_option
from marsad.errors import FetchError, MarsadError, SettingsError, StoreError

if TYPE_CHECKING:
    from datetime import datetime

    from marsad.settings import Settings
    from marsad.store.health import Health, Silent, Stuck

#: The sentence that is coded to see that the model works.
SENTENCE = "زار وزير الخارجية التركي بغداد يوم الاثنين."

#: States that are named as having the most stale holders; offices that are named as having none.
STATES, MISSING = 5, 12
#: The stage that watches, which nobody has to know who has no watch.
WATCHED = "watched"
#: Faults, feeds that are silent, and channels that take nothing, that are told one by one.
FAULTS = 5


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: what was found, and whether it is as it should be; of a store with its figures."""

    name: str
    ok: bool
    found: str
    exit_code: int = 0
    health: Health | None = None


def _versions(settings: Settings) -> str:
    """Marsad, Python, the system, and the packages that Marsad stands on."""
    from importlib.metadata import version

    from marsad.about import __version__

    packages = ", ".join(f"{name} {version(name)}" for name in ("onnxruntime", "numpy", "msgspec", "click", "rich"))
    return f"marsad {__version__}, Python {platform.python_version()}, {platform.platform(terse=True)}, {packages}"


def _settings(settings: Settings) -> str:
    from marsad.cli import sourced

    changed = [f"{key} from {origin}" for key, origin in sourced().origin.items() if origin != "default"]
    return ", ".join(changed) or "all defaults"


def _given() -> Settings:
    """The settings to check with: the defaults where those given are faulty, which :func:`_settings` tells."""
    from marsad.cli import sourced
    from marsad.settings import Settings

    try:
        return sourced().settings
    except SettingsError:
        return Settings()


def _model(settings: Settings) -> str:
    """The model's files against the hashes that they were shipped with."""
    from marsad.model.load import folder, verify

    where = folder(settings.model)
    verify(where)
    size = sum(file.stat().st_size for file in where.iterdir() if file.is_file())
    return f"{where}, {size / 1e6:.1f} MB, every file as it was shipped"


def _knowledge(settings: Settings) -> str:
    from marsad.knowledge.countries import countries

    return f"{len(countries())} states, territories and bodies of states"


def _offices(settings: Settings) -> str:
    """How old the knowledge of office-holders is today."""
    from collections import Counter
    from datetime import date

    from marsad.knowledge import holders, using

    with using(settings.knowledge):
        age = holders.age(date.today())
    stale = Counter(row.country for row in age.stale)
    most = ", ".join(
        f"{country} {count}" for country, count in sorted(stale.items(), key=lambda i: (-i[1], i[0]))[:STATES]
    )
    missing = ", ".join(
        [f"{country} {role}" for country, role in age.missing[:MISSING]] + ["…"] * (len(age.missing) > MISSING)
    )
    return (
        f"newest beginning {age.newest}; {age.held} of {age.offices} offices have a holder today ({age.share:.0%}), "
        f"{age.fresh} one checked within a year; {len(age.stale)} holders stale{f' ({most} …)' if most else ''}; "
        f"{len(age.missing)} offices without a holder{f' ({missing})' if missing else ''}"
    )


def _coding(settings: Settings) -> str:
    from marsad import coder

    one = coder.load(settings)
    coding = one(SENTENCE)
    events = ", ".join(f"{event.type} {event.status}" for event in coding.events) or "no event"
    return f"{one.name}: «{SENTENCE}» gives {events}"


def _terminal(settings: Settings) -> str:
    width = shutil.get_terminal_size().columns
    kind = os.environ.get("TERM", "unknown") if sys.stdout.isatty() else "none, the output goes to a file or a pipe"
    return f"{kind}, {width} columns, encoding {sys.stdout.encoding}"


#: Every check in the order in which it is made: the name, and what tells what it found or raises a MarsadError.
CHECKS: dict[str, Callable[[Settings], str]] = {
    "versions": _versions,
    "settings": _settings,
    "knowledge": _knowledge,
    "offices": _offices,
    "model": _model,
    "coding": _coding,
    "terminal": _terminal,
}


def checks(settings: Settings, store: str | None = None, whole: bool = False) -> Iterator[Check]:
    """Each of :data:`CHECKS`, made, and those of the store, if there is one."""
    for name, look in CHECKS.items():
        try:
            yield Check(name, True, look(settings))
        except MarsadError as error:
            yield Check(name, False, str(error), error.exit_code)
    yield from _of_store(settings, store, whole)


def _of_store(settings: Settings, store: str | None, whole: bool) -> Iterator[Check]:
    """Is the store whole, does its work go on, and do its feeds give articles."""
    from pathlib import Path

    from marsad.desk import Desk
    from marsad.store.engine import DEFAULT

    address = store or settings.store
    if not address and not Path(DEFAULT).exists():
        yield Check("store", True, f"none here: there is no {DEFAULT}, and no other was named")
        return
    try:
        with Desk(address or None, settings, must_exist=True) as desk:
            where, health = desk.store.where, desk.health(whole=whole)
    except MarsadError as error:
        yield Check("store", False, str(error), error.exit_code)
        return
    yield _whole(where, health)
    yield Check("work", True, _work(health))
    yield Check("feeds", True, _feeds(health))
    if health.rows["watch"]:
        failed = bool(health.dead or health.late)
        yield Check("alerts", not failed, _alerts(health), FetchError.exit_code if failed else 0)


def _whole(where: str, health: Health) -> Check:
    """What the store is and holds, or what is wrong with it."""
    if health.problems:
        told = "; ".join(health.problems)
        return Check("store", False, f"{where}: {told}", StoreError.exit_code, health)
    free = f", {health.free / 1e9:.0f} GB free on its disk" if health.free is not None else ""
    rows = ", ".join(f"{name}s {health.rows[name]:,}" for name in ("article", "event", "occurrence", "judgement"))
    stories = f"stories {health.rows['story']:,}"
    size = f"{health.size / 1e6:.1f} MB{free}"
    return Check(
        "store", True, f"{where}: {health.engine}, tables {health.tables}, {size}; {rows}, {stories}", health=health
    )


def _work(health: Health) -> str:
    """What waits, what was given up and why, and who made what is there."""
    # Where nothing is watched nothing waits to be, and nobody asks.
    queue = [one for one in health.queue if one.stage != WATCHED or one.waiting or one.failed]
    told = [f"{one.stage}: waiting {one.waiting:,}, given up {one.failed:,}" for one in queue]
    told += [f"the oldest since {_at(health.oldest)}"] if health.oldest else []
    told += [f"article {one.article}: {one.error}" for one in health.faults[:FAULTS]]
    told += [f"{run.coder} with knowledge {run.knowledge}: {counting:,} of {made:,} codings count"
             for run, made, counting in health.runs]  # fmt: skip
    return "; ".join(told)


def _feeds(health: Health) -> str:
    """Which feeds are silent, by their two clocks."""

    def told(one: Silent) -> str:
        usual = f", usually every {one.usual:g} days" if one.usual else ""
        return f"{one.source} (last answer {_at(one.succeeded)}, last new article {_at(one.renewed)}{usual})"

    some = [told(one) for one in health.silent[:FAULTS]] + ["…"] * (len(health.silent) > FAULTS)
    return f"{len(health.silent)} silent: {', '.join(some)}" if some else "none is silent"


def _alerts(health: Health) -> str:
    """What could not be sent of what is watched, and what to do about it."""
    told = []
    if health.dead:
        told.append(f"given up {_stuck(health.dead)}: mend what is wrong, then `marsad alerts --resend`")
    if health.late:
        told.append(f"late by more than a day {_stuck(health.late)}: is `marsad run` at work?")
    return "; ".join([f"{health.rows['alert']:,} raised", *(told or ["nothing is stuck"])])


def _stuck(some: Sequence[Stuck]) -> str:
    """How many messages, and of each channel the last fault."""
    faults = {one.channel: one.error or "not tried" for one in some}
    told = [f"{channel}: {error}" for channel, error in faults.items()]
    return f"{len(some):,} ({', '.join(told[:FAULTS] + ['…'] * (len(told) > FAULTS))})"


def _at(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "never"


@click.command("doctor")
@store_option
@click.option("--whole", is_flag=True, help="Count all in the store again and read every index; takes long.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a check, one a line.")
@click.pass_context
def doctor(ctx: click.Context, store: str | None, whole: bool, as_json: bool) -> None:
    """Check that everything Marsad needs is there and works.

    Looks at versions, settings, the knowledge and how old it is, the model's files and their hashes, codes one
    sentence, and tells what the terminal can show; then at the store, if there is one: whether it is whole, what waits
    or was given up, which feeds are silent, and which alerts could not be sent. The exit status is 0 if all is well,
    else that of the first failure.

    \b
    Examples:
      marsad doctor
      marsad doctor --store news.db --whole
      marsad doctor --json
    """
    failed = 0
    for check in checks(_given(), store, whole):
        failed = failed or check.exit_code
        if as_json:
            import msgspec

            told = {"check": check.name, "ok": check.ok, "found": check.found}
            figures = {"health": check.health} if check.health else {}
            click.echo(msgspec.json.encode(told | figures).decode())
        else:
            click.echo(f"{'✓' if check.ok else '✕'} {check.name:<10} {check.found}")
    ctx.exit(failed)
