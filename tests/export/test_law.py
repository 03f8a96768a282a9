"""A law as lines for a terminal and as JSON: everything cited, in both languages, nothing lost."""

import json
import unicodedata
from datetime import date

import msgspec
import pytest
from rich.cells import cell_len
from rich.console import Console

from marsad.assess.difference import diff
from marsad.export import law_record
from marsad.export.law import Page, word
from marsad.export.table import LRI, PDI, RLI, Layout
from marsad.knowledge import instruments as known
from marsad.knowledge.law.terms import GROUPS
from marsad.knowledge.listed import register
from marsad.types.law import Version

A231 = "us/caatsa/231"
BEFORE, AFTER = date(2018, 8, 12), date(2018, 8, 13)


def page(lang="en", width=100, terminal=False):
    layout = Layout(lang=lang, width=width, terminal=terminal)
    return Page(layout, Console(width=width), {group: known.terms(group) for group in GROUPS})


def shown(of, lang="en", on=None, **layout):
    return [line.plain for line in page(lang, **layout).law(known.law(of), on, known.menu(of))]


def flat(lines):
    return " ".join(" ".join(lines).split())


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("of", list(known.laws()))
def test_every_part_is_shown_with_its_citation_and_how_it_was_checked(of, lang):
    told = flat(shown(of, lang))
    version = known.instrument(of).versions[-1]
    checked = {key: term.name.shown(lang) for key, term in known.terms("verified").items()}
    for part in (*version.elements.values(), *version.reliefs.values()):
        assert part.name.shown(lang) in told
        assert (part.cite.usc or part.cite.section) in told
        assert checked[part.cite.verified.value] in told
    for element in version.elements.values():
        assert element.ask.shown(lang) in told
    for rule in version.rules:
        assert f"{known.term('rules', rule).name.shown(lang)} [{rule}]" in told
    for one in known.law(of).menu:
        assert f"({one.id}) {one.name.shown(lang)}" in told
    assert law_record.DISCLAIMER[lang] in told
    other = {"en": "ar", "ar": "en"}[lang]
    assert known.instrument(of).name.shown(other) not in told


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_history_is_told_and_which_version_is_shown(lang):
    lines = shown(A231, lang, date(2018, 5, 1))
    here = [line for line in lines if word("shown", lang) in line]
    assert here == [f"  2018-01-29 – 2018-08-12 ({word('shown', lang)})"]
    assert any(line.startswith(f"  2018-08-13 – {word('still', lang)}") for line in lines)
    assert not any("[modified_waiver]" in line for line in lines)
    assert any("[modified_waiver]" in line for line in shown(A231, lang))


def test_a_day_without_a_version_shows_the_history_alone():
    told = flat(shown(A231, on=date(2017, 8, 1)))
    assert "No version was in force on 2017-08-01." in told and "2017-08-02 – 2018-01-28" in told
    assert "[is_person]" not in told


def test_conditions_read_as_a_tree():
    lines = shown(A231)
    first = lines.index("  the elements together  [exposure]")
    assert lines[first + 1 : first + 4] == [
        "    · all of these:",
        "      · The one who deals is a person",
        "      · what is done  [act]",
    ]
    assert "      · not: (B)(i) The transaction was with one of six excluded persons" in lines
    assert "    · never" in shown(A231, on=date(2018, 1, 28))
    assert any("unless: Initial waiver · Delay · Modified waiver" in line for line in lines)


def test_the_warning_stands_with_the_list():
    for lang in ("en", "ar"):
        warning = known.term("lists", A231).warning.shown(lang)
        assert flat(shown(A231, lang)).count(warning) == 2  # beside the element, and above the list
        lines = [line.plain for line in page(lang).names(register(date(2018, 9, 20)))]
        assert flat(lines).startswith(warning) and f"{word('inferred', lang)}: 19" in flat(lines)
        assert sum("lsp-" in line for line in lines) == 72


def test_the_calendar_and_the_menu_are_told():
    assert "30 days from the day of the report; 60 for a report from 07-10 to 09-07" in flat(shown("us/caatsa/216"))
    told = flat(shown(A231))
    assert "shall: at least 5 of these · 22 USC 9525(a)" in told and "(5B) No agent of the US government" in told
    assert "may: any of these" in flat(shown("us/eo-14024/11"))


def test_a_limit_of_days_is_told():
    assert "for 180 days, then to be renewed" in flat(shown(A231))
    assert "لمدة 180 يومًا" in flat(shown(A231, "ar"))


def differences(lang, one=BEFORE, other=AFTER):
    law = known.law(A231)
    empty = Version(valid_from=one, valid_to=one, known_from=one, elements={}, rules={})
    found = diff(*(law.instrument.at(day) or empty for day in (one, other)))
    return [line.plain for line in page(lang).differences(law, (one, other), found, known.menu(A231))]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_what_the_amendment_changed(lang):
    lines = differences(lang)
    marks = [line[0] for line in lines if line[:2] in ("+ ", "- ", "~ ")]
    assert marks == ["+"] * 10 + ["~"] * 2 + ["+"]
    told = flat(lines)
    assert f"{word('relief', lang)} {word('added', lang)}" in told and "[modified_waiver]" in told
    assert told.index(f"{word('before', lang)}:") < told.index(f"{word('after', lang)}:")
    assert known.instrument(A231).versions[2].notes[0].shown(lang) in told
    back = [line[0] for line in differences(lang, AFTER, BEFORE) if line[:2] in ("+ ", "- ", "~ ")]
    assert sorted(back) == ["-"] * 11 + ["~"] * 2


def test_nothing_changed_and_nothing_there():
    assert "Nothing changed between these two days." in flat(differences("en", AFTER, date(2024, 1, 1)))
    told = differences("en", date(2017, 8, 1), date(2017, 8, 2))
    assert "No version was in force on 2017-08-01." in flat(told)
    assert {line[0] for line in told if line[:2] in ("+ ", "- ", "~ ")} == {"+"}
    assert any(line.startswith("+ Consequence added") for line in told)
    assert any(line.startswith("+ Knowledge added") for line in told)


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("width", [40, 80, 110])
def test_lines_fit_and_only_a_terminal_gets_isolates(lang, width):
    for terminal in (False, True):
        for line in shown(A231, lang, width=width, terminal=terminal):
            plain = line.translate({ord(mark): None for mark in (RLI, LRI, PDI)})
            assert cell_len(plain) <= max(width, 20) or " " not in plain.strip()
            controls = {char for char in line if unicodedata.category(char) in ("Cc", "Cf")}
            assert controls <= ({RLI, LRI, PDI} if terminal else set())
    if lang == "ar":
        assert any(RLI in line for line in shown(A231, lang, width=width, terminal=True))


@pytest.mark.parametrize("of", list(known.laws()))
def test_the_record_holds_everything(of):
    law = known.law(of)
    record = json.loads(msgspec.json.encode(law_record.record(law)))
    assert record["id"] == of and [one["valid_from"] for one in record["versions"]] == [
        one.valid_from.isoformat() for one in law.instrument.versions
    ]
    for one, version in zip(record["versions"], law.instrument.versions, strict=True):
        assert [element["id"] for element in one["elements"]] == list(version.elements)
        assert list(one["rules"]) == list(version.rules)
        assert [relief["id"] for relief in one["reliefs"]] == list(version.reliefs)
        for part in (*one["elements"], *one["reliefs"]):
            assert part["name"]["en"] and part["name"]["ar"]
            assert part["cite"]["verified"] in ("text", "summary", "memory")
    assert record["disclaimer"]["ar"] and record["sources"]


def test_the_record_of_231():
    record = json.loads(msgspec.json.encode(law_record.record(known.law(A231), ())))
    assert record["versions"] == [] and record["subject"] == "person"
    whole = law_record.record(known.law(A231))
    elements = {one["id"]: one for one in whole["versions"][2]["elements"]}
    assert elements["dated"]["on_or_after"] == date(2017, 8, 2)
    assert elements["listed"]["list"] == A231 and elements["determined"]["by"][1] == "USA.GOV.MFA"
    duty = whole["versions"][2]["rules"]["duty"]
    assert duty["op"] == "all" and duty["parts"][0] == {"op": "leaf", "id": "exposure"}
    assert "modified_waiver" in duty["unless"]
    assert whole["versions"][2]["consequence"]["least"] == 5
    assert law_record.record(known.law("us/caatsa/216"))["calendar"]["last"] == "09-07"


def test_the_record_of_a_difference():
    one = known.instrument(A231)
    found = {each.id: law_record.difference(each) for each in diff(one.at(BEFORE), one.at(AFTER))}
    assert found["modified_waiver"]["change"] == "added" and found["modified_waiver"]["before"] is None
    assert found["modified_waiver"]["after"]["cite"]["usc"] == "22 USC 9525(d)"
    assert found["duty"]["change"] == "changed" and "unless" in found["duty"]["before"]
    assert msgspec.json.encode(list(found.values()))


def test_the_record_of_the_list():
    record = json.loads(msgspec.json.encode(law_record.names(register(date(2021, 3, 2)))))
    assert record["count"] == 90 and record["statuses"] == {"found": 44, "inferred": 31, "known": 15}
    assert sum(one["added"] for one in record["rounds"]) == 90 and "no sanction" in record["warning"]["en"]
    assert all(one["status"] in ("found", "inferred", "known") and one["since"] for one in record["entries"])
