"""``marsad assess``: what a law comes to for a state's bodies, or for one: label, reasons, what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from marsad.cli import output
from marsad.cli.asked import Day, party, spare
from marsad.cli.stored import opened, store_option, told
from marsad.cli.written import one_way, write_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.text import Text

    from marsad.cli.shown import Screen
    from marsad.desk import Desk
    from marsad.desk.laws.assessing import Assessment
    from marsad.settings import Settings

#: Where an article of ``--file`` is kept until it is answered.
MEMORY = "sqlite://"


@click.command("assess")
@click.argument("who", metavar="[WHO]", required=False)
@click.argument("law", metavar="[LAW]", required=False)
@click.option("--on", type=Day(last=True), metavar="DATE", help="As of this day; today without it.")
@click.option("--known-on", type=Day(last=True), metavar="DATE", help="As it was known on this day; today without it.")
@click.option(
    "--what-if",
    "supposed",
    multiple=True,
    metavar="STEP",
    help="Assume a step, STAGE[:ITEM]@DATE[:PARTY], as delivery:s-400@2026-03-01:RUS.ROSOBORONEXPORT; may be repeated.",
)
@click.option(
    "--file",
    "files",
    multiple=True,
    metavar="FILE",
    help="From this article alone, without a store (- for standard input); may be repeated.",
)
@store_option
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
@click.option("--html", "page", metavar="FILE", help="Write one page that prints; - for standard output.")
@click.option("--freeze", metavar="FILE", help="Write what went in and what came out, with a hash, to check later.")
@click.option("--check", "frozen", metavar="FILE", help="Say whether a file of --freeze comes out the same again.")
@click.option("--lang", type=click.Choice(["ar", "en"]), help="The language of the interface.")
@click.option("--quiet", is_flag=True, help="Nothing on standard error.")
def assess(
    who: str | None,
    law: str | None,
    on: date | None,
    known_on: date | None,
    supposed: tuple[str, ...],
    files: tuple[str, ...],
    store: str | None,
    as_json: bool,
    page: str | None,
    freeze: str | None,
    frozen: str | None,
    lang: str | None,
    quiet: bool,
) -> None:
    """Say what a law comes to for a state's bodies, or for one body.

    Sanctions fall on persons: a state is never sanctioned, its agencies and officials may be. The answer is a label,
    never a likelihood: not engaged, elements partly present, elements arguably met without a determination,
    determination made, sanctions imposed, waived or delayed. With it come the reasons, each with its clause and its
    sentence, what is missing, who decides, the measures, and what became of others. Without LAW: every law of the
    setting sanctioner that is engaged. Research, not legal advice.
    Exit status: 0 fine, 2 wrong usage, 3 not found or not readable, 4 a frozen file comes out otherwise.

    \b
    Examples:
      marsad assess IRQ us/caatsa/231
      marsad assess TUR.SSB us/caatsa/231 --on 2020-12-01 --lang ar
      marsad assess IRQ us/caatsa/231 --what-if delivery:s-400@2027-03-01:RUS.ROSOBORONEXPORT
      marsad assess IRQ us/caatsa/231 --file article.txt --html iraq.html
    """
    from marsad.cli import sourced

    if frozen is not None:
        if who or files or freeze or page or as_json:
            raise click.UsageError("--check takes a file, and no more")
        _check(frozen, sourced({"lang": lang}).settings)
        return
    if who is None:
        raise click.UsageError("say of whom: a state (IRQ) or a body (TUR.SSB)")
    one_way(json=as_json, html=page == "-", freeze=freeze == "-")
    for path in (page, freeze):
        if path:
            output.check(path)
    if page and page != "-" and page == freeze:
        raise click.UsageError("give --html and --freeze different files")
    with _desk(store, files, lang, quiet) as desk:
        spare(desk, page)
        spare(desk, freeze)
        whom = _who(desk, who, on, quiet)
        found = desk.assess(whom, law, on=on, known_on=known_on, what_if=supposed)
        _write(found, desk.settings, law, as_json=as_json, page=page, freeze=freeze)


@contextmanager
def _desk(store: str | None, files: tuple[str, ...], lang: str | None, quiet: bool) -> Iterator[Desk]:
    """The desk over the store; of files alone, over one in memory that has read and coded them."""
    if not files:
        alone = store is None and _is_missing(lang)
        if alone and not quiet:
            click.echo("marsad: there is no store: this rests on known cases alone", err=True)
        with opened(MEMORY if alone else store, must_exist=not alone, lang=lang) as desk:
            yield desk
        return
    if store:
        raise click.UsageError("give --file or --store")
    from marsad.cli.read import _stdin
    from marsad.errors import ReadError

    with opened(MEMORY, must_exist=False, lang=lang) as desk:
        added = desk.add(*files, follow=False, stdin=_stdin())
        if not quiet:
            told(added.skipped, added.faults)
        desk.code()
        if not desk.size():
            raise ReadError(
                "no article could be read", where=", ".join(files), do="give a text, a page or lines of JSON"
            )
        yield desk


def _is_missing(lang: str | None) -> bool:
    """Whether nobody named a store, and there is none where one would be made."""
    from marsad.cli import sourced
    from marsad.store.engine import DEFAULT

    return not sourced({"lang": lang}).settings.store and not Path(DEFAULT).exists()


def _who(desk: Desk, given: str, on: date | None, quiet: bool) -> str:
    """The id of who is meant; ``IRQ.?`` is a body that nobody names."""
    word = given.strip().upper()
    state, _, rest = word.partition(".")
    from marsad.assess.entities import UNNAMED
    from marsad.knowledge.countries import countries
    from marsad.knowledge.precedents import precedents

    known = {case.party for case in precedents()}
    if state in countries() and (rest == UNNAMED or word in known):
        return word
    return party(desk, given, given, on, quiet)


def _write(
    found: Assessment, settings: Settings, law: str | None, *, as_json: bool, page: str | None, freeze: str | None
) -> None:
    lang = settings.lang
    if page:
        output.write(page, [found.page(lang)])
    if freeze:
        from marsad.desk.laws.frozen import freeze as frozen

        output.write(freeze, [frozen(found, settings.knowledge).decode()])
    if as_json:
        write_json([found.record(lang)])
    elif page != "-" and freeze != "-":
        from marsad.cli.shown import Screen

        screen = Screen.of(settings)
        screen.print(_lines(found, screen, law))


def _lines(found: Assessment, screen: Screen, law: str | None) -> Iterable[Text]:
    """For a reader: the label first."""
    from marsad.export.finding_table import finding_lines, state_lines

    if not found.findings and law is None:
        from rich.text import Text

        from marsad.export.finding_words import word

        return [screen.layout.of(Text(word("none_engaged", screen.layout.lang)), screen.layout.lang)]
    if found.of_state:
        return state_lines(found.of, found.findings, screen.layout, screen.console)
    return finding_lines(found.findings[0], screen.layout, screen.console)


def _check(path: str, settings: Settings) -> None:
    from marsad.desk.laws.frozen import differences
    from marsad.errors import KnowledgeError, NotFoundError, ReadError

    try:
        data = Path(path).read_bytes()
    except FileNotFoundError:
        raise NotFoundError("no such file", where=path, do="check the name") from None
    except OSError as error:
        raise ReadError(f"cannot be read ({error.strerror})", where=path, do="check its rights") from None
    found = differences(data, settings.knowledge)
    for one in found:
        click.echo(one)
    if found:
        click.get_current_context().exit(KnowledgeError.exit_code)
    click.echo("the same, byte for byte")
