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
        from rich.console import Console

        from marsad.export.table import WIDEST, Layout

        always = True if settings.color == "always" else None
        never = True if settings.color == "never" else None
        console = Console(highlight=False, force_terminal=always, no_color=never)
        # Asked of the file: `console.is_terminal` is also true where colours are forced into a pipe.
        layout = Layout(lang=settings.lang, width=min(console.width, WIDEST), terminal=console.file.isatty())
        return cls(console, layout)

    @property
    def blank(self) -> Text:
        """An empty line."""
        from rich.text import Text

        return Text("")

    def print(self, lines: Iterable[Text]) -> None:
        """Print ``lines``, each as it is."""
        for line in lines:
            self.console.print(line, soft_wrap=True)
