"""Every case beside a file of law, and that each element and each first day decides one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from marsad.assess.evaluate import evaluate
from marsad.assess.finding import assess
from marsad.knowledge import instruments as known
from marsad.knowledge.law.cases import cases
from marsad.knowledge.law.catalogue import library, roots
from marsad.types.law import Truth

CASES = [case for of in known.laws() for case in known.cases(of)]
DAY = timedelta(days=1)


def opposite(truth):
    return {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE}.get(truth, truth)


def valued(case, version=None):
    """The value of every rule and relief at the day of a case."""
    version = version or known.instrument(case.instrument).at(case.on, case.known_on)
    held = case.held(version)
    return {name: evaluate(version, name, held).truth for name in (*version.rules, *version.reliefs)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.instrument}:{case.id}")
def test_case(case):
    version = known.instrument(case.instrument).at(case.on, case.known_on)
    assert (version.valid_from if version else None) == case.version
    if version is None:
        return
    found = valued(case)
    assert {key: found[key] for key in case.rules} == dict(case.rules)
    if case.reliefs is not None:
        assert {key for key in version.reliefs if found[key] is Truth.TRUE} == case.reliefs


@pytest.mark.parametrize("of", list(known.laws()))
def test_every_element_decides_in_some_case(of):
    """Turning an element round in some case changes a rule or a relief: no element is idle, and none is untested."""
    instrument = known.instrument(of)
    idle = {key for version in instrument.versions for key in version.elements}
    for case in known.cases(of):
        version = instrument.at(case.on, case.known_on)
        if version is None:
            continue
        told = valued(case)
        for key, fact in case.held(version).items():
            turned = replace(fact, truth=opposite(fact.truth), since=None, until=None, known=None)
            if key in idle and valued(replace(case, facts={**case.facts, key: turned})) != told:
                idle.discard(key)
    assert not idle


@pytest.mark.parametrize("of", list(known.laws()))
def test_every_rule_and_relief_holds_and_fails_in_some_case(of):
    found = {}
    for case in known.cases(of):
        version = known.instrument(of).at(case.on, case.known_on)
        for key, truth in valued(case).items() if version else ():
            if key in case.rules or (case.reliefs is not None and key in version.reliefs):
                found.setdefault(key, set()).add(truth)
    names = {key for version in known.instrument(of).versions for key in (*version.rules, *version.reliefs)}
    assert {key for key in names if not {Truth.TRUE, Truth.FALSE} <= found.get(key, set())} == set()


@pytest.mark.parametrize("of", list(known.laws()))
@pytest.mark.parametrize("step", [-1, 1])
def test_a_boundary_moved_by_a_day_fails_only_cases_of_the_two_days(of, step):
    """Each first day of a version is pinned: by a day earlier or later, cases on the days at it fail, and no others."""
    instrument = known.instrument(of)
    for place, version in enumerate(instrument.versions):
        first = version.valid_from + step * DAY
        moved = [*instrument.versions]
        moved[place] = replace(version, valid_from=first, known_from=version.known_from + step * DAY)
        if place:
            moved[place - 1] = replace(moved[place - 1], valid_to=first - DAY)
        other = replace(instrument, versions=tuple(moved))
        failed = set()
        for case in known.cases(of):
            before, after = instrument.at(case.on, case.known_on), other.at(case.on, case.known_on)
            if (before is None) != (after is None) or (before and valued(case, before) != valued(case, after)):
                failed.add(case.on)
        assert failed == {first if step < 0 else version.valid_from}


@pytest.mark.parametrize("of", list(known.laws()))
@pytest.mark.parametrize("step", [-1, 1])
def test_a_day_that_counts_moved_by_a_day_changes_only_what_happened_on_it(of, step):
    opened = library(roots())
    law, document = opened.law(of), opened.document(opened.cases_path(of)) if known.cases(of) else None
    for key, first in law.on_or_after.items():
        moved = replace(law, on_or_after={**law.on_or_after, key: first + step * DAY})
        changed = [
            (before.facts[key].truth, after.facts[key].truth)
            for before, after in zip(known.cases(of), cases(document.data, moved, document), strict=True)
            if before.facts != after.facts
        ]
        turn = (Truth.FALSE, Truth.TRUE) if step < 0 else (Truth.TRUE, Truth.FALSE)
        assert changed and set(changed) == {turn}


LABELLED = [case for case in CASES if case.label is not None]


@pytest.mark.parametrize("case", LABELLED, ids=lambda case: f"{case.instrument}:{case.id}")
def test_the_label_of_a_case(case):
    instrument = known.instrument(case.instrument)
    version = instrument.at(case.on, case.known_on)
    found = assess(instrument, "IRQ.?", case.held(version), case.on, case.known_on)
    assert found.label is case.label
    if case.reliefs is not None:
        assert set(found.reliefs) == case.reliefs


@pytest.mark.parametrize(
    ("of", "base", "element", "relief"),
    [("us/caatsa/231", "determined/delay", "reduction_certified", "delay"),
     ("us/caatsa/107", "determined/waived", "waiver_taken", "waiver")],
)  # fmt: skip
def test_what_must_be_renewed_lapses_after_its_days(of, base, element, relief):
    instrument = known.instrument(of)
    (case,) = (one for one in known.cases(of) if one.id == base)
    since = case.facts[element].since
    for days, holds in ((-1, False), (0, True), (179, True), (180, False)):
        on = since + days * DAY
        found = assess(instrument, "IRQ.?", case.facts, on, on)
        assert (relief in found.reliefs) is holds
