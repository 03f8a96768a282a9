"""Standard output for tables. Imported where a table is printed: rich is heavy."""

from __future__ import annotations

from rich.console import Console

from marsad.export.table import WIDEST, Layout
from marsad.settings import Settings


class Terminal(Console):
    """rich's console, by the setting of colour; a reader that leaves is told as by every other output."""

    def __init__(self, color: str = "auto") -> None:
        """``color``: ``auto``, ``always`` or ``never``, as in the settings."""
        always = True if color == "always" else None
        never = True if color == "never" else None
        super().__init__(highlight=False, force_terminal=always, no_color=never)

    def on_broken_pipe(self) -> None:
        """Raise it again: rich would end the process with 1."""
        raise

    def layout(self, settings: Settings) -> Layout:
        """How tables lie on it, in the language of the settings."""
        # Asked of the file: `is_terminal` is also true where colours are forced into a pipe.
        return Layout(lang=settings.lang, width=min(self.width, WIDEST), terminal=self.file.isatty())
