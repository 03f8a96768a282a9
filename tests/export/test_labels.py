import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from marsad.export import labels
from marsad.export.labels import act, country, direction, label, quad
from marsad.knowledge.ontology import quads
from marsad.text.amounts import UNKNOWN_MONEY
from marsad.types import EventType, Kind, Precision, Sector, Status, Voice

TABLE = labels._table()
ARABIC = re.compile("[\u0621-\u064a]")


@pytest.mark.parametrize(
    ("group", "values"),
    [
        ("type", EventType),
        ("status", Status),
        ("sign", Status),
        ("voice", Voice),
        ("kind", Kind),
        ("sector", Sector),
        ("precision", Precision),
        ("quad", quads()),
    ],
)
def test_every_value_of_the_types_has_a_word(group, values):
    assert set(TABLE[group]) == {str(value) for value in values}


def test_every_word_stands_in_both_languages_and_the_arabic_is_arabic():
    for group, words in TABLE.items():
        for key, word in words.items():
            assert set(word) == {"en", "ar"}, f"{group}.{key}"
            if group != "sign" and word["en"]:
                assert ARABIC.search(word["ar"]), f"{group}.{key}"
                assert not ARABIC.search(word["en"]), f"{group}.{key}"


def test_no_word_stands_there_unused():
    here = Path(labels.__file__).parent
    code = "".join(
        file.read_text(encoding="utf-8") for file in (*here.glob("*.py"), *here.with_name("cli").glob("*.py"))
    )
    shown = {*TABLE["word"], *TABLE["text"]}
    assert [key for key in shown if f'"{key}"' not in code and f"'{key}'" not in code] == []


def test_every_word_of_the_output_has_a_meaning():
    for group in set(TABLE["shown"]) - {"quad"}:
        assert set(TABLE[f"means-{group}"]) == set(TABLE[group])


def test_signs_and_words_of_a_group_are_told_apart():
    for group in ("type", "status", "sign", "voice", "kind", "sector", "quad", "unit"):
        for lang in ("en", "ar"):
            words = [word[lang] for word in TABLE[group].values()]
            assert len(words) == len(set(words)), f"{group} {lang}"


def test_every_unit_of_the_amounts_has_a_word():
    table = tomllib.loads(files("marsad.text.amounts").joinpath("units.toml").read_text(encoding="utf-8"))
    shapes = [unit for shape in ("squared", "cubed", "hourly") for unit in table[shape].values()]
    assert {*table["units"], *shapes, UNKNOWN_MONEY} <= set(TABLE["unit"])


def test_what_has_no_word_is_shown_as_it_is():
    assert label("mode", "new-mode", "ar") == "new-mode"
    assert country("XXX", "en") == "XXX"


def test_every_type_has_a_quad_class():
    assert {quad(event_type) for event_type in EventType} == set(quads())


def test_a_type_is_its_code_in_english_and_a_word_in_arabic():
    assert act(EventType.CONSULT, "visit", "en") == "CONSULT · visit"
    assert act(EventType.CONSULT, "visit", "ar") == "تشاور · زيارة"
    assert act(EventType.AID, None, "en") == "AID"


def test_direction():
    assert [direction(code) for code in ("ar", "fa", "he", "en", "ru", "other")] == ["rtl"] * 3 + ["ltr"] * 3
