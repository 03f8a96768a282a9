"""Pins what the shipped Marsad reaches on the gold files in ``gold/floors.toml``, each with the digest of its data.

``python tools/pin_floors.py``: a floor is the measured figure less a margin, which int8 arithmetic may differ by
between processors; where no model is asked there is none. Run it when the gold, the rules or the model changed; a floor
that falls needs a reason in the commit. The gate (tests/gold) measures by the same functions.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable
from pathlib import Path

import measure_alerts
import measure_amounts
import measure_coreference
import measure_course
import measure_dates
import measure_ladders
import measure_names
import measure_questions
import measure_stories

from marsad.cli.eval import measured

ROOT = Path(__file__).parents[1]
FLOORS = ROOT / "gold" / "floors.toml"
MARGIN = 0.01


def rungs(path: Path) -> dict[str, float]:
    """Kappa of the rungs of a file, from text and from events by hand, and ``calm``: no denial told as a warning."""
    text, events = measure_ladders.measure(path), measure_ladders.measure(path, events=True)
    calm = float(not text["alarms"]), float(not events["alarms"])
    return {"kappa": text["kappa"], "events_kappa": events["kappa"], "calm": calm[0], "events_calm": calm[1]}


def course(path: Path) -> dict[str, float]:
    """The course of the story, from text and from events by hand; ``within``: nothing above what is expected."""
    found = measure_course.figures(path)
    return {name.replace("above", "within"): float(not n) if "above" in name else n for name, n in found.items()}


def alerts(path: Path) -> dict[str, float]:
    """The alerts of the story, from text and from events by hand; ``within``: none above the rung that was expected."""
    text, events = (measure_alerts.figures(path, by_hand=by_hand) for by_hand in (False, True))
    made = {**text, **{f"events_{name}": value for name, value in events.items()}}
    return {name.replace("above", "within"): float(not n) if "above" in name else n for name, n in made.items()}


#: Every measured file with its measure, and how much a figure of it may fall short by.
FILES: dict[str, tuple[Callable[[Path], dict[str, float]], float]] = {
    "gold/blind.jsonl": (measured, MARGIN),
    "gold/open.jsonl": (measured, MARGIN),
    "gold/dates.jsonl": (measure_dates.figures, 0.0),
    "gold/amounts.jsonl": (measure_amounts.figures, 0.0),
    "gold/who.jsonl": (measure_questions.figures, 0.0),
    "gold/who_blind.jsonl": (measure_questions.figures, 0.0),
    "gold/who_blind2.jsonl": (measure_questions.figures, 0.0),
    "gold/coreference.jsonl": (measure_coreference.figures, 0.0),
    "gold/coreference_blind.jsonl": (measure_coreference.figures, 0.0),
    "gold/stories.jsonl": (measure_stories.measure, 2 * MARGIN),
    "gold/stories_open.jsonl": (measure_stories.measure, 2 * MARGIN),
    "gold/stories_blind.jsonl": (measure_stories.measure, 2 * MARGIN),
    "gold/ladders.jsonl": (rungs, MARGIN),
    "gold/ladders_open.jsonl": (rungs, MARGIN),
    "gold/ladders_open2.jsonl": (rungs, MARGIN),
    "gold/ladders_blind.jsonl": (rungs, MARGIN),
    "examples/story/articles.jsonl": (course, 3 * MARGIN),
    "examples/story/alerts.json": (alerts, 3 * MARGIN),
    "bench/names.csv": (measure_names.figures, 0.0),
}


def digest(name: str) -> str:
    """The SHA-256 of a measured file."""
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def floors() -> dict[str, dict[str, object]]:
    """What is pinned: by file its digest and the floor of each figure."""
    return tomllib.loads(FLOORS.read_text(encoding="utf-8"))


def figures(name: str) -> dict[str, float]:
    """Every figure of a measured file now."""
    return FILES[name][0](ROOT / name)


def main() -> None:
    """Measure and write."""
    lines = [
        "# Floors of the gate (tests/gold). Written by tools/pin_floors.py; lowered only with a reason in the commit."
    ]
    for name, (_, margin) in FILES.items():
        lines += ["", f'["{name}"]', f'sha256 = "{digest(name)}"', "", f'["{name}".floors]']
        # Rounded down, so that the figure itself passes.
        lines += [
            f'"{figure}" = {max(0.0, int((value - margin) * 1000) / 1000):.3f}'
            for figure, value in figures(name).items()
        ]
    FLOORS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
