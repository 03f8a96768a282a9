"""A plain table for the terminal, aligned by what the eye sees."""

from __future__ import annotations

from collections.abc import Sequence


def columns(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """``rows`` under ``head``, each column as wide as its widest cell; nothing that a terminal would obey is left in.

    >>> print(columns(("A", "B"), [("1", "two"), ("three", "4")]))
    A      B
    1      two
    three  4
    """
    from rich.cells import cell_len

    from marsad.export.safe import for_terminal

    table = [head, *([for_terminal(cell) for cell in row] for row in rows)]
    wide = [max(cell_len(row[n]) for row in table) for n in range(len(head))]
    lines = ["  ".join(cell + " " * (wide[n] - cell_len(cell)) for n, cell in enumerate(row)).rstrip() for row in table]
    return "\n".join(lines)
