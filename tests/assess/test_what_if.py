from datetime import date

import pytest

from marsad.assess.facts import facts
from marsad.assess.finding import assess
from marsad.assess.what_if import what_if
from marsad.errors import SettingsError
from marsad.knowledge.instruments import instrument
from marsad.types.law import Label, Truth
from tests.assess.course import visit

LAW = instrument("us/caatsa/231")
DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("asked", "level", "items"),
    [
        ("delivery:s-400@2026-03-01:RUS.ROSOBORONEXPORT", 8, ("RUS.S-400",)),
        ("contract:سو-35@2026-03-01", 6, ("RUS.SU-35",)),
        ("L7@2026-03-01", 7, ()),
        ("تسليم@2026-03-01", 8, ()),
        (" talks@2026-03-01 ", 4, ()),
    ],
)
def test_a_step_is_read(asked, level, items):
    one, told = what_if(asked, "IRQ.?")
    assert (one.rung.level, one.rung.items, one.rung.day) == (level, items, DAY)
    assert (one.rung.near, one.rung.counterpart, one.rung.party) == ("IRQ", "RUS", None)
    assert told.id == one.rung.event


def test_either_party_may_be_named():
    one, told = what_if("contract@2026-03-01:RUS.ROSOBORONEXPORT:IRQ.GOV.MOD", "IRQ.?")
    assert one.rung.party == "IRQ.GOV.MOD"
    assert [mention.actor for mention in told.actors] == ["RUS.ROSOBORONEXPORT"]
    assert what_if("contract@2026-03-01", "TUR.SSB")[0].rung.party == "TUR.SSB"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("delivery", "STAGE[:ITEM]@DATE[:PARTY]"),
        ("", "STAGE[:ITEM]@DATE[:PARTY]"),
        ("gift@2026-03-01", "'gift' is no stage"),
        ("L11@2026-03-01", "'L11' is no stage"),
        ("delivery@2026-02-30", "'2026-02-30' is no day"),
        ("delivery@soon", "'soon' is no day"),
        ("delivery:teapots@2026-03-01", "'teapots' is no weapon system"),
        ("delivery@2026-03-01:RUS", "'RUS' is no body"),
        ("delivery@2026-03-01:NOBODY.AT-ALL", "'NOBODY.AT-ALL' is no body"),
        ("delivery@2026-03-01:FRA.GOV.MOD", "neither of IRQ nor of RUS"),
    ],
)
def test_what_cannot_be_read_is_told(asked, said):
    with pytest.raises(SettingsError) as error:
        what_if(asked, "IRQ.?")
    assert said in str(error.value)
    assert error.value.where == "--what-if"
    assert error.value.do


def test_a_supposed_delivery_is_marked_and_brings_the_elements_about():
    reached, events = visit()
    one, told = what_if("delivery:s-400@2026-03-01:RUS.ROSOBORONEXPORT", "IRQ.GOV.MOD")
    found = facts(LAW, "IRQ.GOV.MOD", [*reached, one], [*events, told], DAY, DAY)
    assert found["dated"].by == "what-if"
    assert found["listed"].truth is Truth.TRUE
    finding = assess(LAW, "IRQ.GOV.MOD", found, DAY, DAY)
    assert finding.label is Label.ARGUABLY_MET
    assert any("assumed" in note.en for note in finding.notes)
    nobody = facts(LAW, "IRQ.?", [*reached, what_if("delivery:s-400@2026-03-01", "IRQ.?")[0]], events, DAY, DAY)
    assert nobody["is_person"].truth is Truth.UNKNOWN
