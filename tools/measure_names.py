"""Precision, recall and F1 of ``name_score`` at its one threshold, on pairs of names in the screening field's schema.

Usage: python tools/measure_names.py FILE… . ``bench/names.py`` sets rivals beside it and measures the time.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from marsad.text.names import SAME, name_score


def figures(path: Path) -> dict[str, float]:
    """``precision``, ``recall`` and ``f1`` on a file with the columns ``name1``, ``name2`` and ``is_match``."""
    hits = given = wanted = 0
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(line for line in lines if not line.startswith("#")):
            same, found = row["is_match"].lower() == "true", name_score(row["name1"], row["name2"]).score >= SAME
            hits, given, wanted = hits + (same and found), given + found, wanted + same
    precision, recall = hits / max(1, given), hits / max(1, wanted)
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / ((precision + recall) or 1)}


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(f"{name}: " + ", ".join(f"{figure} {value:.3f}" for figure, value in figures(Path(name)).items()))
