"""What a command tells on standard error while it works, and at its end."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import click

from marsad.types import Coding, Skipped

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

    def unread(self) -> str:
        """How many of all could not be read, in words."""
        from marsad.export.labels import label

        return label("text", "unread", self.lang).format(skipped=self.skipped, all=self.skipped + self.articles)

    def __str__(self) -> str:
        from marsad.export.labels import label

        rate = self.articles / max(time.monotonic() - self.started, 1e-9)
        counts = {"articles": self.articles, "events": self.events, "skipped": self.skipped}
        told = [
            f"{label('word', key, self.lang)}: {count}" for key, count in counts.items() if count or key != "skipped"
        ]
        return " · ".join([*told, f"{rate:.1f} {label('word', 'rate', self.lang)}"])
