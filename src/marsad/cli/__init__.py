"""The command line, one file a command. A command's file is imported when the command is called, so that
``marsad --help`` stays quick; what is heavy in it is imported when it runs."""

from __future__ import annotations

import importlib
import os
import select
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from marsad.about import __version__
from marsad.errors import MarsadError, SettingsError

if TYPE_CHECKING:
    from marsad.settings import Sourced

#: Each command: the module and the name in it, and the line that ``marsad --help`` shows.
COMMANDS: dict[str, tuple[str, str]] = {
    "read": ("marsad.cli.read:read", "Read articles and print who did or said what to whom."),
    "add": ("marsad.cli.add:add", "Read articles and keep each once."),
    "run": ("marsad.cli.run:run", "Follow the feeds: fetch what is new, add it, code it, group it."),
    "code": ("marsad.cli.code:code", "Code the articles that wait, then put them into stories."),
    "sources": ("marsad.cli.sources:sources", "List the sources; add, disable, enable, import, export."),
    "events": ("marsad.cli.events:events", "Show what happened: each act once, with its reports."),
    "search": ("marsad.cli.search:search", "Find the articles that have these words."),
    "article": ("marsad.cli.article:article", "Show an article: its text, its events, its story."),
    "relation": ("marsad.cli.relation:relation", "Show how two stand to each other, and both ladders."),
    "triangle": ("marsad.cli.triangle:triangle", "Show how three stand to each other."),
    "changes": ("marsad.cli.changes:changes", "Show where the rate of what passes between two has turned."),
    "ladder": ("marsad.cli.ladder:ladder", "Say what the rungs mean, or read articles for them."),
    "precedents": ("marsad.cli.precedents:precedents", "Show what became of others who stood there."),
    "law": ("marsad.cli.law:law", "Print a law with its history; without ID, list them all."),
    "assess": (
        "marsad.cli.assess:assess",
        "Say what a law comes to for a state's bodies, or for one body.",
    ),
    "brief": ("marsad.cli.brief:brief", "Write one page on a pair: what moved, was said and denied."),
    "watch": ("marsad.cli.watch:watch", "Watch what is new and tell it: add, list, mute, test, remove."),
    "alerts": ("marsad.cli.alerts:alerts", "Show what watches have told, and note what you have seen."),
    "lists": ("marsad.cli.lists:lists", "List the sanctions lists; add, show, remove."),
    "screen": ("marsad.cli.screen:screen", "Screen names against the sanctions lists of a day."),
    "serve": ("marsad.cli.serve:serve", "Serve the observatory in a browser, and the API."),
    "key": ("marsad.cli.key:key", "Make, list and revoke the keys of the API."),
    "judge": ("marsad.cli.judge:judge", "Say what you hold of an event, beside the machine's value."),
    "forget": ("marsad.cli.forget:forget", "Remove an article or a source, with all that was made from it."),
    "prune": ("marsad.cli.prune:prune", "Remove what newer runs have superseded."),
    "backup": ("marsad.cli.backup:backup", "Write one file that holds the whole store."),
    "restore": ("marsad.cli.restore:restore", "Make a store from a backup."),
    "export": ("marsad.cli.export:export", "Write events for other programs, or for others to use."),
    "who": ("marsad.cli.who:who", "Say whom a name or an office means on a day."),
    "explain": ("marsad.cli.explain:explain", "Say what a label means."),
    "eval": ("marsad.cli.eval:evaluate", "Score predictions (or the coder itself) on GOLD."),
    "settings": ("marsad.cli.settings:settings", "Print every setting, its value and where it came from."),
    "doctor": ("marsad.cli.doctor:doctor", "Check that everything Marsad needs is there and works."),
}
#: The file of settings that is read from the current folder, if it is there.
FILE = "marsad.toml"


def sourced(arguments: dict[str, Any] | None = None) -> Sourced:
    """The settings of this call, from ``--settings FILE`` or marsad.toml, the environment, and ``arguments``."""
    from marsad.settings import load

    given = click.get_current_context().find_root().params.get("settings")
    if given is not None and not given.exists():
        raise SettingsError("no such file", where=str(given), do="check the name after --settings")
    return load(given or Path(FILE), os.environ, arguments)


#: The exit code of a command that Ctrl-C ended: 128 and the number of the signal, as shells have it.
INTERRUPTED = 130


def _fault(error: OSError) -> MarsadError:
    """What the system refuses a command: reading is caught where it is done, so this is its output, as a rule."""
    reason = error.strerror or str(error)
    if error.filename is not None:
        return MarsadError(f"cannot be used ({reason})", where=str(error.filename), do="check that file")
    return MarsadError(f"cannot be written ({reason})", where="standard output", do="make room, or write elsewhere")


def _abandon_output() -> None:
    """Send what is left for standard output nowhere: trying to write it again at the end would fail again."""
    with suppress(OSError, ValueError, AttributeError):  # a stand-in of a test is no file
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _left() -> bool:
    """Whether whoever read standard output has left. A peer on the network that leaves breaks a pipe too."""
    if not hasattr(select, "poll"):
        return True
    with suppress(OSError, ValueError, AttributeError):  # a stand-in of a test is no file
        asked = select.poll()
        asked.register(sys.stdout.fileno(), 0)  # errors alone, which are always told
        return bool(asked.poll(0))
    return False


def _end_as_filters_do() -> None:
    """Die of the broken pipe, quietly: `marsad read … | head`. The signal is ignored until then, for whoever leaves
    the server while it answers would end it."""
    _abandon_output()
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGPIPE)


class Commands(click.Group):
    """The commands of :data:`COMMANDS`; an error of Marsad's becomes one line and its exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now; each takes ``--debug`` behind its name too."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        if not any(param.name == "debug" for param in command.params):
            command.params.append(_debug())
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands for ``--help``, from the table: importing them would cost a second."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except KeyboardInterrupt:
            click.echo("marsad: interrupted", err=True)
            ctx.exit(INTERRUPTED)
        except (MarsadError, OSError) as error:
            if isinstance(error, BrokenPipeError) and _left():
                _end_as_filters_do()
                raise  # where there are no such signals
            if ctx.meta.get(_DEBUG):
                raise
            told = _fault(error) if isinstance(error, OSError) else error
            click.echo(f"marsad: {told}", err=True)
            if told is not error:
                _abandon_output()
            ctx.exit(told.exit_code)


_DEBUG = "marsad.debug"


def _debug() -> click.Option:
    def remember(ctx: click.Context, _: click.Parameter, value: bool) -> None:
        ctx.meta[_DEBUG] = bool(value or ctx.meta.get(_DEBUG))

    return click.Option(
        ["--debug"], is_flag=True, expose_value=False, callback=remember, help="Show the trace of an error."
    )


@click.group(
    cls=Commands,
    params=[_debug()],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Try: marsad read article.txt",
)
@click.option(
    "--settings",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=f"Read settings from FILE instead of ./{FILE}.",
)
@click.version_option(__version__, prog_name="marsad")
def cli(settings: Path | None) -> None:
    """Marsad reads Arabic and English news and records who did or said what to whom, in whose words, and whether it
    happened; on this machine, without a network."""


def main(arguments: Sequence[str] | None = None) -> None:
    """The command ``marsad``, with the arguments of the process or with these. Ends in :class:`SystemExit`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Arabic shows question marks, not a trace
    cli(arguments)
