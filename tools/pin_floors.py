"""Pins what the shipped coder reaches on the gold files in ``gold/floors.toml``, each with the digest of its data.

``python tools/pin_floors.py``: a floor is the measured figure less :data:`MARGIN`, which int8 arithmetic may differ by
between processors. Run it when the gold or the model changed; a floor that falls needs a reason in the commit.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from marsad.cli.eval import measured

GOLD = Path(__file__).parents[1] / "gold"
FILES = ("blind.jsonl", "open.jsonl")
MARGIN = 0.01


def main() -> None:
    """Measure and write."""
    lines = [
        "# Floors of the gate (tests/gold). Written by tools/pin_floors.py; lowered only with a reason in the commit."
    ]
    for name in FILES:
        path = GOLD / name
        lines += [
            "",
            f'["{name}"]',
            f'sha256 = "{hashlib.sha256(path.read_bytes()).hexdigest()}"',
            "",
            f'["{name}".floors]',
        ]
        lines += [f'"{figure}" = {max(0.0, value - MARGIN):.3f}' for figure, value in measured(path).items()]
    (GOLD / "floors.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
