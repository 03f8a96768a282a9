"""Known cases on three days each give the label that an outsider expected, or it is written down why not."""

import importlib.util
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[2] / "tools" / "measure_precedents.py"


@pytest.fixture(scope="module")
def rows():
    spec = importlib.util.spec_from_file_location("measure_precedents", TOOL)
    tool = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[spec.name] = tool
    spec.loader.exec_module(tool)
    return list(tool.rows())


def test_there_are_three_days_of_each_of_twenty_two_cases(rows):
    assert len(rows) == 66 and len({row.case for row in rows}) == 22


def test_every_label_is_the_expected_one_or_disputed_with_a_reason(rows):
    assert [(row.case, row.on.isoformat()) for row in rows if not row.right and not row.disputed] == []


def test_what_comes_out_as_expected_is_not_disputed(rows):
    assert [(row.case, row.on) for row in rows if row.right and row.disputed] == []


def test_where_it_differs_the_finding_is_the_lower_one(rows):
    order = list(type(rows[0].expected))
    assert all(order.index(row.finding.label) < order.index(row.expected) for row in rows if not row.right)
