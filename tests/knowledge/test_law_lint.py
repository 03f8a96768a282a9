"""Laws of a user: that they are read, and that what is wrong with them is told with file, line and key."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.errors import KnowledgeError
from marsad.knowledge import instruments as known
from marsad.knowledge.law import lint
from marsad.knowledge.law.catalogue import library, roots
from marsad.knowledge.law.source import parse

A231 = "us/caatsa/231"


def day(text):
    return date.fromisoformat(text)


LAW = """\
id: xx/dues/1
name: {en: Dues, ar: رسوم}
sanctioner: XXX
subject: person
cite: {section: Dues 1, verified: text, sources: [paper]}
sources: {paper: "The paper, page 1"}
versions:
  - valid_from: 2020-01-01
    valid_to: 2020-12-31
    known_from: 2020-01-01
    note: {en: Made, ar: صدر}
    cite: {section: Dues 1, verified: text, sources: [paper]}
  - valid_from: 2021-01-01
    valid_to: null
    known_from: 2021-01-01
    note: {en: Mended, ar: عُدّل}
    cite: {section: Dues 2, verified: memory}
standard: none
elements:
  dealt:
    kind: fact
    on_or_after: 2020-06-01
    name: {en: It dealt, ar: تعامل}
    ask: {en: "Did it deal?", ar: "هل تعامل؟"}
    cite: {section: Dues 1, verified: text, sources: [paper]}
  named:
    kind: status
    list: us/caatsa/231
    name: {en: With one who is named, ar: مع مسمى}
    ask: {en: "With whom?", ar: "مع من؟"}
    cite: {section: Dues 1, quote: "with one who is named", verified: text, sources: [paper]}
  determined:
    kind: official_act
    by: [USA.GOV.MFA]
    name: {en: Determined, ar: تقرر}
    ask: {en: "Was it?", ar: "هل تقرر؟"}
    cite: {section: Dues 1, verified: text, sources: [paper]}
  imposed: {same_as: us/caatsa/236}
  excused:
    kind: open_texture
    since: 2021-01-01
    factors: [us_interests]
    name: {en: Excused, ar: معذور}
    ask: {en: "Is it?", ar: "هل هو؟"}
    cite: {section: Dues 2, verified: memory}
rules:
  act: dealt
  counterparty: named
  exposure: {all: [act, counterparty]}
  duty:
    - {until: 2020-12-31, when: {all: [exposure, determined]}}
    - {since: 2021-01-01, when: {all: [exposure, determined], unless: [excuse]}}
  sanctioned: imposed
reliefs:
  excuse:
    kind: waiver
    since: 2021-01-01
    name: {en: Excuse, ar: عذر}
    when: excused
    cite: {section: Dues 2, verified: memory}
consequence: {modal: may, least: 1, measures: [{en: Dues, ar: رسوم}], cite: {section: Dues 1, verified: memory}}
"""
TESTS = """\
instrument: xx/dues/1
cases:
  - id: dealt
    name: {en: It dealt, ar: تعامل}
    on: 2021-01-01
    rest: "false"
    facts: {dealt: {happened: 2020-06-01}, named: true, determined: true, imposed: true}
    expect: {version: 2021-01-01, rules: {act: true, duty: true, sanctioned: true}, reliefs: []}
    but:
      - id: not
        facts: {dealt: {happened: 2020-05-31}, named: false, determined: false}
        expect: {rules: {act: false, duty: false}}
      - {id: not-imposed, facts: {imposed: false}, expect: {rules: {sanctioned: false}}}
      - {id: excused, facts: {excused: true}, expect: {rules: {duty: false}, reliefs: [excuse]}}
      - {id: day-before, on: 2020-12-31, expect: {version: 2020-01-01}}
      - {id: none, on: 2019-12-31, expect: {version: null}}
      - id: first
        on: 2020-01-01
        facts: {dealt: false}
        expect: {version: 2020-01-01, rules: {act: false, duty: false}}
"""


@pytest.fixture
def folder(tmp_path):
    def make(law=LAW, tests=TESTS, name="mine", where="xx/dues/1", terms=None):
        root = tmp_path / name / "instruments"
        path = root / f"{where}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(law, encoding="utf-8")
        if tests is not None:
            path.with_name(f"{path.stem}.tests.yaml").write_text(tests, encoding="utf-8")
        if terms is not None:
            (root / "terms.yaml").write_text(terms, encoding="utf-8")
        return tmp_path / name

    return make


def line_of(text, piece):
    return text[: text.index(piece)].count("\n") + 1


def test_a_law_of_a_user_is_read_beside_marsads(folder):
    mine = folder()
    assert known.check(mine) == [] == known.check(mine / "instruments")
    assert "xx/dues/1" not in known.laws()
    assert list(known.laws([mine])) == [*known.laws(), "xx/dues/1"]
    one = known.instrument("xx/dues/1", [mine])
    assert one.versions[1].reliefs.keys() == {"excuse"} and one.versions[0].reliefs == {}
    assert one.versions[0].elements["imposed"].cite.usc == "22 USC 9530(b)"  # as that law has it
    assert one.versions[0].elements["imposed"].cite.sources[0].startswith("US Code")
    assert len(known.cases("xx/dues/1", [mine])) == 7
    assert known.on_or_after("xx/dues/1", "dealt", [mine]) == day("2020-06-01")


def test_a_later_folder_stands_over_an_earlier_and_over_marsads(folder):
    first = folder(name="first")
    second = folder(LAW.replace("en: Dues,", "en: Fees,", 1), name="second")
    assert known.instrument("xx/dues/1", [first, second]).name.en == "Fees"
    assert known.instrument("xx/dues/1", [second, first]).name.en == "Dues"
    over = folder(LAW.replace("xx/dues/1", A231), None, "over", A231)
    assert known.instrument(A231, [over]).sanctioner == "XXX"
    assert known.instrument(A231).sanctioner == "USA"
    assert known.cases(A231, [over]) == ()  # not those of the law that it stands over


def test_a_changed_file_is_read_again(folder):
    mine = folder()
    assert known.instrument("xx/dues/1", [mine]).name.en == "Dues"
    folder(LAW.replace("en: Dues,", "en: Dues of the year,", 1))
    assert known.instrument("xx/dues/1", [mine]).name.en == "Dues of the year"


def test_terms_of_a_user_are_added(folder):
    law = LAW.replace("factors: [us_interests]", "factors: [poverty]")
    assert "'poverty' is no term of factors" in str(known.check(folder(law))[0])
    terms = "# mine\nfactors:\n  poverty: {name: {en: It is poor, ar: فقره}}\n"
    assert known.check(folder(law, terms=terms)) == []


def test_a_folder_without_laws_is_told_and_one_without_cases(folder, tmp_path):
    with pytest.raises(KnowledgeError, match="holds no law"):
        known.check(tmp_path)
    (problem,) = known.check(folder(tests=None))
    assert str(problem).endswith("1.yaml:1: has no cases: write 1.tests.yaml beside it")


QUOTED = 'quote: "with one who is named", verified: text, sources: [paper]'
#: What is put in the place of what, the piece on whose line the problem stands, its key, and its words.
FAULTS = [
    ("id: xx/dues/1", "id: xx/dues/2", "id:", "id", "expected"),
    ("name: {en: Dues, ar: رسوم}", "name: {en: Dues}", "name:", "name.ar", "ar is missing"),
    ("name: {en: Dues, ar: رسوم}", "name: {en: Dues, ar: Dues}", "name:", "name.ar", "holds no Arabic"),
    ("name: {en: Dues, ar: رسوم}", "name: {en: رسوم, ar: رسوم}", "name:", "name.en", "is no English"),
    ("subject: person", "subject: people", "subject:", "subject", "'people' is no term of subjects"),
    ("sanctioner: XXX", "sanctioner: XXX\nseverity: 3", "severity:", "severity", "the key is not known"),
    ("sanctioner: XXX", "sanctioner: XXX\nsanctioner: YYY", "sanctioner: YYY", "sanctioner", "stands twice"),
    ("sanctioner: XXX", "sanctioner: [XXX", "subject:", "", "broken YAML"),
    ("standard: none", "standard: maybe", "standard:", "standard", "no term of standards"),
    (
        "  - valid_from: 2021-01-01", "  - valid_from: 2021-01-02", "  - valid_from: 2021-01-02",
        "versions.1.valid_from", "gap",
    ),
    (
        "  - valid_from: 2021-01-01", "  - valid_from: 2020-12-31", "  - valid_from: 2020-12-31",
        "versions.1.valid_from", "overlaps",
    ),
    (
        "    valid_to: 2020-12-31", "    valid_to: 2019-12-31", "    valid_to: 2019", "versions.0.valid_to",
        "before it begins",
    ),
    (
        "    valid_to: 2020-12-31", "    valid_to: 2020-13-31", "    valid_to: 2020-13", "versions.0.valid_to",
        "cannot be read",
    ),
    ("    valid_to: 2020-12-31", "    valid_to: soon", "    valid_to: soon", "versions.0.valid_to", "give a day"),
    ("    kind: fact\n", "    kind: fakt\n", "    kind: fakt", "elements.dealt.kind", "no term of kinds"),
    (
        "    kind: fact\n", "    kind: fact\n    by: [USA.LEG]\n", "    by: [USA.LEG]", "elements.dealt.by",
        "by is for official_act",
    ),
    ("    by: [USA.GOV.MFA]\n", "", "  determined:", "elements.determined.by", "official_act needs by"),
    (
        "    list: us/caatsa/231\n", "    list: no/list\n", "    list: no/list", "elements.named.list",
        "no term of lists",
    ),
    ("    ask: {en: \"Did it deal?\", ar: \"هل تعامل؟\"}\n", "", "  dealt:", "elements.dealt.ask", "ask is missing"),
    (
        "    on_or_after: 2020-06-01", "    on_or_after: June", "    on_or_after: June", "elements.dealt.on_or_after",
        "give a day",
    ),
    (
        "    cite: {section: Dues 1, verified: text, sources: [paper]}\n  named", "  named",
        "  dealt:", "elements.dealt.cite", "cite is missing",
    ),
    ("section: Dues 1, quote:", "quote:", "quote:", "elements.named.cite", "says nowhere"),
    (
        "with one who is named", "word " * 26, "word word", "elements.named.cite.quote",
        "26 words are quoted, at most 25",
    ),
    (
        QUOTED, "verified: text, sources: [page]", "sources: [page]", "elements.named.cite.sources.0",
        "'page' is no source",
    ),
    (QUOTED, "verified: text", "verified: text}\n  determined", "elements.named.cite", "names no source"),
    (QUOTED, "verified: yes", "verified: yes", "elements.named.cite.verified", "no term of verified"),
    (
        "same_as: us/caatsa/236", "same_as: us/caatsa/999", "  imposed:", "elements.imposed.same_as",
        "no other instrument",
    ),
    ("same_as: us/caatsa/236", "same_as: us/caatsa/107", "  sanctioned", None, None),
    (
        "same_as: us/caatsa/236", "same_as: us/caatsa/231", "  imposed:", "elements.imposed.same_as",
        "takes it from us/caatsa/236",
    ),
    ("same_as: us/caatsa/236", "same_as: us/caatsa/235", "  imposed:", "elements.imposed.same_as", "has no imposed"),
    ("  act: dealt", "  act: delt", "  act: delt", "rules.act", "'delt' is no element or rule"),
    ("  act: dealt", "  act: exposure", "  act:", "rules.act", "leads back to itself"),
    ("  act: dealt", "  act: {most: [dealt]}", "  act:", "rules.act", "exactly one of all, any, at_least, not"),
    ("  act: dealt", "  act: {all: []}", "  act:", "rules.act.all", "give a list of conditions"),
    ("  act: dealt", "  act: {at_least: 2, of: [dealt]}", "  act:", "rules.act.at_least", "2 of 1 can never hold"),
    ("  act: dealt", "  act: {all: [dealt], of: 3}", "  act:", "rules.act.of", "not known beside all"),
    ("  act: dealt", "  act: dealt\n  deal: dealt", "  deal:", "rules.deal", "is no term of rules"),
    ("  sanctioned: imposed", "  named: imposed", "  named: imposed", "rules.named", "given to something else"),
    ("  sanctioned: imposed\n", "", "rules:", "rules", "no sanctioned, which every instrument has"),
    (
        "unless: [excuse]", "unless: [excused]", "unless:", "rules.duty.1.when.unless.0",
        "'excused' is no relief or rule",
    ),
    (
        "unless: [excuse]", "unless: [{all: [excused]}]", "unless:", "rules.duty.1.when.unless.0",
        "an exception needs a label",
    ),
    (", unless: [excuse]", "", "  excuse:\n", "reliefs.excuse", "no rule names it under unless"),
    (
        "    - {since: 2021-01-01, when", "    - {since: 2021-02-01, when", "    - {since: 2021-02",
        "rules.duty.1.since", "no version begins on 2021-02-01",
    ),
    (
        "    - {until: 2020-12-31, when", "    - {when", "  duty:", "rules.duty",
        "has 2 conditions for the version from 2021-01-01",
    ),
    (
        "    - {until: 2020-12-31, when: {all: [exposure, determined]}}\n", "", "  duty:", "rules.duty",
        "has no condition for the version from 2020-01-01",
    ),
    (
        "    since: 2021-01-01\n    factors", "    until: 2020-12-31\n    factors", "    when: excused",
        "reliefs.excuse.when", "'excused' is no element of this file",
    ),
    (
        "    when: excused", "    when: exposure", "    when: exposure", "reliefs.excuse.when",
        "'exposure' is no element",
    ),
    ("    kind: waiver", "    kind: pardon", "    kind: pardon", "reliefs.excuse.kind", "no term of reliefs"),
    ("modal: may, least: 1,", "modal: may, least: 2,", "consequence:", "consequence.least", "asks for 2 measures of 1"),
    ("measures: [{en: Dues, ar: رسوم}]", "menu: us/caatsa/231", "consequence:", "consequence.menu", "no menu"),
    (
        "measures: [{en: Dues, ar: رسوم}]", "menu: us/caatsa/235, measures: [{en: Dues, ar: رسوم}]", "consequence:",
        "consequence", "give a menu, or measures",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "piece", "key", "words"), FAULTS)
def test_a_fault_is_told_with_file_line_and_key(folder, old, new, piece, key, words):
    assert old in LAW
    text = LAW.replace(old, new, 1)
    mine = folder(text)
    told = [one for one in known.check(mine) if not one.file.endswith(".tests.yaml")]
    if key is None:
        assert told == []
        return
    found = [one for one in told if one.key == key and words in one.message]
    assert found, told
    assert found[0].line == line_of(text, piece)
    assert re.match(r".*/instruments/xx/dues/1\.yaml:\d+: ", str(found[0]))
    with pytest.raises(KnowledgeError, match=re.escape(f"1.yaml:{told[0].line}: ")) as caught:
        known.instrument("xx/dues/1", [mine])
    assert caught.value.exit_code == 4 and "--check" in str(caught.value)


def test_a_law_that_refers_to_a_broken_one_is_told_and_nothing_else_is_raised(folder):
    """Section 231 takes elements from 236: here a user has put a broken file over that."""
    for broken in ("elements: 3", "elements: {imposed: 3}\nreliefs: {}", "", LAW.replace("xx/dues/1", "us/caatsa/236")):
        mine = folder(broken, None, where="us/caatsa/236")
        with pytest.raises(KnowledgeError, match="us/caatsa/236"):
            known.instrument(A231, [mine])
        assert known.check(mine)


def test_every_element_must_be_asked_for(folder):
    idle = LAW.replace("counterparty: named", "counterparty: dealt")
    assert [one.key for one in known.check(folder(idle)) if "asks for it" in one.message] == ["elements.named"]


#: The same for the file of cases.
CASE_FAULTS = [
    ("instrument: xx/dues/1", "instrument: xx/dues/2", "instrument", "stands beside xx/dues/1"),
    ("named: true,", "name: true,", "cases.dealt", "'name' is no element"),
    ("named: true,", "named: perhaps,", "cases.0.facts.named", "'perhaps' is no value"),
    ("rules: {act: true,", "rules: {acts: true,", "cases.dealt", "'acts' is no rule"),
    ("reliefs: [excuse]", "reliefs: [mercy]", "cases.dealt/excused", "'mercy' is no relief"),
    ("version: 2021-01-01,", "version: 2020-01-01,", "cases.dealt", "the version is that from 2021-01-01"),
    ("expect: {version: null}", "expect: {version: null, reliefs: [excuse]}", "cases.dealt/none", "nothing else"),
    ("facts: {imposed: false}", "facts: {}", "cases", "no case has imposed false"),
    ("facts: {excused: true}", "facts: {}", "cases", "no case has excused true"),
    ("on: 2020-12-31", "on: 2020-12-30", "cases", "no case is on 2020-12-31"),
    ("happened: 2020-05-31", "happened: 2020-05-30", "cases", "no case has dealt happen on 2020-05-31"),
    ("reliefs: []}", "label: guilty}", "cases.0.expect.label", "'guilty' is no label"),
    ('rest: "false"', "rest: true", "cases.0.rest", "give unknown or false"),
    (
        "facts: {imposed: false}", "facts: {imposed: {value: true, since: 2021-02-01, until: 2021-01-01}}",
        "cases.dealt/not-imposed", "ends before it begins",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "words"), CASE_FAULTS)
def test_a_fault_of_a_case_is_told(folder, old, new, key, words):
    assert old in TESTS
    told = known.check(folder(tests=TESTS.replace(old, new, 1)))
    assert [one for one in told if one.key == key and words in one.message], told
    assert all(one.file.endswith("1.tests.yaml") and one.line >= 1 for one in told)


def test_a_fault_of_the_terms_is_told(folder):
    told = known.check(folder(terms="# mine\nfactors:\n  poverty: {name: {en: It is poor}}\n"))
    assert [(Path(one.file).name, one.line, one.key) for one in told] == [("terms.yaml", 3, "factors.poverty.name.ar")]
    with pytest.raises(KnowledgeError, match=r"terms\.yaml:3"):
        known.instrument("xx/dues/1", [folder()])


def test_a_file_that_is_no_text_or_no_mapping_is_told(folder):
    mine = folder()
    path = mine / "instruments/xx/dues/1.yaml"
    path.write_bytes(b"id: \xff")
    with pytest.raises(KnowledgeError, match="no UTF-8"):
        known.check(mine)
    for text, words in (("", "give the keys"), ("- a", "give the keys"), ("a: &x [*x]", "an alias holds itself")):
        path.write_text(text, encoding="utf-8")
        assert any(words in one.message for one in known.check(mine))
    path.write_text("a: " + "[" * 5000, encoding="utf-8")
    assert known.check(mine)
    path.write_text(
        "a: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in zip("abcdef", "bcdefg", strict=True))
    )
    assert any("too large" in one.message for one in known.check(mine))


@settings(deadline=None, max_examples=60)
@given(
    st.integers(0, len(LAW) - 1), st.integers(0, 40), st.sampled_from(["", "\t", ": ", "}", "- x", "null", "é", "\x00"])
)
def test_a_damaged_file_is_told_and_nothing_else_is_raised(at, cut, put):
    opened = library(roots())
    document = parse(LAW[:at] + put + LAW[at + cut :], "x.yaml")
    for one in lint.problems(document, "xx/dues/1", opened.terms, opened.data):
        assert one.file == "x.yaml" and one.line >= 1 and one.message


def test_at_least_some_of_several_is_read(folder):
    three = "exposure: {at_least: 2, of: [act, counterparty, determined]}"
    law = LAW.replace("exposure: {all: [act, counterparty]}", three)
    mine = folder(law)
    assert known.check(mine) == []
    condition = known.instrument("xx/dues/1", [mine]).versions[0].rules["exposure"]
    assert (condition.op, condition.n, [part.id for part in condition.parts]) == (
        "at_least", 2, ["act", "counterparty", "determined"],
    )  # fmt: skip
