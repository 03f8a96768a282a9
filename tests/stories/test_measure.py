"""The tool that measures pairs of articles, with the fake coder."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest
import world

TOOLS = Path(__file__).parents[2] / "tools"


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("measure_stories", TOOLS / "measure_stories.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def row(number, same, kind, a, b):
    return {"id": f"s{number:03}", "same": same, "kind": kind} | {
        side: {"title": text[:20], "text": text, "published": "2025-09-16", "source": side}
        for side, text in (("a", a), ("b", b))
    }


@pytest.fixture
def path(tmp_path):
    text = "زارت روسيا العراق يوم الثلاثاء وبحثت معه ملفات الطاقة والمياه والحدود والتجارة بين البلدين الصديقين."
    rows = [
        row(1, True, "copy", text, text + " (وكالات)"),
        row(
            2,
            False,
            "other",
            text,
            "هاجمت إيران قاعدة بعيدة في الصحراء فجرا وقالت إنها سترد من جديد على كل اعتداء عليها.",
        ),
        row(3, True, "rewrite", text, "لقاء في بغداد."),
    ]
    path = tmp_path / "pairs.jsonl"
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in rows), encoding="utf-8")
    return path


def test_pairs_are_counted_by_what_is_found(tool, path):
    found = list(tool.pairs(path, code=world.Coder()))
    assert [(pair.id, pair.kind, bool(pair.found)) for pair in found] == [
        ("s001", "copy", True),
        ("s002", "other", False),
        ("s003", "rewrite", False),
    ]
    assert tool.figures(found) == {"precision": 1.0, "recall": 0.5, "f": pytest.approx(2 / 3)}
    assert [pair.id for pair in tool.pairs(path, "even", world.Coder())] == ["s002"]


def test_nothing_found_is_no_error(tool):
    assert tool.figures([]) == {"precision": 1.0, "recall": 1.0, "f": 1.0}
