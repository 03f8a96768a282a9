"""``marsad ladder``: what the rungs mean, and which of them articles put somebody on."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from marsad.cli.pairs import forms
from marsad.cli.written import one_way, write_json, write_table
from marsad.errors import ReadError

if TYPE_CHECKING:
    from rich.text import Text

    from marsad.cli.shown import Screen
    from marsad.export.cited import Cited
    from marsad.knowledge.ladders import Level
    from marsad.settings import Settings
    from marsad.types import Coding, Reached, Skipped

_RUNG = re.compile(r"([LWRlwr])([-−]?\d+)?")


@click.command("ladder")
@click.argument("what", nargs=-1)
@forms
def ladder(what: tuple[str, ...], as_json: bool, as_csv: bool, lang: str | None, quiet: bool) -> None:
    """Say what the rungs mean, or read articles for them.

    WHAT is nothing (all rungs), a ladder (L rapprochement, W warning, R relief), a rung (W4, L6, W-1), or files,
    folders and - for standard input: then each article is coded, and the rungs that it gives are shown with the
    sentence of each; nothing is kept.

    \b
    Examples:
      marsad ladder W
      marsad ladder W1 --lang ar
      marsad ladder examples/articles/01-iran-ethiopia-drones.ar.txt
    """
    from marsad.cli import sourced

    one_way(json=as_json, csv=as_csv)
    settings = sourced({"lang": lang}).settings
    if all(_RUNG.fullmatch(one) for one in what):
        _meanings(what, settings, as_json, as_csv)
    else:
        _read(what, settings, as_json, as_csv, quiet)


# --- what they mean --------------------------------------------------------------------------------------------------


def _meanings(what: tuple[str, ...], settings: Settings, as_json: bool, as_csv: bool) -> None:
    asked = list(_levels(what))
    if as_csv:
        raise click.UsageError("the meaning of a rung is text: give --json or nothing")
    if as_json:
        from marsad.desk.records import level_record

        write_json(map(level_record, asked))
        return
    from marsad.cli.shown import Screen

    screen = Screen.of(settings)
    screen.print(_level_lines(asked, screen, whole=len(asked) <= 2))


def _levels(what: tuple[str, ...]) -> Iterator[Level]:
    """The levels of what is asked for; of everything for nothing. Raises :class:`NotFoundError`."""
    from marsad.knowledge.ladders import LEVELS, ladders
    from marsad.types import Ladder

    for name in what or tuple(Ladder):
        found = _RUNG.fullmatch(name)
        assert found
        of = Ladder(found[1].upper())
        wanted = [int(found[2].replace("−", "-"))] if found[2] else list(LEVELS[of])
        for level in wanted:
            yield ladders().level(of, level)


def _level_lines(asked: list[Level], screen: Screen, *, whole: bool) -> Iterator[Text]:
    """A line or two each; of one or two asked for by name the examples too."""
    from rich.text import Text

    from marsad.export.course_table import STYLES, wrapped
    from marsad.export.labels import label

    layout, lang, before = screen.layout, screen.layout.lang, None
    for one in asked:
        if one.ladder is not before and not whole:
            yield from [screen.blank] if before else []
            yield layout.of(Text(label("ladder", one.ladder, lang), f"bold {STYLES[one.ladder]}"), lang)
        before = one.ladder
        code = layout.isolated(f"{one.ladder}{one.level}", "en")
        head = Text.assemble((code, f"bold {STYLES[one.ladder]}"), "  ", (one.name[lang], "bold"))
        yield layout.of(head, lang)
        parts = [(one.definition[lang], ""), *((f"«{each}»", "dim") for each in one.examples[lang] if whole)]
        if whole:
            parts.append((" · ".join(one.cues[lang]), "italic"))
        for words, style in parts:
            for line in wrapped(Text(words, style), max(20, layout.width - 4), screen.console):
                yield layout.of(line, lang, indent=4)


# --- which an article gives ------------------------------------------------------------------------------------------


def _read(paths: tuple[str, ...], settings: Settings, as_json: bool, as_csv: bool, quiet: bool) -> None:
    from contextlib import closing

    from marsad import coder
    from marsad.cli.progress import Progress
    from marsad.cli.read import _stdin
    from marsad.read import read
    from marsad.types import Skipped

    progress = Progress(not quiet and sys.stderr.isatty(), settings.lang)
    shown = _Shown(settings, as_json, as_csv)
    given = read(list(paths), stdin=_stdin(), settings=settings)
    with closing(coder.load(settings).pipe(given, settings.batch_size)) as coded:
        for result in progress.count(coded):
            progress.clear()
            if not isinstance(result, Skipped):
                shown.add(result)
            elif as_json:
                shown.skip(result)
            elif not quiet:
                click.echo(f"marsad: {result.message}", err=True)
    shown.close()
    progress.end()
    if progress.failed or (progress.skipped and not progress.articles):
        raise click.exceptions.Exit(ReadError.exit_code)


class _Shown:
    """What is shown of each article as it comes; a table of CSV at the end."""

    def __init__(self, settings: Settings, as_json: bool, as_csv: bool) -> None:
        self.settings, self.as_json, self.as_csv = settings, as_json, as_csv
        self.rows: list[dict[str, Any]] = []

    def add(self, coding: Coding) -> None:
        """Show the rungs of an article."""
        from marsad.export.course import rung_record, rung_row

        found, cited = _reached(coding)
        lang = self.settings.lang
        if self.as_csv:
            self.rows.extend(rung_row(one, cited, lang) for one in found)
        elif self.as_json:
            given = coding.article.given or coding.article.id
            write_json([{"id": given, "rungs": [rung_record(one, cited, lang) for one in found]}])
        else:
            self._print(coding, found, cited)

    def skip(self, one: Skipped) -> None:
        """Say why there is nothing, in the place of the article."""
        from marsad.export.lines import line

        sys.stdout.buffer.write(line(one))
        sys.stdout.buffer.flush()

    def _print(self, coding: Coding, found: list[Reached], cited: dict[str, Cited]) -> None:
        from rich.text import Text

        from marsad.cli.shown import Screen
        from marsad.export.course_table import rung_lines
        from marsad.export.labels import label

        screen = Screen.of(self.settings)
        lang = screen.layout.lang
        screen.print([screen.layout.of(Text(str(coding.article.given or coding.article.id), "bold"), lang)])
        if not found:
            screen.print([screen.layout.of(Text(label("word", "no_rung", lang), "dim"), lang)])
        screen.print(rung_lines(found, cited, screen.layout, screen.console, alone=True))
        screen.print([screen.blank])

    def close(self) -> None:
        """Write what waits for the end."""
        if self.as_csv:
            from marsad.export.course import RUNGS

            write_table(self.rows, RUNGS)


def _reached(coding: Coding) -> tuple[list[Reached], dict[str, Cited]]:
    """The rungs of one article, each as it would be reached by this article alone."""
    from marsad.export.cited import Cited
    from marsad.relate import rungs
    from marsad.relate.merge import merged

    article = coding.article
    told = rungs(coding)
    made = merged(told, {}, {article.id: article.source or article.id})
    cited = {one.id: Cited(rung=one, article=article) for one in told}
    order = {one.id: n for n, one in enumerate(told)}
    return sorted(made, key=lambda one: order.get(one.rung.id, 0)), cited
