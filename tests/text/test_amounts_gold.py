"""The figures that `tools/measure_amounts.py` prints hold their floors."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("measure_amounts", ROOT / "tools" / "measure_amounts.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_our_own_cases(tool: ModuleType) -> None:
    rows = list(tool.read(tool.GOLD))
    assert len(rows) >= 200 and len({row["id"] for row in rows}) == len(rows)
    assert sum(not row["amounts"] for row in rows) >= 60
    assert sum(row["language"] == "en" for row in rows) * 10 >= 3 * len(rows)
    count = tool.Count()
    tool.measure(rows, count)
    assert count.precision >= 0.97 and count.recall >= 0.97, "\n".join(count.errors)
    assert count.of / count.right >= 0.95, "\n".join(count.errors)


def test_spans_of_our_own_cases_lie_in_their_texts(tool: ModuleType) -> None:
    for row in tool.read(tool.GOLD):
        for label in row["amounts"]:
            span = row["text"][label["start"] : label["stop"]]
            assert span.strip() == span != "" and (label["of"] is None or label["of"] in span)
