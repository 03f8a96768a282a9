"""One text, one result: whatever the batch, the process count, the neighbours, or the hash seed."""

import os
import subprocess
import sys
import threading
from multiprocessing import active_children
from pathlib import Path

import pytest

from marsad.coder import load
from marsad.errors import MarsadError
from marsad.export.lines import line
from marsad.identity import article_id
from marsad.settings import Settings
from marsad.types import Article

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "articles").glob("*.txt"))


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


def test_with_two_processes_a_slow_source_gives_each_result_before_the_next_article(articles, alone):
    asked = threading.Event()

    def slow():
        yield articles[0]
        assert asked.wait(60)
        yield from articles[1:]

    found = load(Settings(processes=2)).pipe(slow())
    first = next(found)
    asked.set()
    assert [line(coding) for coding in (first, *found)] == alone


def test_with_two_processes_what_ends_the_source_comes_after_the_results(articles, alone):
    def broken():
        yield from articles[:3]
        raise ValueError("no more")

    found = load(Settings(processes=2)).pipe(broken(), batch_size=1)
    assert [line(next(found)) for _ in range(3)] == alone[:3]
    with pytest.raises(ValueError, match="no more"):
        next(found)


def test_a_process_that_dies_is_told(articles):
    found = load(Settings(processes=2)).pipe(articles * 20, batch_size=1)
    next(found)
    for child in active_children():
        child.kill()
    with pytest.raises(MarsadError, match="has ended"):
        list(found)


def test_two_processes_read_no_further_than_they_must(articles):
    taken = 0

    def counted():
        nonlocal taken
        for article in articles * 50:
            taken += 1
            yield article

    found = load(Settings(processes=2)).pipe(counted(), batch_size=2)
    next(found)
    found.close()
    assert taken <= 20
    assert not active_children()


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
