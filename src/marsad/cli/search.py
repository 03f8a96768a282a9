"""``marsad search``: the articles in the store that have some words."""

from __future__ import annotations

import sys
from typing import Any

import click

from marsad.cli.asked import Pages, filters, last, where
from marsad.cli.stored import opened, store_option

#: How many are shown, where nobody says; programs get all.
SHOWN = 20


#: -word says that it must not be there, so that no option is written with one dash.
_SETTINGS = {"ignore_unknown_options": True, "help_option_names": ["--help"]}


@click.command("search", context_settings=_SETTINGS)
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@filters
@store_option
@click.option("--limit", type=click.IntRange(1), help=f"At most so many; {SHOWN} are shown without it.")
@click.option("--after", metavar="CURSOR", help="Go on where a page ended; its last line says it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line an article.")
@click.option("--lang", type=click.Choice(["ar", "en"]), help="The language of the interface.")
@click.option("--quiet", is_flag=True, help="Nothing on standard error.")
def search(
    words: tuple[str, ...],
    store: str | None,
    limit: int | None,
    after: str | None,
    as_json: bool,
    lang: str | None,
    quiet: bool,
    **asked: Any,
) -> None:
    """Find the articles that have these words.

    The newest come first. All words must be there, in whatever form: عقوبات finds «والعقوبات» too. "two words" (in
    quotation marks that the shell leaves alone, or «…») are a phrase, -word must not be there, word* begins a word, OR
    stands between two of which one will do. Days, --source and --language are of the article; the other filters ask
    that one of its events be so.

    \b
    Examples:
      marsad search عقوبات روسيا
      marsad search '"مجلس الأمن"' --since 2026-03 --status DENIED
      marsad search oil OR gas -Iran --json
    """
    if strange := [word for word in words if word.startswith("--")]:
        raise click.UsageError(f"no such option: {strange[0]}")
    written = " ".join(words)
    with opened(store, lang=lang) as desk:
        question = where(desk, asked, quiet)
        pages: Pages[Any] = Pages(
            lambda at, size: desk.search(written, question, after=at, limit=size),
            after,
            limit if as_json or limit else SHOWN,
        )
        shown = 0
        if as_json:
            import msgspec

            from marsad.export.hits import hit_record

            encode = msgspec.json.Encoder().encode
            for hit in pages:
                shown += 1
                sys.stdout.buffer.write(encode(hit_record(hit)) + b"\n")
            sys.stdout.buffer.flush()
        else:
            from marsad.cli.shown import Screen
            from marsad.export.hits import hit_lines

            screen = Screen.of(desk.settings)
            for hit in pages:
                shown += 1
                screen.print(hit_lines(hit, screen.layout, screen.console))
                screen.print([screen.blank])
        last(pages, lambda: desk.count_hits(written, question), shown, desk.settings.lang, as_json, quiet)
