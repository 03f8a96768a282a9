"""What is remembered of an article: little, and the same in both languages."""

from dataclasses import replace
from datetime import date

import msgspec
import pytest
import world
from briefs import briefs
from hypothesis import given

from marsad.stories import Brief, brief, twin
from marsad.stories.brief import ACTS, BANDS, NAMES, NUMBERS, SHINGLES, WORDS
from marsad.stories.names import code, is_own
from marsad.types import Article, Coding, EventType, Kind, Mention, Span


def named(phrase, kind=Kind.PERSON, **known):
    return code(Mention(span=Span(0, len(phrase)), kind=kind, **known), phrase)


def test_an_article_is_told_by_its_first_acts_names_and_numbers():
    found = brief(world.handmade())
    assert (found.day, found.language, found.source) == (date(2026, 3, 5), "ar", "وكالة مختلَقة")
    assert found.acts[0].type is EventType.CONSULT
    assert found.acts[0].title
    assert (found.acts[0].actors, found.acts[0].recipients) == (("RUS",), ("SDN",))
    assert found.countries[:3] == ("SDN", "USA", "RUS")
    assert brief(world.handmade(), "agency.example").source == "agency.example"


def test_days_up_to_the_publication_are_kept_and_the_first_of_the_lead_is_when_it_was():
    on = date(2025, 9, 16)
    text = "وصل الوزير أمس إلى بغداد، ويغادر غدا. وكان قد زارها يوم 10 سبتمبر."
    span = Span(0, len(text))
    found = brief(
        Coding(article=Article(id="a", text=text, published=on), sentences=(span,), mentions=(), events=(), coder="x")
    )
    assert (found.told, found.days, found.past) == (date(2025, 9, 15), (date(2025, 9, 15), date(2025, 9, 10)), False)
    old = replace(found, told=None)
    text = "تأسست الحركة عام 2012 ثم انسحبت."
    article = Article(id="a", text=text, published=on)
    assert brief(Coding(article=article, sentences=(), mentions=(), events=(), coder="x")).past
    assert not old.past


def test_a_brief_is_small_whatever_the_length_and_survives_encoding():
    coding = world.handmade()
    text = " ".join([coding.article.text, *(f"كلمة{n} رقم {n} تقول شيئا آخر" for n in range(5000))])
    found = brief(replace(coding, article=replace(coding.article, text=text)))
    assert len(msgspec.msgpack.encode(found)) <= 2048
    assert len(found.bands) == BANDS
    assert (len(found.shingles), len(found.acts)) <= (4 * SHINGLES, ACTS)
    assert len(found.words) <= 4 * WORDS
    assert (len(found.names) <= NAMES, len(found.numbers) <= NUMBERS) == (True, True)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(found), type=Brief) == found


@given(briefs())
def test_any_brief_survives_json(found):
    assert msgspec.json.decode(msgspec.json.encode(found), type=Brief) == found


@pytest.mark.parametrize("text", ["", "…", "\0" * 9, "ا" * 100_000, "a b " * 5])
def test_a_text_with_nothing_in_it_has_a_brief(text):
    found = brief(Coding(article=Article(id="a", text=text), sentences=(), mentions=(), events=(), coder="x"))
    assert (found.acts, found.names, found.day) == ((), (), None)


@pytest.mark.parametrize(
    ("arabic", "english", "kind"),
    [
        ("المتحدث باسم الخارجية القطرية ماجد الأنصاري", "Majed al-Ansari", Kind.PERSON),
        ("نبيات غيتاتشو", "Nebiyat Getachew", Kind.PERSON),
        ("حزب العمال الكردستاني", "Kurdistan Workers' Party", Kind.ORG),
    ],
)
def test_a_name_that_no_table_knows_has_one_code_in_both_languages(arabic, english, kind):
    given = {"country": "QAT"}
    assert named(arabic, kind, **given) == named(english, kind, **given) is not None


def test_a_known_name_is_its_id_and_a_sector_of_a_state_is_no_name():
    assert named("لافروف", actor="RUS.GOV.MFA") == "RUS.GOV.MFA"
    assert named("مدنيين", Kind.GROUP, actor="IRQ.CVL") is None
    assert not is_own("INT.CVL")
    assert is_own("INT.ISIS")


def test_twins_say_the_same_on_the_same_day_whoever_prints_it():
    found = brief(world.handmade())
    assert twin(found) == twin(replace(found, article="other", source="other")) != 0
    assert twin(found) != twin(replace(found, day=date(2026, 3, 6)))
    assert twin(replace(found, bands=())) == 0
