"""``marsad read``: code articles now and print what was found; keeps nothing."""

from __future__ import annotations

import io
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from marsad.cli import output
from marsad.cli.codes import Country, Label, Language
from marsad.cli.progress import Progress
from marsad.errors import ReadError
from marsad.read import FORMATS
from marsad.types import Article, Coding, EventType, Skipped, Status

if TYPE_CHECKING:
    from marsad.settings import Settings


def _of_languages(items: Iterable[Article | Skipped], languages: frozenset[str]) -> Iterator[Article | Skipped]:
    """The articles in ``languages`` (empty: in all), and all that was skipped."""
    return (item for item in items if not languages or isinstance(item, Skipped) or item.language in languages)


def _limited(items: Iterable[Article | Skipped], limit: int | None) -> Iterator[Article | Skipped]:
    """The first ``limit`` articles. Stops at the last without asking for one more: that might be long in coming."""
    left = limit
    for item in items:
        yield item
        if left is not None and isinstance(item, Article):
            left -= 1
            if left <= 0:
                return


def _told(items: Iterable[Coding | Skipped], progress: Progress) -> Iterator[Coding | Skipped]:
    """``items`` as they are; what was skipped is told on standard error."""
    for item in items:
        if isinstance(item, Skipped):
            progress.clear()
            click.echo(f"marsad: {item.message}", err=True)
        yield item


def _lined(items: Iterable[Coding | Skipped], progress: Progress, text: bool) -> Iterator[Coding | Skipped]:
    """``items`` as they are, each written as a line of JSON before it is passed on."""
    from marsad.export.lines import line

    out, seen = sys.stdout.buffer, sys.stdout.isatty()
    for item in items:
        if seen:
            progress.clear()
        out.write(line(item, text=text))
        out.flush()  # whoever reads the other end of a pipe gets each article when it is done
        yield item


def _tabled(items: Iterable[Coding | Skipped], settings: Settings, progress: Progress, every: bool) -> None:
    from marsad.cli.console import Terminal
    from marsad.export.table import show

    def codings() -> Iterator[Coding]:
        for item in items:
            if isinstance(item, Coding):
                progress.clear()
                yield item

    show(codings(), Terminal(settings.color), settings.lang, every=every)


def _stdin() -> BinaryIO:
    """Standard input, unbuffered where it can be: a thread that waits in a buffered one would hold up the end."""
    if sys.stdin is None:
        return io.BytesIO()
    return getattr(sys.stdin.buffer, "raw", sys.stdin.buffer)


def _at(url: str, settings: Settings) -> Iterator[Article | Skipped]:
    """The articles at an address."""
    from marsad.desk.intake.fetched import articles_at
    from marsad.read.web.fetcher import Fetcher

    with Fetcher(settings) as fetcher:
        yield from articles_at(fetcher.fetch(url), settings)


def _written(paths: tuple[str, ...], page: str | None, as_json: bool, text: bool) -> frozenset[output.Identity]:
    """The files that are written to. Raises for outputs that cannot be, or that are inputs too."""
    if as_json and page == "-":
        raise click.UsageError("--json and --html - would both write to standard output: give --html a file")
    if text and not as_json:
        raise click.UsageError("--text is for --json")
    written = output.outputs(page)
    if both := output.among(paths, written):
        raise click.UsageError(f"{both} is read and would be written to: give another file for the output")
    if page is not None:
        output.check(page)
    return written


@click.command("read")
@click.argument("paths", nargs=-1, required=True, metavar="FILE|FOLDER|URL|-...")
@click.option("--json", "as_json", is_flag=True, help="One JSON line an article, in order.")
@click.option("--text", is_flag=True, help="With --json: write the article's text too, always.")
@click.option("--html", "page", metavar="FILE", help="Write one self-contained page.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), help="What the input is, whatever its name says.")
@click.option("--min-score", type=click.FloatRange(0, 1), help="Leave out events below this score.")
@click.option(
    "--type",
    "types",
    multiple=True,
    type=Label([t.value for t in EventType]),
    metavar="TYPE",
    help="Only events of this type (AGREE, CONSULT …); may be repeated.",
)
@click.option(
    "--status",
    "statuses",
    multiple=True,
    type=Label([s.value for s in Status]),
    help="Only events of this status; may be repeated.",
)
@click.option(
    "--country",
    "countries",
    multiple=True,
    type=Country(),
    metavar="CODE",
    help="Only events with a party or a place of this country (IRQ, Iraq, العراق); may be repeated.",
)
@click.option(
    "--language",
    "languages",
    multiple=True,
    type=Language(),
    metavar="CODE",
    help="Only articles in this language (ar, en, …); may be repeated.",
)
@click.option(
    "--strict-language", is_flag=True, default=None, help="Refuse articles that are neither Arabic nor English."
)
@click.option("--lang", type=click.Choice(["ar", "en"]), help="The language of the interface.")
@click.option(
    "--knowledge",
    multiple=True,
    metavar="FOLDER",
    help="A folder with your own actors, office-holders, places; may be repeated.",
)
@click.option("--limit", type=click.IntRange(1), help="Stop after this many articles.")
@click.option("--processes", type=int, help="Processes that code side by side.")
@click.option("--threads", type=int, help="Threads of one process inside the model.")
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
def read(
    paths: tuple[str, ...],
    as_json: bool,
    text: bool,
    page: str | None,
    form: str | None,
    types: tuple[str, ...],
    statuses: tuple[str, ...],
    countries: tuple[str, ...],
    languages: tuple[str, ...],
    limit: int | None,
    quiet: bool,
    **arguments: Any,
) -> None:
    """Read articles and print who did or said what to whom.

    Reads text, Markdown, web pages, JSON, tables, documents, feeds and web archives: files, folders, addresses, and -
    for standard input. Standard input that begins with { or [ is taken for JSON, {"id": "1", "text": "…"}; --format
    overrules that. What cannot be read is told, and the rest is read. Exit status: 0 fine, 1 the output cannot be
    written, 2 wrong usage, 3 an input that could not be read, 130 interrupted.

    \b
    Examples:
      marsad read article.txt
      marsad read news/ --html news.html --lang ar
      marsad read --json - < articles.jsonl > events.jsonl
      marsad read news/ --country IRQ --status PLANNED --min-score 0.8
    """
    from marsad import coder
    from marsad.cli import sourced
    from marsad.export.html import page as pieces
    from marsad.export.where import Where
    from marsad.read import read as articles

    settings = sourced(arguments).settings
    where = Where(
        min_score=settings.min_score,
        types=frozenset(map(EventType, types)),
        statuses=frozenset(map(Status, statuses)),
        countries=frozenset(countries),
    )
    written = _written(paths, page, as_json, text)
    given = articles(
        paths, stdin=_stdin(), format=form, but=written, settings=settings, fetch=lambda url: _at(url, settings)
    )
    wanted = _limited(_of_languages(given, frozenset(languages)), limit)
    progress = Progress(not quiet and sys.stderr.isatty(), settings.lang)
    with closing(coder.load(settings).pipe(wanted, settings.batch_size)) as coded:
        found = progress.count(where.of(item) if isinstance(item, Coding) else item for item in coded)
        found = _lined(found, progress, text) if as_json else _told(found, progress)
        every = where == Where()
        try:
            if page is not None:
                output.write(page, pieces(found, settings.lang, every=every))
            elif as_json:
                deque(found, maxlen=0)
            else:
                _tabled(found, settings, progress, every)
        finally:
            progress.clear()
    progress.end()
    if as_json and progress.skipped and not quiet:
        click.echo(f"marsad: {progress.unread()}", err=True)
    if progress.failed or (progress.skipped and not progress.articles):
        click.get_current_context().exit(ReadError.exit_code)
