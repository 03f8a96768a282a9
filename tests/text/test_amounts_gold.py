"""The figures that `tools/measure_amounts.py` prints hold their floors."""

from types import ModuleType

TOOL = "measure_amounts"


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
