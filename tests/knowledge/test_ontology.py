import pytest

from marsad.errors import NotFoundError
from marsad.knowledge import ontology
from marsad.model import labels
from marsad.types import EventType, Kind, Sector, Status, Voice

# The modes of the annotation guidelines.
MODES = {
    "CONSULT": "visit phone third-party multilateral",
    "RETREAT": "withdraw release return ceasefire disarm resign access",
    "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove allege investigate",
    "REJECT": "assist change yield meet comment deny",
    "THREATEN": "restrict ban arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct",
    "SANCTION": "convict expel withdraw discontinue sanctions",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict ban censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "beat torture execute sexual assassinate primitive firearms explosives suicide-attack heavy-weapons "
    "crowd-control cleansing unconventional drone aerial abduct",
}


def test_labels_are_those_of_the_types_and_the_guidelines():
    assert list(ontology.types()) == list(EventType)
    assert list(ontology.statuses()) == list(Status)
    assert list(ontology.voices()) == list(Voice)
    assert list(ontology.kinds()) == list(Kind)
    assert list(ontology.sectors()) == list(Sector)
    assert list(ontology.contexts()) == list(labels.CONTEXTS)
    for name in EventType:
        assert " ".join(ontology.modes(name)) == MODES.get(name, "")


@pytest.mark.parametrize("entry", list(ontology.entries()), ids=lambda entry: f"{entry.part}:{entry.label}")
def test_every_entry_is_whole_in_both_languages(entry):
    for part in (entry.name, entry.definition, entry.examples, *([entry.note] if entry.note else [])):
        assert list(part) == ["ar", "en"] and all(part.values())
    assert any("ء" <= letter <= "ي" for letter in entry.definition["ar"])
    assert entry.definition["en"].isascii() or "é" in entry.definition["en"]
    assert len(entry.examples["ar"]) == len(entry.examples["en"])
    if entry.part in ("type", "status"):
        assert len(entry.examples["ar"]) == 2
    assert ontology.find(entry.label)


def test_quad_classes_and_intensities_agree():
    for entry in ontology.types().values():
        assert entry.quad in ontology.quads()
        assert (entry.intensity > 0) is entry.quad.endswith("cooperation")
    assert ontology.types()["ASSAULT"].intensity == min(entry.intensity for entry in ontology.types().values())
    assert "PLOVER" in ontology.intensity_source()["en"]


def test_a_cameo_code_belongs_to_one_type():
    owners = {}
    for name, entry in ontology.types().items():
        for code in entry.cameo:
            assert owners.setdefault(code, name) == name
        for mode in entry.modes.values():
            for code in mode.cameo:
                fits = max((known for known in owners if code.startswith(known)), key=len, default=None)
                assert fits is None or owners[fits] == name or code in entry.cameo, (code, name)


def test_our_additions_are_mapped_to_plover():
    ours = {entry.label: entry.plover for entry in ontology.entries() if entry.ours}
    assert ours["SANCTION/sanctions"] == "SANCTION/discontinue"
    assert ours["REJECT/comment"] == ours["REJECT/deny"] == "REJECT"
    assert ours["arms-trade"] == "military"
    assert not ontology.types()["CONSULT"].ours
    assert ontology.statuses()["DENIED"].plover is None


@pytest.mark.parametrize(
    ("label", "found"),
    [
        ("DENIED", ["DENIED"]),
        ("CONSULT/visit", ["CONSULT/visit"]),
        ("consult/Visit ", ["CONSULT/visit"]),
        ("reading", ["reading"]),
        ("PERSON", ["PERSON"]),
        ("GOV", ["GOV"]),
        ("nuclear", ["nuclear"]),
        ("territory", ["territory", "THREATEN/territory"]),
        ("yield", ["REQUEST/yield", "REJECT/yield"]),
        ("IGO", ["IGO", "IGO"]),
    ],
)
def test_labels_are_found(label, found):
    assert [entry.label for entry in ontology.find(label)] == found
    assert ontology.explain(label).label == found[0]


@pytest.mark.parametrize(("label", "near"), [("THRETEN", "THREATEN"), ("DENYED", "DENIED"), ("vist", "CONSULT/visit")])
def test_a_label_that_does_not_exist_names_near_ones(label, near):
    with pytest.raises(NotFoundError, match=near):
        ontology.explain(label)


@pytest.mark.parametrize("label", ["", "xyz", "\x00", "a" * 500])
def test_a_label_like_no_other_says_where_all_are_listed(label):
    with pytest.raises(NotFoundError, match="marsad explain"):
        ontology.explain(label)


def test_modes_of_an_unknown_type():
    with pytest.raises(NotFoundError, match="CONSULT"):
        ontology.modes("CONSULTS")
