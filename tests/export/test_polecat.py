import io
from dataclasses import replace
from datetime import date

import pytest
import world
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.export.polecat import COLUMNS, LONGEST, _cow, read, write
from marsad.knowledge.countries import countries
from marsad.types import Article, Coding, Event, Kind, Name, Report, Skipped, Source, Span, Status

CODING = world.handmade()
#: The header of the published files, written out: a change of ours must not change both.
HEADER = (
    "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\t"
    "Actor Name\tActor Country\tActor COW\tPrimary Actor Sector\tActor Sectors\tActor Title\tActor Name Raw\t"
    "Wikipedia Actor ID\tRecipient Name\tRecipient Country\tRecipient COW\tPrimary Recipient Sector\t"
    "Recipient Sectors\tRecipient Title\tRecipient Name Raw\tWikipedia Recipient ID\t"
    "Placename\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\tGeoNames ID\tRaw Placename\t"
    "Feature Type\tSource\tPublication Date\tStory People\tStory Organizations\tStory Locations\tLanguage\tVersion"
)


def written(*given: Report, **options: object) -> str:
    out = io.StringIO()
    write(given, out, **options)
    return out.getvalue()


def back(text: str) -> list[dict[str, str]]:
    found = list(read(text.splitlines(keepends=True)))
    assert not [row for row in found if isinstance(row, Skipped)]
    return found


def reports(coding: Coding = CODING) -> list[Report]:
    return [Report(event=event, article=coding.article) for event in coding.events]


def by_trigger(coding: Coding, words: str) -> Report:
    event = next(event for event in coding.events if event.trigger.of(coding.article.text) == words)
    return Report(event=event, article=coding.article)


def one(event: Event, **facts: object) -> dict[str, str]:
    article = replace(CODING.article, **facts)
    (row,) = back(written(Report(event=event, article=article), statuses=set(Status)))
    return row


def test_the_header_is_that_of_the_published_files_and_stands_once():
    lines = written(*reports()).splitlines()
    assert lines[0] == HEADER and len(COLUMNS) == 40
    assert sum(line == HEADER for line in lines) == 1
    assert written() == HEADER + "\n"


def test_what_happened_is_written_and_no_more_unless_it_is_asked_for():
    actual = [event.id for event in CODING.events if event.status is Status.ACTUAL]
    assert [row["Event ID"] for row in back(written(*reports()))] == actual
    assert len(back(written(*reports(), statuses=set(Status)))) == len(CODING.events)
    assert len(back(written(*reports(), statuses={Status.DENIED}))) == 1


def test_withdrawn_reports_are_left_out_unless_asked_for():
    gone = [replace(report, withdrawn=True) for report in reports()]
    assert back(written(*gone)) == []
    assert back(written(*gone, withdrawn=True)) == back(written(*reports()))


def test_a_row_in_the_words_of_polecat(known):
    row = back(written(by_trigger(known, "التقى")))[0]
    assert (row["Event Type"], row["Quad Code"], row["Intensity"]) == ("CONSULT", "VERBAL COOPERATION", "2.1")
    assert (row["Actor Name"], row["Actor Title"]) == ("Andrei Vorobyov", "Deputy Minister of Defence")
    assert (row["Actor Country"], row["Actor COW"], row["Recipient COW"]) == ("RUS", "365", "625")
    assert row["Primary Actor Sector"] == row["Actor Sectors"] == "GOV"
    assert row["Actor Name Raw"] == "نائب وزير الدفاع الروسي، أندريه فوروبيوف"
    assert (row["Event Date"], row["Publication Date"], row["Language"]) == ("2026-03-05", "2026-03-05", "ar")
    assert row["Version"] == world.NAME


def test_our_additions_become_what_polecat_has():
    sanctions = next(event for event in CODING.events if event.mode == "sanctions")
    refusal = next(event for event in CODING.events if event.mode == "comment")
    assert one(sanctions)["Event Mode"] == "discontinue"
    assert (one(refusal)["Event Type"], one(refusal)["Event Mode"]) == ("REJECT", "")
    contexts = ("arms-trade", "military", "energy", "human-rights", "no-such")
    assert one(replace(refusal, contexts=contexts))["Contexts"] == "military|resource|human_rights"


def test_several_actors_stand_in_one_field_in_step():
    text = "زارت روسيا والجانبان العراق."
    russia = replace(CODING.mentions[0], span=Span(5, 10), kind=Kind.STATE)
    sides = replace(CODING.mentions[8], span=Span(11, 20), sector=None)
    event = replace(CODING.events[0], trigger=Span(0, 4), actors=(russia, sides), recipients=())
    (row,) = back(written(Report(event=event, article=Article(id="a", text=text))))
    assert row["Actor Name"] == "Russia; والجانبان"
    assert (row["Actor Country"], row["Actor COW"], row["Actor Sectors"]) == ("RUS; None", "365; None", "MIL; None")
    assert (row["Recipient Name"], row["Recipient Country"]) == ("", "")


def test_a_name_with_a_separator_stays_one_name():
    name = Name("", 'Bank; "of" | Nowhere')
    actor = replace(CODING.events[0].actors[0], person=None, office=name)
    row = one(replace(CODING.events[0], actors=(actor,)))
    assert row["Actor Name"] == "Bank, ”of” / Nowhere"


def test_the_day_is_that_of_publication_where_no_other_is_known():
    event = replace(CODING.events[0], day=None)
    assert one(event)["Event Date"] == "2026-03-05"
    assert one(event, published=None)["Event Date"] == ""
    assert one(replace(event, day=date(2026, 2, 1)))["Event Date"] == "2026-02-01"


def test_places_are_towns_provinces_and_countries():
    text = "قصف في الموصل وفي العراق"
    town = replace(CODING.mentions[25], span=Span(7, 13), country="IRQ")
    state = replace(town, span=Span(18, 24), kind=Kind.STATE)
    event = replace(CODING.events[0], trigger=Span(0, 3), actors=(), recipients=(), place=town)
    article = Article(id="a", text=text)
    (row,) = back(written(Report(event=event, article=article)))
    assert (row["City"], row["Country"], row["Feature Type"]) == ("Mosul", "IRQ", "PPL")
    assert row["GeoNames ID"].isdecimal() and row["Latitude"].startswith("36.")
    assert row["Raw Placename"] == "الموصل"
    (row,) = back(written(Report(event=replace(event, place=state), article=article)))
    assert (row["Placename"], row["City"], row["Feature Type"]) == ("Iraq", "", "PCLI")


def test_the_story_is_what_the_events_of_the_article_name(known):
    found = back(written(*reports(known)))
    assert len({row["Story People"] for row in found}) == 1
    assert "Andrei Vorobyov" in found[-1]["Story People"]
    assert "Sudan" in found[0]["Story Locations"] and "Rapid Support Forces" in found[0]["Story Organizations"]


def test_the_name_of_the_source_is_taken_where_there_is_one():
    report = Report(event=CODING.events[0], article=CODING.article, source=Source(id="x", name="Agency\tX"))
    assert back(written(report))[0]["Source"] == "Agency X"


def test_state_numbers_are_of_states_that_we_know():
    assert set(_cow()) <= set(countries())
    assert (_cow()["IRQ"], _cow()["DEU"], _cow()["YEM"]) == ("645", "255", "679")
    shared = [number for number in _cow().values() if list(_cow().values()).count(number) > 1]
    assert set(shared) == {"345", "365", "816"}


@settings(max_examples=50)
@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_whatever_stands_in_it_a_row_has_forty_fields_and_comes_back(said, source, coder):
    article = Article(id="a", text=f"x{said}y", source=source, language="ar")
    actor = replace(CODING.mentions[0], span=Span(0, len(article.text)))
    event = replace(CODING.events[0], trigger=Span(0, 1), actors=(actor,), recipients=(), coder=coder)
    text = written(Report(event=event, article=article))
    text.encode()
    lines = text.split("\n")
    assert len(lines) == 3 and lines[2] == "" and lines[1].count("\t") == 39
    assert '"' not in lines[1] and len(text.splitlines()) == 2
    fields = lines[1].split("\t")
    assert list(back(text)[0].values()) == ["" if field == "None" else field for field in fields]


def line(**fields: str) -> str:
    return "\t".join(fields.get(column.replace(" ", "_"), "") for column in COLUMNS)


ROW = line(Event_ID="1", Event_Type="CONSULT", Actor_Name="Iraq", Language="ar", Version="v")


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_a_file_is_read_with_a_header_and_without(end):
    for lines in ([HEADER + end, ROW + end], ["\ufeff" + HEADER, ROW], ["#!" + HEADER, ROW], [ROW + end]):
        (row,) = read(lines)
        assert (row["Event ID"], row["Actor Name"], list(row)) == ("1", "Iraq", list(COLUMNS))


def test_the_newer_name_of_intensity_is_known():
    (row,) = read([HEADER.replace("Intensity", "Event Intensity"), line(Intensity="-9.0")])
    assert row["Intensity"] == "-9.0"


def test_a_header_that_names_more_columns_than_there_are_fields_is_told_and_the_rows_are_read():
    told, row = read([HEADER + "\tHeadline\tEvent Text", ROW])
    assert isinstance(told, Skipped) and told.code == "format" and "Headline" in told.message
    assert row["Version"] == "v"


def test_columns_in_another_order_are_put_right():
    names = HEADER.split("\t")
    (row,) = read(["\t".join(reversed(names)), "\t".join(reversed(ROW.split("\t")))])
    assert (row["Event ID"], list(row)) == ("1", list(COLUMNS))


def test_a_missing_column_is_told_and_is_empty():
    names = HEADER.split("\t")[:-1]
    told, row = read(["\t".join(names), "\t".join(ROW.split("\t")[:-1])])
    assert "Version is missing" in told.message
    assert (row["Version"], row["Language"]) == ("", "ar")


def test_excess_tabs_are_no_fault_and_excess_words_are():
    assert [row["Event ID"] for row in read([HEADER + "\t\t", ROW + "\t\t\t"])] == ["1"]
    (told,) = read([HEADER, ROW + "\twords"], where="a.txt")
    assert (told.code, told.line, told.where) == ("format", 2, "a.txt")
    assert told.message.startswith("a.txt, line 2: 41 fields")


def test_a_broken_row_is_told_and_the_next_is_read():
    half = len(ROW) // 2
    found = list(read([HEADER, ROW[:half], ROW[half:], ROW, "", "x" * (LONGEST + 1), ROW]))
    assert [one.code if isinstance(one, Skipped) else one["Event ID"] for one in found] == [
        "format",
        "format",
        "1",
        "size",
        "1",
    ]


def test_quotation_marks_around_a_field_fall_and_none_is_empty():
    (row,) = read([line(Event_ID='"a ""b"""', Actor_Country="None", Recipient_Country="USA; None")])
    assert (row["Event ID"], row["Actor Country"], row["Recipient Country"]) == ('a "b"', "", "USA; None")


def test_a_header_in_the_middle_of_joined_files_is_no_row():
    assert len(list(read([HEADER, ROW, HEADER, ROW]))) == 2
    assert list(read([])) == []
