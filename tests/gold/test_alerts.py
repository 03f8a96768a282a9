"""The invented story, fed day by day by its events by hand, raises exactly the alerts that were written beforehand."""

import json
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[2] / "tools"))
import measure_alerts

GOLD = json.loads((measure_alerts.STORY / "alerts.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def came():
    return list(measure_alerts.feed(measure_alerts.watches(GOLD), True))


def test_exactly_the_golden_alerts_come_each_on_its_day_and_with_its_sentence(came):
    found = measure_alerts.compare(GOLD, came, typed=True)
    assert found.missed == []
    assert [(one.day.isoformat(), one.alert.watch, one.alert.said.en) for one in found.extra] == []
    assert found.figures() == {"recall": 1.0, "precision": 1.0, "above": 0.0}


def test_each_alert_leads_to_sentences_and_says_days_in_words(came):
    assert all(one.alert.because for one in came)
    assert all(each.quotation for one in came for each in one.alert.because)
    imposed = next(one for one in came if one.alert.watch == "sanctions-imposed" and one.day == date(2022, 4, 7))
    assert "7 April 2022" in imposed.alert.said.en and "٧ نيسان/أبريل ٢٠٢٢" in imposed.alert.said.ar


def test_what_is_late_missing_or_too_high_is_seen(came):
    late = [replace(came[0], day=came[0].day + timedelta(1)), *came[1:]]
    found = measure_alerts.compare(GOLD, late, typed=True)
    assert len(found.missed) == len(found.extra) == 1 and found.figures()["recall"] < 1
    rung = next(one for one in came if one.rung == ("L", 8))
    early = replace(rung, day=date(2018, 6, 4))
    assert measure_alerts.compare(GOLD, [*came, early], typed=True).above == [early]
