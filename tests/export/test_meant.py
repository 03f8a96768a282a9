import pytest

from marsad.export.meant import code, others, value, whom
from marsad.types import Amount, Candidate, Kind, Mention, Name, Sector, Span

TEXT = "قال وزير الخارجية التركي هاكان فيدان إن بلاده تنتظر"
MINISTER, LAND = Span(4, 36), Span(40, 45)


def mention(span=MINISTER, kind=Kind.PERSON, **facts) -> Mention:
    return Mention(span=span, kind=kind, **facts)


KNOWN = {
    "actor": "TUR.GOV.MFA",
    "country": "TUR",
    "sector": Sector.GOV,
    "person": Name("هاكان فيدان", "Hakan Fidan"),
    "office": Name("وزير الخارجية", "Minister of Foreign Affairs"),
}


@pytest.mark.parametrize(
    ("facts", "en", "ar"),
    [
        (
            KNOWN,
            ["Hakan Fidan", "Minister of Foreign Affairs", "Turkey"],
            ["هاكان فيدان", "وزير الخارجية", "تركيا"],
        ),
        (
            {**KNOWN, "former": True},
            ["Hakan Fidan", "former Minister of Foreign Affairs", "Turkey"],
            ["هاكان فيدان", "وزير الخارجية سابقًا", "تركيا"],
        ),
        # What is known in one language only is shown in that, unless the words have it.
        (
            {**KNOWN, "person": Name("هاكان فيدان", "")},
            ["Minister of Foreign Affairs", "Turkey"],
            ["هاكان فيدان", "وزير الخارجية", "تركيا"],
        ),
        (
            {**KNOWN, "person": Name("", "Hakan Fidan"), "office": Name("", "Minister")},
            ["Hakan Fidan", "Minister", "Turkey"],
            ["Hakan Fidan", "Minister", "تركيا"],
        ),
        # An office that names its country needs no other word for it.
        (
            {**KNOWN, "office": Name("وزير خارجية تركيا", "Foreign Minister of Turkey")},
            ["Hakan Fidan", "Foreign Minister of Turkey"],
            ["هاكان فيدان", "وزير خارجية تركيا"],
        ),
        # Some of a sector: the noun that the rule took it from says less than the sector.
        (
            {"actor": "TUR.CVL", "country": "TUR", "sector": Sector.CVL, "office": Name("رئيس", "head")},
            ["civilians", "Turkey"],
            ["مدنيون", "تركيا"],
        ),
        ({"actor": "GOV", "sector": Sector.GOV, "office": Name("وزير", "minister")}, ["government"], ["حكومة"]),
        ({"actor": "INT.UNK", "country": "INT", "sector": Sector.UNK, "office": Name("مصدر", "source")}, [], []),
        # Bodies of states have no country but say what they are; what is of no one state says nothing.
        (
            {"actor": "UN", "country": "IGO", "office": Name("الأمم المتحدة", "United Nations")},
            ["United Nations", "body of states"],
            ["الأمم المتحدة", "هيئة دولية"],
        ),
        ({"actor": "INT.ISIS", "country": "INT", "office": Name("داعش", "Islamic State")}, ["Islamic State"], ["داعش"]),
        # Only a country, or nobody: the words stand for themselves.
        ({"country": "TUR"}, [], []),
        ({}, [], []),
    ],
)  # fmt: skip
def test_whom_a_mention_means_in_the_language_of_the_interface(facts, en, ar):
    assert whom(mention(**facts), TEXT, "en") == en
    assert whom(mention(**facts), TEXT, "ar") == ar


def test_a_state_is_named_where_the_words_do_not_name_it():
    state = {"actor": "TUR", "country": "TUR", "sector": Sector.GOV, "office": Name("تركيا", "Turkey")}
    assert whom(mention(LAND, Kind.STATE, **state), TEXT, "ar") == ["تركيا"]
    assert whom(mention(Span(0, 5), Kind.STATE, **state), "تركيا", "ar") == []
    assert whom(mention(Span(0, 5), Kind.STATE, **state), "تركيا", "en") == ["Turkey"]
    assert whom(mention(Span(0, 6), Kind.STATE, **state), "Turkey", "en") == []


def test_the_id_stands_before_the_country_and_that_before_nothing():
    assert code(mention(actor="TUR.GOV", country="TUR")) == "TUR.GOV"
    assert code(mention(country="TUR")) == "TUR"
    assert code(mention()) == "—"


def test_the_others_that_may_be_meant():
    several = tuple(Candidate(actor, score) for actor, score in (("A", 0.9), ("B", 0.8), ("A", 0.7), ("B", 0.6)))
    assert others(mention(actor="A", candidates=several)) == [("B", 0.8)]
    assert others(mention(actor="A")) == []


@pytest.mark.parametrize(
    ("low", "high", "unit", "en", "ar"),
    [
        (4.2e9, 4.2e9, "USD", "4,200,000,000 USD", "4,200,000,000 USD"),
        (73, 73, "count", "73", "73"),
        (20, 99, "count", "20–99", "20–99"),
        (300, None, "count", "300 or more", "300 فأكثر"),
        (None, 300, "km", "up to 300 km", "حتى 300 كم"),
        (12.5, 12.5, "percent", "12.5%", "12.5%"),
        (1.5, 2.25, "barrel", "1.5–2.25 barrels", "1.5–2.25 برميل"),
        (10, 10, "XXX", "10 (currency not said)", "10 (عملة غير محددة)"),
        (0.1 + 0.2, 0.1 + 0.2, "km/h", "0.3 km/h", "0.3 كم/ساعة"),
        (None, None, "count", "?", "?"),
        (7, 7, "furlong", "7 furlong", "7 furlong"),
    ],
)
def test_an_amount_as_a_number_with_its_unit(low, high, unit, en, ar):
    amount = Amount(span=Span(0, 1), low=low, high=high, unit=unit)
    assert (value(amount, "en"), value(amount, "ar")) == (en, ar)
