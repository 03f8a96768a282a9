"""Which events a command over a store is asked for: the filters, the same for all, and what they mean in a store."""

from __future__ import annotations

import calendar
import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import click

from marsad.cli.codes import Label, Language
from marsad.errors import NotFoundError
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
        parts = str(value).strip().split("-")
        try:
            year, month, day = [*map(int, parts), *[0] * (3 - len(parts))]
            month = month or (12 if self.last else 1) if len(parts) < 2 else month
            if len(parts) < 3:
                day = calendar.monthrange(year, month)[1] if self.last else 1
            return date(year, month, day)
        except (ValueError, calendar.IllegalMonthError):
            self.fail(f"{value!r} is no day: write it like 2026-03-05, 2026-03 or 2026.", param, ctx)


class State(click.ParamType[str]):
    """A state by its code or name in either language, or a body of states, which in a store stands for itself."""

    name = "country"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The code under which events are kept."""
        from marsad.knowledge.countries import NO_STATE, entry_of

        entry = entry_of(str(value).strip())
        if entry is None or entry.code in NO_STATE:
            self.fail(
                f"{value!r} is no country: give a code of three letters (IRQ) or a name (Iraq, العراق).", param, ctx
            )
        return entry.code if entry.country in NO_STATE else entry.country


def _single(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> str | None:
    """The one value of an option; two would look like two that are wanted."""
    if len(value) > 1:
        raise click.BadParameter("give one; --party takes several", ctx, param)
    return value[0] if value else None


def _modes() -> list[str]:
    from marsad.knowledge import ontology

    return sorted({mode for one in ontology.types() for mode in ontology.modes(one)})


class Mode(click.ParamType[str]):
    """A mode of any type."""

    name = "mode"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The mode."""
        mode = str(value).strip().lower()
        if mode not in (known := _modes()):
            near = difflib.get_close_matches(mode, known, n=4) or known[:8]
            self.fail(f"{value!r} is no mode: give one such as {', '.join(near)}.", param, ctx)
        return mode


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
        about=_known("--about", asked["about"], lambda one: desk.event(one).id) if asked["about"] else None,
        since=asked["since"],
        until=asked["until"],
        sources=tuple(_known("--source", one, lambda name: _source(desk, name)) for one in asked["sources"]),
        languages=asked["languages"],
        withdrawn=asked["withdrawn"],
    )


def _known(option: str, given: str, look: Callable[[str], str]) -> str:
    """What ``look`` finds; what there is not is wrong usage."""
    try:
        return look(given)
    except NotFoundError as error:
        raise click.BadParameter(str(error), param_hint=f"'{option}'") from None


def _source(desk: Desk, name: str) -> str:
    found = desk.source(name)
    return name if name == found.name else found.id  # two may have one name, and both are meant


def party(desk: Desk, given: str, option: str, on: date | None, quiet: bool) -> str:
    """The id of who is meant: an id, a country, else whom the name means on the day."""
    from marsad.knowledge.countries import NO_STATE, countries, entry_of
    from marsad.resolve.who import who

    word = given.strip()
    if (id := _id(desk, word)) is not None:  # noqa: A001 (the field's word)
        return id
    entry = entry_of(word)
    if entry and (entry.status != "body" or word.upper() in countries()):
        return entry.code if entry.country in NO_STATE or "." in entry.code else entry.country
    # An organ of no known state (``GOV``) says nothing here.
    for found in who(word, on or date.today()):
        if "." in found.actor or found.country:
            if not quiet:
                click.echo(f"marsad: {option} {word}: {found.actor}", err=True)
            return found.actor
    raise click.BadParameter(f"{given!r} is no actor that is known: {_near(desk, word)}", param_hint=f"'{option}'")


def _id(desk: Desk, word: str) -> str | None:
    """``word`` as an id: one of the tables, an organ or a sector of a state, or one that the store has met."""
    from marsad.knowledge import ontology
    from marsad.knowledge.actors import actors
    from marsad.knowledge.countries import countries
    from marsad.knowledge.organs import organs

    id = word.upper()  # noqa: A001
    side, _, rest = id.partition(".")
    if id in actors() or (side in countries() and (rest in organs() or rest in ontology.sectors())):
        return id
    if rest and rest.isascii():
        return next((one for one in (word, id) if desk.actors(one)), None)
    return "INT" if id == "INT" else None


def _near(desk: Desk, word: str) -> str:
    """What to give instead: ids that look alike, under the same side where that is known."""
    from marsad.knowledge.actors import actors
    from marsad.knowledge.countries import countries
    from marsad.knowledge.organs import organs

    id = word.upper()  # noqa: A001
    side, _, rest = id.partition(".")
    if rest and side in countries():
        under = [*(f"{side}.{organ}" for organ in organs()), *desk.actors(side), *actors()]
        known = [one for one in under if one.startswith(f"{side}.")]
    else:
        known = [*actors(), *countries()]
    near = difflib.get_close_matches(id, known, n=4, cutoff=0.7)
    return "did you mean " + ", ".join(dict.fromkeys(near)) + "?" if near else f"give {_WHO}"


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
