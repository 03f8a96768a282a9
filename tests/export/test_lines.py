import json
from dataclasses import replace

import world

from marsad.export.lines import line, record
from marsad.types import Amount, Skipped, Span

CODING = world.handmade()
TEXT = CODING.article.text


def written(item) -> dict:
    data = line(item)
    assert data.endswith(b"\n") and data.count(b"\n") == 1
    return json.loads(data)


def test_the_keys_are_those_of_the_format_in_their_order():
    made = written(CODING)
    assert list(made) == ["id", "article", "language", "coder", "title", "sentences", "mentions", "events"]
    assert list(made["mentions"][0]) == ["start", "stop", "text", "kind", "actor", "country", "sector", "score", "why"]
    plain = next(event for event in made["events"] if "items" not in event and "about" not in event)
    assert list(plain) == [
        "id", "sentence", "type", "mode", "status", "contexts", "trigger", "actors", "recipients", "speaker", "voice",
        "day", "precision", "place", "score", "evidence",
    ]  # fmt: skip
    assert list(plain["trigger"]) == ["start", "stop", "text"]
    assert list(plain["evidence"][0]) == ["part", "start", "stop", "why"]
    placed = next(event["place"] for event in made["events"] if event["place"])
    assert list(placed) == ["start", "stop", "country"]


def test_every_offset_counts_code_points_of_the_text():
    made = written(CODING)
    for one in [*made["mentions"], *(event["trigger"] for event in made["events"])]:
        assert TEXT[one["start"] : one["stop"]] == one["text"]
    start, stop = made["title"]
    assert TEXT[start:stop] == "وفد عسكري روسي يزور الخرطوم لبحث صفقة دفاع جوي وواشنطن تحذّر"
    assert made["sentences"][0] == [0, stop]


def test_parties_are_indexes_into_the_mentions():
    made = written(CODING)
    sanction = next(e for e in made["events"] if e["type"] == "SANCTION" and e["status"] == "ACTUAL")
    names = made["mentions"]
    assert [names[n]["country"] for n in sanction["actors"]] == ["USA"]
    assert [names[n]["country"] for n in sanction["recipients"]] == ["TUR"]
    assert names[sanction["speaker"]]["text"] == "صحيفة «النيل الجديد»"
    assert [names[n]["kind"] for n in sanction["items"]] == ["ARMS"]


def test_a_denial_names_the_event_that_it_is_about():
    made = written(CODING)
    denial = next(e for e in made["events"] if (e["type"], e["mode"]) == ("REJECT", "deny"))
    (denied,) = [e for e in made["events"] if e["id"] == denial["about"]]
    assert (denied["type"], denied["status"]) == ("SANCTION", "DENIED")


def test_days_scores_and_what_is_unknown():
    event = replace(CODING.events[0], score=0.123456789, day=None, mode=None)
    made = written(replace(CODING, events=(event,)))["events"][0]
    assert (made["score"], made["day"], made["mode"], made["speaker"], made["place"]) == (
        0.1235,
        None,
        None,
        None,
        None,
    )
    assert written(CODING)["events"][0]["day"] == "2026-03-05"


def test_an_unmeasured_language_is_marked_and_only_then():
    assert "measured" not in written(CODING)
    assert written(replace(CODING, measured=False))["measured"] is False


def test_what_was_skipped_is_an_error_on_its_line():
    item = Skipped(code="format", message="a: «لا»", given="7", line=3, where="a")
    assert written(item) == {"id": "7", "line": 3, "error": {"code": "format", "message": "a: «لا»"}}


def test_the_text_is_written_where_nobody_has_it_or_it_is_asked_for():
    drawn = replace(CODING, article=replace(CODING.article, drawn=True))
    assert "text" not in written(CODING)
    assert json.loads(line(CODING, text=True))["text"] == written(drawn)["text"] == TEXT
    rest = {key: value for key, value in written(drawn).items() if key != "text"}
    assert rest == written(CODING)
    assert line(Skipped(code="empty", message="-"), text=True) == line(Skipped(code="empty", message="-"))


def test_arabic_is_written_as_arabic():
    assert "وفد عسكري روسي".encode() in line(CODING)


def test_the_object_and_the_line_say_the_same():
    assert json.loads(json.dumps(record(CODING), default=str)) == written(CODING)


def test_whom_a_mention_means_is_written_where_it_is_known_and_only_there(known):
    by_words = {mention["text"]: mention for mention in written(known)["mentions"]}
    assert by_words["نائب وزير الدفاع الروسي، أندريه فوروبيوف"] == {
        "start": 92,
        "stop": 132,
        "text": "نائب وزير الدفاع الروسي، أندريه فوروبيوف",
        "kind": "PERSON",
        "actor": "RUS.GOV.MOD",
        "country": "RUS",
        "sector": "GOV",
        "score": 0.9,
        "person": {"ar": "أندريه فوروبيوف", "en": "Andrei Vorobyov"},
        "office": {"ar": "نائب وزير الدفاع", "en": "Deputy Minister of Defence"},
        "why": "name.office-agrees",
    }
    former = by_words["وزير الدفاع السوداني، ياسين الطاهر"]
    assert former["person"] == {"ar": "ياسين الطاهر", "en": None}
    assert former["former"] is True
    assert former["candidates"][0] == {"actor": "SDN.GOV.MOD", "score": 0.91}
    plain = by_words["وفد عسكري روسي"]
    assert not {"person", "office", "former", "candidates"} & set(plain)
    assert (
        "why"
        not in written(replace(CODING, mentions=(replace(CODING.mentions[0], why=None),), events=()))["mentions"][0]
    )


def test_amounts_are_written_where_there_are_some(known):
    events = written(known)["events"]
    (told,) = [event["amounts"] for event in events if "amounts" in event]
    assert [list(amount) for amount in told] == [["start", "stop", "text", "low", "high", "unit", "of"]] * 3
    assert [(a["text"], a["low"], a["high"], a["unit"], a["of"]) for a in told] == [
        ("خمسة مدنيين", 5, 5, "count", "مدنيين"),
        ("دارفور", 4_200_000_000, 4_200_000_000, "USD", None),
        ("القاهرة", 20, 99, "km", None),
    ]
    assert b'"low":4200000000,' in line(known)


def test_an_amount_keeps_its_fraction_and_its_open_end():
    amount = Amount(span=Span(0, 3), low=2.5, high=None, unit="percent")
    event = replace(CODING.events[0], amounts=(amount,))
    (told,) = written(replace(CODING, events=(event,)))["events"][0]["amounts"]
    assert (told["low"], told["high"]) == (2.5, None)
