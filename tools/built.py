"""What the builders of data files share: write what was built, or say whether it stands there already."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path


def arguments(about: str | None, source: str) -> Namespace:
    """The command line of a builder: ``source`` (a path, described by its name) and ``--check``."""
    parser = ArgumentParser(description=(about or "").splitlines()[0])
    parser.add_argument("source", type=Path, help=source)
    parser.add_argument("--check", action="store_true", help="compare only; exit code 1 where the file differs")
    return parser.parse_args()


def finish(target: Path, text: str, check: bool) -> int:
    """Write ``text`` to ``target``, or compare it under ``check``; gives the exit code."""
    if check:
        same = target.read_text(encoding="utf-8") == text
        print(f"{target.name}: {'as built' if same else 'differs from what this script writes'}", file=sys.stderr)
        return 0 if same else 1
    target.write_text(text, encoding="utf-8")
    return 0
