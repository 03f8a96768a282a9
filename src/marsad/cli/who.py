"""``marsad who``: whom a name or an office means at a day."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from marsad.errors import FormatError, NotFoundError, ReadError

if TYPE_CHECKING:
    from marsad.coder import Coder
    from marsad.settings import Settings
    from marsad.types import Holding

_DO = 'give one object a line: {"text": "شويغو", "on": "2025-09-16"}'


def _line(given: dict[str, Any]) -> bytes:
    import msgspec

    return msgspec.json.encode(given) + b"\n"


def _day(given: str | None, where: str) -> date | None:
    """The day of an ISO date, or of a time that begins with one, as in the line format."""
    if not given or not given.strip():
        return None
    try:
        return date.fromisoformat(given.strip()[:10])
    except ValueError:
        raise FormatError(f"on is {given[:40]!r}, no date", where=where, do=_DO) from None


def _answers(parts: Iterator[bytes], settings: Settings, today: date) -> Iterator[tuple[bytes, bool]]:
    """A line of JSON for each line of ``parts``, and whether it could be read."""
    import msgspec

    from marsad.desk.records import holding_record
    from marsad.read.chunks import lines, too_large, unmarked

    class Asked(msgspec.Struct):
        text: str
        on: str | None = None
        context: str | None = None

    decoder, whom = msgspec.json.Decoder(Asked), _asked(settings)
    for number, line in enumerate(lines(unmarked(parts)[1], settings.max_bytes), start=1):
        if line is not None and not line.strip():
            continue
        where = f"standard input, line {number}"
        try:
            if line is None:
                raise too_large(settings.max_bytes, where)
            asked = decoder.decode(line)
            on = _day(asked.on, where) or today
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            fault: ReadError = FormatError(str(error) or "nested too deeply", where=where, do=_DO)
        except ReadError as error:
            fault = error
        else:
            found = [holding_record(each) for each in whom(asked.text, on, asked.context)]
            yield _line({"text": asked.text, "answers": found}), True
            continue
        yield _line({"line": number, "error": {"code": fault.code, "message": str(fault)}}), False


def _asked(settings: Settings) -> Callable[[str, date, str | None], list[Holding]]:
    """What answers: the rules, and where a sentence is given the model too, which is loaded when first needed."""
    from functools import cache

    from marsad.resolve.who import who as whom

    @cache
    def coder() -> Coder:
        from marsad.coder import load

        return load(settings)

    def ask(name: str, on: date, context: str | None) -> list[Holding]:
        return coder().who(name, on, context) if context else whom(name, on, None)

    return ask


def _stdin() -> BinaryIO:
    return getattr(sys.stdin.buffer, "raw", sys.stdin.buffer)


def _streamed(settings: Settings, today: date) -> bool:
    """Answer the lines of standard input as they come; whether any could be read, or there were none."""
    from marsad.read.chunks import chunks

    read, unread = 0, 0
    for line, fine in _answers(chunks(_stdin()), settings, today):
        sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()  # whoever reads the other end of a pipe gets each answer when it is done
        read, unread = read + fine, unread + (not fine)
    return bool(read) or not unread


def _printed(found: list[Holding], settings: Settings) -> None:
    """The answers for a reader."""
    from marsad.cli.console import Terminal
    from marsad.export.answers import answers

    console = Terminal(settings.color)
    layout = console.layout(settings)
    for line in answers(found, layout):
        console.print(line, soft_wrap=True)


@click.command("who")
@click.argument("name")
@click.option("--on", "on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day, YYYY-MM-DD; else today.")
@click.option("--context", help="The sentence that the name stands in; the model judges what the name leaves open.")
@click.option("--json", "as_json", is_flag=True, help="JSON; with - for NAME, lines in and lines out.")
@click.option("--lang", type=click.Choice(["ar", "en"]), help="The language of the interface.")
@click.option(
    "--knowledge",
    multiple=True,
    metavar="FOLDER",
    help="A folder with your own actors, office-holders, places; may be repeated.",
)
def who(name: str, on: datetime | None, context: str | None, as_json: bool, **arguments: Any) -> None:
    """Say whom a name or an office means on a day.

    NAME is any phrase that names a political actor, in Arabic or English: a person, an office, a body, a group, a
    state. The likeliest answer comes first, earlier offices of a person last. With --json and - for NAME, standard
    input is read as JSON lines {"text": "…", "on": "2025-09-16", "context": "…"}, one answer a line; a broken line
    gives an error on its line.
    Exit status: 0 fine, 2 wrong usage, 3 the name means no actor that is known, or no line could be read.

    \b
    Examples:
      marsad who "شويغو" --on 2025-09-16
      marsad who "the Iraqi foreign minister" --on 2024-03-01 --json
      marsad who --json - < names.jsonl
    """
    from marsad.cli import sourced
    from marsad.knowledge import using

    settings = sourced(arguments).settings
    day = on.date() if on else date.today()
    if name == "-" and not as_json:
        raise click.UsageError("- is for JSON lines: give --json too")
    with using(settings.knowledge):
        if name == "-":
            found, status = [], 0 if _streamed(settings, day) else ReadError.exit_code
        else:
            found = _asked(settings)(name, day, context)
            status = 0 if found else NotFoundError.exit_code
    if name != "-":
        _told(name, found, settings, as_json)
    click.get_current_context().exit(status)


def _told(name: str, found: list[Holding], settings: Settings, as_json: bool) -> None:
    """The answers for a program or a reader; that there are none, on standard error."""
    if as_json:
        from marsad.desk.records import holding_record

        click.echo(_line({"text": name, "answers": [holding_record(each) for each in found]}).decode().rstrip("\n"))
    elif found:
        _printed(found, settings)
    else:
        from marsad.export.labels import label
        from marsad.export.safe import for_terminal

        click.echo(f"marsad: {for_terminal(name)}: {label('text', 'nobody', settings.lang)}", err=True)
