"""One text, one result: whatever the batch, the process count, the neighbours, or the hash seed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from marsad.coder import load
from marsad.export.lines import line
from marsad.identity import article_id
from marsad.settings import Settings
from marsad.types import Article

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.txt"))


@pytest.fixture(scope="module")
def articles():
    """Every paragraph of the examples as an article of its own."""
    texts = [part for path in EXAMPLES for part in path.read_text(encoding="utf-8").split("\n\n") if part.strip()]
    return [Article(id=article_id(text), text=text, given=i) for i, text in enumerate(texts)]


@pytest.fixture(scope="module")
def alone(articles):
    coder = load()
    return [line(coder(article)) for article in articles]


@pytest.mark.parametrize("size", [1, 8, 64])
def test_two_processes_and_any_batch_give_what_one_call_gives(articles, alone, size):
    coder = load(Settings(processes=2))
    assert [line(coding) for coding in coder.pipe(articles, batch_size=size)] == alone


def test_the_order_of_articles_changes_nothing(articles, alone):
    coder = load()
    assert [line(coding) for coding in coder.pipe(reversed(articles))] == alone[::-1]


def test_two_runs_give_identical_bytes():
    runs = [
        subprocess.run(
            [sys.executable, "-m", "marsad", "read", "--json", str(EXAMPLES[0])],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "77")
    ]
    assert runs[0] == runs[1]
    assert runs[0].count(b"\n") == 1
