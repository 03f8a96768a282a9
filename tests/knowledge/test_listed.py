"""Listed persons: the tables, and that a phrase finds who is listed and nobody else."""

import importlib.util
import sys
from datetime import date
from pathlib import Path

import pytest

from marsad.errors import KnowledgeError
from marsad.knowledge import files
from marsad.knowledge.listed import listed, match

TOOLS = Path(__file__).parents[2] / "tools"


def ids(phrase, context="", **given):
    return [found.entry.id for found in match(phrase, context, **given)]


def test_the_list_is_whole_and_says_how_it_knows():
    entries = listed()
    assert len(entries) == 90 and len({entry.id for entry in entries}) == 90
    assert {entry.since for entry in entries} == {
        date(2017, 10, 27),
        date(2018, 9, 20),
        date(2018, 12, 19),
        date(2021, 3, 2),
    }
    assert {entry.sector for entry in entries} == {"defense", "intelligence"}
    rostec = next(entry for entry in entries if "Rostec" in entry.forms)
    assert rostec.status == "found" and rostec.statuses["ar"] == "found" and rostec.name.ar == "روستيخ"
    assert len(listed("un")) > 900 and sum(bool(entry.name.ar) for entry in listed("un")) > 300


@pytest.mark.parametrize(
    ("phrase", "wanted"),
    [
        ("روسوبورون إكسبورت", "lsp-020"), ("Rosoboronexport", "lsp-020"), ("АО Рособоронэкспорт", "lsp-020"),
        ("روستيخ", "lsp-021"), ("Federal Security Service", "lsp-035"), ("FSB", "lsp-035"), ("ГРУ", "lsp-037"),
        ("يفجيني بريجوجين", "lsp-046"), ("Evgenii Prigozhin", "lsp-046"), ("ألكسندر ميشكين", "lsp-078"),
        ("Chepiga, Anatoly Vladimirovich", "lsp-077"), ("الشركة المتحدة لصناعة المحركات", "lsp-031"),
    ],
)  # fmt: skip
def test_who_is_listed_is_found(phrase, wanted):
    assert ids(phrase)[:1] == [wanted]


@pytest.mark.parametrize(
    "phrase",
    ["سيرغي لافروف", "Igor Kostin", "بافل بريغوجين", "وزارة الدفاع الروسية", "", "شركة نفط البصرة", "محمد السوداني"],
)
def test_who_is_not_is_not(phrase):
    assert ids(phrase) == []


@pytest.mark.parametrize(
    ("phrase", "context", "firm"),
    [
        ("سوخوي", "حلقت مقاتلات سوخوي فوق المدينة", False), ("سوخوي", "أدرجت واشنطن شركة سوخوي على القائمة", True),
        ("سوخوي", "سوخوي-35", False), ("سوخوي", "", False), ("شركة سوخوي", "", True),
        ("Sukhoi", "a Sukhoi Su-30 crashed", False),
        ("Sukhoi", "the Sukhoi Company said", True), ("كلاشنيكوف", "أطلق النار من بندقية كلاشنيكوف", False),
        ("كلاشنيكوف", "وقعت مجموعة كلاشنيكوف عقدا", True), ("ميغ", "طائرات ميغ 29", False),
        ("توبوليف", "تحطم طائرة توبوليف", False),
    ],
)  # fmt: skip
def test_the_aircraft_is_not_the_firm(phrase, context, firm):
    assert bool(ids(phrase, context)) is firm


def test_who_was_listed_later_is_not_listed_yet():
    assert ids("مجموعة فاغنر", on=date(2018, 1, 1)) == []
    assert ids("مجموعة فاغنر", on=date(2018, 9, 20)) == ["lsp-044"]


def test_names_of_the_united_nations_in_arabic():
    assert ids("سلطان هاشم أحمد الطائي", of="un") == ["IQi.027"]
    assert ids("أيمن الظواهري", of="un")[:1] == ["QDi.006"]
    assert ids("فيض", of="un") == [] and ids("محمود درويش", of="un") == []


def test_a_broken_row_names_its_place(monkeypatch):
    row = dict(next(files.rows("listed.csv")), listed="yesterday")
    monkeypatch.setattr(files, "rows", lambda name: iter([row]))
    listed.cache_clear()
    try:
        with pytest.raises(KnowledgeError, match=r"listed\.csv: row 1"):
            listed()
    finally:
        listed.cache_clear()


def test_the_builder_gives_the_same_bytes():
    sys.path.append(str(TOOLS))
    spec = importlib.util.spec_from_file_location("build_listed", TOOLS / "build_listed.py")
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    rows = [
        {"id": "b", "name_en": "Beta (B)", "aliases_en": "Beta|B", "name_ru": "", "aliases_ru": "",
            "name_ar": "بيتا", "aliases_ar": "",
         "ftm_schema": "Company", "sector": "defense", "date_added": "2020-01-02", "membership_status": "found",
            "name_ru_status": "",
         "name_ar_status": "from knowledge", "source": "https://example.org/x ; y"},
    ]  # fmt: skip
    assert (
        build.listed(rows).splitlines()[-1]
        == "b,Company,defense,2020-01-02,found,Beta (B)|Beta|B,,بيتا,,known,,https://example.org/x"
    )
    entry = {"ref": "X ", "kind": "individual", "list": "Q", "listed": "2001-01-01-05:00", "name": "ABU  X.",
            "original_script": None,
             "aliases": ["One", "One Two; Three Four, born in Y"]}  # fmt: skip
    assert build.un_listed([entry]).splitlines()[-1] == "X,Person,Q,2001-01-01,ABU X|One Two|Three Four,"
    assert files.read("listed.csv").startswith(build.HEAD) and files.read("un_listed.csv").startswith(build.UN_HEAD)
