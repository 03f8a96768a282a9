"""What prints lines for a reader: as wide as the terminal, coloured where it is one and that is wanted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from marsad.export.table import Layout
    from marsad.settings import Settings


@dataclass(frozen=True, slots=True)
class Screen:
    """A console, and how lines are set on it."""

    console: Console
    layout: Layout

    @classmethod
    def of(cls, settings: Settings) -> Screen:
        """Standard output, by the settings of colour and language."""
        from marsad.cli.console import Terminal

        console = Terminal(settings.color)
        return cls(console, console.layout(settings))

    @property
    def blank(self) -> Text:
        """An empty line."""
        from rich.text import Text

        return Text("")

    def print(self, lines: Iterable[Text]) -> None:
        """Print ``lines``, each as it is."""
        for line in lines:
            self.console.print(line, soft_wrap=True)
