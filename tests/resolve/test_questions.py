"""Kinds of phrases by which a desk asks for somebody: bodies, houses, envoys, rivals, parties, titles in apposition."""

from __future__ import annotations

from datetime import date

import pytest

from marsad.resolve.who import who

MEANT = [
    # heads of bodies and of organs of theirs, by every name of the office
    ("the UN chief", "2020-05-01", "UN.SECRETARIAT", "António Guterres"),
    ("مفوضة السياسة الخارجية في الاتحاد الأوروبي", "2011-05-01", "EU.EEAS", "Catherine Ashton"),
    ("the EU's top diplomat", "2016-05-01", "EU.EEAS", "Federica Mogherini"),
    ("chairperson of the African Union Commission", "2019-05-01", "AU.COMMISSION", "Moussa Faki Mahamat"),
    ("مدعي عام الجنائية الدولية", "2010-05-01", "ICC.PROSECUTION", "Luis Moreno-Ocampo"),
    ("المفوض السامي لحقوق الإنسان", "2016-05-01", "UN.OHCHR", "Zeid Ra'ad al-Hussein"),
    # envoys by the state that they are sent to
    ("المبعوث الأممي إلى ليبيا", "2016-05-01", "UN.SECRETARIAT", "Martin Kobler"),
    ("the UN envoy to Yemen", "2016-05-01", "UN.SECRETARIAT", "Ismail Ould Cheikh Ahmed"),
    ("المبعوث الأميركي إلى إيران", "2019-05-01", "USA.GOV.MFA", "Brian Hook"),
    # the principal, not the deputy
    ("المتحدث باسم الأمين العام للأمم المتحدة", "2019-05-01", "UN.SECRETARIAT", "Stéphane Dujarric"),
    # upper houses are not lower ones
    ("رئيس مجلس الأعيان الأردني", "2022-05-01", "JOR.LEG.UPPER", "Faisal al-Fayez"),
    ("رئيس مجلس النواب الأردني", "2022-05-01", "JOR.LEG.LOWER", None),
    ("رئيسة مجلس الاتحاد الروسي", "2020-05-01", "RUS.LEG.UPPER", "Valentina Matviyenko"),
    # governments by their names, and who leads them; rivals come after
    ("رئيس حكومة الاستقرار الليبية", "2022-06-01", "LBY.GOV.PM", "Fathi Bashagha"),
    ("رئيس حكومة الوفاق", "2017-05-01", "LBY.GOV.PM", "Fayez al-Sarraj"),
    ("رئيس مجلس السيادة السوداني", "2021-05-01", "SDN.GOV.PRESIDENCY", "Abdel Fattah al-Burhan"),
    ("الرئيس الفنزويلي", "2020-05-01", "VEN.GOV.PRESIDENCY", "Nicolás Maduro"),
    # leaders of parties, movements and of the opposition
    ("زعيم حزب العمال البريطاني", "2012-05-01", "GBR.LABOUR", "Ed Miliband"),
    ("زعيم المعارضة الإسرائيلية", "2015-05-01", "ISR.PTY.OPPOSITION", "Isaac Herzog"),
    ("زعيم تنظيم القاعدة", "2009-05-01", "INT.AL-QAEDA", "Osama bin Laden"),
    ("المرشد العام للإخوان المسلمين", "2008-05-01", "EGY.MUSLIM-BROTHERHOOD", "Mohammed Mahdi Akef"),
    # a mark inside an office; the office that the mark is of
    ("الأمين العام السابق للأمم المتحدة بان كي مون", "2018-05-01", "UN.SECRETARIAT", "Ban Ki-moon"),
    # a title in apposition, a surname that is a word when bent, a name that is a plural when bent
    ("الفريق شمس الدين كباشي", "2021-10-25", "SDN.SOVEREIGNTY-COUNCIL", "Shams al-Din Kabbashi"),
    ("المالكي", "2011-06-01", "IRQ.GOV.PM", "Nouri al-Maliki"),
    ("الإمارات", "2020-08-13", "ARE", None),
    # another spelling of a whole name
    ("بترو بوروشينكو", "2016-05-01", "UKR.GOV.PRESIDENCY", "Petro Poroshenko"),
]


@pytest.mark.parametrize(("phrase", "on", "actor", "person"), MEANT)
def test_the_first_answer(phrase, on, actor, person):
    best = who(phrase, date.fromisoformat(on))[0]
    assert best.actor == actor
    if person:
        assert best.person is not None
        assert best.person.en == person


@pytest.mark.parametrize(
    ("phrase", "on", "role", "former"),
    [
        ("نوري المالكي", "2020-05-01", "HEAD_OF_GOVERNMENT", True),  # the party was his before: known by the state
        ("أحمد داود أوغلو", "2021-05-01", "PARTY_LEADER", False),  # founded after: that is his office
        ("سمير جعجع", "2021-05-01", "PARTY_LEADER", False),
        ("بشار الأسد", "2025-02-01", "HEAD_OF_STATE", True),  # both left on one day: the higher
        ("راشد الغنوشي", "2020-05-01", "PARLIAMENT", False),
    ],
)
def test_parties_stand_behind_states(phrase, on, role, former):
    best = who(phrase, date.fromisoformat(on))[0]
    assert (best.role, best.former) == (role, former)


def test_one_of_several_spokesmen_is_not_named():
    best = who("المتحدث باسم حركة حماس", date(2018, 4, 1))[0]
    assert (best.actor, best.role, best.person) == ("PSE.HAMAS", "SPOKESPERSON", None)


def test_a_republic_is_no_newspaper():
    assert who("رئيس الجمهورية اللبنانية", date(2010, 6, 1))[0].actor == "LBN.GOV.PRESIDENCY"
    assert who("صحيفة الجمهورية اللبنانية", date(2010, 6, 1))[0].actor == "LBN.AL-JOUMHOURIA"
