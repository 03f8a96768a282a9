import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import world
from hypothesis import given
from hypothesis import strategies as st

from marsad.export.rows import BETWEEN, COLUMNS, LONGEST, cell, clean, counts, rows, write_csv, write_jsonl
from marsad.types import Article, Coding, EventType, Evidence, Occurrence, Outcome, Report, Source, Span, Voice

CODING = world.handmade()
SOURCE = Source(id="example.org", name="وكالة مختلَقة", country="SDN")


def reports(coding: Coding = CODING, **options: object) -> list[Report]:
    return [Report(event=event, article=coding.article, source=SOURCE, **options) for event in coding.events]


def test_every_event_is_a_row_with_every_column_in_order():
    found = list(rows(reports()))
    assert [row["event"] for row in found] == [event.id for event in CODING.events]
    assert all(list(row) == list(COLUMNS) for row in found)


def test_a_row_says_who_did_what_to_whom_in_whose_words(known):
    row = next(row for row in rows(reports(known)) if row["trigger"] == "التقى")
    assert row["actors"] == ["RUS.GOV.MOD"] and row["recipients"] == ["SDN.GOV.MOD"]
    assert row["actor_countries"] == ["RUS"] and row["recipient_sectors"] == ["GOV"]
    assert row["recipient_words"] == ["وزير الدفاع السوداني، ياسين الطاهر"]
    assert row["sentence"].startswith("الخرطوم (وكالة مختلَقة)") and "التقى خلالها" in row["sentence"]
    assert (row["type"], row["quad"], row["intensity"]) == ("CONSULT", "verbal-cooperation", 2.1)
    assert (row["source"], row["source_name"], row["source_country"]) == ("example.org", "وكالة مختلَقة", "SDN")
    assert (row["published"], row["day"], row["day_precision"]) == (date(2026, 3, 5), date(2026, 3, 5), "article")


def test_a_shelling_has_place_amounts_and_speaker(known):
    row = next(row for row in rows(reports(known)) if row["mode"] == "heavy-weapons")
    assert (row["place"], row["place_country"], row["speaker"]) == ("دارفور", "SDN", "لجنة محلية")
    assert row["amounts"][:2] == ["5", "4,200,000,000 USD"]
    assert row["day_precision"] == "week"


def test_a_place_lies_where_its_country_says():
    text = "قصفت الطائرات مدينة طرابلس."
    start = text.index("طرابلس")
    place = replace(CODING.mentions[25], span=Span(start, start + 6))
    event = replace(CODING.events[0], trigger=Span(0, 4), actors=(), recipients=(), place=place)
    at = {}
    for country in ("LBN", "LBY", "EGY"):
        one = replace(event, place=replace(place, country=country))
        (row,) = rows([Report(event=one, article=Article(id="a", text=text))])
        at[country] = (row["latitude"], row["longitude"])
    assert at["LBN"][1] == pytest.approx(35.8, abs=0.2) and at["LBY"][1] == pytest.approx(13.2, abs=0.2)
    assert at["EGY"] == (None, None)


def test_a_quotation_is_given_where_the_words_are_verbatim():
    text = "قال الوزير: «زرنا بغداد أمس مع الوفد كله»."
    inside = Span(text.index("زرنا"), text.index("»"))
    event = replace(
        CODING.events[0],
        trigger=Span(inside.start, inside.start + 4),
        actors=(),
        recipients=(),
        voice=Voice.VERBATIM,
        evidence=(Evidence(part="voice", span=inside, why="in-quotation"),),
    )
    article = Article(id="a", text=text)
    (row,) = rows([Report(event=event, article=article)])
    assert row["quotation"] == "زرنا بغداد أمس مع الوفد كله"
    (row,) = rows([Report(event=replace(event, voice=Voice.READING), article=article)])
    assert row["quotation"] is None


def test_who_is_unknown_leaves_an_empty_element_so_that_lists_stay_in_step():
    row = next(row for row in rows(reports()) if row["trigger"] == "اتفقا")
    assert [len(row[f"actor{name}"]) for name in ("s", "_countries", "_sectors", "_words")] == [1, 1, 1, 1]
    assert row["actors"] == [""] and row["actor_words"] == ["الجانبين"]


def test_occurrence_withdrawal_and_time_are_those_of_the_report():
    fetched = datetime(2026, 3, 6, 4, 5, tzinfo=UTC)
    occurrence = Occurrence(id="o", story="s", type=EventType.CONSULT, status=Outcome.ACTUAL, reports=("1", "2"))
    report = Report(
        event=CODING.events[0],
        article=replace(CODING.article, fetched=fetched),
        occurrence="o",
        withdrawn=True,
    )
    (row,) = rows([report], counts([occurrence]))
    assert (row["occurrence"], row["reports"], row["withdrawn"], row["updated"]) == ("o", 2, True, fetched)
    (row,) = rows([report])
    assert row["reports"] is None


def test_a_sentence_as_long_as_a_book_is_cut_around_its_trigger():
    text = "كلمة " * 20_000 + "زارت " + "كلمة " * 20_000
    event = replace(CODING.events[0], trigger=Span(100_000, 100_004), actors=(), recipients=())
    (row,) = rows([Report(event=event, article=Article(id="a", text=text))])
    assert len(row["sentence"]) <= LONGEST and "زارت" in row["sentence"]


@given(st.text())
def test_cleaned_text_is_one_line_that_utf_8_can_write(text):
    found = clean(text)
    found.encode()
    assert found == clean(found)
    assert not set(found) & set("\t\n\r\0\x0b\x0c\x1c\x85\u2028\u2029")


def test_csv_can_be_read_back():
    out = io.StringIO(newline="")
    assert write_csv(rows(reports()), out) == len(CODING.events)
    found = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert list(found[0]) == list(COLUMNS)
    assert found[0]["trigger"] == "يزور" and found[0]["actors"] == "RUS" and found[0]["withdrawn"] == "false"
    assert {len(row) for row in csv.reader(io.StringIO(out.getvalue()))} == {len(COLUMNS)}


def test_csv_has_a_byte_order_mark_only_where_it_is_asked_for():
    with_mark, without = io.StringIO(), io.StringIO()
    assert write_csv([], with_mark, bom=True) == write_csv([], without) == 0
    assert with_mark.getvalue() == "\ufeff" + without.getvalue() == "\ufeff" + ",".join(COLUMNS) + "\n"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_no_text_is_a_formula(start):
    assert cell(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"
    assert cell([f"{start}1", "b"]).startswith("'")


def test_numbers_stay_numbers_and_a_mark_within_an_element_is_none():
    assert [cell(one) for one in (-9.3, -1, 0, None, False)] == ["-9.3", "-1", "0", "", "false"]
    assert cell(["a|b", "c"]).split(BETWEEN) == ["a/b", "c"]
    assert cell(datetime(2026, 3, 5, 6, 7, tzinfo=UTC)) == "2026-03-05T06:07:00Z"
    assert cell("a\0b\ud800") == "a b\ufffd"


def test_json_lines_keep_types():
    out = io.StringIO()
    assert write_jsonl(rows(reports()), out) == len(CODING.events)
    row = json.loads(out.getvalue().splitlines()[0])
    assert row["actors"] == ["RUS"] and row["latitude"] is None and row["day"] == "2026-03-05"
    assert "وفد عسكري روسي" in out.getvalue()


def test_every_column_is_explained_in_both_languages():
    for column in COLUMNS.values():
        assert column.en and any("\u0600" <= letter <= "\u06ff" for letter in column.ar)


def test_no_report_gives_no_row():
    assert list(rows([])) == []
