"""The figures that `tools/measure_dates.py` prints hold their floors."""

from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
DEV = ROOT.parent / "shared" / "ingest" / "dates_dev.jsonl"
TOOL = "measure_dates"


def test_our_own_cases(tool: ModuleType) -> None:
    rows = list(tool.read(tool.GOLD))
    assert len(rows) >= 200 and len({row["id"] for row in rows}) == len(rows)
    assert sum(not row["times"] for row in rows) >= 50
    count = tool.Count()
    tool.measure(rows, set(), count)
    assert count.right / count.found >= 0.97 and count.hit / count.there >= 0.97, "\n".join(count.errors)


def test_spans_of_our_own_cases_lie_in_their_texts(tool: ModuleType) -> None:
    for row in tool.read(tool.GOLD):
        for label in tool.labels(row):
            assert row["text"][label.start : label.stop].strip() == row["text"][label.start : label.stop] != ""


@pytest.mark.skipif(not DEV.exists(), reason="the foreign labels are not part of the repository")
def test_foreign_labels_that_are_not_contested(tool: ModuleType) -> None:
    doubted = {(row["id"], row["start"]) for row in tool.read(tool.CONTESTED)}
    count = tool.Count()
    tool.measure(tool.read(DEV), doubted, count)
    assert count.right / count.found >= 0.92 and count.hit / count.there >= 0.92, "\n".join(count.errors)
