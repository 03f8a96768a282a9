"""Which events a command over a store is asked for: the filters, the same for all, and what they mean in a store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import click

from marsad.cli.codes import Label, Language
from marsad.errors import FormatError, NotFoundError
from marsad.types import EventType, Outcome, Voice

if TYPE_CHECKING:
    from marsad.desk import Desk
    from marsad.desk.answers import Answer
    from marsad.store.where import Where

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")
#: What is asked of the store at a time, where all of it is wanted.
AT_A_TIME = 500


class Day(click.ParamType[date]):
    """A day, a month or a year: ``2026-03-05``, ``2026-03``, ``2026``; of a longer time its first or its last day."""

    name = "date"

    def __init__(self, *, last: bool = False) -> None:
        self.last = last

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day."""
        from marsad.desk.questions.asked import day

        try:
            return day(str(value), last=self.last)
        except FormatError as error:
            self.fail(f"{error}.", param, ctx)


class State(click.ParamType[str]):
    """A state by its code or name in either language, or a body of states, which in a store stands for itself."""

    name = "country"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The code under which events are kept."""
        from marsad.desk.questions.asked import state

        try:
            return state(str(value))
        except NotFoundError as error:
            self.fail(f"{error}.", param, ctx)


def _single(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> str | None:
    """The one value of an option; two would look like two that are wanted."""
    if len(value) > 1:
        raise click.BadParameter("give one; --party takes several", ctx, param)
    return value[0] if value else None


class Mode(click.ParamType[str]):
    """A mode of any type."""

    name = "mode"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The mode."""
        from marsad.desk.questions.asked import mode

        try:
            return mode(str(value))
        except NotFoundError as error:
            self.fail(f"{error.what}: {error.do}.", param, ctx)


_WHO = "an id (RUS.GOV.MFA), a country or a name"
#: The options, the first above the others in the help.
_OPTIONS = (
    click.option("--actor", "actors", multiple=True, metavar="WHO", help=f"Who did it: {_WHO}; may be repeated."),
    click.option("--recipient", "recipients", multiple=True, metavar="WHO", help="To whom, or with whom."),
    click.option("--party", "parties", multiple=True, metavar="WHO", help="Who takes part, on either side."),
    click.option("--speaker", "speakers", multiple=True, metavar="WHO", help="Whose words they are."),
    click.option(
        "--country",
        multiple=True,
        type=State(),
        callback=_single,
        metavar="CODE",
        help="A party or the place is of this country (IRQ, Iraq, العراق).",
    ),
    click.option(
        "--type",
        "types",
        multiple=True,
        type=Label([t.value for t in EventType]),
        metavar="TYPE",
        help="Of this type (AGREE, CONSULT …); may be repeated.",
    ),
    click.option("--mode", "modes", multiple=True, type=Mode(), metavar="MODE", help="Of this mode (visit, arrest …)."),
    click.option(
        "--status",
        "statuses",
        multiple=True,
        type=Label([s.value for s in Outcome]),
        metavar="STATUS",
        help="ACTUAL, PLANNED, POSSIBLE, DENIED or CONTESTED; may be repeated.",
    ),
    click.option(
        "--voice",
        "voices",
        multiple=True,
        type=click.Choice([v.value for v in Voice]),
        metavar="VOICE",
        help="In whose words: verbatim, paraphrase, anonymous, report, reading.",
    ),
    click.option("--about", metavar="ID", help="About this event: its denial, a threat of it."),
    click.option("--since", type=Day(), metavar="DATE", help="From this day on (2026-03-05, 2026-03, 2026)."),
    click.option("--until", type=Day(last=True), metavar="DATE", help="Up to this day."),
    click.option("--source", "sources", multiple=True, metavar="SOURCE", help="From this source; may be repeated."),
    click.option(
        "--language",
        "languages",
        multiple=True,
        type=Language(),
        metavar="CODE",
        help="From articles in this language (ar, en).",
    ),
    click.option("--withdrawn", is_flag=True, help="Also what replaced versions of articles say."),
)


def filters(command: F) -> F:
    """Give ``command`` the filters; :func:`where` makes a question of what they say."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def are_given(asked: Mapping[str, Any]) -> bool:
    """Whether any filter is."""
    return any(asked.values())


def where(desk: Desk, asked: Mapping[str, Any], quiet: bool = False) -> Where:
    """The question that the filters ask of a store. Raises :class:`click.BadParameter` for what it does not know.

    A name is told on standard error with whom it is taken for, unless ``quiet``.
    """
    from marsad.desk.questions.asked import source
    from marsad.store.where import Where

    on = asked["until"] or asked["since"]

    def who(field: str, option: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(party(desk, one, f"--{option}", on, quiet) for one in asked[field]))

    return Where(
        actors=who("actors", "actor"),
        recipients=who("recipients", "recipient"),
        parties=who("parties", "party"),
        speakers=who("speakers", "speaker"),
        country=asked["country"],
        types=tuple(map(EventType, asked["types"])),
        modes=asked["modes"],
        statuses=tuple(map(Outcome, asked["statuses"])),
        voices=tuple(map(Voice, asked["voices"])),
        about=known("--about", asked["about"], lambda one: desk.event(one).id) if asked["about"] else None,
        since=asked["since"],
        until=asked["until"],
        sources=tuple(known("--source", one, lambda name: source(desk, name)) for one in asked["sources"]),
        languages=asked["languages"],
        withdrawn=asked["withdrawn"],
    )


def known(option: str, given: str, look: Callable[[str], str]) -> str:
    """What ``look`` finds; what there is not is wrong usage."""
    try:
        return look(given)
    except NotFoundError as error:
        raise click.BadParameter(f"{error.what}: {error.do}", param_hint=f"'{option}'") from None


def party(desk: Desk, given: str, option: str, on: date | None, quiet: bool) -> str:
    """The id of who is meant: an id, a country, else whom the name means on the day."""
    from marsad.desk.questions.asked import whom

    try:
        found, named = whom(desk, given, on)
    except NotFoundError as error:
        raise click.BadParameter(f"{error.what}: {error.do}", param_hint=f"'{option}'") from None
    if named and not quiet:
        click.echo(f"marsad: {option} {given.strip()}: {found}", err=True)
    return found


def spare(desk: Desk, out: str | None) -> None:
    """Raise where what is to be written would take the place of the store itself."""
    kept = desk.store.database.path
    if out and out != "-" and kept and kept.exists() and Path(out).exists() and Path(out).samefile(kept):
        raise click.UsageError(f"{out} is the store: give another name")


@dataclass(slots=True)
class Pages(Generic[T]):
    """What is asked for, page by page, at most ``limit`` (None: all). ``after`` is where it goes on at the end."""

    ask: Callable[[str | None, int], Answer[T]]
    after: str | None = None
    limit: int | None = None

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page

    def pages(self) -> Iterator[Sequence[T]]:
        """The pages, none of them empty."""
        left = self.limit
        while left is None or left > 0:
            found = self.ask(self.after, AT_A_TIME if left is None else min(left, AT_A_TIME))
            self.after = found.after
            if found:
                yield found.items
            if left is not None:
                left -= len(found)
            if self.after is None:
                return

    @property
    def more(self) -> bool:
        """Whether there may be more behind what was given."""
        return self.after is not None


def last(pages: Pages[Any], count: Callable[[], int], shown: int, lang: str, by_machine: bool, quiet: bool) -> None:
    """The last line: how many there are, and how to go on; for programs on standard error, if there is more."""
    from marsad.export.labels import label
    from marsad.store.where import ENOUGH

    if by_machine and (quiet or not pages.more):
        return
    if not shown and not by_machine:
        click.echo(label("text", "nothing", lang))
        return
    of = count()
    key = "shown_of_more" if of >= ENOUGH else "shown_of"
    told = label("text", key, lang).format(shown=f"{shown:,}", all=f"{max(of, shown):,}")
    more = pages.more and shown < of
    told += f" · --after {pages.after}" if more else ""
    if not by_machine:
        click.echo(told)
    elif more:
        click.echo(f"marsad: {told}", err=True)
