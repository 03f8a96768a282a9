"""How well the rungs of the ladders are read from statements: quadratic weighted kappa, and denials taken for warnings.

Usage: python tools/measure_ladders.py FILE… [--events] [--errors]. A line has ``id``, ``text``, ``rung`` (``W4``,
``L6``, ``R1`` or null) and ``turn`` where it is called off or put off; with ``--events`` rungs are read from the
entities and events of the line, made by hand, else from the text through the reader. A rung that is missed, or made
where there is none, counts as an error of three steps; relief (R) is counted apart. ``gold/ladders.jsonl`` is what the
rules were made with, ``gold/ladders_blind.jsonl`` is opened for measuring only.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import marsad
from marsad.relate import rungs
from marsad.score.handmade import article_of, coding_of
from marsad.score.ladders import Statement, figures, statement
from marsad.types import Article, Coding, Rung


@cache
def _coder() -> Callable[[Article | str], Coding]:
    return marsad.load()


def statements(path: Path, events: bool = False) -> Iterator[tuple[dict[str, Any], Statement, tuple[Rung, ...]]]:
    """Each line of a file with how it came out, and the rungs that were found."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found = rungs(coding_of(row) if events else _coder()(article_of(row)))
        yield row, statement(row["id"], row["rung"], row.get("turn"), found), found


def measure(path: Path, events: bool = False) -> dict[str, float]:
    """The figures of a file, from text or from the events made by hand."""
    return figures([one for _, one, _ in statements(path, events)])


def main() -> None:
    """Print the figures of each file, and what is wrong where asked."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--events", action="store_true", help="from the events made by hand, and not from the text")
    parser.add_argument("--errors", action="store_true", help="show the statements that are wrong")
    asked = parser.parse_args()
    for path in asked.files:
        found = list(statements(path, asked.events))
        whole = ", ".join(f"{name} {value:.3f}" for name, value in figures([one for _, one, _ in found]).items())
        print(f"{path.name}: {len(found)} statements {'on events' if asked.events else 'from text'}, {whole}")
        for row, one, made in found if asked.errors else ():
            if not one.right:
                told = ", ".join(f"{rung.name} {rung.turn} ({rung.rule})" for rung in made) or "nothing"
                print(f"  {row['id']} {row['rung']} {row.get('turn', '')}: {told}\n    {row['text']}")


if __name__ == "__main__":
    main()
