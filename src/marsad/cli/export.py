"""``marsad export``: events for other programs, or for others to use."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from marsad.cli.asked import Pages, are_given, filters, spare, where
from marsad.cli.stored import Line, opened, store_option
from marsad.types import Outcome, Report, Status

if TYPE_CHECKING:
    from marsad.desk import Desk
    from marsad.export.package import About
    from marsad.store.where import Where

#: What is written, and whether it can go to standard output.
FORMATS = {
    "polecat": True,
    "jsonl": True,
    "csv": True,
    "parquet": False,
    "ftm": True,
    "package": False,
    "judgements": True,
}


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be written, from where, and how."""

    desk: Desk
    where: Where
    out: str
    line: Line
    bom: bool = False
    by_month: bool = False
    frames: bool = False

    def pages(self, asked: Where | None = None) -> Iterator[list[Report]]:
        """The reports, some at a time, those of one article in one beside each other; how many is told on the way."""
        question = asked or self.where
        pages: Pages[Report] = Pages(lambda at, size: self.desk.reports(question, after=at, limit=size))
        read = 0
        for page in pages.pages():
            read += len(page)
            self.line.say(f"events: {read:,}")
            first = {one.article.id: n for n, one in reversed(list(enumerate(page)))}
            yield sorted(page, key=lambda one: first[one.article.id])

    def reports(self, asked: Where | None = None) -> Iterator[Report]:
        """The reports, one after the other."""
        for page in self.pages(asked):
            yield from page

    def rows(self) -> Iterator[dict[str, Any]]:
        """The reports as rows, each with how many report the same act."""
        from marsad.export.rows import rows

        for page in self.pages():
            spread = self.desk.spread(list({one.occurrence for one in page if one.occurrence}))
            yield from rows(page, {id: one.reports for id, one in spread.items()})  # noqa: A001 (the field's word)


@contextmanager
def _text(out: str) -> Iterator[TextIO]:
    """Standard output, or a file that takes its name when it is whole."""
    if out == "-":
        yield sys.stdout
        sys.stdout.flush()
        return
    from marsad.export.parquet import whole_file

    path = Path(out)
    if path.exists() and not path.is_file() and not path.is_dir():  # a device or a pipe cannot be replaced
        with path.open("w", encoding="utf-8", newline="") as written:
            yield written
        return
    with whole_file(path) as part, part.open("w", encoding="utf-8", newline="") as written:
        yield written


def _polecat(job: Job) -> int:
    from marsad.export import polecat

    statuses = frozenset(Status(one.value) for one in job.where.statuses) or frozenset({Status.ACTUAL})
    asked = replace(job.where, statuses=tuple(sorted(statuses)))
    with _text(job.out) as out:
        return polecat.write(job.reports(asked), out, statuses=statuses, withdrawn=job.where.withdrawn)


def _jsonl(job: Job) -> int:
    from marsad.export.rows import write_jsonl

    with _text(job.out) as out:
        return write_jsonl(job.rows(), out)


def _csv(job: Job) -> int:
    from marsad.export.rows import write_csv

    with _text(job.out) as out:
        return write_csv(job.rows(), out, bom=job.bom)


def _parquet(job: Job) -> int:
    from marsad.export import parquet

    return parquet.write(job.rows(), job.out, by_month=job.by_month)


def _ftm(job: Job) -> int:
    from marsad.export import ftm

    # Of an act the status is that of all its reports together: they come whatever their own is.
    whole = replace(job.where, statuses=())
    statuses = frozenset(Outcome(one.value) for one in job.where.statuses) or ftm.HAPPENED
    made = ftm.entities(
        job.reports(whole), job.desk.every_event(whole), statuses=statuses, withdrawn=job.where.withdrawn
    )
    with _text(job.out) as out:
        return ftm.write(made, out)


def _judgements(job: Job) -> int:
    from marsad.export.rows import write_jsonl

    with _text(job.out) as out:
        return write_jsonl(job.desk.corpus(), out)


def _package(job: Job, about: About) -> int:
    from marsad.export import package

    acts = job.desk.every_event(job.where)
    return package.write(job.out, job.rows(), about, occurrences=acts, frames=job.frames, bom=job.bom)


_WRITERS: dict[str, Callable[[Job], int]] = {
    "polecat": _polecat,
    "jsonl": _jsonl,
    "csv": _csv,
    "parquet": _parquet,
    "ftm": _ftm,
    "judgements": _judgements,
}
#: What :func:`_WRITERS` count.
_WHAT = {"ftm": "entities", "judgements": "sentences"}


def _checked(form: str, out: str, as_json: bool, given: dict[str, Any]) -> None:
    """Raise for what does not go together."""
    if out == "-" and not FORMATS[form]:
        raise click.UsageError(f"{form} is not for standard output: name what is to be written")
    if out == "-" and as_json:
        raise click.UsageError("--json tells of a file: name one")
    only = {
        "bom": ("csv", "package"),
        "by_month": ("parquet",),
        "frames": ("package",),
        **dict.fromkeys(("title", "authors", "licence", "url", "edition"), ("package",)),
    }
    names = {"authors": "author", "by_month": "by-month"}
    for name, forms in only.items():
        if given.get(name) and form not in forms:
            raise click.UsageError(f"--{names.get(name, name)} is for {' and '.join(forms)}")


def _asked(form: str, asked: dict[str, Any]) -> None:
    """Raise for filters that a form has no word for; tell of those that lose something."""
    if form == "judgements" and are_given(asked):
        raise click.UsageError("judgements are exported whole: give no filter")
    if form == "polecat" and asked["statuses"]:
        if Outcome.CONTESTED.value in asked["statuses"]:
            raise click.UsageError("POLECAT has one status for a report: leave out CONTESTED")
        if set(asked["statuses"]) != {Status.ACTUAL.value}:
            click.echo("marsad: POLECAT has no status: its readers will take all of it as having happened", err=True)


def _about(desk: Desk, given: dict[str, Any]) -> About:
    """What a package says of itself: the versions are those of the runs that count."""
    from marsad.export.package import About

    counting = [run for run, _, codings in desk.runs() if codings]
    models = dict.fromkeys(run.coder.rpartition(" / ")[2].removeprefix("model ") for run in counting)
    knowledge = dict.fromkeys(run.knowledge for run in counting)
    said = {
        "title": given["title"],
        "version": given["edition"],
        "licence": given["licence"],
        "url": given["url"],
        "authors": given["authors"],
    }
    return About(
        created=desk.now().date(),
        model=", ".join(models) or None,
        knowledge=", ".join(knowledge) or None,
        **{name: value for name, value in said.items() if value},
    )


@click.command("export")
@click.argument("form", type=click.Choice(list(FORMATS)), metavar="FORM")
@click.argument("out", default="-", metavar="[OUT]")
@filters
@store_option
@click.option("--bom", is_flag=True, help="csv, package: begin with the mark that Excel needs to show Arabic.")
@click.option("--by-month", is_flag=True, help="parquet: a folder with a part for each month.")
@click.option("--frames", is_flag=True, help="package: add events.parquet.")
@click.option("--title", help="package: what it is called.")
@click.option("--author", "authors", multiple=True, help="package: who made the selection; may be repeated.")
@click.option("--licence", metavar="SPDX", help="package: its licence, such as CC-BY-4.0.")
@click.option("--url", help="package: where it is published.")
@click.option("--edition", metavar="VERSION", help="package: the version of the data.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object: what was written, and how much.")
@click.option("--quiet", is_flag=True, help="Nothing on standard error.")
def export(form: str, out: str, store: str | None, as_json: bool, quiet: bool, **given: Any) -> None:
    """Write events for other programs, or for others to use.

    FORM is one of: csv, jsonl, parquet (a row for each report of an act), polecat (the 40 columns of POLECAT), ftm
    (entities of FollowTheMoney), package (a folder with events, tables by month, code book and citation), judgements
    (what persons hold, as sentences to train a model with). OUT is the file or the folder; without it, standard output.
    It is there whole or not at all. The filters are those of `marsad events`.

    \b
    Examples:
      marsad export csv iraq.csv --country IRQ --since 2026
      marsad export package iraq-2026 --country IRQ --licence CC-BY-4.0 --author "N. N."
      marsad export ftm | ftm aggregate
    """
    mine = ("bom", "by_month", "frames", "title", "authors", "licence", "url", "edition")
    said = {name: given.pop(name) for name in mine}
    _checked(form, out, as_json, said)
    _asked(form, given)
    line = Line(quiet)
    with opened(store) as desk:
        spare(desk, out)
        job = Job(
            desk, where(desk, given, quiet), out, line,
            bom=said["bom"], by_month=said["by_month"], frames=said["frames"],
        )  # fmt: skip
        try:
            number = _package(job, _about(desk, said)) if form == "package" else _WRITERS[form](job)
        finally:
            line.clear()
    what = _WHAT.get(form, "events")
    if as_json:
        import msgspec

        click.echo(msgspec.json.encode({"form": form, "out": out, what: number}).decode())
    elif out != "-":
        click.echo(f"{out}: {what} {number:,}")
