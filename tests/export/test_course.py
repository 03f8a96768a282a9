"""A course as rows, as objects of JSON, and for a terminal: each rung with its sentence, both ladders side by side."""

import io
import re

import msgspec
import pytest
from courses import HOSTILE, STORY, cited, made, reached
from rich.cells import cell_len
from rich.console import Console

from marsad.export.cited import Cited
from marsad.export.course import RUNGS, course_record, rung_row, rung_rows
from marsad.export.course_table import course_lines, rung_lines, title
from marsad.export.rows import write_csv
from marsad.export.table import LRI, PDI, RLI, Layout
from marsad.types import Article, Course, Span

CONSOLE = Console(width=110)


def shown(course=None, lang="en", width=110, terminal=False, text="Some words of the paper.", left=0):
    course = made(*STORY) if course is None else course
    layout = Layout(lang, width, terminal)
    lines = course_lines(course, cited(course.reached, text), layout, CONSOLE, left=left)
    return [line.plain for line in lines]


def test_a_row_has_every_column_with_the_words_and_where_they_stand():
    rows = list(rung_rows(made(*STORY), cited(STORY)))
    assert len(rows) == len(STORY) and all(list(row) == list(RUNGS) for row in rows)
    assert all(column.en and column.ar and column.en != column.ar for column in RUNGS.values())
    (contract,) = (row for row in rows if row["rung"] == "L6" and row["turn"] == "reached")
    assert (contract["name"], contract["level"], contract["items"], contract["party"]) == (
        "contract", 6, ["RUS.PANTSIR-S1"], "IRQ.GOV.MOD",
    )  # fmt: skip
    assert (contract["sentence"], contract["source"]) == ("Some words of the paper.", "A paper")
    (visit,) = (row for row in rows if row["rung"] == "L3")
    assert (visit["speaker"], visit["speaker_id"], visit["voice"]) == ("Some", "RUS.GOV.MFA", "paraphrase")
    assert [row["day"] for row in rows][-1] is None


def test_a_rung_whose_article_is_not_there_has_no_words():
    row = rung_row(STORY[2], {})
    assert (row["sentence"], row["speaker"], row["source"], row["speaker_id"]) == (None, None, None, "RUS.GOV.MFA")


def test_rows_go_to_csv_and_hostile_words_become_no_formula():
    out = io.StringIO()
    assert write_csv(rung_rows(made(*STORY), cited(STORY, "=1+1 " + HOSTILE)), out, columns=RUNGS) == len(STORY)
    assert ",'=1+1" in out.getvalue() and "\x00" not in out.getvalue()


def test_the_object_of_json_has_the_standing_and_every_rung():
    found = msgspec.json.decode(msgspec.json.encode(course_record(made(*STORY), cited(STORY), "ar")))
    assert (found["near"], found["counterpart"], found["sanctioner"]) == ("IRQ", "RUS", "USA")
    assert set(found["standing"]) == {"L", "W", "R"}
    ladder = found["standing"]["L"]
    assert (ladder["highest"]["rung"], ladder["since"]) == ("L4", "2024-04-01")
    assert ladder["unconfirmed"]["rung"] == "L8" and ladder["first"]["6"] == "2024-06-01"
    assert [one["name"] for one in found["rungs"] if one["rung"] == "L6"] == ["عقد", "عقد"]
    assert all((one["start"], one["stop"]) == (0, 4) and one["rungs"] == [one["id"]] for one in found["rungs"])


def test_the_sentence_is_the_one_that_the_rung_stands_in():
    text = "A title\n\nFirst things first. Then they\nsigned   it. And went."
    at = text.index("signed")
    article = Article(id="a", text=text, title=Span(0, 7), language="en", url="https://one.example/1")
    rung = reached("L6", "2024-06-01").rung
    rung = type(rung)(**{f: getattr(rung, f) for f in rung.__slots__} | {"span": Span(at, at + 6)})
    one = Cited(rung=rung, article=article)
    assert one.words == "Then they signed it." and one.publisher == "https://one.example/1"


# --- on a terminal ---------------------------------------------------------------------------------------------------


def test_where_the_pair_stands_comes_first():
    text = shown()
    assert re.fullmatch(
        r"Rapprochement · L4 consultations or negotiation since 2024-04-01 \(\d+ days\) · unconfirmed: L8 delivery · "
        r"latest: L6 contract \(called off\)",
        " ".join(text[0:2]).removesuffix(" 2025-02-01"),
    )
    assert any(line.startswith("Warning · W8 imposition since 2024-11-01") for line in text)
    assert title(made(*STORY), "ar") == "العراق – روسيا · الولايات المتحدة"


def test_both_ladders_stand_side_by_side_each_rung_with_its_sentence():
    text = shown()
    (visit,) = (n for n, line in enumerate(text) if " L3 " in line)
    (threat,) = (n for n, line in enumerate(text) if line.startswith("2024-07-01"))
    assert text[visit].startswith("2024-03-05    L3 high-level visit")
    assert text[visit + 1].strip() == "paraphrased: foreign ministry, Russia · A paper"
    assert text[visit + 2] == " " * 12 + "Some words of the paper."
    assert text[threat].index("W5") > 55 and text[threat + 2].index("Some words") == 61
    assert sum("Some words" in line for line in text) == len(STORY)


def test_signs_tell_what_is_open_put_off_called_off_and_recalled():
    text = "\n".join(shown())
    assert "○ L8 delivery" in text and "‖ L8 delivery" in text and "✕ L6 contract" in text
    assert "a reading of it · unconfirmed" in text and "reported as fact · recalled" in text
    assert re.search(r"^2024  +L1", text, re.MULTILINE) and re.search(r"^–  +L2", text, re.MULTILINE)


def test_on_a_narrow_terminal_a_sentence_has_the_whole_width():
    text = shown(width=80, text="word " * 30 + "end.")
    words = [line for line in text if "word word" in line]
    assert {len(line) - len(line.lstrip()) for line in words} == {12}
    assert max(map(cell_len, words)) > 70 and max(map(cell_len, text)) <= 80


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("width", [60, 80, 110])
@pytest.mark.parametrize("text", ["word " * 30 + "end.", "كلام " * 30 + "انتهى."])
def test_no_line_is_wider_than_the_terminal_and_marks_are_closed(lang, width, text):
    for line in shown(lang=lang, width=width, terminal=True, text=text):
        assert cell_len(line) <= width
        assert line.count(RLI) + line.count(LRI) == line.count(PDI)


def test_a_sentence_stays_in_its_column_whichever_way_it_runs():
    story = made(reached("L3", "2024-03-05"), reached("W5", "2024-03-06"))
    found = [Cited(rung=one.rung, article=Article(id="a", text="short words.", language="en"))
             for one in story.reached]  # fmt: skip
    lines = course_lines(story, {one.rung.id: one for one in found}, Layout("ar", 110, True), CONSOLE)
    first, second = (line.plain.index("short") for line in lines if "short" in line.plain)
    # The first column is at the right edge of an Arabic terminal.
    assert first > 49 and second < 10


def test_words_from_outside_command_no_terminal():
    story = made(*STORY)
    for lang in ("en", "ar"):
        seen = cited(STORY, HOSTILE, HOSTILE)
        text = "".join(line.plain for line in course_lines(story, seen, Layout(lang, 110, False), CONSOLE))
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)
        assert "<script>" in text


def test_without_a_rung_that_is_said():
    assert shown(made()) == ["No rung on either ladder."]
    assert shown(made(), lang="ar") == ["لا درجة على أي من السلّمين."]


def test_with_one_ladder_there_is_one_column():
    text = shown(made(reached("W5", "2024-07-01")))
    assert any(line.startswith("2024-07-01    W5") for line in text)


def test_what_was_not_read_is_told():
    assert "rungs that were too many to show one by one: 1,234" in shown(left=1234)


def test_rungs_of_one_article_say_whom_they_are_about():
    story = [reached("L3", "2024-03-05"), reached("W5", "2024-03-06")]
    text = "\n".join(line.plain for line in rung_lines(story, cited(story), Layout(), CONSOLE, alone=True))
    assert "Iraq – Russia · reported as fact\n" in text
    assert "United States → Iraq (Russia) · reported as fact" in text and "A paper" not in text


def test_a_side_that_no_table_knows_is_told_by_its_id():
    nobody = Course(near="XXX.A", counterpart="XXX.B", sanctioner=None, since=None, until=made().until, reached=(),
                    standing={})  # fmt: skip
    assert title(nobody, "en") == "XXX.A – XXX.B"
