"""Changes as rows, as objects of JSON, and for a terminal."""

import io
import re
from datetime import date

import msgspec
import pytest
from rich.cells import cell_len
from rich.console import Console

from marsad.export.changes import CHANGES, change_lines, change_records, change_rows
from marsad.export.rows import write_csv
from marsad.export.table import LRI, PDI, RLI, Layout
from marsad.types import Change

MORE = Change(
    source="IRQ", target="RUS", quad="material-cooperation", day=date(2024, 6, 1), found=date(2024, 6, 8),
    before=0.0512, after=0.91234, strength=0.98765, occurrences=("a", "b"),
)  # fmt: skip
LESS = Change(
    source="RUS.GOV.MFA", target="IRQ", quad="verbal-conflict", day=date(2024, 7, 1), found=date(2024, 7, 9),
    before=2.0, after=0.5, strength=0.9,
)  # fmt: skip


def shown(lang="en", width=140, terminal=False, given=(MORE, LESS)):
    lines = change_lines(given, Layout(lang, width, terminal), Console(width=width))
    return [line.plain for line in lines]


def test_a_row_has_every_field_of_a_change():
    first, second = change_rows([MORE, LESS])
    assert list(first) == list(CHANGES) == list(Change.__slots__)
    assert (first["before"], first["after"], first["strength"]) == (0.051, 0.912, 0.988)
    assert first["occurrences"] == ["a", "b"] and second["occurrences"] == []
    out = io.StringIO()
    write_csv(change_rows([MORE]), out, columns=CHANGES)
    assert out.getvalue().splitlines()[1] == (
        "IRQ,RUS,material-cooperation,2024-06-01,2024-06-08,0.051,0.912,0.988,a|b"
    )


def test_the_object_of_json_is_the_change():
    (found,) = change_records([MORE])
    assert msgspec.convert(msgspec.json.decode(msgspec.json.encode(found)), Change) == MORE


def test_a_line_says_since_when_between_whom_of_what_and_how_much():
    first, second = shown()
    assert first == (
        "2024-06-01  more from here on  Iraq → Russia  cooperation in deeds  0.05 → 0.91 a day  known on 2024-06-08"
    )
    assert "less from here on  foreign ministry, Russia → Iraq" in second and "2.00 → 0.50" in second


def test_in_arabic_the_arrows_turn_round():
    first, _ = shown("ar")
    assert first.startswith("2024-06-01  زيادة من هنا  العراق ← روسيا") and "0.05 ← 0.91" in first


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("width", [50, 80])
def test_lines_fit_and_marks_are_closed(lang, width):
    lines = shown(lang, width, terminal=True)
    assert all(cell_len(line) <= width for line in lines)
    whole = "".join(lines)
    assert whole.count(RLI) + whole.count(LRI) == whole.count(PDI)


def test_an_id_from_outside_commands_no_terminal():
    evil = Change(**{f: getattr(MORE, f) for f in Change.__slots__} | {"source": "X\x1b[2J\u202e"})
    assert not re.search("[\x1b\u202e]", "".join(shown(given=[evil])))
