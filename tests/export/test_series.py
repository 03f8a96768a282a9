import io
import json
import re
from dataclasses import fields
from datetime import date

import pytest
from rich.cells import cell_len
from rich.console import Console

from marsad.export.parquet import table
from marsad.export.rows import write_csv, write_jsonl
from marsad.export.series import RELATIONS, bar, relation_rows, series_line, series_record, series_table
from marsad.export.table import LRI, PDI, RLI, Layout
from marsad.types import Coverage, EventType, Relation, Series

JANUARY = Relation(
    source="IRQ",
    target="RUS",
    first=date(2026, 1, 1),
    last=date(2026, 1, 31),
    acts=3,
    reports=7,
    articles=1400,
    quads={"verbal-cooperation": 2, "material-conflict": 1},
    types={"CONSULT": 2, "ASSAULT": 1},
    others={"PLANNED": 4, "CONTESTED": 1},
    voices={"report": 5, "reading": 2},
    intensity=-4.8,
    share=5.123456,
    baseline=1.25,
    deviation=1.0049,
)
HOLE = Relation(
    source="IRQ", target="RUS", first=date(2026, 2, 1), last=date(2026, 2, 28), acts=None, reports=None, articles=0
)
QUIET = Relation(
    source="IRQ", target="RUS", first=date(2026, 3, 1), last=date(2026, 3, 9), acts=0, reports=0, articles=90,
    intensity=0.0, share=0.0, baseline=0.9, deviation=-0.00001,
)  # fmt: skip
SERIES = Series(
    source="IRQ",
    target="RUS",
    by="month",
    mutual=False,
    periods=(JANUARY, HOLE, QUIET),
    coverage=Coverage(articles=1490, sources=3, countries={"IRQ": 1400, "": 90}, missing=("RUS",)),
    method="a method",
)


def printed(series: Series = SERIES, lang: str = "en", terminal: bool = False, width: int = 110) -> list[str]:
    return [line.plain for line in series_table(series, Layout(lang, width, terminal))]


def test_a_row_has_every_column_and_the_figures_of_its_period():
    january, _, _ = relation_rows(SERIES)
    assert list(january) == list(RELATIONS)
    assert (january["source"], january["target"]) == ("IRQ", "RUS")
    assert (january["acts"], january["reports"], january["articles"], january["share"]) == (3, 7, 1400, 5.1235)
    assert (january["verbal_cooperation"], january["material_conflict"], january["verbal_conflict"]) == (2, 1, 0)
    assert (january["planned"], january["contested"], january["denied"]) == (4, 1, 0)
    assert (january["voice_report"], january["voice_reading"], january["voice_verbatim"]) == (5, 2, 0)
    assert (january["consult"], january["assault"], january["aid"]) == (2, 1, 0)
    assert {kind.value.lower() for kind in EventType} < set(RELATIONS)


def test_every_figure_of_a_relation_has_its_columns():
    split = {"quads", "types", "others", "voices"}
    assert {field.name for field in fields(Relation)} - split <= set(RELATIONS)
    assert all(column.en and column.ar and column.en != column.ar for column in RELATIONS.values())
    assert len({column.en for column in RELATIONS.values()}) == len(RELATIONS)


def test_what_is_not_known_is_none_and_a_nought_is_a_nought():
    _, hole, quiet = relation_rows(SERIES)
    known = {name for name, value in hole.items() if value is not None}
    assert known == {"source", "target", "first", "last", "articles"}
    assert all(value is not None for value in quiet.values())
    assert (quiet["acts"], quiet["assault"], str(quiet["deviation"])) == (0, 0, "0.0")


def test_rows_may_be_those_of_several_series():
    assert [row["first"].month for row in relation_rows([*SERIES.periods, QUIET])] == [1, 2, 3, 3]


def test_rows_go_to_csv_json_lines_and_frames():
    out = io.StringIO()
    assert write_csv(relation_rows(SERIES), out, columns=RELATIONS) == 3
    _, january, hole, _ = out.getvalue().splitlines()
    assert january.startswith("IRQ,RUS,2026-01-01,2026-01-31,3,7,1400,5.1235,-4.8,1.25,1.0049,2,")
    assert hole.startswith("IRQ,RUS,2026-02-01,2026-02-28,,,0,,,,,,")
    out = io.StringIO()
    write_jsonl(relation_rows(SERIES), out)
    assert [json.loads(line)["acts"] for line in out.getvalue().splitlines()] == [3, None, 0]
    pytest.importorskip("pyarrow")
    frame = table(relation_rows(SERIES), RELATIONS)
    assert frame.column_names == list(RELATIONS)
    assert frame["acts"].to_pylist() == [3, None, 0]
    assert str(frame.schema.field("first").type) == "date32[day]"


def test_a_line_of_json_says_what_was_read_and_how_it_was_worked_out():
    line = series_line(SERIES)
    assert line.endswith(b"\n") and line.count(b"\n") == 1
    found = json.loads(line)
    assert found == json.loads(json.dumps(series_record(SERIES), default=str))
    assert (found["by"], found["mutual"], found["method"]) == ("month", False, "a method")
    assert found["coverage"] == {
        "articles": 1490, "sources": 3, "countries": {"IRQ": 1400, "": 90}, "missing": ["RUS"],
    }  # fmt: skip
    january, hole, _ = found["periods"]
    assert (january["first"], january["types"], january["share"]) == (
        "2026-01-01",
        {"CONSULT": 2, "ASSAULT": 1},
        5.1235,
    )
    assert (hole["acts"], hole["share"], hole["types"]) == (None, None, {})


def test_a_table_has_a_line_a_period_with_dashes_for_what_is_not_known():
    text = printed()
    assert text[0] == "IRQ Iraq → RUS Russia"
    assert "1,490" in text[1] and "3" in text[1]
    assert text[2] == "country: IRQ 1,400 · unknown 90"
    assert text[3].endswith(": RUS")
    (january,) = (line for line in text if line.startswith("2026-01 "))
    assert re.fullmatch(r"2026-01 +3 +7 +1,400 +5\.1 +-4\.8 +1\.2 +\+1\.0  █+ *", january)
    (hole,) = (line for line in text if line.startswith("2026-02 "))
    assert re.fullmatch(r"2026-02 +— +— +0 +— +— +— +— *", hole)
    (quiet,) = (line for line in text if line.startswith("2026-03-01 "))
    assert re.fullmatch(r"2026-03-01 – 03-09 +0 +0 +90 +0\.0 +0\.0 +0\.9 +0\.0 *", quiet)
    assert "planned: 4" in text[-2] and "contested: 1" in text[-2]
    assert text[-1] == "a method"


def test_columns_stand_under_each_other_in_both_languages():
    for lang in ("en", "ar"):
        text = printed(lang=lang)
        rows = [line for line in text if line.startswith("2026")]
        assert len({cell_len(line) for line in rows}) == 1
        head = text[text.index(rows[0]) - 1]
        assert cell_len(head) <= cell_len(rows[0])


def test_both_directions_together_and_days_are_told_as_such():
    both = Series(
        **{field.name: getattr(SERIES, field.name) for field in fields(Series)} | {"mutual": True, "by": "day"}
    )
    text = printed(both)
    assert " ↔ " in text[0]
    assert any(re.match(r"2026-01-01 {2,}", line) for line in text)


def test_the_arabic_table_is_arabic_but_for_codes_and_isolated_on_a_terminal():
    plain = printed(lang="ar")
    assert plain[0] == "IRQ العراق ← RUS روسيا"
    for line in printed(lang="ar", terminal=True):
        assert line.count(RLI) + line.count(LRI) == line.count(PDI)
        assert cell_len(line) <= 110
    assert not any(mark in "".join(plain) for mark in (RLI, LRI, PDI))


def test_a_narrow_terminal_gets_no_bar_but_every_figure():
    wide, narrow = printed(width=110), printed(width=40)
    assert any("█" in line for line in wide) and not any("█" in line for line in narrow)
    assert [line.split("█")[0].split() for line in wide] == [line.split() for line in narrow]


def test_names_from_outside_command_no_terminal():
    evil = Coverage(articles=1, sources=1, countries={"\x1b[31mX": 1}, missing=("Y\u202e",))
    shown = "\n".join(printed(Series(source="A\x1b[2J", target="B\u202e", by="day", mutual=False, periods=(),
                                     coverage=evil, method="m")))  # fmt: skip
    assert "\x1b" not in shown and "\u202e" not in shown


@pytest.mark.parametrize("mirrored", [False, True])
def test_bars_grow_with_the_count_and_stay_in_their_room(mirrored):
    lengths = [cell_len(bar(n, 500, 12, mirrored=mirrored)) for n in range(501)]
    assert lengths == sorted(lengths)
    assert (lengths[0], lengths[1], lengths[-1]) == (0, 1, 12)


def test_printing_changes_nothing():
    console = Console(file=io.StringIO(), width=110)
    for line in series_table(SERIES, Layout("en", 110, False)):
        console.print(line, soft_wrap=True)
    assert console.file.getvalue().splitlines() == printed()
