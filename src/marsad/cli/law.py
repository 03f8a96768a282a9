"""``marsad law [ID]``: a law with its history, what an amendment changed, and whether files of law are fine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.text import Text

    from marsad.assess.difference import Difference
    from marsad.export.law import Page
    from marsad.knowledge.instruments import Case
    from marsad.settings import Settings
    from marsad.types.law import Instrument

#: The law whose list comes with Marsad.
LISTED = "us/caatsa/231"
_DATE = click.DateTime(["%Y-%m-%d"])


def _encoded(record: dict[str, Any]) -> str:
    import msgspec

    return msgspec.json.encode(record).decode()


def failures(instrument: Instrument, case: Case) -> Iterator[str]:
    """What a case comes to otherwise than it expects."""
    from marsad.assess.evaluate import evaluate
    from marsad.assess.finding import assess
    from marsad.types.law import Truth

    version = instrument.at(case.on, case.known_on)
    if version is None:
        return
    held = case.held(version)
    for rule, expected in case.rules.items():
        found = evaluate(version, rule, held).truth
        if found is not expected:
            yield f"{rule} is {found.value}, {expected.value} was expected"
    given = {key for key in version.reliefs if evaluate(version, key, held).truth is Truth.TRUE}
    if case.reliefs is not None and given != case.reliefs:
        yield f"the reliefs are {sorted(given)}, {sorted(case.reliefs)} were expected"
    if case.label is not None:
        label = assess(instrument, case.id, held, case.on, case.known_on).label
        if label is not case.label:
            yield f"the label is {label.value!r}, {case.label.value!r} was expected"


def _checked(folder: str, as_json: bool) -> int:
    """Tell every problem of the laws in ``folder`` (empty: of Marsad's own); the exit code."""
    from marsad.errors import KnowledgeError
    from marsad.knowledge.instruments import check

    problems = check(folder or None, failures)
    for one in problems:
        record = {"file": one.file, "line": one.line, "key": one.key or None, "message": one.message}
        click.echo(_encoded(record) if as_json else str(one))
    if not problems and not as_json:
        click.echo("no problem")
    return KnowledgeError.exit_code if problems else 0


def _ours(path: Path) -> bool:
    """Whether a file came with Marsad."""
    from marsad.knowledge.files import DATA

    return path.is_relative_to(DATA)


def _list(settings: Settings, as_json: bool) -> Iterator[str]:
    from marsad.desk.records import law_record
    from marsad.export.law import word
    from marsad.export.safe import for_terminal
    from marsad.knowledge.instruments import law, laws

    for of in laws(settings.knowledge):
        one = law(of, settings.knowledge)
        if as_json:
            yield _encoded(law_record(one))
            continue
        yield f"{for_terminal(of):<20}  {for_terminal(one.instrument.name.shown(settings.lang))}"
        if not _ours(one.path):
            yield f"{'':<20}  {word('own', settings.lang)}: {for_terminal(str(one.path))}"


def _shown(of: str, on: date | None, days: tuple[date, date] | None, settings: Settings, as_json: bool) -> None:
    """One law, or what differs between it on two days."""
    from marsad.export import law_record
    from marsad.knowledge.instruments import law, menu

    given = settings.knowledge
    one = law(of, given)
    instrument = one.instrument
    found = _differences(instrument, days) if days else ()
    if as_json and days:
        record = {"id": instrument.id, "from": days[0], "to": days[1]}
        click.echo(_encoded({**record, "differences": [law_record.difference(each) for each in found]}))
        return
    if as_json:
        version = instrument.at(on) if on else None
        chosen = None if on is None else (version,) if version else ()
        click.echo(_encoded(law_record.record(one, chosen)))
        return
    measures = menu(of, given)
    _screen(
        settings,
        lambda page: page.differences(one, days, found, measures) if days else page.law(one, on, measures),
    )


def _differences(instrument: Instrument, days: tuple[date, date]) -> tuple[Difference, ...]:
    """What differs between two days; on one where no version was in force there was nothing."""
    from marsad.assess.difference import diff
    from marsad.types.law import Version

    before, after = (
        instrument.at(day) or Version(valid_from=day, valid_to=day, known_from=day, elements={}, rules={})
        for day in days
    )
    return diff(before, after)


def _screen(settings: Settings, lines: Callable[[Page], Iterable[Text]]) -> None:
    """Print what a page gives."""
    from marsad.cli.shown import Screen
    from marsad.export.law import Page
    from marsad.knowledge.instruments import terms
    from marsad.knowledge.law.terms import GROUPS

    screen = Screen.of(settings)
    known = {group: terms(group, settings.knowledge) for group in GROUPS}
    screen.print(lines(Page(screen.layout, screen.console, known)))


def _named(of: str, on: date, settings: Settings, as_json: bool) -> None:
    """Who is on the list that a law looks at."""
    from marsad.errors import NotFoundError
    from marsad.export import law_record
    from marsad.knowledge.instruments import instrument
    from marsad.knowledge.listed import register

    lists = {one.listed for each in instrument(of, settings.knowledge).versions for one in each.elements.values()}
    if LISTED not in lists:
        raise NotFoundError(f"no list comes with {of}", do=f"only {LISTED} has one; bring others with `marsad lists`")
    found = register(on)
    if as_json:
        click.echo(_encoded(law_record.names(found)))
        return
    _screen(settings, lambda page: page.names(found))


@click.command("law")
@click.argument("of", metavar="[ID]", required=False)
@click.option("--on", "on", type=_DATE, metavar="DATE", help="As it reads on this day; else in its last version.")
@click.option(
    "--diff", "days", type=_DATE, nargs=2, metavar="DATE DATE", help="What differs between the law on two days."
)
@click.option(
    "--check",
    "folder",
    is_flag=False,
    flag_value="",
    metavar="[FOLDER]",
    help="Check the files of law in FOLDER, or Marsad's own, and their cases: every problem with file, line and key.",
)
@click.option("--names", is_flag=True, help="The list that the law looks at: who is on it, since when (with --on).")
@click.option("--json", "as_json", is_flag=True, help="JSON, one object a line.")
@click.option("--lang", type=click.Choice(["ar", "en"]), help="The language of the interface.")
@click.option(
    "--knowledge",
    multiple=True,
    metavar="FOLDER",
    help="A folder with laws of your own in instruments/; may be repeated.",
)
def law(
    of: str | None,
    on: datetime | None,
    days: tuple[datetime, datetime] | None,
    folder: str | None,
    names: bool,
    as_json: bool,
    **arguments: Any,
) -> None:
    """Print a law with its history; without ID, list them all.

    ID is the path of a provision, like us/caatsa/231. Everything that is said carries where it stands in the law, and
    whether that was checked against the text, against a summary, or comes from memory. Laws of your own, in
    instruments/ inside a folder that the setting knowledge names, stand over Marsad's of the same id.
    Exit status: 0 fine, 2 wrong usage, 3 there is no such law, 4 a file of law has a problem.

    \b
    Examples:
      marsad law
      marsad law us/caatsa/231 --lang ar
      marsad law us/caatsa/231 --diff 2018-08-12 2018-08-13
      marsad law --check mylaws/
    """
    from marsad.cli import sourced

    settings = sourced(arguments).settings
    if folder is not None:
        if of or on or days or names:
            raise click.UsageError("--check takes a folder, and no more")
        click.get_current_context().exit(_checked(folder, as_json))
    if days and (on or names):
        raise click.UsageError("--diff goes with neither --on nor --names")
    if of is None:
        if on or days or names:
            raise click.UsageError("say which law: give its ID")
        for line in _list(settings, as_json):
            click.echo(line)
        return
    if names:
        _named(of, on.date() if on else date.today(), settings, as_json)
        return
    both = (days[0].date(), days[1].date()) if days else None
    _shown(of, on.date() if on else None, both, settings, as_json)
