"""The builders of tools/ give the same bytes for the same input, and the files in the package are in that form."""

import importlib.util
import sys
from pathlib import Path

import pytest

from marsad.knowledge import files

TOOLS = Path(__file__).parents[2] / "tools"
sys.path.append(str(TOOLS))  # as when a tool is run: what the builders share stands beside them


def tool(name):
    spec = importlib.util.spec_from_file_location(name, TOOLS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_countries_are_sorted_and_broken_plurals_kept():
    given = [
        {"iso2": "TR", "iso3": "TUR", "demonym_ar": {"male": ["تركي"], "males": ["أتراك"]}},
        {"iso2": "IQ", "iso3": "IRQ", "demonym_ar": {"male": ["عراقي"], "males": ["عراقيون"]}},
        {"iso2": "XK", "iso3": "UNK", "demonym_ar": {}},
        {"iso2": "GL", "iso3": "GRL", "demonym_ar": None},
    ]
    names = {
        "ar": {"TR": "تركيا", "IQ": "العراق", "XK": "كوسوفو", "GL": "غرينلاند"},
        "en": {"TR": "Türkiye", "IQ": "Iraq", "XK": "Kosovo", "GL": "Greenland"},
    }
    build = tool("build_countries")
    text = build.table(given, names)
    assert text == build.table(list(reversed(given)), names)
    assert text.splitlines()[-4:] == [
        "GRL,territory,غرينلاند,Greenland,",
        "IRQ,state,العراق,Iraq,عراقي",
        "TUR,state,تركيا,Turkey,تركي|أتراك",
        "XKX,state,كوسوفو,Kosovo,",
    ]


def test_agents_are_cleaned_and_sorted():
    lines = ["# head", "جندي [~MIL]", "وزارة_دفاع [~GOV]", "حي [~CVL]", "مرتزق [~UAF]", "سفير [~GOV]", "شيء [~XYZ]"]
    build = tool("build_agents")
    text = build.table(lines)
    assert text == build.table(reversed(lines))
    assert text.splitlines()[-4:] == ["sector,forms", "GOV,سفير", "MIL,جندي", "REB,مرتزق"]


@pytest.mark.parametrize(("name", "file"), [("build_countries", "countries.csv"), ("build_agents", "agents_oed.csv")])
def test_the_files_in_the_package_are_as_their_builder_writes_them(name, file):
    build = tool(name)
    text = files.read(file)
    assert text.startswith(build.HEAD)
    keys = [next(iter(row.values())) for row in files.rows(file)]
    assert keys == sorted(set(keys))
    assert (files.DATA / file) == build.TARGET
