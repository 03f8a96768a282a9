"""The gate: every pinned figure of gold/floors.toml, on exactly the data that it was pinned on."""

import sys
from functools import cache
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[2] / "tools"))
import pin_floors

FLOORS = pin_floors.floors()


@cache
def figures(name: str) -> dict[str, float]:
    return pin_floors.figures(name)


def test_every_measured_file_is_pinned():
    assert list(FLOORS) == list(pin_floors.FILES)


@pytest.mark.parametrize("name", FLOORS)
def test_the_data_is_that_of_the_floors(name):
    assert pin_floors.digest(name) == FLOORS[name]["sha256"], (
        f"{name} changed: measure again and pin the floors with its new digest (tools/pin_floors.py)"
    )


@pytest.mark.parametrize(("name", "figure"), [(n, f) for n, table in FLOORS.items() for f in table["floors"]])
def test_no_figure_is_below_its_floor(name, figure):
    assert figures(name)[figure] >= FLOORS[name]["floors"][figure]
