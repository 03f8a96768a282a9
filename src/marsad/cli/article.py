"""``marsad article``: one article with all that is known of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from marsad.cli import output
from marsad.cli.asked import spare
from marsad.cli.stored import opened, store_option
from marsad.types import Article, Coding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.text import Text

    from marsad.cli.shown import Screen
    from marsad.desk import Desk
    from marsad.desk.asking import Alike, Version
    from marsad.types import Judgement, Story


@dataclass(frozen=True, slots=True)
class Known:
    """An article with what was found in it, its versions, its story, and what persons hold."""

    article: Article
    coding: Coding | None
    versions: list[Version]
    story: Story | None
    others: Mapping[str, Article]
    alike: list[Alike]
    judged: Mapping[str, Mapping[str, Judgement]]

    @classmethod
    def of(cls, desk: Desk, written: str) -> Known:
        """All that the store has of the article with this id, its beginning, or at this address."""
        article = desk.article(written)
        coding = desk.coding(article.id)
        story = desk.story_of(article.id)
        ids = [one for one in story.articles if one != article.id] if story else []
        about = [article.id, *(event.id for event in coding.events)] if coding else [article.id]
        return cls(
            article=article,
            coding=coding,
            versions=desk.versions(article.id),
            story=story,
            others=desk.articles(ids),
            alike=[one for one in desk.alike(story) if article.id in (one.one, one.other)] if story else [],
            judged=desk.judged(about),
        )

    def as_coded(self) -> Coding:
        """The coding; an empty one, made by nobody, where the article waits for it."""
        return self.coding or Coding(article=self.article, sentences=(), mentions=(), events=(), coder="")

    def why(self, other: str) -> Alike | None:
        """Why ``other`` is the same story as this article, where the two are linked themselves."""
        return next((one for one in self.alike if other in (one.one, one.other)), None)


def _record(known: Known) -> dict[str, Any]:
    """The object of the line format with the text, and behind it what only a store knows."""
    from marsad.export.acts import judged_record
    from marsad.export.lines import record

    one = known.article
    made = record(known.as_coded(), text=True)
    made |= {
        "coder": known.coding.coder if known.coding else None,
        "url": one.url,
        "source": one.source,
        "author": one.author,
        "published": one.published,
        "published_from": one.published_from,
        "fetched": one.fetched,
        "versions": [
            {"article": each.article.id, "fetched": each.article.fetched, "current": each.current}
            for each in known.versions
        ],
        "story": None if known.story is None else _story(known, known.story),
    }
    judged = {target: judged_record(fields) for target, fields in known.judged.items()}
    return made | ({"judged": judged} if judged else {})


def _story(known: Known, story: Story) -> dict[str, Any]:
    def told(id: str, one: Article) -> dict[str, Any]:  # noqa: A002 (the field's word)
        why = known.why(id)
        return {
            "article": id,
            "title": one.title.of(one.text) if one.title else None,
            "url": one.url,
            "source": one.source,
            "published": one.published,
            "score": why and round(why.score, 4),
            "why": why and why.why,
        }

    return {"id": story.id, "articles": [told(id, one) for id, one in known.others.items()]}  # noqa: A001


@click.command("article")
@click.argument("article_id", metavar="ID|URL")
@store_option
@click.option("--json", "as_json", is_flag=True, help="The object of the line format, with text, versions and story.")
@click.option("--html", "page", metavar="FILE", help="Write one self-contained page.")
@click.option("--lang", type=click.Choice(["ar", "en"]), help="The language of the interface.")
def article(article_id: str, store: str | None, as_json: bool, page: str | None, lang: str | None) -> None:
    """Show an article: its text, its events, its story.

    ID is that of the article, or its beginning; an address does too. Below the text stand its events, then what else
    is known: the versions that stood at its address, and the other articles that report the same news, each with why.

    \b
    Examples:
      marsad article 3f2a91c0
      marsad article https://news.example/politics/77 --html page.html --lang ar
    """
    if page == "-" and as_json:
        raise click.UsageError("--json and --html - would both write to standard output: give --html a file")
    if page is not None:
        output.check(page)
    with opened(store, lang=lang) as desk:
        spare(desk, page)
        known = Known.of(desk, article_id)
        if page is not None:
            from marsad.export.html import page as pieces

            output.write(page, pieces([known.as_coded()], desk.settings.lang))
        if as_json:
            import msgspec

            click.echo(msgspec.json.encode(_record(known)).decode())
        elif page is None:
            _shown(known, desk)


def _shown(known: Known, desk: Desk) -> None:
    from marsad.cli.shown import Screen

    screen = Screen.of(desk.settings)
    screen.print(_lines(known, screen))


def _lines(known: Known, screen: Screen) -> Iterator[Text]:
    from dataclasses import replace

    from rich.text import Text

    from marsad.export.article_table import about, judged, story, text, versions
    from marsad.export.labels import label
    from marsad.export.table import table

    layout, console = screen.layout, screen.console
    yield from text(known.article, layout, console)
    yield screen.blank
    yield from about(known.article, layout)
    yield from versions([(one.article, one.current) for one in known.versions], layout)
    if known.story and known.others:
        reasons = {id: why for id in known.others if (why := known.why(id))}  # noqa: A001
        told = [
            (one, (reasons[id].score, reasons[id].why) if id in reasons else None)
            for id, one in known.others.items()  # noqa: A001
        ]
        yield from story(told, layout)
    yield screen.blank
    if known.coding:
        yield from table(known.coding, replace(layout, ids=True), console)
        yield from judged(known.coding, known.judged, layout, console)
    else:
        yield layout.of(Text(label("text", "not_coded", layout.lang)), layout.lang)
