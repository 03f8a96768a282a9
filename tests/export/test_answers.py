from datetime import date

import pytest
from rich.cells import cell_len

from marsad.export.answers import answers
from marsad.export.table import LRI, PDI, RLI, Layout
from marsad.types import Holding, Name, Sector

NOW = Holding(
    actor="RUS.GOV.SECURITY-COUNCIL",
    person=Name("سيرغي شويغو", "Sergei Shoigu"),
    office=Name("أمين مجلس الأمن", "Secretary of the Security Council"),
    role="SECURITY_COUNCIL",
    country="RUS",
    sector=Sector.SPY,
    since=date(2024, 5, 12),
    stale=True,
    score=0.86,
    why="name",
    source="general knowledge",
)
BEFORE = Holding(actor="RUS.GOV.MOD", office=Name("وزير الدفاع", "Minister of Defence"), former=True, score=0.26)


def lines(*found, lang="en", terminal=False):
    return [line.plain for line in answers(found, Layout(lang, 80, terminal))]


def test_everything_that_is_known_stands_there_and_nothing_else():
    assert [" ".join(line.split()) for line in lines(NOW, BEFORE)] == [
        "RUS.GOV.SECURITY-COUNCIL 0.86",
        "who Sergei Shoigu",
        "office Secretary of the Security Council",
        "country RUS Russia",
        "sector SPY intelligence",
        "from – to 2024-05-12 – … · last checked long before",
        "evidence name",
        "source general knowledge",
        "",
        "RUS.GOV.MOD 0.26",
        "who former Minister of Defence",
    ]


def test_the_same_in_arabic():
    shown = "\n".join(lines(NOW, BEFORE, lang="ar"))
    for words in ("سيرغي شويغو", "أمين مجلس الأمن", "RUS روسيا", "SPY استخبارات", "وزير الدفاع سابقًا", "من – إلى"):
        assert words in shown
    assert not set(shown) & {RLI, LRI, PDI}


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_on_a_terminal_arabic_is_isolated(lang):
    shown = lines(NOW, BEFORE, lang=lang, terminal=True)
    for line in shown:
        assert sum(line.count(mark) for mark in (RLI, LRI)) == line.count(PDI)
    if lang == "ar":
        assert {cell_len(line) for line in shown if line} == {80}


def test_a_terminal_obeys_no_name():
    evil = Holding(actor="A\x1b[2J", person=Name("\u202eب", "x\x1b]0;y\x07"), why="\x1b", source="\x07")
    for lang in ("ar", "en"):
        assert not set("\x1b\x07\u202e") & set("".join(lines(evil, lang=lang)))
