"""``marsad read``: code articles now and print what was found; keeps nothing."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

import click

from marsad.errors import NotFoundError, ReadError
from marsad.read import FORMATS
from marsad.types import Article, Coding, EventType, Skipped, Status

if TYPE_CHECKING:
    from marsad.export.where import Where
    from marsad.settings import Settings

#: Seconds between two updates of the progress line.
BEAT = 0.2


@dataclass(slots=True)
class Progress:
    """Counts what passes, and tells it on standard error if that is a terminal and nobody asked for quiet."""

    shown: bool
    lang: str = "en"
    articles: int = 0
    events: int = 0
    skipped: int = 0
    failed: int = 0
    started: float = 0.0
    told: float = 0.0

    def count(self, items: Iterable[Coding | Skipped]) -> Iterator[Coding | Skipped]:
        """``items`` as they are, counted."""
        self.started = time.monotonic()
        for item in items:
            if isinstance(item, Skipped):
                self.skipped += 1
                self.failed += item.line is None
            else:
                self.articles += 1
                self.events += len(item.events)
            now = time.monotonic()
            if self.shown and now - self.told >= BEAT:
                self.told = now
                self.clear()
                click.echo(str(self), nl=False, err=True)
            yield item

    def clear(self) -> None:
        """Take the line away, so that something else can be written."""
        if self.shown:
            click.echo("\r\x1b[K", nl=False, err=True)

    def end(self) -> None:
        """The last word on a terminal."""
        if self.shown:
            self.clear()
            click.echo(str(self), err=True)

    def __str__(self) -> str:
        from marsad.export.labels import label

        rate = self.articles / max(time.monotonic() - self.started, 1e-9)
        counts = {"articles": self.articles, "events": self.events, "skipped": self.skipped}
        told = [
            f"{label('word', key, self.lang)}: {count}" for key, count in counts.items() if count or key != "skipped"
        ]
        return " · ".join([*told, f"{rate:.1f} {label('word', 'rate', self.lang)}"])


def _where(min_score: float, types: tuple[str, ...], statuses: tuple[str, ...], countries: tuple[str, ...]) -> Where:
    from marsad.export.where import Where

    return Where(
        min_score=min_score,
        types=frozenset(map(EventType, types)),
        statuses=frozenset(map(Status, statuses)),
        countries=frozenset(_country(one) for one in countries),
    )


def _country(name: str) -> str:
    """The code that mentions carry, for a code or a name in either language."""
    from marsad.knowledge.countries import countries, country_of

    code = name.strip().upper()
    if code in ("INT", "IGO"):
        return code
    known = countries()
    if code in known:
        return known[code].country
    if found := country_of(name.strip()):
        return found
    raise NotFoundError(f"no country {name!r}", do="give a code of three letters (IRQ) or a name (Iraq, العراق)")


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


def _lined(items: Iterable[Coding | Skipped], progress: Progress) -> Iterator[Coding | Skipped]:
    """``items`` as they are, each written as a line of JSON before it is passed on."""
    from marsad.export.lines import line

    out, seen = sys.stdout.buffer, sys.stdout.isatty()
    for item in items:
        if seen:
            progress.clear()
        out.write(line(item))
        out.flush()  # whoever reads the other end of a pipe gets each article when it is done
        yield item


def _paged(items: Iterable[Coding | Skipped], page: IO[str], lang: str) -> None:
    from marsad.export.html import page as pieces

    page.writelines(pieces(items, lang))


def _tabled(items: Iterable[Coding | Skipped], settings: Settings, progress: Progress) -> None:
    from rich.console import Console

    from marsad.export.table import show

    always = True if settings.color == "always" else None
    never = True if settings.color == "never" else None
    console = Console(highlight=False, force_terminal=always, no_color=never)
    for item in items:
        if isinstance(item, Coding):
            progress.clear()
            show([item], console, settings.lang)


@click.command("read")
@click.argument("paths", nargs=-1, required=True, metavar="FILE|FOLDER|-...")
@click.option("--json", "as_json", is_flag=True, help="One JSON line an article, in order.")
@click.option(
    "--html",
    "page",
    type=click.File("w", encoding="utf-8", lazy=False),
    metavar="FILE",
    help="Write one self-contained page.",
)
@click.option("--format", "form", type=click.Choice(list(FORMATS)), help="What the input is, whatever its name says.")
@click.option("--min-score", type=click.FloatRange(0, 1), help="Leave out events below this score.")
@click.option(
    "--type",
    "types",
    multiple=True,
    type=click.Choice([t.value for t in EventType], case_sensitive=False),
    metavar="TYPE",
    help="Only events of this type; may be repeated.",
)
@click.option(
    "--status",
    "statuses",
    multiple=True,
    type=click.Choice([s.value for s in Status], case_sensitive=False),
    help="Only events of this status; may be repeated.",
)
@click.option(
    "--country",
    "countries",
    multiple=True,
    metavar="CODE",
    help="Only events with a party or a place of this country (IRQ, Iraq, العراق); may be repeated.",
)
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="CODE",
    help="Only articles in this language (ar, en, …); may be repeated.",
)
@click.option(
    "--strict-language", is_flag=True, default=None, help="Refuse articles that are neither Arabic nor English."
)
@click.option("--lang", type=click.Choice(["ar", "en"]), help="The language of the interface.")
@click.option("--limit", type=click.IntRange(1), help="Stop after this many articles.")
@click.option("--processes", type=int, help="Processes that code side by side.")
@click.option("--threads", type=int, help="Threads of one process inside the model.")
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
def read(
    paths: tuple[str, ...],
    as_json: bool,
    page: IO[str] | None,
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

    Reads text, Markdown, saved web pages, JSON and JSON lines: files, folders, and - for standard input. Standard
    input that begins with { is taken for JSON lines, {"id": "1", "text": "…"}; --format overrules that. What cannot
    be read is told, and the rest is read. Exit status: 0 fine, 2 wrong usage, 3 an input that could not be read.

    \b
    Examples:
      marsad read article.txt
      marsad read news/ --html news.html --lang ar
      marsad read --json - < articles.jsonl > events.jsonl
      marsad read news/ --country IRQ --status PLANNED --min-score 0.8
    """
    from marsad import coder
    from marsad.cli import sourced
    from marsad.read import read as articles

    if as_json and page is not None and page.name in ("-", "<stdout>"):
        raise click.UsageError("--json and --html - would both write to standard output: give --html a file")
    settings = sourced(arguments).settings
    where = _where(settings.min_score, types, statuses, countries)
    given = articles(paths, stdin=sys.stdin.buffer, format=form, settings=settings)
    wanted = _limited(_of_languages(given, frozenset(map(str.lower, languages))), limit)
    progress = Progress(not quiet and sys.stderr.isatty(), settings.lang)
    coded = coder.load(settings).pipe(wanted, settings.batch_size)
    found: Iterable[Coding | Skipped] = progress.count(
        where.of(item) if isinstance(item, Coding) else item for item in coded
    )
    found = _lined(found, progress) if as_json else _told(found, progress)
    if page is not None:
        _paged(found, page, settings.lang)
    elif as_json:
        deque(found, maxlen=0)
    else:
        _tabled(found, settings, progress)
    progress.end()
    if progress.failed or (progress.skipped and not progress.articles):
        click.get_current_context().exit(ReadError.exit_code)
