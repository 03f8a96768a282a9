import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.text import Token, fold_text, light_stem, tokens, units
from marsad.text.fold import INVISIBLE

ANY = st.one_of(
    st.text("ابتوفلكسهمينأإةى\u064e\u0651\u0640\u200f\u200c «».,12aZ", max_size=40),
    st.text(st.characters(exclude_categories=[]), max_size=40),
)


def words(text: str) -> list[str]:
    return [unit.of(text) for unit in units(text)]


def parts(word: str) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    (token,) = tokens(word)
    return token.proclitics, token.stem.of(word), token.enclitics


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("قال: «نعم».", ["قال", ":", "«", "نعم", "»", "."]),
        ("وِزارةُ الدّفــاع", ["وِزارةُ", "الدّفــاع"]),
        ('بـ"القوة"', ["بـ", '"', "القوة", '"']),
        ("1,500 و3.5%", ["1", ",", "500", "و3", ".", "5", "%"]),
        ("\u200fبغداد\u200f.", ["بغداد", "."]),
        ("می\u200cرود", ["می\u200cرود"]),
        ("إس-400", ["إس", "-", "400"]),
        ("\0\ud800", ["\0", "\ud800"]),
        (" \n\u00a0", []),
    ],
)
def test_units(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_units_of_a_part_keep_the_offsets_of_the_text() -> None:
    text = "أعلنت بغداد الهدنة"
    assert [unit.of(text) for unit in units(text, 6, 11)] == ["بغداد"]
    assert units(text, 6) == [unit for unit in units(text) if unit.start >= 6]


@given(ANY)
def test_units_hold_every_character_that_is_seen(text: str) -> None:
    at = 0
    for unit in units(text):
        assert all(char.isspace() or char in INVISIBLE for char in text[at : unit.start])
        assert at <= unit.start < unit.stop
        at = unit.stop
    assert all(char.isspace() or char in INVISIBLE for char in text[at:])


@pytest.mark.parametrize(
    ("word", "proclitics", "stem", "enclitics"),
    [
        ("والعراق", ("و", "ال"), "عراق", ()),
        ("وبالوثائق", ("و", "ب", "ال"), "وثائق", ()),
        ("للحكومة", ("ل", "ال"), "حكومة", ()),
        ("للجنة", ("ل", "ال"), "لجنة", ()),
        ("كالعادة", ("ك", "ال"), "عادة", ()),
        ("وأكد", ("و",), "أكد", ()),
        ("ولم", ("و",), "لم", ()),
        ("و15", ("و",), "15", ()),
        ("سيعقد", ("س",), "يعقد", ()),
        ("ستوقع", ("س",), "توقع", ()),
        ("بتهمة", ("ب",), "تهمة", ()),
        ("لإيران", ("ل",), "إيران", ()),
        ("حكومتها", (), "حكومت", ("ها",)),
        ("وقواتهم", ("و",), "قوات", ("هم",)),
        ("فإن", ("ف",), "إن", ()),
        ("وَالعِراقُ", ("و", "ال"), "عِراقُ", ()),
        # whose first letters are their own
        ("وزير", (), "وزير", ()),
        ("واشنطن", (), "واشنطن", ()),
        ("والد", (), "والد", ()),
        ("وكالة", (), "وكالة", ()),
        ("فرنسا", (), "فرنسا", ()),
        ("بغداد", (), "بغداد", ()),
        ("لبنان", (), "لبنان", ()),
        ("كتب", (), "كتب", ()),
        ("سيارة", (), "سيارة", ()),
        ("سوريا", (), "سوريا", ()),
        ("متهم", (), "متهم", ()),
        ("هذه", (), "هذه", ()),
        ("the", (), "the", ()),
    ],
)
def test_clitics(word: str, proclitics: tuple[str, ...], stem: str, enclitics: tuple[str, ...]) -> None:
    assert parts(word) == (proclitics, stem, enclitics)


@given(ANY)
def test_a_stem_stands_within_its_word_and_is_not_empty(text: str) -> None:
    for token in tokens(text):
        assert isinstance(token, Token)
        assert token.span.start <= token.stem.start < token.stem.stop <= token.span.stop
        assert all(token.proclitics) and all(token.enclitics)


def test_tokens_are_the_words_among_the_units() -> None:
    text = "قال: «نعم، 15»."
    assert [token.span.of(text) for token in tokens(text)] == ["قال", "نعم", "15"]


@pytest.mark.parametrize(
    "forms",
    [
        ["هجوم", "الهجوم", "والهجوم", "بالهجوم", "للهجوم", "وهجوم"],
        ["وزير", "الوزير", "والوزير", "للوزير"],
        ["عقوبات", "العقوبات", "عقوبة", "وعقوباتها"],
        ["قال", "وقال", "قالت", "قالوا"],
        ["sign", "signs", "signed", "signing", "Signed"],
        ["plan", "planned", "planning"],
        ["deny", "denies", "denied"],
        ["pledge", "pledges", "pledged"],
    ],
)
def test_forms_of_a_word_have_one_stem(forms: list[str]) -> None:
    assert len({light_stem(fold_text(form)) for form in forms}) == 1


def test_words_that_differ_stay_apart() -> None:
    assert len({light_stem(word) for word in ("لقاء", "بقاء", "سلام", "كلام", "press", "pass")}) == 6


@given(st.text(max_size=30))
def test_three_letters_of_a_stem_always_remain(word: str) -> None:
    stem = light_stem(word)
    assert len(stem) >= min(3, len(word.lower()))
    assert light_stem(word) == stem
