"""The gate: every pinned figure of gold/floors.toml, on exactly the data that it was pinned on."""

import hashlib
import tomllib
from functools import cache
from pathlib import Path

import pytest

from marsad.cli.eval import measured

GOLD = Path(__file__).parents[2] / "gold"
FLOORS = tomllib.loads((GOLD / "floors.toml").read_text(encoding="utf-8"))


@cache
def figures(name: str) -> dict[str, float]:
    """Every figure of the shipped coder on a gold file."""
    return measured(GOLD / name)


@pytest.mark.parametrize("name", FLOORS)
def test_the_data_is_that_of_the_floors(name):
    digest = hashlib.sha256((GOLD / name).read_bytes()).hexdigest()
    assert digest == FLOORS[name]["sha256"], (
        f"gold/{name} changed: measure again and pin the floors with its new digest"
    )


@pytest.mark.parametrize(("name", "figure"), [(n, f) for n, table in FLOORS.items() for f in table["floors"]])
def test_no_figure_is_below_its_floor(name, figure):
    assert figures(name)[figure] >= FLOORS[name]["floors"][figure]
