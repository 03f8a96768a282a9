"""The gate: every pinned figure of gold/floors.toml, on exactly the data that it was pinned on."""

import hashlib
import tomllib
from functools import cache
from pathlib import Path

import pytest

from marsad.coder import load
from marsad.identity import article_id
from marsad.score import coded, compare, figures, parse
from marsad.types import Article, Coding

GOLD = Path(__file__).parents[2] / "gold"
FLOORS = tomllib.loads((GOLD / "floors.toml").read_text(encoding="utf-8"))


@cache
def measured(name: str) -> dict[str, float]:
    """Every figure of the shipped coder on a gold file."""
    gold = list(parse((GOLD / name).read_text(encoding="utf-8").splitlines(), name))
    coder = load()
    articles = [Article(id=article_id(r.text or "", source=r.id), text=r.text or "", language=r.language) for r in gold]
    found = [
        coded(coding, r.id) for r, coding in zip(gold, coder.pipe(articles), strict=True) if isinstance(coding, Coding)
    ]
    return {k: f.value or 0.0 for k, f in figures(compare(gold, found).texts, rounds=0).items()}


@pytest.mark.parametrize("name", FLOORS)
def test_the_data_is_that_of_the_floors(name):
    digest = hashlib.sha256((GOLD / name).read_bytes()).hexdigest()
    assert digest == FLOORS[name]["sha256"], (
        f"gold/{name} changed: measure again and pin the floors with its new digest"
    )


@pytest.mark.parametrize(("name", "figure"), [(n, f) for n, table in FLOORS.items() for f in table["floors"]])
def test_no_figure_is_below_its_floor(name, figure):
    assert measured(name)[figure] >= FLOORS[name]["floors"][figure]
